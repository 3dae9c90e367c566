"""Least squares with equalities and bounds: the one optimiser of the estimate (interior point, sparse).

minimise   sum_k h_k ((z_k - z0_k) / s_k)^2 / 2     subject to   A z = c,   lower <= z <= upper

Mehrotra's predictor-corrector method (Nocedal & Wright, Numerical Optimization, 2nd ed., section 16.6) on the scaled
variables y = (z - z0) / s; every step is one sparse factorisation of the normal equations S D S'.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
import scipy.sparse.linalg as spl

from mrio.errors import EstimationError

STEP_BACK = 0.995
REGULARISATION = 1e-13
DIVERGED = 1e12
#: Near the solution the normal equations lose digits: a point this good is taken where none better comes.
ACCEPTED = 1e-6
CAUTIOUS_AFTER = 60


def bounded_least_squares(
    z0: np.ndarray,
    s: np.ndarray,
    A: sp.csr_array,
    c: np.ndarray,
    lower: np.ndarray,
    upper: np.ndarray,
    *,
    counts: np.ndarray | None = None,
    tolerance: float = 1e-9,
    max_iterations: int = 200,
) -> np.ndarray:
    """Return the point nearest to z0 in units of s that satisfies A z = c and the bounds.

    Parameters
    ----------
    z0, s : array (K,)
        Target and standard error (> 0).
    A : sparse (M, K);  c : array (M,)
    lower, upper : array (K,)
        May be infinite; lower < upper.
    counts : boolean array (K,), optional
        False where the distance to z0 does not count (h = 0): such a variable needs a bound, and s is only its size.

    Raises
    ------
    EstimationError
        If no point satisfies the equalities and bounds, or the iteration does not converge.
    """
    S = (A @ sp.diags_array(s)).tocsr()
    norm = np.sqrt(S.multiply(S).sum(1))
    S = (sp.diags_array(1.0 / norm) @ S).tocsr()
    b = (c - A @ z0) / norm
    h = np.ones(len(z0)) if counts is None else counts.astype(float)
    now = _start((lower - z0) / s, (upper - z0) / s, len(b))
    best, best_gap = now, np.inf
    for iteration in range(max_iterations):
        r_dual, r_primal = h * now.y - S.T @ now.p - now.u + now.w, b - S @ now.y
        gap = max(np.abs(r_primal).max(), np.abs(r_dual).max(), now.mu) / (1.0 + np.abs(now.y).max())
        if gap < best_gap:
            best, best_gap = now, gap
        if gap < tolerance or (best_gap < ACCEPTED and gap > 100 * best_gap):
            break
        solve = _newton(S, h, now, r_dual, r_primal) if gap < DIVERGED else None
        if solve is None:
            break
        step = _predicted_and_corrected(now, solve) if iteration < CAUTIOUS_AFTER else _centred(now, solve)
        now = now.moved(step, STEP_BACK * now.longest(step))
    if best_gap < ACCEPTED:
        return z0 + s * best.y
    raise EstimationError(
        f"no margins within the bounds on uses, residual and final demand were found (gap {best_gap:.1e} after "
        f"{max_iterations} steps at most); the bounds contradict each other, so widen residual_limit or final_limit."
    )


@dataclass(frozen=True)
class _Step:
    """Change of y, of the multipliers of the equalities (p) and of the bounds (u below, w above)."""

    y: np.ndarray
    p: np.ndarray
    u: np.ndarray
    w: np.ndarray


@dataclass(frozen=True)
class _Iterate:
    """A point strictly inside the bounds: distances to them (`low`, `high`; 1 where there is none) and multipliers."""

    y: np.ndarray
    p: np.ndarray
    u: np.ndarray
    w: np.ndarray
    low: np.ndarray
    high: np.ndarray
    has_low: np.ndarray
    has_high: np.ndarray

    @property
    def bounds(self) -> int:
        return max(int(self.has_low.sum() + self.has_high.sum()), 1)

    @property
    def mu(self) -> float:
        """Mean complementarity of the bounds."""
        return float(self.u @ self.low + self.w @ self.high) / self.bounds

    def moved(self, d: _Step, step: float) -> _Iterate:
        return _Iterate(
            self.y + step * d.y,
            self.p + step * d.p,
            self.u + step * d.u * self.has_low,
            self.w + step * d.w * self.has_high,
            self.low + step * d.y * self.has_low,
            self.high - step * d.y * self.has_high,
            self.has_low,
            self.has_high,
        )

    def longest(self, d: _Step) -> float:
        """Return the longest step <= 1 that keeps distances and multipliers positive."""
        pairs = (
            (self.low, d.y * self.has_low),
            (self.high, -d.y * self.has_high),
            (self.u, d.u * self.has_low),
            (self.w, d.w * self.has_high),
        )
        return min(1.0, *(_room(value, change) for value, change in pairs))

    def centre(self, affine: _Step) -> float:
        """Return Mehrotra's target of the complementarity."""
        if self.mu == 0:
            return 0.0
        after = self.moved(affine, self.longest(affine)).mu
        return self.mu * (max(after, 0.0) / self.mu) ** 3


def _start(low: np.ndarray, high: np.ndarray, equalities: int) -> _Iterate:
    """Return a start strictly inside the bounds, near zero."""
    has_low, has_high = np.isfinite(low), np.isfinite(high)
    width = np.minimum(high - low, 2.0)
    y = np.maximum(np.minimum(0.0, high - 0.1 * width), low + 0.1 * width)
    return _Iterate(
        y,
        np.zeros(equalities),
        np.where(has_low, 1.0, 0.0),
        np.where(has_high, 1.0, 0.0),
        np.where(has_low, y - low, 1.0),
        np.where(has_high, high - y, 1.0),
        has_low,
        has_high,
    )


def _newton(S: sp.csr_array, h: np.ndarray, now: _Iterate, r_dual: np.ndarray, r_primal: np.ndarray):
    """Return the solver of the Newton system for a complementarity target, or None where it is singular."""
    D = 1.0 / (h + now.u / now.low + now.w / now.high)
    normal = (S @ sp.diags_array(D) @ S.T + REGULARISATION * sp.eye_array(S.shape[0])).tocsc()
    try:
        factor = spl.splu(normal, permc_spec="MMD_AT_PLUS_A")
    except RuntimeError:
        return None

    def solve(target_low: np.ndarray, target_high: np.ndarray) -> _Step:
        g = -r_dual + target_low / now.low - target_high / now.high
        p = factor.solve(r_primal - S @ (D * g))
        p = p + factor.solve(r_primal - S @ (D * (g + S.T @ p)))  # one refinement
        y = D * (g + S.T @ p)
        return _Step(y, p, (target_low - now.u * y) / now.low, (target_high + now.w * y) / now.high)

    return solve


def _predicted_and_corrected(now: _Iterate, solve) -> _Step:
    """Return Mehrotra's step: the affine direction, then its second-order correction towards the centre."""
    affine = solve(-now.u * now.low, -now.w * now.high)
    centre = now.centre(affine)
    return solve(
        now.has_low * (centre - now.u * now.low - affine.u * affine.y),
        now.has_high * (centre - now.w * now.high + affine.w * affine.y),
    )


def _centred(now: _Iterate, solve) -> _Step:
    """Return the plain path-following step, slower and sure, for the rare case in which Mehrotra's cycles."""
    centre = 0.3 * now.mu
    return solve(now.has_low * (centre - now.u * now.low), now.has_high * (centre - now.w * now.high))


def _room(value: np.ndarray, change: np.ndarray) -> float:
    """Return how far `value` can go along `change` and stay positive."""
    falling = change < 0
    return float((value[falling] / -change[falling]).min()) if falling.any() else np.inf
