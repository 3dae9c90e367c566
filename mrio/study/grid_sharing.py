"""Shared responsibility of every definition and resolution."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import xarray as xr

from mrio.equations.flows import accounts, prepare
from mrio.equations.other_schemes import beneficiary, schemes
from mrio.equations.sharing import responsibility
from mrio.study.grid import REPORTED, add_up, at_resolution, stacked
from mrio.table.interregional import Table


def responsibility_grid(
    table: Table, F: xr.DataArray, *, methods: Sequence[str], resolutions: Sequence[str],
    alpha_exports: float = 1.0, weight_exports: bool = False, scope: str = "interprovincial", imports: str = "excluded",
) -> tuple[xr.Dataset, xr.Dataset]:  # fmt: skip
    """Return shared responsibility, and the amounts of every other scheme, of every definition and resolution.

    ``gross`` counts a tonne at every border and cannot be shared, so it is left out.  Sectors are added up to six;
    alpha by sector is the ratio of the added-up local value added and outflow.

    Returns
    -------
    shared, amounts : Dataset
        Of :func:`mrio.equations.sharing.responsibility` and :func:`mrio.equations.other_schemes.schemes`, with leading
        dimensions (resolution, definition).
    """
    methods = [method for method in methods if method != "gross"]
    shared_made, amounts_made = [], []
    for resolution in resolutions:
        at, emissions = at_resolution(table, F, resolution)
        system = prepare(at, emissions)
        shared, amounts = [], []
        for method in methods:
            result = accounts(at, emissions, method=method, scope=scope, system=system, imports=imports)
            made = responsibility(
                at, result, alpha_exports=alpha_exports, weight_exports=weight_exports, local=system.local
            )
            shared.append(_shared_by_six(made.assign(beneficiary=beneficiary(result, made)), at.scheme))
            amounts.append(schemes(at, emissions, result, made, system))
        shared_made.append(stacked(shared, "definition", methods))
        amounts_made.append(stacked(amounts, "definition", methods))
    return stacked(shared_made, "resolution", resolutions), stacked(amounts_made, "resolution", resolutions)


def _shared_by_six(shared: xr.Dataset, scheme: str) -> xr.Dataset:
    added = add_up(shared.drop_vars("alpha"), scheme, REPORTED)
    part, whole = added["outflow_value_added_by_sector"], added["outflow_by_sector"]
    ratio = np.divide(part.values, whole.values, out=np.zeros(part.shape), where=whole.values > 0)
    return added.assign(alpha=part.copy(data=ratio).assign_attrs(shared["alpha"].attrs))
