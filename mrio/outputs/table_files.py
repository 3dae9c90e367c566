"""Tables as CSV files: bytes that are the same on every machine, and text that no spreadsheet takes for a formula."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from pathlib import Path

import pandas as pd

from mrio.frames import read_frame
from mrio.outputs.columns import named
from mrio.outputs.escape import guard, unguard
from mrio.saving import whole_file

#: What is read here, and what to do where it cannot be.
MADE, AGAIN = "a table of the pipeline", "run snakemake again"
#: Numbers are written to ten significant digits: what another machine's rounding moves lies beyond.
DIGITS = "%.10g"


def ten_digits(value: float) -> float:
    """Return a number as a file has it."""
    return float(DIGITS % value)


def write_table(table: pd.DataFrame, path: str | PathLike) -> None:
    """Write a table as CSV (UTF-8 with a mark, so that spreadsheets read the Chinese names), 10 significant digits.

    Text that a spreadsheet would take for a formula is guarded by an apostrophe, which :func:`read_tables` takes away.
    """
    guarded = named(table).map(lambda cell: guard(cell) if isinstance(cell, str) else cell)
    with whole_file(path) as beside:
        guarded.to_csv(beside, index=False, encoding="utf-8-sig", float_format=DIGITS, lineterminator="\n")


def read_tables(paths: Iterable[str | PathLike]) -> dict[str, pd.DataFrame]:
    """Return the tables in CSV files by file stem."""
    tables = {Path(path).stem: read_frame(path, MADE, todo=AGAIN) for path in paths}
    return {
        stem: table.map(lambda cell: unguard(cell) if isinstance(cell, str) else cell) for stem, table in tables.items()
    }
