"""Shared responsibility of every definition and resolution."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import xarray as xr

from ..accounts import accounts, prepare
from ..responsibility import responsibility
from ..table import Table
from . import REPORTED, add_up, at_resolution, stacked


def responsibility_grid(
    table: Table, F: xr.DataArray, *, methods: Sequence[str], resolutions: Sequence[str],
    alpha_exports: float = 1.0, weight_exports: bool = False,
) -> xr.Dataset:  # fmt: skip
    """Return shared responsibility of every method at every resolution, by six sectors.

    Alpha by sector is the ratio of the added-up local value added and outflow.
    """
    by_resolution = []
    for resolution in resolutions:
        at, emissions = at_resolution(table, F, resolution)
        system = prepare(at, emissions)
        made = []
        for method in methods:
            result = accounts(at, emissions, method=method, system=system)
            shared = responsibility(
                at, result, alpha_exports=alpha_exports, weight_exports=weight_exports, local=system.local
            )
            made.append(_shared_by_six(shared, at.scheme))
        by_resolution.append(stacked(made, "definition", methods))
    return stacked(by_resolution, "resolution", resolutions)


def _shared_by_six(shared: xr.Dataset, scheme: str) -> xr.Dataset:
    added = add_up(shared.drop_vars("alpha"), scheme, REPORTED)
    part, whole = added["outflow_value_added_by_sector"], added["outflow_by_sector"]
    ratio = np.divide(part.values, whole.values, out=np.zeros(part.shape), where=whole.values > 0)
    return added.assign(alpha=part.copy(data=ratio).assign_attrs(shared["alpha"].attrs))
