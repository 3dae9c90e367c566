"""Checks at their very limit: a gap of nothing where nothing is allowed, a table that is just productive."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from mrio import labels
from mrio.table.interregional import Table
from mrio.table.plausibility.emission_checks import _households, sheets_left_out
from mrio.table.plausibility.judging import scaled_alike
from mrio.table.plausibility.register_checks import check_days, last_weekday
from mrio.table.plausibility.registry import rule
from mrio.table.provincial import collapse
from mrio.table.validation.balances import identities
from mrio.table.validation.gate import validate
from mrio.table.validation.single_province import validate_provincial


def two_sectors(own: float) -> Table:
    """Return a table of two sectors, in whole numbers, of which the first buys `own` of the 100 it makes."""
    Z, Y = np.array([[own, 20.0], [30.0, 10.0]]), np.array([[80.0 - own], [60.0]])
    return Table.from_arrays(Z, Y, output=[100, 100], regions=["r"], sectors=["a", "b"], categories=["final"],
                             value_added=[[70.0 - own, 70.0]], year=2017)  # fmt: skip


def test_identities_met_to_the_last_digit_pass_where_no_gap_is_allowed():
    report = validate_provincial(collapse(two_sectors(10.0)), 0.0)
    lines = report.checks.set_index("check")
    for what in ("row balance", "column balance"):
        assert lines.loc[what, "value"] == 0 and lines.loc[what, "passed"]
        assert "adds up to its output" in lines.loc[what, "message"]


@pytest.mark.parametrize("limit", [0.25, 0.24])
def test_a_gap_of_the_very_limit_is_within_it(limit):
    table = two_sectors(10.0)
    short = Table(table.data.assign(residual=table.residual.copy(data=[[-25.0, 0.0]])))  # a quarter of 100 is missing
    line = next(check for check in identities(short, limit) if check.check == "row balance")
    assert line.value == 0.25 and line.passed == (limit == 0.25)
    assert ("within 0.25" in line.message) == line.passed


@pytest.mark.parametrize(("own", "said"), [(10.0, ", below 1"), (130.0, "no Leontief inverse")])
def test_the_spectral_radius_is_told_as_what_it_is(own, said):
    line = validate(two_sectors(own)).checks.set_index("check").loc["spectral radius"]
    assert line["message"].endswith(said) and line["passed"] == (own < 100)


@pytest.mark.parametrize(
    ("day", "before"),
    [
        ("2024-01-04", "2023-12-29"), ("2024-01-05", "2024-01-04"), ("2024-01-22", "2024-01-19"),
        ("2024-02-29", "2024-01-19"), ("2024-03-01", "2024-02-29"), ("2024-04-04", "2024-04-03"),
        ("2024-04-08", "2024-04-03"), ("2024-05-06", "2024-04-30"), ("2024-05-07", "2024-05-06"),
        ("2024-05-09", "2024-05-08"), ("2024-10-09", "2024-09-30"), ("2024-10-10", "2024-10-09"),
    ],
)  # fmt: skip
def test_the_trading_day_before_is_no_weekend_and_no_holiday(day, before):
    assert last_weekday(date.fromisoformat(day)) == date.fromisoformat(before)


@pytest.mark.parametrize(("provinces", "told"), [(3, 0), (6, 1)])
def test_a_multiple_of_other_figures_is_told_of_several_provinces_only(provinces, told):
    names = list(labels.provinces().index[:provinces])
    years = pd.MultiIndex.from_product([names, [2012]], names=["region", "year"])
    known = pd.Series(np.arange(1.0, provinces + 1), years)
    found = scaled_alike(rule("figures scaled alike"), "x", 2 * known.droplevel("year"), {2012: known})
    assert len(found) == told and all("2 times the figures of 2012" in check.message for check in found)


def test_provinces_of_the_evidence_without_a_sheet_are_named():
    one = xr.Dataset(coords={"region": ["Beijing"]}, attrs={"year": 2017})
    check = sheets_left_out(one)
    assert not check.passed and "Hebei" in check.message and "sheet of Beijing" not in check.message


@pytest.mark.parametrize(("rural", "urban"), [(1.0, 0.0), (0.0, 1.0), (0.0, 0.0)])
def test_households_that_burn_nothing_are_in_no_ratio(rural, urban):
    burnt = (("fuel", "region", "household"), [[[rural, urban]]])
    kinds = {"fuel": ["raw_coal"], "region": ["Beijing"], "household": ["rural", "urban"]}
    assert list(_households(xr.Dataset({"F_Y_by_fuel": burnt}, kinds), 2017)) == []


@pytest.mark.parametrize(
    ("day", "closed"),
    [
        ("2024-01-01", True), ("2024-05-01", True), ("2024-10-01", True), ("2024-10-02", True), ("2024-10-03", True),
        ("2024-01-02", False), ("2024-05-02", False), ("2024-02-01", False), ("2024-06-03", False),
    ],
)  # fmt: skip
def test_a_price_of_a_day_that_is_a_holiday_every_year_is_doubted(day, closed):
    checks = check_days([date.fromisoformat(day)], [])
    assert any(day in check.message for check in checks if not check.passed) == closed
