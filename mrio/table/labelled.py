"""What all tables share: named accounts with fixed dimensions, labels and a unit, checked once, then read-only.

Owns the checks of names, dimensions, labels and shapes; which accounts a table has, and what they must add up to, is
said by :class:`mrio.table.interregional.Table` and :class:`mrio.table.provincial.ProvincialTables`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
import xarray as xr
from numpy.typing import ArrayLike

from mrio import labels
from mrio.errors import LabelError, did_you_mean
from mrio.units import known_money

#: Every dimension of a table that has labels of its own; ``to_region`` and ``to_sector`` repeat those of the supplier.
OWN_DIMS = ("region", "sector", "category", "component")
TWINS = {"to_region": "region", "to_sector": "sector"}


@dataclass(frozen=True)
class Labelled:
    """Accounts side by side, each an array with labelled dimensions.

    Parameters
    ----------
    data : xarray.Dataset
        Variables of :attr:`DIMS`, each with a ``unit`` attribute; attributes ``year``, ``unit`` and ``scheme``
        (sector classification).  The arrays are made read-only.
    """

    data: xr.Dataset

    #: Account -> its dimensions.
    DIMS: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    #: Accounts that a table may lack.
    OPTIONAL: ClassVar[frozenset[str]] = frozenset()
    #: Accounts that are zero where they are not given.
    ZERO_BY_DEFAULT: ClassVar[frozenset[str]] = frozenset()
    LONG_NAMES: ClassVar[Mapping[str, str]] = {}

    def __post_init__(self) -> None:
        kind = type(self).__name__
        for name, variable in self.variables().items():
            if name not in self.DIMS:
                raise LabelError(f"{kind} variable {name!r} is unknown{did_you_mean(name, self.DIMS)}.")
            if variable.dims != self.DIMS[name]:
                raise LabelError(f"{kind} variable {name!r} has dimensions {variable.dims}, not {self.DIMS[name]}.")
            variable.values.flags.writeable = False
        missing = [name for name in self.DIMS if name not in self.data and name not in self.OPTIONAL]
        if missing:
            raise LabelError(f"{kind} lacks the variable {missing[0]!r} with dimensions {self.DIMS[missing[0]]}.")
        for dim in OWN_DIMS:
            labels.unique(self.data[dim].values.tolist(), dim)

    @classmethod
    def _assembled(
        cls, given: Mapping[str, ArrayLike | None], names: Mapping[str, Sequence[str] | None], about: Mapping[str, Any]
    ) -> Self:
        """Return a table from plain arrays and the labels of :data:`OWN_DIMS`, after checking shapes and unit."""
        unit = known_money(about["unit"], cls.__name__)
        coords = _coords(names, given.get("value_added"), {dim for dims in cls.DIMS.values() for dim in dims})
        shaped = {name: cls._shaped(name, array, coords) for name, array in given.items()}
        arrays = cls._completed({name: array for name, array in shaped.items() if array is not None})
        variables = {
            name: (cls.DIMS[name], arrays[name], {"unit": unit} | cls._long_name(name))
            for name in cls.DIMS
            if name in arrays
        }
        return cls(xr.Dataset(variables, coords, about))

    @classmethod
    def _shaped(cls, name: str, array: ArrayLike | None, coords: Mapping[str, list[str]]) -> np.ndarray | None:
        """Return an account in the shape its labels ask for, zeros where it may be left out, or None."""
        shape = tuple(len(coords[dim]) for dim in cls.DIMS[name])
        if array is None:
            return np.zeros(shape) if name in cls.ZERO_BY_DEFAULT else None
        values = _numbers(name, _by_label(name, array, cls.DIMS[name], coords))
        if _proper(values.shape) not in map(_proper, _accepted(shape)):
            dims = ", ".join(f"{dim} {size}" for dim, size in zip(cls.DIMS[name], shape, strict=True))
            raise LabelError(f"{name} has shape {values.shape}, but the labels ask for {shape} ({dims}).")
        return values.reshape(shape)

    @classmethod
    def _completed(cls, arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        """Return the accounts with those added that follow from others; a kind of table says which do."""
        return arrays

    @classmethod
    def _long_name(cls, name: str) -> dict[str, str]:
        return {"long_name": cls.LONG_NAMES[name]} if name in cls.LONG_NAMES else {}

    def __getattr__(self, name: str) -> xr.DataArray:
        if name in self.DIMS and name in self.data:
            return self.data[name]
        raise AttributeError(f"{type(self).__name__} has no attribute {name!r}")

    def __repr__(self) -> str:
        shape = f"{len(self.regions)} regions x {len(self.sectors)} sectors, {self.year}, {self.unit}"
        return f"<{type(self).__name__} {shape}: {', '.join(self.variables())}>"

    def variables(self) -> dict[str, xr.DataArray]:
        """Return the accounts by name."""
        return {str(name): variable for name, variable in self.data.data_vars.items()}

    @property
    def regions(self) -> list[str]:
        return self.data.variables["region"].values.tolist()

    @property
    def sectors(self) -> list[str]:
        return self.data.variables["sector"].values.tolist()

    @property
    def categories(self) -> list[str]:
        """Categories of final demand."""
        return self.data.variables["category"].values.tolist()

    @property
    def components(self) -> list[str]:
        """Components of value added."""
        return self.data.variables["component"].values.tolist()

    @property
    def year(self) -> int:
        return int(self.data.attrs["year"])

    @property
    def unit(self) -> str:
        """Monetary unit of every account."""
        return self.data.attrs["unit"]

    @property
    def scheme(self) -> str:
        """Sector classification, empty where the sectors are the user's own."""
        return self.data.attrs.get("scheme", "")


def cell_name(variable: xr.DataArray, flat: int) -> str:
    """Return the labels of a cell by its position in the flattened array: ``Hebei 05`` or ``Hebei 05 > Beijing 12``."""
    index = np.unravel_index(flat, variable.shape)
    names = {dim: str(variable[dim].values[k]) for dim, k in zip(variable.dims, index, strict=True)}
    source = " ".join(names[dim] for dim in ("component", "region", "sector") if dim in names)
    target = " ".join(names[dim] for dim in ("to_region", "to_sector", "category") if dim in names)
    return " > ".join(filter(None, (source, target)))


def non_finite(data: Labelled) -> tuple[int, str]:
    """Return how many cells are no finite numbers, with account and labels of the first; (0, "") if all are."""
    count, first = 0, ""
    for name, variable in data.variables().items():
        bad = ~np.isfinite(variable.values)
        count += int(bad.sum())
        first = first or (f"{name} {cell_name(variable, int(np.argmax(bad)))}" if bad.any() else "")
    return count, first


def _by_label(name: str, array: Any, dims: Sequence[str], coords: Mapping[str, list[str]]) -> Any:
    """Return an array in the order of the labels: by its own where it has them, as it stands where it has none.

    Raises
    ------
    LabelError
        If it has labels that cannot be held against those of the table.
    """
    if isinstance(array, xr.DataArray) and set(array.dims) == set(dims):
        array = array.transpose(*dims)
        for dim in set(dims) & set(array.coords):
            own, wanted = array[dim].values.tolist(), coords[dim]
            if sorted(map(str, own)) != sorted(map(str, wanted)):
                raise LabelError(f"{name} has other labels of {dim} than the table: {own[:3]} ..., {wanted[:3]} ...")
            array = array.sel({dim: wanted})
        return array.values
    for index in _string_indexes(array):
        raise LabelError(
            f"{name} is a {type(array).__name__} labelled {list(index[:3])} ..., which cannot be held against the "
            f"table; give a DataArray with dimensions {tuple(dims)}, or .to_numpy() in the order of the table's labels."
        )
    return array


def _string_indexes(array: Any) -> list[Any]:
    """Return the indexes of a pandas object that are labels, not just positions."""
    indexes = [getattr(array, name) for name in ("index", "columns") if hasattr(getattr(array, name, None), "dtype")]
    return [
        index
        for index in indexes
        if index.nlevels > 1 or index.dtype == object or str(index.dtype) in ("str", "string")
    ]


def _numbers(name: str, array: Any) -> np.ndarray:
    """Return an array of numbers, refusing text; a copy, unless nobody can change the array any more."""
    sealed = isinstance(array, np.ndarray) and array.base is None and not array.flags.writeable
    try:
        if sealed and array.dtype == np.float64:
            return array
        return np.array(array, dtype=float)
    except (TypeError, ValueError) as error:
        raise LabelError(f"{name} holds something that is no number ({error}); expected an array of numbers.") from None


def _coords(
    names: Mapping[str, Sequence[str] | None], value_added: ArrayLike | None, dims: set[str]
) -> dict[str, list[str]]:
    """Return the labels of every dimension; components without names are numbered."""
    components = names["component"] or _default_components(value_added)
    own = {"region": names["region"], "sector": names["sector"], "category": names["category"]}
    coords = {dim: list(of or ()) for dim, of in own.items()}
    coords |= {twin: coords[dim] for twin, dim in TWINS.items() if twin in dims}
    return coords | {"component": list(components)}


def _default_components(value_added: ArrayLike | None) -> list[str]:
    count = 1 if value_added is None or np.ndim(value_added) < 3 else np.shape(value_added)[0]
    return ["total"] if count == 1 else [f"VA{k + 1:03d}" for k in range(count)]


def _accepted(shape: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Return the shapes an array may come in: as the labels ask, flat, or a matrix of neighbouring dimensions merged.

    A matrix lying on its side has the right size and would be reshaped to wrong numbers, so size alone is not enough.
    """
    return [shape, *((math.prod(shape[:k]), math.prod(shape[k:])) for k in range(len(shape)))]


def _proper(shape: tuple[int, ...]) -> tuple[int, ...]:
    """Return a shape without its dimensions of one, which do not move any number."""
    return tuple(size for size in shape if size != 1)
