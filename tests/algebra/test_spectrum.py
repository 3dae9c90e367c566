"""The leading eigenvalue: exact where it is known, the same twice, and never missing."""

import numpy as np
import pytest
from scipy.sparse.linalg import ArpackNoConvergence

from mrio.algebra import spectrum
from mrio.algebra.spectrum import leading


def radius(A, which="LR"):
    return leading(lambda v: A @ v, len(A), which)[0]


@pytest.mark.parametrize("N", [2, 20, 21, 60])
def test_it_is_the_largest_of_all_eigenvalues(N):
    A = np.random.default_rng(N).random((N, N)) / N
    expected = np.abs(np.linalg.eigvals(A)).max()
    assert radius(A) == pytest.approx(expected, rel=1e-12)
    assert radius(A, "LM") == pytest.approx(expected, rel=1e-12)


def test_its_vector_is_that_of_perron():
    A = np.random.default_rng(1).random((40, 40))
    value, vector = leading(lambda v: A @ v, 40)
    np.testing.assert_allclose(A @ vector, value * vector, rtol=1e-10)
    assert (vector > 0).all()


def test_constant_row_sums_have_a_leading_vector_of_ones():
    A = np.full((30, 30), 0.6 / 30)
    assert radius(A) == pytest.approx(0.6, rel=1e-12)


def test_all_eigenvalues_of_a_cycle_are_as_large():
    A = np.roll(np.eye(24), 1, axis=1) * 0.6
    assert radius(A) == pytest.approx(0.6, rel=1e-12)


def test_nothing_delivered_is_zero():
    assert radius(np.zeros((3, 3))) == radius(np.zeros((50, 50))) == 0


def test_it_comes_out_the_same_twice():
    A = np.random.default_rng(3).random((80, 80))
    assert radius(A) == radius(A)


def test_without_convergence_all_eigenvalues_are_computed(monkeypatch):
    def no_convergence(*args, **options):
        raise ArpackNoConvergence("no convergence", np.array([]), np.array([]))

    monkeypatch.setattr(spectrum, "eigs", no_convergence)
    A = np.random.default_rng(4).random((30, 30))
    assert radius(A) == pytest.approx(np.abs(np.linalg.eigvals(A)).max(), rel=1e-12)


@pytest.mark.parametrize("N", [2, 30])
def test_leading_by_size_may_be_negative_and_by_real_part_is_the_largest(N):
    A = np.diag(np.linspace(0.0, 1.0, N)) - np.eye(N, 1).T * np.eye(N, 1) * 2  # eigenvalues -2, ..., 1
    assert radius(A, "LM") == pytest.approx(2.0) and radius(A, "LR") == pytest.approx(1.0)
