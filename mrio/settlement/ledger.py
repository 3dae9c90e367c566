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

from mrio.errors import BalanceError
from mrio.settlement.amounts import (
    SHARE_PLACES,
    YUAN_PLACES,
    ZERO,
    apportion,
    from_units,
    half_up_to_fen,
    split_amount,
    to_units,
)
from mrio.settlement.events import Owner
from mrio.settlement.market import Quote
from mrio.settlement.reserve import Draws


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
    date: date
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

    def __init__(self, prefix: str, owners: Mapping[str, tuple[Owner, ...]]) -> None:
        self.prefix, self.owners = prefix, owners
        self.receipts: list[Receipt] = []
        self._draws: list[tuple] = []  # plain tuples: a purchase pro rata makes one for every lot
        self.charged = ZERO
        self._serial: defaultdict[int, int] = defaultdict(int)

    def sell(self, day: date, kind: str, reference: str, buyer: str, draws: Draws, quote: Quote) -> Receipt:
        """Number the receipt of a purchase and split its cost over lots and payees."""
        tonnes = sum((part for _, part in draws), ZERO)
        cost = half_up_to_fen(tonnes * quote.unit)
        self._serial[day.year] += 1
        number = f"{self.prefix}-{day.year}-{self._serial[day.year]:06d}"
        for (lot, part), yuan in zip(draws, apportion(cost, [part for _, part in draws], YUAN_PLACES), strict=True):
            self._draws.append((number, day, lot.event.lot, lot.event.plot, part, yuan))
        self.charged += cost
        receipt = Receipt(number, day, kind, reference, buyer, tonnes, quote, cost)
        self.receipts.append(receipt)
        return receipt

    @property
    def draws(self) -> list[Draw]:
        """What every receipt took from every lot, in order."""
        return [Draw(*draw) for draw in self._draws]

    def payments(self) -> list[Payment]:
        """Return what is due to every payee, draw by draw, by share; a pure function of the draws.

        Raises
        ------
        BalanceError
            If the payments do not add up to what was charged, to the fen.
        """
        shares = {p: [to_units(owner.share, SHARE_PLACES) for owner in owners] for p, owners in self.owners.items()}
        due, total = [], 0
        for draw in self.draws:
            parts = split_amount(to_units(draw.yuan, YUAN_PLACES), shares[draw.plot])
            total += sum(parts)
            for owner, part in zip(self.owners[draw.plot], parts, strict=True):
                yuan = from_units(part, YUAN_PLACES)
                due.append(Payment(draw.receipt, draw.date, draw.lot, owner.payee, owner.role, owner.share, yuan))
        if from_units(total, YUAN_PLACES) != self.charged:
            raise BalanceError(f"charged {self.charged} yuan, but {total} fen are due to payees; please report it.")
        return due

    def audit(self) -> None:
        """Raise :class:`BalanceError` unless receipts, draws and running totals agree."""
        sold = sum((receipt.tonnes for receipt in self.receipts), ZERO)
        drawn = sum((draw[-2] for draw in self._draws), ZERO)
        cost = sum((receipt.cost for receipt in self.receipts), ZERO)
        by_lot = sum((draw[-1] for draw in self._draws), ZERO)
        if drawn != sold or not cost == by_lot == self.charged:
            found = f"sold {sold} t, drew {drawn} t, charged {self.charged} yuan, receipts {cost}, lots {by_lot}"
            raise BalanceError(f"{found}; please report it.")
