"""Paths of a table's provinces: whose demand is traced, and in which province a path may end."""

from __future__ import annotations

import numpy as np
import xarray as xr

from mrio.analysis.factors import OUTSIDE
from mrio.analysis.paths import Network
from mrio.errors import LabelError, did_you_mean
from mrio.table.interregional import Table


def supply_network(table: Table, F: xr.DataArray, origin: str | None = None) -> Network:
    """Return the network of a table for :func:`mrio.analysis.paths.largest_paths`.

    Parameters
    ----------
    table : Table
    F : DataArray (region, sector)
        Direct emissions; those of sectors without output belong to no path.
    origin : str, optional
        Only paths that end in this province: one flow instead of a whole footprint.

    Raises
    ------
    LabelError
        If the origin is not a province of the table.
    """
    if origin is not None and origin not in table.regions:
        raise LabelError(f"origin {origin!r} is not a province of the table{did_you_mean(origin, table.regions)}.")
    x = table.output.values
    F_values = F.transpose("region", "sector").sel(region=table.regions, sector=table.sectors).values
    f = np.divide(F_values, x, out=np.zeros_like(x), where=x > 0)
    if origin is not None:
        f = f * (np.array(table.regions) == origin)[:, None]
    return Network.of(table.Z.values.reshape(x.size, x.size), x.reshape(-1), f.reshape(-1))


def demand_of(table: Table, destination: str) -> np.ndarray:
    """Return final demand (N,) of a province, all categories, or of ``exports``, ``excluded`` or ``residual``.

    Raises
    ------
    LabelError
        If the destination is neither.
    """
    if destination in table.regions:
        return table.Y.sel(to_region=destination).values.sum(2).reshape(-1)
    if destination in OUTSIDE:
        return table.data[OUTSIDE[destination]].values.reshape(-1)
    known = [*table.regions, *OUTSIDE]
    left_out = destination in str(table.data.attrs.get("excluded_regions", "")).split(", ")
    said = "left out of the table" if left_out else f"unknown{did_you_mean(destination, known)}"
    raise LabelError(f"destination {destination!r} is {said}; name a province of the table.")
