"""Accounts of many stressors as arrays: hand case, explicit inverse, conservation, draws, and pymrio."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from systems import random_system, seeds, sizes

from mrio.algebra.leontief.system import Leontief
from mrio.equations.stressors import flows_of, flows_of_tables, footprints
from mrio.errors import LeontiefError


def economy(seed: int, R: int, n: int, K: int = 2, zero: bool = False):
    """A system with the final demand and exports that its output serves, and K stressors."""
    Z, x = random_system(seed, R, n, zero=zero)
    rng = np.random.default_rng(seed + 1)
    total = np.maximum(x - Z.sum((2, 3)), 0)
    shares = rng.dirichlet(np.full(R + 1, 0.5), (R, n))
    Y, exports = total[:, :, None] * shares[:, :, :R], total * shares[:, :, R]
    return Z, x, Y, exports, rng.lognormal(0, 2, (K, R, n)) * (x > 0)


def test_two_regions_of_one_sector_by_hand():
    """Region b sells 50 to region a's industry; a serves a, and b keeps its other 50: half of its carbon."""
    Z = np.array([[0.0, 0.0], [50.0, 0.0]]).reshape(2, 1, 2, 1)
    Y = np.array([[100.0, 0.0], [0.0, 50.0]]).reshape(2, 1, 2)
    result = footprints(Leontief(Z, [[100.0], [100.0]]), Y, np.array([[[7.0], [10.0]]]))
    np.testing.assert_allclose(result.flows, [[[7, 0], [5, 5]]])
    np.testing.assert_allclose(result.D_cba[0].T, [[12, 5]])
    np.testing.assert_allclose(result.D_imp[0].T, [[5, 0]])
    np.testing.assert_allclose(result.D_exp[0].T, [[0, 5]])
    np.testing.assert_allclose(result.D_pba[0].T, [[7, 10]])


@given(seed=seeds, size=sizes)
def test_accounts_are_those_of_the_explicit_inverse(seed, size):
    R, n = size
    Z, x, Y, exports, F = economy(seed, R, n)
    result = footprints(Leontief(Z, x), Y, F, outside=exports[:, :, None])
    L = np.linalg.inv(np.eye(R * n) - Z.reshape(R * n, -1) / x.ravel()).reshape(R, n, R, n)
    full = np.einsum("kri,riqj,qjs->krisj", F / x, L, Y)  # by emitting region and sector, buyer and product
    away = 1 - np.eye(R)
    close = {"rtol": 1e-10, "atol": 1e-12 * F.sum()}
    np.testing.assert_allclose(result.flows, full.sum((2, 4)), **close)
    np.testing.assert_allclose(result.flows_by_product, full.sum(2), **close)
    np.testing.assert_allclose(result.D_cba, full.sum((1, 2)), **close)
    np.testing.assert_allclose(result.D_imp, np.einsum("krisj,rs->ksj", full, away), **close)
    np.testing.assert_allclose(result.imports_by_origin, np.einsum("krisj,rs->ksi", full, away), **close)
    np.testing.assert_allclose(result.D_exp, np.einsum("krisj,rs->kri", full, away), **close)
    np.testing.assert_allclose(result.flows_outside[..., 0], np.einsum("kri,riqj,qj->kr", F / x, L, exports), **close)
    assert result.duality_gap < 1e-10


def test_stressors_may_be_taken_a_few_at_a_time(monkeypatch):
    Z, x, Y, _, F = economy(2, 3, 4, K=5)
    together = footprints(Leontief(Z, x), Y, F)
    monkeypatch.setattr("mrio.equations.stressors.GROUP_CELLS", 2 * 3 * 3 * 4)
    apart = footprints(Leontief(Z, x), Y, F)
    np.testing.assert_allclose(apart.flows_by_product, together.flows_by_product, rtol=1e-12)
    assert apart.certificates[0].products > together.certificates[0].products


@given(seed=seeds, size=sizes)
def test_every_tonne_is_in_one_account(seed, size):
    """Output serves final demand and exports (here the rows close by construction), so flows add up to F."""
    R, n = size
    Z, x, Y, exports, F = economy(seed, R, n, zero=R * n > 1)
    served = Y.sum(2) + exports
    X = Leontief(Z, x).solve(served.ravel()).reshape(R, n)
    F = np.divide(F * X, x, out=np.zeros_like(F), where=x > 0)  # emissions of the output these demands call for
    F[:, -1, -1] += 3.0 * (x[-1, -1] == 0)
    result = footprints(Leontief(Z, np.where(x > 0, x, 0)), Y, F, outside=exports[:, :, None], by_product=False)
    f_total = result.flows.sum(2) + result.flows_outside[..., 0]
    np.testing.assert_allclose(result.D_pba.sum(2), f_total, rtol=1e-10)
    assert (result.zero_output[:, -1] == 3.0 * (x[-1, -1] == 0)).all()
    assert result.flows_by_product is None and result.D_imp is None


def test_nothing_of_the_size_of_z_is_allocated_by_krylov():
    R, n = 20, 80
    rng = np.random.default_rng(0)
    N = R * n
    Z = rng.random((N, N)) * np.kron(np.eye(R) * 20 + 1, np.ones((n, n)))
    x = Z.sum(0) / 0.6
    Y, F = rng.random((R, n, R)), rng.random((2, R, n))
    system = Leontief(Z.reshape(R, n, R, n), x.reshape(R, n), method="krylov")
    tracemalloc.start()
    footprints(system, Y, F, by_product=False)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 0.6 * Z.nbytes


def test_draws_of_intensities_share_one_solve():
    Z, x, Y, _, F = economy(4, 3, 5, K=6)
    X = footprints(Leontief(Z, x), Y, F).X
    for draw, flows in zip(F, flows_of(F / x, X), strict=True):
        np.testing.assert_allclose(flows, footprints(Leontief(Z, x), Y, draw[None]).flows[0], rtol=1e-11)


def test_draws_of_tables_equal_one_table_at_a_time(monkeypatch):
    monkeypatch.setattr("mrio.equations.stressors.CHUNK_BYTES", 8 * 15 * 15 * 2)
    draws = [economy(seed, 3, 5, K=1) for seed in range(5)]
    Z, x, Y, F = (np.stack([d[i] for d in draws]) for i in (0, 1, 2, 4))
    flows = flows_of_tables(Z, x, Y, F[:, 0] / x)
    for d, (z, out, y, _, f) in enumerate(draws):
        np.testing.assert_allclose(flows[d], footprints(Leontief(z, out), y, f).flows[0], rtol=1e-11)
    np.testing.assert_allclose(flows_of_tables(Z, x, Y[0], F[0, 0])[0], flows_of_tables(Z[:1], x[:1], Y[0], F[0, 0])[0])


def test_an_unproductive_draw_is_named(monkeypatch):
    monkeypatch.setattr("mrio.equations.stressors.CHUNK_BYTES", 8 * 6 * 6)
    draws = [economy(seed, 2, 3, K=1) for seed in range(4)]
    Z, x, Y = (np.stack([d[i] for d in draws]) for i in (0, 1, 2))
    Z[2] *= 2
    with pytest.raises(LeontiefError, match="draw 2 is not productive"):
        flows_of_tables(Z, x, Y, np.ones((2, 3)))


def test_accounts_are_those_of_pymrio_on_its_own_test_table():
    pymrio = pytest.importorskip("pymrio")
    io = pymrio.load_test().calc_all()
    R, n = len(io.get_regions()), len(io.get_sectors())
    Y = io.Y.T.groupby("region", sort=False).sum().T.to_numpy().reshape(R, n, R)
    stressor = io.emissions
    F = stressor.F.to_numpy().reshape(-1, R, n)
    x = io.x.to_numpy().reshape(R, n)
    result = footprints(Leontief(io.Z.to_numpy(), x), Y, F)
    for name in ("D_cba", "D_pba", "D_imp", "D_exp"):
        theirs = getattr(stressor, name).to_numpy()
        np.testing.assert_allclose(getattr(result, name).reshape(theirs.shape), theirs, rtol=1e-12, err_msg=name)
