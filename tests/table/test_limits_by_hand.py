"""Checks at their very limit: a gap of nothing where nothing is allowed, a table that is just productive."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from mrio.table.interregional import Table
from mrio.table.plausibility.register_checks import last_weekday
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
