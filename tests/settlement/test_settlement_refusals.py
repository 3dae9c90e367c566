"""Every refusal names the file, row and column, says what to do, and leaves the register as it stood."""

from __future__ import annotations

import pytest
from settlement_book import (
    RULES,
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
    records,
    replacement,
    settle,
)

from mrio.errors import ConfigError, SettlementError
from mrio.settlement.replaying import replay
from mrio.settlement.reports import statements
from mrio.settlement.rules import Rules

OFFSET = {"offset_t": "10", "certificates": "T1"}
#: name: (sheets that replace the default ones, row, column, words of the sentence)
CASES = {
    # amounts and cells
    "zero obligation": (
        {"applications": [application(obligation="0")]},
        2,
        "obligation_t",
        "0 t, expected a number of t above 0",
    ),
    "negative obligation": ({"applications": [application(obligation="-5")]}, 2, "obligation_t", "-5 t"),
    "negative offset": ({"applications": [application(offset_t="-1")]}, 2, "offset_t", "not below 0"),
    "empty offset": ({"applications": [application(offset_t="")]}, 2, "offset_t", "write 0 if zero is meant"),
    "finer than a gram": (
        {"applications": [application(obligation="1.0000001")]},
        2,
        "obligation_t",
        "at most 6 decimals",
    ),
    "thousands separator": ({"lots": [lot(1, "2,471.275")]}, 2, "credited_t", "write it without separators, 2471.275"),
    "full-width digits": ({"applications": [application(obligation="４０")]}, 2, "obligation_t", "write '40'"),
    "exponent": ({"applications": [application(obligation="1e2")]}, 2, "obligation_t", "without unit or exponent"),
    "not a number": ({"applications": [application(obligation="NaN")]}, 2, "obligation_t", "'NaN'"),
    "unit in the cell": ({"applications": [application(obligation="40 t")]}, 2, "obligation_t", "without unit"),
    "absurdly many digits": (
        {"applications": [application(obligation="9" * 13)]},
        2,
        "obligation_t",
        "at most 12 digits",
    ),
    "no such day": ({"applications": [application(date="2026-02-30")]}, 2, "date", "a day of the calendar"),
    "day first": ({"applications": [application(date="09/01/2026")]}, 2, "date", "written 2026-03-05"),
    "full-width date": ({"applications": [application(date="２０２６-01-09")]}, 2, "date", "write '2026-01-09'"),
    "year 9999": ({"lots": [lot(1, planted="9999-12-31")]}, 2, "planted", "a year from 1900 to 2199"),
    "empty name": ({"applications": [application(applicant="")]}, 2, "applicant", "an empty cell"),
    "full-width id": ({"lots": [lot(1, plot="P１")]}, 2, "plot", "write 'P1'"),
    "invisible character": ({"lots": [lot(1, plot="P\u200b1")]}, 2, "plot", "take out U+200B"),
    # lots
    "lot twice": ({"lots": [lot(1), lot(1, plot="P2")]}, 3, "lot", "'L1' a second time (first in row 2)"),
    "plot without owners": ({"lots": [lot(3)]}, 2, "plot", "plot 'P3' without owners (did you mean 'P"),
    "other species": ({"lots": [lot(1, species="桉树")]}, 2, "species", "one of 台湾相思, 余甘子"),
    "too young": ({"lots": [lot(1, planted="2023-01-06")]}, 2, "planted", "enter it from 2026-01-06 on"),
    "leap-day planting": ({"lots": [lot(1, planted="2024-02-29")]}, 2, "planted", "from 2027-03-01 on"),
    "notice not over": ({"lots": [lot(1, notice_to="2026-01-05")]}, 2, "notice_to", "a notice that has ended"),
    "notice too short": ({"lots": [lot(1, notice_to="2025-12-06")]}, 2, "notice_to", "notice of 6 days"),
    "notice backwards": ({"lots": [lot(1, notice_to="2025-11-30")]}, 2, "notice_to", "before it began"),
    "objections": ({"lots": [lot(1, objections="2")]}, 2, "objections", "2 objections"),
    "other acquisition": ({"lots": [lot(1, mode="lease")]}, 2, "mode", "joint_development or purchase"),
    "expired on entry": ({"lots": [lot(1, expires="2026-01-04")]}, 2, "expires", "a lot still valid"),
    "kilograms": ({"lots": [lot(1, "247127.5")]}, 2, "credited_t", "check that it is tonnes and hectares"),
    "same growth twice": (
        {"lots": [lot(1), lot(2, plot="P1", period_start="2027-12-31")]},
        3,
        "period_start",
        "can begin on 2028-01-01",
    ),
    "one plot, two areas": (
        {"lots": [lot(1), lot(2, plot="P1", period_start="2028-01-01", area_ha="10.6")]},
        3,
        "area_ha",
        "10.5 in row 2",
    ),
    # prices and factors
    "price twice": ({"prices": [price(), price(average="98")]}, 3, "date", "2026-01-08 a second time"),
    "empty price": ({"prices": [price(average="")]}, 2, "average_yuan_per_t", "leave out a day without trading"),
    "zero price": ({"prices": [price(average="0")]}, 2, "average_yuan_per_t", "above 0"),
    "average that is not turnover over volume": (
        {"prices": [{**price(average="97.74"), "turnover_yuan": "9800", "volume_t": "100"}]},
        2,
        "average_yuan_per_t",
        "98.00 from turnover",
    ),
    "no price at all": ({"prices": [], "applications": [application()]}, 2, "date", "0 trading days"),
    "factor twice": (
        {"factors": [{"date": "2026-01-01", "t_per_mwh": "0.5", "source": "x"}] * 2},
        3,
        "date",
        "one factor per day",
    ),
    "factor in kg": (
        {"factors": [{"date": "2026-01-01", "t_per_mwh": "536.6", "source": "x"}]},
        2,
        "t_per_mwh",
        "check the unit",
    ),
    # certificates
    "other county": ({"certificates": [certificate(county="武定县")]}, 2, "county", "one of '元谋县'"),
    "certificate twice": ({"certificates": [certificate(), certificate(plot="X2")]}, 3, "certificate", "a second time"),
    "green power in t": ({"certificates": [green(unit="t")]}, 2, "unit", "expected MWh"),
    "ticket in MWh": ({"certificates": [certificate(unit="MWh")]}, 2, "unit", "expected t"),
    "zero certificate": ({"certificates": [certificate(quantity="0")]}, 2, "quantity", "above 0"),
    "ticket of a reserve plot": ({"certificates": [certificate(plot="P1")]}, 2, "plot", "not credited twice"),
    "ticket without plot": ({"certificates": [certificate(plot="")]}, 2, "plot", "issued for"),
    "lot of a ticket's plot": (
        {"certificates": [certificate(plot="P2", date="2026-01-04")]},
        3,
        "plot",
        "has carbon ticket 'T1' (row 2)",
    ),
    "issued later": ({"certificates": [certificate(issued="2026-01-07")]}, 2, "issued", "after 2026-01-06"),
    "expired at entry": ({"certificates": [certificate(expires="2026-01-05")]}, 2, "expires", "still valid"),
    # applications
    "application twice": ({"applications": [application(), application()]}, 3, "application", "first in row 2"),
    "offset above 80%": (
        {"applications": [application(offset_t="32.000001", certificates="T1")]},
        2,
        "offset_t",
        "at most 32.00 t",
    ),
    "offset beyond worth": (
        {"applications": [application("A1", "100", offset_t="70", certificates="T1")]},
        2,
        "offset_t",
        "worth 60 t",
    ),
    "offset without certificate": ({"applications": [application(offset_t="10")]}, 2, "offset_t", "worth 0 t"),
    "certificate for nothing": ({"applications": [application(certificates="T1")]}, 2, "certificates", "needs nothing"),
    "certificate not needed": (
        {"applications": [application(offset_t="10", certificates="T1;G1")]},
        2,
        "certificates",
        "'G1', of which",
    ),
    "certificate listed twice": (
        {"applications": [application(offset_t="10", certificates="T1;T1")]},
        2,
        "certificates",
        "listed twice",
    ),
    "certificate unknown": (
        {"applications": [application(offset_t="10", certificates="T9")]},
        2,
        "certificates",
        "did you mean 'T1'",
    ),
    "certificate of another": (
        {"applications": [application(applicant="Other", **OFFSET)]},
        2,
        "certificates",
        "held by 'Buyer'",
    ),
    "certificate expired": (
        {"certificates": [certificate(expires="2026-01-08")], "applications": [application(**OFFSET)]},
        2,
        "certificates",
        "one valid on 2026-01-09",
    ),
    "certificate used": (
        {"applications": [application(**OFFSET), application("A2", **OFFSET)]},
        3,
        "certificates",
        "used for application 'A1'",
    ),
    "no factor in force": (
        {"factors": [], "applications": [application(offset_t="10", certificates="G1")]},
        2,
        "certificates",
        "no factor in force",
    ),
    "beyond what is available": (
        {"applications": [application("A1", "150.000001")]},
        2,
        "obligation_t",
        "where 150 t are available",
    ),
    "dates backwards": (
        {"applications": [application(), application("A2", date="2026-01-08")]},
        3,
        "date",
        "after 2026-01-09 in the row above",
    ),
    # occupancy
    "occupied before compensation": ({"occupancies": [occupancy()]}, 2, "application", "compensation before occupancy"),
    "occupied the day before": (
        {"applications": [application()], "occupancies": [occupancy(date="2026-01-08")]},
        2,
        "application",
        "by 2026-01-08",
    ),
    "occupancy twice": (
        {"applications": [application()], "occupancies": [occupancy(area_ha="1"), occupancy(area_ha="1")]},
        3,
        "occupancy",
        "second time",
    ),
    "more land than compensated": (
        {"applications": [application()], "occupancies": [occupancy(area_ha="2.0001")]},
        2,
        "area_ha",
        "2 ha of 'A1'",
    ),
    # monitoring and replacement
    "lot unknown": ({"monitoring": [monitoring(7, "1")]}, 2, "lot", "not in the reserve"),
    "measured too early": (
        {"monitoring": [monitoring(1, "1", "2027-12-31")]},
        2,
        "date",
        "for a period until 2027-12-31",
    ),
    "measured twice": ({"monitoring": [monitoring(1, "99"), monitoring(1, "99")]}, 3, "lot", "a second time"),
    "negative growth": ({"monitoring": [monitoring(1, "-1")]}, 2, "measured_t", "not below 0"),
    "nothing owed": ({"replacements": [replacement()]}, 2, "party", "owes nothing"),
    "more than owed": (
        {
            "applications": [application("A1", "100")],
            "monitoring": [monitoring(1, "95")],
            "replacements": [replacement(tonnes="6")],
        },
        2,
        "tonnes",
        "5 t are outstanding",
    ),
    "replaced twice": (
        {
            "applications": [application("A1", "100")],
            "monitoring": [monitoring(1, "95")],
            "replacements": [replacement(), replacement()],
            "prices": [price(), price("2028-02-28")],
        },
        3,
        "replacement",
        "a second time",
    ),
    "replacement beyond the reserve": (
        {
            "applications": [application("A1", "150")],
            "monitoring": [monitoring(1, "95")],
            "replacements": [replacement()],
            "prices": [price(), price("2028-02-28")],
        },
        2,
        "tonnes",
        "where 0 t are available",
    ),
    "replacement without a price": (
        {
            "applications": [application("A1", "100")],
            "monitoring": [monitoring(1, "95")],
            "replacements": [replacement()],
        },
        2,
        "date",
        "over 15 days old",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_bad_row_is_refused_in_one_sentence_and_what_came_before_stands(case):
    sheets, row, column, words = CASES[case]
    outcome = settle(base(**sheets))
    refusal = outcome.refusal
    assert isinstance(refusal, SettlementError), "accepted"
    assert (refusal.place.row, refusal.place.column) == (row, column), refusal
    assert words in str(refusal) and str(refusal).startswith(
        f"{refusal.place.file}, row {row}, column {column}: found "
    )
    assert str(refusal).count("\n") == 0 and str(refusal).endswith(".")
    summary = statements(outcome)["summary"].set_index("item")["value"]
    assert (summary["state"], summary["stopped at"]) == ("stopped", str(refusal))
    # the register up to the row stands: it is the register of the same events without the bad row and all later ones
    assert outcome.applied == len([b for b in outcome.register.balances if b.event != "expiry"])
    outcome.register.audit()


def test_every_file_of_the_register_has_a_refusal_tested():
    from mrio.settlement.sheets import SHEETS

    named = {settle(base(**sheets)).refusal.place.file for sheets, *_ in CASES.values()}
    assert named == {f"{name}.csv" for name in SHEETS}


def test_a_refused_row_leaves_the_statements_of_the_rows_before_it():
    good = base(applications=[application("A1", "40")])
    bad = base(applications=[application("A1", "40"), application("A2", "500"), application("A3", "1")])
    whole, cut = accepted(good), settle(bad)
    assert levels(whole) == levels(cut) and cut.later == 1
    for name, table in statements(whole).items():
        if name != "summary":
            assert table.equals(statements(cut)[name]), name


def test_what_is_on_the_limit_is_accepted():
    accepted(base(lots=[lot(1, planted="2023-01-05")]))  # three years to the day
    accepted(base(lots=[lot(1, notice_to="2025-12-07")]))  # seven days
    accepted(base(lots=[lot(1, "1260")]))  # 40 t/ha/a
    accepted(base(lots=[lot(1), lot(2, plot="P1", period_start="2028-01-01")]))
    accepted(base(applications=[application(offset_t="32", certificates="T1")]))  # 80%
    accepted(base(applications=[application("A1", "150")]))  # all there is
    accepted(base(certificates=[certificate(expires="2026-01-09")], applications=[application(**OFFSET)]))
    accepted(base(applications=[application()], occupancies=[occupancy(date="2026-01-09")]))  # the same day
    accepted(base(monitoring=[monitoring(1, "100", "2028-01-01")]))
    accepted(base(lots=[lot(1, expires="")]))  # no expiry stated: none happens


def test_a_row_with_an_unreadable_date_stops_the_register_where_it_stands_in_its_sheet():
    rows = [application("A1", "1"), application("A2", "1", date="?"), application("A3", "1")]
    later = certificate("T2", plot="X2", date="2026-01-10")
    outcome = settle(base(applications=rows, certificates=[certificate(), later]))
    assert list(outcome.register.settled) == ["A1"]
    assert list(outcome.register.wallet.certificates) == ["T1"]
    assert outcome.refusal.place.row == 3


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        (["0.7", "0.2"], "add up to 0.9, expected exactly 1"),
        (["0.7", "0.3000001"], "1.0000001"),
        (["1.5"], "at most 1"),
    ],
)
def test_owners_whose_shares_are_not_one_are_refused_before_anything_is_booked(shares, words):
    rows = [{**owners(1)[0], "payee": f"V{k}", "share": share} for k, share in enumerate(shares)]
    with pytest.raises(SettlementError, match=words.replace("(", r"\(")):
        settle(base(owners=rows))
    with pytest.raises(SettlementError, match="each payee once"):
        settle(base(owners=[owners(1)[0]] * 2))


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"offset_cap": 1.2}, "offset_cap is 1.2, expected a fraction"),
        ({"offset_cap": "0.8000001"}, "at most 6 decimals"),
        ({"price_fraction": 0}, "above 0"),
        ({"price_fraction": True}, "expected a fraction"),
        ({"price_fraction": "nan"}, "price_fraction is 'nan', expected a fraction"),
        ({"max_t_per_ha_year": float("inf")}, "max_t_per_ha_year is inf, expected a number above 0"),
        ({"drawing": "lifo"}, "expected one of fifo, pro_rata"),
        ({"averaging_days": 0}, "a whole number from 1"),
        ({"species": "台湾相思"}, "a list of species"),
        ({"ofset_cap": 0.8}, "the key 'ofset_cap' is unknown (did you mean 'offset_cap'?)"),
        ({"county": ""}, "expected a name"),
    ],
)
def test_a_wrong_rule_is_refused_by_its_key(rule, words):
    with pytest.raises(ConfigError) as error:
        Rules.from_mapping({**RULES, **rule})
    assert words in str(error.value)


def test_a_missing_rule_is_named():
    with pytest.raises(ConfigError, match="'developer' is missing"):
        Rules.from_mapping({key: value for key, value in RULES.items() if key != "developer"})


def test_the_register_itself_refuses_events_out_of_order():
    from mrio.settlement.refusal import Refusal
    from mrio.settlement.sheets import timeline

    outcome = accepted(base(applications=[application()]))
    early = timeline(records({"prices": [price("2026-01-02")]}))[0][1]
    with pytest.raises(Refusal, match="in the order of their dates"):
        outcome.register.apply(early)


def test_an_empty_register_has_statements_too():
    outcome = replay({}, Rules.from_mapping(RULES))
    assert outcome.applied == 0 and levels(outcome) == ("0", "0", "0", "0", "0")
    assert all(table is not None for table in statements(outcome).values())
