"""The terms of a decomposition, added up by account."""

from __future__ import annotations

import xarray as xr


def by_account(made: xr.Dataset) -> dict[str, xr.Dataset]:
    """Return the decomposition (terms and values, by region) of production, consumption and the net transfer.

    Consumption and net transfer are those between provinces: NT^r = sum_s E[s,r] - sum_s E[r,s].
    """
    regions = made["region"].values.tolist()
    pairs = made.sum("sector")
    between = pairs.sel(destination=regions)
    consumption = between.sum("region").rename(destination="region")
    return {
        "production": pairs.sum("destination"),
        "consumption": consumption,
        "net_transfer": consumption - between.sum("destination"),
    }
