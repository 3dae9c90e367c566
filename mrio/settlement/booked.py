"""What a register has booked: its balance after every event, settled applications, and shortfalls to make good."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import NamedTuple

from mrio.settlement.amounts import ZERO
from mrio.settlement.events import Application
from mrio.settlement.ledger import Receipt
from mrio.settlement.offset import Use


class Balance(NamedTuple):
    """The reserve after an event, t CO2e."""

    date: datetime.date
    event: str
    reference: str
    file: str
    row: int | None
    credited: Decimal
    available: Decimal
    written_off: Decimal
    expired: Decimal
    shortfall: Decimal


class Debt:
    """Tonnes a party has to make good for a lot that grew less than was written off."""

    __slots__ = ("date", "made_good", "owed")

    def __init__(self, day: datetime.date, owed: Decimal) -> None:
        self.date, self.owed, self.made_good = day, owed, ZERO

    @property
    def outstanding(self) -> Decimal:
        """What is still to be made good, t."""
        return self.owed - self.made_good


class Settled(NamedTuple):
    """An application that was settled: its event, the certificates used and the receipt of its purchase."""

    event: Application
    uses: tuple[Use, ...]
    receipt: Receipt
