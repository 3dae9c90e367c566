"""Which method solves, how many right-hand sides at a time, and what it takes: of systems that are never filled."""

from __future__ import annotations

import numpy as np
import pytest
from systems import random_system
from threadpoolctl import threadpool_info, threadpool_limits

from mrio.algebra.leontief import solvers, threads
from mrio.algebra.leontief.direct import DoubleLU, SingleLU
from mrio.algebra.leontief.panels import Panels, scan
from mrio.algebra.leontief.solvers import LU_SECTORS_PER_SIDE, LU_UP_TO, SINGLE_LU_FROM, Solvers
from mrio.algebra.leontief.system import Leontief
from mrio.errors import LeontiefError

#: Vectors of the system's length that a method keeps for each right-hand side.
KEPT = {"krylov": 25, "lu": 7}


def of_size(N: int, method: str = "auto", expected: int = 1, in_memory: bool = True) -> Solvers:
    """Return the solvers of a system of N sectors, all cells of which are one zero."""
    Z = np.broadcast_to(0.0, (N, N))
    return Solvers(Panels(Z, (1, N), (0, N), in_memory), np.ones(N), method, expected)


@pytest.mark.parametrize("method", ["krylov", "lu"])
@pytest.mark.parametrize("N", [9_000, 30_000, 100_000])
def test_a_batch_takes_no_more_than_a_fifth_of_the_table_and_not_much_less(method, N):
    batch = of_size(N, method).batch(1)
    assert isinstance(batch, int) and N / 8 <= batch * KEPT[method] <= N / 5


@pytest.mark.parametrize("method", ["krylov", "lu"])
def test_small_systems_are_solved_at_once_and_any_system_goes_on(method):
    assert of_size(100, method).batch(1) >= 100  # the inverse of a hundred sectors in one go
    assert of_size(1, method).batch(1) >= 1


def test_what_is_small_or_has_many_right_hand_sides_is_factored_the_rest_iterated():
    large = 2 * LU_UP_TO
    enough = -(-large // LU_SECTORS_PER_SIDE)
    chosen = {
        "small": of_size(LU_UP_TO)._choice(1),
        "few": of_size(large)._choice(enough - 1),
        "many": of_size(large)._choice(enough),
        "many to come": of_size(large, expected=enough)._choice(1),
        "from a file": of_size(LU_UP_TO, in_memory=False)._choice(enough),
        "asked for": of_size(100, "krylov")._choice(1),
        "from a file, asked for": of_size(large, "lu", in_memory=False)._choice(1),
    }
    assert chosen == {"small": "lu", "few": "krylov", "many": "lu", "many to come": "lu", "from a file": "krylov",
                      "asked for": "krylov", "from a file, asked for": "lu"}  # fmt: skip
    assert of_size(large).batch(enough) == of_size(large, "lu").batch(1) != of_size(large).batch(1)


def test_what_is_factored_already_is_solved_by_it_whatever_is_asked_next():
    system = of_size(2 * LU_UP_TO)
    system._factors[SingleLU] = None
    assert system._choice(1) == "lu"


@pytest.mark.parametrize(
    ("N", "method", "made"),
    [
        (SINGLE_LU_FROM - 1, "lu", [DoubleLU]), (SINGLE_LU_FROM, "lu", [SingleLU, DoubleLU]),
        (2, "krylov", [None, DoubleLU]), (SINGLE_LU_FROM, "krylov", [None, DoubleLU]),
    ],
)  # fmt: skip
def test_the_methods_in_their_order(N, method, made, monkeypatch):
    monkeypatch.setattr(Solvers, "_lu", lambda self, kind: kind)
    found = [step if isinstance(step, type) else None for _, step in of_size(N, method)._ladder(1)]
    assert found == made


def solved(Z, x, rows, transposed=False, method="lu", tolerance=1e-12):
    N = x.size
    return Solvers(Panels.of(Z.reshape(N, N), (1, N), N), x.ravel(), method).solve(rows, transposed, tolerance)


@pytest.mark.parametrize("kind", [SingleLU, DoubleLU])
def test_right_hand_sides_may_be_negative_and_of_any_size(kind):
    Z, x = random_system(2, 2, 5)
    Z, x = Z.reshape(10, 10), x.ravel()
    factored = kind(Panels.of(Z, (2, 5), 10), x)
    rows = np.random.default_rng(0).uniform(0.5, 1, (3, 10)) * np.array([[-1e60], [-1.0], [-1e-60]])
    for transposed in (False, True):
        found = factored.solve(rows.copy(), transposed)
        np.testing.assert_allclose(found, -factored.solve(-rows, transposed), rtol=1e-6)
        B = np.eye(10) - Z / x
        expected = np.linalg.solve(B.T if transposed else B, rows.T).T
        np.testing.assert_allclose(found, expected, rtol=1e-3)


@pytest.mark.parametrize("transposed", [False, True])
def test_the_residual_is_what_the_solution_lacks_in_its_own_unit(transposed):
    Z, x = random_system(4, 3, 4)
    A = Z.reshape(12, 12) / x.ravel()
    rng = np.random.default_rng(1)
    X, rows = rng.random((2, 12)), rng.random((2, 12))
    for laid in (Z, np.asfortranarray(Z)):  # all in one, and band by band
        made = Solvers(Panels.of(laid, (3, 4), 4), x.ravel(), "lu")
        assert len(made._panels.pieces) == (1 if laid is Z else 3)
        expected = rows - X + (X @ A if transposed else X @ A.T)
        np.testing.assert_allclose(made.residual(X, rows, transposed), expected, atol=1e-13)


def test_every_correction_is_told_and_nothing_is_solved_for_nothing():
    Z, x = random_system(5, 3, 4)
    rows = np.random.default_rng(0).random((2, 12))
    found = solved(Z, x, rows)
    assert found.converged and found.method == "lu" and found.products == 1  # one pass: that of its residual
    assert found.residual_size <= 1e-12
    none = solved(Z, x, 0 * rows)
    assert none.converged and none.method == "none" and none.products == 0 and not none.solution.any()
    Z24, x24 = random_system(3, 4, 6)
    rows24 = np.ones((1, 24))
    given_up = solved(Z24, x24, rows24, tolerance=1e-30)
    assert not given_up.converged and 1 <= given_up.products <= solvers.CYCLES
    panels = Panels.of(Z24, (4, 6), 6)
    loose, tight = (Solvers(panels, x24.ravel(), "krylov").solve(rows24, False, goal) for goal in (1e-2, 1e-12))
    assert loose.converged and tight.converged and loose.products < tight.products
    assert tight.residual_size <= 1e-12 < loose.residual_size <= 1e-2


def test_a_right_hand_side_is_one_unless_more_are_said_to_be_wanted(monkeypatch):
    monkeypatch.setattr(solvers, "LU_UP_TO", 4)
    monkeypatch.setattr(solvers, "LU_SECTORS_PER_SIDE", 6)
    Z, x = random_system(3, 3, 4)
    panels, row = Panels.of(Z.reshape(12, 12), (3, 4), 4), np.ones((1, 12))
    assert Solvers(panels, x.ravel(), "auto").solve(row, False, 1e-9).method == "krylov"
    assert Solvers(panels, x.ravel(), "auto").solve(row, False, 1e-9, 2).method == "lu"


def test_a_correction_aims_beyond_the_tolerance_and_a_residual_of_nothing_meets_one_of_nothing(monkeypatch):
    aims = []
    krylov = Solvers._krylov
    monkeypatch.setattr(Solvers, "_krylov", lambda self, r, t, goal: aims.append(goal) or krylov(self, r, t, goal))
    Z, x = random_system(3, 4, 6)
    assert solved(Z, x, np.ones((1, 24)), method="krylov", tolerance=1e-9).converged
    assert aims and max(aims) < 1e-9
    assert solved(np.zeros((3, 3)), np.ones(3), np.ones((1, 3)), tolerance=0.0).converged


def test_of_many_columns_at_fault_three_are_named():
    with pytest.raises(LeontiefError, match="not productive") as error:
        Leontief(np.full((5, 5), 30.0), np.full(5, 100.0)).solve(np.ones(5))
    assert str(error.value).count("buys 1.5 per unit made") == 3


def test_a_singular_system_has_no_solution_and_no_method_that_gave_one():
    found = solved(np.ones((2, 2)), np.array([2.0, 2.0]), np.array([[1.0, 2.0]]))
    assert not found.converged and found.method == "none" and not found.solution.any()


# -- cores ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "cores"), [(threads.SMALL - 1, 1), (threads.SMALL, 2)])
def test_only_what_is_worth_it_is_shared_out(size, cores):
    with threadpool_limits(2, user_api="blas"), threads.cores_for(size):
        assert {lib["num_threads"] for lib in threadpool_info() if lib["user_api"] == "blas"} == {cores}


@pytest.mark.parametrize("cores", [1, 2, 3])
@pytest.mark.parametrize("size", [0, 1, 2, 5, 100])
def test_ranges_make_up_the_whole_without_a_gap_or_overlap(size, cores, monkeypatch):
    monkeypatch.setattr(threads, "allowed", lambda: cores)
    seen = []
    with threads.Team() as team:
        team.split(lambda a, b: seen.append((a, b)), size)
    found = sorted(i for a, b in seen for i in range(a, b))
    assert found == list(range(size))
    assert cores == 1 or size < 4 or len(seen) > 1


def test_without_a_controller_one_core_is_all_there_is(monkeypatch):
    monkeypatch.setattr(threads, "ThreadpoolController", None)
    assert threads.allowed() == 1
    with threads.one_core(), threads.Team() as team:
        assert team.threads == 1 and team.map(lambda a, b: a + b, [1, 2], [10, 20]) == [11, 22]


@pytest.mark.parametrize(("granted", "blas", "cores"), [(1, 2, 1), (4, 2, 2), (4, 4, 4)])
def test_no_more_cores_than_are_granted_or_blas_was_given(granted, blas, cores, monkeypatch):
    monkeypatch.setattr(threads.os, "sched_getaffinity", lambda pid: set(range(granted)), raising=False)
    infos = [{"user_api": "blas", "num_threads": blas}, {"user_api": "openmp", "num_threads": 1}]
    monkeypatch.setattr(threads, "_controller", lambda: type("Told", (), {"info": staticmethod(lambda: infos)}))
    assert threads.allowed() == cores


# -- one reading of the table ----------------------------------------------------------------------------------------


def test_one_reading_sums_columns_and_sizes_and_counts_what_is_negative():
    Z = np.array([[1.0, 0, 2, 0], [0, 3, 0, 0], [4, -5, 0, -0.5], [0, 0, -7, 0.25]])
    for height in (1, 2, 4):
        found = scan(Panels.of(Z, (2, 2) if height > 1 else (4, 1), height), np.ones(4), str)
        np.testing.assert_array_equal(found.column_sums, Z.sum(0))
        np.testing.assert_array_equal(found.absolute_sums, np.abs(Z).sum(0))
        assert found.negative == 3


def test_a_sector_without_output_is_named_with_the_largest_of_what_it_buys_or_sells():
    Z = np.zeros((4, 4))
    Z[2] = [0, 1, 5, 2]
    with pytest.raises(LeontiefError, match=r"^2 has no output but delivers to 2 in Z"):
        scan(Panels.of(Z, (1, 4), 4), np.array([1.0, 1, 0, 1]), str)
    with pytest.raises(LeontiefError, match=r"^3 has no output but buys inputs of 2 in Z"):
        scan(Panels.of(Z, (1, 4), 4), np.array([1.0, 1, 1, 0]), str)


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("kind", [float, np.float32])
def test_only_a_whole_table_in_double_precision_needs_no_copy(order, kind):
    panels = Panels.of(np.zeros((6, 6), kind, order), (3, 2), 2)
    assert panels.pieces == ([(0, 6)] if order == "C" and kind is float else [(0, 2), (2, 4), (4, 6)])
