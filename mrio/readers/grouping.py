"""A user's grouping of provinces (CSV with columns ``region,group``) -> region -> group."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from pathlib import Path

from .. import labels
from ..errors import LabelError
from .records import read_records


def read_grouping(path: str | PathLike, regions: Sequence[str]) -> dict[str, str]:
    """Return region -> group for the regions given; the file may hold more, in Chinese or English.

    Raises
    ------
    InputError, LabelError
        A missing column, an unknown or repeated province, or one of `regions` without a group.
    """
    path = Path(path)
    mapping: dict[str, str] = {}
    for line, row in read_records(path, ("region", "group"), "a grouping CSV"):
        name = labels.province(row["region"], where=f"{path}, row {line}")
        if name in mapping:
            raise LabelError(f"{path}, row {line}: {row['region']!r} is given twice; each province has one group.")
        mapping[name] = row["group"]
    missing = [region for region in regions if region not in mapping]
    if missing:
        raise LabelError(f"{path}: no group of {', '.join(missing)}; add the rows.")
    return {region: mapping[region] for region in regions}
