"""Emission accounts of a table: production, consumption, embodied flows between provinces (METHOD eqs 3-5).

Every tonne of production is in exactly one account: flows to a province's demand, exports, excluded regions, the
table's residual, or sectors that emit without output.  That is asserted whenever accounts are made.
"""

from __future__ import annotations

from typing import get_args

import numpy as np
import xarray as xr

from mrio.algebra.leontief.system import Leontief
from mrio.choosable import Imports, Method, Scope, check_choice
from mrio.equations.alignment import aligned, aligned_households, each_stressor, stressor_dim
from mrio.equations.conservation import assert_conserved
from mrio.equations.definitions import METHODS, System
from mrio.equations.imports import foreign_imports
from mrio.equations.scopes import net_transfer
from mrio.errors import BalanceError
from mrio.labels import INVENTORY
from mrio.table.interregional import Table
from mrio.table.plausibility.carbon_per_output import warn_of_carbon
from mrio.table.traces import without_output

_BY_PROVINCE = {
    "production": "emissions of the province's production (F, households apart)",
    "consumption": "own emissions for own final demand and what is drawn from others, less what was only passed on",
    "outflow": "embodied in what the province sends to other provinces",
    "inflow": "embodied in what the province draws from other provinces",
    "net_transfer": "embodied in what the province draws from others less in what it sends them: > 0 pays",
    "home": "own emissions for own final demand",
    "sent_intermediate": "own emissions for other provinces, shipped as intermediate products",
    "sent_final": "own emissions for other provinces, shipped as final products",
    "drawn_intermediate": "others' emissions for own demand, drawn as intermediate products",
    "drawn_final": "others' emissions for own demand, drawn as final products",
    "exports": "embodied in foreign exports",
    "excluded": "embodied in deliveries to excluded regions",
    "residual": "embodied in the residual column of the table",
    "zero_output": "emitted by sectors without output, left with their province",
    "reshipped": "others' emissions that entered with inputs (gross only; zero otherwise)",
    "inventory": "driven by the province's own inventory change, a part of consumption",
    "household": "direct emissions of households (F_Y), beside production and consumption",
}


def accounts(
    table: Table, F: xr.DataArray, F_Y: xr.DataArray | None = None, method: Method = "mrio",
    scope: Scope = "interprovincial", system: System | None = None, imports: Imports = "excluded",
    by_product: bool = True,
) -> xr.Dataset:  # fmt: skip
    """Return the emission accounts of a table under one definition of the embodied flow.

    Parameters
    ----------
    table, F, F_Y : Table, DataArray ([stressor,] region, sector) and, optional, DataArray ([stressor,] region)
        Direct emissions of production and of households (beside the accounts, never inside them); unit in ``attrs``
        or, one for each stressor, in a coordinate ``unit``.
    method, scope : {"mrio", "eebt", "gross"}, {"interprovincial", "with-exports", "exports-less-imports"}
        See :mod:`mrio.equations.definitions`; what ``net_transfer`` counts, see :func:`net_transfer`.
    system : System, optional
        From :func:`prepare`, to share factorisations between methods.
    imports : {"excluded", "province", "national"}
        Accounts of foreign imports beside the others, see :func:`mrio.equations.imports.foreign_imports`.
    by_product : bool
        Whether ``flows_by_product`` and ``D_imp`` are wanted: most of the time of a large table.

    Returns
    -------
    Dataset
        ``flows`` (region, to_region), ``flows_by_origin`` and ``flows_by_product`` (region, sector, to_region), the
        accounts by region, ``D_pba``, ``D_cba``, ``D_imp``, ``D_exp`` (region, sector); ``stressor`` first if F has it.

    Raises
    ------
    ConfigError, LabelError, BalanceError
        For an unknown name; if F lacks the table's labels; if the accounts miss production by more than 1e-9.

    Examples
    --------
    >>> import mrio
    >>> about = {"regions": ["A", "B"], "sectors": ["all"], "categories": ["use"], "year": 2017}
    >>> table = mrio.Table.from_arrays([[0, 0], [50, 0]], [[100, 0], [0, 50]], **about)
    >>> F = table.output.copy(data=[[7.0], [10.0]]).assign_attrs(unit="Mt")
    >>> mrio.accounts(table, F)["net_transfer"].values
    array([ 5., -5.])
    """
    _check_names(method, scope, imports)
    F = aligned(F, table)
    system = system or _prepared(table, F, F_Y)
    result = _labelled(table, F, _parts(table, F, F_Y, method, system, by_product), method)
    if imports != "excluded":
        result = _with_imports(result, foreign_imports(table, system, imports))
    result["net_transfer"] = _in_unit_of(result, net_transfer(result, scope)).assign_attrs(scope=scope, year=table.year)
    assert_conserved(result)
    return result


def _with_imports(result: xr.Dataset, foreign: xr.Dataset) -> xr.Dataset:
    return result.assign({name: _in_unit_of(result, values) for name, values in foreign.data_vars.items()})


def _check_names(method: str, scope: str, imports: str) -> None:
    for what, chosen, known in (("method", method, Method), ("scope", scope, Scope), ("imports", imports, Imports)):
        check_choice(what, chosen, get_args(known))


def _prepared(table: Table, F: xr.DataArray, F_Y: xr.DataArray | None) -> System:
    """Return the system of a table that came without one, and so from nowhere that holds its emissions to evidence."""
    aligned_households(F_Y, F)
    warn_of_carbon(F, table, F_Y)
    return _system(table, F)


def prepare(table: Table, F: xr.DataArray) -> System:
    """Return the arrays and factorised systems of a table, to be shared by several calls of :func:`accounts`."""
    return _system(table, aligned(F, table))


def _system(table: Table, F: xr.DataArray) -> System:
    """Return the system of a table and its aligned emissions."""
    x, Y = table.output.values, table.Y.values
    has_inventory = INVENTORY in table.categories
    inventory = table.Y.sel(category=INVENTORY).values if has_inventory else np.zeros(Y.shape[:3])
    full = Leontief(table, right_hand_sides=len(table.regions))  # the demand of every region
    return System(
        Z_delivered=table.Z.values.sum(3),
        Y=Y.sum(3),
        inventory=inventory,
        outside={
            "exports": table.exports.values,
            "excluded": table.excluded_out.values,
            "residual": table.residual.values,
        },
        f=np.divide(F.values, x, out=np.zeros(F.shape), where=(x > 0) & ~without_output(x)),
        full=full,
        local=full.local(),
    )


def carried(table: Table) -> dict[str, str]:
    """Return what a reader of any result must know of the table: regions left out, trade not separable, its source."""
    names = ("excluded_regions", "not_separable", "source")
    return {name: table.data.attrs[name] for name in names if name in table.data.attrs}


def _parts(
    table: Table, F: xr.DataArray, F_Y: xr.DataArray | None, method: Method, system: System, by_product: bool
) -> dict[str, np.ndarray]:
    """Return every account as an array, ([stressor,] ...)."""
    parts = METHODS[method](system, by_product)
    E, own = parts["flows"], np.diagonal(parts["flows"], axis1=-2, axis2=-1)
    parts["outflow"], parts["inflow"] = E.sum(-1) - own, E.sum(-2) - own
    parts["production"] = F.values.sum(-1)
    parts.setdefault("reshipped", np.zeros(own.shape))
    # what is passed on stands in the content of the province's own products a second time (gross only)
    parts["consumption"] = parts["home"] + parts["inflow"] - parts["reshipped"]
    parts["zero_output"] = np.where(without_output(table.output.values), F.values, 0.0).sum(-1)
    parts["household"] = aligned_households(F_Y, F)
    away = 1.0 - np.eye(E.shape[-1])
    parts["D_pba"] = F.values.copy()  # the caller's own numbers stay apart from the results
    parts["D_exp"] = np.einsum("...ris,rs->...ri", parts["flows_by_origin"], away)
    if by_product:
        parts["D_imp"] = np.einsum("...rjs,rs->...sj", parts["flows_by_product"], away)
    return parts


def _labelled(table: Table, F: xr.DataArray, parts: dict[str, np.ndarray], method: str) -> xr.Dataset:
    by_flow, by_sector = ("region", "sector", "to_region"), ("region", "sector")
    dims = {
        "flows": ("region", "to_region"),
        **dict.fromkeys(("flows_by_origin", "flows_by_product"), by_flow),
        **dict.fromkeys(("D_pba", "D_cba", "D_imp", "D_exp"), by_sector),
        **dict.fromkeys(_BY_PROVINCE, ("region",)),
    }
    coords = {"region": table.regions, "to_region": table.regions, "sector": table.sectors}
    coords |= {name: F.coords[name] for name in ("stressor", "unit") if name in F.coords}
    unit = {"unit": F.attrs["unit"]} if "unit" not in F.coords else {}
    result = xr.Dataset(
        {name: ((*stressor_dim(F), *of), parts[name], dict(unit)) for name, of in dims.items() if name in parts},
        coords=coords,
        attrs={"method": method, **unit, "year": table.year, "scheme": table.scheme, **carried(table)},
    )
    for name, text in _BY_PROVINCE.items():
        if name in result:
            result[name].attrs["long_name"] = text
    return result


def _in_unit_of(result: xr.Dataset, values: xr.DataArray) -> xr.DataArray:
    return values.assign_attrs({name: result.attrs[name] for name in ("unit",) if name in result.attrs})


def assert_residual_small(result: xr.Dataset, limit: float) -> None:
    """Refuse accounts whose residual account is more than `limit` of production, of any stressor.

    A table can close to the last digit while its residual column hides demand that no output meets; the emissions
    embodied in that column tell.  Provinces are added up by size, so that one's surplus does not hide another's lack.

    Raises
    ------
    BalanceError
        Naming the share found, the limit and the province with the largest residual.
    """
    for _, accounts_made in each_stressor(result):
        _assert_residual_small(accounts_made, limit)


def _assert_residual_small(result: xr.Dataset, limit: float) -> None:
    production = float(result["production"].sum("region").max())
    residual = result["residual"]
    worst = float(abs(residual).sum("region").max()) / production if production else 0.0
    if worst > limit:
        by_region = abs(residual).max([d for d in residual.dims if d != "region"])
        place = by_region["region"].values[int(by_region.argmax("region"))]
        raise BalanceError(
            f"the table's residual carries {100 * worst:.3g}% of production, more than limits.residual_carbon = "
            f"{100 * limit:g}% (most in {place}): the table does not describe its demand; reconcile its margins or "
            "raise the limit."
        )
