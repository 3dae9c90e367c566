"""Workbooks: one sheet of an .xls, .xlsx or .xlsm file as typed cells, opened as data and never run.

Owns what can be wrong with a workbook before any number is read: not a workbook, cut short, locked, oversized, without
the sheet.  Formulas are not calculated (the values stored beside them are read) and macros are not even looked at.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from mrio.errors import InputError, did_you_mean
from mrio.formats.text_cells import MAX_CELLS, Corner, check_file, column_name, numbers
from mrio.formats.workbooks.sheet_xml import failed_formulas, used_range
from mrio.labels import normalise

#: A workbook that unpacks to more than this is refused: a full 31 x 42 table is about 100 MB.
MAX_UNPACKED = 1_500_000_000
#: Part of the cells of the largest sheet from which on another may be the table, too.
LARGE = 0.8
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")


class Sheet:
    """One sheet of a workbook: its cells, and how to speak of them.

    Attributes
    ----------
    path, name : Path, str
    cells : list of lists
        Typed cells, ``""`` where empty, all rows equally long, from A1 on.
    blanks_read : int
        Empty cells that were read as zero, because the layout says that is what they mean.
    """

    def __init__(self, path: Path, book: CalamineWorkbook, name: str, blanks: str = "refuse"):
        self.path, self.name, self.blanks, self.blanks_read = path, name, blanks, 0
        self._check_size()
        try:
            sheet = book.get_sheet_by_name(name)
            self.cells = sheet.to_python(skip_empty_area=False)
        except (CalamineError, ValueError) as error:
            raise _broken(path, error) from error
        self.merged = sheet.merged_cell_ranges or []

    def _check_size(self) -> None:
        """Refuse a sheet whose used range is beyond the limit, before memory is taken for it."""
        rows, columns = used_range(self.path, self.name)
        if rows * columns > MAX_CELLS:
            found = f"{rows:,} rows x {columns:,} columns"
            raise self.error(found, f"at most {MAX_CELLS:,} cells", "delete what lies beside the table")

    def error(
        self, found: str, expected: str, todo: str = "", row: int | None = None, column: int | None = None
    ) -> InputError:
        """Return an InputError that names this sheet and, given 0-based positions, the cell."""
        line = row + 1 if row is not None else None
        letter = column_name(column) if column is not None else None
        return InputError(found, expected, todo, file=self.path, sheet=self.name, row=line, column=letter)

    def block(
        self, rows: Sequence[int], columns: Sequence[int], row_labels: Sequence[str] = (),
        column_labels: Sequence[str] = (),
    ) -> np.ndarray:  # fmt: skip
        """Return the cells where rows and columns (0-based) cross as float64, refusing the first that is no number."""
        first, last = min(columns), max(columns) + 1
        whole = list(columns) == list(range(first, last))
        block = np.empty((len(rows), len(columns)))
        for k, row in enumerate(rows):
            line = self.cells[row]
            cells = line[first:last] if whole else [line[c] for c in columns]
            if self.blanks == "zero" and "" in cells:
                cells = [self._zero(row, columns[c]) if cell == "" else cell for c, cell in enumerate(cells)]
            try:
                block[k] = numbers([cells], Corner(self.path, row), typed=True)[0]
            except InputError:
                self._refuse(row, columns, cells, row_labels[k] if len(row_labels) else "", column_labels)
                raise
        return block

    def _refuse(
        self, row: int, columns: Sequence[int], cells: list, row_label: str, column_labels: Sequence[str]
    ) -> None:
        """Raise for the first cell of a line that is no number, naming it as the sheet does."""
        for k, (column, cell) in enumerate(zip(columns, cells, strict=True)):
            label = [column_labels[k]] if len(column_labels) else ()
            corner = Corner(self.path, row, column, self.name, [row_label] if row_label else (), label)
            numbers([[cell]], corner, typed=True, instead=self.what_is_missing(row, column))

    def _zero(self, row: int, column: int) -> float:
        """Return the zero an empty cell stands for, refusing one that is empty because its formula failed."""
        found = self.what_is_missing(row, column)
        if found:
            raise self.error(found, "a number", "nothing is coerced: mend the cell", row, column)
        self.blanks_read += 1
        return 0.0

    def what_is_missing(self, row: int, column: int) -> str:
        """Return why a cell came out empty: part of a merged cell, a formula error, a formula never calculated."""
        if self.cells[row][column] != "":
            return ""
        for (top, left), (bottom, right) in self.merged:
            if top <= row <= bottom and left <= column <= right:
                corner, end = f"{column_name(left)}{top + 1}", f"{column_name(right)}{bottom + 1}"
                return f"a cell inside the merged cells {corner}:{end}"
        return self._failed_formulas.get(f"{column_name(column)}{row + 1}", "")

    @cached_property
    def _failed_formulas(self) -> dict[str, str]:
        return failed_formulas(self.path, self.name)


def open_sheet(path: Path, names: Sequence[str] = (), what: str = "a workbook", blanks: str = "refuse") -> Sheet:
    """Return the first sheet of `names` that the workbook has (spelling apart), or its largest if none is named.

    Raises
    ------
    InputError
        If the file is absent, empty, oversized, locked, cut short or no workbook, has none of the sheets, or, where
        none is named, two that may be meant.
    """
    book = open_book(path, what)
    visible = visible_sheets(book)
    if not names and visible:
        return Sheet(path, book, _only_large(path, book, visible), blanks)
    have = {normalise(name): name for name in visible}
    for name in names:
        if normalise(name) in have:
            return Sheet(path, book, have[normalise(name)], blanks)
    for name in book.sheet_names:
        if not names or normalise(name) in map(normalise, names):
            raise InputError("a hidden sheet", "a visible one", "show it, or take it out", file=path, sheet=name)
    listed = ", ".join(repr(name) for name in visible[:8])
    more = f" and {len(visible) - 8} more" if len(visible) > 8 else ""
    hint = did_you_mean(names[0], visible)
    todo = "choose the layout of this workbook: 'mrio new-year YEAR --table FILE' names it"
    raise InputError(f"the sheets {listed}{more}", f"a sheet {' or '.join(map(repr, names))}{hint}", todo, file=path)


def _only_large(path: Path, book: CalamineWorkbook, visible: Sequence[str]) -> str:
    """Return the sheet that is the table among notes, refusing a second one as large: it may be an older version."""
    if len(visible) == 1:
        return visible[0]
    sheets = [book.get_sheet_by_name(name) for name in visible]
    cells = [sheet.total_height * sheet.total_width for sheet in sheets]
    large = [name for name, size in zip(visible, cells, strict=True) if size >= LARGE * max(cells)]
    if len(large) > 1:
        todo = "hide the one that is not meant, or name the other under 'sheets' of a layout"
        raise InputError(f"the sheets {' and '.join(map(repr, large))}", "one table in the workbook", todo, file=path)
    return large[0]


def visible_sheets(book: CalamineWorkbook) -> list[str]:
    """Return the names of the sheets that are not hidden: what is hidden is an old version or a help, not the table."""
    return [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]


def open_book(path: Path, what: str) -> CalamineWorkbook:
    """Return an opened workbook, whatever its extension says, or raise the sentence for what it is instead."""
    check_file(path, what)
    raw = path.read_bytes()
    if raw.startswith(_OLE) and _LOCKED in raw:
        raise _locked(path)
    if not raw.startswith((_ZIP, _OLE)):
        raise InputError(f"{_kind(raw)}, not a workbook", what, "save it as .xlsx", file=path)
    if raw.startswith(_ZIP):
        _check_unpacked(raw, path)
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(raw))
    except PasswordError as error:
        raise _locked(path) from error
    except (CalamineError, ValueError) as error:
        raise _broken(path, error) from error


def _check_unpacked(raw: bytes, path: Path) -> None:
    """Refuse a zip archive that is damaged, too large unpacked, or another kind of document than .xlsx."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            size = sum(member.file_size for member in archive.infolist())
            names = set(archive.namelist())
    except zipfile.BadZipFile as error:
        raise _broken(path, error) from error
    if "xl/workbook.xml" not in names:
        kinds = {"xl/workbook.bin": "an .xlsb workbook", "content.xml": "an OpenDocument file"}
        found = next((text for name, text in kinds.items() if name in names), "a zip archive that is no workbook")
        raise InputError(found, "an .xlsx or .xls workbook", "open it and save it as .xlsx", file=path)
    if size > MAX_UNPACKED:
        limit = f"at most {MAX_UNPACKED / 1e6:,.0f} MB"
        raise InputError(f"a workbook that unpacks to {size / 1e6:,.0f} MB", limit, "keep only the table", file=path)


def _kind(raw: bytes) -> str:
    start = raw[:400].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        return "a web page or XML"
    if start.startswith(b"%pdf"):
        return "a PDF"
    if start.startswith(b"\x80"):
        return "a pickle"
    return "text" if b"\0" not in raw[:4000] else "binary data"


def _locked(path: Path) -> InputError:
    return InputError("a workbook locked with a password", "an open one", "save a copy without it", file=path)


def _broken(path: Path, error: Exception) -> InputError:
    found = f"a workbook that is cut short or damaged ({error})"
    return InputError(found, "a whole one", "download or save it again", file=path)
