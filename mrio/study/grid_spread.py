"""How far the results of an estimated table may be off: over an ensemble, and over other estimates beside it."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import xarray as xr

from mrio.study.grid_alternatives import QUANTITIES
from mrio.study.grid_model import Choices, model_grid
from mrio.table.interregional import Table

TRANSFERS = ("consumption", "outflow", "inflow", "net_transfer", "exports")
SHARED = ("alpha_region", "share", "shared")


def spread_grid(members: Iterable[Table], F: xr.DataArray, F_Y: xr.DataArray, choices: Choices) -> xr.Dataset:
    """Return mean and standard deviation of the accounts and shares over tables.

    Parameters
    ----------
    members : iterable of Table
        E.g. ``(found.table.drop_regions(["Tibet"]) for found in ensemble(prov, distances))``; taken one at a time.
    F, F_Y : DataArray
        As :func:`mrio.equations.flows.accounts`.
    choices : Choices

    Returns
    -------
    Dataset
        (statistic, resolution, definition, region), statistic ``mean`` and ``sd``: consumption, outflow, inflow,
        net_transfer, exports, and of eebt and mrio alpha_region, share and shared, in the units of the accounts.
    """
    made = [_results(table, F, F_Y, choices) for table in members]
    together = xr.concat(made, dim="member", join="exact", combine_attrs="override")
    statistics = [together.mean("member", keep_attrs=True), together.std("member", ddof=1, keep_attrs=True)]
    return xr.concat(statistics, dim=xr.DataArray(["mean", "sd"], dims="statistic", name="statistic"))


def _results(table: Table, F: xr.DataArray, F_Y: xr.DataArray, choices: Choices) -> xr.Dataset:
    model = model_grid(table, F, F_Y, choices)
    transfers = model.accounts[list(TRANSFERS)]
    shared = model.shared[list(SHARED)].reindex(definition=transfers["definition"].values)  # gross is not shared
    return xr.merge([transfers, shared], combine_attrs="override")


def alternatives_grid(
    tables: Iterable[tuple[str, Table]], F: xr.DataArray, F_Y: xr.DataArray, choices: Choices
) -> pd.DataFrame:
    """Return the accounts of every named table, in long form (Mt); tables are taken one at a time."""
    parts = []
    for name, table in tables:
        made = model_grid(table, F, F_Y, choices).accounts
        keys = ["definition", "resolution", "region"]
        rows = made[QUANTITIES].to_dataframe(dim_order=keys).reset_index()[[*keys, *QUANTITIES]]
        parts.append(rows.assign(alternative=name))
    return pd.concat(parts, ignore_index=True)
