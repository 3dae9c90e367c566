"""The distance exponent chosen with products or regions left out, scored on what was left out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import xarray as xr

from mrio.estimation.gravity import balanced_flows, gravity_seed, gravity_weights
from mrio.estimation.options import EstimatorOptions
from mrio.estimation.trial.scoring import between, shipped
from mrio.table.interregional import Table

BETAS = tuple(np.arange(0.0, 3.01, 0.25))


def choose_beta(truth: Table, distances: xr.DataArray, betas: Sequence[float] = BETAS) -> pd.DataFrame:
    """Return, for every product and region left out, the exponent the rest chooses and its error on what is left out.

    Columns: left_out, kind (product, region), beta, error (share of the flows left out), best (their own best
    exponent), error_no_distance.
    """
    true = between(shipped(truth))
    outflow, inflow = true.sum(2).T, true.sum(1).T
    options = EstimatorOptions(tolerance=1e-8)
    names = {"products": truth.sectors, "regions": truth.regions}
    errors = np.stack([
        np.abs(
            balanced_flows(
                gravity_seed(outflow, inflow, gravity_weights(truth.regions, distances, beta)),
                outflow, inflow, options, **names,
            ) - true
        )
        for beta in betas
    ])  # fmt: skip
    rows = []
    for i, product in enumerate(truth.sectors):
        rows.append(_left_out(product, "product", errors, true, np.arange(len(truth.sectors)) == i, betas))
    for r, region in enumerate(truth.regions):
        touches = np.zeros(true.shape[1:], dtype=bool)
        touches[r], touches[:, r] = True, True
        rows.append(_left_out(region, "region", errors, true, touches[None], betas))
    return pd.DataFrame(rows)


def _left_out(
    name: str, kind: str, errors: np.ndarray, true: np.ndarray, out: np.ndarray, betas: Sequence[float]
) -> dict[str, object]:
    """Return the choice of the rest and its error on the flows of the mask `out`."""
    mask = np.broadcast_to(out.reshape(out.shape + (1,) * (true.ndim - out.ndim)) if out.ndim == 1 else out, true.shape)
    inside = errors[:, mask].sum(1) / true[mask].sum()
    rest = errors[:, ~mask].sum(1)
    chosen = int(rest.argmin())
    return {
        "left_out": name, "kind": kind, "beta": betas[chosen], "error": inside[chosen],
        "best": betas[int(inside.argmin())], "error_no_distance": inside[0],
    }  # fmt: skip
