"""Accounts of every definition and resolution."""

from __future__ import annotations

from collections.abc import Sequence

import xarray as xr

from ..accounts import accounts, prepare
from ..table import Table
from . import REPORTED, add_up, at_resolution, stacked


def accounts_grid(
    table: Table, F: xr.DataArray, F_Y: xr.DataArray, *, methods: Sequence[str], resolutions: Sequence[str]
) -> xr.Dataset:
    """Return the accounts of every method at every resolution, by six sectors, dimensions (resolution, definition)."""
    by_resolution = []
    for resolution in resolutions:
        at, emissions = at_resolution(table, F, resolution)
        system = prepare(at, emissions)
        made = [accounts(at, emissions, F_Y, method=method, system=system) for method in methods]
        by_resolution.append(stacked([add_up(result, at.scheme, REPORTED) for result in made], "definition", methods))
    return stacked(by_resolution, "resolution", resolutions)
