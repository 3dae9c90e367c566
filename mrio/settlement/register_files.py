"""The folder of a settlement register -> rows of text, with the file and row each came from; and statements out.

Owns that nothing in the folder is overlooked: a CSV whose name or column is unknown is refused, not skipped.  Sheets of
a county office come in UTF-8 or GBK, with Chinese or English headers, as the spreadsheet at hand saves them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import NamedTuple

import yaml

from mrio.errors import ConfigError, InputError, Place, did_you_mean
from mrio.formats.text_cells import read_text

RULES = "rules.yaml"
#: Columns any sheet may have besides its own; the register does not read them.
REMARKS = {"note": "note", "备注": "note"}


class Record(NamedTuple):
    """One row of a sheet: its cells by English column name, stripped of surrounding blanks."""

    file: str
    row: int
    cells: dict[str, str]

    def place(self, column: str | None = None) -> Place:
        """Return where the row (and column) stands, the header being row 1."""
        return Place(self.file, None, self.row, column)


def read_records(
    path: str | PathLike, columns: Sequence[str], chinese: Mapping[str, str], absent: frozenset[str] = frozenset()
) -> list[Record]:
    """Return the rows of a CSV sheet by column name.

    Parameters
    ----------
    path : path
    columns : sequence of str
        The columns of the sheet (English headers).
    chinese : mapping
        Chinese header -> English header; a sheet may use either.
    absent : frozenset of str
        Columns that may be missing.

    Raises
    ------
    InputError
        A file that cannot be read, an unknown, missing or repeated column, a row with too many or too few cells.
    """
    path = Path(path)
    lines = csv.reader(io.StringIO(read_text(path, "a sheet of the register"), newline=""), strict=True)
    try:
        rows = [[cell.strip(" \t") for cell in row] for row in lines]
    except csv.Error as error:
        raise InputError(str(error), "a CSV file", "check the quotation marks", file=path, row=lines.line_num) from None
    if not rows:
        raise InputError("an empty sheet", f"a header: {', '.join(columns)}", file=path)
    header = _header(rows[0], columns, chinese, absent, path)
    records = []
    for number, row in enumerate(rows[1:], start=2):
        if not any(row):
            continue
        if len(row) != len(header):
            raise InputError(
                f"{len(row)} cells", f"{len(header)}, as in the header", "check commas", file=path, row=number
            )
        records.append(Record(path.name, number, dict(zip(header, row, strict=True))))
    return records


def _header(row: list[str], columns: Sequence[str], chinese: Mapping[str, str], absent: frozenset[str], path: Path):
    """Return the header in English names, refusing unknown, repeated and missing columns."""
    names = {**{column: column for column in columns}, **chinese, **REMARKS}
    for number, cell in enumerate(row, start=1):
        if cell not in names:
            found, expected = f"header {cell!r}{did_you_mean(cell, names)}", f"one of {', '.join(columns)}"
            raise InputError(found, expected, file=path, row=1, column=number)
    header = [names[cell] for cell in row]
    for column in columns:
        if header.count(column) > 1:
            raise InputError(f"column {column!r} twice", "each column once", file=path, row=1)
        if column not in header and column not in absent:
            found = f"no column {column!r}"
            raise InputError(found, f"the columns {', '.join(columns)}", "add it", file=path, row=1)
    return header


def read_rules(folder: str | PathLike) -> dict:
    """Return ``rules.yaml`` of a register folder as a mapping."""
    path = Path(folder) / RULES
    try:
        mapping = yaml.safe_load(read_text(path, "the rules of the register"))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        row = mark.line + 1 if mark else None
        raise InputError("text that is not YAML", "lines 'key: value'", file=path, row=row) from None
    if not isinstance(mapping, dict):
        raise ConfigError(f"{path}: found no rules, expected lines 'key: value'.")
    return mapping


def read_sheets(
    folder: str | PathLike,
    sheets: Mapping[str, tuple[Sequence[str], Mapping[str, str], frozenset[str]]],
    required: Sequence[str],
) -> dict[str, list[Record]]:
    """Return the rows of every sheet of a register folder; a sheet that is not there has none.

    Parameters
    ----------
    folder : path
    sheets : mapping
        Name (file stem) -> columns, Chinese headers, columns that may be absent: as :func:`read_records` takes them.
    required : sequence of str
        Sheets that must be there.

    Raises
    ------
    InputError
        A missing folder or required sheet, or a CSV in the folder that is none of the sheets.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise InputError("no such folder", "a register folder with rules.yaml and CSV sheets", file=folder)
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() == ".csv" and path.name not in {f"{name}.csv" for name in sheets}:
            hint = did_you_mean(path.stem, sheets)
            raise InputError(f"a sheet that is not known{hint}", f"one of {', '.join(sheets)}", "rename it", file=path)
    paths = {name: folder / f"{name}.csv" for name in sheets}
    for name in required:
        if not (folder / f"{name}.csv").is_file():
            raise InputError(
                "no such file", f"the sheet {name!r}", "every register has it", file=folder / f"{name}.csv"
            )
    return {name: read_records(paths[name], *sheets[name]) for name in sheets if paths[name].is_file()}


def write_rows(path: str | PathLike, header: Sequence[str], rows) -> Path:
    """Write rows of text as CSV: UTF-8 with a byte order mark (Excel shows Chinese), LF, the same bytes every time."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    return path
