"""L of a table by origin equals that of the dense table."""

import numpy as np
import pytest

from mrio.algebra.balancing import gras, scaled
from mrio.algebra.leontief.by_origin import OriginLeontief
from mrio.algebra.leontief.system import Leontief
from mrio.errors import LeontiefError


def system(seed: int, R: int = 4, n: int = 5, size: float = 0.6):
    rng = np.random.default_rng(seed)
    x = rng.uniform(1, 100, (R, n))
    x[0, 1] = 0.0
    uses = rng.random((R, n, n))
    uses *= size * x[:, None, :] / uses.sum(1, keepdims=True)
    part = rng.uniform(0.2, 0.9, (R, n, n))
    q = rng.random((n, R, R)) * (1 - np.eye(R))
    q /= q.sum(1, keepdims=True)
    own, away = part * uses, (1 - part) * uses
    own[0, 1], away[0, 1], q[1, 0] = 0.0, 0.0, 0.0
    q /= np.maximum(q.sum(1, keepdims=True), 1e-300)
    Z = q.transpose(1, 0, 2)[..., None] * away.transpose(1, 0, 2)[None]
    here = np.arange(R)
    Z[here, :, here] += own
    return own, away, q, x, Z


@pytest.mark.parametrize("seed", range(4))
def test_solutions_are_those_of_the_dense_system(seed):
    own, away, q, x, Z = system(seed)
    rng = np.random.default_rng(seed)
    Y, f = rng.random((x.size, 3)), rng.random((2, x.size))
    found, dense = OriginLeontief(own, away, q, x), Leontief(Z, x)
    np.testing.assert_allclose(found.solve(Y), dense.solve(Y), rtol=1e-9)
    np.testing.assert_allclose(found.solve_transposed(f), dense.solve_transposed(f), rtol=1e-9)
    np.testing.assert_allclose(found.local.solve_transposed(x), dense.local().solve_transposed(x), rtol=1e-9)


def test_a_system_that_uses_more_than_it_makes_is_refused():
    own, away, q, x, _ = system(0, size=1.3)
    with pytest.raises(LeontiefError, match="more of each other's products"):
        OriginLeontief(own, away, q, x).solve(np.ones((x.size, 1)))


@pytest.mark.parametrize("seed", range(3))
def test_scaling_is_ras_where_it_converges(seed):
    rng = np.random.default_rng(seed)
    prior = rng.random((3, 4, 5))
    target = prior * rng.uniform(0.5, 2, (3, 4, 1)) * rng.uniform(0.5, 2, (3, 1, 5))
    names = [list("abc"), list("wxyz"), list("12345")]
    exact = gras(prior, target.sum(2), target.sum(1), names=names)
    found = scaled(prior, target.sum(2), target.sum(1), tolerance=1e-12, sweeps=500)
    np.testing.assert_allclose(found, exact, rtol=1e-9)
    np.testing.assert_allclose(found.sum(1), target.sum(1), rtol=1e-13)


def test_scaling_a_matrix_that_has_its_sums_changes_nothing():
    prior = np.random.default_rng(0).random((2, 3, 3))
    prior[0, 0, 1] = -0.2
    np.testing.assert_allclose(scaled(prior, prior.sum(2), prior.sum(1)), prior, rtol=1e-12)
