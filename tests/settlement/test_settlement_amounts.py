"""Exact arithmetic of the register: fen, grams, whole years, whatever the caller's context."""

from __future__ import annotations

import decimal
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from settlement_book import (
    accepted,
    application,
    base,
)

from mrio.settlement.amounts import EXACT, apportion, half_up_to_fen, last_day_of, years_after
from mrio.settlement.reports import statements

D = Decimal


def test_half_a_fen_is_rounded_up():
    assert half_up_to_fen(D("72462.72555")) == D("72462.73")
    assert half_up_to_fen(D("0.005")) == D("0.01") and half_up_to_fen(D("0.004999")) == D("0.00")


def test_the_register_does_not_depend_on_the_arithmetic_of_its_caller():
    sheets = base(applications=[application("A1", "99.123457")])
    here = statements(accepted(sheets))["receipts"]
    with decimal.localcontext(decimal.Context(prec=3)):
        there = statements(accepted(sheets))["receipts"]
    assert here.equals(there) and here.iloc[0]["cost_yuan"] == D("2906.50")  # 99.123457 x 29.322 = 2906.498...


def test_arithmetic_that_would_lose_a_digit_raises():
    with decimal.localcontext(EXACT), pytest.raises(decimal.Inexact):
        D(1) / D(3)


@given(
    total=st.integers(0, 10**15),
    weights=st.lists(st.integers(0, 10**15), min_size=1, max_size=30).filter(any),
)
def test_parts_add_up_are_near_their_quota_and_never_exceed_their_weight(total, weights):
    total = min(total, sum(weights))
    parts = apportion(D(total).scaleb(-6), [D(weight).scaleb(-6) for weight in weights], 6)
    grams = [int(part.scaleb(6)) for part in parts]
    assert sum(grams) == total
    for part, weight in zip(grams, weights, strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1
        assert 0 <= part <= weight


def test_whole_years_end_on_the_day_before_the_anniversary():
    assert last_day_of(date(2025, 1, 1), 3) == date(2027, 12, 31)
    assert years_after(date(2024, 2, 29), 3) == date(2027, 3, 1)
    assert years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)
