"""The register on cases that can be done by hand: price, offset, drawing, payments, shortfall, expiry."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from settlement_book import (
    accepted,
    application,
    base,
    certificate,
    green,
    levels,
    lot,
    monitoring,
    occupancy,
    owners,
    price,
    replacement,
    settle,
)

from mrio.settlement.folder import settle_folder
from mrio.settlement.reports import statements

D = Decimal


@pytest.fixture(scope="module")
def yuanmou(repo):
    return repo / "data" / "raw" / "settlement" / "yuanmou"


# -- the source's own numbers ------------------------------------------------------------------------------------


def first_batch(yuanmou) -> list[dict[str, str]]:
    outcome = settle_folder(yuanmou, as_of=date(2025, 9, 19))
    assert outcome.refusal is None
    return outcome.register


def test_the_example_register_is_the_first_batch_to_the_last_digit(yuanmou):
    reserve = first_batch(yuanmou).reserve
    lots = [account.event for account in reserve.lots.values()]
    assert (len(lots), len({e.plot for e in lots}), len({e.township for e in lots})) == (13, 13, 3)
    assert sum(e.area_ha for e in lots) == D("321.7011")
    assert reserve.credited == reserve.totals["available"] == D("2471.275")
    assert {e.species for e in lots} == {"台湾相思", "印度黄檀", "余甘子"}
    growth = float(reserve.credited) / 3 / 321.7011
    assert growth == pytest.approx(2.5606, abs=5e-5)  # t/ha/a


def test_a_price_of_97_74_gives_29_322_and_the_whole_batch_costs_72462_73():
    sheets = base(lots=[lot(1, "2471.275", area_ha="321.7011")], applications=[application("A1", "2471.275")])
    receipt = accepted(sheets).register.ledger.receipts[0]
    assert receipt.quote.average == D("97.74")
    assert receipt.quote.unit == D("29.322")
    assert receipt.cost == D("72462.73")


def test_the_batch_serves_2471_275_t_without_and_12356_375_t_with_full_offset():
    whole = base(lots=[lot(1, "2471.275", area_ha="321.7011")])
    summary = statements(accepted(whole))["summary"].set_index("item")["value"]
    assert summary["largest obligation without offset (t)"] == D("2471.275")
    assert summary["largest obligation with full offset (t)"] == D("12356.375")
    ticket = certificate(quantity="9885.1")
    largest = application("A1", "12356.375", offset_t="9885.1", certificates="T1")
    assert levels(accepted({**whole, "certificates": [ticket], "applications": [largest]}))[1:3] == ("0", "2471.275")
    for refused in ("12356.375001", "12356.376"):
        one_gram_more = settle(
            {**whole, "certificates": [ticket], "applications": [{**largest, "obligation_t": refused}]}
        )
        assert "available" in str(one_gram_more.refusal)


# -- price -------------------------------------------------------------------------------------------------------


def quoted(prices, day, **rules):
    outcome = settle(base(prices=prices, applications=[application(date=day)]), **rules)
    return outcome.register.ledger.receipts[0].quote if outcome.refusal is None else str(outcome.refusal)


def test_the_price_is_the_day_before_and_over_a_holiday_the_last_trading_day():
    prices = [price("2026-01-08", "90"), price("2026-01-09", "100"), price("2026-01-12", "110")]
    assert quoted(prices, "2026-01-09").average == 90
    assert quoted(prices, "2026-01-12").date == date(2026, 1, 9)  # Monday: Friday's, never Monday's own
    assert quoted(prices, "2026-01-13").average == 110
    assert "2026-01-11" in quoted(prices, "2026-01-12", non_trading_day="refuse")
    assert quoted(prices, "2026-01-13", non_trading_day="refuse").average == 110


def test_a_price_of_the_day_or_later_is_never_used():
    assert "0 trading days with a price before 2026-01-09" in quoted([price("2026-01-09")], "2026-01-09")
    assert "0 trading days" in quoted([price("2026-01-20")], "2026-01-09")


def test_a_price_that_is_too_old_is_refused_and_the_limit_is_a_rule():
    prices = [price("2026-01-08")]
    assert quoted(prices, "2026-01-23").date == date(2026, 1, 8)
    assert "over 15 days old" in quoted(prices, "2026-01-24")
    assert quoted(prices, "2026-01-24", price_max_age_days=16).date == date(2026, 1, 8)


def test_the_average_can_run_over_days_and_rest_on_turnover():
    prices = [price("2026-01-07", "90"), price("2026-01-08", "91.01")]
    assert quoted(prices, "2026-01-09", averaging_days=2).average == D("90.51")  # 90.505 half up
    traded = [
        {"date": "2026-01-07", "turnover_yuan": "1000", "volume_t": "10"},
        {"date": "2026-01-08", "turnover_yuan": "9000", "volume_t": "80"},
    ]
    assert quoted(traded, "2026-01-09", price_basis="turnover").average == D("112.5")
    assert quoted(traded, "2026-01-09", price_basis="turnover", averaging_days=2).average == D("111.11")


# -- offset ------------------------------------------------------------------------------------------------------


def test_green_power_converts_by_the_factor_of_the_day_and_is_cut_to_the_gram():
    factors = [
        {"date": "2026-01-01", "t_per_mwh": "0.5366", "source": "a"},
        {"date": "2026-01-09", "t_per_mwh": "0.123457", "source": "b"},
    ]
    sheets = base(
        factors=factors,
        certificates=[green(quantity="10.1", issued="2026-01-02")],
        applications=[application(offset_t="1", certificates="G1")],
    )
    offsets = statements(accepted(sheets))["offsets"].iloc[0]
    assert offsets["worth_t"] == D("1.246915")  # 10.1 x 0.123457 = 1.2469157, down to the gram
    assert (offsets["used_t"], offsets["lapsed_t"]) == (1, D("0.246915"))
    by_issue = statements(accepted(sheets, green_power_factor_on="issue"))["offsets"].iloc[0]
    assert by_issue["worth_t"] == D("5.41966")


def test_certificates_are_used_in_the_order_listed_and_the_rest_of_the_last_lapses():
    certificates = [certificate("T1", quantity="20"), certificate("T2", quantity="20", plot="X2")]
    listed = application("A1", "40", offset_t="25.5", certificates="T2;T1")
    outcome = accepted(base(certificates=certificates, applications=[listed]))
    offsets = statements(outcome)["offsets"].set_index("certificate")
    assert offsets.loc["T2", ["used_t", "lapsed_t"]].tolist() == [20, 0]
    assert offsets.loc["T1", ["used_t", "lapsed_t"]].tolist() == [D("5.5"), D("14.5")]
    assert levels(outcome) == ("150", "135.5", "14.5", "0", "0")


# -- drawing and paying ------------------------------------------------------------------------------------------


def test_first_in_first_out_empties_a_lot_before_the_next_gives():
    outcome = accepted(base(applications=[application("A1", "99"), application("A2", "20")]))
    drawn = [(draw.receipt, draw.lot, draw.tonnes) for draw in outcome.register.ledger.draws]
    assert drawn == [("YM-2026-000001", "L1", 99), ("YM-2026-000002", "L1", 1), ("YM-2026-000002", "L2", 19)]


def test_pro_rata_adds_up_to_the_gram():
    sheets = base(
        lots=[lot(1, "100"), lot(2, "100"), lot(3, "100")],
        owners=[*owners(1), *owners(2), *owners(3)],
        applications=[application("A1", "100")],
    )
    draws = accepted(sheets, drawing="pro_rata").register.ledger.draws
    assert [draw.tonnes for draw in draws] == [D("33.333334"), D("33.333333"), D("33.333333")]


def test_payments_add_up_to_the_fen_by_share():
    thirds = [
        {"plot": "P1", "payee": name, "role": "collective", "share": share}
        for name, share in (("a", "0.3333"), ("b", "0.3333"), ("c", "0.3334"))
    ]
    prices = [price(average="33.34")]  # 10.002 yuan/t
    outcome = accepted(base(owners=[*thirds, *owners(2)], prices=prices, applications=[application("A1", "1")]))
    assert outcome.register.ledger.receipts[0].cost == D("10.00")
    assert [p.yuan for p in outcome.register.ledger.payments()] == [D("3.33"), D("3.33"), D("3.34")]


def test_receipts_are_numbered_without_gaps_within_a_year():
    prices = [price("2026-12-30"), price("2027-01-01")]
    days = ("2026-12-31", "2026-12-31", "2027-01-02")
    sheets = base(prices=prices, applications=[application(f"A{k}", "1", date=day) for k, day in enumerate(days)])
    numbers = [receipt.number for receipt in accepted(sheets).register.ledger.receipts]
    assert numbers == ["YM-2026-000001", "YM-2026-000002", "YM-2027-000001"]


def test_an_amount_below_half_a_fen_costs_nothing_and_still_has_a_receipt():
    receipt = accepted(base(applications=[application("A1", "0.000001")])).register.ledger.receipts[0]
    assert (receipt.tonnes, receipt.cost) == (D("0.000001"), D("0.00"))


# -- occupancy, expiry, monitoring -------------------------------------------------------------------------------


def test_land_is_occupied_in_parts_up_to_the_area_compensated():
    parts = [occupancy("O1", area_ha="1.5"), occupancy("O2", area_ha="0.5"), occupancy("O3", area_ha="0.0001")]
    outcome = settle(base(applications=[application()], occupancies=parts))
    assert len(outcome.register.occupied) == 2 and "0.0001 ha where 0.0 ha" in str(outcome.refusal)


def test_a_lot_can_be_bought_on_its_last_day_and_not_after_it():
    lots = [lot(1, "100", expires="2026-01-09"), lot(2, "50")]
    on_the_day = accepted(base(lots=lots, applications=[application("A1", "120")]))
    assert levels(on_the_day) == ("150", "30", "120", "0", "0")
    late = settle(base(lots=lots, applications=[application("A1", "120", date="2026-01-10")]))
    assert "120 t where 50 t are available (100 t have expired)" in str(late.refusal)
    assert levels(late) == ("150", "150", "0", "0", "0")  # the refused row has not moved the calendar
    small = accepted(base(lots=lots, applications=[application("A1", "20", date="2026-01-10")]))
    assert levels(small) == ("150", "30", "20", "100", "0")
    expiry = [b for b in small.register.balances if b.event == "expiry"]
    assert [(b.date, b.available, b.expired) for b in expiry] == [(date(2026, 1, 9), 50, 100)]


def test_growth_beyond_credit_is_not_credited():
    outcome = accepted(base(monitoring=[monitoring(1, "140")]))
    assert levels(outcome) == ("150", "150", "0", "0", "0")
    assert statements(outcome)["lots"].iloc[0]["excess_t"] == 40


def test_a_shortfall_takes_unsold_tonnes_first_and_the_rest_is_owed_by_the_developer():
    sheets = base(applications=[application("A1", "90")], monitoring=[monitoring(1, "70")])
    outcome = accepted(sheets)  # 100 credited, 90 sold, 70 grown: 10 unsold cancelled, 20 sold ones owed
    assert levels(outcome) == ("150", "50", "70", "0", "30")
    row = statements(outcome)["shortfalls"].iloc[0]
    assert row[["shortfall_t", "cancelled_t", "owed_t", "outstanding_t"]].tolist() == [30, 10, 20, 20]
    assert row["party"] == "Company"


def test_a_shortfall_by_share_adds_up_to_the_gram_and_is_made_good_from_other_lots():
    sheets = base(applications=[application("A1", "100")], monitoring=[monitoring(1, "99.999999")])
    debts = accepted(sheets, shortfall_joint_development="by_share").register.debts
    assert {party: debt.owed for (_, party), debt in debts.items()} == {"Village 1": D("0.000001")}
    sheets = base(
        prices=[price(), price("2028-02-29", "100")],
        applications=[application("A1", "100")],
        monitoring=[monitoring(1, "90")],
        replacements=[replacement(party="Village 1", tonnes="7"), replacement("R2", tonnes="3")],
    )
    outcome = accepted(sheets, shortfall_joint_development="by_share")
    assert levels(outcome) == ("150", "40", "100", "0", "10")
    assert outcome.register.owed == 0
    assert [(r.kind, r.buyer, r.cost) for r in outcome.register.ledger.receipts[1:]] == [
        ("replacement", "Village 1", D("210.00")),
        ("replacement", "Company", D("90.00")),
    ]
    assert {draw.lot for draw in outcome.register.ledger.draws[1:]} == {"L2"}


def test_a_burnt_lot_owes_everything_sold_even_after_it_expired():
    lots = [lot(1, "100", expires="2027-12-31"), lot(2, "50")]
    outcome = accepted(base(lots=lots, applications=[application("A1", "60")], monitoring=[monitoring(1, "0")]))
    assert levels(outcome) == ("150", "50", "0", "0", "100")
    assert outcome.register.owed == 60
