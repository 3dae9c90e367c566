"""Adding up labels into groups, in an order that every machine keeps."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
import xarray as xr


def sum_groups(data: xr.Dataset, dims: Sequence[str], groups: Sequence[str], order: Sequence[str]) -> xr.Dataset:
    """Return a dataset with `dims` (which share labels) summed into groups; other variables as they are.

    Members are added one after the other in the order of the labels, so that every machine gives the same bytes.

    Parameters
    ----------
    data : Dataset
    dims : sequence of str
        Dimensions with the same labels, e.g. ``("sector", "to_sector")``.
    groups : sequence of str
        The group of each label, in the order of the labels.
    order : sequence of str
        The groups, each once, in the order they come out.
    """

    def add_up(variable: xr.DataArray) -> xr.DataArray:
        shared = [dim for dim in dims if dim in variable.dims]
        if not shared:
            return variable
        values = variable.values
        coords: dict[Hashable, Any] = {dim: variable[dim].values for dim in variable.dims}
        beside = {name: of for name, of in variable.coords.items() if name not in coords and not {*shared} & {*of.dims}}
        for dim in shared:
            values = _sum_axis(values, variable.dims.index(dim), [names.index(group) for group in groups], len(names))
            coords[dim] = names
        return xr.DataArray(values, {**coords, **beside}, variable.dims, attrs=variable.attrs)

    names = list(order)
    return xr.Dataset({name: add_up(data[name]) for name in data.data_vars}, attrs=data.attrs)


def _sum_axis(values: np.ndarray, axis: int, places: Sequence[int], size: int) -> np.ndarray:
    """Return the array with slice k of an axis added to slice ``places[k]``, one after the other."""
    total = np.zeros((*values.shape[:axis], size, *values.shape[axis + 1 :]))
    into, out_of = np.moveaxis(total, axis, 0), np.moveaxis(values, axis, 0)
    for place, part in zip(places, out_of, strict=True):
        into[place] += part
    return total
