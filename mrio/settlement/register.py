"""The register: events applied one by one, each wholly or not at all.

Owns the state (reserve, prices, certificates, applications, debts) and what each event does to it.  An event is first
checked against every rule and only then booked, so a refused event leaves the register as it was.  Asserted, all exact:

    credited = available + written off + expired + shortfall          (t, after every event)
    written off + shortfall still owed = bought by applications       (t, after every event)
    receipts = drawn from lots (= due to payees, when payments are made out)   (t and yuan, at the end of a replay)
"""

from __future__ import annotations

import decimal
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from mrio.errors import BalanceError
from mrio.settlement import entry, offset
from mrio.settlement.amounts import EXACT, TONNE_PLACES, ZERO, apportion
from mrio.settlement.booked import Balance, Debt, Settled
from mrio.settlement.events import (
    Application,
    Certificate,
    Event,
    Factor,
    Lot,
    Monitoring,
    Occupancy,
    Owner,
    Price,
    Replacement,
    place,
)
from mrio.settlement.ledger import Ledger
from mrio.settlement.market import Market
from mrio.settlement.refusal import Refusal
from mrio.settlement.reserve import Draws, Expiry, LotAccount, Reserve
from mrio.settlement.rules import Rules


class Register:
    """State of a settlement register; :meth:`apply` brings it forward by one event.

    Parameters
    ----------
    rules : Rules
    owners : sequence of Owner
        Shares of the payees in each plot; they must add up to one.

    Raises
    ------
    Refusal
        Owners given twice, or shares of a plot that do not add up to exactly one.
    """

    def __init__(self, rules: Rules, owners: Sequence[Owner]) -> None:
        self.rules = rules
        with decimal.localcontext(EXACT):
            self.owners = entry.owners_by_plot(owners)
        self.reserve = Reserve(rules.drawing)
        self.market = Market(rules)
        self.plots: dict[str, list[Lot]] = {}
        self.wallet = offset.Wallet(rules)
        self.settled: dict[str, Settled] = {}
        self.occupied: dict[str, Occupancy] = {}
        self.replaced: dict[str, Replacement] = {}
        self.debts: dict[tuple[str, str], Debt] = {}
        self.cancelled: dict[str, Decimal] = {}
        self.ledger = Ledger(rules.receipt_prefix, self.owners)
        self.balances: list[Balance] = []
        self.today = date.min
        self.bought = self.owed = ZERO
        self._area_used: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
        self._handlers: dict[type, Callable[[Any], tuple[str, str]]] = {
            Factor: self._factor,
            Price: self._price,
            Lot: self._lot,
            Monitoring: self._monitoring,
            Replacement: self._replacement,
            Certificate: self._certificate,
            Application: self._application,
            Occupancy: self._occupancy,
        }

    def apply(self, event: Event) -> None:
        """Book one event, or refuse it and leave the register as it was.

        Lots whose last day has passed expire first, whatever the event.

        Raises
        ------
        Refusal
            Naming the row and column the event came from.
        BalanceError
            If an identity fails after the event: a fault of the program, never of the file.
        """
        with decimal.localcontext(EXACT):
            if event.date < self.today:
                found = f"{event.date} after {self.today}"
                raise Refusal(place(event, "date"), found, "events in the order of their dates")
            gone = self.reserve.expire(event.date)
            try:
                kind, reference = self._handlers[type(event)](event)
            except Refusal:
                self.reserve.unexpire(gone)
                raise
            self._book_expiry(gone)
            self.today = event.date
            self._check()
            source, totals = event.record, self.reserve.totals.values()
            self.balances.append(
                Balance(event.date, kind, reference, source.file, source.row, self.reserve.credited, *totals)
            )

    def close(self, day: date) -> None:
        """Bring the register to the end of `day` without a further event: lots past their last day expire."""
        with decimal.localcontext(EXACT):
            self._book_expiry(self.reserve.expire(day))
            self.today = max(self.today, day)

    def audit(self) -> None:
        """Check every identity once more from the single entries, not from running totals."""
        with decimal.localcontext(EXACT):
            self.reserve.audit()
            self._check()
            self.ledger.audit()

    # -- events ------------------------------------------------------------------------------------------------

    def _factor(self, event: Factor) -> tuple[str, str]:
        self.wallet.add_factor(event)
        return "factor", str(event.date)

    def _price(self, event: Price) -> tuple[str, str]:
        self.market.add(event)
        return "price", str(event.date)

    def _lot(self, event: Lot) -> tuple[str, str]:
        entry.check_lot(event, self.rules, self.plots.get(event.plot, []), self.reserve.lots, self.owners)
        self.wallet.check_plot(event)
        self.plots.setdefault(event.plot, []).append(event)
        self.reserve.add(event)
        return "lot", event.lot

    def _certificate(self, event: Certificate) -> tuple[str, str]:
        self.wallet.add(event, self.plots)
        return "certificate", event.certificate

    def _application(self, event: Application) -> tuple[str, str]:
        """Settle B = L - O: offset O from certificates, buy the rest, write it off, all on one day."""
        if event.application in self.settled:
            entry.refuse_twice(event, "application", self.settled[event.application].event)
        uses = self.wallet.plan(event)
        purchase = event.obligation_t - event.offset_t
        draws = self._plan(event, "obligation_t", purchase)
        quote = self.market.quote(event.date, place(event, "date"))
        self.wallet.use(event, uses)
        self.reserve.write_off(draws)
        receipt = self.ledger.sell(event.date, "application", event.application, event.applicant, draws, quote)
        self.settled[event.application] = Settled(event, uses, receipt)
        self.bought += purchase
        return "application", event.application

    def _occupancy(self, event: Occupancy) -> tuple[str, str]:
        """Let land be occupied: only under an application already written off, and not beyond its area."""
        if event.occupancy in self.occupied:
            entry.refuse_twice(event, "occupancy", self.occupied[event.occupancy])
        settled = self.settled.get(event.application)
        entry.check_occupancy(event, settled and settled.event, self._area_used[event.application])
        self.occupied[event.occupancy] = event
        self._area_used[event.application] += event.area_ha
        return "occupancy", event.occupancy

    def _monitoring(self, event: Monitoring) -> tuple[str, str]:
        """Hold measured growth against credit; growth beyond it is not credited, a lack is a shortfall.

        The lack is taken first from what nobody has bought (available, then expired), and only then from what is
        written off: that part is owed by whoever makes the lot's shortfalls good.
        """
        lot = entry.check_monitoring(event, self.reserve.lots, self.rules)
        lot.measured = event.measured_t
        lack = max(ZERO, lot.credited - event.measured_t)
        unsold = ZERO
        for account in ("available", "expired"):
            part = min(lack - unsold, getattr(lot, account))
            if part:
                self.reserve.move(lot, account, "shortfall", part)
            unsold += part
        owed = lack - unsold
        self.cancelled[event.lot] = unsold
        if owed:
            self.reserve.move(lot, "written_off", "shortfall", owed)
            self._owe(event, lot, owed)
        return "monitoring", event.lot

    def _replacement(self, event: Replacement) -> tuple[str, str]:
        """Make a shortfall good: the party buys tonnes of other lots at the day's price."""
        if event.replacement in self.replaced:
            entry.refuse_twice(event, "replacement", self.replaced[event.replacement])
        debt = entry.check_replacement(event, self.debts)
        draws = self._plan(event, "tonnes", event.tonnes, self.reserve.lots[event.lot])
        quote = self.market.quote(event.date, place(event, "date"))
        self.reserve.write_off(draws)
        self.ledger.sell(event.date, "replacement", event.replacement, event.party, draws, quote)
        debt.made_good += event.tonnes
        self.owed -= event.tonnes
        self.replaced[event.replacement] = event
        return "replacement", event.replacement

    # -- booking -----------------------------------------------------------------------------------------------

    def _plan(self, event: Event, column: str, tonnes: Decimal, without: LotAccount | None = None) -> Draws:
        """Return the draws for a purchase, or refuse one beyond what is available."""
        draws = self.reserve.plan(tonnes, without)
        if draws is None:
            held = self.reserve.totals["available"] - (without.available if without is not None else ZERO)
            gone = self.reserve.totals["expired"]
            found = f"a purchase of {tonnes} t where {held} t are available ({gone} t have expired)"
            todo = (
                "wait for new lots or offset more" if held or gone else "nothing was credited by then: check the date"
            )
            raise Refusal(place(event, column), found, "no more than is available", todo)
        return draws

    def _owe(self, event: Monitoring, lot: LotAccount, tonnes: Decimal) -> None:
        """Enter who makes a shortfall good: the developer, or every payee of the plot by share, to the gram."""
        parties = {self.rules.developer: Decimal(1)}
        if self.rules.shortfall_borne(lot.event.mode) == "by_share":
            parties = {owner.payee: owner.share for owner in self.owners[lot.event.plot]}
        for party, part in zip(parties, apportion(tonnes, list(parties.values()), TONNE_PLACES), strict=True):
            if part:
                self.debts[event.lot, party] = Debt(event.date, part)
        self.owed += tonnes

    def _book_expiry(self, gone: Iterable[Expiry]) -> None:
        """Enter the balance at the end of each lot's last day, as it was before the event that brought the day."""
        for lot, day, tonnes, totals in gone:
            if tonnes:
                self.balances.append(Balance(day, "expiry", lot.event.lot, "", None, sum(totals, ZERO), *totals))

    def _check(self) -> None:
        self.reserve.check()
        if self.reserve.totals["written_off"] + self.owed != self.bought:
            raise BalanceError(f"bought {self.bought} t, but {self.reserve.totals} with {self.owed} t owed.")
