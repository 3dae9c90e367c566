"""Checks at their very limit: a gap of nothing where nothing is allowed, a table that is just productive."""

from __future__ import annotations

import numpy as np
import pytest

from mrio.table.interregional import Table
from mrio.table.provincial import collapse
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


@pytest.mark.parametrize(("own", "said"), [(10.0, ", below 1"), (130.0, "no Leontief inverse")])
def test_the_spectral_radius_is_told_as_what_it_is(own, said):
    line = validate(two_sectors(own)).checks.set_index("check").loc["spectral radius"]
    assert line["message"].endswith(said) and line["passed"] == (own < 100)
