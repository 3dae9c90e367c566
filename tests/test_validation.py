"""The gate passes what balances and names what does not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from strategies import balanced_tables, random_emissions, random_table

from mrio.errors import BalanceError, LabelError
from mrio.table import Table
from mrio.validation import spectral_radius, validate


def broken(table: Table, name: str, at, value) -> Table:
    values = table.data[name].values.copy()
    values[at] = value
    return Table(table.data.assign({name: table.data[name].copy(data=values)}))


def line(report, check):
    return report.checks.set_index("check").loc[check]


@given(balanced_tables())
def test_every_balanced_table_passes(table):
    report = validate(table, random_emissions(table)[0])
    assert report.ok, report.failed("error")["message"].tolist()
    assert report.raise_for_errors() is report


def test_row_that_misses_its_output_is_named_with_size():
    table = random_table(2, 3, 4, residual=False)
    x = table.output.values
    report = validate(broken(table, "exports", (1, 2), table.exports.values[1, 2] + 0.1 * x[1, 2]))
    row = line(report, "row balance")
    assert not row.passed and row.worst == "r1 s2" and row.value == pytest.approx(0.1)
    with pytest.raises(BalanceError, match=r"row r1 s2 adds up to .* more than its output"):
        report.raise_for_errors()


def test_column_that_misses_its_output_is_named(table):
    report = validate(broken(table, "imports", (2, 0), table.imports.values[2, 0] * 2))
    assert line(report, "column balance").worst == "r2 s0" and line(report, "row balance").passed


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_cell_that_is_not_finite_is_named(table, value):
    report = validate(broken(table, "Z", (0, 1, 2, 3), value))
    assert not report.ok
    assert line(report, "finite numbers").worst == "Z r0 s1 > r2 s3"


def test_sign_checks_name_the_largest_negative_cell(table):
    report = validate(broken(table, "Z", (0, 1, 2, 3), -5.0))
    assert line(report, "negative intermediate flows").worst == "r0 s1 > r2 s3"
    assert line(report, "negative inventory change").level == "info"


def test_unproductive_table_is_refused():
    Z = np.array([[0.9, 0.3], [0.2, 0.8]]) * 100  # rho(A) = 1.1 by hand: eigenvalues .85 +- .25
    table = Table.from_arrays(
        Z, [[1.0], [1.0]], output=[100, 100], regions=["r"], sectors=["a", "b"], categories=["final"], year=2017
    )
    row = line(validate(table), "spectral radius")
    assert not row.passed and row.value == pytest.approx(1.1)


def test_spectral_radius_of_a_cycle():
    A = np.array([[0, 0.5, 0], [0, 0, 0.5], [0.864, 0, 0]])  # rho^3 = .5 x .5 x .864
    assert spectral_radius(A) == pytest.approx(0.6)


def test_emissions_of_a_sector_without_output_are_a_warning():
    table = random_table(1, 3, 4, zero_sectors=1)
    F, _ = random_emissions(table)
    idle = np.argwhere(table.output.values == 0)[0]
    F.values[tuple(idle)] = 2.5
    row = line(validate(table, F), "zero output with emissions")
    assert (row.level, row.passed, row.value) == ("warning", False, 2.5)


def test_emissions_of_an_unknown_province_are_refused(table):
    F, _ = random_emissions(table)
    with pytest.raises(LabelError, match="emissions F names region 'r9', which the table does not have"):
        validate(table, F.assign_coords(region=["r0", "r1", "r9"]))


def test_unit_off_by_ten_thousand_is_found():
    provinces = ["Beijing", "Tianjin", "Hebei"]
    table = random_table(1, 3, 4, region_labels=provinces, sector_labels=list("abcd"))
    assert not line(validate(table), "unit magnitude").passed  # random numbers, 1e5 x 10^4 yuan a sector
    real = Table(table.data.map(lambda v: v * 500, keep_attrs=True))
    assert line(validate(real), "unit magnitude").passed
    gdp = real.value_added.sum(("component", "sector")).assign_attrs(unit="10k CNY")
    assert line(validate(real, gdp=gdp), "value added against GDP").passed
    row = line(validate(real, gdp=gdp.assign_attrs(unit="100M CNY")), "value added against GDP")
    assert not row.passed and row.level == "error"


def test_labels_of_emissions_may_come_in_any_order(table):
    F, _ = random_emissions(table)
    expected = validate(table, F).checks
    assert validate(table, F.sel(region=["r2", "r0", "r1"]).T).checks.equals(expected)
