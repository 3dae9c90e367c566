"""GMRES for many right-hand sides at once: a Krylov space each, one product with the matrix a step for all.

Saad & Schultz (1986), SIAM J. Sci. Stat. Comput. 7(3); the rows of the arrays below are independent systems.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np


def gmres(
    product: Callable[[np.ndarray, float], np.ndarray], rhs: np.ndarray, goal: float, steps: int
) -> tuple[np.ndarray, int]:
    """Solve ``(I - T) u = rhs`` for every row of `rhs`, to a relative residual `goal` or in `steps` steps.

    Parameters
    ----------
    product : callable
        ``product(v, residual)`` returns T v for v of shape (k, N); `residual` is the relative residual so far, which
        tells how exact the product must be.
    rhs : ndarray (k, N)
        A row of zeros has the solution zero.
    goal : float
        2-norm of the residual over that of the right-hand side.

    Returns
    -------
    ndarray (k, N), int
        The solutions and the number of products made.
    """
    k, N = rhs.shape
    size = np.linalg.norm(rhs, axis=1)
    V = np.empty((k, steps + 1, N))
    V[:, 0] = rhs / _nonzero(size)[:, None]
    H, rotation = np.zeros((k, steps + 1, steps)), np.zeros((2, k, steps))
    g = np.zeros((k, steps + 1))
    g[:, 0] = size
    left, m = 1.0, 0
    while m < steps and left > goal:
        w = V[:, m] - product(V[:, m], left)
        h = np.matmul(V[:, : m + 1], w[:, :, None])[:, :, 0]
        w -= np.matmul(h[:, None, :], V[:, : m + 1])[:, 0]
        H[:, : m + 1, m], H[:, m + 1, m] = h, np.linalg.norm(w, axis=1)
        V[:, m + 1] = w / _nonzero(H[:, m + 1, m])[:, None]
        _rotate(H, rotation, g, m)
        m += 1
        left = (np.abs(g[:, m]) / _nonzero(size)).max(initial=0.0)
    return _combine(H, g, V, m), m


def _rotate(H: np.ndarray, rotation: np.ndarray, g: np.ndarray, m: int) -> None:
    """Bring column m of every Hessenberg matrix to triangular form by Givens rotations, in place."""
    cos, sin = rotation
    for i in range(m):
        upper, lower = H[:, i, m].copy(), H[:, i + 1, m].copy()
        H[:, i, m] = cos[:, i] * upper + sin[:, i] * lower
        H[:, i + 1, m] = cos[:, i] * lower - sin[:, i] * upper
    length = _nonzero(np.hypot(H[:, m, m], H[:, m + 1, m]))
    cos[:, m], sin[:, m] = H[:, m, m] / length, H[:, m + 1, m] / length
    H[:, m, m], H[:, m + 1, m] = length, 0
    g[:, m + 1] = -sin[:, m] * g[:, m]
    g[:, m] *= cos[:, m]


def _combine(H: np.ndarray, g: np.ndarray, V: np.ndarray, m: int) -> np.ndarray:
    """Return the combination of the first m basis vectors that leaves the least residual."""
    y = np.zeros((len(g), m))
    for i in reversed(range(m)):
        y[:, i] = (g[:, i] - np.einsum("kj,kj->k", H[:, i, i + 1 : m], y[:, i + 1 :])) / H[:, i, i]
    return np.matmul(y[:, None, :], V[:, :m])[:, 0]


def _nonzero(a: np.ndarray) -> np.ndarray:
    """Return lengths to divide by: a length of zero belongs to a vector of zeros, which stays as it is."""
    return np.where(a > 0, a, 1.0)
