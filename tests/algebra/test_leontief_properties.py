"""What must hold of the Leontief system on any table."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from systems import random_system, seeds, sizes

from mrio.algebra.leontief import solvers, threads
from mrio.algebra.leontief.direct import SingleLU
from mrio.algebra.leontief.krylov import Sweeps
from mrio.algebra.leontief.minimal_residual import gmres
from mrio.algebra.leontief.panels import Panels
from mrio.algebra.leontief.system import Leontief

methods = st.sampled_from(["lu", "krylov"])


@given(seed=seeds, size=sizes, method=methods, zero=st.booleans())
def test_solutions_satisfy_their_equations_and_the_two_directions_agree(seed, size, method, zero):
    R, n = size
    Z, x = random_system(seed, R, n, zero=zero and R * n > 1)
    rng = np.random.default_rng(seed)
    Y, f = rng.normal(size=(R * n, 3)), rng.random((2, R * n))
    system = Leontief(Z, x, method=method)
    A = np.divide(Z.reshape(R * n, -1), x.ravel(), out=np.zeros((R * n, R * n)), where=x.ravel() > 0)
    X, m = system.solve(Y), system.solve_transposed(f)
    np.testing.assert_allclose(X - A @ X, Y, atol=1e-11 * np.abs(X).sum())
    np.testing.assert_allclose(m - m @ A, f, atol=1e-11 * np.abs(m).max())
    np.testing.assert_allclose(f @ X, m @ Y, rtol=1e-10, atol=1e-10 * np.abs(f @ np.abs(X)).max())


@given(seed=seeds)
def test_krylov_equals_lu_in_every_cell(seed):
    Z, x = random_system(seed, 6, 8)
    rng = np.random.default_rng(seed)
    Y, f = rng.lognormal(0, 2, (48, 5)), rng.lognormal(0, 2, (3, 48))
    lu, krylov = Leontief(Z, x, method="lu"), Leontief(Z, x, method="krylov")
    krylov._solvers._panels = Panels.of(Z, (6, 8), 8)
    np.testing.assert_allclose(krylov.solve(Y), lu.solve(Y), rtol=1e-11)
    np.testing.assert_allclose(krylov.solve_transposed(f), lu.solve_transposed(f), rtol=1e-11)
    assert krylov.certificate.method == "krylov"


def test_lu_in_single_precision_is_refined_to_double(monkeypatch):
    monkeypatch.setattr(solvers, "SINGLE_LU_FROM", 100)
    Z, x = random_system(11, 10, 12)
    Y = np.random.default_rng(0).lognormal(0, 2, (120, 4))
    system = Leontief(Z, x, method="lu")
    X = system.solve(Y)
    assert list(system._solvers._factors) == [SingleLU]
    exact = np.linalg.solve(np.eye(120) - Z.reshape(120, 120) / x.ravel(), Y)
    np.testing.assert_allclose(X, exact, rtol=1e-12)


def test_late_products_are_made_in_single_precision_and_cost_no_accuracy(monkeypatch):
    Z, x = random_system(7, 6, 8)
    Y = np.random.default_rng(0).lognormal(0, 2, (48, 30))
    made = []
    forward = Sweeps.forward
    monkeypatch.setattr(
        Sweeps, "forward", lambda self, W, team, single=False: made.append(single) or forward(self, W, team, single)
    )
    system = Leontief(Z, x, method="krylov")
    system._solvers._panels = Panels.of(Z, (6, 8), 8)
    np.testing.assert_allclose(system.solve(Y), Leontief(Z, x, method="lu").solve(Y), rtol=1e-11)
    assert made == sorted(made), "double precision first"
    assert not made[0] and made[-1]
    assert system.certificate.products == len(made) + 2, "one cycle: nothing had to be refined"


def test_the_method_is_chosen_for_all_right_hand_sides_not_for_a_batch(monkeypatch):
    monkeypatch.setattr(solvers, "LU_UP_TO", 10)
    monkeypatch.setattr(solvers, "LU_SECTORS_PER_SIDE", 2)
    Z, x = random_system(3, 4, 6)
    few, many = (Leontief(Z, x) for _ in range(2))
    for system in (few, many):
        monkeypatch.setattr(system._solvers, "batch", lambda wanted: 3)
    few.solve_transposed(np.eye(24)[:6])
    many.solve_transposed(np.eye(24)[:13])
    assert (few.certificate.method, many.certificate.method) == ("krylov", "lu")
    more_to_come = Leontief(Z, x, right_hand_sides=13)
    more_to_come.solve_transposed(np.eye(24)[:6])
    assert more_to_come.certificate.method == "lu"


@pytest.mark.parametrize("single", [False, True])
@pytest.mark.parametrize("laid", [np.asfortranarray, lambda Z: np.repeat(Z, 2, axis=1)[:, ::2], lambda Z: Z.tolist()])
def test_it_does_not_matter_how_a_table_lies_in_memory(laid, single, monkeypatch):
    monkeypatch.setattr(solvers, "SINGLE_LU_FROM", 10 if single else 1000)
    Z, x = random_system(5, 4, 6)
    Z = Z.reshape(24, 24)
    Y = np.random.default_rng(0).random((24, 3))
    expected = Leontief(Z, x)
    found = Leontief(laid(Z), x)
    np.testing.assert_allclose(found.solve(Y), expected.solve(Y), rtol=1e-12)
    np.testing.assert_allclose(found.solve_transposed(Y.T), expected.solve_transposed(Y.T), rtol=1e-12)
    assert found.solve(Y[:, :0]).shape == (24, 0) and not found.solve(0 * Y).any()


@pytest.mark.parametrize("method", ["lu", "krylov"])
def test_right_hand_sides_may_come_in_batches(method, monkeypatch):
    Z, x = random_system(7, 4, 6)
    system = Leontief(Z, x, method=method)
    monkeypatch.setattr(system._solvers, "batch", lambda wanted: 5)
    np.testing.assert_allclose(system.inverse(), np.linalg.inv(np.eye(24) - Z.reshape(24, 24) / x.ravel()), rtol=1e-10)
    assert system.certificate.products >= 5


@given(seed=seeds, size=sizes, method=methods)
def test_the_unit_of_every_product_may_be_changed(seed, size, method):
    R, n = size
    Z, x = random_system(seed, R, n)
    unit = 10.0 ** np.random.default_rng(seed).integers(-6, 7, (R, n))
    Y = np.random.default_rng(seed).random((R * n, 2))
    before = Leontief(Z, x, method=method).solve(Y)
    after = Leontief(Z * unit[:, :, None, None], x * unit, method=method).solve(Y * unit.reshape(-1, 1))
    np.testing.assert_allclose(after / unit.reshape(-1, 1), before, rtol=1e-10)


@given(seed=seeds, size=sizes, method=methods)
def test_the_order_of_sectors_does_not_matter(seed, size, method):
    Z, x = random_system(seed, *size)
    N = x.size
    rng = np.random.default_rng(seed)
    order, Y = rng.permutation(N), rng.random((N, 2))
    X = Leontief(Z, x, method=method).solve(Y)
    permuted = Leontief(Z.reshape(N, N)[np.ix_(order, order)], x.ravel()[order], method=method).solve(Y[order])
    np.testing.assert_allclose(permuted, X[order], rtol=1e-10)


@given(seed=seeds, size=sizes)
def test_local_systems_are_the_blocks_on_the_diagonal(seed, size):
    R, n = size
    Z, x = random_system(seed, R, n)
    rng = np.random.default_rng(seed)
    Y, f = rng.random((R, n, 3)), rng.random((2, R, n))
    local = Leontief(Z, x).local()
    L = np.stack([np.linalg.inv(np.eye(n) - Z[r, :, r] / x[r]) for r in range(R)])
    np.testing.assert_allclose(local.inverse(), L, rtol=1e-11, atol=1e-13)
    np.testing.assert_allclose(local.solve(Y), L @ Y, rtol=1e-11)
    np.testing.assert_allclose(local.solve(Y[..., 0]), (L @ Y)[..., 0], rtol=1e-11)
    np.testing.assert_allclose(local.solve_transposed(f), np.einsum("kri,rij->krj", f, L), rtol=1e-11)
    np.testing.assert_allclose(local.solve_transposed(f[0]), np.einsum("ri,rij->rj", f[0], L), rtol=1e-11)


@given(seed=seeds)
def test_the_spectral_radius_is_the_largest_eigenvalue(seed):
    Z, x = random_system(seed, 4, 7)
    assert Leontief(Z, x).spectral_radius() == pytest.approx(0.7, rel=1e-6)


@given(seed=seeds, size=sizes, height=st.integers(1, 9))
def test_the_transposed_sweep_is_the_adjoint_of_the_forward_sweep(seed, size, height):
    R, n = size
    Z, x = random_system(seed, R, n)
    sweeps = Sweeps(Panels.of(Z, (R, n), height), x.ravel())
    rng = np.random.default_rng(seed)
    w, m = rng.random((2, R * n)), rng.random((3, R * n))
    with threads.Team() as team:
        ahead, back = sweeps.forward(w, team), sweeps.transposed(m, team)
        np.testing.assert_allclose((back * x.ravel()) @ w.T, (m * x.ravel()) @ ahead.T, rtol=1e-11, atol=1e-13)
        np.testing.assert_allclose(sweeps.forward(w, team, single=True), ahead, rtol=1e-4, atol=1e-5)
        np.testing.assert_allclose(sweeps.transposed(m, team, single=True), back, rtol=1e-4, atol=1e-5)


@given(seed=seeds, k=st.integers(1, 4), N=st.integers(1, 12))
def test_gmres_solves_and_counts_its_products(seed, k, N):
    rng = np.random.default_rng(seed)
    T = rng.normal(size=(N, N))
    T *= 0.5 / np.linalg.norm(T, 2)
    rhs = rng.normal(size=(k, N))
    rhs[0] = 0
    calls = []

    def product(v, left):
        calls.append(left)
        return v @ T.T

    u, steps = gmres(product, rhs, 1e-12, 20)
    assert steps == len(calls) <= N + 1
    assert calls == sorted(calls, reverse=True)
    np.testing.assert_allclose(u - u @ T.T, rhs, atol=1e-10)
