"""Rows at their bounds, and margins closed to the last multiple of the grid, by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from strategies import random_table

from mrio.errors import InputError
from mrio.estimation.margins import Margins, on_grid
from mrio.estimation.observations import Layout
from mrio.estimation.official_reports import Reports
from mrio.estimation.openness import FLOOR, _median_polish, _mute, _weighted_quantile
from mrio.estimation.posterior import posterior_of
from mrio.estimation.priors import read_prior
from mrio.estimation.reconcile import COARSE, Known, active_bounds, closed_margins, without_self_trade
from mrio.estimation.rows import ACCOUNTS, Rows
from mrio.estimation.transit import remove_transit
from mrio.table.provincial import collapse

LAYOUT = Layout(["r0", "r1"], ["a", "b"])


def even(**changes: dict[tuple[int, int], float]) -> Rows:
    """Return rows of 100 in every account, imports 30, but for some cells."""
    arrays = {name: np.full((2, 2), 30.0 if name == "imports" else 100.0) for name in ACCOUNTS}
    arrays["inventory"], arrays["residual"] = np.zeros((2, 2)), np.zeros((2, 2))
    for name, cells in changes.items():
        for at, value in cells.items():
            arrays[name][at] = value
    return Rows(**arrays)


def bounds(rows: Rows, reports: Rows | None = None, unit: float = 1.0, error: float = 5.0) -> set[tuple]:
    errors = Rows(**{name: np.full((2, 2), error * unit) for name in ACCOUNTS})
    scaled = [Rows(**{n: unit * v for n, v in vars(each).items()}) for each in (rows, reports or even())]
    known = Known(LAYOUT, np.full((2, 2), 400.0 * unit), np.full(2, 200.0 * unit), np.full((2, 2), 150.0 * unit))
    return set(active_bounds(scaled[0], Reports(scaled[1], errors, {}), known).itertuples(index=False, name=None))


@pytest.mark.parametrize("unit", [1.0, 2.0**-30])
def test_a_bound_is_active_where_next_to_nothing_of_the_report_is_left(unit):
    assert bounds(even(), unit=unit) == set()
    assert bounds(even(consumption={(0, 0): 0.9, (0, 1): 1.1}, exports={(1, 0): 0.0}), unit=unit) == {
        ("r0", "a", "consumption"), ("r1", "a", "exports")}  # fmt: skip
    # imports of the 300 used, all but 0.2 or 0.4 of them: a thousandth is 0.3
    assert bounds(even(imports={(1, 1): 299.8, (0, 0): 299.6}), unit=unit) == {("r1", "b", "demand")}
    # 400 made, of which 0.2 or 0.6 are left
    assert bounds(even(exports={(1, 1): 399.8, (0, 0): 399.4}), unit=unit) == {("r1", "b", "supply")}
    spread = even(exports={(1, 1): 200.0}, inventory={(1, 1): 150.0}, residual={(1, 1): 49.8})
    assert bounds(spread, unit=unit) == {("r1", "b", "supply")}
    # 150 is the most users can take
    assert bounds(even(intermediate={(0, 1): 149.9, (1, 1): 149.8}), unit=unit) == {("r0", "b", "users")}


def test_what_was_reported_as_nothing_or_for_certain_is_at_no_bound():
    nothing = even(exports={(0, 0): 0.0})
    assert bounds(nothing, nothing) == set()
    certain = Reports(even(), Rows(**{name: np.zeros((2, 2)) for name in ACCOUNTS}), {})
    known = Known(LAYOUT, np.full((2, 2), 400.0), np.full(2, 200.0), np.full((2, 2), 100.0))
    assert active_bounds(even(), certain, known).empty  # uses at the most, but not uncertain
    assert COARSE * on_grid(np.full((2, 2), 400.0)) == 2.0 ** (11 - 41 + 10)


# -- margins ----------------------------------------------------------------------------------------------------------
def closed(output, share=0.0, **given):
    """Return margins and rows closed, of one product and accounts by region."""
    accounts = {name: np.array(given.get(name, [0.0] * len(output)), float)[:, None] for name in ACCOUNTS}
    rows, zero = Rows(**accounts), np.zeros((len(output), 1))
    m = Margins(rows.uses, rows.inventory, rows.exports, rows.imports, zero, zero, zero, np.array(output)[:, None])
    found, after = closed_margins(m, rows, np.full((len(output), 1), share))
    assert (found.gap() == 0).all() and found.net.sum() == 0
    assert (after.net_outflow == found.net).all() and (after.imports == found.imports).all()
    step = on_grid(m.output)
    for trade in (found.outflow, found.inflow):
        np.testing.assert_array_equal(trade, np.round(trade / step) * step)
    return found


def test_who_imports_all_it_uses_or_more_takes_nothing_from_the_others():
    found = closed([10.0, 10, 8], intermediate=[5.0, 8, 9], imports=[6.0, 0, 0], net_outflow=[1.0, 1, -2])
    assert found.imports.ravel().tolist() == [5, 0, 0] and found.demand.ravel().tolist() == [0, 8, 9]
    assert found.outflow.ravel().tolist() == [1, 1, 0] and found.inflow.ravel().tolist() == [0, 0, 2]


def test_what_is_not_made_is_taken_in_and_the_roomiest_closes_the_nation():
    found = closed([10.0, 30, 0], intermediate=[8.0, 25, 4], net_outflow=[1.0, 2, -3])
    # the third takes the 4 it uses; the second, with the most room, sends the one that lacks
    assert found.net.ravel().tolist() == [1, 3, -4] and found.residual.ravel().tolist() == [1, 2, 0]


@pytest.mark.parametrize("unit", [1.0, 2.0**-20])
def test_trade_with_oneself_goes_in_any_unit(unit):
    outflow, inflow = np.array([[9.0], [1], [0]]), np.array([[4.0], [1], [5]])
    one, other = without_self_trade(outflow, inflow), without_self_trade(outflow * unit, inflow * unit)
    for a, b in zip(one, other, strict=True):
        np.testing.assert_allclose(b / unit, a, rtol=1e-12)
    assert one[0].sum() == pytest.approx(one[1].sum()) and one[0].sum() < 10


def test_cells_at_a_bound_are_found_whatever_order_they_are_listed_in():
    weights = LAYOUT.each()
    seen = Reports(even(), even(), {}).observations(LAYOUT)
    rows = pd.DataFrame({"region": ["r1", "r0", "r1"], "sector": ["a", "b", "b"],
                         "bound": ["users", "demand", "exports"]})  # fmt: skip
    certain = np.zeros(8 * 4, dtype=bool)
    found, again = (posterior_of(LAYOUT, seen, even().flat(), certain, each) for each in (rows, rows.iloc[::-1]))
    assert (found.free == again.free).all() and (found.equal != again.equal).nnz == 0
    assert (~found.free).sum() == 2 and weights.shape == (4, 4)


def test_what_is_stored_or_left_over_cannot_be_exported():
    # of 10 made 1 is stored and 4 are residual: 5 are there to be exported, and 3 of the 8 exported are imports
    zero = np.zeros((2, 1))
    m = Margins(
        uses=np.array([[2.0], [20]]), inventory=np.array([[1.0], [0]]), exports=np.array([[8.0], [0]]),
        imports=np.array([[5.0], [0]]), outflow=zero, inflow=zero, residual=np.array([[4.0], [0]]),
        output=np.array([[10.0], [20]]),
    )  # fmt: skip
    assert (m.gap() == 0).all()
    clean, removed = remove_transit(m)
    assert removed.re_exports.ravel().tolist() == [3, 0] and clean.exports.ravel().tolist() == [5, 0]
    assert clean.imports.ravel().tolist() == [2, 0] and (clean.gap() == 0).all()


def test_where_nothing_is_traded_nothing_disagrees():
    one, zero = np.full((2, 2), 10.0), np.zeros((2, 2))
    m = Margins(one, zero, zero, zero, zero, zero, zero, one)
    assert m.disagreement() == 0.0
    assert m.replace(outflow=0.3 * one, inflow=0.1 * one).disagreement() == pytest.approx(0.2 / 0.2)


# -- medians ----------------------------------------------------------------------------------------------------------
def test_a_weighted_quantile_is_the_lowest_value_that_enough_weight_does_not_exceed():
    values, weight = np.array([[3.0], [1], [2]]), np.array([[1.0], [1], [2]])
    assert [_weighted_quantile(values, weight, q)[0] for q in (0.2, 0.25, 0.3, 0.75, 0.8, 1.0)] == [1, 1, 2, 2, 3, 3]


def test_a_region_or_product_that_weighs_nothing_has_the_effect_of_its_cells_all_the_same():
    product, region = np.array([1.0, 2, 4]), np.array([0.0, -1, 3])
    values, weight = product + region[:, None], np.ones((3, 3))
    for none in (weight, weight * [[1], [1], [0]], weight * [1, 1, 0]):
        found = _median_polish(values, none, np.array([3.0, 1, 1]))
        np.testing.assert_allclose(found[0], product)
        np.testing.assert_allclose(found[1], region)
    # of a region that weighs nothing the middle cell counts, not the lowest
    values[2] += [-9.0, 0, 9]
    np.testing.assert_allclose(_median_polish(values, weight * [[1], [1], [0]], np.array([3.0, 1, 1]))[1], region)


def test_a_product_half_of_which_is_booked_net_is_usually_net():
    share, weight = np.array([[0.0, 0.0], [0.3, FLOOR], [0.3, 1 - FLOOR]]), np.array([[2.0, 1], [1, 1], [1, 2]])
    none = np.zeros((3, 2), dtype=bool)
    none[2, 1] = True  # transit cut to what is made; of both products half of the weight is net
    np.testing.assert_array_equal(_mute(share, weight), none)
    weight[0, 0], none[0, 0] = 1.9, True
    np.testing.assert_array_equal(_mute(share, weight), none)


@pytest.mark.parametrize(("cells", "row"), [("-1\n2\n-3", 2), ("1\n-2\n-3", 3), ("1\nnone\n3", 3)])
def test_the_first_wrong_number_of_a_matrix_is_named(tmp_path, cells, row):
    pairs = [("Beijing", "Tianjin"), ("Tianjin", "Beijing"), ("Beijing", "Beijing")]
    lines = [f"{a},{b},{value}" for (a, b), value in zip(pairs, cells.split("\n"), strict=True)]
    (tmp_path / "m.csv").write_text("region,to_region,value\n" + "\n".join(lines) + "\n", encoding="utf-8")
    tables = collapse(random_table(1, 2, 2, region_labels=["Beijing", "Tianjin"]))
    with pytest.raises(InputError, match=rf"row {row}, column value"):
        read_prior(tmp_path / "m.csv", tables)
