"""CSV files with a header row -> records: one dict of text a line, with its line number for the sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from mrio import labels
from mrio.errors import InputError, did_you_mean
from mrio.formats.text_cells import numbers, read_text_rows


def read_records(path: Path, columns: Sequence[str], what: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line, column -> text) of every row that is not blank; further columns are passed on.

    Raises
    ------
    InputError, LabelError
        A missing or repeated column, no rows, or a row of another width.
    """
    rows = [(k + 1, row) for k, row in enumerate(read_text_rows(path, what)) if any(map(str.strip, row))]
    header = [name.strip() for name in rows[0][1]] if rows else []
    labels.unique(header, f"{path}: column")
    missing = [name for name in columns if name not in header]
    if missing or len(rows) < 2:
        found = f"no column {missing[0]!r}{did_you_mean(missing[0], header)}" if missing else "no rows"
        raise InputError(found, f"{what}: rows under the columns {', '.join(columns)}", file=path)
    for line, row in rows[1:]:
        if len(row) != len(header):
            raise InputError(f"{len(row)} cells", f"{len(header)} as in the header", file=path, row=line)
        yield line, dict(zip(header, map(str.strip, row), strict=True))


def number(cell: Mapping[str, str], name: str, line: int, path: Path) -> float:
    """Return a cell of a record as a number, or refuse it by file, row and column."""
    place = {"first_row": line - 1, "first_column": list(cell).index(name), "column_labels": [name]}
    return float(numbers([[cell[name]]], file=path, **place)[0, 0])


def row_numbers(cell: Mapping[str, str], names: Sequence[str], line: int, path: Path) -> list[float]:
    """Return several cells of a record as numbers; as :func:`number`, but all at once."""
    try:
        return numbers([[cell[name] for name in names]], file=path, first_row=line - 1)[0].tolist()
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
        raise InputError(f"years {', '.join(map(str, sorted(years)))}", "one year a file", file=path, column="year")
    return next(iter(years))
