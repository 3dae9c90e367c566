"""Policies and verdicts of the gate by hand: what is moved, said and refused, at the limit and beside it."""

from __future__ import annotations

import re
from dataclasses import asdict

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from strategies import random_emissions, random_table

from mrio.errors import BalanceError, LabelError
from mrio.table.interregional import Table
from mrio.table.policies import apply_policies, refuse_idle_emissions, refuse_residual, spread_residual
from mrio.table.provincial import ProvincialTables, collapse
from mrio.table.validation.balances import (
    aggregation,
    identities,
    missing_labels,
    output_scale,
    residual,
    worst_cells,
)
from mrio.table.validation.report import Check, Report
from mrio.table.validation.technology import coefficients, spectral_radius
from mrio.table.validation.values import (
    magnitude,
    negative_inventories,
    on_labels,
    remarks,
    signs,
    value_added_against_gdp,
    zero_output,
)


def by_name(checks):
    return {check.check: check for check in checks}


# -- policies ---------------------------------------------------------------------------------------------------------
def small(residual_, exports=2.0, final=((4.0, 1.0), (1.0, 2.0))):
    """Return a table of one region: two products, consumption and inventory; output follows."""
    Z, Y = np.array([[1.0, 2.0], [2.0, 1.0]]), np.array(final)
    e, eps = np.array([exports, 0.0]), np.array(residual_)
    x = Z.sum(1) + Y.sum(1) + e + eps
    return Table.from_arrays(
        Z, Y, exports=e, residual=eps, output=x, regions=["r"], sectors=["a", "b"], categories=["use", "inventory"],
        year=2017, unit="10k CNY",
    )  # fmt: skip


def test_a_residual_is_spread_by_final_use_and_exports_leaving_inventories():
    table = spread_residual(small([3.0, -0.5]))
    np.testing.assert_allclose(table.Y.values[0, :, 0], [[6.0, 1.0], [0.5, 2.0]])  # 6 grown by half, 1 halved
    np.testing.assert_allclose(table.exports.values, [[3.0, 0.0]])
    assert (table.residual.values == 0).all()
    assert table.data.attrs["residual_policy"] == "spread over final demand and exports"


@pytest.mark.parametrize(
    ("eps", "left"),
    [([0.0, -1.0], 0), ([0.0, -1.1], 1), ([-6.0, -1.1], 1), ([-6.1, -1.1], 2)],
)
def test_a_residual_that_would_turn_a_use_negative_stays(eps, left):
    table = spread_residual(small(eps))
    stays = np.array(eps) < [-6.0, -1.0]
    np.testing.assert_allclose(table.residual.values[0], np.where(stays, eps, 0.0))
    np.testing.assert_allclose(table.Y.values[0, :, 0, 0], np.where(stays, [4, 1], [4 + eps[0] * 4 / 6, 1 + eps[1]]))
    assert table.data.attrs["residual_policy"].endswith(f", {left} rows left" if left else "exports")
    np.testing.assert_allclose(table.Y.values.sum((2, 3)) + table.exports + table.residual,
                               small(eps).Y.values.sum((2, 3)) + small(eps).exports + small(eps).residual)  # fmt: skip


def test_a_row_with_a_negative_use_or_export_keeps_its_residual():
    for table in (small([1.0, 1.0], exports=-1.0), small([1.0, 1.0], final=((-1.0, 1.0), (1.0, 2.0)))):
        assert spread_residual(table).residual.values.tolist() == [[1.0, 0.0]]
    nothing = small([1.0, 1.0], exports=0.0, final=((0.0, 1.0), (1.0, 2.0)))
    assert spread_residual(nothing).residual.values.tolist() == [[1.0, 0.0]]


def test_a_residual_at_the_limit_is_kept_and_beyond_it_refused():
    table = small([3.0, -1.0])  # output 13 and 5: 4 of 18
    refuse_residual(table, 4 / 18)
    assert apply_policies(table, residual={"policy": "refuse", "limit": 0.23}).residual.equals(table.residual)
    with pytest.raises(BalanceError, match=r"the residual is 22\.22% of output, .*at r a \(3 10k CNY\)"):
        refuse_residual(table, 0.22)
    with pytest.raises(BalanceError, match=r"5\.00%"):
        apply_policies(table, residual={"policy": "refuse"})


def test_emissions_without_output_are_refused_with_their_sum():
    table = random_table(1, 2, 4, zero_sectors=2)
    F, _ = random_emissions(table)
    F = F.copy(data=np.where(table.output.values == 0, [[1.0, 2, 3, 4], [5, 6, 7, 8]], F.values))
    idle = F.values[table.output.values == 0]
    with pytest.raises(BalanceError, match=f"^2 sectors without output emit {idle.sum():g} Mt, .*{idle.max():g} Mt"):
        apply_policies(table, F, zero_output="refuse")
    assert apply_policies(table, F) is not None and apply_policies(table, zero_output="refuse") is not None
    refuse_idle_emissions(table, F.where(table.output > 0, 0.0))


# -- the gate ---------------------------------------------------------------------------------------------------------
def edited(table, name, at, value):
    values = table.data[name].values.copy()
    values[at] = value
    return Table(table.data.assign({name: table.data[name].copy(data=values)}))


def test_a_gap_is_measured_against_output_or_a_thousandth_of_the_mean():
    table = small([0.0, 0.0])  # output 10 and 6
    np.testing.assert_allclose(output_scale(table), [[10, 6]])
    tiny = edited(table, "output", (0, 1), 1e-9)
    np.testing.assert_allclose(output_scale(tiny), [[10, 1e-3 * 5]])


@pytest.mark.parametrize(("more", "said"), [(1.0, "more"), (-1.0, "less")])
def test_a_row_that_misses_says_by_how_much_and_which_way(more, said):
    table = edited(small([0.0, 0.0]), "exports", (0, 0), 2.0 + more)
    check = by_name(identities(table, 1e-6))["row balance"]
    assert f"row r a adds up to 1 10k CNY {said} than its output 10 (relative 0.1" in check.message
    assert "1 of 2 rows are over it" in check.message and check.value == pytest.approx(0.1) and not check.passed
    assert by_name(identities(table, 0.1))["row balance"].passed
    cells = worst_cells(table)
    first = cells[cells["check"] == "row balance"].iloc[0]
    assert (first["region"], first["sector"], first["output"]) == ("r", "a", 10.0)
    assert first["gap"] == pytest.approx(-more) and first["relative"] == pytest.approx(0.1)


def test_a_transposed_table_is_told_from_a_broken_one():
    table = random_table(2, 3, 4)
    Z = table.Z.values.reshape(12, 12).T.reshape(3, 4, 3, 4)
    turned = Table(table.data.assign(Z=table.Z.copy(data=Z)))
    for check in identities(turned, 1e-6):
        assert check.message.endswith("the rows and columns of Z are swapped, transpose it")
    for check in identities(edited(turned, "Z", (0, 0, 0, 1), 1e9), 1e-6):
        assert "swapped" not in check.message
    assert len(worst_cells(turned)) == 20


def test_the_residual_is_a_share_of_output():
    check = residual(small([3.0, -1.0]), 0.25)
    assert check.value == pytest.approx(4 / 18) and check.passed and check.worst == "r a"
    assert not residual(small([3.0, -1.0]), 0.2).passed and residual(small([0.0, 0.0]), 0.0).passed
    assert residual(small([0.0, 0.0]), 0.0).worst == ""


def test_negative_cells_are_counted_summed_and_graded():
    table = edited(edited(small([0.0, 0.0]), "Y", (0, 0, 0, 0), -4.0), "Y", (0, 1, 0, 1), -2.0)
    checks = by_name(signs(table))
    final, stock = checks["negative final demand"], checks["negative inventory change"]
    assert final.message == "final demand: 1 negative cell, 0.8 of the account, the largest -4 10k CNY at r a > r use"
    assert (final.level, final.passed, final.value) == ("warning", False, 1.0)
    assert (stock.level, stock.passed, stock.value) == ("info", True, 1.0) and "0.67 of" in stock.message
    rounding = edited(small([0.0, 0.0]), "Y", (0, 0, 0, 0), -1e-13)
    assert by_name(signs(rounding))["negative final demand"].passed
    assert by_name(signs(edited(small([0.0, 0.0]), "output", (0, 0), -1.0)))["negative output"].level == "error"
    assert {final.limit, stock.limit} == {0}


def test_inventories_drawn_on_others_are_a_share_of_all():
    table = random_table(1, 2, 3)
    assert next(negative_inventories(table)).value == pytest.approx(0, abs=1e-12)
    stock = table.Y.values[..., 4].copy()
    other = edited(table, "Y", (0, 1, 1, 4), 3.0)
    own = sum(np.abs(stock[r, :, r]).sum() for r in range(2))
    check = next(negative_inventories(other))
    assert check.value == pytest.approx(3.0 / (own + 3.0)) and f"{check.value:.2%} of inventory" in check.message


def test_sectors_without_output_that_buy_or_emit_are_named():
    table = random_table(1, 2, 4, zero_sectors=2)
    idle = np.argwhere(table.output.values == 0)
    assert all(check.passed for check in zero_output(table, None))
    none = by_name(zero_output(table, None))["zero output with inputs"]
    assert (none.value, none.limit, none.worst) == (0, 0, "")
    r, i = idle[1]
    F = random_emissions(table)[0] * 0
    F.values[r, i] = 3.0
    checks = by_name(zero_output(edited(table, "imports", (r, i), 5.0), F))
    buys, emits = checks["zero output with inputs"], checks["zero output with emissions"]
    assert "1 province-sectors, 5 10k CNY in all" in buys.message and buys.worst == f"r{r} s{i}" and not buys.passed
    assert "1 province-sectors, 3 Mt in all" in emits.message and (emits.level, emits.value) == ("warning", 3.0)
    assert checks["zero output"].value == 2.0 and checks["zero output"].message.startswith("2 of 8 province-sectors")


@pytest.mark.parametrize(("factor", "passed"), [(1.0, True), (1e-4, False), (1e4, False)])
def test_the_unit_is_judged_by_the_mean_output_of_a_province(factor, passed):
    table = random_table(1, 2, 4, region_labels=["Beijing", "Hebei"])
    mean = 1e13 / (table.output.values.sum() / 2 * 1e4)
    grown = Table(table.data.map(lambda v: v * mean * factor, keep_attrs=True))
    check = next(magnitude(grown))
    assert check.passed == passed and check.value == pytest.approx(1e13 * factor)
    assert check.limit == (3e10 if factor < 1 else 5e14) or passed
    assert check.message.endswith("10^4") != passed
    assert not list(magnitude(random_table(1, 2, 4)))


def test_value_added_is_held_against_gdp():
    table = random_table(1, 2, 4)
    va = table.value_added.values.sum((0, 2))
    gdp = xr.DataArray(va / [1.3, 0.8], {"region": table.regions}, attrs={"unit": "10k CNY"})
    check = value_added_against_gdp(table, gdp)
    assert check.passed and check.worst == "r0" and check.value == pytest.approx(1.3) and check.level == "warning"
    assert check.message == "value added over GDP runs from 0.8 to 1.3, farthest from 1 in r0 (expected 0.75 to 1.35)"
    for ratio in (1.36, 0.74):
        off = gdp.copy(data=va / [ratio, 1.0]).assign_attrs(unit="10k CNY")
        assert not value_added_against_gdp(table, off).passed
    tens = value_added_against_gdp(table, gdp.copy(data=va / 1e4).assign_attrs(unit="10k CNY"))
    assert tens.level == "error" and tens.message.endswith("the units differ by a power of ten")


def test_remarks_are_counted():
    table = random_table(1, 2, 4)
    assert list(remarks(table)) == []
    noted = Table(table.data.assign_attrs(
        reader_notes="a; b", official_oddities="x: p, q; y: r", not_separable="p, q, r", rounding_note="moved",
        rounding_largest=0.05, rounding_gaps=7,
    ))  # fmt: skip
    found_ = list(remarks(noted))
    assert [(check.check, check.value) for check in found_] == [
        ("reader's remarks", 2.0), ("rounding", 7.0), ("official tables", 2.0), ("official tables", 1.0),
        ("foreign trade separable", 3.0),
    ]  # fmt: skip
    assert [check.passed for check in found_] == [False, True, False, False, False]
    more = list(remarks(Table(table.data.assign_attrs(rounding_note="moved", rounding_largest=0.051, rounding_gaps=1))))
    assert (more[0].level, more[0].passed) == ("warning", False)


def test_totals_survive_adding_up_and_missing_labels_are_named():
    assert list(aggregation(random_table(1, 2, 4))) == []  # no scheme, no groups
    two = random_table(1, 2, 4, region_labels=["Beijing", "Hebei"])
    check = next(missing_labels(two))
    assert check.check == "provinces complete" and not check.passed and check.value == 2
    assert "2 of 3" in check.message and "missing: Tianjin" in check.message and "unknown" not in check.message
    excluded = Table(two.data.assign_attrs(excluded_regions="Tianjin, Shanxi"))
    assert "Tianjin" not in next(missing_labels(excluded)).message
    assert list(missing_labels(random_table(1, 2, 4))) == []


def test_figures_are_put_in_order_or_refused():
    coords = {"region": ["a", "b"], "sector": ["x", "y"]}
    data = xr.DataArray([[4.0, 3], [2, 1]], {"sector": ["y", "x"], "region": ["b", "a"]})
    np.testing.assert_array_equal(on_labels(data, coords, "F"), [[1, 3], [2, 4]])
    with pytest.raises(LabelError, match=r"F lacks region 'b'; it must hold each of the table's 2 once"):
        on_labels(data.sel(region=["a"]), coords, "F")
    with pytest.raises(LabelError, match="F gives a region twice"):
        on_labels(data.sel(region=["a", "b", "a"]), coords, "F")
    with pytest.raises(LabelError, match="names region 'c', which"):
        on_labels(data.assign_coords(region=["c", "a"]), coords, "F")
    with pytest.raises(LabelError, match="F has dimensions"):
        on_labels(data.isel(region=0), coords, "F")


def test_provincial_tables_that_miss_name_the_folder_the_cell_and_the_size():
    prov = collapse(random_table(1, 2, 4))
    prov.check()
    fewer = random_table(1, 3, 4).drop_regions(["r2"])
    collapse(fewer).check()  # what excluded regions send and buy is foreign trade
    np.testing.assert_allclose(collapse(fewer).exports, fewer.exports + fewer.data["excluded_out"])

    def moved(name, at, by):
        values = prov.data[name].values.copy()
        values[at] += by
        return ProvincialTables(prov.data.assign({name: prov.data[name].copy(data=values)}))

    wrong = moved("exports", (1, 2), -50.0)
    with pytest.raises(BalanceError, match=r"^there \(2017\): r1, sector s2: the row misses its total output by 50 "):
        wrong.check(place="there")
    with pytest.raises(BalanceError, match=r"^r1, sector s2: the row"):
        wrong.check()
    wrong.check(tolerance=50.0 / float(prov.output.mean()) * 1.001)
    with pytest.raises(BalanceError, match=r"r0, sector s3: the column misses its total output by -50 "):
        moved("foreign_inputs", (0, 3), 50.0).check()


# -- what stands at zero ----------------------------------------------------------------------------------------------
def test_a_row_that_cannot_take_its_residual_is_left_only_if_it_has_one():
    final = ((-1.0, 1.0), (1.0, 2.0))  # a negative use of a: its residual, were there one, would stay
    assert spread_residual(small([0.0, 1.0], final=final)).data.attrs["residual_policy"].endswith("exports")
    assert spread_residual(small([0.5, 1.0], final=final)).data.attrs["residual_policy"].endswith(", 1 rows left")


def test_without_inventories_none_are_drawn_on_others():
    (check,) = negative_inventories(small([0.0, 0.0], final=((4.0, 0.0), (1.0, 0.0))))
    assert check.value == 0.0 and check.message.startswith("0.00%")


def test_what_an_idle_sector_buys_of_excluded_regions_counts():
    table = edited(edited(small([0.0, 0.0]), "output", (0, 1), 0.0), "Z", (0, slice(None), 0, 1), 0.0)
    assert by_name(zero_output(table, None))["zero output with inputs"].value == float(
        np.abs(table.value_added.values[:, 0, 1]).sum()
    )
    bare = edited(table, "value_added", (slice(None), 0, 1), 0.0)
    assert by_name(zero_output(bare, None))["zero output with inputs"].passed
    bought = edited(edited(bare, "imports", (0, 1), 3.0), "excluded_in", (0, 1), 2.0)
    check = by_name(zero_output(bought, None))["zero output with inputs"]
    assert (check.value, check.passed, check.worst) == (5.0, False, "r b")


def test_a_province_at_the_bound_of_what_a_unit_may_mean_passes():
    table = random_table(1, 2, 4, region_labels=["Beijing", "Hebei"])
    yuan = table.output.values.sum() / 2 * 1e4
    for size, passed in ((3e10, True), (2.9e10, False), (5e14, True), (5.1e14, False)):
        grown = Table(table.data.map(lambda v, by=size / yuan * (1 + 1e-12 * (size < 1e12)): v * by, keep_attrs=True))
        check = next(magnitude(grown))
        assert check.passed == passed, size


def test_arrays_are_copied_unless_nobody_can_change_them_any_more():
    Z, Y = np.array([[1.0, 2.0], [2.0, 1.0]]), np.array([[4.0], [1.0]])
    names = {"regions": ["r"], "sectors": ["a", "b"], "categories": ["use"], "year": 2017}
    table = Table.from_arrays(Z, Y, **names)
    Z[0, 0] = 99.0
    assert table.Z.values.sum() == 6.0
    Z.flags.writeable = False
    assert np.shares_memory(Table.from_arrays(Z, Y, **names).Z.values, Z)
    view = np.full((2, 2), 1.0)[:]
    view.flags.writeable = False
    assert not np.shares_memory(Table.from_arrays(view, Y, **names).Z.values, view)


def test_regions_that_a_table_does_not_have_are_not_left_out_of_it():
    table = random_table(1, 3, 2)
    less = apply_policies(table, exclude=["r2", "nowhere"])
    assert less.regions == ["r0", "r1"] and less.data.equals(table.drop_regions(["r2"]).data)
    assert apply_policies(table, exclude=["nowhere"]).regions == table.regions


def test_the_spectral_radius_is_that_of_the_sizes_of_cells():
    assert spectral_radius(np.array([[0.2, 0.3], [0.1, 0.4]])) == pytest.approx(0.5)
    # of the sizes: 0.2 + 0.3 in the first row, 0.1 + 0.4 in the second; with their signs it would be less
    assert spectral_radius(np.array([[0.2, -0.3], [0.1, 0.4]])) == pytest.approx(0.5)
    assert spectral_radius(np.array([[-0.5, 0.0], [0.0, 0.1]])) == pytest.approx(0.5)


def test_a_province_whose_trade_is_not_separable_is_a_warning_of_as_many_as_are_named():
    one = next(iter(remarks(Table(random_table(1, 2, 4).data.assign_attrs(not_separable="p")))))
    assert (one.value, one.limit, one.worst, one.level) == (1.0, 0.0, "p", "warning")


def test_what_refuses_a_table_says_what_else_failed():
    checks = [Check(name, level, passed, 1.0, 0.0, "", f"{name} is wrong") for name, level, passed in (
        ("a", "error", False), ("b", "warning", False), ("c", "error", True), ("d", "error", False),
        ("e", "error", False),
    )]  # fmt: skip
    report = Report(pd.DataFrame([asdict(check) for check in checks]), pd.DataFrame(), {})
    said = re.escape("there: a is wrong; d, e failed too ('mrio check' prints every check).")
    with pytest.raises(BalanceError, match=f"^{said}$"):
        report.raise_for_errors("there")
    alone = Report(report.checks.iloc[:3], pd.DataFrame(), {})
    with pytest.raises(BalanceError, match=r"^a is wrong\.$"):
        alone.raise_for_errors()
    assert not alone.ok and alone.notes() == ["b is wrong"]
    passed = Report(report.checks.iloc[1:3], pd.DataFrame(), {})
    assert passed.ok and passed.raise_for_errors() is passed


def test_a_table_has_the_variables_it_holds_and_no_other_names():
    table = random_table(1, 2, 2)
    assert "imports_by_product" not in table.data
    for name in ("imports_by_product", "region", "whatever"):
        with pytest.raises(AttributeError):
            getattr(table, name)
    assert table.exports.identical(table.data["exports"])


def test_a_table_is_productive_or_said_not_to_be():
    def radius(grown):
        table = edited(small([0.0, 0.0]), "Z", (0, slice(None), 0, slice(None)), grown * np.array([[1.0, 2], [2, 1]]))
        return by_name(coefficients(table, 1e-6))["spectral radius"]

    assert radius(1.0).passed and radius(1.0).message.endswith("below 1")
    assert not radius(9.0).passed and radius(9.0).message.endswith("not productive and has no Leontief inverse")
