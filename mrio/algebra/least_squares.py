"""Weighted least squares with exact equalities and lower bounds: the one optimiser of the estimate (Clarabel).

minimise   sum_k ((w_k x - v_k) / s_k)^2 / 2     subject to   A x = c ,   L x >= l

Observations of one or two cells stand in the quadratic form; of longer sums the misfit is a variable of its own, which
keeps the system sparse.  One thread and a fixed order of pivots: the same input gives the same bits.
"""

from __future__ import annotations

from dataclasses import dataclass

import clarabel
import numpy as np
import scipy.sparse as sp

from mrio.errors import EstimationError

#: Sums of at most this many cells stand in the quadratic form.
SHORT = 2
#: Pull of every cell towards zero, so that a cell of which nothing is known has a value at all.
REGULARISATION = 1e-9
TOLERANCE = 1e-9
FEASIBILITY = 1e-10


@dataclass(frozen=True)
class Problem:
    """Observations w x = v +- s, equalities A x = c and bounds L x >= l; matrices sparse, one row each."""

    weights: sp.csr_array
    value: np.ndarray
    error: np.ndarray
    equal: sp.csr_array
    total: np.ndarray
    bounded: sp.csr_array
    lowest: np.ndarray

    def given(self, fixed: np.ndarray, x: np.ndarray) -> Problem:
        """Return the problem of the cells that are not fixed, those of the mask `fixed` being x."""
        held = np.where(fixed, x, 0.0)
        free = np.flatnonzero(~fixed)
        return Problem(
            self.weights[:, free], self.value - self.weights @ held, self.error,
            self.equal[:, free], self.total - self.equal @ held,
            self.bounded[:, free], self.lowest - self.bounded @ held,
        )  # fmt: skip


def constrained_least_squares(problem: Problem, fixed: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return the cells nearest to the observations; those of the mask `fixed` stay as in `x`.

    Parameters
    ----------
    problem : Problem
    fixed : boolean array (K,)
    x : array (K,)
        Values of the fixed cells.

    Raises
    ------
    EstimationError
        If no point satisfies equalities and bounds, or none is found.
    """
    part = problem.given(fixed, x)
    weights = sp.csr_array(sp.diags_array(1.0 / part.error) @ part.weights)
    value = part.value / part.error
    cells, lengths = weights.shape[1], np.diff(weights.indptr)
    short, long = (lengths > 0) & (lengths <= SHORT), lengths > SHORT
    sums = int(long.sum())
    close = weights[short]
    quadratic = sp.block_diag(
        [close.T @ close + REGULARISATION * sp.eye_array(cells), sp.eye_array(sums)], format="csc"
    )
    linear = np.concatenate([-(close.T @ value[short]), np.zeros(sums)])
    misfit = sp.hstack([weights[long], -sp.eye_array(sums)]) if sums else sp.csr_array((0, cells))
    equal = sp.hstack([part.equal, sp.csr_array((part.equal.shape[0], sums))])
    rows = np.diff(sp.csr_array(part.bounded).indptr) > 0  # bounds on fixed cells alone say nothing
    below = sp.hstack([-part.bounded[rows], sp.csr_array((int(rows.sum()), sums))])
    matrix = sp.vstack([equal, misfit, below], format="csc")
    right = np.concatenate([part.total, value[long], -part.lowest[rows]])
    cones = [clarabel.ZeroConeT(len(part.total) + sums), clarabel.NonnegativeConeT(int(rows.sum()))]
    found = x.copy()
    found[~fixed] = _solve(sp.triu(quadratic, format="csc"), linear, matrix, right, cones)[:cells]
    return found


def _solve(
    quadratic: sp.csc_array, linear: np.ndarray, matrix: sp.csc_array, right: np.ndarray, cones: list
) -> np.ndarray:
    settings = clarabel.DefaultSettings()
    settings.verbose, settings.max_threads, settings.direct_solve_method = False, 1, "qdldl"
    settings.tol_gap_abs = settings.tol_gap_rel = TOLERANCE
    settings.tol_feas = FEASIBILITY
    solution = clarabel.DefaultSolver(quadratic, linear, matrix, right, cones, settings).solve()
    if str(solution.status) not in ("Solved", "AlmostSolved"):
        raise EstimationError(
            f"no rows that meet every identity and bound were found (optimiser: {solution.status}); the provincial "
            "tables contradict each other beyond what uses and trade can absorb."
        )
    return np.array(solution.x)
