"""Which table a year's ``estimate_parts.nc`` belongs to: the sha256 of its file, kept with the parts."""

from __future__ import annotations

import hashlib
from os import PathLike
from pathlib import Path

import h5py

from mrio.errors import InputError

FORMAT = "mrio parts of an estimate, netCDF 1"


def table_digest(path: str | PathLike[str]) -> str:
    """Return the sha256 of a table's file, by which its parts know it."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def check_parts(path: str | PathLike[str], table: str | PathLike[str] | None = None) -> None:
    """Refuse a file that holds no parts of an estimate, or those of another table.

    Raises
    ------
    InputError
    """
    try:
        with h5py.File(path) as file:
            marks = {name: str(file.attrs.get(name, "")) for name in ("format", "table_sha256")}
    except OSError:
        raise InputError("a file that is not netCDF", FORMAT, "run mrio estimate again", file=Path(path)) from None
    if marks["format"] != FORMAT:
        raise InputError(f"format {marks['format']!r}", FORMAT, "run mrio estimate again", file=Path(path))
    if table is not None and marks["table_sha256"] != table_digest(table):
        fix = "run mrio estimate again, or remove this file"
        raise InputError("the parts of another table", f"those of {table}", fix, file=Path(path))
