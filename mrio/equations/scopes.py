"""The net transfer of accounts, and what it counts (METHOD eq 5)."""

from __future__ import annotations

from typing import get_args

import xarray as xr

from mrio.choosable import Scope
from mrio.errors import ConfigError, did_you_mean

SCOPES: tuple[Scope, ...] = get_args(Scope)


def net_transfer(result: xr.Dataset, scope: Scope = "interprovincial") -> xr.DataArray:
    """Return NT^r = C^r - P^r (METHOD eq 5): > 0, the province shifts emissions to others (net-out, pays).

    ``interprovincial`` counts flows between provinces and sums to zero; ``with-exports`` takes the emissions of
    foreign exports as production without consumption (the study's eq 5 literally); ``exports-less-imports`` adds the
    emissions of foreign imports, which needs accounts made with imports by domestic technology.
    """
    between = result["inflow"] - result["outflow"]
    if scope == "interprovincial":
        return between
    if scope == "with-exports":
        return between - result["exports"]
    if scope == "exports-less-imports":
        if "imports" not in result:
            raise ConfigError("scope 'exports-less-imports' needs accounts made with imports='province' or 'national'.")
        return between - result["exports"] + result["imports"]
    raise ConfigError(f"scope {scope!r} is unknown{did_you_mean(scope, SCOPES)}; known: {', '.join(SCOPES)}.")
