"""The two factorisations and the minimal residual by themselves, against dense systems, for numbers of any size."""

from __future__ import annotations

import numpy as np
import pytest
from systems import random_system

from mrio.algebra.leontief.direct import DoubleLU, SingleLU
from mrio.algebra.leontief.minimal_residual import gmres
from mrio.algebra.leontief.panels import Panels


def made(seed, regions, sectors, height):
    Z, x = random_system(seed, regions, sectors)
    N = x.size
    Z, x = Z.reshape(N, N), x.reshape(N)
    return Z, x, Panels.of(Z, (regions, sectors), height)


@pytest.mark.parametrize(("kind", "accuracy"), [(SingleLU, 1e-4), (DoubleLU, 1e-11)])
@pytest.mark.parametrize(("regions", "sectors"), [(1, 1), (3, 5), (4, 55)])
def test_a_factored_system_is_solved_both_ways_for_numbers_of_any_size(kind, accuracy, regions, sectors):
    Z, x, panels = made(1, regions, sectors, 7 if regions < 4 else 60)
    B = np.eye(x.size) - Z / x
    rows = np.random.default_rng(0).uniform(0.5, 1, (4, x.size)) * np.array([[1.0], [1e-60], [1e60], [0.0]])
    factored = kind(panels, x)
    for transposed, expected in ((False, np.linalg.solve(B, rows.T).T), (True, np.linalg.solve(B.T, rows.T).T)):
        found = factored.solve(rows.copy(), transposed)
        for row, right in zip(found, expected, strict=True):
            np.testing.assert_allclose(row, right, atol=accuracy * np.abs(right).max())


@pytest.mark.parametrize("kind", [SingleLU, DoubleLU])
@pytest.mark.parametrize("Z", [[[5.0]], [[1.0, 1.0], [1.0, 1.0]]])
def test_industries_that_buy_all_they_make_cannot_be_factored(kind, Z):
    Z = np.array(Z)
    x = Z.sum(0)
    with pytest.raises(np.linalg.LinAlgError):
        kind(Panels.of(Z, (1, len(x)), 1), x)


@pytest.mark.parametrize("steps", [1, 6, 12])
def test_the_residual_is_the_smallest_of_so_many_products(steps):
    rng = np.random.default_rng(3)
    T = rng.random((12, 12)) / 8
    rhs = rng.random((3, 12))
    rhs[1] = 0.0
    found, products = gmres(lambda v, left: v @ T.T, rhs, 1e-13, steps)
    assert products <= steps and (found[1] == 0).all()
    B = np.eye(12) - T
    for row, y in zip(found[[0, 2]], rhs[[0, 2]], strict=True):
        K = np.stack([np.linalg.matrix_power(B, k) @ y for k in range(products)], axis=1)
        best = np.linalg.lstsq(B @ K, y, rcond=None)[0]
        size = np.linalg.norm(y)
        assert np.linalg.norm(y - B @ row) <= np.linalg.norm(y - B @ K @ best) * (1 + 1e-6) + 1e-9 * size
