"""Which method solves, and what happens when it misses: approximate, measure the residual, correct, else go to LU."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy.linalg.blas import dgemm

from mrio.algebra.leontief.certificate import relative
from mrio.algebra.leontief.direct import LU, DoubleLU, SingleLU
from mrio.algebra.leontief.krylov import SINGLE_ERROR, SINGLE_FROM, STEPS, Sweeps
from mrio.algebra.leontief.minimal_residual import gmres
from mrio.algebra.leontief.panels import Panels
from mrio.algebra.leontief.threads import Team
from mrio.errors import LeontiefError, did_you_mean

METHODS = ("auto", "lu", "krylov")
#: Crossovers, measured (docs/performance.md): LU up to this many sectors ...
LU_UP_TO = 4000
#: ... and beyond, if there is at least one right-hand side for so many sectors;
LU_SECTORS_PER_SIDE = 45
#: from so many sectors on the factorisation is made in single precision and refined.
SINGLE_LU_FROM = 1000
#: Corrections before a method is given up.
CYCLES = 4

#: (rows, transposed, goal) -> approximate solution, passes over Z
Approximation = Callable[[np.ndarray, bool, float], tuple[np.ndarray, int]]


@dataclass(frozen=True)
class Found:
    """A solution as rows, its residual (not yet added to it), and the method and passes over Z that gave it."""

    solution: np.ndarray
    residual: np.ndarray
    residual_size: float
    method: str
    products: int
    converged: bool


class Solvers:
    """The methods that can solve one system, each prepared when first needed and kept.

    Parameters
    ----------
    panels : Panels
    x : ndarray (N,)
        Output, 1 where a sector has none.
    method : {"auto", "lu", "krylov"}
    expected : int
        Right-hand sides there will be at least, of all requests together.
    """

    def __init__(self, panels: Panels, x: np.ndarray, method: str, expected: int = 1):
        if method not in METHODS:
            raise LeontiefError(f"method {method!r} is unknown{did_you_mean(method, METHODS)}: use auto, lu or krylov.")
        if not (isinstance(expected, int | np.integer) and expected > 0):
            raise LeontiefError(f"right_hand_sides is {expected!r}, expected a whole number above 0.")
        self._panels, self._x, self._method, self._expected = panels, x, method, expected
        self._factors: dict[type, LU] = {}
        self._sweeps: Sweeps | None = None

    def batch(self, wanted: int) -> int:
        """Return how many of so many right-hand sides are solved at a time: a fifth of Z in memory, by either method.

        Krylov keeps about 25 vectors for each, LU about seven.
        """
        N = self._x.size
        if self._choice(wanted) == "krylov":
            return max(N // 150, 500_000 // N, 1)
        return max(N // 40, 1_000_000 // N, 1)

    def solve(self, rows: np.ndarray, transposed: bool, tolerance: float, wanted: int = 1) -> Found:
        """Solve ``(I - A) X = Y`` or ``m (I - A) = f`` for rows (k, N) until the relative residual is `tolerance`.

        The method is chosen for all the right-hand sides that are `wanted`, of which these may be one batch.
        """
        best = Found(np.zeros_like(rows), rows, np.inf, "none", 0, not rows.any())
        for name, approximate in self._ladder(max(wanted, len(rows))):
            for _ in range(CYCLES):
                if best.converged:
                    return best
                goal = 0.1 * tolerance / min(best.residual_size, 1.0)
                try:
                    step, products = approximate(best.residual, transposed, goal)
                except (np.linalg.LinAlgError, MemoryError):  # singular, or no room for LU: the next method
                    break
                X = best.solution + step
                left = self.residual(X, rows, transposed)
                size = float(relative(left, X, transposed).max(initial=0.0))
                better = Found(X, left, size, name, best.products + products + 1, size <= tolerance)
                stalled = not better.residual_size < 0.1 * best.residual_size
                if better.residual_size < best.residual_size:
                    best = better
                if stalled and not best.converged:
                    break
        return best

    def residual(self, X: np.ndarray, rows: np.ndarray, transposed: bool) -> np.ndarray:
        """Return ``Y - (I - A) X`` or ``f - m (I - A)`` in double precision: one pass over Z."""
        left = rows - X
        left += self._drawn(X) if transposed else self._called(X / self._x)
        return left

    # SciPy's BLAS throughout, as LAPACK's is: the threads of a second one would be in its way.

    def _called(self, W: np.ndarray) -> np.ndarray:
        """Return Z W, of rows W and as rows."""
        out = np.empty_like(W)
        for i, j in self._panels.pieces:
            out[:, i:j] = dgemm(1.0, self._panels.rows(i, j).T, W.T, trans_a=True).T
        return out

    def _drawn(self, m: np.ndarray) -> np.ndarray:
        """Return m A."""
        out = np.zeros(m.shape).T
        for i, j in self._panels.pieces:
            out = dgemm(1.0, self._panels.rows(i, j).T, m[:, i:j].T, beta=1.0, c=out, overwrite_c=True)
        return out.T / self._x

    def _ladder(self, k: int) -> Iterator[tuple[str, Approximation]]:
        """Yield the methods in the order to be tried; the last is always LU in double precision."""
        if self._choice(k) == "krylov":
            yield "krylov", self._krylov
        elif self._x.size >= SINGLE_LU_FROM:
            yield "lu", self._lu(SingleLU)
        yield "lu", self._lu(DoubleLU)

    def _choice(self, k: int) -> str:
        N = self._x.size
        if self._method != "auto":
            return self._method
        if self._factors:
            return "lu"
        if not self._panels.in_memory:
            return "krylov"
        return "lu" if N <= LU_UP_TO or max(k, self._expected) * LU_SECTORS_PER_SIDE >= N else "krylov"

    def _lu(self, kind: type) -> Approximation:
        def approximate(rows: np.ndarray, transposed: bool, goal: float) -> tuple[np.ndarray, int]:
            if kind not in self._factors:
                self._factors[kind] = kind(self._panels, self._x)
            return self._factors[kind].solve(rows, transposed), 0

        return approximate

    def _krylov(self, rows: np.ndarray, transposed: bool, goal: float) -> tuple[np.ndarray, int]:
        self._sweeps = sweeps = self._sweeps or Sweeps(self._panels, self._x)
        operator = sweeps.transposed if transposed else sweeps.forward
        with Team() as team:

            def product(v: np.ndarray, left: float) -> np.ndarray:
                return operator(v, team, single=len(rows) >= SINGLE_FROM and left * SINGLE_ERROR <= goal)

            u, steps = gmres(product, rows if transposed else sweeps.start(rows, team), goal, STEPS)
            return sweeps.finish(u, team) if transposed else u * self._x, steps + 1
