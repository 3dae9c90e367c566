"""How far a computed solution can be from the true one, proved from its residual."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

UNIT_ROUNDOFF = np.finfo(float).eps / 2


@dataclass(frozen=True)
class Certificate:
    """What is known about one solve.

    Attributes
    ----------
    equation : str
        ``"L Y"`` (errors in the 1-norm of a column of X) or ``"f L"`` (largest entry of a row of m).
    method : str
        ``"lu"`` or ``"krylov"``: what produced the solution in the end.
    steps : int
        Products with the whole of Z that were needed; 0 when a factorisation was at hand.
    residual : float
        Worst ``||Y - (I - A) X|| / ||X||`` over the right-hand sides.
    bound : float
        Worst ``||X - X_true|| / ||X||`` over the right-hand sides that the residual allows, rounding
        of the residual itself included.
    rigorous : bool
        True if the bound is proved, False if it rests on an estimate of ``||L||_1``.
    norm_L : float
        The bound on ``||L||_1`` that was used.
    """

    equation: str
    method: str
    steps: int
    residual: float
    bound: float
    rigorous: bool
    norm_L: float

    def __str__(self) -> str:
        kind = "at most" if self.rigorous else "about (estimated)"
        return f"{self.equation} by {self.method}, {self.steps} products: relative error {kind} {self.bound:.1e}"


def certify(equation, method, steps, *, residual, solution, right_side, column_sums, norm_L, rigorous):
    """Bound the error of a solve by ``||L||_1 ||r||``.

    For columns ``X = L Y`` the norm is the 1-norm, for rows ``m = f L`` the largest entry, and both are
    governed by the same ``||L||_1 = max_j sum_i L_ij``, itself at most ``1 / (1 - ||A||_1)``.

    Parameters
    ----------
    residual, solution, right_side : ndarray (N, k)
        In the units of X (or of m), one right-hand side a column in both cases.
    column_sums : ndarray (N,)
        ``sum_i |A_ij|``; bounds the rounding made while the residual was formed.
    norm_L : float
        Upper bound (or estimate, if not `rigorous`) of ``||L||_1``.

    Notes
    -----
    A residual of N-term sums carries a rounding error of at most
    ``g (|Y| + |X| + |A| |X|)`` with ``g = N u / (1 - N u)`` (Higham 2002, sec. 3.1).
    """
    g = (len(solution) + 4) * UNIT_ROUNDOFF
    if equation == "L Y":
        size, left = np.abs(solution).sum(0), np.abs(residual).sum(0)
        rounding = np.abs(right_side).sum(0) + size + column_sums @ np.abs(solution)
    else:
        size, left = np.abs(solution).max(0), np.abs(residual).max(0)
        rounding = np.abs(right_side).max(0) + size * (1 + column_sums.max())
    size = np.where(size > 0, size, 1.0)
    return Certificate(
        equation=equation,
        method=method,
        steps=steps,
        residual=float((left / size).max(initial=0.0)),
        bound=float((norm_L * (left + g * rounding) / size).max(initial=0.0)),
        rigorous=rigorous,
        norm_L=float(norm_L),
    )
