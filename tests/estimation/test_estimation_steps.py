"""The steps of the estimate, each on a case done by hand and on its laws."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.optimize as so
import scipy.sparse as sp
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from mrio.algebra.balancing import gras
from mrio.algebra.least_squares import Problem, constrained_least_squares
from mrio.errors import ConfigError, EstimationError, LabelError
from mrio.estimation.gravity import balanced_flows, gravity_seed, gravity_weights
from mrio.estimation.margins import Margins
from mrio.estimation.observations import Layout
from mrio.estimation.official_reports import reports_of
from mrio.estimation.openness import Surveyed, cross_hauling, through_trade
from mrio.estimation.options import EstimatorOptions
from mrio.estimation.reconcile import Known, closed_margins, fitted_rows
from mrio.estimation.rows import Rows
from mrio.estimation.transit import remove_transit

OPTIONS = EstimatorOptions()
ONE = (["m"], [f"i{k}" for k in range(9)], [f"j{k}" for k in range(9)])


def make_margins(**columns) -> Margins:
    """Return margins of one product, one province an entry; output follows from the identity."""
    names = ("uses", "inventory", "exports", "imports", "outflow", "inflow", "residual")
    size = len(next(iter(columns.values())))
    arrays = {name: np.array(columns.get(name, np.zeros(size)), dtype=float)[:, None] for name in names}
    supply = arrays["exports"] + arrays["outflow"] - arrays["imports"] - arrays["inflow"] + arrays["residual"]
    return Margins(**arrays, output=arrays["uses"] + arrays["inventory"] + supply)


# -- transit ----------------------------------------------------------------------------------------------------------
def test_transit_by_hand():
    # r0 uses 10, takes in 35 and sends out 30: 25 only pass through; r1 is clean.
    clean, removed = remove_transit(make_margins(uses=[10, 50], outflow=[30, 5], inflow=[35, 20]))
    assert removed.transit.ravel().tolist() == [25, 0]
    assert clean.outflow.ravel().tolist() == [5, 5] and clean.inflow.ravel().tolist() == [10, 20]
    assert clean.own.ravel().tolist() == [0, 30]


def test_re_exports_leave_exports_and_imports_together():
    # r0 makes 10 (15 used - 25 imported + 20 exported) and exports 20.
    clean, removed = remove_transit(make_margins(uses=[15], exports=[20], imports=[25]))
    assert removed.re_exports.item() == 10
    assert clean.exports.item() == 10 and clean.imports.item() == 15


def test_imports_landed_for_others_go_to_those_who_take_the_product_in():
    # r0 imports 50, uses 10, sends 42 on; r1 and r2 take in 30 and 12.
    m = make_margins(uses=[10, 60, 40], imports=[50, 0, 0], outflow=[42, 0, 0], inflow=[0, 30, 12])
    clean, removed = remove_transit(m)
    assert removed.imports_passed_on.ravel().tolist() == [40, 0, 0]
    np.testing.assert_allclose(clean.imports.ravel(), [10, 40 * 30 / 42, 40 * 12 / 42])
    assert clean.imports.sum() == pytest.approx(m.imports.sum())
    np.testing.assert_allclose(clean.gap(), 0, atol=1e-12)


def test_exports_gathered_from_others_go_back_to_those_who_send_the_product_out():
    # r0 makes nothing, takes in 30 and exports 20 of it; r1 sends out 30.
    m = make_margins(uses=[10, 60], exports=[20, 0], inflow=[30, 0], outflow=[0, 30])
    clean, removed = remove_transit(m)
    assert removed.exports_gathered.ravel().tolist() == [20, 0]
    assert clean.exports.ravel().tolist() == [0, 20] and clean.outflow.ravel().tolist() == [0, 10]
    np.testing.assert_allclose(clean.gap(), 0, atol=1e-12)


@given(st.integers(0, 10_000))
def test_transit_keeps_identities_and_foreign_totals(seed):
    rng = np.random.default_rng(seed)
    names = ("uses", "exports", "imports", "outflow", "inflow")
    arrays = {name: rng.exponential(1, (5, 3)) for name in names}
    arrays["uses"] += 1
    excess = np.maximum(arrays["imports"] + arrays["inflow"] - arrays["uses"] - arrays["exports"], 0)
    arrays["outflow"] = arrays["outflow"] + excess  # output must not be negative
    zero = np.zeros((5, 3))
    balance = arrays["uses"] + arrays["exports"] + arrays["outflow"] - arrays["imports"] - arrays["inflow"]
    m = Margins(**arrays, inventory=zero, residual=zero, output=np.maximum(balance, 0))
    m = m.replace(uses=m.uses + m.gap())
    clean, removed = remove_transit(m)
    np.testing.assert_allclose(clean.gap(), 0, atol=1e-12)
    np.testing.assert_allclose((m.exports - clean.exports).sum(0), removed.re_exports.sum(0), atol=1e-12)
    np.testing.assert_allclose((m.imports - clean.imports).sum(0), removed.re_exports.sum(0), atol=1e-12)
    assert all(array.min() > -1e-12 for array in vars(removed).values())
    assert min(clean.exports.min(), clean.imports.min(), clean.outflow.min(), clean.inflow.min()) > -1e-12


# -- least squares ----------------------------------------------------------------------------------------------------
def least_squares(weights, value, error, equal, total, lowest=None):
    """Return the solution of a small problem whose cells are not negative unless `lowest` says otherwise."""
    cells = np.shape(weights)[1]
    lowest = np.zeros(cells) if lowest is None else np.asarray(lowest)
    matrices = [sp.csr_array(np.atleast_2d(m)) for m in (weights, equal, np.eye(cells))]
    problem = Problem(matrices[0], np.array(value), np.array(error), matrices[1], np.array(total), matrices[2], lowest)
    return constrained_least_squares(problem, np.zeros(cells, dtype=bool), np.zeros(cells))


def test_least_squares_by_hand():
    # x + y = 10 from (2, 2) with errors 1 and 2: the gap of 6 is shared 1 : 4; a bound x >= 4 leaves 6 to y.
    free = least_squares(np.eye(2), [2.0, 2.0], [1.0, 2.0], [[1.0, 1.0]], [10.0])
    np.testing.assert_allclose(free, [3.2, 6.8], atol=1e-6)
    bound = least_squares(np.eye(2), [2.0, 2.0], [1.0, 2.0], [[1.0, 1.0]], [10.0], lowest=[4.0, 0.0])
    np.testing.assert_allclose(bound, [4, 6], atol=1e-6)


def test_an_observed_sum_is_shared_by_the_variances():
    # three cells of 10 with errors 1, their sum observed at 36 +- 1: each takes a quarter of the gap of 6.
    found = least_squares(
        np.vstack([np.eye(3), np.ones(3)]), [10.0, 10.0, 10.0, 36.0], np.ones(4), np.zeros((1, 3)), [0.0]
    )
    np.testing.assert_allclose(found, 11.5, atol=1e-6)


@given(st.integers(0, 10_000))
def test_least_squares_agrees_with_a_general_optimiser(seed):
    rng = np.random.default_rng(seed)
    A, z0, s = rng.normal(size=(2, 6)), rng.normal(size=6) * 3, rng.uniform(0.3, 2, 6)
    c = A @ rng.uniform(0.2, 1.8, 6)  # a feasible point exists
    ours = least_squares(np.eye(6), z0, s, A, c)
    theirs = so.minimize(
        lambda z: 0.5 * (((z - z0) / s) ** 2).sum(), np.ones(6), jac=lambda z: (z - z0) / s**2, method="SLSQP",
        bounds=[(0, None)] * 6, constraints={"type": "eq", "fun": lambda z: A @ z - c},
        options={"ftol": 1e-14, "maxiter": 500},
    )  # fmt: skip
    np.testing.assert_allclose(A @ ours, c, atol=1e-7)
    assert (ours > -1e-7).all()
    cost = 0.5 * (((ours - z0) / s) ** 2).sum()
    assert cost <= theirs.fun + 1e-6 * (1 + cost) or not theirs.success


def test_cells_that_are_certain_stay():
    identity = sp.csr_array(np.eye(2))
    problem = Problem(
        identity, np.array([2.0, 2.0]), np.ones(2), sp.csr_array([[1.0, 1.0]]), np.array([10.0]), identity, np.zeros(2)
    )
    found = constrained_least_squares(problem, np.array([True, False]), np.array([3.0, 0.0]))
    np.testing.assert_allclose(found, [3, 7], atol=1e-6)


def test_contradicting_bounds_are_an_error():
    with pytest.raises(EstimationError, match="contradict each other"):
        least_squares(np.eye(2), [1.0, 1.0], [1.0, 1.0], [[1.0, 1.0]], [10.0], lowest=[6.0, 6.0])


# -- reconciliation ---------------------------------------------------------------------------------------------------
def reconciled(m: Margins, share=None):
    """Return margins reconciled from reports alone; all uses are consumption, but for a little that industries use."""
    regions, products = m.output.shape
    layout = Layout([f"r{k}" for k in range(regions)], [f"p{k}" for k in range(products)])
    share = m.cross_hauling_share() if share is None else share
    zero, used = np.zeros_like(m.uses), 0.1 * m.uses
    rows = Rows(used, m.uses - used, zero, m.inventory, m.exports, m.imports, m.net, m.residual)
    reports = reports_of(rows, m.with_cross_hauling(share), OPTIONS, {}, None)
    known = Known(layout, m.output, used.sum(1), np.full_like(m.uses, np.inf))
    rows = fitted_rows(reports, reports.observations(layout), known)
    return closed_margins(m, rows, share)[0]


@given(st.integers(0, 10_000))
def test_reconciled_margins_agree_and_close(seed):
    rng = np.random.default_rng(seed)
    uses, trade = rng.uniform(50, 150, (4, 6)), rng.uniform(4, 10, (2, 4, 6))
    zero = np.zeros((4, 6))
    m = Margins(uses, zero, zero, zero, trade[0], trade[1], zero, output=uses + trade[0] - trade[1])
    used = reconciled(m)
    np.testing.assert_allclose(used.outflow.sum(0), used.inflow.sum(0), rtol=1e-12)
    np.testing.assert_allclose(used.gap(), 0, atol=1e-9)
    assert min(used.own.min(), used.outflow.min(), used.inflow.min()) >= -1e-9
    assert abs(used.residual).max() <= 0.01 * m.output.max()  # uses and trade take the gap, not the residual
    np.testing.assert_array_equal(used.output, m.output)


def test_trade_with_itself_becomes_own_use():
    # r0 is the only sender and also takes in: its inflow can come from nobody else.
    used = reconciled(make_margins(uses=[100, 20], outflow=[15, 0], inflow=[5, 10]))
    total = used.outflow.sum()
    assert (used.outflow + used.inflow <= total * (1 + 1e-9)).all()


def test_a_common_error_of_a_product_is_shared_by_the_geometric_mean():
    # Outflow of every region is reported at a quarter of inflow: both meet at half; nets stay zero.
    m = make_margins(uses=[100, 100], outflow=[10, 10], inflow=[40, 40])
    used = reconciled(m, np.full((2, 1), 0.2))
    assert used.net.ravel() == pytest.approx([0, 0], abs=1e-5)
    assert used.outflow.sum() == pytest.approx(used.inflow.sum())


# -- cross-hauling ----------------------------------------------------------------------------------------------------
def surveyed(seed=0, regions=12, products=9):
    """Return margins whose cross-hauling follows the model, and the true shares."""
    rng = np.random.default_rng(seed)
    odds = rng.normal(-2, 0.5, products) + rng.normal(0, 0.4, (regions, 1)) + rng.normal(0, 0.3, (regions, products))
    share = 1 / (1 + np.exp(-odds))
    supply, demand = rng.uniform(50, 150, (2, regions, products))
    demand *= supply.sum(0) / demand.sum(0)
    zero = np.zeros_like(supply)
    both = share * np.minimum(supply, demand)
    net = supply - demand
    m = Margins(demand, zero, zero, zero, np.maximum(net, 0) + both, np.maximum(-net, 0) + both, zero, output=supply)
    return m, share


def test_reports_that_agree_are_not_doubted():
    m, share = surveyed()
    found = cross_hauling(m, OPTIONS)
    assert found.doubt == pytest.approx(0, abs=1e-12)
    np.testing.assert_allclose(found.share, share, atol=1e-9)


def test_practices_are_seen_and_replaced_by_what_others_let_expect():
    m, share = surveyed()
    both = np.minimum(m.outflow, m.inflow)
    outflow, inflow = m.outflow.copy(), m.inflow * 1.3  # national sums disagree
    outflow[0] -= both[0]  # net figures only
    inflow[0] = np.maximum(m.inflow[0] - both[0], 0)
    passing = 0.7 * m.output[1]
    outflow[1] += passing  # through trade of every product
    inflow[1] += passing
    found = cross_hauling(m.replace(outflow=outflow, inflow=inflow), OPTIONS)
    assert found.doubt == 1.0
    assert found.honest[0] < 0.1 and np.median(found.honest[2:]) > 0.8
    reported = m.replace(outflow=outflow, inflow=inflow).cross_hauling_share()
    ratio = abs(found.share - share).mean(1) / abs(reported - share).mean(1)
    assert ratio[0] < 0.9 and ratio[1] < 0.2
    assert ((found.share >= 0) & (found.share <= 1)).all()


def test_high_reports_are_believed_where_not_every_product_is_booked_through():
    m, _ = surveyed()
    outflow, inflow = m.outflow.copy(), m.inflow * 1.3
    half = np.arange(9) < 5
    more = np.where(half, 0.5 * np.minimum(m.output[1], m.demand[1]), 0.0)  # some products are hauled both ways a lot
    outflow[1] += more
    inflow[1] += more
    spoiled = m.replace(outflow=outflow, inflow=inflow)
    found, reported = cross_hauling(spoiled, OPTIONS), spoiled.cross_hauling_share()
    inside = half & (reported[1] < 0.999)
    assert (found.share[1, inside] > 0.6 * reported[1, inside]).all()
    assert (through_trade(spoiled, 0.1)[1] == 0).all()  # the others are not


def test_through_trade_is_what_every_product_books_on_both_sides():
    zero, made = np.zeros((1, 4)), np.full((1, 4), 100.0)
    m = Margins(made, zero, zero, zero, np.array([[30.0, 60, 30, 40]]), np.array([[30.0, 30, 50, 90]]), zero, made)
    np.testing.assert_allclose(through_trade(m, 0.1), [[30, 30, 30, 30]])
    np.testing.assert_allclose(through_trade(m, 0.4), 0)


def test_a_survey_and_a_model_meet_by_their_variances():
    m, share = surveyed()
    odds = np.full(9, np.log(0.02 / 0.98))
    error = np.full(9, np.inf)
    error[0], error[1] = 1e-6, OPTIONS.upper_spread
    found = cross_hauling(m, OPTIONS, Surveyed(odds, error))
    np.testing.assert_allclose(found.share[:, 0], 0.02, atol=1e-6)
    logit = np.log(share / (1 - share))
    expected = 0.5 * (logit[:, 1] + odds[1])
    np.testing.assert_allclose(found.share[:, 1], 1 / (1 + np.exp(-expected)), atol=1e-6)
    np.testing.assert_allclose(found.share[:, 2:], share[:, 2:], atol=1e-6)


def test_charm_bound_holds():
    m, share = surveyed(3)
    made = m.with_cross_hauling(share * 0 + 1)  # everything that could stay is hauled both ways
    assert (made.outflow <= m.supply + 1e-9).all() and (made.inflow <= m.demand + 1e-9).all()
    np.testing.assert_allclose(made.net, m.net, atol=1e-9)


# -- balancing --------------------------------------------------------------------------------------------------------
def test_ras_by_hand():
    out = gras(np.ones((1, 2, 2)), np.array([[3.0, 1]]), np.array([[2.0, 2]]), names=ONE)
    np.testing.assert_allclose(out[0], [[1.5, 1.5], [0.5, 0.5]])


def test_gras_on_the_example_of_junius_and_oosterhaven():
    prior = np.array([[7.0, 3, 5, -3], [2, 9, 8, 1], [-2, 0, 2, 1]])
    rows, columns = np.array([15.0, 26, -1]), np.array([9.0, 16, 17, -2])
    out = gras(prior[None], rows[None], columns[None], names=ONE)[0]
    np.testing.assert_allclose(out.sum(1), rows, atol=1e-9)
    np.testing.assert_allclose(out.sum(0), columns, atol=1e-9)
    assert (np.sign(out) == np.sign(prior)).all()
    ratio = np.where(
        prior > 0, out / np.where(prior == 0, 1, prior), np.where(prior < 0, prior / np.where(prior < 0, out, 1), 0)
    )
    np.testing.assert_allclose(
        ratio[0, 0] / ratio[1, 0], ratio[0, 3] / ratio[1, 3], rtol=1e-8
    )  # x = r a s, or a / (r s)


def test_impossible_totals_are_refused_by_name():
    prior = np.array([[[1.0, 1], [0, 0]]])
    with pytest.raises(EstimationError, match="m: row i1 must sum to 2"):
        gras(prior, np.array([[1.0, 2]]), np.array([[1.0, 2]]), names=ONE)
    with pytest.raises(EstimationError, match="row totals sum to 3, column totals to 4"):
        gras(np.ones((1, 2, 2)), np.array([[1.0, 2]]), np.array([[2.0, 2]]), names=ONE)
    with pytest.raises(EstimationError, match="did not converge"):
        gras(np.array([[[1.0, 0], [1, 1]]]), np.array([[2.0, 1]]), np.array([[1.0, 2]]), names=ONE, max_iterations=50)


def test_totals_that_no_matrix_can_have_end_in_a_sentence_not_in_overflow():
    prior = np.array([[[0.0, 1, 1], [1, 0, 0], [1, 0, 0]]])  # rows 1 and 2 have only column 0
    with pytest.raises(EstimationError, match="did not converge"):
        gras(prior, np.array([[1.0, 5, 5]]), np.array([[1.0, 5, 5]]), names=ONE, max_iterations=5000)


# -- gravity ----------------------------------------------------------------------------------------------------------
def square(km, regions):
    return xr.DataArray(km, {"region": regions, "to_region": regions}, ("region", "to_region"))


def flows(outflow, inflow, weights, regions):
    """Balanced flows of one product."""
    outflow, inflow = np.array(outflow, dtype=float)[:, None], np.array(inflow, dtype=float)[:, None]
    seed = gravity_seed(outflow, inflow, weights)
    return balanced_flows(seed, outflow, inflow, OPTIONS, products=["p"], regions=regions)[0]


def test_flows_by_hand():
    # One sender, two takers: the takers' margins decide, whatever the distance.
    km = square([[0, 1, 9], [1, 0, 2], [9, 2, 0]], list("abc"))
    w = gravity_weights(list("abc"), km, 1.5)
    T = flows([10, 0, 0], [0, 7, 3], w, list("abc"))
    np.testing.assert_allclose(T, [[0, 7, 3], [0, 0, 0], [0, 0, 0]])
    assert w[0, 1] / w[0, 2] == pytest.approx(9**1.5) and (np.diag(w) == 0).all()


def test_equal_margins_share_by_distance():
    # Two senders and two takers far from each other: odds ratio of flows is the odds ratio of distances^-beta.
    km = square([[0, 5, 1, 2], [5, 0, 4, 1], [1, 4, 0, 5], [2, 1, 5, 0]], list("abcd"))
    T = flows([10, 10, 0, 0], [0, 0, 10, 10], gravity_weights(list("abcd"), km, 2.0), list("abcd"))
    odds = T[0, 2] * T[1, 3] / (T[0, 3] * T[1, 2])
    assert odds == pytest.approx((2 * 4 / (1 * 1)) ** 2)


def test_distances_that_miss_a_region_or_are_not_positive_are_refused():
    with pytest.raises(LabelError, match="no region 'c'"):
        gravity_weights(["a", "c"], square(np.ones((2, 2)), ["a", "b"]), 1.5)
    with pytest.raises(LabelError, match="from a to b is 0"):
        gravity_weights(["a", "b"], square(np.zeros((2, 2)), ["a", "b"]), 1.5)


def test_options_refuse_unknown_names_and_values():
    with pytest.raises(ConfigError, match=r"did you mean 'beta'"):
        EstimatorOptions.from_mapping({"betta": 1})
    with pytest.raises(ConfigError, match=r"estimation\.beta is -1"):
        EstimatorOptions(beta=-1)
