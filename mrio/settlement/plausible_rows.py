"""Plausibility of a register's rows before they are replayed: prices, growth per area, names that look alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mrio.errors import SettlementError
from mrio.settlement.events import KINDS_OF_NAMES
from mrio.settlement.register_files import Record
from mrio.table.plausibility.judging import accepted_checks
from mrio.table.plausibility.sentences import located, report_of
from mrio.table.plausibility.side_checks import check_growth, check_look_alikes, check_prices
from mrio.table.validation.report import Check


def check_rows(
    sheets: Mapping[str, Sequence[Record]], years: float, folder: object, accepted: Mapping[str, str]
) -> list[str]:
    """Return what is doubtful about a register's rows; a row that cannot be read is left to the replay.

    Parameters
    ----------
    sheets : mapping
        Rows by sheet.
    years : float
        Years a lot is credited for.
    folder : object
        With which the sentences open.
    accepted : mapping
        Name of a check -> why what it finds is right.

    Raises
    ------
    SettlementError
        What cannot be right: the first of it.
    """
    checks = [
        check for name, found in _checks(sheets, years) for check in located(found, f"{folder}/{name}", "rules.yaml")
    ]
    report = report_of(accepted_checks(checks, accepted))
    wrong = report.failed("error")["message"].tolist()
    if wrong:
        raise SettlementError(f"{wrong[0]}.")
    return report.notes()


def _checks(sheets: Mapping[str, Sequence[Record]], years: float) -> Iterator[tuple[str, list[Check]]]:
    prices = _numbers(sheets.get("prices", ()), "date", "average_yuan_per_t")
    yield "prices.csv", check_prices(prices)
    lots = sheets.get("lots", ())
    tonnes, hectares = (_numbers(lots, "lot", column) for column in ("credited_t", "area_ha"))
    both = [lot for lot in tonnes if hectares.get(lot)]
    yield "lots.csv", check_growth({lot: tonnes[lot] / hectares[lot] / years for lot in both})
    for what, columns in KINDS_OF_NAMES.items():
        names = [name for sheet, column in columns for name in _names(sheets.get(sheet, ()), column)]
        yield what, check_look_alikes(names)


def _numbers(records: Sequence[Record], key: str, column: str) -> dict[str, float]:
    """Return the cells of a column that are numbers, by the cell of another."""
    found = {}
    for record in records:
        try:
            found[record.cells.get(key, "")] = float(record.cells.get(column, ""))
        except ValueError:
            continue
    return found


def _names(records: Sequence[Record], column: str) -> Iterator[str]:
    """Yield the names in a column, those of a list apart."""
    for record in records:
        yield from filter(None, (part.strip() for part in record.cells.get(column, "").replace("；", ";").split(";")))
