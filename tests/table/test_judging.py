"""Verdicts of the gate and of plausibility by hand: sentence, size, place and level, at the limit and beside it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from mrio.table.plausibility.judging import (
    accepted_checks,
    cells_of,
    digits,
    found,
    judge,
    listed,
    place_name,
    proportional,
)
from mrio.table.plausibility.rules_of_checks import Rule
from mrio.table.plausibility.side_checks import check_prices
from mrio.table.plausibility.socioeconomic_checks import check_socioeconomic
from mrio.table.plausibility.study_checks import check_study
from mrio.table.validation.report import Check

RULE = Rule(
    "a rule", "table", "figures", "the evidence", 2.0, 5.0, "{place} {value} {expected} {ratio} {unit} {year}{more}"
)


def by_name(checks):
    return {check.check: check for check in checks}


# -- plausibility -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("value", "level", "passed", "limit"),
    [
        (20.0, "warning", True, 2.0),
        (20.1, "warning", False, 2.0),
        (50.0, "warning", False, 2.0),
        (50.1, "error", False, 5.0),
        (5.0, "warning", True, 2.0),
        (4.9, "warning", False, 2.0),
        (1.9, "error", False, 5.0),
        (0.0, "error", False, 5.0),
    ],
)
def test_a_figure_is_judged_by_its_ratio_up_and_down(value, level, passed, limit):
    check = judge(RULE, pd.Series({"a": value, "b": 10.0}), pd.Series({"a": 10.0, "b": 10.0, "c": 1.0}), "t")
    assert (check.level, check.passed, check.limit, check.worst) == (level, passed, limit, "a")
    assert check.value == pytest.approx(value / 10)


def test_what_has_no_evidence_is_not_judged():
    assert judge(RULE, pd.Series({"a": 1.0}), pd.Series({"b": 1.0}), "t").level == "info"
    check = judge(RULE, pd.Series({"a": 1.0}), pd.Series({"a": 0.0}), "t")
    assert check.passed and check.message == "a rule: nothing to hold against the evidence" and np.isnan(check.limit)
    assert check.value == 1.0 and check.worst == ""


def test_a_sentence_says_the_worst_and_three_others():
    values = pd.Series({("a", "x"): 30.0, ("b", "x"): 70.0, ("c", "x"): 40.0, ("d", "x"): 41.0, ("e", "x"): 42.0})
    check = judge(RULE, values, pd.Series(10.0, values.index), "t", year=2012, apart=0)
    assert check.message == "b x 70 10 7 t 2012 (also e x, d x, c x and 1 more)"
    alone = judge(RULE, values.iloc[:1], pd.Series(10.0, values.index), "t", year=2012)
    assert alone.message == "a x 30 10 3 t 2012" and alone.worst == "a x"


def test_limits_widen_with_every_year_and_upward_rules_see_only_excess():
    drifting = Rule(**{**vars(RULE), "drift": 1.1})
    value, expected = pd.Series({"a": 24.0}), pd.Series({"a": 10.0})
    assert judge(drifting, value, expected, "t", apart=2).limit == pytest.approx(2 * 1.21)
    assert judge(drifting, value, expected, "t", apart=2).passed and not judge(drifting, value, expected, "t").passed
    upward = Rule(**{**vars(RULE), "upward": True})
    assert judge(upward, pd.Series({"a": 0.1}), expected, "t").passed
    assert not judge(upward, pd.Series({"a": 21.0}), expected, "t").passed
    assert judge(RULE, pd.Series({"a": np.nan}), expected, "t").level == "error"


def test_what_is_found_without_factors_fails_and_is_listed():
    plain = Rule("strange", "table", "names", "known ones", None, None, "{place} are strange", level="warning")
    assert found(plain, []) == Check("strange", "warning", True, 0.0, 0.0, "", "strange: none")
    check = found(plain, ["a", "b", "c", "d", "e"])
    assert check == Check("strange", "warning", False, 5.0, 0.0, "a", "a, b, c and 2 more are strange")


def test_accepted_checks_become_warnings_that_give_the_reason():
    bad = Check("x", "error", False, 1.0, 0.0, "", "said")
    assert accepted_checks([bad], {"x": "true"})[0] == Check(
        "x", "warning", False, 1.0, 0.0, "", "said (accepted: true)"
    )
    assert accepted_checks([bad], {"y": "true"}) == [bad]
    good = Check("x", "error", True, 1.0, 0.0, "", "said")
    assert accepted_checks([good], {"x": "true"}) == [good]


def test_rows_are_copies_up_to_scale_zeros_aside():
    rows = {
        "a": [1.0, 2, 3],
        "b": [2.0, 4, 6],
        "c": [1.0, 2, 3.001],
        "d": [0.0, 0, 0],
        "e": [0.0, 0, 0],
        "f": [3.0, 1, 0],
    }
    assert proportional(pd.DataFrame(rows).T) == [("a", "b")]


def test_numbers_places_and_lists_as_a_sentence_shows_them():
    numbers = (999.4, 999.6, 1234567, -1234, 0.00123456, 1e12, 9.99e11)
    said = ["999", "1,000", "1,234,567", "-1,234", "0.00123", "1e+12", "999,000,000,000"]
    assert [digits(number) for number in numbers] == said
    assert place_name(("a", "b")) == "a b" and place_name(7) == "7"
    assert listed(["a", "b", "c"]) == "a, b, c" and listed(list("abcd")) == "a, b, c and 1 more"
    frame = pd.DataFrame({"x": [1.0, np.nan], "y": [3.0, 4.0]}, index=["a", "b"])
    assert cells_of(frame).to_dict() == {("a", "x"): 1.0, ("a", "y"): 3.0, ("b", "y"): 4.0}


def test_a_price_is_a_jump_only_if_it_lies_off_both_its_neighbours_the_same_way():
    def jump(*prices):
        return by_name(check_prices({f"d{k}": price for k, price in enumerate(prices)}))["price jump"]

    assert jump(60, 90, 60).worst == "d1" and not jump(60, 90, 60).passed
    assert jump(60, 90, 60).value == pytest.approx(1.5) and jump(90, 60, 90).value == pytest.approx(2 / 3)
    assert jump(60, 80, 110).passed and jump(110, 80, 60).passed  # a way, not a jump
    assert jump(60, 85, 80).value == pytest.approx(85 / 80)  # against the nearer of the two
    assert jump(80, 60, 85).value == pytest.approx(60 / 80)
    assert jump(60, 90, 90).value == jump(90, 60, 60).value == 1.0  # as the day beside it


def test_a_study_is_held_against_price_income_and_slope_of_the_study():
    checks = by_name(check_study(100.0, 59660.0, 1 / (1 + np.exp(-0.574 * 0.3)), 2017))
    assert all(check.passed for check in checks.values())
    assert checks["carbon price"].value == 1.0 and checks["slope of the curve"].value == pytest.approx(1.0)
    # 83.2 trillion yuan over 1.4 billion persons
    assert checks["income of the curve"].value == pytest.approx(1.0, abs=0.02)
    assert len(check_study(100.0, 59660.0, 0.5, 1900)) == 2  # no evidence of the year, no check of income


def statistics(**columns):
    columns = {name: ("region", values) for name, values in columns.items()}
    return xr.Dataset(columns, {"region": ["Beijing", "Hebei"]}, {"year": 2017})


def test_engel_coefficients_are_judged_for_all_and_for_urban_households():
    # of 2017: Beijing .199, Hebei .247; urban alike
    for name in ("engel", "engel_urban"):
        checks = by_name(check_socioeconomic(statistics(**{name: [0.40, 0.40]})))
        assert not checks["known Engel coefficient"].passed and checks["known Engel coefficient"].worst == "Beijing"
        assert checks["Engel coefficient"].value == pytest.approx(0.40 / 0.293, rel=0.03)
        assert "urban Engel coefficient" not in checks
    both = by_name(check_socioeconomic(statistics(engel=[0.2, 0.25], engel_urban=[0.2, 0.5])))
    assert both["urban Engel coefficient"].worst == "Hebei" and both["urban Engel coefficient"].value == pytest.approx(
        2
    )
    assert "Engel coefficient" not in by_name(check_socioeconomic(statistics(population=[2171.0, 7520.0])))


def test_provinces_are_copies_when_two_or_more_figures_agree():
    one = by_name(check_socioeconomic(statistics(engel=[0.25, 0.25])))
    two = by_name(check_socioeconomic(statistics(engel=[0.25, 0.25], gdp=[30000.0, 30000.0])))
    assert one["provinces with the same figures"].passed and not two["provinces with the same figures"].passed
    assert two["provinces with the same figures"].worst == "Beijing and Hebei"
