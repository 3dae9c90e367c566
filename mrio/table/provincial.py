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

import numpy as np
import xarray as xr

from mrio import labels
from mrio.errors import BalanceError, InputError, LabelError
from mrio.table.interregional import Table
from mrio.units import known_unit

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
#: Accounts that are empty (zero) where they are not given.
EMPTY_BY_DEFAULT = ("exports", "imports", "residual", "foreign_inputs", "foreign_final")


@dataclass(frozen=True)
class ProvincialTables:
    """Single-region tables of several provinces; make one with :meth:`from_arrays`, :func:`collapse` or a reader.

    Parameters
    ----------
    data : xarray.Dataset
        Variables of :data:`DIMS` with a ``unit`` attribute each; attributes ``year``, ``unit``, ``scheme``.
    """

    data: xr.Dataset

    def __post_init__(self) -> None:
        for name, dims in DIMS.items():
            if name not in self.data or self.data[name].dims != dims:
                raise LabelError(f"provincial tables need a variable {name!r} with dimensions {dims}.")
            _refuse_non_finite(self.data[name])
            self.data[name].values.flags.writeable = False
        for dim in ("region", "sector", "category", "component"):
            labels.unique(self.data[dim].values.tolist(), dim)

    @classmethod
    def from_arrays(
        cls, Z, final, *, outflow, inflow, output, value_added, exports=None, imports=None, residual=None,
        foreign_inputs=None, foreign_final=None, regions: Sequence[str], sectors: Sequence[str],
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
        """
        known_unit(unit, "CNY", "provincial tables")
        value_added = np.asarray(value_added, dtype=float)
        value_added = value_added[None] if value_added.ndim == 2 else value_added
        if components is None:
            components = ["total"] if len(value_added) == 1 else [f"VA{k + 1:03d}" for k in range(len(value_added))]
        coords = {"region": list(regions), "sector": list(sectors), "category": list(categories)}
        coords |= {"to_sector": coords["sector"], "component": list(components)}
        given = {
            "Z": Z, "final": final, "exports": exports, "imports": imports, "outflow": outflow, "inflow": inflow,
            "residual": residual, "output": output, "value_added": value_added, "foreign_inputs": foreign_inputs,
            "foreign_final": foreign_final,
        }  # fmt: skip
        variables = {name: (DIMS[name], _shaped(name, given[name], coords), {"unit": unit}) for name in DIMS}
        about = {"year": int(year), "unit": unit, "scheme": scheme, **(attrs or {})}
        return cls(xr.Dataset(variables, coords=coords, attrs=about))

    def __getattr__(self, name: str) -> xr.DataArray:
        if name in DIMS:
            return self.data[name]
        raise AttributeError(f"ProvincialTables has no attribute {name!r}")

    def __repr__(self) -> str:
        return f"<ProvincialTables {len(self.regions)} regions x {len(self.sectors)} sectors, {self.year}, {self.unit}>"

    @property
    def regions(self) -> list[str]:
        return self.data["region"].values.tolist()

    @property
    def sectors(self) -> list[str]:
        return self.data["sector"].values.tolist()

    @property
    def categories(self) -> list[str]:
        return self.data["category"].values.tolist()

    @property
    def components(self) -> list[str]:
        return self.data["component"].values.tolist()

    @property
    def year(self) -> int:
        return int(self.data.attrs["year"])

    @property
    def unit(self) -> str:
        return self.data.attrs["unit"]

    def row_gap(self) -> np.ndarray:
        """Return output less the right-hand side of the row identity, (R, n); zero in a sound table."""
        d = {name: self.data[name].values for name in DIMS}
        supply = d["exports"] + d["outflow"] - d["imports"] - d["inflow"] + d["residual"]
        return d["output"] - d["Z"].sum(2) - d["final"].sum(2) - supply

    def column_gap(self) -> np.ndarray:
        """Return output less the inputs of the column identity, (R, n); zero in a sound table."""
        d = {name: self.data[name].values for name in DIMS}
        return d["output"] - d["Z"].sum(1) - d["foreign_inputs"] - d["value_added"].sum(0)

    def check(self, tolerance: float = 1e-6) -> None:
        """Refuse tables whose identities miss by more than `tolerance` of the mean output of a row.

        Raises
        ------
        BalanceError
            Naming the worst province, sector, identity and size.
        """
        scale = self.data["output"].values.mean()
        for what, gap in (("row", self.row_gap()), ("column", self.column_gap())):
            r, i = np.unravel_index(np.abs(gap).argmax(), gap.shape)
            if abs(gap[r, i]) > tolerance * scale:
                raise BalanceError(
                    f"{self.regions[r]}, sector {self.sectors[i]}: the {what} misses its total output by "
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
    """
    data = {name: table.data[name].values for name in table.data.data_vars}
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
        regions=table.regions,
        sectors=table.sectors,
        categories=table.categories,
        components=table.data["component"].values.tolist(),
        year=table.year,
        unit=table.unit,
        scheme=table.scheme,
        attrs={"source": "collapsed from an interregional table"},
    )


def _shaped(name: str, array, coords: Mapping[str, list]) -> np.ndarray:
    shape = tuple(len(coords[dim]) for dim in DIMS[name])
    if array is None and name in EMPTY_BY_DEFAULT:
        return np.zeros(shape)
    array = np.array(array, dtype=float)
    if array.shape != shape:
        dims = ", ".join(f"{dim} {size}" for dim, size in zip(DIMS[name], shape, strict=True))
        raise LabelError(f"{name} has shape {array.shape}, but the labels ask for {shape} ({dims}).")
    return array


def _refuse_non_finite(variable: xr.DataArray) -> None:
    bad = np.argwhere(~np.isfinite(variable.values))
    if len(bad):
        place = {dim: variable[dim].values[k] for dim, k in zip(variable.dims, bad[0], strict=True)}
        where = ", ".join(f"{dim} {label}" for dim, label in place.items())
        value = variable.values[tuple(bad[0])]
        raise InputError(f"{value} in {variable.name} ({where})", "a finite number", "fill or correct the cell")
