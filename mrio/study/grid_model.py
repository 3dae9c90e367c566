"""The model of a year, computed once: accounts, shared responsibility and other schemes of every definition and
resolution (METHOD eqs 3-6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr

from mrio.equations.flows import Imports, Method, accounts, prepare
from mrio.equations.other_schemes import beneficiary, schemes
from mrio.equations.scopes import Scope
from mrio.equations.sharing import responsibility
from mrio.study.grid import REPORTED, add_up, at_resolution, reported, stacked
from mrio.table.interregional import Table

#: Counts a tonne at every border, so it has accounts but cannot be shared.
UNSHAREABLE = "gross"


@dataclass(frozen=True)
class Choices:
    """What a study chooses, as the configuration names it.

    Attributes
    ----------
    methods, resolutions : sequences of str
        Definitions of the flow, and sectors to compute at (``six``, ``30``, ``42``).
    scope, imports : str
        As :func:`mrio.equations.flows.accounts`.
    alpha_exports, weight_exports
        As :func:`mrio.equations.sharing.responsibility`.
    """

    methods: Sequence[Method]
    resolutions: Sequence[str]
    scope: Scope = "interprovincial"
    imports: Imports = "excluded"
    alpha_exports: float = 1.0
    weight_exports: bool = False


@dataclass(frozen=True)
class Model:
    """Results of a year, dimensions (resolution, definition, ...), sectors added up to six (or to the scheme that the
    attribute ``sectors`` names).

    Attributes
    ----------
    accounts : Dataset
        Of :func:`mrio.equations.flows.accounts`, Mt.
    shared : Dataset
        Of :func:`mrio.equations.sharing.responsibility`; alpha by sector is the ratio of the added-up local value added
        and outflow.  Without ``gross``, which cannot be shared.
    schemes : Dataset
        Of :func:`mrio.equations.other_schemes.schemes`, Mt; without ``gross``.  Empty of several stressors.
    """

    accounts: xr.Dataset
    shared: xr.Dataset
    schemes: xr.Dataset


def model_grid(table: Table, F: xr.DataArray, F_Y: xr.DataArray, choices: Choices) -> Model:
    """Return the model of every definition at every resolution; each system is factorised once.

    Parameters
    ----------
    table : Table
    F, F_Y : DataArray
        Direct CO2 of production (region, sector) and of households (region), Mt; or ``stressor`` first, with a unit for
        each in the coordinate ``unit``, of which accounts and shared responsibility are made and no other schemes.
    choices : Choices
    """
    to = reported(table.scheme, choices.resolutions)
    made = [_at_resolution(*at_resolution(table, F, name), F_Y, choices, to) for name in choices.resolutions]
    parts = ([getattr(model, part) for model in made] for part in ("accounts", "shared", "schemes"))
    told = {} if to == REPORTED else {"sectors": to}
    return Model(*(stacked(part, "resolution", choices.resolutions).assign_attrs(told) for part in parts))


def _at_resolution(table: Table, F: xr.DataArray, F_Y: xr.DataArray, choices: Choices, to: str) -> Model:
    system = prepare(table, F)
    results, shared, amounts = [], [], []
    for method in choices.methods:
        result = accounts(table, F, F_Y, method=method, scope=choices.scope, system=system, imports=choices.imports)
        results.append(add_up(result, table.scheme, to))
        if method != UNSHAREABLE:
            made = responsibility(
                table, result, alpha_exports=choices.alpha_exports, weight_exports=choices.weight_exports,
                local=system.local,
            )  # fmt: skip
            if "stressor" not in F.dims:
                made = made.assign(beneficiary=beneficiary(result, made))
                amounts.append(schemes(table, F, result, made, system))
            shared.append(_added_up(made, table.scheme, to))
    shareable = [method for method in choices.methods if method != UNSHAREABLE]
    return Model(
        stacked(results, "definition", choices.methods),
        stacked(shared, "definition", shareable),
        stacked(amounts, "definition", shareable) if amounts else xr.Dataset(),
    )


def _added_up(shared: xr.Dataset, scheme: str, to: str) -> xr.Dataset:
    added = add_up(shared.drop_vars("alpha"), scheme, to)
    part, whole = added["outflow_value_added_by_sector"], added["outflow_by_sector"]
    ratio = np.divide(part.values, whole.values, out=np.zeros(part.shape), where=whole.values > 0)
    return added.assign(alpha=part.copy(data=ratio).assign_attrs(shared["alpha"].attrs))
