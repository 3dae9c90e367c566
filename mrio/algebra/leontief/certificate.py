"""How far a computed solution can be from the true one, proved from its residual."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np


@dataclass(frozen=True)
class Certificate:
    """What is known about one solve.

    Attributes
    ----------
    equation : str
        ``"L Y"`` (norm: sum over a column of X) or ``"f L"`` (norm: largest entry of a row of m).
    method : str
        ``"lu"`` or ``"krylov"``: what produced the solution in the end.
    products : int
        Passes over the whole of Z.
    residual : float
        Worst ``||Y - (I - A) X|| / ||X||`` over the right-hand sides.
    bound : float
        Worst ``||X - X_true|| / ||X||`` that this residual allows, the rounding made in it included.
    rigorous : bool
        True if the bound is proved, False if it rests on an estimate of ``||L||_1``.
    norm_L : float
        The bound on ``||L||_1`` that was used.
    """

    equation: str
    method: str
    products: int
    residual: float
    bound: float
    rigorous: bool
    norm_L: float

    def __str__(self) -> str:
        kind = "at most" if self.rigorous else "about (estimated)"
        return f"{self.equation} by {self.method}, {self.products} products: relative error {kind} {self.bound:.1e}"


def worst(certificates: list[Certificate]) -> Certificate:
    """Return one certificate for several batches: all their products, and the worst of everything else."""
    first = max(certificates, key=lambda c: c.bound)
    residual = max(c.residual for c in certificates)
    return replace(first, products=sum(c.products for c in certificates), residual=residual)


def rounding_factor(terms: int) -> float:
    """Return g = n u / (1 - n u): a sum of n products is off by g times the sum of their moduli (Higham 2002, 3.1)."""
    nu = (terms + 4) * np.finfo(float).eps / 2
    return nu / (1 - nu)


def sizes(rows: np.ndarray, transposed: bool) -> np.ndarray:
    """Return the norm of every row: the 1-norm of a column of X, the largest modulus of a row of m."""
    return np.abs(rows).max(axis=1, initial=0.0) if transposed else np.abs(rows).sum(axis=1)


def relative(rows: np.ndarray, solution: np.ndarray, transposed: bool) -> np.ndarray:
    """Return the norm of every row over that of the solution; a zero solution is measured absolutely."""
    size = sizes(solution, transposed)
    return sizes(rows, transposed) / np.where(size > 0, size, 1.0)


def error_bound(
    residual: np.ndarray, solution: np.ndarray, rhs: np.ndarray, absolute_sums: np.ndarray, norm_L: float,
    transposed: bool,
) -> float:  # fmt: skip
    """Return the worst relative error of a solution to which its residual was added once more.

    The error e of X obeys ``(I - A) e = r``, so ``||e|| <= ||L||_1 ||r||``; after ``X + r`` it is ``A e``, at most
    ``max(1, ||A||_1)`` times that.  For columns of X the norm is the 1-norm, for rows m the largest entry, and
    both are governed by the same ``||L||_1``.

    Parameters
    ----------
    residual, solution, rhs : ndarray (k, N)
        Rows, in the units of X or of m.
    absolute_sums : ndarray (N,)
        Column sums of |A|; they bound the rounding made while the residual was formed.
    norm_L : float
        Upper bound of ``||L||_1``.
    """
    norm_A = absolute_sums.max(initial=0.0)
    if transposed:
        moduli = sizes(rhs, True) + (1 + norm_A) * sizes(solution, True)
    else:
        moduli = sizes(rhs, False) + np.abs(solution) @ (1 + absolute_sums)
    exact = sizes(residual, transposed) + rounding_factor(rhs.shape[1]) * moduli
    size = sizes(solution, transposed)
    return float((max(1.0, norm_A) * norm_L * exact / np.where(size > 0, size, 1.0)).max(initial=0.0))
