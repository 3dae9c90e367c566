"""Emission accounts of a table: production, consumption, embodied flows between provinces (METHOD eqs 3-5).

Every tonne of production is in exactly one account: flows to a province's demand, exports, excluded regions, the
table's residual, or sectors that emit without output.  That is asserted whenever accounts are made.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import xarray as xr

from mrio.algebra.leontief.system import Leontief
from mrio.equations.definitions import METHODS, System
from mrio.equations.imports import foreign_imports
from mrio.errors import BalanceError, ConfigError, LabelError, did_you_mean
from mrio.labels import INVENTORY
from mrio.table.interregional import Table

Method = Literal["eebt", "mrio", "gross"]
Scope = Literal["interprovincial", "with-exports", "exports-less-imports"]
SCOPES = ("interprovincial", "with-exports", "exports-less-imports")

#: Largest relative error allowed in a sum that must be conserved.
TOLERANCE = 1e-9

_BY_PROVINCE = {
    "production": "emissions of the province's production (F, households apart)",
    "consumption": "own emissions for own final demand and what is drawn from others, less what was only passed on",
    "outflow": "embodied in what the province sends to other provinces",
    "inflow": "embodied in what the province draws from other provinces",
    "net_transfer": "consumption less production between provinces: > 0 shifts emissions out and pays",
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
    scope: Scope = "interprovincial", system: System | None = None, imports: str = "excluded",
) -> xr.Dataset:  # fmt: skip
    """Return the emission accounts of a table under one definition of the embodied flow.

    Parameters
    ----------
    table : Table
    F : DataArray (region, sector)
        Direct CO2 of production, with a ``unit`` attribute (Mt).
    F_Y : DataArray (region), optional
        Direct CO2 of households, same unit; reported beside the accounts, never inside them.
    method : {"mrio", "eebt", "gross"}
        See :mod:`mrio.equations.definitions`.
    scope : {"interprovincial", "with-exports", "exports-less-imports"}
        What ``net_transfer`` counts, see :func:`net_transfer`.
    system : System, optional
        From :func:`prepare`, to share factorisations between methods.
    imports : {"excluded", "province", "national"}
        Emissions of foreign imports by domestic technology, see :func:`mrio.equations.imports.foreign_imports`; they
        are accounts of their own (``imports``, ``imports_final`` ...), never inside ``consumption``.

    Returns
    -------
    Dataset
        ``flows`` (region, to_region), ``flows_by_origin`` and ``flows_by_product`` (region, sector, to_region), the
        accounts by region, and ``D_pba``, ``D_cba``, ``D_imp``, ``D_exp`` (region, sector), all in the unit of F.

    Raises
    ------
    LabelError
        If F does not have the table's regions and sectors.
    BalanceError
        If the accounts do not add up to production to 1e-9.
    """
    if method not in METHODS:
        raise ConfigError(f"method {method!r} is unknown{did_you_mean(method, METHODS)}; known: {', '.join(METHODS)}.")
    F = _aligned(F, table)
    system = prepare(table, F) if system is None else system
    parts = METHODS[method](system)
    R, _ = system.shape
    E = parts["flows_by_product"].sum(1)
    parts["outflow"], parts["inflow"] = E.sum(1) - np.diag(E), E.sum(0) - np.diag(E)
    parts["production"] = F.values.sum(1)
    parts.setdefault("reshipped", np.zeros(R))
    # what is passed on stands in the content of the province's own products a second time (gross only)
    parts["consumption"] = parts["home"] + parts["inflow"] - parts["reshipped"]
    parts["zero_output"] = np.where(table.output.values == 0, F.values, 0.0).sum(1)
    parts["household"] = np.zeros(R) if F_Y is None else _aligned_regions(F_Y, table).values
    result = _dataset(table, F, E, parts, method)
    if imports != "excluded":
        foreign = foreign_imports(table, system, imports)
        result = result.assign({name: v.assign_attrs(unit=F.attrs["unit"]) for name, v in foreign.data_vars.items()})
    result["net_transfer"] = net_transfer(result, scope).assign_attrs(unit=F.attrs["unit"], scope=scope)
    assert_conserved(result)
    return result


def prepare(table: Table, F: xr.DataArray) -> System:
    """Return the arrays and factorised systems of a table, to be shared by several calls of :func:`accounts`."""
    x, F = table.output.values, _aligned(F, table)
    Y = table.Y.values
    has_inventory = INVENTORY in table.categories
    inventory = table.Y.sel(category=INVENTORY).values if has_inventory else np.zeros(Y.shape[:3])
    full = Leontief(table)
    return System(
        Z_delivered=table.Z.values.sum(3),
        Y=Y.sum(3),
        inventory=inventory,
        outside={
            "exports": table.exports.values,
            "excluded": table.excluded_out.values,
            "residual": table.residual.values,
        },
        f=np.divide(F.values, x, out=np.zeros_like(x), where=x > 0),
        full=full,
        local=full.local(),
    )


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


def assert_conserved(result: xr.Dataset, tolerance: float = TOLERANCE) -> None:
    """Check that every province's accounts add up to its production, all consumption and what leaves the provinces to
    all production, and interprovincial nets to zero.

    Raises
    ------
    BalanceError
        Naming the province and the tonnes that are missing.
    """
    outside = result["exports"] + result["excluded"] + result["residual"] + result["zero_output"]
    gap = (result["production"] - (result["flows"].sum("to_region") + outside - result["reshipped"])).values
    scale = float(abs(result["production"]).sum()) or 1.0
    worst = int(np.argmax(np.abs(gap)))
    if not np.all(np.isfinite(gap)) or abs(gap[worst]) > tolerance * scale:
        place = result["region"].values[worst]
        raise BalanceError(
            f"accounts ({result.attrs['method']}): the flows of {place} miss its production by {gap[worst]:.6g} "
            f"{result.attrs['unit']}; expected at most {tolerance:g} of the national total: the table does not balance."
        )
    missed = float((result["production"] - result["consumption"] - outside).sum())
    if abs(missed) > tolerance * scale:
        raise BalanceError(
            f"accounts ({result.attrs['method']}): consumption and what leaves the provinces miss production by "
            f"{missed:.6g} {result.attrs['unit']}, expected 0."
        )
    net = float((result["inflow"] - result["outflow"]).sum())
    if abs(net) > tolerance * scale:
        raise BalanceError(f"interprovincial net transfers sum to {net:.6g} {result.attrs['unit']}, expected 0.")


def carried(table: Table) -> dict[str, str]:
    """Return what a reader of any result must know of the table: regions left out, trade that is not separable."""
    return {name: table.data.attrs[name] for name in ("excluded_regions", "not_separable") if name in table.data.attrs}


def _dataset(table: Table, F: xr.DataArray, E: np.ndarray, parts: dict, method: str) -> xr.Dataset:
    regions, unit = table.regions, F.attrs["unit"]
    coords = {"region": regions, "to_region": regions, "sector": table.sectors}
    by_flow = ("region", "sector", "to_region")
    product, origin = parts["flows_by_product"], parts["flows_by_origin"]
    away = 1.0 - np.eye(len(regions))
    variables = {
        "flows": (("region", "to_region"), E),
        "flows_by_origin": (by_flow, origin),
        "flows_by_product": (by_flow, product),
        "D_pba": (("region", "sector"), F.values),
        "D_cba": (("region", "sector"), parts.get("D_cba", product.sum(0).T)),
        "D_imp": (("region", "sector"), np.einsum("rjs,rs->sj", product, away)),
        "D_exp": (("region", "sector"), np.einsum("ris,rs->ri", origin, away)),
        **{name: (("region",), parts[name]) for name in _BY_PROVINCE if name in parts},
    }
    dataset = xr.Dataset(
        {name: (dims, values, {"unit": unit}) for name, (dims, values) in variables.items()},
        coords=coords,
        attrs={"method": method, "unit": unit, "year": table.year, "scheme": table.scheme, **carried(table)},
    )
    for name, text in _BY_PROVINCE.items():
        if name in dataset:
            dataset[name].attrs["long_name"] = text
    return dataset


def _aligned(F: xr.DataArray, table: Table) -> xr.DataArray:
    """Return F in the table's order, refusing any difference of labels and anything that is not a number."""
    for dim, expected in (("region", table.regions), ("sector", table.sectors)):
        if dim not in F.dims:
            raise LabelError(f"emissions F have dimensions {F.dims}, expected (region, sector).")
        _same_labels(F[dim].values.tolist(), expected, dim, "F")
    return _finite(F.transpose("region", "sector").sel(region=table.regions, sector=table.sectors), "F")


def _aligned_regions(F_Y: xr.DataArray, table: Table) -> xr.DataArray:
    _same_labels(F_Y["region"].values.tolist(), table.regions, "region", "F_Y")
    return _finite(F_Y.sel(region=table.regions), "F_Y")


def _same_labels(found: list, expected: list, dim: str, name: str) -> None:
    missing = [label for label in expected if label not in found]
    extra = [label for label in found if label not in expected]
    if missing:
        raise LabelError(
            f"emissions {name} have no {dim} {missing[0]!r}, which the table has; add it, or drop it there."
        )
    if extra:
        hint = did_you_mean(extra[0], expected)
        raise LabelError(f"emissions {name} name {dim} {extra[0]!r}, which the table does not have{hint}.")


def _finite(values: xr.DataArray, name: str) -> xr.DataArray:
    bad = ~np.isfinite(values.values)
    if bad.any():
        where = tuple(str(values[d].values[i]) for d, i in zip(values.dims, np.argwhere(bad)[0], strict=True))
        raise BalanceError(f"emissions {name} are not a number at {where}; every province and sector needs a value.")
    if "unit" not in values.attrs:
        raise BalanceError(f"emissions {name} carry no unit; set .attrs['unit'] (the pipeline uses Mt).")
    return values


def assert_residual_small(result: xr.Dataset, limit: float) -> None:
    """Refuse accounts whose residual account is more than `limit` of production.

    A table can close to the last digit while its residual column hides demand that no output meets; the emissions
    embodied in that column tell.  Provinces are added up by size, so that one's surplus does not hide another's lack.

    Raises
    ------
    BalanceError
        Naming the share found, the limit and the province with the largest residual.
    """
    production = float(result["production"].sum("region").max())
    residual = result["residual"]
    worst = float(abs(residual).sum("region").max()) / production if production else 0.0
    if worst > limit:
        by_region = abs(residual).max([d for d in residual.dims if d != "region"])
        place = by_region["region"].values[int(by_region.argmax("region"))]
        raise BalanceError(
            f"the table's residual carries {worst:.1%} of production, more than limits.residual_carbon = {limit:.1%} "
            f"(most in {place}): the table does not describe its demand; reconcile its margins or raise the limit."
        )
