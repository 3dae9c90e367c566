"""The model of cross-hauling, cell by cell, from its description and by scipy's normal law."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from mrio.estimation.margins import Margins
from mrio.estimation.openness import (
    FLOOR,
    Surveyed,
    cross_hauling,
    levelled,
    levels,
    through_trade,
)
from mrio.estimation.options import EstimatorOptions

OPTIONS = EstimatorOptions()


def odds_of(share):
    share = min(max(share, FLOOR), 1 - FLOOR)
    return np.log(share / (1 - share))


def share_of(odds):
    return np.exp(odds) / (1 + np.exp(odds))


def weighted_median(pairs):
    """Return the lowest value that half of the weight does not exceed."""
    pairs, passed = sorted(pairs, key=lambda pair: pair[0]), 0.0
    whole = sum(weight for _, weight in pairs)
    for value, weight in pairs:
        passed += weight
        if passed >= whole / 2:
            return value
    raise AssertionError


def effects(odds, weight, size):
    """Return the effects of products and regions by medians in turn, the median region at zero."""
    R, n = odds.shape
    weight = [[weight[r, i] if weight[r].sum() > 0 else 1e-9 for i in range(n)] for r in range(R)]
    weight = np.array([[w if sum(row[i] for row in weight) > 0 else 1e-9 for i, w in enumerate(row)] for row in weight])
    region, product = [0.0] * R, [0.0] * n
    for _ in range(20):
        product = [weighted_median([(odds[r, i] - region[r], weight[r, i]) for r in range(R)]) for i in range(n)]
        region = [weighted_median([(odds[r, i] - product[i], weight[r, i]) for i in range(n)]) for r in range(R)]
        middle = weighted_median(list(zip(region, size, strict=True)))
        region = [each - middle for each in region]
    return product, region


def honesty(effect, low):
    o = OPTIONS
    honest = o.honest_share * norm.pdf(effect, scale=o.upper_spread if effect > 0 else low)
    practice = (1 - o.honest_share) * norm.pdf(effect, scale=o.practice_spread)
    return honest / (honest + practice)


def believed(m):
    """Return the expected share of every cell and the honesty of every region."""
    R, n = m.output.shape
    share, room, made = m.cross_hauling_share(), m.room, m.output.sum(1)
    mean = sum(made[r] * np.log(made[r]) for r in range(R)) / made.sum()
    by_size = [OPTIONS.size_slope * (np.log(made[r]) - mean) for r in range(R)]
    odds = np.array([[odds_of(share[r, i]) - by_size[r] for i in range(n)] for r in range(R)])
    _, region = effects(odds, room, made)
    honest = np.array([honesty(each, OPTIONS.region_spread) for each in region])

    weight = room * honest[:, None]
    for i in range(n):
        net_only = share[:, i] <= FLOOR
        usual = weight[net_only, i].sum() >= 0.5 * room[:, i] @ honest
        weight[(net_only & (not usual)) | (share[:, i] >= 1 - FLOOR), i] = 0.0
    said = weight > 0
    product, region = effects(odds, weight, made * honest)
    cell = odds - np.array(product) - (honest * np.array(region))[:, None]
    spread = max(np.sqrt((weight * cell**2).sum() / weight.sum()), 0.1)
    out = np.zeros((R, n))
    for r, i in np.argwhere(room > 0):
        trust = honest[r] * honesty(cell[r, i], spread) if said[r, i] else 0.0
        middle = product[i] + honest[r] * region[r] + by_size[r] + trust * cell[r, i]
        apart = np.sqrt(OPTIONS.region_spread**2 * (1 - honest[r]) + spread**2 * (1 - trust))
        points, parts = np.polynomial.hermite_e.hermegauss(3)
        out[r, i] = parts @ share_of(middle + points * apart) / parts.sum()
    return out, honest


def reports(seed):
    """Return margins whose practices differ: net figures, passing trade, an idle product, a product nobody hauls."""
    rng = np.random.default_rng(seed)
    R, n = 7, 6
    supply, demand = rng.uniform(20, 150, (2, R, n))
    supply[0] *= 6
    demand[2, 3] = supply[2, 3] = 0.0
    odds = rng.normal(-1.5, 0.8, n) + rng.normal(0, 0.6, (R, 1)) + rng.normal(0, 0.5, (R, n))
    share = share_of(odds)
    share[1] = 0.0
    share[:5, 4] = 0.0
    share[3, 2] = 1.0
    both, net, zero = share * np.minimum(supply, demand), supply - demand, np.zeros((R, n))
    outflow, inflow = np.maximum(net, 0) + both, np.maximum(-net, 0) + both
    return Margins(demand, zero, zero, zero, outflow, inflow, zero, supply)


@pytest.mark.parametrize("seed", range(4))
def test_the_share_is_what_the_model_lets_expect(seed):
    m = reports(seed)
    found = cross_hauling(m, OPTIONS)
    through = through_trade(m, OPTIONS.through_share)
    expected, honest = believed(levelled(m.replace(outflow=m.outflow - through, inflow=m.inflow - through)))
    np.testing.assert_allclose(found.honest, honest, rtol=1e-9)
    np.testing.assert_allclose(found.modelled, expected, rtol=1e-7, atol=1e-9)
    assert found.doubt == 1.0
    np.testing.assert_allclose(found.share, expected, atol=1e-8)


@pytest.mark.parametrize("seed", range(4))
def test_suspicion_is_bayes_of_what_a_region_reports_beside_the_model(seed):
    m, o = reports(seed), OPTIONS
    found = cross_hauling(m, o)
    for r, suspicion in enumerate(found.suspicion):
        apart = [odds_of(found.modelled[r, i]) - odds_of(found.reported[r, i]) for i in range(m.room.shape[1])]
        apart = np.average(apart, weights=m.room[r])
        practice = (1 - o.honest_share) * norm.pdf(apart, scale=o.practice_spread)
        honest = o.honest_share * norm.pdf(apart, scale=o.region_spread)
        assert suspicion == pytest.approx(min(practice / (practice + honest), o.honest_share), rel=1e-9)


def test_a_region_without_room_is_as_suspect_as_any():
    m = reports(0)
    silent = m.uses.copy()
    silent[4] = 0.0
    outflow, inflow = m.outflow.copy(), m.inflow.copy()
    outflow[4], inflow[4] = m.output[4], 0.0
    found = cross_hauling(m.replace(uses=silent, outflow=outflow, inflow=inflow), OPTIONS)
    practice, honest = 0.2 / 4.0, 0.8 / 0.6  # densities at zero, but for the same factor
    assert found.suspicion[4] == pytest.approx(practice / (practice + honest))
    assert (found.share[4] == 0).all()


def test_doubt_grows_with_the_disagreement_up_to_one():
    m = reports(1)
    agreed = m.replace(inflow=m.inflow * (m.outflow.sum(0) / m.inflow.sum(0)))
    assert cross_hauling(agreed, OPTIONS).doubt == 0 and (cross_hauling(agreed, OPTIONS).honest == 1).all()
    apart = agreed.replace(inflow=agreed.inflow * 1.04)
    found = cross_hauling(apart, OPTIONS)
    # 0.04 of inflow over the mean of 1 and 1.04, a tenth being full doubt
    assert found.doubt == pytest.approx(0.04 / 1.02 / 0.1)
    mixed = (1 - found.doubt) * found.reported + found.doubt * found.modelled
    np.testing.assert_allclose(found.share, mixed, atol=1e-9)
    assert cross_hauling(apart, EstimatorOptions(full_doubt=0.0)).doubt == 1.0


def test_levels_bring_national_sums_together_and_leave_one_sided_products():
    out, into = np.array([[4.0, 0, 3], [0, 0, 0]]), np.array([[0.0, 2, 0], [1, 0, 0]])
    zero = np.zeros((2, 3))
    m = Margins(zero + 9, zero, zero, zero, out, into, zero, zero + 9)
    np.testing.assert_allclose(levels(m), [0.5, 1, 1])
    np.testing.assert_allclose(levelled(m).outflow.sum(0), [2, 0, 3])
    np.testing.assert_allclose(levelled(m).inflow.sum(0), [2, 2, 0])


def test_through_trade_reaches_all_but_a_tenth_of_output_and_is_never_more_than_booked():
    zero, made = np.zeros((1, 4)), np.array([[9.0, 11, 40, 40]])
    booked = np.array([[0.9, 2.2, 20, 30]])  # a tenth, a fifth, a half and three quarters of output
    m = Margins(made, zero, zero, zero, booked, booked + 1, zero, made)
    # the first product is 9 % of output: the lowest share that a tenth of output does not exceed is a fifth
    np.testing.assert_allclose(through_trade(m, 0.19), [[0.9, 2.2, 8, 8]])
    np.testing.assert_allclose(through_trade(m, 0.2), 0)
    idle = m.replace(output=np.array([[0.0, 20, 40, 40]]))
    np.testing.assert_allclose(through_trade(idle, 0.05), [[0, 2.2, 4.4, 4.4]])


def test_a_survey_counts_only_where_there_is_room():
    m = reports(2)
    odds, error = np.full(6, np.log(0.25 / 0.75)), np.full(6, OPTIONS.upper_spread / 2)
    error[5] = np.inf
    plain, found = cross_hauling(m, OPTIONS), cross_hauling(m, OPTIONS, Surveyed(odds, error))
    for r, i in np.ndindex(m.room.shape):
        weight = 0.8 if i < 5 else 0.0  # variances of 1 and 1/4
        expected = (
            share_of((1 - weight) * odds_of(plain.share[r, i]) + weight * odds[i]) if weight else plain.share[r, i]
        )
        assert found.share[r, i] == pytest.approx(expected if m.room[r, i] > 0 else 0.0, abs=2e-8)
