"""The ledger: receipts with serial numbers, what each lot gave, and what is due to every payee, to the fen.

cost = half up to the fen of (tonnes x unit price); split over lots by tonnes and over payees by share, both by
largest remainder, so that parts always add up to the cost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ..errors import BalanceError
from .amounts import YUAN_PLACES, ZERO, apportion, half_up_to_fen
from .events import Lot, Owner
from .market import Quote
from .reserve import Draws


class Receipt(NamedTuple):
    """A purchase from the reserve, settled and written off."""

    number: str
    date: date
    kind: str
    reference: str
    buyer: str
    tonnes: Decimal
    quote: Quote
    cost: Decimal


class Draw(NamedTuple):
    """What one receipt takes from one lot, and its part of the cost."""

    receipt: str
    lot: str
    plot: str
    tonnes: Decimal
    yuan: Decimal


class Payment(NamedTuple):
    """What is due to one payee out of one draw."""

    receipt: str
    date: date
    lot: str
    payee: str
    role: str
    share: Decimal
    yuan: Decimal


class Ledger:
    """Receipts, draws and payments of a register.

    Parameters
    ----------
    prefix : str
        What receipt numbers begin with; a number is prefix, year and a running number within the year.
    owners : mapping
        Payees by plot, shares adding up to one.
    """

    def __init__(self, prefix: str, owners: Mapping[str, tuple[Owner, ...]]):
        self.prefix, self.owners = prefix, owners
        self.receipts: list[Receipt] = []
        self.draws: list[Draw] = []
        self.payments: list[Payment] = []
        self.charged = self.due = ZERO
        self._serial: defaultdict[int, int] = defaultdict(int)

    def sell(self, day: date, kind: str, reference: str, buyer: str, draws: Draws, quote: Quote) -> Receipt:
        """Number the receipt of a purchase and split its cost over lots and payees."""
        tonnes = sum((part for _, part in draws), ZERO)
        cost = half_up_to_fen(tonnes * quote.unit)
        self._serial[day.year] += 1
        number = f"{self.prefix}-{day.year}-{self._serial[day.year]:06d}"
        for (lot, part), yuan in zip(draws, apportion(cost, [part for _, part in draws], YUAN_PLACES), strict=True):
            self.draws.append(Draw(number, lot.event.lot, lot.event.plot, part, yuan))
            self._pay(number, day, lot.event, yuan)
        self.charged += cost
        receipt = Receipt(number, day, kind, reference, buyer, tonnes, quote, cost)
        self.receipts.append(receipt)
        return receipt

    def check(self) -> None:
        """Raise :class:`BalanceError` unless what is charged is due to somebody."""
        if self.due != self.charged:
            raise BalanceError(f"charged {self.charged} yuan, but {self.due} yuan are due; please report it.")

    def audit(self) -> None:
        """Add up receipts, draws and payments again, independently of the running totals."""
        sold = sum((receipt.tonnes for receipt in self.receipts), ZERO)
        drawn = sum((draw.tonnes for draw in self.draws), ZERO)
        cost = sum((receipt.cost for receipt in self.receipts), ZERO)
        by_lot = sum((draw.yuan for draw in self.draws), ZERO)
        paid = sum((payment.yuan for payment in self.payments), ZERO)
        if drawn != sold or not cost == by_lot == paid == self.charged:
            raise BalanceError(
                f"sold {sold} t and drew {drawn} t; charged {self.charged} yuan, receipts {cost}, lots {by_lot}, "
                f"payees {paid}; please report it."
            )

    def _pay(self, number: str, day: date, lot: Lot, yuan: Decimal) -> None:
        """Enter what is due to every payee of a plot by share."""
        owners = self.owners[lot.plot]
        for owner, part in zip(owners, apportion(yuan, [o.share for o in owners], YUAN_PLACES), strict=True):
            self.payments.append(Payment(number, day, lot.lot, owner.payee, owner.role, owner.share, part))
            self.due += part
