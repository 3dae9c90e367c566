"""Cells of sheets and text files: how a number is read and written, and what is refused.

Owns the rule that nothing is coerced: a block of numbers is numbers, or an :class:`~mrio.errors.InputError` names the
first cell that is not.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mrio.errors import InputError
from mrio.frames import lying_beside, refuse_binary
from mrio.saving import remember

#: Larger inputs are refused unread: no published table of 31 provinces comes near.
MAX_BYTES = 400_000_000
MAX_CELLS = 20_000_000
#: How files begin that are text and no table.
_PAGES = ("<html", "<!doctype", "<?xml", "{\\rtf")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)


def column_name(index: int) -> str:
    """Return the spreadsheet name of a 0-based column: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, letter = divmod(index - 1, 26)
        name = chr(65 + letter) + name
    return name


def check_file(path: Path, what: str, most: int = MAX_BYTES) -> None:
    """Refuse a file that is absent, a folder, empty or beyond `most` bytes."""
    if not path.exists():
        other = lying_beside(path)
        todo = f"{other} lies beside it: save it under that name, as CSV" if other else "check the path"
        raise InputError("no such file", what, todo, file=path)
    if path.is_dir():
        raise InputError("a folder", f"the file of {what}", "name the file inside it", file=path)
    size = path.stat().st_size
    if size == 0:
        raise InputError("an empty file (0 bytes)", what, "download or export it again", file=path)
    if size > most:
        limit = f"at most {most // 1_000_000} MB"
        raise InputError(f"a file of {size // 1_000_000} MB", limit, "keep only the sheet that is needed", file=path)
    remember(path)


def read_text_rows(path: Path, what: str, delimiter: str = ",") -> list[list[str]]:
    """Return the rows of a CSV file as text, whatever its line ends; UTF-8 (with or without BOM), UTF-16 or GBK."""
    rows = csv.reader(io.StringIO(read_text(path, what), newline=""), delimiter=delimiter)
    try:
        return list(rows)
    except csv.Error as error:
        todo = "check the quotation marks"
        raise InputError(str(error), what, todo, file=path, row=rows.line_num) from None


def without_empty_columns(rows: list[list[str]]) -> list[list[str]]:
    """Return the rows without the columns at the right that a spreadsheet saved though nothing was ever in them."""
    last = [next((k for k in range(len(row), 0, -1) if row[k - 1].strip()), 0) for row in rows]
    width = max(last, default=0)
    return [row[:width] for row in rows] if any(len(row) > width for row in rows) else rows


def read_text(path: Path, what: str) -> str:
    """Return the text of a file in UTF-8 (with or without BOM), UTF-16 or GBK, refusing one that is not text."""
    check_file(path, what)
    raw = path.read_bytes()
    refuse_binary(raw, path, what)
    text = _decoded(raw, path, what)
    page = text[:200].lstrip().casefold()
    if page.startswith(_PAGES):
        found = "a web page or XML" if page.startswith("<") else "a letter in RTF"
        raise InputError(found, f"{what} as plain text", "save it as CSV UTF-8", file=path)
    if "\0" in text:
        raise InputError("binary data", f"{what} as text", "this is not a CSV file: choose another layout", file=path)
    return text


def _decoded(raw: bytes, path: Path, what: str) -> str:
    encodings = ["utf-16"] if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return raw.decode(encoding).lstrip("\ufeff")  # a second mark, where a file with one was saved with one
        except UnicodeDecodeError:
            continue
    raise InputError("bytes that are no text", f"{what} in UTF-8 or GBK", "save it as CSV UTF-8", file=path)


@dataclass(frozen=True)
class Corner:
    """Where a block of cells begins and what its rows and columns stand for; only for the sentence of a refusal.

    Parameters
    ----------
    file : Path
    row, column : int
        0-based position of the first cell.
    sheet : str, optional
    row_labels, column_labels : sequences of str, optional
    """

    file: Path
    row: int
    column: int = 0
    sheet: str | None = None
    row_labels: Sequence[str] = ()
    column_labels: Sequence[str] = ()

    def row_name(self, k: int) -> str:
        """Return the number of row k of the block as a spreadsheet counts it, with its label."""
        return f"{self.row + k + 1}" + (f" ({self.row_labels[k]})" if len(self.row_labels) else "")

    def column_name(self, k: int) -> str:
        """Return the letter of column k of the block, with its label."""
        return column_name(self.column + k) + (f" ({self.column_labels[k]})" if len(self.column_labels) else "")


def numbers(rows: Sequence[Sequence], corner: Corner, *, typed: bool = False, instead: str = "") -> np.ndarray:
    """Return a block of cells as float64, refusing the first cell that is not a finite number.

    Parameters
    ----------
    rows : sequence of equally long sequences
        Cells as read.
    corner : Corner
        Where they stand.
    typed : bool
        Whether these are the typed cells of a workbook, where a number stored as text is a mistake; else text (CSV).
    instead : str, optional
        What to say was found, where the reader knows more than the cell shows.

    Raises
    ------
    InputError
        Naming file, sheet, row and column of the first cell that is no number.
    """
    block = np.empty((len(rows), len(rows[0]) if rows else 0))
    for k, row in enumerate(rows):
        try:
            block[k] = _row_of_numbers(row, typed)
        except (ValueError, TypeError):
            block[k] = [_number_or_nan(cell, typed) for cell in row]
    bad = np.argwhere(~np.isfinite(block))
    if len(bad):
        k, c = map(int, bad[0])
        more = f"; {len(bad)} such cells in this block" if len(bad) > 1 else ""
        raise InputError(
            instead or describe(rows[k][c]), "a number", f"nothing is coerced: mend the cell{more}", file=corner.file,
            sheet=corner.sheet, row=corner.row_name(k), column=corner.column_name(c),
        )  # fmt: skip
    return block


def is_number(text: str) -> bool:
    """Return whether a cell of text is a number as it must be written."""
    return _NUMBER.fullmatch(text.strip()) is not None


def number_text(value: float) -> str:
    """Return the shortest decimal that reads back as the same number, whole numbers without ``.0``."""
    text = repr(float(value))
    return text[:-2] if text.endswith(".0") else text


def _row_of_numbers(row: Sequence, typed: bool) -> Sequence[float]:
    """Return the row ready for numpy, or raise: text that Python's ``float`` reads too generously is left out."""
    kinds = set(map(type, row))
    if kinds <= {float, int}:
        return row
    if kinds == {str} and not typed:
        joined = "".join(row)
        if joined.isascii() and "_" not in joined:
            return list(map(float, row))
    raise ValueError


def _number_or_nan(cell: object, typed: bool) -> float:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    if not typed and isinstance(cell, str) and _NUMBER.fullmatch(cell.strip()):
        return float(cell)
    return np.nan


def describe(cell: object) -> str:
    """Return in words what a cell that should be a number holds."""
    if cell is None or cell == "":
        return "an empty cell"
    if isinstance(cell, bool):
        return f"the logical value {cell}"
    if isinstance(cell, datetime.date | datetime.time | datetime.timedelta):
        return f"the date or time {cell}"
    if isinstance(cell, float | int):
        return f"the value {cell}"
    text = str(cell)
    if _NUMBER.fullmatch(text.strip()) and not np.isfinite(float(text)):
        return f"{text.strip()}, beyond the numbers a computer holds"
    if text.startswith("#"):
        return f"the formula error {text}"
    if not text.isascii() and text.strip() and _NUMBER.fullmatch(_half_width(text)):
        return f"the text {text!r} (full-width digits)"
    if _NUMBER.fullmatch(text.strip().replace(",", "").replace(" ", "")):
        return f"the number {text!r} stored as text"
    return f"the text {text!r}"


def _half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(",", "").strip()
