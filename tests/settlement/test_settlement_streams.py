"""Thousands of random event streams, most of them hostile: whatever comes, every gram and every fen is accounted for.

A stream is a list of moves (kind, days to step, three small numbers); few ids and few amounts, so that repeated ids,
used certificates, purchases beyond the reserve, expired lots, missing prices and dates running backwards are frequent.
"""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from settlement_book import RULES, application, certificate, green, lot, monitoring, occupancy, price, replacement

from mrio.settlement.refusal import Refusal
from mrio.settlement.register import Register
from mrio.settlement.register_files import Record
from mrio.settlement.replaying import replay
from mrio.settlement.reports import statements
from mrio.settlement.reserve import ACCOUNTS
from mrio.settlement.rules import Rules
from mrio.settlement.sheets import OWNERS, SHEETS, parse

KINDS = list(SHEETS)
FIRST = date(2026, 1, 5)
GOOD = ("1", "7.25", "33.333333", "60", "100", "12.5", "20", "0.000001")
AMOUNTS = (*GOOD, *GOOD, "99.999999", "250", "0", "-1", "1.0000001", "５")
SHARES = [["1"], ["0.7", "0.3"], ["0.3333", "0.3333", "0.3334"], ["0.000001", "0.999999"], ["0.5", "0.5"]]
OWNER_ROWS = [
    {"plot": f"P{plot}", "payee": "Company" if k == len(shares) - 1 else f"V{k}", "role": "collective", "share": share}
    for plot, shares in enumerate(SHARES)
    for k, share in enumerate(shares)
]
VARIANTS = [
    {},
    {"drawing": "pro_rata"},
    {"shortfall_joint_development": "by_share", "drawing": "pro_rata"},
    {"shortfall_joint_development": "by_share", "non_trading_day": "refuse"},
    {"averaging_days": 2, "green_power_factor_on": "issue", "price_max_age_days": 400},
]


def row_of(move, day: date, debts: list[tuple[str, str]]) -> tuple[str, dict[str, str]]:
    """Return the sheet and row a move stands for; most replacements aim at a debt there is."""
    kind, _, a, b, c = move
    kind, today, amount = KINDS[kind % len(KINDS)], day.isoformat(), AMOUNTS[b % len(AMOUNTS)]
    soon = (day + timedelta(days=10 * (c % 60))).isoformat()
    if kind == "factors":
        return kind, {"date": today, "t_per_mwh": f"0.{a % 9}{b % 10}1", "source": "x"}
    if kind == "prices":
        return kind, price(today, f"{80 + a % 40}.{b % 100:02d}")
    if kind == "lots":
        plot, period = (a if c % 9 else a + 1) % 5, f"{2023 + 3 * (c % 3 == 0)}-0{1 + a % 4}-01"
        changes = {"plot": f"P{plot}", "period_start": period, "expires": soon if c % 5 else ""}
        return kind, lot(a % 7, amount, date=today, planted="2020-01-01", **changes)
    if kind == "monitoring":
        return kind, monitoring(a % 5, GOOD[b % 8], today)
    if kind == "replacements":
        owing, party = debts[a % len(debts)] if debts and c % 4 else (f"L{a % 5}", ("Company", "V0")[c % 2])
        return kind, replacement(f"R{a % 90}", lot=owing, party=party, tonnes=GOOD[b % 8], date=today)
    if kind == "certificates":
        make, plot = (certificate, f"{'XP'[b % 9 == 0]}{b % 5}") if a % 2 else (green, "")
        changes = {"plot": plot, "expires": soon, "issued": "2026-01-02", "holder": ("Buyer", "Other")[c % 7 == 0]}
        return kind, make(f"C{b % 12}", quantity=GOOD[c % 8], date=today, **changes)
    if kind == "applications":
        listed = ";".join(f"C{(b + 5 * k) % 12}" for k in range((0, 1, 1, 2)[c % 4]))
        changes = {"offset_t": ("0.5", "5", "0.000001", amount)[a % 4] if listed else "0", "certificates": listed}
        return kind, application(f"A{a % 12}", amount, date=today, **changes)
    return kind, occupancy(f"O{b % 15}", application=f"A{a % 12}", area_ha=("1", "2", "0.5", "2.5")[c % 4], date=today)


def new_register(rules) -> Register:
    """Return an empty register whose plots P0-P4 have owners."""
    owners = [parse(OWNERS, Record("owners.csv", k, row)) for k, row in enumerate(OWNER_ROWS, 2)]
    return Register(Rules.from_mapping({**RULES, **rules}), owners)


def picture(register: Register) -> tuple:
    """Return everything that can be seen of a register."""
    shown = ("measured", *ACCOUNTS)
    lots = {name: [getattr(lot, account) for account in shown] for name, lot in register.reserve.lots.items()}
    debts = {key: (debt.owed, debt.made_good) for key, debt in register.debts.items()}
    known = [list(d) for d in (register.wallet.certificates, register.wallet.used, register.settled, register.occupied)]
    ledger = (len(register.ledger.receipts), len(register.ledger.draws), register.ledger.charged)
    dates = (len(register.market.days), len(register.wallet.factors), len(register.balances), register.today)
    return lots, dict(register.reserve.totals), debts, known, ledger, dates, register.bought, register.owed


def run(moves, rules) -> tuple[Register, dict[str, list[Record]]]:
    """Apply a stream one row at a time; a refusal must leave no trace.  Return the register and the accepted rows."""
    register, day, rank = new_register(rules), FIRST, 0
    before = picture(register)
    taken: dict[str, list[Record]] = {"owners": [Record("owners.csv", k, r) for k, r in enumerate(OWNER_ROWS, 2)]}
    for number, move in enumerate(moves, 2):
        step = move[1] % 60 - 5 if move[1] % 12 == 0 else move[1] % 3
        if move[0] % len(KINDS) < rank:
            step = step or 1  # within a day the sheets come in their order
        sheet, row = row_of(move, day + timedelta(days=step), list(register.debts))
        record = Record(f"{sheet}.csv", number, row)
        try:
            register.apply(parse(SHEETS[sheet], record))
        except Refusal as refusal:
            assert picture(register) == before
            assert (refusal.place.row, refusal.place.file) == (number, f"{sheet}.csv") and refusal.place.column in row
        else:
            taken.setdefault(sheet, []).append(record)
            day, rank, before = register.today, KINDS.index(sheet), picture(register)
            assert register.reserve.credited == sum(register.reserve.totals.values())
    return register, taken


def recount(register: Register) -> None:
    """Check the whole register again from its single entries, by other means than its own."""
    register.audit()
    drawn, draws, receipts = Counter(), register.ledger.draws, register.ledger.receipts
    for draw in draws:
        drawn[draw.lot] += draw.tonnes
        last_day = register.reserve.lots[draw.lot].event.expires
        assert draw.tonnes > 0 and (last_day is None or draw.date <= last_day)
    for name, account in register.reserve.lots.items():
        sold, cancelled = drawn[name], register.cancelled.get(name, Decimal(0))
        assert account.credited == account.available + account.expired + cancelled + sold
        assert sold == account.written_off + account.shortfall - cancelled
        if account.measured is not None:
            assert account.credited - account.shortfall == min(account.credited, account.measured)
    used = Counter(use.certificate.certificate for s in register.settled.values() for use in s.uses)
    assert all(times == 1 for times in used.values())
    for settled in register.settled.values():
        event, receipt = settled.event, settled.receipt
        assert event.offset_t + receipt.tonnes == event.obligation_t
        assert sum(use.used for use in settled.uses) == event.offset_t <= Fraction(4, 5) * Fraction(event.obligation_t)
        assert receipt.quote.date < event.date
        assert all(use.used > 0 and use.lapsed >= 0 for use in settled.uses)
    for receipt in receipts:
        exact = Fraction(receipt.tonnes) * Fraction(receipt.quote.average) * Fraction(3, 10)
        assert int(exact * 100 + Fraction(1, 2)) == int(receipt.cost * 100)
    by_year = Counter()
    for receipt in receipts:
        by_year[receipt.date.year] += 1
        assert receipt.number == f"YM-{receipt.date.year}-{by_year[receipt.date.year]:06d}"
    paid = Counter()
    for payment in register.ledger.payments():
        assert payment.yuan >= 0
        paid[payment.receipt] += payment.yuan
    assert all(paid[receipt.number] == receipt.cost for receipt in receipts)
    area = Counter()
    for event in register.occupied.values():
        area[event.application] += event.area_ha
        assert event.date >= register.settled[event.application].event.date
        assert area[event.application] <= register.settled[event.application].event.area_ha
    plots = {event.plot for account in register.reserve.lots.values() for event in [account.event]}
    assert not plots & {c.plot for c in register.wallet.certificates.values() if c.kind == "carbon_ticket"}
    days = [balance.date for balance in register.balances]
    assert days == sorted(days)
    for b in register.balances:
        assert b.credited == b.available + b.written_off + b.expired + b.shortfall
        assert min(b.available, b.written_off, b.expired, b.shortfall) >= 0


def random_moves(seed: int) -> list[tuple[int, ...]]:
    """Return a stream with enough of everything: a factor, a price and some lots first, then anything, often prices."""
    source = random.Random(seed)
    lots = [(2, 1, k, source.randrange(2, 7), source.randrange(400)) for k in range(4)]
    kinds = source.choices(range(len(KINDS)), weights=(1, 9, 2, 5, 8, 7, 14, 4), k=60)
    return [(0, 1, 5, 1, 1), (1, 1, 1, 1, 1), *lots] + [(k, *(source.randrange(1000) for _ in range(4))) for k in kinds]


@pytest.mark.parametrize("variant", range(len(VARIANTS)))
def test_hundreds_of_random_streams_a_rule_set_account_for_every_gram(variant):
    seen = Counter()
    for seed in range(400):
        register, _ = run(random_moves(seed), VARIANTS[variant])
        recount(register)
        seen.update(balance.event for balance in register.balances)
        seen["offset"] += bool(register.wallet.used)
        seen["debt"] += bool(register.debts)
    # the streams are worth something only if they reach every corner
    for corner in ("application", "expiry", "monitoring", "replacement", "occupancy", "offset", "debt"):
        assert seen[corner] >= 5, (corner, seen)


moves = st.lists(st.tuples(st.integers(0, 7), *[st.integers(0, 999)] * 4), max_size=30)


@settings(max_examples=100)
@given(opening=st.lists(st.sampled_from([2, 1]), min_size=2, max_size=5), rest=moves, variant=st.sampled_from(VARIANTS))
def test_any_stream_accounts_for_every_gram(opening, rest, variant):
    stream = [(kind, 1, k, 4, k) for k, kind in enumerate(opening)] + rest
    register, _ = run(stream, variant)
    recount(register)


@pytest.mark.parametrize("variant", VARIANTS)
def test_replaying_the_accepted_rows_gives_the_same_statements(variant):
    for seed in range(10):
        register, taken = run(random_moves(seed), variant)
        again = replay(taken, register.rules)
        assert again.refusal is None
        assert picture(again.register) == picture(register)
        twice = replay(taken, register.rules)
        for name, table in statements(again).items():
            assert table.equals(statements(twice)[name])
