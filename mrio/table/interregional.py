"""Table: a balanced multi-regional input-output table, labelled and immutable.

Owns the data model and the operations that keep it balanced: aggregate, drop regions, reorder.  Checks of shape
and labels happen here, once; the identities themselves are reported by :mod:`mrio.table.validation.gate`.

Row identity (METHOD eq 1), every product i of province r::

    x[r,i] = sum_sj Z[r,i,s,j] + sum_sc Y[r,i,s,c] + exports[r,i] + excluded_out[r,i] + residual[r,i]

Column identity, every industry j of province s::

    x[s,j] = sum_ri Z[r,i,s,j] + imports[s,j] + excluded_in[s,j] + sum_k value_added[k,s,j]

``excluded_*`` are the flows to and from regions that were dropped from the table: an account of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike

from mrio import labels
from mrio.errors import LabelError
from mrio.table.labelled import Labelled
from mrio.table.sums import sum_groups

#: Dimensions of every variable; the order is the order in memory (C), so (N, N) is a reshape of Z.
DIMS = {
    "Z": ("region", "sector", "to_region", "to_sector"),
    "Y": ("region", "sector", "to_region", "category"),
    "exports": ("region", "sector"),
    "residual": ("region", "sector"),
    "excluded_out": ("region", "sector"),
    "output": ("region", "sector"),
    "value_added": ("component", "region", "sector"),
    "imports": ("to_region", "to_sector"),
    "imports_final": ("to_region", "category"),
    "excluded_in": ("to_region", "to_sector"),
    "excluded_in_final": ("to_region", "category"),
    "imports_by_product": ("sector", "to_region"),
}
OPTIONAL = frozenset({"imports_by_product"})
LONG_NAMES = {
    "Z": "intermediate deliveries",
    "Y": "final demand",
    "exports": "foreign exports",
    "residual": "residual (error) of the row",
    "excluded_out": "deliveries to excluded regions",
    "output": "gross output x",
    "value_added": "value added",
    "imports": "foreign imports used by industries",
    "imports_final": "foreign imports used by final demand",
    "excluded_in": "inputs from excluded regions used by industries",
    "excluded_in_final": "deliveries from excluded regions to final demand",
    "imports_by_product": "foreign imports by product",
}


#: Source of a table whose flows between regions were estimated here.
ESTIMATED = "estimated from provincial tables"


@dataclass(frozen=True, repr=False)
class Table(Labelled):
    """A balanced MRIO table; make one with :meth:`from_arrays` or a reader.

    Parameters
    ----------
    data : xarray.Dataset
        Variables of :data:`DIMS`, each with a ``unit`` attribute; attributes ``year``, ``unit`` and ``scheme``
        (sector classification).  The arrays are made read-only.
    """

    DIMS: ClassVar[Mapping[str, tuple[str, ...]]] = DIMS
    OPTIONAL: ClassVar[frozenset[str]] = OPTIONAL
    ZERO_BY_DEFAULT: ClassVar[frozenset[str]] = frozenset(DIMS) - OPTIONAL - {"Z", "Y", "output", "value_added"}
    LONG_NAMES: ClassVar[Mapping[str, str]] = LONG_NAMES

    @classmethod
    def from_arrays(
        cls, Z: ArrayLike, Y: ArrayLike, *, exports: ArrayLike | None = None, value_added: ArrayLike | None = None,
        imports: ArrayLike | None = None, imports_final: ArrayLike | None = None, residual: ArrayLike | None = None,
        output: ArrayLike | None = None, excluded_out: ArrayLike | None = None, excluded_in: ArrayLike | None = None,
        excluded_in_final: ArrayLike | None = None, imports_by_product: ArrayLike | None = None,
        regions: Sequence[str], sectors: Sequence[str], categories: Sequence[str],
        components: Sequence[str] | None = None, year: int, unit: str = "10k CNY", scheme: str = "",
        attrs: Mapping | None = None,
    ) -> Table:  # fmt: skip
        """Return a table from plain arrays in the order of the labels.

        Parameters
        ----------
        Z : array, (R, n, R, n) or (R*n, R*n);  Y : array, (R, n, R, C) or (R*n, R*C)
            Intermediate deliveries; final demand by demanding region and category.
        exports, residual, excluded_out, output : array, (R, n) or (R*n,), optional
            Zero where not given; `output` is then the total of the row.
        value_added : array, (K, R, n) or (R, n), optional
            Where not given, output less all inputs, as the one component ``"total"``.
        imports, excluded_in : (R, n);  imports_final, excluded_in_final : (R, C);  imports_by_product : (n, R)
            By user, and as a memorandum by product; optional.
        unit, scheme : str
            A unit of money (:data:`mrio.units.SIZES`); a sector classification, which named concordances need.

        Raises
        ------
        LabelError, UnitError
            If a shape does not fit the labels, a label is given twice, or the unit is unknown.

        Examples
        --------
        >>> table = Table.from_arrays([[20, 10], [5, 40]], [[60, 10], [20, 35]], exports=[0, 20], year=2017,
        ...                           regions=["North", "South"], sectors=["all"], categories=["final"])
        >>> table.output.values.tolist(), table.value_added.values.tolist()
        ([[100.0], [120.0]], [[[75.0], [70.0]]])
        """
        given = {
            "Z": Z, "Y": Y, "exports": exports, "residual": residual, "excluded_out": excluded_out, "output": output,
            "value_added": value_added, "imports": imports, "imports_final": imports_final, "excluded_in": excluded_in,
            "excluded_in_final": excluded_in_final, "imports_by_product": imports_by_product,
        }  # fmt: skip
        names = {"region": regions, "sector": sectors, "category": categories, "component": components}
        about = {"year": _whole_year(year), "unit": unit, "scheme": scheme, **(attrs or {})}
        return cls._assembled(given, names, about)

    @classmethod
    def _completed(cls, arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        """Return the accounts with the row total as output and the rest of the column as value added, if not given."""
        output = arrays.setdefault("output", _row_total(arrays))
        arrays.setdefault("value_added", (output - _input_total(arrays))[None])
        return arrays

    @property
    def estimated(self) -> bool:
        """Whether the flows between regions were estimated from provincial tables, not published."""
        return self.data.attrs.get("source") == ESTIMATED

    def aggregate(
        self, sectors: str | Mapping[str, str] | None = None, regions: Mapping[str, str] | None = None
    ) -> Table:
        """Return the table with sectors and/or regions added up; every total is conserved.

        Parameters
        ----------
        sectors : str or mapping
            A sector scheme with a concordance from this table's scheme (``"six"``, ``"30"``), or sector -> group.
        regions : mapping, optional
            Region -> group; flows inside a group become domestic.

        Raises
        ------
        LabelError
            If the concordance is not a partition of the table's labels.
        """
        data, scheme = self.data, self.scheme
        if sectors is not None:
            order = None
            if isinstance(sectors, str) and sectors == self.scheme:
                sectors = {code: code for code in self.sectors}
            elif isinstance(sectors, str):
                scheme, order = sectors, labels.sectors(sectors)["code"].tolist()
                sectors = labels.concordance(self.scheme, sectors)
            else:
                scheme = ""  # the groups are the user's own
            groups = labels.partition(self.sectors, sectors)
            data = sum_groups(data, ("sector", "to_sector"), groups, labels.group_order(groups, order))
        if regions is not None:
            groups = labels.partition(self.regions, regions, "region")
            data = sum_groups(data, ("region", "to_region"), groups, labels.group_order(groups))
        return Table(data.assign_attrs(scheme=scheme))

    def drop_regions(self, names: Sequence[str]) -> Table:
        """Return the table without some regions; flows to and from them move to the ``excluded`` accounts.

        The output of the remaining regions, and both identities, are unchanged.
        """
        if isinstance(names, str) or names is None:
            raise LabelError(f"the regions to drop are {names!r}, expected a list of names: [{names!r}].")
        if set(self.regions) <= set(names):
            raise LabelError("all regions of the table would be dropped, and none would be left; name fewer.")
        unknown = [name for name in names if name not in self.regions]
        if unknown:
            hint = labels.did_you_mean(unknown[0], self.regions)
            raise LabelError(f"region {unknown[0]!r} cannot be dropped: the table does not have it{hint}.")
        if not names:
            return self
        keep = [name for name in self.regions if name not in set(names)]
        gone = [name for name in self.regions if name in set(names)]
        data = self.data
        to_gone = data.sel(region=keep, to_region=gone)
        from_gone = data.sel(region=gone, to_region=keep)
        kept = data.sel(region=keep, to_region=keep)
        moved = {
            "excluded_out": to_gone["Z"].sum(("to_region", "to_sector")) + to_gone["Y"].sum(("to_region", "category")),
            "excluded_in": from_gone["Z"].sum(("region", "sector")),
            "excluded_in_final": from_gone["Y"].sum(("region", "sector")),
        }
        excluded = [*_listed(data.attrs.get("excluded_regions", "")), *gone]
        variables = {name: (kept[name] + moved[name]).assign_attrs(data[name].attrs) for name in moved}
        return Table(kept.assign(variables).assign_attrs(excluded_regions=", ".join(excluded)))

    def reorder(self, regions: Sequence[str] | None = None, sectors: Sequence[str] | None = None) -> Table:
        """Return the same table with regions and sectors in another order."""
        regions, sectors = list(regions or self.regions), list(sectors or self.sectors)
        for what, new, old in (("region", regions, self.regions), ("sector", sectors, self.sectors)):
            if sorted(new) != sorted(old):
                raise LabelError(f"the new order of {what}s must hold the table's {len(old)} labels, each once.")
        data = self.data.sel(region=regions, to_region=regions, sector=sectors, to_sector=sectors)
        return Table(data.map(lambda v: v.copy(data=np.ascontiguousarray(v.values)), keep_attrs=True))


def _whole_year(year: object) -> int:
    """Return a year as a whole number, whether it came as one or as text."""
    if not str(year).isdigit():
        raise LabelError(f"the year is {year!r}, expected a whole number such as 2017.")
    return int(str(year))


def require_table(table: object) -> None:
    """Refuse what is no table: a path, a frame, a Dataset.

    Raises
    ------
    LabelError
    """
    if not isinstance(table, Table):
        raise LabelError(f"the table is a {type(table).__name__}, expected a Table; mrio.read_table(path) reads one.")


def _row_total(arrays: Mapping[str, np.ndarray]) -> np.ndarray:
    sums = arrays["Z"].sum((2, 3)) + arrays["Y"].sum((2, 3))
    return sums + arrays["exports"] + arrays["excluded_out"] + arrays["residual"]


def _input_total(arrays: Mapping[str, np.ndarray]) -> np.ndarray:
    return arrays["Z"].sum((0, 1)) + arrays["imports"] + arrays["excluded_in"]


def _listed(text: str) -> list[str]:
    return [part for part in text.split(", ") if part]
