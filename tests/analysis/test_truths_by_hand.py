"""Where truths lie among draws, by hand, and what a table without one of its regions is."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from drawn_study import all_sources, small_parts, spoiled
from strategies import random_emissions, random_table

from mrio.analysis.sources import DrawNoise, Sources
from mrio.analysis.truths_held import (
    FAR,
    WAYS,
    _local,
    _row,
    cases,
    local_shares,
    quantities,
    scored,
    without_region,
)
from mrio.equations.flows import accounts, prepare
from mrio.estimation.errors_of_estimate import EstimateErrors
from mrio.estimation.margins import margins_of
from mrio.estimation.redraw import drawn_table
from mrio.estimation.trial.spoiling import degrade
from mrio.table.provincial import collapse


@pytest.fixture(scope="module")
def truth():
    table = random_table(0, 4, 4, residual=False)
    return table, random_emissions(table)[0]


def test_a_truth_is_placed_among_its_draws():
    drawn = np.array([[1.0, 5, 2, 4], [2.0, 5, 2, 4], [3.0, 5, 2, 4], [6.0, 5, 2, 4]])
    found = _row("a case", "x", drawn, np.array([2.5, 5.0, 3.0, 4.0 + 1e-10]))
    assert found["below"].tolist() == [0.5, 0.0, 1.0, 1.0]
    low, high = 1.0 + 0.15, 3.0 + 0.85 * 3
    np.testing.assert_allclose(found["width"], [high - low, 0, 0, 0])
    # mean 3; certain draws are right, or as far off as can be
    np.testing.assert_allclose(found["deviation"], [-0.5 / drawn[:, 0].std(), 0, 1e12, 0])
    assert _row("", "", drawn[:, 2:3], np.array([1.0]))["deviation"].tolist() == [-1e12]


def test_what_is_scored_is_what_the_equations_say(truth):
    table, F = truth
    found = quantities(prepare(table, F), local_shares(table))
    bought = table.Z.values.sum((1, 3))
    np.testing.assert_allclose(found["local share"], [bought[r, r] / bought[:, r].sum() for r in range(4)])
    for method in ("mrio", "eebt"):
        made = accounts(table, F, method=method)
        np.testing.assert_allclose(found[f"net transfer, {method}"], made["net_transfer"], atol=1e-9)
        np.testing.assert_allclose(found[f"consumption, {method}"], made["consumption"])
        E = made["flows"].transpose("region", "to_region").values
        pairs = [E[r, s] for r in range(4) for s in range(4) if r != s]
        np.testing.assert_allclose(found[f"bilateral flow, {method}"], pairs)


def test_local_shares_of_a_drawn_table_are_those_of_its_cells():
    table = drawn_table(small_parts(1), EstimateErrors(own_cell=0.5), DrawNoise(0, 0))
    bought = table.dense()[0].sum((1, 3))
    np.testing.assert_allclose(_local(table), np.diag(bought) / bought.sum(0))


def test_a_region_left_out_becomes_foreign_trade(truth):
    table, _ = truth
    rest, kept = without_region(table, "r2"), [0, 1, 3]
    Z, Y = table.Z.values, table.Y.values
    assert rest.regions == ["r0", "r1", "r3"]
    sent = Z[kept, :, 2].sum(2) + Y[kept, :, 2].sum(2)
    np.testing.assert_allclose(rest.exports, table.exports.values[kept] + sent)
    np.testing.assert_allclose(rest.data["imports"], table.data["imports"].values[kept] + Z[2].sum(0)[kept])
    np.testing.assert_allclose(rest.data["imports_final"], table.data["imports_final"].values[kept] + Y[2].sum(0)[kept])
    np.testing.assert_allclose(rest.Z, Z[np.ix_(kept, range(4), kept)])
    np.testing.assert_allclose(rest.value_added.sum("component"), table.value_added.sum("component").values[kept])


def test_every_way_of_spoiling_is_a_case_as_often_as_asked(truth):
    table, F = truth
    found = list(cases(table, F, 3))
    names = pd.Series([case.name for case in found]).value_counts()
    expected = {"whole": 1, **dict.fromkeys(WAYS, 3), "whole, one region out": 4, "degraded, one region out": 8}
    assert names.to_dict() == expected
    exact = margins_of(collapse(table))
    by_name = {case.name: case for case in found}
    for name, case in by_name.items():
        m = margins_of(case.tables)
        if name == "whole":
            np.testing.assert_array_equal(m.outflow, exact.outflow)
        elif name == "net only":
            assert ((np.minimum(m.outflow, m.inflow) == 0).all(1)).sum() == 2 and m.net == pytest.approx(exact.net)
        elif name == "transit":
            assert (m.outflow > exact.outflow + 1e-6).any(1).sum() == 2
        elif name == "sums apart":
            assert not np.allclose(m.outflow.sum(0), m.inflow.sum(0))
    left = [case for case in found if case.name == "whole, one region out"]
    assert [case.truth.regions for case in left][1] == ["r0", "r2", "r3"]
    assert left[1].F["region"].values.tolist() == ["r0", "r2", "r3"]


def test_every_quantity_of_every_draw_is_scored(truth):
    table, F = truth
    case = next(case for case in cases(table, F, 1) if case.name == "degraded")
    km = spoiled(0)[1]
    sources = all_sources(0.3)
    found = scored(case, 5, km, sources, 3)
    assert found["quantity"].value_counts().to_dict() == {
        "local share": 4, "net transfer, mrio": 4, "net transfer, eebt": 4, "consumption, mrio": 4,
        "consumption, eebt": 4, "bilateral flow, mrio": 12, "bilateral flow, eebt": 12,
    }  # fmt: skip
    assert (found["case"] == "degraded").all() and set(found["below"]) <= {0, 1 / 3, 2 / 3, 1}
    certain = scored(case, 5, km, Sources(()), 2)
    assert (certain["width"] < 1e-6 * certain["width"].max() + 1e-6).all()


def test_what_is_drawn_alike_is_no_gap_where_it_is_true_and_any_gap_where_it_is_not():
    drawn, true = np.array([[0.0, 5.0, 5.0, 1.0], [0.0, 5.0, 5.0, 3.0]]), np.array([0.0, 5.0, 6.0, 3.0])
    found = _row("case", "net", drawn, true)
    np.testing.assert_allclose(found["deviation"], [0.0, 0.0, FAR, 1.0])
    assert found["below"].tolist() == [0, 0, 1, 0.5] and found["width"].iloc[3] == pytest.approx(1.8)


@pytest.mark.parametrize(("name", "spoilt"), [("net only", 2), ("transit", 2), ("sums apart", 0), ("degraded", 4)])
def test_a_way_of_being_wrong_spoils_the_trade_of_so_many_regions(name, spoilt):
    """Sums apart multiply outflow and divide inflow: what both make together is left as it was."""
    exact = collapse(random_table(3, 6, 4, residual=False))
    before, after = (margins_of(tables) for tables in (exact, degrade(exact, 1, **WAYS[name])))
    untouched = np.isclose(before.outflow * before.inflow, after.outflow * after.inflow).all(axis=1)
    assert (~untouched).sum() == spoilt


def test_a_truth_of_nothing_that_every_draw_has_is_no_deviation():
    row = _row("a case", "x", np.zeros((3, 2)), np.zeros(2))
    assert row["deviation"].tolist() == [0.0, 0.0]
