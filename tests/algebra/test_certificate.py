"""The certificate's parts by hand: norms, rounding, the bound, and who is at fault."""

from __future__ import annotations

import numpy as np
import pytest

from mrio.algebra.leontief.certificate import Certificate, error_bound, relative, rounding_factor, sizes, worst
from mrio.algebra.leontief.productive import from_column_sums, from_multipliers, perron

U = np.finfo(float).eps / 2
ROWS = np.array([[1.0, -2.0, 3.0], [0.0, 0.0, 0.0]])


def made(equation="L Y", **changes):
    given = {"method": "lu", "products": 2, "residual": 1e-12, "bound": 1e-11, "rigorous": True, "norm_L": 3.0}
    return Certificate(equation, **(given | changes))


def test_several_batches_have_the_worst_of_each_and_all_products():
    parts = [made(bound=1e-11, residual=3e-12), made(bound=2e-11, products=5, method="krylov"), made(residual=2e-12)]
    joined = worst(parts)
    assert (joined.bound, joined.residual, joined.products, joined.method) == (2e-11, 3e-12, 9, "krylov")


def test_a_certificate_says_whether_it_is_proved():
    assert str(made()) == "L Y by lu, 2 products: relative error at most 1.0e-11"
    assert "about (estimated) 1.0e-11" in str(made(rigorous=False))


@pytest.mark.parametrize("terms", [0, 1, 1260])
def test_the_rounding_of_a_sum_of_products_is_highams(terms):
    assert rounding_factor(terms) == (terms + 4) * U / (1 - (terms + 4) * U)


def test_norms_are_the_column_sum_of_X_and_the_largest_entry_of_m():
    np.testing.assert_array_equal(sizes(ROWS, transposed=False), [6, 0])
    np.testing.assert_array_equal(sizes(ROWS, transposed=True), [3, 0])
    solution = np.array([[2.0, 1.0, 0.0], [0.0, 0.0, 0.0]])
    np.testing.assert_array_equal(relative(ROWS, solution, transposed=False), [2, 0])
    np.testing.assert_array_equal(relative(ROWS + 1, solution, transposed=True), [2, 1])  # zero: measured absolutely


def test_the_bound_is_the_norm_of_L_times_residual_and_its_rounding():
    residual, solution, rhs = np.array([[1e-3, -1e-3]]), np.array([[2.0, 4.0]]), np.array([[1.0, 3.0]])
    sums, g = np.array([0.5, 0.25]), rounding_factor(2)
    by_columns = 2e-3 + g * (4.0 + 2.0 * 1.5 + 4.0 * 1.25)
    assert error_bound(residual, solution, rhs, sums, 3.0, False) == pytest.approx(3 * by_columns / 6, rel=1e-13, abs=0)
    by_rows = 1e-3 + g * (3.0 + 1.5 * 4.0)
    assert error_bound(residual, solution, rhs, sums, 3.0, True) == pytest.approx(3 * by_rows / 4, rel=1e-13, abs=0)
    # after the correction the error is A e: an A of norm above one makes it larger, below one not smaller
    large = error_bound(residual, solution, rhs, 4 * sums, 3.0, True)
    assert large == pytest.approx(2 * 3 * (1e-3 + g * (3.0 + 3.0 * 4.0)) / 4, rel=1e-13, abs=0)


def test_the_bound_of_several_rows_is_the_worst_and_of_a_zero_row_absolute():
    residual = np.array([[1e-3, 0.0], [1e-6, 0.0]])
    solution, rhs = np.array([[1.0, 1.0], [0.0, 0.0]]), np.zeros((2, 2))
    sums = np.array([0.1, 0.1])
    assert error_bound(residual, solution, rhs, sums, 1.0, False) == pytest.approx(5e-4, rel=1e-9)
    assert error_bound(residual[1:], solution[1:], rhs[1:], sums, 1.0, False) == pytest.approx(1e-6, rel=1e-9)


@pytest.mark.parametrize("norm, known", [(0.0, 1.0), (0.5, 2.0), (0.89, 1 / 0.11), (0.91, None), (1.2, None)])
def test_column_sums_clearly_below_one_bound_the_norm_of_L(norm, known):
    bound = from_column_sums(np.array([0.0, norm]))
    assert (bound is None) == (known is None)
    if bound:
        assert bound.rigorous and bound.value == pytest.approx(known) and bound.value >= known * (1 - 1e-15)


def test_column_sums_allow_for_their_own_rounding():
    assert from_column_sums(np.array([0.9])) is None  # .9 and the rounding of the sum is beyond .9
    assert from_column_sums(np.full(3, 0.5)).value > 2.0


def test_multipliers_allow_for_the_rounding_of_their_slack():
    u, slack = np.array([1.0, 2.0]), np.array([4.0, 1.0])
    least = 1.0 - rounding_factor(2) * 2 * (2.0 + 4.0)
    assert from_multipliers(u, slack).value == 2.0 / least
    assert from_multipliers(u, slack).rigorous
    assert from_multipliers(np.array([1.0, 0.0]), slack) is None
    assert from_multipliers(np.array([1.0, np.inf]), slack) is None
    assert from_multipliers(u, np.array([4.0, 1e-15])) is None  # positive by less than its own rounding


@pytest.mark.parametrize("size", [2, 20, 21, 40])
def test_the_perron_root_and_whose_it_is(size):
    A = np.zeros((size, size))
    A[0, 0], A[1, 1], A[0, 1] = 0.9, 0.5, 0.3
    radius, weight = perron(lambda v: A @ v, lambda v: v @ A, size)
    assert radius == pytest.approx(0.9, rel=1e-8)
    # d log(radius) / d log(column): only the first column moves it
    np.testing.assert_allclose(weight, [1] + [0] * (size - 1), atol=1e-7)


def test_the_weight_is_the_elasticity_of_the_radius():
    A = np.array([[0.2, 0.5, 0.1], [0.4, 0.1, 0.3], [0.1, 0.2, 0.3]])
    radius, weight = perron(lambda v: A @ v, lambda v: v @ A, 3)
    for j in range(3):
        moved = A.copy()
        moved[:, j] *= 1 + 1e-6
        change = np.log(max(abs(np.linalg.eigvals(moved))) / radius) / np.log(1 + 1e-6)
        assert weight[j] == pytest.approx(change, abs=1e-5)
    assert weight.sum() == pytest.approx(1)


def test_a_matrix_of_zeros_has_no_culprit():
    radius, weight = perron(lambda v: 0 * v, lambda v: 0 * v, 2)
    assert radius == 0 and np.isfinite(weight).all()
