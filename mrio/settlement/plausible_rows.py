"""Plausibility of a register's rows before they are replayed: prices, growth per area, names that look alike."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from mrio.errors import SettlementError
from mrio.settlement.events import KINDS_OF_NAMES
from mrio.settlement.register_files import Record
from mrio.settlement.sheets import ROLES
from mrio.table.plausibility.judging import accepted_checks
from mrio.table.plausibility.register_checks import (
    check_ages,
    check_batches,
    check_days,
    check_land,
    check_numbers,
    check_payees,
)
from mrio.table.plausibility.sentences import located, report_of
from mrio.table.plausibility.side_checks import (
    check_all_measured,
    check_certificates,
    check_factors,
    check_growth,
    check_look_alikes,
    check_measured,
    check_obligations,
    check_prices,
    check_rules,
    look,
)
from mrio.table.validation.report import Check

#: Sheets whose rows are charged at the price of the trading day before.
ASKING = ("applications", "replacements")
#: Sheet -> the column that numbers its rows.
NUMBERED = {"lots": "lot", "monitoring": "report", "applications": "application", "occupancies": "occupancy",
            "replacements": "replacement"}  # fmt: skip
#: What lots of one batch have in common.
OF_A_BATCH = ("notice_from", "notice_to", "period_start", "expires")


def check_rows(
    sheets: Mapping[str, Sequence[Record]], stated: Mapping[str, float], folder: object, accepted: Mapping[str, str],
    developer: str,
) -> list[str]:  # fmt: skip
    """Return what is doubtful about a register's rows; a row that cannot be read is left to the replay.

    Parameters
    ----------
    sheets : mapping
        Rows by sheet.
    stated : mapping
        The rules that are numbers, by name; ``monitoring_years``, for which a lot is credited, among them.
    folder : object
        With which the sentences open.
    accepted : mapping
        Name of a check -> why what it finds is right.
    developer : str
        Of the rules.

    Raises
    ------
    SettlementError
        What cannot be right: the first of it.
    """
    check_order(sheets.get("prices", ()))
    checks = [
        check
        for name, found in _checks(sheets, stated, developer)
        for check in located(found, f"{folder}/{name}", "rules.yaml")
    ]
    report = report_of(accepted_checks(checks, accepted))
    wrong = report.failed("error")["message"].tolist()
    if wrong:
        raise SettlementError(f"{wrong[0]}.")
    return report.notes()


def _checks(
    sheets: Mapping[str, Sequence[Record]], stated: Mapping[str, float], developer: str
) -> Iterator[tuple[str, list[Check]]]:
    yield "rules.yaml", check_rules(stated)
    prices = _numbers(sheets.get("prices", ()), "date", "average_yuan_per_t")
    asking = [day for name in ASKING for record in sheets.get(name, ()) if (day := _day(record.cells.get("date", "")))]
    days = [day for record in sheets.get("prices", ()) if (day := _day(record.cells.get("date", "")))]
    yield "prices.csv", [*check_prices(prices), *check_days(days, asking)]
    yield from _applications(sheets)
    lots = sheets.get("lots", ())
    tonnes, hectares = (_numbers(lots, "lot", column) for column in ("credited_t", "area_ha"))
    both = [lot for lot in tonnes if hectares.get(lot)]
    for name, column in NUMBERED.items():
        yield f"{name}.csv", check_numbers([record.cells.get(column, "") for record in sheets.get(name, ())])
    yield "occupancies.csv", _land(sheets)
    yield "lots.csv", check_growth({lot: tonnes[lot] / hectares[lot] / stated["monitoring_years"] for lot in both})
    yield "lots.csv", [*check_batches({record.cells.get("lot", ""): record.cells for record in lots}, OF_A_BATCH)]
    yield "lots.csv", check_ages(_ages(lots))
    yield "owners.csv", check_payees(_owners(sheets.get("owners", ())), developer)
    measured = _numbers(sheets.get("monitoring", ()), "lot", "measured_t")
    yield "monitoring.csv", [*check_measured(measured, tonnes), *check_all_measured(_batches(lots), measured)]
    yield "factors.csv", check_factors(_numbers(sheets.get("factors", ()), "date", "t_per_mwh"))
    for columns in KINDS_OF_NAMES.values():
        names: dict[str, str] = {}
        for sheet, column in columns:
            for name, place in _names(sheets.get(sheet, ()), column):
                names.setdefault(name, place)
        yield _where_alike(names), check_look_alikes(names)


def _where_alike(names: Mapping[str, str]) -> str:
    """Return the places of the first names that look alike, each name with the place where it first stands."""
    by_look: dict[str, list[str]] = {}
    for name, place in names.items():
        by_look.setdefault(look(name), []).append(place)
    return next((" and ".join(places) for places in by_look.values() if len(places) > 1), "")


def _land(sheets: Mapping[str, Sequence[Record]]) -> list[Check]:
    """Return the check of the land that applications were granted and that was occupied."""
    granted = _numbers(sheets.get("applications", ()), "application", "area_ha")
    occupied: dict[str, float] = {}
    for record in sheets.get("occupancies", ()):
        for area in _numbers([record], "application", "area_ha").values():
            name = record.cells.get("application", "")
            occupied[name] = occupied.get(name, 0.0) + area
    return check_land(granted, occupied)


def _ages(lots: Sequence[Record]) -> dict[str, float]:
    """Return how many years after it was planted a lot was credited."""
    days = {
        record.cells.get("lot", ""): [_day(record.cells.get(c, "")) for c in ("planted", "date")] for record in lots
    }
    return {lot: (end - start).days / 365.25 for lot, (start, end) in days.items() if start and end and start < end}


def _owners(records: Sequence[Record]) -> list[tuple[str, str, str, float]]:
    """Return plot, payee, role and share of the rows whose share is a number."""
    shares = _numbers(records, "share", "share")
    rows = [[record.cells.get(name, "") for name in ("plot", "payee", "role", "share")] for record in records]
    return [(plot, payee, ROLES.get(role, role), shares[share]) for plot, payee, role, share in rows if share in shares]


def _batches(lots: Sequence[Record]) -> list[list[str]]:
    """Return the lots that were credited on the same day."""
    days: dict[str, list[str]] = {}
    for record in lots:
        days.setdefault(record.cells.get("date", ""), []).append(record.cells.get("lot", ""))
    return list(days.values())


def _applications(sheets: Mapping[str, Sequence[Record]]) -> Iterator[tuple[str, list[Check]]]:
    """Yield the checks of what is owed per hectare, and of certificates beside what is owed."""
    records = sheets.get("applications", ())
    owed, hectares = (_numbers(records, "application", column) for column in ("obligation_t", "area_ha"))
    yield (
        "applications.csv",
        check_obligations({name: owed[name] / hectares[name] for name in owed if hectares.get(name)}),
    )
    if owed:
        sizes = _numbers(sheets.get("certificates", ()), "certificate", "quantity")
        yield "certificates.csv", check_certificates(sizes, max(owed.values()))


def check_order(records: Sequence[Record]) -> None:
    """Refuse prices whose days do not run forwards, before any of them is asked for.

    Raises
    ------
    SettlementError
        A sheet with the newest day first, or the first day after a later one.
    """
    days = [(day, record) for record in records if (day := _day(record.cells.get("date", ""))) is not None]
    pairs = [(one, other) for (one, _), (other, _) in pairwise(days)]
    if len(pairs) > 1 and all(other < one for one, other in pairs):
        todo = "sort the sheet by date, the oldest day first"
        raise SettlementError(
            f"{days[0][1].place('date')}: found the newest day first, expected days in order; {todo}."
        )
    for (one, _), (other, record) in pairwise(days):
        if other < one:
            raise SettlementError(
                f"{record.place('date')}: found {other} after {one} in the row above, expected dates that do not run "
                "backwards; sort the sheet by date or correct the date."
            )


def last_day(sheets: Mapping[str, Sequence[Record]]) -> tuple[date, date] | None:
    """Return the first and the last day in the sheets' column ``date``."""
    days = [_day(record.cells.get("date", "")) for records in sheets.values() for record in records]
    known = [day for day in days if day is not None]
    return (min(known), max(known)) if known else None


def _day(text: str) -> date | None:
    """Return a day written 2026-03-05 or 2026/3/5; None where it is neither, which is for the replay to say."""
    try:
        return date(*map(int, text.replace("/", "-").split("-")))
    except (ValueError, TypeError):
        return None


def _numbers(records: Sequence[Record], key: str, column: str) -> dict[str, float]:
    """Return the cells of a column that are numbers, by the cell of another."""
    found = {}
    for record in records:
        try:
            number = float(record.cells.get(column, ""))
        except ValueError:
            continue
        if math.isfinite(number):  # what is written nan or inf is no number either
            found[record.cells.get(key, "")] = number
    return found


def _names(records: Sequence[Record], column: str) -> Iterator[tuple[str, str]]:
    """Yield the names in a column, those of a list apart, and the row of each."""
    for record in records:
        parts = (part.strip() for part in record.cells.get(column, "").replace("；", ";").split(";"))
        yield from ((part, str(record.place(column))) for part in parts if part)
