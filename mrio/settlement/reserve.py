"""The reserve: lots of forest carbon, where every gram of them stands, and the order in which they are drawn.

Owns the accounts of a lot and the one invariant of the whole register,

    credited = available + written off + expired + shortfall   (t CO2e, exact, for every lot and in total).

Written off: sold and struck out, and backed by growth as far as is known.  Shortfall: credited but not grown.
"""

from __future__ import annotations

from collections import deque
from datetime import date
from decimal import Decimal
from heapq import heappop, heappush
from typing import NamedTuple

from mrio.errors import BalanceError
from mrio.settlement.amounts import TONNE_PLACES, ZERO, apportion
from mrio.settlement.events import Lot

ACCOUNTS = ("available", "written_off", "expired", "shortfall")
#: What a purchase takes: lot and tonnes.
Draws = list[tuple["LotAccount", Decimal]]


class LotAccount:
    """A lot and its four accounts, t CO2e."""

    __slots__ = ("available", "credited", "event", "expired", "measured", "number", "shortfall", "written_off")

    def __init__(self, event: Lot, number: int) -> None:
        self.event, self.number = event, number
        self.credited = self.available = event.credited_t
        self.written_off = self.expired = self.shortfall = ZERO
        self.measured: Decimal | None = None

    def check(self) -> None:
        """Raise :class:`BalanceError` unless the accounts add up to what was credited and none is negative."""
        parts = (self.available, self.written_off, self.expired, self.shortfall)
        if parts[0] + parts[1] + parts[2] + parts[3] != self.credited or min(parts) < 0:
            raise BalanceError(
                f"lot {self.event.lot!r}: credited {self.credited} t, but {', '.join(ACCOUNTS)} are "
                f"{', '.join(map(str, parts))} t; this is a fault of the program, please report it."
            )


class Expiry(NamedTuple):
    """What expired of a lot at the end of its last day, t, and the four totals right after it."""

    lot: LotAccount
    day: date
    tonnes: Decimal
    totals: tuple[Decimal, ...]


class Reserve:
    """All lots, their totals, and the queue in which they are drawn."""

    def __init__(self, drawing: str) -> None:
        self.drawing = drawing
        self.lots: dict[str, LotAccount] = {}
        self.credited = ZERO
        self.totals = dict.fromkeys(ACCOUNTS, ZERO)
        self._queue: deque[LotAccount] = deque()
        self._expiring: list[tuple[date, int, str]] = []

    def add(self, event: Lot) -> LotAccount:
        """Credit a lot: all of it is available."""
        lot = self.lots[event.lot] = LotAccount(event, len(self.lots) + 1)
        self.credited += lot.credited
        self.totals["available"] += lot.credited
        self._queue.append(lot)
        if event.expires is not None:
            heappush(self._expiring, (event.expires, lot.number, event.lot))
        return lot

    def move(self, lot: LotAccount, source: str, target: str, tonnes: Decimal) -> None:
        """Move tonnes of a lot from one account to another; accounts and totals are checked after it."""
        setattr(lot, source, getattr(lot, source) - tonnes)
        setattr(lot, target, getattr(lot, target) + tonnes)
        self.totals[source] -= tonnes
        self.totals[target] += tonnes
        lot.check()

    def check(self) -> None:
        """Raise :class:`BalanceError` unless the totals add up to everything credited."""
        if sum(self.totals.values(), ZERO) != self.credited:
            raise BalanceError(f"credited {self.credited} t, but the accounts hold {self.totals}; please report it.")

    def audit(self) -> None:
        """Check every lot and add all lots up again, independently of the running totals."""
        for lot in self.lots.values():
            lot.check()
        for account, total in {**self.totals, "credited": self.credited}.items():
            again = sum((getattr(lot, account) for lot in self.lots.values()), ZERO)
            if again != total:
                raise BalanceError(f"the lots hold {again} t {account}, the register {total} t; please report it.")

    def plan(self, tonnes: Decimal, without: LotAccount | None = None) -> Draws | None:
        """Return which lots give how much for a purchase, or None where the reserve does not hold so much.

        ``fifo``: the lot that entered first gives all it has before the next gives any.  ``pro_rata``: every lot
        gives in proportion to what it has, to the gram (largest remainder).
        """
        held = self.totals["available"] - (without.available if without is not None else ZERO)
        if tonnes > held:
            return None
        lots = (lot for lot in self._queue if lot is not without and lot.available)
        if self.drawing == "pro_rata":
            giving = list(lots)
            parts = apportion(tonnes, [lot.available for lot in giving], TONNE_PLACES)
            return [(lot, part) for lot, part in zip(giving, parts, strict=True) if part]
        draws, left = [], tonnes
        for lot in lots:
            part = min(left, lot.available)
            draws.append((lot, part))
            left -= part
            if not left:
                break
        return draws

    def write_off(self, draws: Draws) -> None:
        """Strike out what a purchase draws; lots with nothing left leave the head of the queue."""
        drawn = ZERO
        for lot, tonnes in draws:
            lot.available -= tonnes
            lot.written_off += tonnes
            lot.check()
            drawn += tonnes
        self.totals["available"] -= drawn
        self.totals["written_off"] += drawn
        while self._queue and not self._queue[0].available:
            self._queue.popleft()

    def expire(self, day: date) -> list[Expiry]:
        """Take out what lots with a last day before `day` still have; return what expired of which lot."""
        gone = []
        while self._expiring and self._expiring[0][0] < day:
            last, _, name = heappop(self._expiring)
            lot = self.lots[name]
            tonnes = lot.available
            if tonnes:
                self.move(lot, "available", "expired", tonnes)
            gone.append(Expiry(lot, last, tonnes, tuple(self.totals.values())))
        return gone

    def unexpire(self, gone: list[Expiry]) -> None:
        """Undo :meth:`expire` when the event that brought the day was refused."""
        for lot, last, tonnes, _ in gone:
            if tonnes:
                self.move(lot, "expired", "available", tonnes)
            heappush(self._expiring, (last, lot.number, lot.event.lot))
