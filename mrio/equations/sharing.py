"""Shared responsibility by value added (METHOD eq 6).

``alpha`` here is the part the PRODUCER keeps: alpha = 1 is pure producer, alpha = 0 pure consumer responsibility.
Gallego & Lenzen (2005) call alpha the part passed on; theirs is 1 - ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
import xarray as xr

from mrio.algebra.leontief.local import LocalLeontief
from mrio.algebra.leontief.system import Leontief
from mrio.choosable import check_share, check_truth
from mrio.equations.alignment import accounts_of, each_stressor
from mrio.equations.conservation import TOLERANCE
from mrio.errors import BalanceError, ConfigError
from mrio.table.interregional import Table

By = Literal["product", "origin", "province"]


def local_value_added_share(table: Table, local: LocalLeontief | None = None) -> xr.DataArray:
    """Return alpha_i^r = sum_k (v_k^r / x_k^r) L^rr_ki: local value added in a unit of product i leaving r.

    Shape (region, sector), a pure number.  In [0, 1] where value added is non-negative and columns close; otherwise
    as computed, never clipped: see the attribute ``outside_unit_interval``, which lists such province-sectors.
    Without output there is nothing to ship and alpha is 0.
    """
    x = table.output.values
    v = table.value_added.values.sum(0)
    share = np.divide(v, x, out=np.zeros_like(x), where=x > 0)
    local = Leontief(table).local() if local is None else local
    alpha = xr.DataArray(
        local.solve_transposed(share),
        coords={"region": table.regions, "sector": table.sectors},
        dims=("region", "sector"),
        attrs={"unit": "1", "long_name": "local value added in a unit of outflow (part the producer keeps)"},
    )
    out = np.argwhere((alpha.values < -TOLERANCE) | (alpha.values > 1 + TOLERANCE))
    alpha.attrs["outside_unit_interval"] = [f"{table.regions[r]} {table.sectors[i]}" for r, i in out]
    return alpha


def outflow_value(table: Table, with_exports: bool = False) -> xr.DataArray:
    """Return T_i^rs, what leaves province r for s (region, sector, to_region), in the table's unit; T^rr = 0.

    With `with_exports`, a last destination ``"abroad"`` holds foreign exports.
    """
    T = table.Z.values.sum(3) + table.Y.values.sum(3)
    own = np.arange(len(T))
    T[own, :, own] = 0.0
    destinations = list(table.regions)
    if with_exports:
        T = np.concatenate([T, table.exports.values[:, :, None]], axis=2)
        destinations.append("abroad")
    coords = {"region": table.regions, "sector": table.sectors, "to_region": destinations}
    return xr.DataArray(T, coords, tuple(coords), attrs={"unit": table.unit})


def responsibility(
    table: Table, result: xr.Dataset, *, alpha_exports: float = 1.0, by: By | None = None,
    weight_exports: bool = False, local: LocalLeontief | None = None,
) -> xr.Dataset:  # fmt: skip
    """Return who answers for which emissions when every interprovincial flow is shared by value added.

    SR^r = E[r,r] + sum_{s != r, i} alpha_i^r E_i[r,s] + sum_{s != r, i} (1 - alpha_i^s) E_i[s,r]
    + alpha_x (E[r,exports] + E[r,excluded]) + E[r,residual] + E[r,zero output].  The ORIGIN's alpha stands on both
    sides, so every tonne is shared once: sum_r SR^r + rest of world = sum_r P^r.

    Parameters
    ----------
    table, result : Table, Dataset
        The table and its accounts under ``eebt`` or ``mrio``, of one stressor or several.
    alpha_exports : float
        alpha_x, the part of exports' emissions the producer keeps; the rest is ``rest_of_world``.
    by : {"product", "origin", "province"}, optional
        Which alpha shares a flow: of the shipped product (exact, ``eebt`` only and its default), of the emitting
        sector, or the province's weighted mean (default on ``mrio``).  Recorded in the attributes.
    weight_exports : bool
        Weight a province's mean alpha by foreign exports too, not by interprovincial outflow alone.
    local : LocalLeontief, optional
        To share factorisations.

    Returns
    -------
    Dataset
        ``alpha`` and ``allocated_by_sector``, what is kept and taken over (region, sector); ``alpha_region``; ``share``
        as Table 2 shows it; ``outflow``, ``outflow_value_added``, by sector and in all, in the table's unit; ``shared``
        (SR), its parts ``own``, ``kept`` and ``taken_over``, and ``rest_of_world``, in the unit of the accounts.

    Raises
    ------
    ConfigError, BalanceError
        If the method cannot be shared by that alpha; if what is shared misses production by more than 1e-9.

    Examples
    --------
    >>> import mrio
    >>> table = mrio.Table.from_arrays([[0, 0], [50, 0]], [[100, 0], [0, 50]], regions=["A", "B"], sectors=["all"],
    ...                                categories=["use"], year=2017)
    >>> F = table.output.copy(data=[[7.0], [10.0]]).assign_attrs(unit="Mt")
    >>> mrio.responsibility(table, mrio.accounts(table, F, method="eebt"))["shared"].values
    array([ 7., 10.])
    """
    result = accounts_of(table, result)
    by = by or ("product" if result.attrs["method"] == "eebt" else "province")
    return _shared_by_value_added(table, result, alpha_exports, by, weight_exports, local)


def _shared_by_value_added(
    table: Table, result: xr.Dataset, alpha_exports: float, by: By, weight_exports: bool, local: LocalLeontief | None
) -> xr.Dataset:
    _refuse_unshareable(result.attrs["method"], by)
    check_share("alpha_exports", alpha_exports)
    check_truth("weight_exports", weight_exports)
    alpha = local_value_added_share(table, local)
    T = outflow_value(table, weight_exports)
    outflow = T.sum("to_region")
    local_va = outflow * alpha
    alpha_region = _ratio(local_va.sum("sector"), outflow.sum("sector"))
    flows, key = _flows_to_share(result, by, alpha, alpha_region)
    variables = {
        "alpha": alpha,
        "alpha_region": alpha_region,
        "share": _table_share(T.sel(to_region=table.regions), alpha, alpha_region, result["net_transfer"]),
        "outflow_by_sector": outflow,
        "outflow_value_added_by_sector": local_va,
        "outflow": outflow.sum("sector"),
        "outflow_value_added": local_va.sum("sector"),
        **_answered_for(result, flows, key, alpha_exports),
        **_by_sector(result, flows, key),
    }
    _assert_adds_up(variables)
    shared = xr.Dataset(variables, attrs={**result.attrs, "alpha_by": by, "alpha_exports": alpha_exports})
    _set_units(shared, table.unit, result.attrs.get("unit"))
    _assert_shared(shared, result)
    return shared


def _answered_for(
    result: xr.Dataset, flows: xr.DataArray, key: xr.DataArray, alpha_exports: float
) -> dict[str, xr.DataArray]:
    """Return the parts of SR: kept of what is sent, taken over of what is drawn, and what is not shared at all."""
    kept, passed_on = key * flows, (1.0 - key) * flows
    by_taker = [d for d in passed_on.dims if d not in ("stressor", "to_region")]
    taken_over = passed_on.sum(by_taker).rename(to_region="region")
    kept = kept.sum([d for d in kept.dims if d not in ("stressor", "region")])
    outside = result["exports"] + result["excluded"]
    own = result["home"] + alpha_exports * outside + result["residual"] + result["zero_output"]
    return {
        "kept": kept,
        "taken_over": taken_over,
        "own": own,
        "shared": own + kept + taken_over,
        "rest_of_world": (1.0 - alpha_exports) * outside,
    }


def _by_sector(result: xr.Dataset, flows: xr.DataArray, key: xr.DataArray) -> dict[str, xr.DataArray]:
    """Return what a province keeps of what it sends and takes over of what it draws, by sector of the flow.

    Where one alpha shares all of a province's flows, they are told apart by the product shipped.
    """
    if "sector" not in flows.dims:
        if "flows_by_product" not in result:
            return {}
        flows = result["flows_by_product"].where(result["region"] != result["to_region"], 0.0)
    kept, passed_on = (key * flows).sum("to_region"), ((1.0 - key) * flows).sum("region")
    return {"allocated_by_sector": kept + passed_on.rename(to_region="region")}


def _assert_adds_up(variables: Mapping[str, xr.DataArray]) -> None:
    """Refuse sectors that do not add up to what their province keeps and takes over."""
    if "allocated_by_sector" not in variables:
        return
    whole = variables["kept"] + variables["taken_over"]
    gap = abs(variables["allocated_by_sector"].sum("sector") - whole)
    if not (gap <= TOLERANCE * max(float(abs(whole).max()), 1e-300)).all():
        place = whole["region"].values[np.argwhere((gap == gap.max()).values)[0][-1]]
        raise BalanceError(
            f"emissions by sector miss what {place} keeps and takes over by {float(gap.max()):.3g}, expected 0."
        )


def _refuse_unshareable(method: str, by: str) -> None:
    if method == "gross":
        raise ConfigError("method 'gross' counts a tonne at every border and cannot be shared; use 'eebt' or 'mrio'.")
    if by not in ("product", "origin", "province"):
        raise ConfigError(f"responsibility by {by!r} is unknown; known: product, origin, province.")
    if by == "product" and method != "eebt":
        raise ConfigError(
            "responsibility by product needs method 'eebt', where the shipped product is the origin's own; "
            "use by='origin' or by='province' with 'mrio'."
        )


def _flows_to_share(
    result: xr.Dataset, by: By, alpha: xr.DataArray, alpha_region: xr.DataArray
) -> tuple[xr.DataArray, xr.DataArray]:
    """Return the interprovincial flows (diagonal zero) and the alpha that shares each of them."""
    regions = {name: result[name].values for name in ("region", "to_region")}
    away = xr.DataArray(1.0 - np.eye(result.sizes["region"]), coords=regions, dims=("region", "to_region"))
    if by == "product":
        return result["flows_by_product"] * away, alpha
    if by == "origin":
        return result["flows_by_origin"] * away, alpha
    return result["flows"] * away, alpha_region


def _table_share(
    T: xr.DataArray, alpha: xr.DataArray, alpha_region: xr.DataArray, net_transfer: xr.DataArray
) -> xr.DataArray:
    """Return the share Table 2 prints: net-in provinces their own alpha, net-out ones 1 - alpha of their sources."""
    inflow = T.sum(("region", "sector"))
    sources = _ratio((T * alpha).sum(("region", "sector")), inflow).rename(to_region="region")
    return xr.where(net_transfer > 0, 1.0 - sources, alpha_region).assign_attrs(unit="1")


def _ratio(part: xr.DataArray, whole: xr.DataArray) -> xr.DataArray:
    """Return part / whole; a province that ships (or draws) nothing has no flow to share and gets 0."""
    values = np.divide(part.values, whole.values, out=np.zeros(part.shape), where=whole.values > 0)
    return part.copy(data=values).assign_attrs(unit="1")


def _set_units(shared: xr.Dataset, money: str, emissions: str | None) -> None:
    """Write units into the attributes; emissions of several units have theirs in the coordinate ``unit``."""
    for name, variable in shared.data_vars.items():
        unit = money if str(name).startswith("outflow") else emissions
        if "unit" not in variable.attrs and unit is not None:
            variable.attrs["unit"] = unit


def _assert_shared(shared: xr.Dataset, result: xr.Dataset) -> None:
    answered = shared["shared"].sum("region") + shared["rest_of_world"].sum("region")
    for (name, one), (_, accounts) in zip(
        each_stressor(shared.assign(answered=answered)), each_stressor(result), strict=True
    ):
        production = float(accounts["production"].sum())
        gap = float(one["answered"]) - production
        # eebt and mrio have no re-shipping, so production is all there is to share
        if not abs(gap) <= TOLERANCE * max(production, 1e-300):
            raise BalanceError(
                f"shared responsibility ({name}) misses production by {gap:.6g} {accounts.attrs['unit']}, expected at "
                "most 1e-9 of it."
            )
