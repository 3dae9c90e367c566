"""Folders that a year's inputs are written to: one of another year is a slip, and would lose that year's."""

from __future__ import annotations

import re
from pathlib import Path

from mrio.errors import InputError


def check_year_of_folder(folder: Path, year: int) -> None:
    """Refuse a folder that is named after another year.

    Raises
    ------
    InputError
    """
    name = folder.resolve().name
    if re.fullmatch("(19|20)[0-9]{2}", name) and int(name) != year:
        raise InputError(f"a folder of {name}", f"one of {year}", "change --out", file=folder)
