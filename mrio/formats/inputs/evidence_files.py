"""``evidence.csv`` and ``evidence_alternatives.csv`` of a year: what an estimated table rests on, and what hangs on it.

The pipeline has no provincial workbooks and cannot make them, so ``mrio estimate`` leaves them beside the table.
"""

from __future__ import annotations

from os import PathLike

import pandas as pd

from mrio.frames import read_frame
from mrio.saving import whole_file

OBSERVED = ["evidence", "account", "region", "sector", "value", "error", "estimate", "gap", "source"]
ALTERNATIVES = ["alternative", "definition", "resolution", "region", "production", "consumption", "outflow", "inflow",
                "net_transfer", "exports"]  # fmt: skip


def write_observed(observations: pd.DataFrame, path: str | PathLike) -> None:
    """Write every observation with its estimate; amounts in the unit of the table, gaps in errors."""
    amounts = observations[OBSERVED].round({"value": 1, "error": 1, "estimate": 1, "gap": 3})
    with whole_file(path) as beside:
        amounts.to_csv(beside, index=False, lineterminator="\n")


def read_observed(path: str | PathLike) -> pd.DataFrame:
    """Return the observations of a year."""
    return _read(path, OBSERVED, {"sector": str})


def write_alternatives(rows: pd.DataFrame, path: str | PathLike) -> None:
    """Write the accounts of every alternative, Mt."""
    with whole_file(path) as beside:
        rows[ALTERNATIVES].to_csv(beside, index=False, float_format="%.6f", lineterminator="\n")


def read_alternatives(path: str | PathLike) -> pd.DataFrame:
    """Return the accounts of every alternative."""
    return _read(path, ALTERNATIVES, {"resolution": str})


def _read(path: str | PathLike, columns: list[str], types: dict) -> pd.DataFrame:
    return read_frame(path, "what mrio estimate wrote", columns, "run mrio estimate again", dtype=types)
