"""A register folder in, a folder of statements out: the only room here that touches files."""

from __future__ import annotations

from datetime import date
from os import PathLike
from pathlib import Path

from mrio.settlement.register_files import read_rules, read_sheets, write_rows
from mrio.settlement.replaying import Outcome, replay
from mrio.settlement.reports import statements
from mrio.settlement.rules import Rules
from mrio.settlement.sheets import OWNERS, SHEETS, headers
from mrio.settlement.wording import as_text


def settle_folder(folder: str | PathLike, as_of: date | None = None) -> Outcome:
    """Return the replayed register of a folder: ``rules.yaml``, ``owners.csv``, ``lots.csv`` and the other sheets.

    Raises
    ------
    InputError, ConfigError
        A folder, file, header or rule that cannot be read: nothing is replayed then.
    """
    layout = {
        name: ([column.header for column in sheet.columns], headers(sheet), sheet.absent)
        for name, sheet in {**SHEETS, "owners": OWNERS}.items()
    }
    sheets = read_sheets(folder, layout, required=("owners", "lots"))
    return replay(sheets, Rules.from_mapping(read_rules(folder), "rules.yaml"), as_of)


def write_statements(outcome: Outcome, folder: str | PathLike, language: str = "both") -> list[Path]:
    """Write every statement of a replayed register as CSV into a folder; return the paths."""
    tables = {name: as_text(frame, language) for name, frame in statements(outcome).items()}
    return [write_rows(Path(folder) / f"{name}.csv", *table) for name, table in tables.items()]
