"""The gate passes what balances and names what does not."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from strategies import balanced_tables, random_emissions, random_table

from mrio import labels
from mrio.errors import BalanceError, ConfigError, LabelError
from mrio.outputs.validation_files import write_report
from mrio.table.interregional import Table
from mrio.table.policies import apply_policies
from mrio.table.validation import technology
from mrio.table.validation.balances import column_gap, row_gap
from mrio.table.validation.gate import validate
from mrio.table.validation.report import counted
from mrio.table.validation.technology import spectral_radius


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


def test_transposed_intermediate_block_is_recognised():
    table = random_table(5, 3, 4)
    turned = Table(table.data.assign(Z=table.Z.copy(data=table.Z.values.transpose(2, 3, 0, 1).copy())))
    with pytest.raises(BalanceError, match="the rows and columns of Z are swapped, transpose it"):
        validate(turned).raise_for_errors()


def test_worst_cells_are_listed_with_their_gaps():
    table = random_table(2, 3, 4, residual=False)
    report = validate(broken(table, "exports", (1, 2), table.exports.values[1, 2] + 7.5))
    worst = report.cells.iloc[0]
    assert (worst["check"], worst["region"], worst["sector"]) == ("row balance", "r1", "s2")
    assert worst["gap"] == pytest.approx(-7.5) and len(report.cells) == 20


@given(balanced_tables())
def test_leontief_gives_output_back(table):
    assert line(validate(table), "L y = x").passed


def test_inventory_of_another_province_is_measured():
    table = random_table(2, 3, 4)
    assert line(validate(table), "inventories of others").value == pytest.approx(0, abs=1e-12)
    Y = table.Y.values.copy()
    Y[0, :, 1, 4] = np.abs(Y[0, :, 0, 4])
    moved = Table(table.data.assign(Y=table.Y.copy(data=Y)))
    assert line(validate(moved), "inventories of others").value > 0.1


def test_missing_province_and_sector_are_named():
    codes = labels.sectors("six")["code"].tolist()
    names = [name for name in labels.provinces().index if name != "Hainan"]
    table = random_table(1, 30, 5, region_labels=names, sector_labels=codes[:5], scheme="six")
    checks = validate(table)
    assert "missing: Hainan" in line(checks, "provinces complete").message
    assert f"missing: {codes[5]}" in line(checks, "sectors complete").message
    whole = random_table(1, 31, 6, region_labels=labels.provinces().index.tolist(), sector_labels=codes, scheme="six")
    dropped = validate(whole.drop_regions(["Tibet"]))
    assert line(dropped, "provinces complete").passed and line(dropped, "sectors complete").passed


@pytest.mark.parametrize(
    ("scheme", "to"), [("42", "six"), ("42", "30"), ("42-2012", "six"), ("42-2012", "30"), ("30", "six")]
)
def test_every_concordance_is_a_partition_that_conserves_every_account(scheme, to):
    codes = labels.sectors(scheme)["code"].tolist()
    table = random_table(1, 2, len(codes), sector_labels=codes, scheme=scheme)
    coarse = table.aggregate(sectors=to)
    assert coarse.sectors == labels.sectors(to)["code"].tolist() and coarse.scheme == to
    for name, variable in table.data.data_vars.items():
        size = np.abs(variable.values).sum()
        assert abs(coarse.data[name].values.sum() - variable.values.sum()) <= 1e-12 * size
    assert validate(coarse).ok


def test_totals_are_conserved_under_aggregation():
    table = random_table(1, 3, 42, sector_labels=labels.sectors("42")["code"].tolist(), scheme="42")
    row = line(validate(table), "totals under aggregation")
    assert row.passed and row.value < 1e-12


def test_remarks_of_the_reader_are_warnings():
    table = random_table(1, 2, 2)
    marked = Table(table.data.assign_attrs(reader_notes="stated TVA misses", not_separable="Hubei"))
    report = validate(marked)
    assert report.ok and report.notes()[-2:] == [
        "stated TVA misses",
        "foreign and interprovincial trade are not separable in Hubei: their exports are not known",
    ]


def test_report_is_written_as_csv_and_page(table, tmp_path):
    report = validate(broken(table, "imports", (2, 0), 5.0))
    paths = write_report(report, tmp_path / "validation")
    assert [path.name for path in paths] == ["validation.csv", "validation_cells.csv", "validation.html"]
    assert pd.read_csv(paths[0])["check"].tolist() == report.checks["check"].tolist()
    page = paths[2].read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>") and "The table is refused" in page and "column r2 s0" in page
    assert json.loads(json.dumps(report.as_dict()))["ok"] is False
    assert report.as_text().startswith("REFUSED: 3 regions x 4 sectors, 2017, 10k CNY\n  error: column r2 s0")


# -- policies ---------------------------------------------------------------------------------------------------------
@given(balanced_tables())
def test_spreading_the_residual_keeps_both_identities(table):
    spread = apply_policies(table, residual={"policy": "spread"})
    scale = max(table.output.values.max(), 1.0)
    assert np.abs(row_gap(spread)).max() < 1e-9 * scale and np.abs(column_gap(spread)).max() < 1e-9 * scale
    np.testing.assert_array_equal(spread.Z, table.Z)
    assert np.abs(spread.residual.values).sum() <= np.abs(table.residual.values).sum()


def test_residual_is_spread_in_proportion_by_hand():
    table = Table.from_arrays(
        [[0.0]], [[30.0, 5.0]], exports=[10.0], residual=[8.0], regions=["r"], sectors=["s"],
        categories=["urban", "inventory"], year=2017,
    )  # fmt: skip
    spread = apply_policies(table, residual={"policy": "spread"})  # T = 30 + 10, factor 1.2; inventory stays
    assert spread.Y.values.ravel().tolist() == [36, 5] and spread.exports.values.item() == 12
    assert spread.residual.values.item() == 0 and spread.output.values.item() == 53


def test_residual_beyond_the_limit_is_refused_by_policy():
    table = random_table(2, 3, 4)
    share = np.abs(table.residual.values).sum() / table.output.values.sum()
    assert apply_policies(table, residual={"policy": "refuse", "limit": share * 1.01}) is table
    with pytest.raises(BalanceError, match=r"the residual is .* of output, more than the limit .* of policy 'refuse'"):
        apply_policies(table, residual={"policy": "refuse", "limit": share * 0.99})


def test_emissions_without_output_stop_the_run_only_where_asked():
    table = random_table(1, 3, 4, zero_sectors=1)
    F, _ = random_emissions(table)
    F.values[tuple(np.argwhere(table.output.values == 0)[0])] = 2.5
    assert apply_policies(table, F) is table
    with pytest.raises(BalanceError, match=r"1 sectors without output emit 2\.5 Mt"):
        apply_policies(table, F, zero_output="refuse")


def test_unknown_policy_is_named(table):
    with pytest.raises(ConfigError, match=r"residual policy 'spraed' is unknown \(did you mean 'spread'\?\)"):
        apply_policies(table, residual={"policy": "spraed"})


def test_a_large_table_is_solved_in_place_as_a_small_one_is(monkeypatch):
    A, y = np.random.default_rng(0).random((30, 30)) * 0.02, np.arange(1.0, 31.0)
    expected = technology._leontief_solve(A.copy(), y)
    monkeypatch.setattr(technology, "IN_PLACE_FROM", 10)
    np.testing.assert_allclose(technology._leontief_solve(A.copy(), y), expected, rtol=1e-12)
    np.testing.assert_allclose(expected - A @ expected, y, rtol=1e-12)


@pytest.mark.parametrize(("count", "said"), [(0, "no negative cell"), (1, "1 negative cell"), (2, "2 negative cells")])
def test_one_cell_is_no_cells(count, said):
    assert counted(count, "negative cell") == said
