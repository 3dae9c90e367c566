"""The long CSV of a table, written and read: one line per cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from mrio.errors import InputError, LabelError, did_you_mean
from mrio.formats.metadata_lines import attr_lines, further_attrs, parse_attrs
from mrio.formats.text_cells import Corner, column_name, number_text, numbers, read_text
from mrio.frames import refuse_separator
from mrio.labels import unique
from mrio.saving import whole_text
from mrio.table.interregional import DIMS, OPTIONAL, Table

FORMAT = "mrio long CSV 1"
COLUMNS = ("variable", "region", "sector", "to_region", "to", "value")
#: Which label stands in which column, by dimension.
PLACES = {
    "region": "region", "sector": "sector", "to_region": "to_region", "to_sector": "to", "category": "to",
    "component": "to",
}  # fmt: skip
_WHAT = "a long CSV table"


def write_long_csv(table: Table, path: str | PathLike[str]) -> Path:
    """Write a table as one line per cell: ``variable, region, sector, to_region, to, value``.

    ``to`` is the using sector, the final demand category or the value-added component; labels a variable does not have
    are empty.  Cells that are zero are left out, except ``output``, whose lines name every region and sector; the lines
    ``# categories`` and ``# components`` name the rest of the labels.  UTF-8 with a byte order mark.
    """
    path = Path(path)
    with whole_text(path, "utf-8-sig") as stream:
        stream.writelines(attr_lines(table, FORMAT))
        stream.write(f"# categories: {'|'.join(table.categories)}\n# components: {'|'.join(table.components)}\n")
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        for name, variable in table.variables().items():
            writer.writerows(_cell_lines(name, variable))
    return path


def _cell_lines(name: str, variable: xr.DataArray) -> Iterator[list[str]]:
    values = variable.values
    at = np.nonzero(np.ones_like(values, dtype=bool) if name == "output" else values)
    places = {
        PLACES[str(dim)]: variable[dim].values.astype(object)[k] for dim, k in zip(variable.dims, at, strict=True)
    }
    empty = np.full(len(at[0]), "", dtype=object)
    columns = [places.get(column, empty) for column in COLUMNS[1:-1]]
    for *cell, value in zip(*columns, values[at].tolist(), strict=True):
        yield [name, *cell, number_text(value)]


def read_long_csv(path: Path) -> Table:
    """Return the table in a long CSV; lines may come in any order, cells that are not listed are zero.

    Raises
    ------
    InputError
        Naming the line and column of what is missing, unknown or not a number.
    LabelError
        If a cell is given twice or a label is unknown.
    UnitError
        If the unit line is missing or unknown.
    """
    path = Path(path)
    text = read_text(path, _WHAT)
    attrs, first = parse_attrs(text.splitlines(), path, FORMAT)
    lists = {name: attrs.pop(name, "").split("|") for name in ("categories", "components")}
    lines = _lines(text, path, first)
    value = _values(lines["value"], path, first)
    output = lines["variable"] == "output"
    coords = {"region": _order(lines["region"][output]), "sector": _order(lines["sector"][output])}
    if not coords["region"]:
        raise InputError("no line of 'output'", "one for every region and sector", "they name the labels", file=path)
    coords |= {"to_region": coords["region"], "to_sector": coords["sector"]}
    coords |= {
        "category": unique(lists["categories"], "category"),
        "component": unique(lists["components"], "component"),
    }
    filled = {name: _filled(name, lines, value, coords, path, first) for name in DIMS}
    arrays: dict[str, Any] = {name: array for name, array in filled.items() if array is not None}
    return Table.from_arrays(
        **arrays, regions=coords["region"], sectors=coords["sector"], categories=coords["category"],
        components=coords["component"], year=int(attrs["year"]), unit=attrs["unit"], scheme=attrs.get("scheme", ""),
        attrs=further_attrs(attrs),
    )  # fmt: skip


def _lines(text: str, path: Path, first: int) -> pd.DataFrame:
    kinds = {name: "str" if name == "value" else "category" for name in COLUMNS}
    try:
        lines = pd.read_csv(
            io.StringIO(text),
            skiprows=first,
            dtype=kinds,
            keep_default_na=False,
            na_filter=False,
            encoding_errors="strict",
        )
    except pd.errors.ParserError as error:
        reason = str(error).strip().removeprefix("Error tokenizing data. C error: ")
        found = f"lines of unequal length (under the metadata: {reason})"
        raise InputError(found, "six cells a line", "mend that line", file=path) from error
    except pd.errors.EmptyDataError:
        raise InputError("no lines under the metadata", ",".join(COLUMNS), file=path) from None
    if list(lines.columns) != list(COLUMNS):
        refuse_separator(list(map(str, lines.columns)), path, first + 1)
        raise InputError(f"the header {','.join(map(str, lines.columns))!r}", ",".join(COLUMNS), file=path,
                         row=first + 1)  # fmt: skip
    unknown = [name for name in lines["variable"].cat.categories if name not in DIMS]
    if unknown:
        at = int((lines["variable"] == unknown[0]).to_numpy().argmax())
        found = f"the variable {unknown[0]!r}{did_you_mean(unknown[0], DIMS)}"
        raise InputError(found, f"one of {', '.join(DIMS)}", file=path, row=first + 2 + at, column="A (variable)")
    return lines


def _values(texts: pd.Series, path: Path, first: int) -> np.ndarray:
    texts = texts.tolist()
    joined = "".join(texts)
    try:
        if not joined.isascii() or "_" in joined:
            raise ValueError
        values = np.array(list(map(float, texts)))
    except ValueError:
        values = np.array([np.nan])
    if not np.isfinite(values).all():
        rows = [[text] for text in texts]
        return numbers(rows, Corner(path, first + 1, COLUMNS.index("value"), column_labels=["value"]))[:, 0]
    return values


def _order(texts: pd.Series) -> list[str]:
    return list(dict.fromkeys(texts.tolist()))


def _filled(
    name: str, lines: pd.DataFrame, value: np.ndarray, coords: Mapping[str, list], path: Path, first: int
) -> np.ndarray | None:
    """Return one variable as an array; None where an optional variable has no line."""
    mine = (lines["variable"] == name).to_numpy()
    if not mine.any() and name in OPTIONAL:
        return None
    array = np.zeros(tuple(len(coords[dim]) for dim in DIMS[name]))
    positions = []
    for dim in DIMS[name]:
        column = lines[PLACES[dim]].cat
        known = {label: k for k, label in enumerate(coords[dim])}
        code = np.array([known.get(label, -1) for label in column.categories], dtype=int)[column.codes[mine]]
        if (code < 0).any():
            at = int(np.flatnonzero(mine)[np.argmax(code < 0)])
            label = lines[PLACES[dim]].iloc[at]
            letter = column_name(COLUMNS.index(PLACES[dim]))
            raise LabelError(
                f"{path}, row {first + 2 + at}, column {letter}: found the {dim} {label!r}{did_you_mean(label, known)}"
                f" in {name}, expected one of the {len(known)} the table has."
            )
        positions.append(code)
    flat = np.ravel_multi_index(tuple(positions), array.shape)
    order = np.argsort(flat, kind="stable")
    twice = np.flatnonzero(np.diff(flat[order]) == 0)
    if len(twice):
        earlier, later = (int(np.flatnonzero(mine)[order[twice[0] + k]]) for k in (0, 1))
        raise LabelError(
            f"{path}, row {first + 2 + later}: the cell of {name} in row {first + 2 + earlier} a second time."
        )
    array.flat[flat] = value[mine]
    return array
