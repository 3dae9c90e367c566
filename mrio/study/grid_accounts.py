"""Accounts of every definition and resolution."""

from __future__ import annotations

from collections.abc import Sequence

import xarray as xr

from mrio.equations.flows import accounts, prepare
from mrio.equations.walk import reconcile_definitions
from mrio.study.grid import REPORTED, add_up, at_resolution, stacked
from mrio.table.interregional import Table


def accounts_grid(
    table: Table, F: xr.DataArray, F_Y: xr.DataArray, *, methods: Sequence[str], resolutions: Sequence[str],
    scope: str = "interprovincial", imports: str = "excluded",
) -> xr.Dataset:  # fmt: skip
    """Return the accounts of every method at every resolution, by six sectors, dimensions (resolution, definition)."""
    by_resolution = []
    for resolution in resolutions:
        at, emissions = at_resolution(table, F, resolution)
        system = prepare(at, emissions)
        made = [
            accounts(at, emissions, F_Y, method=method, scope=scope, system=system, imports=imports)
            for method in methods
        ]
        by_resolution.append(stacked([add_up(result, at.scheme, REPORTED) for result in made], "definition", methods))
    return stacked(by_resolution, "resolution", resolutions)


def walks(made: xr.Dataset) -> xr.Dataset | None:
    """Return the reconciliation of the three definitions at every resolution, or None unless all three were made."""
    if not {"eebt", "mrio", "gross"} <= set(made["definition"].values.tolist()):
        return None
    return reconcile_definitions(*(made.sel(definition=name, drop=True) for name in ("eebt", "mrio", "gross")))
