"""Intervals, verdicts and money of drawn results."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from drawn_study import all_sources
from hypothesis import given
from hypothesis import strategies as st

from mrio.analysis.drawn_money import Fund, drawn_amounts, drawn_payments
from mrio.analysis.intervals import convergence, interval, positive, rank_interval, variance_shares
from mrio.analysis.sources import DrawNoise, Sources
from mrio.analysis.verdicts import verdict
from mrio.equations.fund import payments_between
from mrio.equations.payment import CURVES, compensation
from mrio.formats.inputs.uncertainty_file import Parameter

NOTHING = Sources(())


def point(values) -> xr.DataArray:
    values = np.asarray(values, dtype=float)
    return xr.DataArray(values, {"region": [f"r{k}" for k in range(len(values))]}, ("region",), attrs={"unit": "Mt"})


def test_an_interval_of_no_differences_is_the_point():
    found = interval(point([3.0, -1.0]), np.zeros((7, 2)))
    for name in ("p05", "p50", "p95"):
        np.testing.assert_array_equal(found[name], [3.0, -1.0])
    np.testing.assert_array_equal(found["sd"], 0)
    assert found["p50"].attrs["unit"] == "Mt"


def test_an_interval_of_normal_draws():
    drawn = np.random.default_rng(0).standard_normal((20000, 2)) * [1.0, 10.0]
    found = interval(point([0.0, 5.0]), drawn)
    np.testing.assert_allclose(found["sd"], [1.0, 10.0], rtol=0.02)
    np.testing.assert_allclose(found["p95"] - found["p05"], [3.29, 32.9], rtol=0.03)
    np.testing.assert_allclose(positive(point([0.0, 5.0]), drawn), [0.5, 0.69], atol=0.02)


@pytest.mark.parametrize(
    ("chance", "said"),
    [(1.0, "pays"), (0.9, "pays"), (0.89, "sign not certain"), (0.11, "sign not certain"), (0.1, "receives")],
)
def test_a_sign_that_is_a_coin_toss_is_called_one(chance, said):
    assert verdict(chance) == said


def test_ranks_of_certain_results_are_certain():
    found = rank_interval(point([5.0, 9.0, 1.0]), np.zeros((4, 3)))
    np.testing.assert_array_equal(found["rank_low"], [2, 1, 3])
    np.testing.assert_array_equal(found["rank_high"], [2, 1, 3])


def test_ranks_spread_where_results_overlap():
    drawn = np.random.default_rng(1).standard_normal((500, 3))
    found = rank_interval(point([0.0, 0.1, 50.0]), drawn)
    np.testing.assert_array_equal(found["rank_low"], [2, 2, 1])
    np.testing.assert_array_equal(found["rank_high"], [3, 3, 1])


def test_variance_shares_add_up_to_one():
    rng = np.random.default_rng(2)
    found = variance_shares({"a": 3 * rng.standard_normal((4000, 2)), "b": rng.standard_normal((4000, 2))})
    np.testing.assert_allclose(found["a"] + found["b"], 1.0)
    np.testing.assert_allclose(found["a"], 0.9, atol=0.02)


def test_convergence_falls_to_zero():
    drawn = np.random.default_rng(3).standard_normal((800, 20))
    found = convergence(drawn, [50, 400, 800])
    assert found[50] > found[400] > found[800] == 0.0


def fund(R: int = 5) -> Fund:
    return Fund(np.linspace(3e4, 1.3e5, R), np.linspace(0.2, 0.35, R), CURVES["liao2022-b"], 100.0)


def test_money_without_errors_is_the_compensation():
    nets = np.array([120.0, -30.0, 40.0, -100.0, -30.0])
    made = fund()
    regions = {"region": list("abcde")}
    gdp, engel, net = (xr.DataArray(v, regions, ("region",)) for v in (made.gdp_per_capita, made.engel, nets))
    money = compensation(net.assign_attrs(unit="Mt"), gdp, engel, 100.0, "liao2022-b")
    found = drawn_amounts(nets[None], made, NOTHING, [DrawNoise(0, 0)])
    for name in ("coefficient", "amount", "balanced", "gdp_per_capita", "engel"):
        np.testing.assert_allclose(found[name][0], money[name], rtol=1e-14, err_msg=name)


def test_both_readings_of_the_curve_are_drawn():
    chosen = Sources((Parameter("curve", "curve.preset", "choice", ("liao2022-b", "liao2022-G"), "test"),))
    found = drawn_amounts(np.ones((60, 5)), fund(), chosen, [DrawNoise(0, d) for d in range(60)])["coefficient"]
    assert len(np.unique(found[:, 0])) == 2


@given(seed=st.integers(0, 200))
def test_a_drawn_fund_balances_and_its_payments_meet_it(seed):
    rng = np.random.default_rng(seed)
    nets = rng.standard_normal((6, 5)) * 50
    nets -= nets.mean(1, keepdims=True)
    money = drawn_amounts(nets, fund(), all_sources(), [DrawNoise(seed, d) for d in range(6)])
    np.testing.assert_allclose(money["balanced"].sum(1), 0, atol=1e-9)
    paid = drawn_payments(money["balanced"], rng.random((6, 5, 5)))
    np.testing.assert_allclose(paid, -paid.swapaxes(1, 2))
    np.testing.assert_allclose(paid.sum(2), money["balanced"], atol=1e-5)


def test_payments_are_those_of_the_equation():
    rng = np.random.default_rng(7)
    E = rng.random((3, 6, 6)) * 10
    balanced = rng.standard_normal((3, 6))
    balanced -= balanced.mean(1, keepdims=True)
    found = drawn_payments(balanced, E)
    for one, flows, paid in zip(balanced, E, found, strict=True):
        np.testing.assert_allclose(paid, payments_between(one, flows, list("abcdef"))[0], atol=1e-6)
