"""Where a command writes a CSV: an ending of another kind of file is a slip, and a spreadsheet would not open it."""

from __future__ import annotations

from pathlib import Path

from mrio.errors import InputError

ENDINGS = ("", ".csv", ".txt")


def check_csv_out(out: Path | None) -> None:
    """Refuse a file to write whose ending says that it is no CSV; a device has none that could.

    Raises
    ------
    InputError
    """
    if out is not None and out.suffix.lower() not in ENDINGS and (out.is_file() or not out.exists()):
        raise InputError(f"the ending {out.suffix!r}", "a CSV", "end --out in .csv", file=out)
