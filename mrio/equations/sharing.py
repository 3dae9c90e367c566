"""Shared responsibility by value added (METHOD eq 6).

``alpha`` here is the part the PRODUCER keeps: alpha = 1 is pure producer, alpha = 0 pure consumer responsibility.
Gallego & Lenzen (2005) call alpha the part passed on; theirs is 1 - ours.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import xarray as xr

from mrio.algebra.leontief.local import LocalLeontief
from mrio.algebra.leontief.system import Leontief
from mrio.equations.flows import TOLERANCE
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
        The table and its accounts under ``eebt`` or ``mrio``.
    alpha_exports : float
        alpha_x, the part of exports' emissions the producer keeps; the rest is ``rest_of_world``.
    by : {"product", "origin", "province"}, optional
        Which alpha shares a flow: of the shipped product (exact, ``eebt`` only and its default), of the emitting
        sector, or the province's weighted mean (default on ``mrio``).  Recorded in the attributes.
    weight_exports : bool
        Weight a province's mean alpha by interprovincial outflow and foreign exports instead of outflow alone.
    local : LocalLeontief, optional
        To share factorisations.

    Returns
    -------
    Dataset
        ``alpha`` (region, sector); ``alpha_region``; ``share`` as Table 2 shows it (net-in: own alpha; net-out: 1 less
        the sources' alpha weighted by the inflow); ``outflow``, ``outflow_value_added``, by sector and in all, in the
        table's unit; ``shared`` (SR), its parts and ``rest_of_world``, in the unit of the accounts.

    Raises
    ------
    ConfigError
        If the method cannot be shared by that alpha.
    BalanceError
        If shared responsibility and the rest of the world miss production by more than 1e-9.
    """
    method = result.attrs["method"]
    by = by or ("product" if method == "eebt" else "province")
    _refuse_unshareable(method, by, alpha_exports)
    alpha = local_value_added_share(table, local)
    T = outflow_value(table, weight_exports)
    outflow = T.sum("to_region")
    local_va = outflow * alpha
    alpha_region = _ratio(local_va.sum("sector"), outflow.sum("sector"))
    flows, key = _flows_to_share(result, by, alpha, alpha_region)
    kept, passed_on = key * flows, (1.0 - key) * flows
    taken_over = passed_on.sum([d for d in passed_on.dims if d != "to_region"]).rename(to_region="region")
    kept = kept.sum([d for d in kept.dims if d != "region"])
    outside = result["exports"] + result["excluded"]
    own = result["home"] + alpha_exports * outside + result["residual"] + result["zero_output"]
    variables = {
        "alpha": alpha,
        "alpha_region": alpha_region,
        "share": _table_share(T.sel(to_region=table.regions), alpha, alpha_region, result["net_transfer"]),
        "outflow_by_sector": outflow,
        "outflow_value_added_by_sector": local_va,
        "outflow": outflow.sum("sector"),
        "outflow_value_added": local_va.sum("sector"),
        "kept": kept,
        "taken_over": taken_over,
        "own": own,
        "shared": own + kept + taken_over,
        "rest_of_world": (1.0 - alpha_exports) * outside,
    }
    shared = xr.Dataset(variables, attrs={**result.attrs, "alpha_by": by, "alpha_exports": alpha_exports})
    _set_units(shared, table.unit, result.attrs["unit"])
    _assert_shared(shared, result)
    return shared


def _refuse_unshareable(method: str, by: str, alpha_exports: float) -> None:
    if method == "gross":
        raise ConfigError(
            "method 'gross' counts a tonne at every border, so it cannot be shared; use 'eebt' or 'mrio'."
        )
    if by not in ("product", "origin", "province"):
        raise ConfigError(f"responsibility by {by!r} is unknown; known: product, origin, province.")
    if by == "product" and method != "eebt":
        raise ConfigError(
            "responsibility by product needs method 'eebt', where the shipped product is the origin's own; "
            "use by='origin' or by='province' with 'mrio'."
        )
    if not 0.0 <= alpha_exports <= 1.0:
        raise ConfigError(f"alpha_exports is {alpha_exports}, expected a number from 0 to 1.")


def _flows_to_share(result, by, alpha, alpha_region) -> tuple[xr.DataArray, xr.DataArray]:
    """Return the interprovincial flows (diagonal zero) and the alpha that shares each of them."""
    away = xr.DataArray(1.0 - np.eye(result.sizes["region"]), coords=result["flows"].coords, dims=result["flows"].dims)
    if by == "product":
        return result["flows_by_product"] * away, alpha
    if by == "origin":
        return result["flows_by_origin"] * away, alpha
    return result["flows"] * away, alpha_region


def _table_share(T, alpha, alpha_region, net_transfer) -> xr.DataArray:
    """Return the share Table 2 prints: net-in provinces their own alpha, net-out ones 1 - alpha of their sources."""
    inflow = T.sum(("region", "sector"))
    sources = _ratio((T * alpha).sum(("region", "sector")), inflow).rename(to_region="region")
    return xr.where(net_transfer > 0, 1.0 - sources, alpha_region).assign_attrs(unit="1")


def _ratio(part: xr.DataArray, whole: xr.DataArray) -> xr.DataArray:
    """Return part / whole; a province that ships (or draws) nothing has no flow to share and gets 0."""
    values = np.divide(part.values, whole.values, out=np.zeros(part.shape), where=whole.values > 0)
    return part.copy(data=values).assign_attrs(unit="1")


def _set_units(shared: xr.Dataset, money: str, emissions: str) -> None:
    for name, variable in shared.data_vars.items():
        if "unit" not in variable.attrs:
            variable.attrs["unit"] = money if name.startswith("outflow") else emissions


def _assert_shared(shared: xr.Dataset, result: xr.Dataset) -> None:
    production = float(result["production"].sum())
    gap = float(shared["shared"].sum() + shared["rest_of_world"].sum()) - production
    # eebt and mrio have no re-shipping, so production is all there is to share
    if not abs(gap) <= TOLERANCE * max(production, 1e-300):
        unit = result.attrs["unit"]
        raise BalanceError(f"shared responsibility misses production by {gap:.6g} {unit}, expected at most 1e-9 of it.")
