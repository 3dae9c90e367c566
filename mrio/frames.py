"""CSV files as frames: read whole, in the encodings spreadsheets write, or refused in one sentence."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mrio.errors import InputError, did_you_mean
from mrio.saving import remember

if TYPE_CHECKING:
    import pandas as pd

#: Endings of sheets that a CSV should have been saved as, and of what was there before.
SHEETS, BACKUPS = (".xlsx", ".xls", ".txt", ".tsv", ".et", ".ods"), (".bak", ".old", ".orig")
#: What stands between the cells of files, and of some exports.
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", "，": "full-width commas"}
#: What systems and browsers add to the name of a copy, in English and in Chinese.
_COPY = re.compile(r"^(\u590d\u4ef6|copy of)\s*|\s*(-\s*)?(\u526f\u672c|copy)?\s*([(\uff08]\d+[)\uff09])?$")
#: How files begin that are no text -> what they are, and what to do.
_BINARY = {b"PK\x03\x04": ("a workbook (.xlsx) or an archive", "open it in a spreadsheet and save it as CSV UTF-8"),
           b"\xd0\xcf\x11\xe0": ("a workbook (.xls)", "open it in a spreadsheet and save it as CSV UTF-8"),
           b"\x89HDF": ("a netCDF file", "name the CSV, or choose the layout netcdf where a table is asked for"),
           b"CDF": ("a netCDF file", "name the CSV, or choose the layout netcdf where a table is asked for"),
           b"%PDF": ("a PDF", "name the file with the data")}  # fmt: skip
#: As texts are tried: with or without the mark of UTF-8, then as a Chinese spreadsheet saves.
ENCODINGS = ("utf-8-sig", "gb18030")


def lying_beside(path: str | PathLike[str]) -> str:
    """Return the name of a file that is meant to be `path` and does not have its name; empty where there is none.

    Windows hides endings, so that ``a.csv`` is saved as ``a.csv.txt``; ``A.CSV`` is another file here; and copies are
    called ``a (1).csv`` or ``a - Copy.csv``.
    """
    path = Path(path)
    if path.exists() or not path.parent.is_dir():
        return ""
    stem, wanted = path.stem.casefold(), path.name.casefold()
    for other in sorted(path.parent.iterdir()):
        name = other.name.casefold()
        same = name == wanted or name.startswith(f"{wanted}.") or name in {f"{stem}{end}" for end in SHEETS}
        same |= other.suffix.casefold() == path.suffix.casefold() and _COPY.sub("", other.stem.casefold()) == stem
        if same and other.is_file() and other.suffix.casefold() not in BACKUPS:
            return other.name
    return ""


def read_frame(
    path: str | PathLike[str], what: str, columns: Sequence[str] = (), todo: str = "", **options: Any
) -> pd.DataFrame:
    """Return a CSV file as a frame.

    Parameters
    ----------
    path : path
    what : str
        What the file is, for the sentence.
    columns : sequence of str
        Columns it must have.
    todo : str
        What to do where it has not.
    **options
        Of :func:`pandas.read_csv`.

    Raises
    ------
    InputError
        A file that is not there, a folder, no text, no table, or one without a column.
    """
    import pandas as pd  # a second of every look at the workflow, which reads no frame where nothing changed

    path = Path(path)
    if not path.is_file():
        raise InputError("a folder" if path.is_dir() else "no such file", what, "check the path", file=path)
    remember(path)
    try:
        table = pd.read_csv(io.StringIO(_text(path, what)), **options)
    except (ValueError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        found = " ".join(str(error).split())
        raise InputError(f"no table ({found})", what, todo or "make it again", file=path) from None
    missing = next((name for name in columns if name not in table), None)
    if missing is not None:
        refuse_separator([str(name) for name in table.columns], path)
        found = f"no column {missing!r}{did_you_mean(missing, table.columns)}"
        raise InputError(found, f"{what} with the columns {', '.join(columns)}", todo or "add it", file=path, row=1)
    return table


def refuse_separator(header: Sequence[str], path: Path, line: int = 1, delimiter: str = ",") -> None:
    """Refuse a header in one piece that another sign than the delimiter divides."""
    others = (sign for sign in SEPARATORS if sign != delimiter)
    between = next((SEPARATORS[sign] for sign in others if len(header) == 1 and sign in header[0]), "")
    if between:
        wanted = SEPARATORS.get(delimiter, repr(delimiter))
        todo = f"save it {'as CSV ' if delimiter == ',' else ''}with {wanted}"
        raise InputError(f"cells separated by {between}", wanted, todo, file=path, row=line)


def refuse_binary(raw: bytes, path: Path, what: str) -> None:
    """Refuse a file that is no text by how it begins: a workbook called .csv, say."""
    for beginning, (found, todo) in _BINARY.items():
        if raw.startswith(beginning):
            raise InputError(found, f"{what} as text", todo, file=path)


def _text(path: Path, what: str) -> str:
    raw = path.read_bytes()
    refuse_binary(raw, path, what)
    for encoding in ENCODINGS:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise InputError("bytes that are no text", f"{what} in UTF-8 or GBK", "save it as CSV UTF-8", file=path)
