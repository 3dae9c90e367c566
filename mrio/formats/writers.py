"""Writers of tables: canonical netCDF, the matrix CSV a person can open, and the long CSV.

Owns what a written table looks like; :mod:`mrio.formats.any_table` reads the same files back equal.  Nothing here
carries a date, so writing the same table twice gives the same bytes.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from os import PathLike
from pathlib import Path

import numpy as np
import xarray as xr

from mrio.table.interregional import Table

#: Step of the grid on which official tables are kept (0.01 x 10^4 yuan); see :func:`write_netcdf`.
GRID = 0.01
NETCDF_FORMAT = "mrio table, netCDF 1"
MATRIX_FORMAT = "mrio matrix CSV 1"
LONG_FORMAT = "mrio long CSV 1"
#: Account columns and rows of the matrix CSV, in order; imports_by_product is a memorandum beside the products.
ACCOUNT_COLUMNS = ("exports", "excluded_out", "residual", "output")
MEMO_COLUMN = "imports_by_product"
ACCOUNT_ROWS = {"imports": ("imports", "imports_final"), "excluded_in": ("excluded_in", "excluded_in_final")}
VALUE_ADDED = "value_added"
LONG_COLUMNS = ("variable", "region", "sector", "to_region", "to", "value")
#: Which label stands in which column of the long CSV, by dimension.
LONG_PLACES = {
    "region": "region", "sector": "sector", "to_region": "to_region", "to_sector": "to", "category": "to",
    "component": "to",
}  # fmt: skip


def write_netcdf(table: Table, path: str | PathLike) -> Path:
    """Write a table as compact netCDF-4: compressed, no time stamp, the same bytes every time.

    A variable whose values all lie on a grid of 0.01 (as official tables in 10^4 yuan do) is stored as whole
    numbers with ``scale_factor`` 0.01 and reads back exactly; any other variable is stored as float64.
    """
    path = Path(path)
    variables, encoding = {}, {}
    for name, variable in table.data.data_vars.items():
        values, packing = _packed(variable.values)
        variables[name] = (variable.dims, values, {**variable.attrs, **packing})
        chunks = (1, *variable.shape[1:]) if variable.ndim == 4 else variable.shape
        encoding[name] = {"zlib": True, "shuffle": True, "complevel": 6, "chunksizes": chunks, "_FillValue": None}
    coords = {dim: table.data[dim].values.astype(object) for dim in table.data.dims}
    data = xr.Dataset(variables, coords, {"format": NETCDF_FORMAT, **table.data.attrs})
    path.parent.mkdir(parents=True, exist_ok=True)
    data.to_netcdf(path, engine="h5netcdf", encoding=encoding)
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


def write_matrix_csv(table: Table, path: str | PathLike) -> Path:
    """Write a table as one CSV matrix: every row and column of the table as an accountant would lay it out.

    Lines ``# key: value`` (format, year, unit, scheme ...); two header rows (region; sector, category or account); two
    label columns (the same).  Rows: supplies by region and sector, then ``imports`` and ``excluded_in`` by user, then
    one ``value_added`` row a component.  Columns: users by region and sector, final demand by region and category,
    then ``exports``, ``excluded_out``, ``residual``, ``output`` and, where known, ``imports_by_product`` (of the row's
    region and product).  Cells that have no meaning are empty.  Numbers are written so that they read back equal.
    UTF-8 with a byte order mark, so that Excel shows Chinese labels.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        stream.writelines(_attr_lines(table, MATRIX_FORMAT))
        writer.writerows(_matrix_header(table))
        writer.writerows(_supply_rows(table))
        writer.writerows(_account_rows(table))
    return path


def write_long_csv(table: Table, path: str | PathLike) -> Path:
    """Write a table as one line a cell: ``variable, region, sector, to_region, to, value``.

    ``to`` is the using sector, the final demand category or the value-added component; labels a variable does not have
    are empty.  Cells that are zero are left out, except ``output``, whose lines name every region and sector; the lines
    ``# categories`` and ``# components`` name the rest of the labels.  UTF-8 with a byte order mark.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        stream.writelines(_attr_lines(table, LONG_FORMAT))
        for name in ("categories", "components"):
            labels = table.data[{"categories": "category", "components": "component"}[name]].values
            stream.write(f"# {name}: {'|'.join(labels)}\n")
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(LONG_COLUMNS)
        for name in table.data.data_vars:
            writer.writerows(_long_lines(table.data[name]))
    return path


def _long_lines(variable: xr.DataArray) -> Iterator[list[str]]:
    values = variable.values
    at = np.nonzero(np.ones_like(values, dtype=bool) if variable.name == "output" else values)
    places = {
        LONG_PLACES[dim]: variable[dim].values.astype(object)[k] for dim, k in zip(variable.dims, at, strict=True)
    }
    empty = np.full(len(at[0]), "", dtype=object)
    columns = [places.get(column, empty) for column in LONG_COLUMNS[1:-1]]
    for *cell, value in zip(*columns, values[at].tolist(), strict=True):
        yield [variable.name, *cell, number_text(value)]


def _attr_lines(table: Table, form: str) -> list[str]:
    return [f"# {key}: {value}\n" for key, value in {"format": form, **table.data.attrs}.items()]


def _matrix_header(table: Table) -> tuple[list[str], list[str]]:
    users = [(r, j) for r in table.regions for j in table.sectors]
    final = [(r, c) for r in table.regions for c in table.categories]
    accounts = [("", a) for a in ACCOUNT_COLUMNS] + ([("", MEMO_COLUMN)] if MEMO_COLUMN in table.data else [])
    top, bottom = zip(*[("region", ""), ("", "sector"), *users, *final, *accounts], strict=True)
    return list(top), list(bottom)


def _supply_rows(table: Table):
    size = len(table.regions) * len(table.sectors)
    blocks = [table.data["Z"].values.reshape(size, -1), table.data["Y"].values.reshape(size, -1)]
    blocks += [table.data[a].values.reshape(size, 1) for a in ACCOUNT_COLUMNS]
    if MEMO_COLUMN in table.data:
        blocks.append(table.data[MEMO_COLUMN].values.T.reshape(size, 1))
    labels = [[r, i] for r in table.regions for i in table.sectors]
    for label, numbers in zip(labels, np.hstack(blocks), strict=True):
        yield label + [number_text(value) for value in numbers]


def _account_rows(table: Table):
    accounts = len(ACCOUNT_COLUMNS) + (MEMO_COLUMN in table.data)
    final = len(table.regions) * len(table.categories)
    for row, (by_industry, by_category) in ACCOUNT_ROWS.items():
        numbers = np.concatenate([table.data[by_industry].values.ravel(), table.data[by_category].values.ravel()])
        yield ["", row, *(number_text(value) for value in numbers), *[""] * accounts]
    for component in table.data["component"].values:
        numbers = table.data["value_added"].sel(component=component).values.ravel()
        yield [VALUE_ADDED, component, *(number_text(value) for value in numbers), *[""] * (final + accounts)]


def number_text(value: float) -> str:
    """Return the shortest decimal that reads back as the same number, whole numbers without ``.0``."""
    text = repr(float(value))
    return text[:-2] if text.endswith(".0") else text
