"""Balancing where the sums of rows and columns differ in their last digits, as sums of subtracted margins do."""

import numpy as np
import pytest

from mrio.algebra.balancing import gras, scaled
from mrio.errors import EstimationError

NAMES = (["r0"], ["a", "b"], ["u", "v"])


def test_rows_are_met_as_far_as_the_sums_agree():
    prior = np.array([[[1.0, 2.0], [3.0, 4.0]]])
    rows, columns = np.array([[4.0, 6.0]]), np.array([[5.0, 5.0 + 2e-9]])
    made = gras(prior, rows, columns, names=NAMES)
    np.testing.assert_allclose(made.sum(1), columns, rtol=1e-14)
    np.testing.assert_allclose(made.sum(2), rows, rtol=1e-9)


def test_sums_that_differ_by_more_are_refused():
    with pytest.raises(EstimationError, match=r"r0: row totals sum to 10, column totals to 10\.0000001"):
        gras(np.ones((1, 2, 2)), np.array([[4.0, 6.0]]), np.array([[5.0, 5.0 + 1e-7]]), names=NAMES)


def test_a_matrix_of_zeros_with_totals_of_zero_stays_one():
    prior, names = np.stack([np.zeros((2, 2)), np.ones((2, 2))]), (["r0", "r1"], *NAMES[1:])
    made = gras(prior, np.array([[0.0, 0], [2, 4]]), np.array([[0.0, 0], [3, 3]]), names=names)
    np.testing.assert_allclose(made, [[[0, 0], [0, 0]], [[1, 1], [2, 2]]])


@pytest.mark.parametrize(
    ("prior", "rows", "columns", "sentence"),
    [
        ([[0.0, 0], [1, 1]], [1.0, 1], [1.0, 1], "row a must sum to 1, but no cell of it can be positive"),
        ([[1.0, 1], [1, 1]], [-1.0, 3], [1.0, 1], "row a must sum to -1, but no cell of it can be negative"),
        ([[0.0, 1], [0, 1]], [1.0, 1], [1.0, 1], "column u must sum to 1, but no cell of it can be positive"),
        ([[1.0, 1], [1, 1]], [1.0, 1], [-1.0, 3], "column u must sum to -1, but no cell of it can be negative"),
    ],
)
def test_a_total_of_a_sign_that_no_cell_has_is_refused(prior, rows, columns, sentence):
    with pytest.raises(EstimationError, match=f"r0: {sentence}; correct its margin or its prior"):
        gras(np.array([prior]), np.array([rows]), np.array([columns]), names=NAMES)


def test_a_total_that_is_rounding_needs_no_cell():
    made = gras(np.array([[[0.0, 0], [1, 1]]]), np.array([[1e-13, 2.0]]), np.array([[1.0, 1.0]]), names=NAMES)
    np.testing.assert_allclose(made[0], [[0, 0], [1, 1]])


def test_only_negative_cells_meet_a_negative_total():
    prior = np.array([[[-1.0, -3.0], [2.0, 2.0]]])
    made = gras(prior, np.array([[-8.0, 12.0]]), np.array([[3.0, 1.0]]), names=NAMES)
    np.testing.assert_allclose(made.sum(2), [[-8, 12]])
    np.testing.assert_allclose(made.sum(1), [[3, 1]])
    assert (np.sign(made) == np.sign(prior)).all()


def test_scaling_keeps_negative_cells_and_leaves_empty_rows_empty():
    prior = np.array([[[1.0, -2.0, 1.0], [1.0, 1.0, 1.0], [0.0, 0.0, 0.0]]])
    rows, columns = np.array([[2.0, 6.0, 5.0]]), np.array([[4.0, 0.0, 4.0]])
    made = scaled(prior, rows, columns)
    assert made[0, 0, 1] == -2.0 and (made[0, 2] == 0).all()
    np.testing.assert_allclose(made.sum(1), columns, atol=1e-9)
    np.testing.assert_allclose(made[0, :2].sum(1), [2, 6], rtol=1e-6)
    again = scaled(made, made.sum(2), made.sum(1))
    np.testing.assert_allclose(again, made, atol=1e-9)


def test_the_total_of_a_row_without_cells_changes_nothing_of_the_others():
    rng = np.random.default_rng(0)
    prior, columns = rng.random((1, 4, 4)) * [[1], [1], [1], [0]], np.array([[1.0, 2.0, 3.0, 3.0]])
    made = [scaled(prior, np.array([[2.0, 3.0, 4.0, total]]), columns) for total in (0.0, 1e-5)]
    np.testing.assert_array_equal(made[0], made[1])
    assert not made[1][0, 3].any()
