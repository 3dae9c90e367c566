"""Step (c): who delivers to whom, product by product: a prior balanced to outflow and inflow.

Gravity prior::

    T[i,r,s] = a[i,r] b[i,s] OF[r,i] IF[s,i] / distance[r,s]^beta ,   r != s

with a, b such that rows and columns sum to outflow and inflow (RAS).  An earlier table or a freight matrix can take the
place of gravity (:mod:`.priors`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import xarray as xr

from mrio.algebra.balancing import gras
from mrio.errors import LabelError
from mrio.estimation.options import EstimatorOptions


def gravity_weights(regions: Sequence[str], distances: xr.DataArray | None, beta: float) -> np.ndarray:
    """Return distance^-beta, (R, R), zero on the diagonal; ones where no distances are given.

    Parameters
    ----------
    distances : DataArray (region, to_region) or None
        km; only ratios matter.

    Raises
    ------
    LabelError
        If a region has no distance, or a distance between two regions is not positive.
    """
    off = 1.0 - np.eye(len(regions))
    if distances is None or len(regions) == 1:
        return off
    if not isinstance(distances, xr.DataArray) or {*distances.dims} != {"region", "to_region"}:
        kind = type(distances).__name__
        raise LabelError(f"distances are a {kind}, expected a DataArray (region, to_region) in km with the names.")
    if not {"region", "to_region"} <= {*distances.coords}:
        raise LabelError("distances carry no names of regions; give them coordinates region and to_region.")
    missing = [r for r in regions if r not in distances["region"].values or r not in distances["to_region"].values]
    if missing:
        raise LabelError(f"distances have no region {missing[0]!r}; give a row and a column for every region.")
    km = distances.sel(region=list(regions), to_region=list(regions)).transpose("region", "to_region").values
    bad = np.argwhere((off > 0) & ~((km > 0) & (km < np.inf)))
    if len(bad):
        r, s = bad[0]
        raise LabelError(f"the distance from {regions[r]} to {regions[s]} is {km[r, s]}, expected a positive number.")
    relative = km / km[off > 0].mean()
    weights = np.exp(-beta * np.log(np.where(off > 0, relative, 1.0)))
    return np.round(weights, 9) * off  # so that the last digit of exp and log does not differ between machines


def gravity_seed(outflow: np.ndarray, inflow: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the unbalanced gravity flows (n, R, R) of outflow and inflow (R, n), of the size of trade."""
    size = np.maximum(outflow.sum(0), np.finfo(float).tiny)[:, None, None]
    return weights[None] * outflow.T[:, :, None] * inflow.T[:, None, :] / size


def balanced_flows(
    seed: np.ndarray,
    outflow: np.ndarray,
    inflow: np.ndarray,
    options: EstimatorOptions,
    *,
    products: Sequence[str],
    regions: Sequence[str],
) -> np.ndarray:
    """Return flows T[i,r,s] (n, R, R) nearest to `seed` with the given outflow and inflow (R, n).

    Raises
    ------
    EstimationError
        If the margins of a product cannot be met, naming it.
    """
    names = (
        [f"trade of product {p}" for p in products],
        [f"outflow of {r}" for r in regions],
        [f"inflow of {r}" for r in regions],
    )
    return gras(
        seed * _possible(outflow, inflow), outflow.T, inflow.T, names=names,
        tolerance=options.tolerance, max_iterations=options.max_iterations,
    )  # fmt: skip


def _possible(outflow: np.ndarray, inflow: np.ndarray) -> np.ndarray:
    """Return a mask of flows that can exist, (n, R, R).

    Where one region's outflow and inflow make up all trade of a product, the others cannot trade among themselves.
    """
    total = outflow.sum(0)
    whole = (outflow + inflow >= total * (1 - 1e-9)) & (total > 0)
    with_whole = whole.T[:, :, None] | whole.T[:, None, :]
    return with_whole | ~whole.any(0)[:, None, None]
