"""Recognising: which layout a file is in, told from the file itself: its sheet, title, provinces and sector names.

Owns the guess a person would make on opening a workbook.  Nothing is read from the year: sectors of 2012 and 2017 share
their codes, so the names in the headings decide, and where there are none the file is not recognised.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from mrio import labels
from mrio.errors import InputError
from mrio.formats.netcdf import read_netcdf
from mrio.formats.text_cells import read_text
from mrio.formats.workbooks.headings import HEAD_ROWS
from mrio.formats.workbooks.layouts import layout_names, load_layout
from mrio.formats.workbooks.opening import open_book, visible_sheets
from mrio.formats.workbooks.vocabulary import label_of, province_of
from mrio.units import money_unit

#: What part of a scheme's sector names the headings must have.
ENOUGH = 0.5
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_STATED = re.compile(r"#\s*year\b")
_FORMATS = {"mrio matrix CSV": "matrix-csv", "mrio long CSV": "long-csv"}


@dataclass(frozen=True)
class Recognised:
    """What a file is.

    Attributes
    ----------
    layout : str
        The shipped layout it is in, or the nearest one.
    says : str
        What was found, in words.
    changes : mapping
        Keys of a layout file of its own (over ``like: layout``); empty where the shipped one fits as it is.
    sectors : int
        How many sectors it has; 0 where that is known only once it is read.
    """

    layout: str
    says: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    sectors: int = 0

    def layout_text(self) -> str:
        """Return the layout file of its own, as YAML."""
        return yaml.safe_dump({"like": self.layout, **self.changes}, allow_unicode=True, sort_keys=False)


def recognise(path: Path, year: int) -> Recognised:
    """Return the layout of a table file or folder.

    Raises
    ------
    InputError
        If it is of another year, or nothing in it says what it is.
    """
    if path.is_dir():
        if (path / "flows" / "Z.txt").exists():
            return Recognised("mario", "a folder of flows as text files, as MARIO writes them")
        books = sorted(path.glob("*.xls*"))
        for path_of_one in books:
            _check_year({int(text) for text in _YEAR.findall(path_of_one.stem)}, year, path_of_one)
        if books and books[0].stat().st_size:
            _check_headings(books[0], year)
        return Recognised("provincial" if books else "pymrio", f"a folder of {len(books)} workbooks" if books else
                          "a folder of text files, as pymrio writes them")  # fmt: skip
    if path.suffix.lower() in (".csv", ".txt"):
        head = read_text(path, "a table")[:2000].splitlines()
        first = head[0] if head else ""
        layout = next((layout for name, layout in _FORMATS.items() if name in first), None)
        if layout is None:
            todo = f"write it there: {' or '.join(map(repr, _FORMATS))} (docs/data.md)"
            raise InputError("no line '# format: ...' at the top", "a table as CSV", todo, file=path, row=1)
        stated = {int(text) for line in head if _STATED.match(line) for text in _YEAR.findall(line)}
        _check_year(stated, year, path)
        return Recognised(layout, "a CSV that states its format")
    if path.suffix.lower() in (".nc", ".nc4", ".h5", ".hdf5"):
        _check_year({read_netcdf(path).year}, year, path)
        return Recognised("netcdf", "netCDF")
    found = _recognised_book(path, year)
    _check_year({int(text) for text in _YEAR.findall(path.stem)}, year, path)
    return found


def _check_year(stated: set[int], year: int, path: Path, sheet: str | None = None) -> None:
    """Refuse a table that states years, and not the one it is meant for."""
    if stated and year not in stated:
        named, todo = ", ".join(map(str, sorted(stated))), f"'mrio new-year {max(stated)}', or the table of {year}"
        raise InputError(f"the year {named}", str(year), todo, file=path, sheet=sheet)


def _recognised_book(path: Path, year: int) -> Recognised:
    heads = _heads(path)
    found = {name: _scheme(rows) for name, rows in heads.items()}
    sheet = max(found, key=lambda name: found[name][1], default="")
    scheme, share = found.get(sheet, ("", 0.0))
    if share < ENOUGH:
        todo = "name the layout yourself: mrio read FILE --layout LAYOUT (docs/data.md)"
        raise InputError(f"no sheet whose headings name sectors (sheets {', '.join(map(repr, heads))})",
                         "sector names of a known classification in the first rows", todo, file=path)  # fmt: skip
    if not scheme:
        todo = "add a row with the sector names above or below the codes"
        raise InputError("sector names that fit two classifications as well", "names that tell one from the other",
                         todo, file=path, sheet=sheet)  # fmt: skip
    texts = _texts(sheet, heads[sheet])
    _check_year({int(text) for cell in texts for text in _YEAR.findall(cell)}, year, path, sheet)
    return _nearest(sheet, scheme, texts, year)


def _check_headings(path: Path, year: int) -> None:
    """Refuse a folder of workbooks whose first states another year in the name or heading of every sheet."""
    texts = [text for sheet, rows in _heads(path).items() for text in _texts(sheet, rows)]
    _check_year({int(text) for cell in texts for text in _YEAR.findall(cell)}, year, path)


def _heads(path: Path) -> dict[str, list[list[Any]]]:
    """Return the first rows of every visible sheet."""
    book = open_book(path, "a workbook of a table")
    return {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=HEAD_ROWS)
        for name in visible_sheets(book)
    }


def _texts(sheet: str, rows: Iterable[Iterable[object]]) -> list[str]:
    return [sheet, *(cell for row in rows for cell in row if isinstance(cell, str))]


def _scheme(rows: Iterable[Iterable[object]]) -> tuple[str, float]:
    """Return the scheme whose names the headings have most of, with their share; none where two have as many."""
    words = {label_of(cell) for row in rows for cell in row}
    shares = {}
    for scheme in labels.sector_schemes():
        table = labels.sectors(scheme)
        named = [
            labels.normalise(row.name) in words or labels.normalise(row.name_zh) in words for row in table.itertuples()
        ]
        shares[scheme] = sum(named) / len(named)
    best = max(shares.values())
    fitting = [scheme for scheme, share in shares.items() if share == best]
    return (fitting[0] if len(fitting) == 1 else "", best)


def _nearest(sheet: str, scheme: str, texts: list[str], year: int) -> Recognised:
    """Return the shipped layout nearest to what the sheet shows, and what differs from it."""
    known = [load_layout(name) for name in layout_names()]
    books = [layout for layout in known if layout["kind"] == "mrio-workbook"]
    regions = {province_of(label_of(text)) for text in texts} - {""}
    without = [name for name in labels.provinces().index if name not in regions]
    unit = next((found for text in texts[:200] if (found := money_unit(text))), None)

    def changes(layout: Mapping) -> dict[str, Any]:
        named = labels.normalise(sheet) in map(labels.normalise, layout["sheets"])
        shown = {"scheme": scheme, "year": year, "regions": len(regions), "regions_without": without}
        if unit is not None:
            shown["unit"] = unit
        stated = {"regions_without": [], **layout, "scheme": str(layout["scheme"])}
        other = {key: value for key, value in shown.items() if stated[key] not in (value, "stated")}
        return other if named else {"sheets": [sheet], **other}

    best = min(books, key=lambda layout: ("scheme" in changes(layout), len(changes(layout))))
    count = len(labels.sectors(scheme))
    says = f"sheet {sheet!r}, {len(regions)} provinces x {count} sectors of {scheme!r}, {year}, {unit or best['unit']}"
    return Recognised(best["name"], says, changes(best), count)
