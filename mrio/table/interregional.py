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

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr

from mrio import labels
from mrio.errors import LabelError
from mrio.units import known_unit

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
OPTIONAL = {"imports_by_product"}
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


@dataclass(frozen=True)
class Table:
    """A balanced MRIO table; make one with :meth:`from_arrays` or a reader.

    Parameters
    ----------
    data : xarray.Dataset
        Variables of :data:`DIMS`, each with a ``unit`` attribute; attributes ``year``, ``unit`` and ``scheme``
        (sector classification).  The arrays are made read-only.
    """

    data: xr.Dataset

    def __post_init__(self) -> None:
        for name, variable in self.data.data_vars.items():
            if name not in DIMS:
                raise LabelError(f"table variable {name!r} is unknown{labels.did_you_mean(name, DIMS)}.")
            if variable.dims != DIMS[name]:
                raise LabelError(f"table variable {name!r} has dimensions {variable.dims}, expected {DIMS[name]}.")
            variable.values.flags.writeable = False
        for dim in ("region", "sector", "category", "component"):
            labels.unique(self.data[dim].values.tolist(), dim)

    @classmethod
    def from_arrays(
        cls, Z, Y, *, exports=None, value_added=None, imports=None, imports_final=None, residual=None, output=None,
        excluded_out=None, excluded_in=None, excluded_in_final=None, imports_by_product=None,
        regions: Sequence[str], sectors: Sequence[str], categories: Sequence[str],
        components: Sequence[str] | None = None, year: int, unit: str = "10k CNY", scheme: str = "",
        attrs: Mapping | None = None,
    ) -> Table:  # fmt: skip
        """Return a Table from plain arrays in the order of the labels.

        Parameters
        ----------
        Z : array, (R, n, R, n) or (R*n, R*n)
            Intermediate deliveries.
        Y : array, (R, n, R, C) or (R*n, R*C)
            Final demand by demanding region and category.
        exports, residual, excluded_out, output : array, (R, n) or (R*n,), optional
            An account that is not given is empty (zero); `output` not given is the row total.
        value_added : array, (K, R, n) or (R, n), optional
            Not given: output less all inputs, as the single component ``"total"``.
        imports, excluded_in : array, (R, n); imports_final, excluded_in_final : array, (R, C), optional
            By user.
        imports_by_product : array, (n, R), optional
        regions, sectors, categories, components : sequences of labels
        year : int
        unit : str
            Of money (:data:`mrio.units.SIZES`).
        scheme : str
            Sector classification, e.g. ``"42"``; needed only by named concordances.

        Raises
        ------
        LabelError
            If a shape does not fit the labels or a label is given twice.
        UnitError
            If the unit is unknown.
        """
        known_unit(unit, "CNY", "table")
        components = list(components) if components is not None else _default_components(value_added)
        coords = {"region": list(regions), "sector": list(sectors), "category": list(categories)}
        coords |= {"to_region": coords["region"], "to_sector": coords["sector"], "component": components}
        given = {
            "Z": Z, "Y": Y, "exports": exports, "residual": residual, "excluded_out": excluded_out,
            "imports": imports, "imports_final": imports_final, "excluded_in": excluded_in,
            "excluded_in_final": excluded_in_final, "imports_by_product": imports_by_product,
        }  # fmt: skip
        arrays = {name: _shaped(name, array, coords) for name, array in given.items()}
        arrays = {name: array for name, array in arrays.items() if array is not None}
        arrays["output"] = _row_total(arrays) if output is None else _shaped("output", output, coords)
        if value_added is None:
            arrays["value_added"] = (arrays["output"] - _input_total(arrays))[None]
        else:
            arrays["value_added"] = _shaped("value_added", value_added, coords)
        variables = {
            name: (DIMS[name], arrays[name], {"unit": unit, "long_name": LONG_NAMES[name]})
            for name in DIMS
            if name in arrays
        }
        about = {"year": int(year), "unit": unit, "scheme": scheme, **(attrs or {})}
        return cls(xr.Dataset(variables, coords=coords, attrs=about))

    # -- what is in it -------------------------------------------------------------------------------------------
    def __getattr__(self, name: str) -> xr.DataArray:
        if name in DIMS and name in self.data:
            return self.data[name]
        raise AttributeError(f"Table has no attribute {name!r}")

    def __repr__(self) -> str:
        shape = f"{len(self.regions)} regions x {len(self.sectors)} sectors, {self.year}, {self.unit}"
        return f"<Table {shape}: {', '.join(map(str, self.data.data_vars))}>"

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
    def year(self) -> int:
        return int(self.data.attrs["year"])

    @property
    def unit(self) -> str:
        return self.data.attrs["unit"]

    @property
    def scheme(self) -> str:
        return self.data.attrs.get("scheme", "")

    # -- operations that keep it balanced ------------------------------------------------------------------------
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
            if isinstance(sectors, str):
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


def _default_components(value_added) -> list[str]:
    count = 1 if value_added is None or np.ndim(value_added) < 3 else np.shape(value_added)[0]
    return ["total"] if count == 1 else [f"VA{k + 1:03d}" for k in range(count)]


def _shaped(name: str, array, coords: Mapping[str, list]) -> np.ndarray | None:
    """Return the array in the shape its labels ask for; None gives zeros, or None where the variable is optional."""
    shape = tuple(len(coords[dim]) for dim in DIMS[name])
    if array is None:
        return None if name in OPTIONAL else np.zeros(shape)
    array = np.array(array, dtype=float)
    if _proper(array.shape) not in map(_proper, _accepted(shape)):
        dims = ", ".join(f"{dim} {size}" for dim, size in zip(DIMS[name], shape, strict=True))
        raise LabelError(f"{name} has shape {array.shape}, but the labels ask for {shape} ({dims}).")
    return array.reshape(shape)


def _accepted(shape: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Return the shapes an array may come in: as the labels ask, flat, or a matrix of neighbouring dimensions merged.

    A matrix lying on its side has the right size and would be reshaped to wrong numbers, so size alone is not enough.
    """
    return [shape, *((math.prod(shape[:k]), math.prod(shape[k:])) for k in range(len(shape)))]


def _proper(shape: tuple[int, ...]) -> tuple[int, ...]:
    """Return a shape without its dimensions of one, which do not move any number."""
    return tuple(size for size in shape if size != 1)


def _row_total(arrays: Mapping[str, np.ndarray]) -> np.ndarray:
    sums = arrays["Z"].sum((2, 3)) + arrays["Y"].sum((2, 3))
    return sums + arrays["exports"] + arrays["excluded_out"] + arrays["residual"]


def _input_total(arrays: Mapping[str, np.ndarray]) -> np.ndarray:
    return arrays["Z"].sum((0, 1)) + arrays["imports"] + arrays["excluded_in"]


def sum_groups(data: xr.Dataset, dims: Sequence[str], groups: Sequence[str], order: Sequence[str]) -> xr.Dataset:
    """Return a dataset with `dims` (which share labels) summed into groups, in `order`; other variables as they are.

    Members are added one after the other in the order of the labels, so that every machine gives the same bytes.
    """

    def add_up(variable: xr.DataArray) -> xr.DataArray:
        shared = [dim for dim in dims if dim in variable.dims]
        if not shared:
            return variable
        values, coords = variable.values, {d: variable[d].values for d in variable.dims}
        for dim in shared:
            values = _sum_axis(values, variable.dims.index(dim), [order.index(group) for group in groups], len(order))
            coords[dim] = list(order)
        return xr.DataArray(values, coords, variable.dims, attrs=variable.attrs)

    order = list(order)
    return xr.Dataset({name: add_up(data[name]) for name in data.data_vars}, attrs=data.attrs)


def _sum_axis(values: np.ndarray, axis: int, places: Sequence[int], size: int) -> np.ndarray:
    """Return the array with slice k of an axis added to slice ``places[k]``, one after the other."""
    total = np.zeros((*values.shape[:axis], size, *values.shape[axis + 1 :]))
    into, out_of = np.moveaxis(total, axis, 0), np.moveaxis(values, axis, 0)
    for place, part in zip(places, out_of, strict=True):
        into[place] += part
    return total


def _listed(text: str) -> list[str]:
    return [part for part in text.split(", ") if part]
