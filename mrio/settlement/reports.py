"""The statements of a register: tables for the county office, the occupiers, the owners and the auditor.

Every table is a function of the replayed register only, so the same events give the same statement.  How they are
written, in which language, is in :mod:`.wording`.
"""

from __future__ import annotations

import decimal
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import pandas as pd

from mrio.settlement.amounts import EXACT, SHARE_PLACES, TONNE_PLACES, ZERO, last_day_of, percent
from mrio.settlement.ledger import Payment
from mrio.settlement.register import Register
from mrio.settlement.replaying import Outcome
from mrio.settlement.reserve import LotAccount
from mrio.settlement.statement_names import STATEMENTS

#: Names of the columns, separated by blanks, and rows.
Statement = tuple[str, Iterable[Iterable[object]]]


def statements(outcome: Outcome) -> dict[str, pd.DataFrame]:
    """Return every statement of a replayed register by name, amounts as exact decimals (object columns)."""
    register = outcome.register
    with decimal.localcontext(EXACT):
        payments = register.ledger.payments()
        rows: dict[str, Statement] = {
            "summary": _summary(outcome),
            "balance": _balance(register),
            "applications": _applications(register),
            "receipts": _receipts(register),
            "draws": ("receipt date lot plot tonnes_t cost_yuan", register.ledger.draws),
            "payments": ("receipt date lot payee role share due_yuan", payments),
            "payees": _payees(payments),
            "offsets": _offsets(register),
            "certificates": _certificates(register),
            "lots": _lots(register),
            "shortfalls": _shortfalls(register),
            "occupancies": _occupancies(register),
        }
        return {name: _frame(*rows[name]) for name in STATEMENTS}


def _frame(columns: str, entries: Iterable) -> pd.DataFrame:
    return pd.DataFrame([tuple(entry) for entry in entries], columns=columns.split(), dtype=object)


def _summary(outcome: Outcome) -> Statement:
    register = outcome.register
    totals, rules = register.reserve.totals, register.rules
    available, bought_share = totals["available"], 1 - rules.offset_cap
    stopped = str(outcome.refusal) if outcome.refusal is not None else None
    entries = [
        ("county", rules.county),
        ("note", " / ".join(filter(None, (rules.note_zh, rules.note))) or None),
        ("as of", register.today if register.today != date.min else None),
        ("state", "stopped" if stopped else "complete"),
        ("stopped at", stopped),
        ("events booked", outcome.applied),
        ("rows not booked", outcome.later + (stopped is not None)),
        ("credited (t)", register.reserve.credited),
        *((f"{account.replace('_', ' ')} (t)", totals[account]) for account in totals),
        ("largest obligation without offset (t)", available),
        ("largest obligation with full offset (t)", _largest(available, bought_share)),
        ("shortfall still owed (t)", register.owed),
        ("charged (yuan)", register.ledger.charged),
        ("receipts", len(register.ledger.receipts)),
    ]
    return "item value", entries


def _largest(available: Decimal, bought_share: Decimal) -> Decimal | None:
    """Return the largest L, to the gram below, whose least purchase (1 - cap) L is available; None if cap is 1."""
    if not bought_share:
        return None
    grams = int(available.scaleb(TONNE_PLACES + SHARE_PLACES)) // int(bought_share.scaleb(SHARE_PLACES))
    return Decimal(grams).scaleb(-TONNE_PLACES)


def _balance(register: Register) -> Statement:
    return "date event reference file row credited_t available_t written_off_t expired_t shortfall_t", register.balances


def _applications(register: Register) -> Statement:
    columns = (
        "application date applicant project area_ha obligation_t offset_t purchase_t offset_share_pct price_date "
        "average_yuan_per_t unit_yuan_per_t cost_yuan receipt"
    )
    entries = []
    for settled in register.settled.values():
        e, receipt, quote = settled.event, settled.receipt, settled.receipt.quote
        asked = (e.application, e.date, e.applicant, e.project, e.area_ha, e.obligation_t, e.offset_t)
        share = percent(e.offset_t, e.obligation_t)
        price = (quote.date, quote.average, quote.unit)
        entries.append((*asked, receipt.tonnes, share, *price, receipt.cost, receipt.number))
    return columns, entries


def _receipts(register: Register) -> Statement:
    columns = "receipt date kind reference buyer tonnes_t price_date average_yuan_per_t unit_yuan_per_t cost_yuan"
    entries = [(*r[:6], r.quote.date, r.quote.average, r.quote.unit, r.cost) for r in register.ledger.receipts]
    return columns, entries


def _payees(payments: list[Payment]) -> Statement:
    """Return what each payee is due in all, largest first, with the total."""
    due: defaultdict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    for payment in payments:
        due[payment.payee, payment.role] += payment.yuan
    ranked = sorted(due.items(), key=lambda entry: (-entry[1], entry[0]))
    entries = [(payee, role, yuan) for (payee, role), yuan in ranked]
    return "payee role due_yuan", [*entries, (None, "total", sum(due.values(), ZERO))]


def _offsets(register: Register) -> Statement:
    columns = "application certificate kind quantity unit factor_t_per_mwh worth_t used_t lapsed_t"
    entries = []
    for use in register.wallet.used.values():
        c, factor = use.certificate, use.factor.t_per_mwh if use.factor else None
        entries.append(
            (use.application, c.certificate, c.kind, c.quantity, c.unit, factor, use.worth, use.used, use.lapsed)
        )
    return columns, entries


def _certificates(register: Register) -> Statement:
    columns = "certificate date holder kind quantity unit plot expires status application"
    entries = []
    for c in register.wallet.certificates.values():
        use = register.wallet.used.get(c.certificate)
        status = "used" if use else "expired" if c.expires < register.today else "valid"
        face = (c.certificate, c.date, c.holder, c.kind, c.quantity, c.unit, c.plot, c.expires)
        entries.append((*face, status, use.application if use else None))
    return columns, entries


def _lots(register: Register) -> Statement:
    columns = (
        "lot plot township species area_ha date period_start period_end expires credited_t available_t written_off_t "
        "expired_t shortfall_t measured_t excess_t status"
    )
    entries = []
    for lot in register.reserve.lots.values():
        e, end = lot.event, last_day_of(lot.event.period_start, register.rules.monitoring_years)
        excess = max(ZERO, lot.measured - lot.credited) if lot.measured is not None else None
        facts = (e.lot, e.plot, e.township, e.species, e.area_ha, e.date, e.period_start, end, e.expires)
        accounts = (lot.credited, lot.available, lot.written_off, lot.expired, lot.shortfall)
        entries.append((*facts, *accounts, lot.measured, excess, _status(lot, end, register.today)))
    return columns, entries


def _status(lot: LotAccount, period_end: date, today: date) -> str:
    """Return what an officer has to know first about a lot."""
    if lot.measured is not None:
        return "measured"
    if today > period_end:
        return "monitoring overdue"
    if lot.available:
        return "open"
    return "expired" if lot.expired else "sold out"


def _shortfalls(register: Register) -> Statement:
    """Return every measured lot that grew less than credited: one row for each party that owes, or one without."""
    columns = "lot plot credited_t measured_t shortfall_t cancelled_t party owed_t made_good_t outstanding_t"
    entries: list[tuple] = []
    debts: defaultdict[str, list[tuple]] = defaultdict(list)
    for (of_lot, party), debt in register.debts.items():
        debts[of_lot].append((party, debt.owed, debt.made_good, debt.outstanding))
    for name, lot in register.reserve.lots.items():
        if lot.shortfall:
            facts = (name, lot.event.plot, lot.credited, lot.measured, lot.shortfall, register.cancelled[name])
            entries += [facts + owed for owed in debts[name] or [(None, ZERO, ZERO, ZERO)]]
    return columns, entries


def _occupancies(register: Register) -> Statement:
    columns = "occupancy date application area_ha receipt"
    entries = [
        (o.occupancy, o.date, o.application, o.area_ha, register.settled[o.application].receipt.number)
        for o in register.occupied.values()
    ]
    return columns, entries
