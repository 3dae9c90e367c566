"""The folder of a settlement register -> rows of text, with the file and row each came from; and statements out.

Owns that nothing in the folder is overlooked: a CSV whose name or column is unknown is refused, not skipped.  Sheets of
a county office come in UTF-8 or GBK, with Chinese or English headers, as the spreadsheet at hand saves them.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import NamedTuple

from mrio.errors import InputError, Place, did_you_mean
from mrio.formats.records import read_records
from mrio.formats.text_cells import read_text
from mrio.saving import whole_text
from mrio.strict import read_yaml

RULES = "rules.yaml"
#: Where `mrio settle` writes by default.
STATEMENTS = "statements"
SHEET_ENDINGS = (".csv", ".xls", ".xlsx", ".xlsm", ".ods", ".et", ".tsv", ".txt")
#: Endings of what may lie beside a sheet under its name and is not read: notes, and what was there before.
ASIDE = (".md", ".bak", ".old", ".orig")
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


def read_rules(folder: str | PathLike) -> dict[str, object]:
    """Return ``rules.yaml`` of a register folder as a mapping."""
    path = Path(folder) / RULES
    return read_yaml(path, read_text(path, "the rules of the register"))


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
        Name (file stem) -> columns (English headers), Chinese header -> English header, columns that may be absent.
    required : sequence of str
        Sheets that must be there.

    Raises
    ------
    InputError
        A missing folder or required sheet, a CSV in the folder that is none of the sheets, or what
        :func:`mrio.formats.records.read_records` refuses.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise InputError("no such folder", "a register folder with rules.yaml and CSV sheets", file=folder)
    inner = [path.name for path in sorted(folder.iterdir()) if (path / RULES).is_file()]
    if inner and not (folder / RULES).exists():
        todo = f"name one of them: {folder / inner[0]}"
        raise InputError(f"a folder of registers ({', '.join(inner)})", "one register's own folder", todo, file=folder)
    _check_all_read(folder, sheets)
    paths = {name: folder / f"{name}.csv" for name in sheets}
    for name in required:
        path = folder / f"{name}.csv"
        if not path.is_file():
            found = "a folder" if path.is_dir() else "no such file"
            raise InputError(found, f"the sheet {name!r}", "every register has it", file=path)
    return {name: _records(paths[name], *sheets[name]) for name in sheets if paths[name].is_file()}


def _check_all_read(folder: Path, sheets: Collection[str]) -> None:
    """Refuse what lies in the folder and would not be read: an unknown sheet, a workbook, a folder of sheets."""
    known = {f"{name}.csv" for name in sheets}
    named = {name.casefold() for name in sheets}
    for path in sorted(folder.iterdir()):
        if path.is_dir() and path.name != STATEMENTS and any(_is_sheet(inner) for inner in path.rglob("*")):
            todo = "move the sheets up, or the folder elsewhere"
            raise InputError("a folder with sheets", "every sheet in the register's own folder", todo, file=path)
        if path.is_file() and path.name != RULES and _are_rules(path):
            todo = f"save it as {RULES}: it would not be read"
            raise InputError("rules under another name", RULES, todo, file=path)
        like_one = path.name.partition(".")[0].casefold() in named and path.suffix.lower() not in ASIDE
        if path.is_file() and path.name not in known and (_is_sheet(path) or like_one):
            hint = did_you_mean(path.stem, sheets)
            todo = "rename it" if path.suffix.lower() == ".csv" else "save it as CSV UTF-8"
            expected = f"one of {', '.join(sheets)}, as .csv"
            raise InputError(f"a sheet that is not known{hint}", expected, todo, file=path)


def _are_rules(path: Path) -> bool:
    """Return whether a file is called as the rules are, but for its ending (``rules.yml``, ``rules.yaml.txt``)."""
    return path.name.partition(".")[0].casefold() == Path(RULES).stem and path.suffix.lower() not in ASIDE


def _is_sheet(path: Path) -> bool:
    """Return whether a file looks like a table: by its ending, hidden and lock files of office programs aside."""
    return not path.name.startswith((".", "~")) and path.suffix.lower() in SHEET_ENDINGS


def _records(path: Path, columns: Sequence[str], chinese: Mapping[str, str], absent: frozenset[str]) -> list[Record]:
    """Return the rows of a sheet, whose headers may be English or Chinese; one without rows is as good as none."""
    spellings = {**{column: column for column in columns}, **chinese, **REMARKS}
    what = "a sheet of the register"
    rows = read_records(path, columns, what, spellings=spellings, optional=absent, empty=True)
    return [Record(path.name, line, cells) for line, cells in rows]


def write_rows(path: str | PathLike, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    """Write rows of text as CSV: UTF-8 with a byte order mark (Excel shows Chinese), LF, the same bytes every time."""
    path = Path(path)
    with whole_text(path, "utf-8-sig") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    return path
