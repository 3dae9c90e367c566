"""Flows of many draws at once equal those of one draw at a time; an unproductive draw is named."""

import numpy as np
import pytest
from systems import random_system

from mrio.algebra.leontief.draws import flows_of, flows_of_tables
from mrio.algebra.leontief.system import Leontief
from mrio.errors import LeontiefError


def economy(seed: int, R: int, n: int):
    """Return Z, x, final demand (R, n, R) and one stressor's intensities of a random productive system."""
    Z, x = random_system(seed, R, n)
    rng = np.random.default_rng(seed + 1)
    Y = np.maximum(x - Z.sum((2, 3)), 0)[:, :, None] * rng.dirichlet(np.full(R, 0.5), (R, n))
    return Z, x, Y, rng.lognormal(0, 2, (R, n)) / x


def flows(Z, x, Y, f):
    R, n = x.shape
    return np.einsum("ri,ris->rs", f, Leontief(Z, x).solve(Y.reshape(R * n, R)).reshape(R, n, R))


def test_draws_of_intensities_share_one_solve():
    Z, x, Y, _ = economy(4, 3, 5)
    X = Leontief(Z, x).solve(Y.reshape(15, 3)).reshape(3, 5, 3)
    f = np.random.default_rng(0).lognormal(0, 2, (6, 3, 5))
    for draw, drawn in zip(f, flows_of(f, X), strict=True):
        np.testing.assert_allclose(drawn, flows(Z, x, Y, draw), rtol=1e-11)


def test_draws_of_tables_equal_one_table_at_a_time(monkeypatch):
    monkeypatch.setattr("mrio.algebra.leontief.draws.CHUNK_BYTES", 8 * 15 * 15 * 2)
    drawn = [economy(seed, 3, 5) for seed in range(5)]
    Z, x, Y, f = (np.stack([d[i] for d in drawn]) for i in range(4))
    made = flows_of_tables(Z, x, Y, f)
    for d, draw in enumerate(drawn):
        np.testing.assert_allclose(made[d], flows(*draw), rtol=1e-11)
    np.testing.assert_allclose(flows_of_tables(Z, x, Y[0], f[0])[0], made[0], rtol=1e-11)


def test_an_unproductive_draw_is_named(monkeypatch):
    monkeypatch.setattr("mrio.algebra.leontief.draws.CHUNK_BYTES", 8 * 6 * 6)
    drawn = [economy(seed, 2, 3) for seed in range(4)]
    Z, x, Y = (np.stack([d[i] for d in drawn]) for i in range(3))
    Z[2] *= 2
    with pytest.raises(LeontiefError, match="draw 2 is not productive"):
        flows_of_tables(Z, x, Y, np.ones((2, 3)))
