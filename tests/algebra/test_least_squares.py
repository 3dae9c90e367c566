"""Least squares with equalities and bounds, and draws around them, against dense systems solved outright."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp
from scipy.optimize import lsq_linear

from mrio.algebra.least_squares import Problem, constrained_least_squares
from mrio.errors import EstimationError
from mrio.estimation.posterior import Posterior


def problem(weights, value, error=None, equal=None, total=(), bounded=None, lowest=()):
    """Return a problem of dense matrices; without equalities or bounds there are none."""
    cells = np.shape(weights)[1]
    none = np.zeros((0, cells))
    matrices = [sp.csr_array(np.array(each, float)) for each in
                (weights, none if equal is None else equal, none if bounded is None else bounded)]  # fmt: skip
    error = np.ones(len(value)) if error is None else np.array(error, float)
    return Problem(matrices[0], np.array(value, float), error, matrices[1], np.array(total, float), matrices[2],
                   np.array(lowest, float))  # fmt: skip


def solved(given, fixed=None, x=None):
    cells = given.weights.shape[1]
    fixed = np.zeros(cells, dtype=bool) if fixed is None else np.array(fixed)
    return constrained_least_squares(given, fixed, np.zeros(cells) if x is None else np.array(x, float))


def kkt(weights, value, error, equal, total):
    """Return the nearest point that meets the equalities, by one dense system."""
    W = np.array(weights) / np.array(error)[:, None]
    v = np.array(value) / np.array(error)
    E = np.array(equal)
    zeros = np.zeros((len(E), len(E)))
    system = np.block([[W.T @ W, E.T], [E, zeros]])
    return np.linalg.solve(system, np.concatenate([W.T @ v, total]))[: W.shape[1]]


def sums(seed, cells=6):
    """Return observations of every cell, of pairs and of long sums, with their values and errors."""
    rng = np.random.default_rng(seed)
    weights = np.vstack([np.eye(cells), rng.integers(0, 2, (4, cells)), np.ones((1, cells))])
    return weights, rng.uniform(-2, 5, len(weights)), rng.uniform(0.5, 2, len(weights))


@pytest.mark.parametrize("seed", range(3))
def test_what_is_observed_alone_in_pairs_and_in_sums_counts_by_its_error(seed):
    weights, value, error = sums(seed)
    expected = np.linalg.lstsq(weights / error[:, None], value / error, rcond=None)[0]
    np.testing.assert_allclose(solved(problem(weights, value, error)), expected, atol=1e-6)


@pytest.mark.parametrize("seed", range(3))
def test_equalities_hold_at_the_nearest_point(seed):
    weights, value, error = sums(seed)
    equal, total = np.array([[1, 1, 0, 0, 0, 0], [0, 0, 1, -1, 0, 2]]), np.array([3.0, 1.0])
    found = solved(problem(weights, value, error, equal, total))
    np.testing.assert_allclose(found, kkt(weights, value, error, equal, total), atol=1e-6)


@pytest.mark.parametrize("seed", range(3))
def test_bounds_hold_at_the_nearest_point(seed):
    weights, value, error = sums(seed)
    expected = lsq_linear(weights / error[:, None], value / error, (0.5, np.inf)).x
    found = solved(problem(weights, value, error, bounded=np.eye(6), lowest=np.full(6, 0.5)))
    np.testing.assert_allclose(found, expected, atol=1e-5)
    assert (found >= 0.5 - 1e-7).all() and (expected < 0.5 + 1e-6).any()


@pytest.mark.parametrize("seed", range(3))
def test_fixed_cells_stay_and_the_others_answer_for_what_is_left(seed):
    weights, value, error = sums(seed)
    fixed, x = np.array([True, False, False, True, False, False]), np.array([1.0, 9, 9, -2, 9, 9])
    found = solved(
        problem(weights, value, error, [[1, 1, 1, 0, 0, 0]], [4.0], np.eye(6)[[0, 5]], [-5.0, 0.0]), fixed, x
    )
    assert found[0] == 1.0 and found[3] == -2.0
    free = ~fixed
    rest = value - weights[:, fixed] @ x[fixed]
    seen = (weights[:, free] != 0).any(1)
    inside = kkt(weights[seen][:, free], rest[seen], error[seen], [[1, 1, 0, 0]], [3.0])
    if inside[3] >= 0:
        np.testing.assert_allclose(found[free], inside, atol=1e-6)
    assert found[5] >= -1e-7 and found[:3].sum() == pytest.approx(4, abs=1e-7)


def test_a_cell_of_which_nothing_is_known_is_nothing_unless_it_has_to_be():
    assert solved(problem([[1.0, 0]], [3.0])) == pytest.approx([3, 0], abs=1e-6)
    shared = solved(problem([[1.0, 0, 0]], [3.0], equal=[[1.0, 1, 1]], total=[7.0]))
    assert shared == pytest.approx([3, 2, 2], abs=1e-5)  # what the equality asks for, in equal parts


def test_what_no_point_can_meet_is_refused():
    with pytest.raises(EstimationError, match="no rows that meet every identity and bound"):
        solved(problem([[1.0]], [0.0], equal=[[1.0], [1.0]], total=[1.0, 2.0]))
    with pytest.raises(EstimationError, match="no rows that meet"):
        solved(problem([[1.0]], [0.0], bounded=[[1.0], [-1.0]], lowest=[1.0, 0.0]))


# -- around the nearest point -----------------------------------------------------------------------------------------
def around(seed, free=None, scale=5.0, factor=2.0):
    weights, _, error = sums(seed)
    weights = scale * weights / error[:, None]
    equal = np.array([[1.0, 1, 0, 0, 0, 0], [0, 0, 1, -1, 0, 2], [0, 0, 0, 0, 0, 0]])
    free = np.ones(6, dtype=bool) if free is None else np.array(free)
    return Posterior(sp.csr_array(weights), sp.csr_array(equal), free, scale, factor), weights, equal[:2]


@pytest.mark.parametrize("seed", range(3))
def test_a_deviation_is_the_nearest_point_to_the_errors_drawn(seed):
    posterior, weights, equal = around(seed)
    noise = np.random.default_rng(seed).standard_normal(posterior.observations)
    expected = 5.0 * 2.0 * kkt(weights, noise, np.ones(len(weights)), equal, np.zeros(2))
    np.testing.assert_allclose(posterior.deviations(noise), expected, atol=1e-6)
    assert (posterior.deviations(np.zeros_like(noise)) == 0).all()


@pytest.mark.parametrize("seed", range(3))
def test_cells_that_cannot_move_do_not_and_sums_of_the_others_stay(seed):
    free = [True, True, False, True, True, True]
    posterior, weights, equal = around(seed, free)
    noise = np.random.default_rng(seed).standard_normal(posterior.observations)
    moved = posterior.deviations(noise)
    assert moved[2] == 0.0
    inside = kkt(weights[:, free], noise, np.ones(len(weights)), equal[:, free], np.zeros(2))
    np.testing.assert_allclose(moved[free], 10.0 * inside, atol=1e-6)
    np.testing.assert_allclose(equal[:, free] @ moved[free], 0.0, atol=1e-6)


@pytest.mark.parametrize("seed", range(3))
def test_what_is_restored_meets_its_sums_where_it_is_least_certain(seed):
    posterior, weights, equal = around(seed)
    moved = np.random.default_rng(seed).uniform(-1, 1, 6)
    found = posterior.restored(moved)
    np.testing.assert_allclose(equal @ found, 0.0, atol=1e-6)
    change = kkt(weights, np.zeros(len(weights)), np.ones(len(weights)), equal, -(equal @ moved))
    np.testing.assert_allclose(found, moved + change, atol=1e-6)
    np.testing.assert_allclose(posterior.restored(found), found, atol=1e-6)
