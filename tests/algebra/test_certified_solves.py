"""The certificate of a solve: its bound holds against exact fractions, is not far above, and says where it is none."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from systems import random_system, seeds

from mrio.algebra.leontief import solvers
from mrio.algebra.leontief.productive import from_multipliers
from mrio.algebra.leontief.system import Leontief
from mrio.errors import LeontiefError


def exact_solution(Z: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Gauss elimination of (I - A) X = Y in fractions: the true solution of the numbers as stored."""
    N = len(x)
    rows = [
        [Fraction(i == j) - Fraction(Z[i, j]) / Fraction(x[j]) for j in range(N)] + [Fraction(y[i])] for i in range(N)
    ]
    for p in range(N):
        rows[p] = [value / rows[p][p] for value in rows[p]]
        for i in set(range(N)) - {p}:
            rows[i] = [a - rows[i][p] * b for a, b in zip(rows[i], rows[p], strict=True)]
    return np.array([float(row[-1]) for row in rows])


@given(seed=seeds, tolerance=st.sampled_from([1e-12, 1e-6, 1e-2]))
def test_the_certificate_bounds_the_true_error(seed, tolerance):
    Z, x = random_system(seed, 2, 4)
    Z, x = Z.reshape(8, 8), x.ravel()
    y = np.random.default_rng(seed).random(8)
    system = Leontief(Z, x, method="krylov", tolerance=tolerance)
    system._solvers._panels = system._panels.of(Z, (2, 4), 4)
    X, certificate = system.solve(y), system.certificate
    true = exact_solution(Z, x, y)
    assert certificate.rigorous
    assert certificate.residual <= tolerance
    assert np.abs(X - true).sum() <= certificate.bound * np.abs(true).sum() * (1 + 1e-9)
    assert certificate.bound <= 100 * tolerance


def test_the_bound_of_a_loose_solve_is_not_far_above_its_error():
    Z, x = random_system(5, 4, 30)
    system = Leontief(Z, x, method="krylov", tolerance=1e-3)
    system._solvers._panels = system._panels.of(Z, (4, 30), 30)
    y = np.ones(120)
    X = system.solve(y)
    error = np.abs(X - Leontief(Z, x, method="lu").solve(y)).sum() / 120
    assert 0 < error < system.error_bound < 1e-1
    before = system._solvers.solve(y[None], False, 1e-3).solution[0]
    assert (
        error < np.abs(before - Leontief(Z, x, method="lu").solve(y)).sum() / 120
    )  # the residual is a correction, too


@given(seed=seeds)
def test_the_bound_on_the_norm_of_L_holds_however_it_is_found(seed):
    Z, x = random_system(seed, 3, 4)
    N = x.size
    for scale in (0.5, 1.0):  # column sums clearly below one, and not
        system = Leontief(Z * scale, x)
        system.solve(np.ones(N))
        L = np.linalg.inv(np.eye(N) - scale * Z.reshape(N, N) / x.ravel())
        assert system.certificate.rigorous
        assert np.abs(L).sum(0).max() <= system.certificate.norm_L * (1 + 1e-12)


def test_negative_cells_are_counted_and_their_bound_is_proved_by_moduli_or_called_an_estimate():
    Z = np.full((4, 4), 10.0)
    Z[1, 2] = -5.0
    system = Leontief(Z, np.full(4, 100.0))
    system.solve(np.ones(4))
    assert system.negative_cells == 1
    assert system.certificate.rigorous
    for sold, bought in (
        (30.0, -15.0),
        (30.0, -30.0),
    ):  # radius of |A| 1.01 and 1.1; the multipliers of the first are > 0
        Z = np.diag([80.0, 80.0, 0, 0])
        Z[0, 1], Z[1, 0] = sold, bought
        system = Leontief(Z, np.full(4, 100.0))
        system.solve(np.ones(4))
        assert not system.certificate.rigorous
        assert "estimated" in str(system.certificate)


def test_multipliers_prove_no_more_than_their_slack():
    u = np.array([2.0, 3.0])
    assert from_multipliers(u, np.array([1.0, 0.5])).value == pytest.approx(6.0)
    assert from_multipliers(u, np.array([1.0, 0.0])) is None
    assert from_multipliers(np.array([2.0, -1.0]), np.ones(2)) is None


def test_the_bound_allows_for_the_rounding_of_the_residual():
    system = Leontief(np.zeros((4, 4)), np.full(4, 100.0))
    np.testing.assert_array_equal(system.solve(np.ones(4)), 1)
    assert system.certificate.residual == 0
    assert 0 < system.error_bound < 1e-14


def test_a_method_that_misses_its_tolerance_gives_way_to_lu(monkeypatch, narrow):
    monkeypatch.setattr(solvers, "STEPS", 1)
    monkeypatch.setattr(solvers, "CYCLES", 2)
    Z, x = random_system(3, 4, 6)
    system = Leontief(Z, x, method="krylov")
    X = system.solve(np.eye(24))
    assert system.certificate.method == "lu"
    np.testing.assert_allclose(X, np.linalg.inv(np.eye(24) - Z.reshape(24, 24) / x.ravel()), rtol=1e-11, atol=1e-15)


def test_a_tolerance_beyond_double_precision_is_said_to_be_missed():
    Z, x = random_system(3, 4, 6)
    with pytest.raises(LeontiefError, match="short of the tolerance 1e-30"):
        Leontief(Z, x, tolerance=1e-30).solve(np.ones(24))


def test_multipliers_of_a_system_with_negative_cells_are_held_against_moduli():
    A = np.array([[0.5, -0.1], [0.45, 0.4]])  # columns of |A| sum to .95 and .5
    system = Leontief(A * 100.0, np.full(2, 100.0))
    system.solve(np.ones(2))
    u = np.linalg.inv(np.eye(2) - A).sum(0)
    assert system.certificate.rigorous
    assert system.certificate.norm_L == pytest.approx(u.max() / (u @ (np.eye(2) - np.abs(A))).min())
