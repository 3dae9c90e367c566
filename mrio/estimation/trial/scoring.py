"""How far an estimated table is from the true one."""

from __future__ import annotations

import numpy as np
import pandas as pd
import xarray as xr

from mrio.equations.flows import Method, accounts
from mrio.estimation.margins import inventory_columns
from mrio.table.interregional import Table

DEFINITIONS: tuple[Method, ...] = ("mrio", "eebt")


def scores(table: Table, truth: Table, F: xr.DataArray) -> pd.Series:
    """Return the scores of an estimate, each a share (0 is perfect).

    ``trade``: sum of |estimate - truth| over flows of products between different regions, over their sum;
    ``bilateral_*``: the same of embodied carbon; ``net_*``: the same of net transfers; ``consumption_*``: mean over
    regions of |estimate - truth| / truth of consumption-based emissions; * is the definition of the flow.
    """
    found = {"trade": _relative(between(shipped(table)), between(shipped(truth)))}
    for method in DEFINITIONS:
        made, true = (accounts(t, F, method=method) for t in (table, truth))
        flows = [between(account["flows"].values) for account in (made, true)]
        found[f"bilateral_{method}"] = _relative(*flows)
        found[f"net_{method}"] = _relative(made["net_transfer"].values, true["net_transfer"].values)
        consumption = [account["consumption"].values for account in (made, true)]
        found[f"consumption_{method}"] = float(np.mean(np.abs(consumption[0] - consumption[1]) / consumption[1]))
    return pd.Series(found)


def shipped(table: Table) -> np.ndarray:
    """Return deliveries (n, R, R) to industries and final demand, without inventory change."""
    stock = inventory_columns(table.categories)
    return (table.Z.values.sum(3) + table.Y.values[..., ~stock].sum(3)).transpose(1, 0, 2)


def between(flows: np.ndarray) -> np.ndarray:
    """Return flows with zero on the diagonal of the last two dimensions."""
    return flows * (1.0 - np.eye(flows.shape[-1]))


def _relative(made: np.ndarray, true: np.ndarray) -> float:
    return float(np.abs(made - true).sum() / np.abs(true).sum())
