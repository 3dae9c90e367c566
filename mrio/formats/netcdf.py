"""The canonical netCDF of a table, written and read; no date in it, so the same table gives the same bytes."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import xarray as xr

from mrio.errors import InputError, LabelError, UnitError, did_you_mean
from mrio.formats.text_cells import check_file
from mrio.saving import whole_file
from mrio.table.interregional import DIMS, OPTIONAL, Table
from mrio.units import known_money

#: Step of the grid on which official tables are kept (0.01 x 10^4 yuan); see :func:`write_netcdf`.
GRID = 0.01
FORMAT = "mrio table, netCDF 1"
#: Beyond this a table is none of regions and sectors: 20 GB hold some 50,000 rows.
MAX_BYTES = 20_000_000_000
_WHAT = "a canonical netCDF table"


def write_netcdf(table: Table, path: str | PathLike[str]) -> Path:
    """Write a table as compact netCDF-4: compressed, no time stamp, the same bytes every time.

    A variable whose values all lie on a grid of 0.01 (as official tables in 10^4 yuan do) is stored as whole
    numbers with ``scale_factor`` 0.01 and reads back exactly; any other variable is stored as float64.
    """
    path = Path(path)
    variables, encoding = {}, {}
    for name, variable in table.variables().items():
        values, packing = _packed(variable.values)
        variables[name] = (variable.dims, values, {**variable.attrs, **packing})
        chunks = (1, *variable.shape[1:]) if variable.ndim == 4 else variable.shape
        encoding[name] = {"zlib": True, "shuffle": True, "complevel": 6, "chunksizes": chunks, "_FillValue": None}
    coords = {dim: table.data[dim].values.astype(object) for dim in table.data.dims}
    data = xr.Dataset(variables, coords, {"format": FORMAT, **table.data.attrs})
    with whole_file(path) as beside:
        data.to_netcdf(beside, engine="h5netcdf", encoding=encoding)
    return path


def _packed(values: np.ndarray) -> tuple[np.ndarray, dict]:
    """Return the values as whole multiples of the grid where that is exact, with the attributes that undo it."""
    steps_per_unit = round(1 / GRID)
    with np.errstate(invalid="ignore", over="ignore"):
        steps = np.rint(values * steps_per_unit)
        on_grid = bool(np.all(steps / steps_per_unit == values)) and bool(np.all(np.abs(steps) < 2**53))
    if not on_grid:
        return np.asarray(values, dtype="<f8"), {}
    small = not steps.size or np.abs(steps).max() < 2**31
    return steps.astype("<i4" if small else "<i8"), {"scale_factor": GRID}


def read_netcdf(path: Path) -> Table:
    """Return the table in a canonical netCDF file; values on a grid come back exactly as they were.

    netCDF-4 is HDF5, and the variables of a table are known by name, so the file is read without the general machinery:
    a full 31 x 42 table takes about a tenth of a second.

    Raises
    ------
    InputError
        If it is no netCDF-4 file, or variables, labels or the year are missing.
    UnitError
        If a variable has no unit or one that is not the table's.
    """
    path = Path(path)
    check_file(path, _WHAT, MAX_BYTES)
    try:
        with h5py.File(path, "r") as file:
            attrs = {key: _plain(value) for key, value in file.attrs.items() if not key.startswith("_")}
            _check_variables(file, path)
            labels = {dim: _labels(file, dim, path) for dim in sorted({d for dims in DIMS.values() for d in dims})}
            variables = {name: _variable(file[name], name, path) for name in DIMS if name in file}
    except (OSError, RuntimeError) as error:
        raise InputError(
            "a file that is not netCDF-4 or is cut short", _WHAT, "choose another layout or make it again", file=path
        ) from error
    _check_attrs(attrs, variables, path)
    for twin, dim in (("to_region", "region"), ("to_sector", "sector")):
        if labels[twin] != labels[dim]:
            raise LabelError(f"{path}: the labels of {twin} differ from those of {dim}; they must be the same.")
    attrs.pop("format", None)
    return Table(xr.Dataset(variables, labels, attrs))


def _check_variables(file: h5py.File, path: Path) -> None:
    dims = {dim for of_variable in DIMS.values() for dim in of_variable}
    unknown = [name for name in file if name not in DIMS and name not in dims]
    if unknown:
        hint = did_you_mean(unknown[0], DIMS)
        raise InputError(f"variable {unknown[0]!r}{hint}", f"only {', '.join(DIMS)}", file=path)
    missing = [name for name in DIMS if name not in file and name not in OPTIONAL]
    if missing:
        raise InputError(f"no variable {missing[0]!r}", _WHAT, "write it with mrio read", file=path)


def _labels(file: h5py.File, dim: str, path: Path) -> list[str]:
    stored = file[dim] if dim in file else None
    if stored is None or h5py.check_string_dtype(stored.dtype) is None:
        raise InputError(f"no labels of {dim}", _WHAT, "write it with mrio read", file=path)
    return [str(label) for label in stored.asstr()[...]]


def _variable(stored: h5py.Dataset, name: str, path: Path) -> tuple:
    """Return dimensions, values and attributes, packed steps divided out: one division, so grid values are exact."""
    dims = tuple(Path(axis[0].name).name if len(axis) else "" for axis in stored.dims)
    if dims != DIMS[name]:
        raise InputError(f"{name} with dimensions {dims}", f"dimensions {DIMS[name]}", file=path)
    attrs = {key: _plain(stored.attrs[key]) for key in ("unit", "long_name") if key in stored.attrs}
    values = stored[...]
    if "scale_factor" in stored.attrs:
        values = values / round(1 / _plain(stored.attrs["scale_factor"]))
    return dims, np.ascontiguousarray(values, dtype=float), attrs


def _check_attrs(attrs: dict, variables: dict, path: Path) -> None:
    unit, written = known_money(attrs.get("unit"), f"{path}, attribute unit"), attrs["unit"]
    attrs["unit"] = unit
    for name, (_, _, about) in variables.items():
        if about.get("unit") != written:
            raise UnitError(f"{path}: {name} is in {about.get('unit')!r}, the table in {written!r}.")
        about["unit"] = unit
    if not str(attrs.get("year", "")).isdigit():
        raise InputError(f"year {attrs.get('year')!r}", "the attribute year as a whole number", file=path)


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic | np.ndarray) else value
