"""CSV files with a header row -> records: one dict of text per row, with its line number for the sentence.

Owns the rules of such a file, whether an input of the study or a sheet of the register: the header is the first row
that is not blank, every row is as wide as it, and every column has a name of its own.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from mrio.errors import InputError, did_you_mean
from mrio.formats.text_cells import Corner, numbers, read_text, without_empty_columns
from mrio.frames import refuse_separator

#: How notes begin that stand under the rows.
_NOTE = re.compile("注|备注|说明|(数据|资料)?来源|notes?\\b|sources?\\b", re.IGNORECASE)


def read_records(
    path: Path, columns: Sequence[str], what: str, *, spellings: Mapping[str, str] | None = None,
    optional: Collection[str] = (), empty: bool = False,
) -> Iterator[tuple[int, dict[str, str]]]:  # fmt: skip
    """Yield (line, column -> text) of every row that is not blank; cells without the blanks and tabs around them.

    Parameters
    ----------
    path : Path
    columns : sequence of str
        Columns the file must have.
    what : str
        What the file is, for the sentence.
    spellings : mapping, optional
        Header as it may be written -> name of the column; any other header is refused.  Where it is not given, headers
        are names, and further columns are passed on.
    optional : collection of str
        Those of `columns` that may be missing.
    empty : bool
        Whether a header without rows will do.

    Raises
    ------
    InputError
        A file that cannot be read; an unknown, missing or repeated column; no rows; a row of another width: file, row
        and column are named.
    """
    lines = list(_rows(path, what))
    rows = list(zip((line for line, _ in lines), without_empty_columns([row for _, row in lines]), strict=True))
    top, found = rows[0] if rows else (1, [])
    needed = [name for name in columns if name not in optional]
    refuse_separator(found, path, top)
    _check_above(rows, set(needed), spellings or {}, path)
    header = found if spellings is None else _names(found, spellings, columns, path, top)
    _check_header(header, needed, what, path, top)
    enough = empty
    for line, row in rows[1:]:
        _check_row(row, header, path, line)
        enough = True
        yield line, dict(zip(header, row, strict=True))
    if not enough:
        raise InputError("no rows", f"{what}: rows under the columns {', '.join(columns)}", file=path)


def _rows(path: Path, what: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (line, stripped cells) of the rows that are not blank, the first row being line 1."""
    reader = csv.reader(io.StringIO(read_text(path, what), newline=""), strict=True)
    try:
        for line, row in enumerate(reader, start=1):
            cells = [cell.strip(" \t") for cell in row]
            if any(cells):
                yield line, cells
    except csv.Error as error:
        todo = "check the quotation marks"
        raise InputError(str(error), "a CSV file", todo, file=path, row=reader.line_num) from None


def _check_above(
    rows: Sequence[tuple[int, list[str]]], needed: set[str], spellings: Mapping[str, str], path: Path
) -> None:
    """Refuse titles above the header, saying where it is."""
    for line, row in rows[:10]:
        if needed <= {spellings.get(cell, cell) for cell in row}:
            if row is not rows[0][1]:
                todo = "take out the rows above it"
                raise InputError(f"the header in row {line}", "it in the first", todo, file=path, row=rows[0][0])
            return


def _check_row(row: Sequence[str], header: Sequence[str], path: Path, line: int) -> None:
    """Refuse a note under the rows, and a row of another width than the header."""
    said = [cell for cell in row if cell]
    if len(said) == 1 and (len(header) > 2 or _NOTE.match(said[0])):
        todo = "take it out, if it is a note" + ("; else the file is cut short" if len(row) < len(header) else "")
        raise InputError(f"{said[0]!r} alone in its row", f"{len(header)} cells", todo, file=path, row=line)
    if len(row) != len(header):
        wanted = f"{len(header)}, as in the header"
        raise InputError(f"{len(row)} cells", wanted, "check commas and quotation marks", file=path, row=line)


def _names(
    header: Sequence[str], spellings: Mapping[str, str], columns: Sequence[str], path: Path, line: int
) -> list[str]:
    """Return the header in the names of the columns, refusing one that is none of their spellings."""
    for at, cell in enumerate(header, start=1):
        if cell not in spellings:
            found = f"header {cell!r}{did_you_mean(cell, spellings)}"
            raise InputError(found, f"one of {', '.join(columns)}", file=path, row=line, column=at)
    return [spellings[cell] for cell in header]


def _check_header(header: Sequence[str], needed: Sequence[str], what: str, path: Path, line: int) -> None:
    if "" in header:
        at = list(header).index("") + 1
        raise InputError(
            "a column without a name", "each column's", "name it, or take it out", file=path, row=line, column=at
        )
    twice = [name for name in header if header.count(name) > 1]
    if twice:
        raise InputError(f"column {twice[0]!r} twice", "each column once", file=path, row=line)
    missing = [name for name in needed if name not in header]
    if missing:
        wide = next((cell for cell in header if "，" in cell), "")
        if wide:
            todo = "replace it by a comma, in every row"
            raise InputError(f"a full-width comma in {wide!r}", "commas between cells", todo, file=path, row=line)
        found = f"no column {missing[0]!r}{did_you_mean(missing[0], header)}"
        raise InputError(found, f"{what} with the columns {', '.join(needed)}", "add it", file=path, row=line)


def number(cell: Mapping[str, str], name: str, line: int, path: Path) -> float:
    """Return a cell of a record as a number, or refuse it by file, row and column."""
    corner = Corner(path, line - 1, list(cell).index(name), column_labels=[name])
    return float(numbers([[cell[name]]], corner)[0, 0])


def row_numbers(cell: Mapping[str, str], names: Sequence[str], line: int, path: Path) -> list[float]:
    """Return several cells of a record as numbers; as :func:`number`, but all at once."""
    try:
        return numbers([[cell[name] for name in names]], Corner(path, line - 1))[0].tolist()
    except InputError:
        return [number(cell, name, line, path) for name in names]  # the one at fault names its column


def stated_year(cell: Mapping[str, str], line: int, path: Path, year: int | None = None) -> int:
    """Return the year a record states, refusing what is no year or not the one asked for."""
    text = cell["year"]
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise InputError(f"year {text!r}", "a year such as 2017", file=path, row=line, column="year")
    if year is not None and int(text) != int(year):
        raise InputError(f"year {text}", f"year {year}", "choose the file of that year", file=path, row=line)
    return int(text)


def single_year(years: set[int], path: Path) -> int:
    """Return the only year of a file."""
    if len(years) != 1:
        raise InputError(f"years {', '.join(map(str, sorted(years)))}", "one year per file", file=path, column="year")
    return next(iter(years))
