"""What a lot must show before it enters the reserve, and what a monitoring result must before it counts.

Entry: three species planted at least three years before, a public notice without objection that has ended, acquired by
joint development or purchase; the same growth of the same plot never twice; somebody to be paid.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import NoReturn

from mrio.errors import did_you_mean
from mrio.settlement.amounts import ZERO, last_day_of, years_after
from mrio.settlement.booked import Debt
from mrio.settlement.events import Application, Event, Lot, Monitoring, Occupancy, Owner, Replacement, place
from mrio.settlement.refusal import Refusal
from mrio.settlement.reserve import LotAccount
from mrio.settlement.rules import Rules

#: What must not change between two lots of one plot.
PLOT_FACTS = ("township", "species", "planted", "area_ha")


def owners_by_plot(owners: Iterable[Owner]) -> dict[str, tuple[Owner, ...]]:
    """Return the owners of each plot, refusing a payee given twice and shares that do not add up to exactly one."""
    plots: dict[str, list[Owner]] = {}
    for owner in owners:
        known = plots.setdefault(owner.plot, [])
        if any(other.payee == owner.payee for other in known):
            found = f"{owner.payee!r} a second time for plot {owner.plot!r}"
            raise Refusal(place(owner, "payee"), found, "each payee once for each plot")
        known.append(owner)
    for plot, known in plots.items():
        total = sum((owner.share for owner in known), ZERO)
        if total != 1:
            found = f"shares of plot {plot!r} that add up to {total}"
            raise Refusal(
                place(known[-1], "share"),
                found,
                "exactly 1",
                "write thirds so that they add up, 0.3333 twice and 0.3334",
            )
    return {plot: tuple(known) for plot, known in plots.items()}


def check_lot(
    event: Lot,
    rules: Rules,
    earlier: Sequence[Lot],
    lots: Mapping[str, LotAccount],
    owners: Mapping[str, tuple[Owner, ...]],
) -> None:
    """Refuse a lot that may not enter the reserve.

    Parameters
    ----------
    earlier : sequence of Lot
        Lots of the same plot already in the reserve.
    lots : mapping
        All lots by id.
    owners : mapping
        Payees by plot.
    """
    if event.lot in lots:
        first = lots[event.lot].event.record.row
        found = f"lot {event.lot!r} a second time (first in row {first})"
        raise Refusal(place(event, "lot"), found, "each lot once", "give it a new number or take the row out")
    if event.plot not in owners:
        found = f"plot {event.plot!r} without owners" + did_you_mean(event.plot, owners)
        raise Refusal(place(event, "plot"), found, "at least one payee in owners.csv")
    if event.species not in rules.species:
        found = repr(event.species) + did_you_mean(event.species, rules.species)
        raise Refusal(place(event, "species"), found, f"one of {', '.join(rules.species)}")
    ripe = years_after(event.planted, rules.minimum_age_years)
    if event.date < ripe:
        found = f"planted {event.planted}, entered {event.date}"
        raise Refusal(
            place(event, "planted"), found, f"{rules.minimum_age_years} full years", f"enter it from {ripe} on"
        )
    _check_notice(event, rules)
    if event.expires is not None and event.expires < event.date:
        raise Refusal(place(event, "expires"), f"{event.expires}, before its entry {event.date}", "a lot still valid")
    _check_growth(event, rules)
    for other in earlier:
        _check_same_plot(event, other, rules)


def _check_notice(event: Lot, rules: Rules) -> None:
    """Refuse a lot without a public notice of the required length that has ended without objection."""
    if event.notice_to < event.notice_from:
        raise Refusal(place(event, "notice_to"), f"{event.notice_to}, before it began", "the last day of the notice")
    days = (event.notice_to - event.notice_from).days + 1
    if days < rules.notice_days:
        raise Refusal(place(event, "notice_to"), f"a public notice of {days} days", f"{rules.notice_days} or more")
    if event.notice_to >= event.date:
        found = f"a public notice until {event.notice_to}, entry {event.date}"
        raise Refusal(place(event, "notice_to"), found, "a notice that has ended", "enter it the day after or later")
    if event.objections:
        raise Refusal(place(event, "objections"), f"{event.objections} objections", "none", "settle them first")


def _check_growth(event: Lot, rules: Rules) -> None:
    """Refuse a credit beyond what any stand grows: it is a mistake of unit."""
    most = rules.max_t_per_ha_year * event.area_ha * Decimal(rules.monitoring_years)
    if event.credited_t > most:
        found = f"{event.credited_t} t on {event.area_ha} ha in {rules.monitoring_years} years"
        todo = "check that it is tonnes and hectares"
        raise Refusal(place(event, "credited_t"), found, f"at most {rules.max_t_per_ha_year} t/ha/a", todo)


def _check_same_plot(event: Lot, other: Lot, rules: Rules) -> None:
    """Refuse a lot that contradicts an earlier lot of its plot, or credits the same growth again."""
    for fact in PLOT_FACTS:
        mine, theirs = getattr(event, fact), getattr(other, fact)
        if mine != theirs:
            found = f"{mine} for plot {event.plot!r}, which is {theirs} in row {other.record.row}"
            raise Refusal(place(event, fact), found, "one description of each plot", "correct the wrong one")
    mine, theirs = (last_day_of(lot.period_start, rules.monitoring_years) for lot in (event, other))
    if event.period_start <= theirs and other.period_start <= mine:
        found = f"the period {event.period_start} to {mine} of plot {event.plot!r}, already credited to {theirs}"
        todo = f"a further lot can begin on {theirs + timedelta(days=1)}"
        raise Refusal(place(event, "period_start"), found, "growth that no lot has been credited for", todo)


def check_monitoring(event: Monitoring, lots: Mapping[str, LotAccount], rules: Rules) -> LotAccount:
    """Return the lot a monitoring result is about, refusing an unknown lot, a second result and one too early."""
    lot = lots.get(event.lot)
    if lot is None:
        found = f"lot {event.lot!r}, which is not in the reserve by {event.date}" + did_you_mean(event.lot, lots)
        raise Refusal(place(event, "lot"), found, "a lot of the reserve")
    if lot.measured is not None:
        raise Refusal(place(event, "lot"), f"lot {event.lot!r} measured a second time", "one result for each lot")
    end = last_day_of(lot.event.period_start, rules.monitoring_years)
    if event.date <= end:
        found = f"a result of {event.date} for a period until {end}"
        raise Refusal(place(event, "date"), found, "a result from after the period")
    return lot


def check_occupancy(event: Occupancy, application: Application | None, occupied_ha: Decimal) -> None:
    """Refuse an occupancy under an application for which nothing is written off, or beyond the area it paid for."""
    if application is None:
        found = f"application {event.application!r}, for which nothing has been written off by {event.date}"
        raise Refusal(place(event, "application"), found, "compensation before occupancy", "settle it first")
    left = application.area_ha - occupied_ha
    if event.area_ha > left:
        found = f"{event.area_ha} ha where {left} ha of {event.application!r} are left"
        raise Refusal(place(event, "area_ha"), found, "no more land than was compensated for", "apply for the rest")


def check_replacement(event: Replacement, debts: Mapping[tuple[str, str], Debt]) -> Debt:
    """Return the shortfall a replacement makes good, refusing a party that owes nothing and more than is owed."""
    debt = debts.get((event.lot, event.party))
    if debt is None:
        found = f"{event.party!r}, who owes nothing for lot {event.lot!r}"
        todo = "look for the lot's row in monitoring.csv: who owes is known once a lot is measured"
        raise Refusal(place(event, "party"), found, "a party with a shortfall to make good", todo)
    if event.tonnes > debt.outstanding:
        found = f"{event.tonnes} t where {debt.outstanding} t are outstanding"
        raise Refusal(place(event, "tonnes"), found, "no more than the shortfall")
    return debt


def refuse_twice(event: Event, column: str, first: Event) -> NoReturn:
    """Refuse an event whose number has been booked before."""
    found = f"{getattr(event, column)!r} a second time (first in row {first.record.row})"
    raise Refusal(place(event, column), found, "each only once", "give it a new number or take the row out")
