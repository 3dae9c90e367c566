"""Reader of the canonical netCDF of a table, as :func:`mrio.writers.write_netcdf` writes it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import xarray as xr

from ..errors import InputError, LabelError, UnitError, did_you_mean
from ..table import DIMS, OPTIONAL, UNITS, Table
from .cells import check_file

_WHAT = "a canonical netCDF table"


def read_netcdf(path: Path) -> Table:
    """Return the table in a canonical netCDF file; values on a grid come back exactly as they were.

    Raises
    ------
    InputError
        If it is no netCDF-4 file, or variables, labels or the year are missing.
    UnitError
        If a variable has no unit or one that is not the table's.
    """
    path = Path(path)
    check_file(path, _WHAT)
    try:
        with xr.open_dataset(path, engine="h5netcdf", mask_and_scale=False, decode_times=False) as stored:
            data = stored.load()
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise InputError(
            "a file that is not netCDF-4 or is cut short", _WHAT, "choose another layout or make it again", file=path
        ) from error
    _check(data, path)
    variables = {name: _unpacked(data.variables[name]) for name in DIMS if name in data}
    coords = {dim: data[dim].values.astype(str).tolist() for dim in data.sizes}
    about = {key: _plain(value) for key, value in data.attrs.items() if key != "format"}
    return Table(xr.Dataset(variables, coords, about))


def _check(data: xr.Dataset, path: Path) -> None:
    unknown = [name for name in data.data_vars if name not in DIMS]
    if unknown:
        hint = did_you_mean(unknown[0], DIMS)
        raise InputError(f"variable {unknown[0]!r}{hint}", f"only {', '.join(DIMS)}", file=path)
    missing = [name for name in DIMS if name not in data.data_vars and name not in OPTIONAL]
    if missing:
        raise InputError(f"no variable {missing[0]!r}", _WHAT, "write it with mrio read", file=path)
    for name in data.data_vars:
        unlabelled = [dim for dim in DIMS[name] if dim not in data[name].coords]
        if data[name].dims != DIMS[name] or unlabelled:
            found = f"{name} with dimensions {data[name].dims}"
            raise InputError(found, f"labelled dimensions {DIMS[name]}", file=path)
    for twin, dim in (("to_region", "region"), ("to_sector", "sector")):
        if data[twin].values.tolist() != data[dim].values.tolist():
            raise LabelError(f"{path}: the labels of {twin} differ from those of {dim}; they must be the same.")
    unit = data.attrs.get("unit")
    if unit not in UNITS:
        raise UnitError(f"{path}: the table's unit is {unit!r}; expected one of {', '.join(UNITS)}.")
    for name in data.data_vars:
        if data[name].attrs.get("unit") != unit:
            raise UnitError(f"{path}: {name} is in {data[name].attrs.get('unit')!r}, the table in {unit!r}.")
    if not str(data.attrs.get("year", "")).isdigit():
        raise InputError(f"year {data.attrs.get('year')!r}", "the attribute year as a whole number", file=path)


def _unpacked(variable: xr.Variable) -> tuple:
    """Return the variable with packed steps divided out: a division rounds once, so grid values come back exact."""
    attrs = {key: _plain(value) for key, value in variable.attrs.items()}
    scale = attrs.pop("scale_factor", None)
    values = variable.values.astype(float) if scale is None else variable.values / round(1 / scale)
    return variable.dims, np.ascontiguousarray(values), attrs


def _plain(value):
    return value.item() if isinstance(value, np.generic) else value
