"""A small register for the tests, as rows of text: two lots of 100 t and 50 t, a price, certificates, one buyer."""

from __future__ import annotations

from mrio.settlement.register_files import Record
from mrio.settlement.replaying import Outcome, replay
from mrio.settlement.rules import Rules

RULES = {"county": "元谋县", "receipt_prefix": "YM", "developer": "Company", "species": ["台湾相思", "余甘子"]}


def lot(number: int, credited: str = "100", **changes: str) -> dict[str, str]:
    """Return the row of a lot that may enter."""
    row = {
        "date": "2026-01-05", "lot": f"L{number}", "plot": f"P{number}", "township": "甲", "species": "台湾相思",
        "planted": "2022-06-01", "area_ha": "10.5", "mode": "joint_development", "notice_from": "2025-12-01",
        "notice_to": "2025-12-10", "objections": "0", "period_start": "2025-01-01", "credited_t": credited,
        "expires": "2030-12-31",
    }  # fmt: skip
    return {**row, **changes}


def owners(number: int) -> list[dict[str, str]]:
    """Return who is paid for a plot: seven tenths to the village, three to the company."""
    village = {"plot": f"P{number}", "payee": f"Village {number}", "role": "collective", "share": "0.7"}
    return [village, {"plot": f"P{number}", "payee": "Company", "role": "developer", "share": "0.3"}]


def price(day: str = "2026-01-08", average: str = "97.74") -> dict[str, str]:
    return {"date": day, "average_yuan_per_t": average}


def certificate(name: str = "T1", **changes: str) -> dict[str, str]:
    row = {
        "date": "2026-01-06", "certificate": name, "holder": "Buyer", "county": "元谋县", "kind": "carbon_ticket",
        "quantity": "60", "unit": "t", "plot": "X1", "issued": "2025-06-01", "expires": "2027-05-31",
    }  # fmt: skip
    return {**row, **changes}


def green(name: str = "G1", **changes: str) -> dict[str, str]:
    return certificate(name, **{"kind": "green_power", "unit": "MWh", "quantity": "100", "plot": "", **changes})


def application(name: str = "A1", obligation: str = "40", **changes: str) -> dict[str, str]:
    row = {
        "date": "2026-01-09", "application": name, "applicant": "Buyer", "project": "road", "area_ha": "2",
        "obligation_t": obligation, "offset_t": "0", "certificates": "",
    }  # fmt: skip
    return {**row, **changes}


def occupancy(name: str = "O1", **changes: str) -> dict[str, str]:
    return {"date": "2026-02-01", "occupancy": name, "application": "A1", "area_ha": "2", **changes}


def monitoring(number: int, measured: str, day: str = "2028-02-01") -> dict[str, str]:
    return {"date": day, "lot": f"L{number}", "measured_t": measured, "report": "survey"}


def replacement(name: str = "R1", **changes: str) -> dict[str, str]:
    row = {"date": "2028-03-01", "replacement": name, "lot": "L1", "party": "Company", "tonnes": "1"}
    return {**row, **changes}


def base(**sheets: list[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    """Return the rows of a register that settles; keywords replace whole sheets."""
    default = {
        "lots": [lot(1), lot(2, "50")],
        "owners": [*owners(1), *owners(2)],
        "prices": [price()],
        "factors": [{"date": "2026-01-01", "t_per_mwh": "0.5366", "source": "example"}],
        "certificates": [certificate(), green()],
    }
    return {**default, **sheets}


def records(sheets: dict[str, list[dict[str, str]]]) -> dict[str, list[Record]]:
    """Return rows as the reader would: the first data row is row 2."""
    return {name: [Record(f"{name}.csv", k, row) for k, row in enumerate(rows, 2)] for name, rows in sheets.items()}


def settle(sheets: dict[str, list[dict[str, str]]], **rules: object) -> Outcome:
    """Replay rows under the default rules with changes."""
    return replay(records(sheets), Rules.from_mapping({**RULES, **rules}))


def accepted(sheets: dict[str, list[dict[str, str]]], **rules: object) -> Outcome:
    """Replay rows that must all be accepted."""
    outcome = settle(sheets, **rules)
    assert outcome.refusal is None, outcome.refusal
    return outcome


def levels(outcome: Outcome) -> tuple[str, ...]:
    """Return credited, available, written off, expired and shortfall as text, t."""
    reserve = outcome.register.reserve
    return tuple(f"{value.normalize():f}" for value in (reserve.credited, *reserve.totals.values()))
