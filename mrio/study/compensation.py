"""Compensation of every definition and resolution."""

from __future__ import annotations

import xarray as xr

from ..compensation import compensation
from . import stacked


def compensation_grid(
    accounts_made: xr.Dataset, gdp_per_capita: xr.DataArray, engel: xr.DataArray, *, price: float, curve
) -> xr.Dataset:
    """Return the compensation of every method and resolution of the accounts, stacked in the same way."""
    by_resolution = []
    for resolution in accounts_made["resolution"].values:
        nets = accounts_made["net_transfer"].sel(resolution=resolution)
        methods = accounts_made["definition"].values.tolist()
        money = [
            compensation(
                nets.sel(definition=method, drop=True).drop_vars("resolution"), gdp_per_capita, engel, price, curve
            )
            for method in methods
        ]
        by_resolution.append(stacked(money, "definition", methods))
    return stacked(by_resolution, "resolution", accounts_made["resolution"].values.tolist())
