"""What was worked out once and holds as long as its key does: small JSON files in the folder of the study."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from mrio.errors import MrioError
from mrio.places import PACKAGE
from mrio.saving import write_text_file

#: Below the folder in which Snakemake keeps its own memory.
FOLDER = Path(".snakemake/mrio")


def recalled(name: str, key: str) -> Any | None:
    """Return what was kept under a name and a key; None if there is nothing, or nothing that can be read."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        kept = json.loads((FOLDER / name).read_text(encoding="utf-8"))
        return kept["value"] if kept["key"] == key else None
    return None


def keep(name: str, key: str, value: Any) -> None:
    """Keep a value in place of the one before; where nothing can be written nothing is kept."""
    with suppress(OSError, MrioError):
        FOLDER.mkdir(parents=True, exist_ok=True)
        write_text_file(FOLDER / name, json.dumps({"key": key, "value": value}) + "\n")


def sum_of(paths: Iterable[Path]) -> str:
    """Return the sha256 of the names and contents of some files, and of all files below some folders."""
    digest = hashlib.sha256()
    for path in paths:
        for file in files_below(path) if path.is_dir() else [path]:
            if file.is_file() and file.suffix != ".pyc":
                digest.update(f"{file.as_posix()} {hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def files_below(folder: Path) -> list[Path]:
    """Return every file below a folder, in those that are linked from it as well, each of which is entered once."""
    found, entered = [], set()
    for place, folders, names in os.walk(folder, followlinks=True):
        if (real := os.path.realpath(place)) in entered:
            folders.clear()  # a link to where we have been
            continue
        entered.add(real)
        found += [Path(place, name) for name in names]
    return sorted(found)


@cache
def code() -> str:
    """Return the sha256 of this package's files."""
    return sum_of([PACKAGE])
