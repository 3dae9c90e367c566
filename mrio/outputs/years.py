"""Tables of several years under one another: the time series of every result."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from mrio.frames import read_frame
from mrio.outputs.table_files import AGAIN, MADE
from mrio.saving import whole_file


def write_series(sources: Sequence[Path], path: Path) -> None:
    """Write one table of several years' tables (``results/<year>/<name>.csv``), the year in front.

    Cells are copied as they are written, digit by digit; a column that a year lacks is empty there.
    """
    parts = []
    for source in sources:
        table = read_frame(source, MADE, todo=AGAIN, dtype=str, keep_default_na=False)
        table.insert(0, "year", source.parent.name)
        parts.append(table)
    joined = pd.concat(parts, ignore_index=True)
    with whole_file(path) as beside:
        joined.to_csv(beside, index=False, encoding="utf-8-sig", lineterminator="\n")
