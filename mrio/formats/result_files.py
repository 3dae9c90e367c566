"""Results as netCDF, read without the general machinery: what a job opens takes a sixth of the time.

:func:`xarray.load_dataset` asks HDF5 some fifty times about each of eighty variables, which takes a second of every
job.  Here each variable is asked once; what its attributes mean is left to :func:`xarray.decode_cf`.
"""

from __future__ import annotations

from os import PathLike
from typing import Any

import h5py
import numpy as np
import xarray as xr

#: Attributes by which netCDF-4 keeps dimensions in HDF5; they are none of the variable's own.
_OF_HDF5 = {"CLASS", "NAME", "DIMENSION_LIST", "REFERENCE_LIST", "_NCProperties", "_nc3_strict"}
_DIMENSION_ALONE = b"This is a netCDF dimension but not a netCDF variable"


def read_dataset(path: str | PathLike[str]) -> xr.Dataset:
    """Return the Dataset in a netCDF-4 file of flat variables, as :func:`xarray.load_dataset` does.

    Raises
    ------
    OSError
        If it is no such file, or cut short.
    ValueError
        If variables lie in groups.
    """
    with h5py.File(path, "r") as file:
        stored = {name: file[name] for name in file}
        grouped = next((name for name, each in stored.items() if not isinstance(each, h5py.Dataset)), None)
        if grouped is not None:
            raise ValueError(f"{path}: {grouped!r} is a group, expected variables alone")
        variables = {name: _variable(each, file) for name, each in stored.items() if not _is_dimension_alone(each)}
        attrs = _attributes(file)
    along = {name: variable for name, variable in variables.items() if name in variable.dims}
    data = {name: variable for name, variable in variables.items() if name not in along}
    return xr.decode_cf(xr.Dataset(data, along, attrs))


def _is_dimension_alone(stored: h5py.Dataset) -> bool:
    return bytes(stored.attrs.get("NAME", b"")).startswith(_DIMENSION_ALONE)


def _variable(stored: h5py.Dataset, file: h5py.File) -> xr.Variable:
    """Return dimensions, values as they are stored, and attributes."""
    text = h5py.check_string_dtype(stored.dtype) is not None
    values = np.asarray(stored.asstr()[...]).astype(str) if text else stored[...]
    return xr.Variable(_dimensions(stored, file), values, _attributes(stored))


def _dimensions(stored: h5py.Dataset, file: h5py.File) -> tuple[str, ...]:
    if "DIMENSION_LIST" not in stored.attrs:  # the scale of a dimension lies along itself
        return (stored.name.lstrip("/"),) if stored.ndim else ()
    scales = stored.attrs["DIMENSION_LIST"]
    return tuple(h5py.h5r.get_name(scale[0], file.id).decode().lstrip("/") for scale in scales)


def _attributes(of: h5py.File | h5py.Dataset) -> dict[str, Any]:
    names = [name for name in of.attrs if name not in _OF_HDF5 and not name.startswith("_Netcdf4")]
    return {name: _plain(of.attrs[name]) for name in names}


def _plain(value: Any) -> Any:
    """Return the one value of an attribute that netCDF stores as a row of one, anything else as it is."""
    return value[0] if isinstance(value, np.ndarray) and value.shape == (1,) else value
