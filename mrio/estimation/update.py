"""A known table carried to another year by provincial margins (GRAS): for years without provincial tables.

Yearbooks give value added by province and industry, final demand by province and category, exports and imports by
province.  The old table's intermediate and final flows are the prior; they are balanced to the new margins::

    sum_sj Z[r,i,s,j] + sum_sc Y[r,i,s,c] = output - exports - residual           rows
    sum_ri Z[r,i,s,j]                     = output - value added - imports        industries
    sum_ri Y[r,i,s,c]                     = final demand [s,c] - imports of it    final demand

Not given, output grows with value added, exports and imports with their province's totals, the residual with output.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import xarray as xr

from mrio.algebra.balancing import gras
from mrio.errors import EstimationError, LabelError
from mrio.table.interregional import Table


@dataclass(frozen=True)
class YearMargins:
    """What is known of the other year, in the unit of the table.

    Parameters
    ----------
    year : int
    value_added : DataArray (region, sector)
        Total value added.
    final : DataArray (region, category)
        Final demand, imports included.
    output : DataArray (region, sector), optional
        Default: the old ratio of output to value added.
    exports, imports : DataArray (region), optional
        Totals; default: they grow with the region's output.
    """

    year: int
    value_added: xr.DataArray
    final: xr.DataArray
    output: xr.DataArray | None = None
    exports: xr.DataArray | None = None
    imports: xr.DataArray | None = None


class Accounts(NamedTuple):
    """Accounts of the new table beside flows and value added."""

    output: np.ndarray
    exports: np.ndarray
    residual: np.ndarray
    imports: np.ndarray
    imports_final: np.ndarray


def update_table(table: Table, margins: YearMargins, *, tolerance: float = 1e-8, max_iterations: int = 5000) -> Table:
    """Return the table of another year with the given margins, nearest to the old one.

    Parameters
    ----------
    table : Table
        The old table; without excluded regions' accounts.
    margins : YearMargins
        National value added, imports and final demand, exports, residual must agree; what is missing or too much goes
        to all final demand in proportion, up to a tenth (attribute ``final_scaled``).
    tolerance, max_iterations
        Of the balancing (:func:`mrio.algebra.balancing.gras`).

    Raises
    ------
    LabelError
        If a region, sector or category is missing.
    EstimationError
        If margins contradict each other or the balancing does not converge.
    """
    _refuse_excluded(table)
    value_added = table.data["value_added"].values
    va_old, va = value_added.sum(0), _ordered(margins.value_added, table, ("region", "sector"), "value_added")
    growth = np.divide(va, va_old, out=np.ones_like(va), where=va_old != 0)
    new = _accounts(table, margins, growth)
    demand = _ordered(margins.final, table, ("region", "category"), "final") - new.imports_final
    rows, inputs = new.output - new.exports - new.residual, new.output - va - new.imports
    scale = _final_scale(rows, inputs, demand)
    Z, Y = _balance(table, rows, inputs, demand * scale, tolerance, max_iterations)
    parts = value_added * growth + np.where(va_old == 0, va, 0.0) / len(value_added)
    return Table.from_arrays(
        Z, Y, exports=new.exports, imports=new.imports, imports_final=new.imports_final, value_added=parts,
        output=new.output, residual=new.output - new.exports - Z.sum((2, 3)) - Y.sum((2, 3)), regions=table.regions,
        sectors=table.sectors, categories=table.categories, components=table.data["component"].values.tolist(),
        year=margins.year, unit=table.unit, scheme=table.scheme,
        attrs={"source": f"updated from {table.year}", "final_scaled": float(scale)},
    )  # fmt: skip


def _refuse_excluded(table: Table) -> None:
    if sum(np.abs(table.data[name].values).sum() for name in ("excluded_out", "excluded_in")) > 0:
        raise EstimationError(
            "a table with excluded regions cannot be updated; update the whole table, then drop them."
        )


def _accounts(table: Table, margins: YearMargins, growth: np.ndarray) -> Accounts:
    """Return the accounts as given, else grown: output with value added, the others as the module says."""
    old = {name: table.data[name].values for name in Accounts._fields}
    given = margins.output
    x = old["output"] * growth if given is None else _ordered(given, table, ("region", "sector"), "output")
    grown = np.divide(x, old["output"], out=np.ones_like(x), where=old["output"] != 0)
    by_region = x.sum(1) / old["output"].sum(1)
    e = old["exports"] * _factor(margins.exports, old["exports"].sum(1), table, by_region, "exports")[:, None]
    imported = old["imports"].sum(1) + old["imports_final"].sum(1)
    more = _factor(margins.imports, imported, table, by_region, "imports")[:, None]
    return Accounts(x, e, old["residual"] * grown, old["imports"] * more, old["imports_final"] * more)


def _final_scale(rows: np.ndarray, inputs: np.ndarray, demand: np.ndarray) -> float:
    """Return the factor of final demand that the other margins ask for, refusing one beyond a tenth."""
    scale = (rows.sum() - inputs.sum()) / demand.sum()
    if not 0.9 <= scale <= 1.1:
        raise EstimationError(
            f"final demand would have to be {scale:.3f} of what is given to meet value added, exports and imports; "
            "check units and totals."
        )
    return scale


def _balance(
    table: Table, rows: np.ndarray, inputs: np.ndarray, demand: np.ndarray, tolerance: float, max_iterations: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return intermediate and final flows with the given row and column totals, nearest to the old ones.

    The old flows are first brought to the new size: negative cells (inventories) would otherwise shrink as others grow.
    """
    Z, Y = table.data["Z"].values, table.data["Y"].values
    size = rows.size
    prior = np.concatenate([Z.reshape(size, size), Y.reshape(size, -1)], axis=1)
    prior = prior * (rows.sum() / prior.sum())
    names = (
        ["the new table"],
        [f"{i} of {r}" for r in table.regions for i in table.sectors],
        [f"industry {i} of {r}" for r in table.regions for i in table.sectors]
        + [f"{c} of {r}" for r in table.regions for c in table.categories],
    )
    columns = np.concatenate([inputs.ravel(), demand.ravel()])
    balanced = gras(
        prior[None],
        rows.reshape(1, size),
        columns[None],
        names=names,
        tolerance=tolerance,
        max_iterations=max_iterations,
    )[0]
    return balanced[:, :size].reshape(Z.shape), balanced[:, size:].reshape(Y.shape)


def _ordered(array: xr.DataArray, table: Table, dims: tuple[str, ...], name: str) -> np.ndarray:
    """Return a margin in the order of the table's labels."""
    if set(array.dims) != set(dims):
        raise LabelError(f"{name} has dimensions {array.dims}, expected {dims}.")
    for dim in dims:
        missing = [label for label in table.data[dim].values.tolist() if label not in array[dim].values]
        if missing:
            raise LabelError(f"{name} has no {dim} {missing[0]!r}.")
    values = array.sel({dim: table.data[dim].values.tolist() for dim in dims}).transpose(*dims).values.astype(float)
    if not np.isfinite(values).all():
        raise EstimationError(f"{name} holds a value that is not a finite number.")
    return values


def _factor(total: xr.DataArray | None, old: np.ndarray, table: Table, default: np.ndarray, name: str) -> np.ndarray:
    """Return growth of a region's total, or `default` where none is given."""
    if total is None:
        return default
    new = _ordered(total, table, ("region",), name)
    return np.divide(new, old, out=np.ones_like(new), where=old != 0)
