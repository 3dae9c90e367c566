"""ProvincialTables: single-region input-output tables of many provinces, side by side.

Owns the data model of what statistics bureaus publish (one table a province, trade only as margins) and
:func:`collapse`, which makes the same thing out of a known interregional table, so that an estimate can be scored.

Row identity of METHOD ("An MRIO table from official provincial tables"), product i of province r::

    output = sum_j Z[r,i,j] + sum_c final[r,i,c] + exports + outflow - imports - inflow + residual

Column identity, industry j of province r::

    output = sum_i Z[r,i,j] + foreign_inputs[r,j] + sum_k value_added[k,r,j]

Z and final are *competitive*: they hold what was used, wherever it came from.  ``foreign_inputs`` and ``foreign_final``
are imports a table books by user, outside Z and final; official tables have none (zero).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike

from mrio.errors import BalanceError, InputError
from mrio.table.interregional import Table, require_table
from mrio.table.labelled import Labelled, non_finite

#: Dimensions of every variable.
DIMS = {
    "Z": ("region", "sector", "to_sector"),
    "final": ("region", "sector", "category"),
    "exports": ("region", "sector"),
    "imports": ("region", "sector"),
    "outflow": ("region", "sector"),
    "inflow": ("region", "sector"),
    "residual": ("region", "sector"),
    "output": ("region", "sector"),
    "value_added": ("component", "region", "sector"),
    "foreign_inputs": ("region", "to_sector"),
    "foreign_final": ("region", "category"),
}
#: Accounts that are zero where they are not given.
ZERO_BY_DEFAULT = frozenset({"exports", "imports", "residual", "foreign_inputs", "foreign_final"})


@dataclass(frozen=True, repr=False)
class ProvincialTables(Labelled):
    """Single-region tables of several provinces; make one with :meth:`from_arrays`, :func:`collapse` or a reader.

    Parameters
    ----------
    data : xarray.Dataset
        Variables of :data:`DIMS` with a ``unit`` attribute each; attributes ``year``, ``unit``, ``scheme``.  Every cell
        is a finite number.
    """

    DIMS: ClassVar[Mapping[str, tuple[str, ...]]] = DIMS
    ZERO_BY_DEFAULT: ClassVar[frozenset[str]] = ZERO_BY_DEFAULT

    def __post_init__(self) -> None:
        super().__post_init__()
        count, first = non_finite(self)
        if count:
            found = f"a cell that is no finite number, {first}" + (f", and {count - 1} more" if count > 1 else "")
            raise InputError(found, "a number in every cell", "fill or correct the cell")

    @classmethod
    def from_arrays(
        cls, Z: ArrayLike, final: ArrayLike, *, outflow: ArrayLike, inflow: ArrayLike, output: ArrayLike,
        value_added: ArrayLike, exports: ArrayLike | None = None, imports: ArrayLike | None = None,
        residual: ArrayLike | None = None, foreign_inputs: ArrayLike | None = None,
        foreign_final: ArrayLike | None = None, regions: Sequence[str], sectors: Sequence[str],
        categories: Sequence[str], components: Sequence[str] | None = None, year: int, unit: str = "10k CNY",
        scheme: str = "", attrs: Mapping | None = None,
    ) -> ProvincialTables:  # fmt: skip
        """Return provincial tables from plain arrays in the order of the labels (shapes: :data:`DIMS`).

        Raises
        ------
        LabelError
            If a shape does not fit the labels or a label is given twice.
        UnitError
            If the unit is unknown.
        InputError
            If a cell is not a finite number.

        Examples
        --------
        >>> tables = ProvincialTables.from_arrays([[[20]]], [[[60]]], outflow=[[30]], inflow=[[10]], output=[[100]],
        ...                                       value_added=[[80]], regions=["North"], sectors=["all"],
        ...                                       categories=["final"], year=2017)
        >>> tables.check()
        >>> tables.row_gap().tolist()
        [[0.0]]
        """
        given = {
            "Z": Z, "final": final, "exports": exports, "imports": imports, "outflow": outflow, "inflow": inflow,
            "residual": residual, "output": output, "value_added": value_added, "foreign_inputs": foreign_inputs,
            "foreign_final": foreign_final,
        }  # fmt: skip
        names = {"region": regions, "sector": sectors, "category": categories, "component": components}
        about = {"year": int(year), "unit": unit, "scheme": scheme, **(attrs or {})}
        return cls._assembled(given, names, about)

    def row_gap(self) -> np.ndarray:
        """Return output less the right-hand side of the row identity, (R, n); zero in a sound table."""
        d = {name: self.data[name].values for name in DIMS}
        supply = d["exports"] + d["outflow"] - d["imports"] - d["inflow"] + d["residual"]
        return d["output"] - d["Z"].sum(2) - d["final"].sum(2) - supply

    def column_gap(self) -> np.ndarray:
        """Return output less the inputs of the column identity, (R, n); zero in a sound table."""
        d = {name: self.data[name].values for name in DIMS}
        return d["output"] - d["Z"].sum(1) - d["foreign_inputs"] - d["value_added"].sum(0)

    def check(self, tolerance: float = 1e-6, place: object = "") -> None:
        """Refuse tables whose identities miss by more than `tolerance` of the mean output of a row.

        `place` (a folder) opens the sentence.

        Raises
        ------
        BalanceError
            Naming the worst province, sector, identity and size.
        """
        scale = self.data["output"].values.mean()
        for what, gap in (("row", self.row_gap()), ("column", self.column_gap())):
            r, i = np.unravel_index(np.abs(gap).argmax(), gap.shape)
            if abs(gap[r, i]) > tolerance * scale:
                opening = f"{place} ({self.year}): " if place else ""
                raise BalanceError(
                    f"{opening}{self.regions[r]}, sector {self.sectors[i]}: the {what} misses its total output by "
                    f"{gap[r, i]:,.6g} {self.unit} (output {self.data['output'].values[r, i]:,.6g}); check that table."
                )


def collapse(table: Table) -> ProvincialTables:
    """Return the single-region tables that a known interregional table implies.

    Equation::

        Z[s,i,j]     = sum_r Z[r,i,s,j]
        final[s,i,c] = sum_r Y[r,i,s,c]
        outflow[r,i] = sum_{s != r} (sum_j Z[r,i,s,j] + sum_c Y[r,i,s,c])
        inflow[s,i]  = sum_{r != s} (sum_j Z[r,i,s,j] + sum_c Y[r,i,s,c])

    Imports stay by user, outside Z (``foreign_inputs``, ``foreign_final``), as the table has them; deliveries to and
    from excluded regions are foreign trade here.

    Parameters
    ----------
    table : Table

    Returns
    -------
    ProvincialTables
        Same unit, year and labels.

    Examples
    --------
    >>> table = Table.from_arrays([[20, 10], [5, 40]], [[60, 10], [20, 35]], regions=["North", "South"],
    ...                           sectors=["all"], categories=["final"], year=2017)
    >>> tables = collapse(table)
    >>> tables.outflow.values.ravel().tolist(), tables.inflow.values.ravel().tolist()
    ([20.0, 25.0], [25.0, 20.0])
    """
    require_table(table)
    data = {name: variable.values for name, variable in table.variables().items()}
    shipped = data["Z"].sum(3) + data["Y"].sum(3)  # (r, i, s)
    own = np.einsum("rir->ri", shipped)
    return ProvincialTables.from_arrays(
        data["Z"].sum(0).transpose(1, 0, 2),
        data["Y"].sum(0).transpose(1, 0, 2),
        exports=data["exports"] + data["excluded_out"],
        outflow=shipped.sum(2) - own,
        inflow=shipped.sum(0).T - own,
        residual=data["residual"],
        output=data["output"],
        value_added=data["value_added"],
        foreign_inputs=data["imports"] + data["excluded_in"],
        foreign_final=data["imports_final"] + data["excluded_in_final"],
        regions=table.regions, sectors=table.sectors, categories=table.categories, components=table.components,
        year=table.year, unit=table.unit, scheme=table.scheme,
        attrs={"source": "collapsed from an interregional table"},
    )  # fmt: skip
