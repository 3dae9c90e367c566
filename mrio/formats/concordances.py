"""A user's concordance CSV (columns ``from``, ``to``) -> the mapping that aggregation takes."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from mrio.errors import InputError, LabelError
from mrio.formats.records import read_records


def read_concordance(path: str | PathLike[str]) -> dict[str, str]:
    """Return sector -> group of a CSV; whether it is a partition of a table's sectors is checked when it is used.

    Raises
    ------
    InputError
        If a column is missing or a cell is empty: file, row and column are named.
    LabelError
        If a sector is given twice: it would be counted twice.
    """
    path = Path(path)
    mapping: dict[str, str] = {}
    spellings = {"from": "from", "to": "to"}  # a column of weights would be dropped: a sector belongs to one group
    for line, cell in read_records(path, ("from", "to"), "a concordance CSV", spellings=spellings):
        for column in ("from", "to"):
            if not cell[column]:
                raise InputError("an empty cell", "a sector code", "fill it in", file=path, row=line, column=column)
        if cell["from"] in mapping:
            first, second = mapping[cell["from"]], cell["to"]
            raise LabelError(
                f"{path}, row {line}: sector {cell['from']!r} goes to {second!r}, but above it went to {first!r}; a "
                "sector belongs to one group."
            )
        mapping[cell["from"]] = cell["to"]
    return mapping
