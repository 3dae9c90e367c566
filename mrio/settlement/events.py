"""The events of a register: what can happen, one named tuple for each kind, each with the row it came from."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import NamedTuple

from mrio.errors import Place
from mrio.settlement.register_files import Record

DEVELOPER, COLLECTIVE = "developer", "collective"
TICKET, GREEN_POWER = "carbon_ticket", "green_power"


class Factor(NamedTuple):
    """From `date` on a MWh of green power stands for `t_per_mwh` tonnes CO2."""

    record: Record
    date: datetime.date
    t_per_mwh: Decimal
    source: str


class Price(NamedTuple):
    """A trading day of the national carbon market: average price (yuan/t), or turnover (yuan) and volume (t)."""

    record: Record
    date: datetime.date
    average: Decimal | None
    turnover: Decimal | None
    volume: Decimal | None


class Lot(NamedTuple):
    """Entry of a lot into the reserve: the growth of one plot over one period, credited in advance."""

    record: Record
    date: datetime.date
    lot: str
    plot: str
    township: str
    species: str
    planted: datetime.date
    area_ha: Decimal
    mode: str
    notice_from: datetime.date
    notice_to: datetime.date
    objections: int
    period_start: datetime.date
    credited_t: Decimal
    expires: datetime.date | None


class Monitoring(NamedTuple):
    """Measured growth of a lot over its period, found after the period has ended."""

    record: Record
    date: datetime.date
    lot: str
    measured_t: Decimal
    report: str


class Replacement(NamedTuple):
    """A party makes good part of a shortfall by buying tonnes of other lots from the reserve."""

    record: Record
    date: datetime.date
    replacement: str
    lot: str
    party: str
    tonnes: Decimal


class Certificate(NamedTuple):
    """A certificate put on the register: a carbon ticket (t) or green power (MWh)."""

    record: Record
    date: datetime.date
    certificate: str
    holder: str
    county: str
    kind: str
    quantity: Decimal
    unit: str
    plot: str
    issued: datetime.date
    expires: datetime.date


class Application(NamedTuple):
    """An occupier settles the loss of a forest area: offset by certificates, the rest bought from the reserve."""

    record: Record
    date: datetime.date
    application: str
    applicant: str
    project: str
    area_ha: Decimal
    obligation_t: Decimal
    offset_t: Decimal
    certificates: tuple[str, ...]


class Occupancy(NamedTuple):
    """Forest land is occupied under a settled application."""

    record: Record
    date: datetime.date
    occupancy: str
    application: str
    area_ha: Decimal


class Owner(NamedTuple):
    """Share of a payee in the proceeds of a plot (reference data, not an event)."""

    record: Record
    plot: str
    payee: str
    role: str
    share: Decimal


Event = Factor | Price | Lot | Monitoring | Replacement | Certificate | Application | Occupancy


def place(event: Event | Owner, column: str | None = None) -> Place:
    """Return where an event stands: file, row and column."""
    return event.record.place(column)


#: What is named -> sheets and columns that name it.
KINDS_OF_NAMES: dict[str, tuple[tuple[str, str], ...]] = {
    "lots": (("lots", "lot"), ("monitoring", "lot"), ("replacements", "lot")),
    "plots": (("lots", "plot"), ("owners", "plot"), ("certificates", "plot")),
    "certificates": (("certificates", "certificate"), ("applications", "certificates")),
    "applications": (("applications", "application"), ("occupancies", "application")),
    "firms and payees": (
        ("owners", "payee"), ("applications", "applicant"), ("certificates", "holder"), ("replacements", "party"),
    ),
}  # fmt: skip
