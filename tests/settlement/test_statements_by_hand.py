"""Statements of a register by hand: what an officer reads of every lot and certificate, on every kind of day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from settlement_book import RULES, application, base, certificate, green, lot, monitoring, price, records

from mrio.settlement.replaying import replay
from mrio.settlement.reports import STATEMENTS, statements
from mrio.settlement.rules import Rules
from mrio.settlement.wording import _column_text


def told(sheets, as_of, **rules):
    outcome = replay(records(sheets), Rules.from_mapping({**RULES, **rules}), as_of)
    assert outcome.refusal is None, outcome.refusal
    found = statements(outcome)
    assert tuple(found) == STATEMENTS
    return found


def statuses(found, name, key):
    return dict(zip(found[name][key], found[name]["status"], strict=True))


#: Two lots of 100 and 50 t for 2025-2027 that expire at the end of 2030; 100 t are sold on 9 January 2026.
SOLD = base(applications=[application("A1", "100")])


@pytest.mark.parametrize(
    ("day", "first", "second"),
    [
        (date(2026, 1, 7), "open", "open"),
        (date(2026, 1, 9), "sold out", "open"),
        (date(2027, 12, 31), "sold out", "open"),  # the last day of three years from 1 January 2025
        (date(2028, 1, 1), "monitoring overdue", "monitoring overdue"),
    ],
)
def test_a_lot_is_open_until_it_is_sold_and_overdue_after_its_period(day, first, second):
    assert statuses(told(SOLD, day), "lots", "lot") == {"L1": first, "L2": second}


def test_a_lot_that_was_measured_is_so_whatever_else_it_is():
    sheets = {**SOLD, "monitoring": [monitoring(1, "120"), monitoring(2, "50")]}
    found = told(sheets, date(2028, 3, 1))["lots"].set_index("lot")
    assert found["status"].tolist() == ["measured", "measured"]
    assert found["excess_t"].tolist() == [20, 0] and found["measured_t"].tolist() == [120, 50]
    assert found.loc["L1", ["credited_t", "available_t", "written_off_t"]].tolist() == [100, 0, 100]


def test_what_expires_within_its_period_has_expired_if_any_was_left():
    short = base(lots=[lot(1, expires="2026-06-30"), lot(2, "50", expires="2026-06-30")],
                 applications=[application("A1", "100")])  # fmt: skip
    found = told(short, date(2026, 7, 1))
    assert statuses(found, "lots", "lot") == {"L1": "sold out", "L2": "expired"}
    assert found["lots"]["expired_t"].tolist() == [0, 50]


def test_a_certificate_is_valid_on_its_last_day_used_or_expired():
    sheets = base(
        certificates=[certificate("T1"), certificate("T2", plot="X2"), green()],
        applications=[application("A1", "100", offset_t="50", certificates="T1")],
    )
    last = date(2027, 5, 31)
    for day, status in ((last, "valid"), (date(2027, 6, 1), "expired")):
        found = statuses(told(sheets, day), "certificates", "certificate")
        assert (found["T1"], found["T2"]) == ("used", status)
    row = told(sheets, last)["certificates"].set_index("certificate")
    assert row.loc["T1", "application"] == "A1" and row.loc["T2", "application"] is None


def test_an_application_is_told_with_what_it_pays_for_and_what_was_offset():
    sheets = base(applications=[application("A1", "100", offset_t="50", certificates="T1")])
    found = told(sheets, date(2026, 1, 9))
    row = found["applications"].iloc[0]
    assert (row["obligation_t"], row["offset_t"], row["purchase_t"], row["offset_share_pct"]) == (100, 50, 50, 50)
    assert row["cost_yuan"] == 50 * row["unit_yuan_per_t"] == found["receipts"].iloc[0]["cost_yuan"]
    offset = found["offsets"].iloc[0]
    assert (offset["worth_t"], offset["used_t"], offset["lapsed_t"]) == (60, 50, 10)
    due = found["payees"]
    assert due.iloc[-1]["role"] == "total" and due.iloc[-1]["due_yuan"] == row["cost_yuan"]
    assert due["due_yuan"].iloc[0] >= due["due_yuan"].iloc[1] and due["due_yuan"].iloc[:-1].sum() == row["cost_yuan"]


def test_the_summary_counts_what_is_booked_and_what_is_not_yet():
    sheets = {**SOLD, "prices": [price(), price("2026-02-02", "60")]}
    early, late = (
        told(sheets, day)["summary"].set_index("item")["value"] for day in (date(2026, 1, 8), date(2026, 3, 1))
    )
    assert early["rows not booked"] == 2 and late["rows not booked"] == 0
    assert late["events booked"] == early["events booked"] + 2
    assert (early["receipts"], late["receipts"]) == (0, 1) and late["state"] == "complete"
    assert (early["largest obligation without offset (t)"], late["largest obligation without offset (t)"]) == (150, 50)
    # four fifths may be offset: a fifth of five times as much is available
    assert late["largest obligation with full offset (t)"] == Decimal(50) / (1 - Rules.from_mapping(RULES).offset_cap)
    assert (
        told(sheets, date(2026, 3, 1), offset_cap="1")["summary"].set_index("item")["value"][
            "largest obligation with full offset (t)"
        ]
        is None
    )


def test_amounts_are_written_to_the_fen_the_kilogram_or_as_they_are():
    frame = pd.DataFrame({"cost_yuan": [Decimal(5)], "tonnes_t": [Decimal(5)], "quantity": [Decimal(5)]}, dtype=object)
    written = {name: _column_text(name, frame, "en") for name in frame}
    assert written == {"cost_yuan": ["5.00"], "tonnes_t": ["5.000"], "quantity": ["5"]}
    summary = pd.DataFrame(
        {"item": ["charged (yuan)", "credited (t)"], "value": [Decimal(1), Decimal(2)]}, dtype=object
    )
    assert _column_text("value", summary, "en") == ["1.00", "2.000"]
