"""Balancing where the sums of rows and columns differ in their last digits, as sums of subtracted margins do."""

import numpy as np
import pytest

from mrio.algebra.balancing import gras
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
