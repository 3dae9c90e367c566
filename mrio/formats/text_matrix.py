"""Matrices of text files, read row by row: the largest that fits into memory is held there once, and never its text."""

from __future__ import annotations

import codecs
import csv
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

import numpy as np

from mrio import labels
from mrio.errors import InputError
from mrio.formats.text_cells import Corner, check_file, numbers
from mrio.frames import refuse_separator

#: The labels of a row or column, one per index column or heading row.
Labels = tuple[str, ...]
#: Bytes from which the encoding is told: the headings, where all the words are.
_TOLD_FROM = 1_000_000


@dataclass(frozen=True)
class TextMatrix:
    """A text file of numbers under headings and behind labels, a line with the names of the labels between them.

    Parameters
    ----------
    path : Path
    what : str
        What it should be, for the sentence of a refusal.
    index, heading : int
        Columns of labels on the left, rows of labels at the top; with none, the names stand in the line of the labels'.
    delimiter : str
    """

    path: Path
    what: str
    index: int
    heading: int
    delimiter: str = "\t"

    def columns(self) -> list[Labels]:
        """Return the labels of the columns, without reading a number."""
        with self._lines() as lines:
            return self._columns(lines)

    def read(self) -> tuple[list[Labels], list[Labels], np.ndarray]:
        """Return the labels of rows and columns, and the numbers, which nobody can change (a table need not copy them).

        Raises
        ------
        InputError
            Naming the row that is cut short, or the cell that is no number.
        """
        rows: list[Labels] = []
        with self._lines() as lines:
            columns = self._columns(lines)
            shown, width = [" ".join(name) for name in columns], self.index + len(columns)
            values = np.empty((max(_count_of_lines(self.path) - self.heading - 1, 0), len(columns)))
            for k, line in enumerate(lines):
                if len(line) != width:
                    raise self._cut_short(len(line), width, k + self.heading + 2)
                rows.append(tuple(line[: self.index]))
                corner = Corner(self.path, self.heading + 1 + k, self.index, None, [" ".join(rows[k])], shown)
                values[k] = numbers([line[self.index :]], corner)[0]
        values = values if len(rows) == len(values) else values[: len(rows)].copy()
        values.flags.writeable = False
        return rows, columns, values

    def _columns(self, lines: Iterator[list[str]]) -> list[Labels]:
        heads = list(islice(lines, self.heading + 1))
        refuse_separator(heads[0] if heads else [], self.path, delimiter=self.delimiter)
        if len(heads) <= self.heading:
            raise InputError(f"{len(heads)} rows", f"{self.what}: {self.heading + 1} rows of headings, then numbers",
                             "the file is cut short: save it again", file=self.path)  # fmt: skip
        odd = next((k for k, head in enumerate(heads) if len(head) != len(heads[0])), None)
        if odd is not None:
            raise self._cut_short(len(heads[odd]), len(heads[0]), odd + 1)
        return list(zip(*(head[self.index :] for head in heads[: max(self.heading, 1)]), strict=True))

    def _cut_short(self, found: int, expected: int, row: int) -> InputError:
        wanted = f"{expected} as in the header"
        return InputError(f"{found} cells", wanted, "the file is cut short", file=self.path, row=row)

    @contextmanager
    def _lines(self) -> Iterator[Iterator[list[str]]]:
        check_file(self.path, self.what, sys.maxsize)
        with _opened(self.path, self.what) as stream:
            lines = csv.reader(stream, delimiter=self.delimiter)
            try:
                yield lines
            except csv.Error as error:
                todo = "check the quotation marks"
                raise InputError(str(error), self.what, todo, file=self.path, row=lines.line_num) from None
            except UnicodeDecodeError:
                raise _no_text(self.path, self.what) from None


def check_complete(path: Path, found: list[Labels], wanted: list[Labels]) -> None:
    """Refuse labels that are given twice, missing, unknown, or not in order region by region.

    Raises
    ------
    InputError, LabelError
        Naming the first of them.
    """
    labels.unique([" ".join(label) for label in found], f"{path}: label")
    there, asked = set(found), set(wanted)
    missing = [label for label in wanted if label not in there]
    extra = [label for label in found if label not in asked]
    if missing or found != wanted:
        about = f"no {' '.join(missing[0])}" if missing else f"{' '.join(extra[0]) if extra else 'regions mixed up'}"
        raise InputError(about, "every region with every sector and category, region by region", file=path)


@contextmanager
def _opened(path: Path, what: str) -> Iterator[TextIO]:
    """Open a text file in UTF-8 (with or without BOM), UTF-16 or GBK, whichever its beginning is written in."""
    with path.open("rb") as raw:
        beginning = raw.read(_TOLD_FROM)
    utf_16 = beginning[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    encodings = ["utf-16"] if utf_16 else ["utf-8-sig", "gb18030"]
    encoding = next((one for one in encodings if _reads(beginning, one)), None)
    if encoding is None:
        raise _no_text(path, what)
    with path.open(encoding=encoding, newline="") as stream:
        yield stream


def _reads(beginning: bytes, encoding: str) -> bool:
    try:
        return "\0" not in codecs.getincrementaldecoder(encoding)().decode(beginning)  # a cut character is no error
    except UnicodeDecodeError:
        return False


def _no_text(path: Path, what: str) -> InputError:
    return InputError("bytes that are no text", f"{what} in UTF-8 or GBK", "save it as text in UTF-8", file=path)


def _count_of_lines(path: Path) -> int:
    """Return at least as many lines as the file has, however they end; exactly as many where no cell holds an end."""
    ends, last = [0, 0], b""
    with path.open("rb") as raw:
        while block := raw.read(1 << 24):
            ends = [ends[0] + block.count(b"\n"), ends[1] + block.count(b"\r")]
            last = block[-1:]
    return max(ends) + (last not in (b"\n", b"\r"))
