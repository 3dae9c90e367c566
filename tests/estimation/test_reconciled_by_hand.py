"""Trade with oneself, bounds, cells that cannot move and options at their limits."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from drawn_study import small_parts, spoiled
from scipy.stats import norm

from mrio.analysis.sources import DrawNoise
from mrio.errors import ConfigError
from mrio.estimation.chain import estimate_with_account
from mrio.estimation.errors_of_estimate import EstimateErrors
from mrio.estimation.margins import Margins, margins_of
from mrio.estimation.observations import Layout, Witness, joined, observe
from mrio.estimation.options import EstimatorOptions
from mrio.estimation.posterior import posterior_of
from mrio.estimation.reconcile import agree, without_self_trade
from mrio.estimation.redrawn_rows import LEAST, drawn_rows, drawn_share
from mrio.estimation.rows import ACCOUNTS
from mrio.estimation.transit import remove_transit
from mrio.table.provincial import collapse


@pytest.mark.parametrize(
    ("outflow", "inflow", "out", "into"),
    [
        ([6, 4, 0], [0, 5, 5], [6, 4, 0], [0, 5, 5]),  # nobody meets itself
        ([9, 1, 0], [4, 1, 5], [6, 1, 0], [1, 1, 5]),  # r0 sends and takes 13 of 10
        ([8, 0], [3, 5], [5, 0], [0, 5]),  # between two, each is what the other trades
    ],
)
def test_what_would_be_trade_with_oneself_is_own_use(outflow, inflow, out, into):
    found = without_self_trade(np.array(outflow, float)[:, None], np.array(inflow, float)[:, None])
    for made, expected, first in zip(found, (out, into), (outflow, inflow), strict=True):
        np.testing.assert_allclose(made[:, 0], expected, atol=0.15)  # a hundredth of the trade is left to others
        assert (made[:, 0] <= np.array(first) + 1e-9).all()
    assert found[0].sum() == pytest.approx(found[1].sum())
    total = found[0].sum(0)
    assert (found[0] + found[1] <= total * (1 + 1e-5)).all()


def test_room_is_left_for_the_others():
    out, into = without_self_trade(np.array([[9.0], [1], [0]]), np.array([[4.0], [1], [5]]))
    excess = 13 - 10 + 0.01 * 10
    np.testing.assert_allclose([out[0, 0], into[0, 0]], [9 - excess, 4 - excess])
    np.testing.assert_allclose([*out[1:, 0], *into[1:, 0]], [1, 0, 1, 5])


def test_margins_agree_or_do_not():
    zero = np.zeros((2, 1))
    use, out, into = np.array([[10.0], [10]]), np.array([[3.0], [0]]), np.array([[0.0], [3]])
    m = Margins(use, zero, zero, zero, out, into, zero, use + out - into)
    assert agree(m)
    assert not agree(m.replace(inflow=into * 1.001))
    assert not agree(m.replace(imports=np.array([[0.0], [7.5]])))  # takes in more than it uses
    assert not agree(m.replace(exports=np.array([[11.0], [0]])))  # sends out more than it makes
    assert agree(m.replace(imports=np.array([[0.0], [7.0]]))) and agree(m.replace(exports=np.array([[10.0], [0]])))


# -- what can move ----------------------------------------------------------------------------------------------------
def test_bounds_hold_a_cell_or_a_sum_of_them():
    layout = Layout(["r0", "r1"], ["a", "b"])
    who = Witness("reports", "x")
    one = np.ones(4)
    seen = joined([observe(layout, name, layout.each(), 5 * one, one, who) for name in ACCOUNTS])
    cells = np.full(4 * len(ACCOUNTS), 5.0)
    at = pd.DataFrame({"region": ["r1", "r0", "r0", "r1"], "sector": ["a", "b", "a", "b"],
                       "bound": ["exports", "users", "demand", "supply"]})  # fmt: skip
    certain = np.zeros(len(cells), dtype=bool)
    certain[0] = True
    found = posterior_of(layout, seen, cells, certain, at)
    fixed = {0, ACCOUNTS.index("exports") * 4 + 2, ACCOUNTS.index("intermediate") * 4 + 1}
    assert set(np.flatnonzero(~found.free)) == fixed and found.scale == 5.0
    demand, supply = found.equal.toarray()[-2:].reshape(2, len(ACCOUNTS), 4)
    signs = {"intermediate": 1, "consumption": 1, "formation": 1, "imports": -1}
    for k, name in enumerate(ACCOUNTS):
        assert demand[k].tolist() == [signs.get(name, 0), 0, 0, 0]
        assert supply[k].tolist() == [0, 0, 0, int(name in ("exports", "inventory", "residual"))]
    assert found.factor == 0.0  # all observations are met
    off = posterior_of(layout, seen, cells + 2.0, certain, at)
    free = len(cells) - 3
    binding = int((np.abs(off.equal.toarray()[:, off.free]).sum(1) > 0).sum())
    assert off.factor == pytest.approx(np.sqrt(4.0 * len(cells) / (len(cells) - free + binding)))
    np.testing.assert_allclose(found.weights.toarray(), 5.0 * seen.weights.toarray())
    assert posterior_of(layout, seen, cells, np.ones(len(cells), dtype=bool), at.iloc[:0]).factor == 0.0


def test_a_gap_is_in_errors_and_a_sum_over_several_is_a_star():
    layout = Layout(["r0", "r1"], ["a", "b"])
    seen = observe(
        layout, "exports", layout.by_sector(), np.array([3.0, 4]), np.array([2.0, np.inf]), Witness("e", "s")
    )
    assert len(seen) == 1 and seen.about.iloc[0].to_dict() == {
        "evidence": "e", "account": "exports", "region": "*", "sector": "a", "source": "s"}  # fmt: skip
    cells = np.arange(32.0)
    told = seen.gaps(cells).iloc[0]
    assert told["estimate"] == 16 + 18 and told["gap"] == (34 - 3) / 2 and told["error"] == 2.0
    each = observe(layout, "imports", layout.each(), np.ones(4), np.array([1.0, 0, -1, 1]), Witness("e", "s"))
    assert each.about[["region", "sector"]].to_numpy().tolist() == [["r0", "a"], ["r1", "b"]]
    assert layout.positions(["r1", "r0"], ["a", "b"]).tolist() == [2, 1]


# -- draws ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("seed", range(6))
def test_drawn_rows_stay_within_their_bounds(seed):
    parts = small_parts(seed % 3)
    rows, change = drawn_rows(parts, EstimateErrors(reports=8.0), DrawNoise(seed, 0))
    assert (change == 0).all()
    found, size = parts.rows, parts.used.output.max()
    for name in ("intermediate", "consumption", "formation", "exports", "imports"):
        least = np.minimum(found[name], LEAST * np.maximum(found[name], 0))
        assert (rows[name] >= least - 1e-6 * size).all(), name
    assert (rows.imports <= np.maximum(0.98 * rows.uses, np.minimum(found.imports, rows.uses)) + 1e-6 * size).all()
    made = parts.used.output - rows.inventory - rows.residual
    assert (rows.exports <= np.maximum(0.98 * made, np.minimum(found.exports, made)) + 1e-6 * size).all()


def test_shares_are_drawn_by_their_odds_or_believed():
    parts, noise = small_parts(0), DrawNoise(2, 3)
    assert drawn_share(parts, EstimateErrors(), noise) is parts.hauling.share
    errors = EstimateErrors(hauling_region=0.5, hauling_product=0.3, hauling_cell=0.2)
    share = drawn_share(parts, errors, noise)
    hauling, (R, n) = parts.hauling, parts.hauling.share.shape
    modelled = norm.cdf(noise("hauling_practice", (R,))) < hauling.doubt + (1 - hauling.doubt) * hauling.suspicion
    for r, i in np.ndindex(R, n):
        p = hauling.modelled[r, i]
        odds = 0.5 * noise("hauling_region", (R, 1))[r, 0] + 0.3 * noise("hauling_product", (1, n))[0, i]
        odds += 0.2 * noise("hauling_cell", (R, n))[r, i] - 0.5 * (0.25 + 0.09 + 0.04) * (1 - 2 * p)
        moved = p * np.exp(odds) / (1 - p + p * np.exp(odds))
        assert share[r, i] == pytest.approx(moved if modelled[r] else hauling.reported[r, i])


def test_no_errors_but_those_named():
    assert set(vars(EstimateErrors()).values()) == {0.0}
    errors = EstimateErrors(reports=1.0, cells=2.0, hauling_region=3.0, hauling_product=4.0, hauling_cell=12.0)
    assert errors.only("cells") == EstimateErrors(cells=2.0) and errors.hauling == 169.0


@pytest.mark.parametrize(("name", "value"), [
    ("honest_share", 1.1), ("honest_share", -0.1), ("prior_weight", 1.01), ("beta", -0.1), ("max_iterations", -1),
    ("tolerance", -1e-9), ("size_slope", np.nan),
])  # fmt: skip
def test_options_beyond_their_limits_are_refused(name, value):
    with pytest.raises(ConfigError, match=rf"estimation\.{name}"):
        EstimatorOptions(**{name: value})


@pytest.mark.parametrize("name", ["beta", "honest_share", "prior_weight", "max_iterations", "full_doubt"])
def test_options_at_their_limits_are_taken(name):
    zero = 0 if name == "max_iterations" else 0.0
    assert getattr(EstimatorOptions(**{name: zero}), name) == 0
    if name in ("honest_share", "prior_weight"):
        assert getattr(EstimatorOptions(**{name: 1.0}), name) == 1.0


def test_the_estimate_of_a_consistent_table_is_that_of_its_margins():
    table = estimate_with_account(*spoiled(1)).table
    exact = collapse(table)
    again = estimate_with_account(exact, spoiled(1)[1])
    used, known = again.account, margins_of(exact)
    np.testing.assert_allclose(used.used_outflow, known.outflow, rtol=1e-6, atol=1e-6 * known.output.max())
    np.testing.assert_allclose(used.used_inflow, known.inflow, rtol=1e-6, atol=1e-6 * known.output.max())


def test_what_is_passed_on_is_no_transit_where_stocks_take_more_than_is_made():
    # r0 puts 10 into stock of 5 made; it imports 15, takes in 10 and uses 10: 5 of imports and 5 of inflow go on.
    zero = np.zeros((2, 1))
    m = Margins(
        uses=np.array([[10.0], [50]]), inventory=np.array([[10.0], [0]]), exports=zero, imports=np.array([[15.0], [0]]),
        outflow=np.array([[10.0], [5]]), inflow=np.array([[10.0], [30]]), residual=zero, output=np.array([[5.0], [25]]),
    )  # fmt: skip
    assert (m.gap() == 0).all()
    clean, removed = remove_transit(m)
    assert removed.imports_passed_on.ravel().tolist() == [5, 0] and removed.transit.ravel().tolist() == [5, 0]
    assert clean.outflow.ravel().tolist() == [0, 5] and clean.inflow.ravel().tolist() == [5, 25]
    assert (clean.gap() == 0).all()
