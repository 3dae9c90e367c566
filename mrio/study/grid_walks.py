"""The walk between the three definitions at every resolution."""

from __future__ import annotations

import xarray as xr

from mrio.equations.walk import reconcile_definitions


def walks(made: xr.Dataset) -> xr.Dataset | None:
    """Return the reconciliation of the three definitions at every resolution, or None unless all three were made."""
    if not {"eebt", "mrio", "gross"} <= set(made["definition"].values.tolist()):
        return None
    return reconcile_definitions(*(made.sel(definition=name, drop=True) for name in ("eebt", "mrio", "gross")))
