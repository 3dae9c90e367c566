"""A register folder in, a folder of statements out: the only room here that touches files."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from datetime import date
from os import PathLike
from pathlib import Path
from typing import Any

from mrio.errors import ConfigError
from mrio.formats.datapackage_file import changed_files
from mrio.settlement.plausible_rows import check_rows, last_day
from mrio.settlement.register_files import Record, read_rules, read_sheets, write_rows
from mrio.settlement.replaying import Outcome, replay
from mrio.settlement.reports import statements
from mrio.settlement.rules import Rules
from mrio.settlement.sheets import OWNERS, SHEETS, headers
from mrio.settlement.wording import as_text
from mrio.table.plausibility.judging import accepted_checks, found
from mrio.table.plausibility.registry import rule
from mrio.table.plausibility.sentences import report_of
from mrio.table.plausibility.side_checks import PILOT

#: Years after its last row for which a register may be asked.
REACH = 10


def settle_folder(folder: str | PathLike, as_of: date | None = None) -> Outcome:
    """Return the replayed register of a folder: ``rules.yaml``, ``owners.csv``, ``lots.csv`` and the other sheets.

    Raises
    ------
    InputError, ConfigError
        A folder, file, header or rule that cannot be read: nothing is replayed then.
    SettlementError
        Rows that cannot be right (docs/plausibility.md).
    """
    layout = {
        name: ([column.header for column in sheet.columns], headers(sheet), sheet.absent)
        for name, sheet in {**SHEETS, "owners": OWNERS}.items()
    }
    sheets = read_sheets(folder, layout, required=("owners", "lots"))
    rules = Rules.from_mapping(read_rules(folder), "rules.yaml")
    if as_of is not None:
        _check_last_day(as_of, sheets)
    stated = {name: float(getattr(rules, name)) for name in PILOT}
    doubts = check_rows(sheets, stated, folder, rules.plausible, rules.developer)
    for doubt in [*doubts, *_changed(Path(folder), rules.plausible)]:
        warnings.warn(f"{doubt}.", stacklevel=2)
    return replay(sheets, rules, as_of)


def _changed(folder: Path, accepted: Mapping[str, str]) -> list[str]:
    """Return what is said of the files of a register that its data package describes otherwise."""
    changed = changed_files(folder)
    check = found(rule("described files"), [str(path) for path in changed])
    return report_of(accepted_checks([check], accepted)).notes()


def _check_last_day(as_of: date, sheets: Mapping[str, list[Record]]) -> None:
    """Refuse a last day before the first row, up to which nothing is booked, or so late that a digit is wrong."""
    days = last_day(sheets)
    if days is None:
        return
    first, last = days
    if as_of < first:
        raise ConfigError(f"the last day to book is {as_of}, before the first row of the register, {first}.")
    if as_of.year > last.year + REACH:
        raise ConfigError(
            f"the last day to book is {as_of}, over {REACH} years after the last row of the register, {last}; "
            "expected a day its rows can speak for."
        )


def check_registers(settlement: Mapping[str, Any] | None, folder: Path) -> None:
    """Refuse a register or a last day of the configuration that no job could settle.

    A row that is refused is no such mistake: the register up to it stands.

    Raises
    ------
    MrioError
        The first mistake found, as one sentence.
    """
    if settlement is None:
        return
    try:
        as_of = date.fromisoformat(settlement["as_of"]) if settlement["as_of"] else None
    except ValueError:
        raise ConfigError(
            f"config: key 'settlement.as_of' is {settlement['as_of']!r}, which is no day of the calendar."
        ) from None
    for register in settlement["registers"]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # its job says them
            settle_folder(folder / register, as_of)


def write_statements(outcome: Outcome, folder: str | PathLike, language: str = "both") -> list[Path]:
    """Write every statement of a replayed register as CSV into a folder; return the paths."""
    tables = {name: as_text(frame, language) for name, frame in statements(outcome).items()}
    return [write_rows(Path(folder) / f"{name}.csv", *table) for name, table in tables.items()]
