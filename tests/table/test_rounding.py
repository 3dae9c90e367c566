"""Rounded tables: gaps go to accounts of their own and are counted, larger ones are refused, sums hold to the end."""

from __future__ import annotations

import numpy as np
import pytest
from strategies import random_emissions, random_table

import mrio
from mrio.errors import BalanceError, ConfigError
from mrio.table.interregional import Table
from mrio.table.rounding import IN_COLUMN, IN_ROW, balanced, last_decimal, rounding_bound
from mrio.table.traces import without_output
from mrio.table.validation.balances import column_gap, row_gap
from mrio.table.validation.gate import validate

SHARE = 1e-9


def rounded(table, decimals=0, *names):
    """Return the table as it would be printed: its accounts (or those named) to some decimals."""
    names = names or tuple(table.variables())
    return mrio.Table(table.data.assign({name: table.data[name].round(decimals) for name in names}))


@pytest.fixture(scope="module")
def exact():
    return random_table(seed=4, regions=4, sectors=5)


def totals(table, F):
    made = mrio.accounts(table, F)
    return made, float(made["production"].sum())


@pytest.mark.parametrize("decimals", [0, 1])
def test_a_printed_table_is_refused_as_it_is_and_accounted_once_its_gaps_are_moved(exact, decimals):
    printed = rounded(exact, decimals)
    F, _ = random_emissions(exact, 1)
    assert not validate(printed).ok
    with pytest.raises(BalanceError, match=r"does not balance .*mrio\.balanced"):
        mrio.accounts(printed, F)
    table = balanced(printed)
    assert validate(table).ok
    assert np.abs(row_gap(table)).max() <= SHARE and np.abs(column_gap(table)).max() <= SHARE
    made, whole = totals(table, F)
    outside = made[["exports", "excluded", "residual", "zero_output"]].to_dataarray().sum()
    assert float(made["consumption"].sum() + outside) == pytest.approx(whole, rel=1e-12)
    np.testing.assert_allclose(made["production"], totals(exact, F)[0]["production"])


def test_what_is_moved_stands_in_accounts_of_its_own_and_is_counted(exact):
    printed = rounded(exact)
    table = balanced(printed)
    np.testing.assert_array_equal(table.residual, printed.residual + row_gap(printed))
    np.testing.assert_array_equal(table.value_added.sel(component="rounding"), column_gap(printed))
    rest = table.value_added.drop_sel(component="rounding")
    np.testing.assert_array_equal(rest, printed.value_added)
    for name in set(table.variables()) - {"residual", "value_added"}:
        np.testing.assert_array_equal(table.data[name], printed.data[name])
    check = validate(table).checks.set_index("check").loc["rounding"]
    moved = np.count_nonzero(row_gap(printed)) + np.count_nonzero(column_gap(printed))
    assert check["value"] == moved and check["level"] == "info" and "stand in the residual" in check["message"]
    assert f"{np.abs(row_gap(printed)).sum():,.6g}" in check["message"]


def test_a_sector_that_is_mostly_rounding_is_warned_of_by_name():
    Z = np.array([[200.0, 1.0], [1.0, 0.0]])
    table = Table.from_arrays(Z, [[300.0], [2.0]], output=[[501.0, 5.0]], value_added=[[300.0, 4.0]], year=2017,
                              regions=["North"], sectors=["big", "small"], categories=["final"])  # fmt: skip
    check = validate(balanced(table)).checks.set_index("check").loc["rounding"]
    assert check["level"] == "warning" and not check["passed"]
    assert "0.4 of the output of North small" in check["message"]


def test_a_gap_beyond_rounding_is_refused_by_its_row(exact):
    printed = rounded(exact)
    bound = rounding_bound(printed, IN_ROW)
    values = printed.output.values.copy()
    values[1, 2] += np.ceil(bound) + 1
    wrong = balanced(mrio.Table(printed.data.assign(output=printed.output.copy(data=values))))
    with pytest.raises(BalanceError, match="row r1 s2 adds up to"):
        validate(wrong).raise_for_errors()
    assert np.count_nonzero(row_gap(wrong).round(6)) == 1, "every other row is balanced"


def test_the_policy_refuses_rounding_by_what_to_type_and_leaves_mistakes_to_the_gate(exact):
    printed = rounded(exact)
    with pytest.raises(BalanceError, match=r"balance: \{rounding: residual\}.*--rounding residual"):
        balanced(printed, "refuse")
    broken = mrio.Table(printed.data.assign(output=printed.output * 2))
    assert not validate(balanced(broken, "refuse")).ok and not validate(balanced(broken)).ok
    with pytest.raises(ConfigError, match="rounding 'drop' is unknown"):
        balanced(printed, "drop")


def test_a_table_computed_to_full_precision_has_no_rounding_to_excuse_a_gap(exact):
    values = exact.output.values.copy()
    values[0, 0] *= 1 + 1e-4
    wrong = mrio.Table(exact.data.assign(output=exact.output.copy(data=values)))
    assert not validate(balanced(wrong)).ok


def test_a_limit_is_honoured_to_the_end(exact):
    """A gap below the limit was let through and stopped the accounts at 1e-9 later."""
    values = exact.output.values.copy()
    values[0, 0] *= 1 + 1e-4
    wrong = mrio.Table(exact.data.assign(output=exact.output.copy(data=values)))
    table = balanced(wrong, "refuse", 1e-3)
    assert validate(table, tolerance=1e-3).ok
    mrio.accounts(table, random_emissions(exact, 1)[0])


def test_a_sound_table_is_the_same_object(exact):
    assert balanced(exact) is exact


def test_the_bound_is_half_a_unit_of_every_cell():
    table = mrio.Table.from_arrays(
        [[20.5, 10.0], [5.0, 40.0]], [[60.0, 10.0], [20.0, 35.0]], exports=[1.0, 2.0], year=2017,
        regions=["a", "b"], sectors=["x"], categories=["c"], output=[101.5, 102.0],
    )  # fmt: skip
    # Z to 0.1 over two cells, Y to 1 over two, exports to 1, output to 0.1; no residual
    assert rounding_bound(table, IN_ROW) == pytest.approx(0.5 * (2 * 0.1 + 2 * 1 + 1 + 0.1))
    assert rounding_bound(table, IN_COLUMN) == pytest.approx(0.5 * (2 * 0.1 + 1 + 0.1)), "value added is whole"


@pytest.mark.parametrize(
    ("values", "unit"), [([[1.0, 1e9]], 1.0), ([[0.25]], 0.01), ([[0.1 + 0.2]], 0.1), ([[1 / 7]], 0.0), ([[0.0]], 0.0)]
)
def test_the_last_decimal_is_that_of_the_printed_numbers(values, unit):
    assert last_decimal(np.array(values)) == unit


# -- a trace of output is none -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("method", ["mrio", "eebt", "gross"])
def test_emissions_of_a_trace_of_output_are_an_account_not_a_broken_table(exact, method):
    """An output of 5e-9 in a table of 1e7: F / x would be any number, and failed with 'does not balance'."""
    Z, Y = exact.Z.values.copy(), exact.Y.values.copy()
    Z[1, 2], Z[:, :, 1, 2], Y[1, 2] = 0, 0, 0
    Y[1, 2, 1, 0] = 5e-15 * exact.output.values.mean()
    table = mrio.Table.from_arrays(
        Z, Y, exports=np.where(np.arange(20).reshape(4, 5) == 7, 0, exact.exports.values), regions=exact.regions,
        sectors=exact.sectors, categories=exact.categories, year=exact.year,
    )  # fmt: skip
    assert without_output(table.output.values).sum() == 1
    F = random_emissions(exact, 1)[0]
    made = mrio.accounts(table, F, method=method)
    assert float(made["zero_output"].sel(region="r1")) == float(F.sel(region="r1", sector="s2"))
