"""Flows of many draws at once: of the intensities, which share one solve, or of small tables, solved as a stack."""

from __future__ import annotations

import numpy as np

from mrio.algebra.leontief.threads import one_core
from mrio.errors import LeontiefError

#: Memory the stacked matrices of a chunk of draws may take.
CHUNK_BYTES = 64e6


def flows_of(f: np.ndarray, X: np.ndarray) -> np.ndarray:
    """Return the flows of all draws of the intensities, ``E[d,r,s] = sum_i f[d,r,i] X[r,i,s]`` with X = L Y."""
    return np.matmul(f.transpose(1, 0, 2), X).transpose(1, 0, 2)


def flows_of_tables(Z: np.ndarray, x: np.ndarray, Y: np.ndarray, f: np.ndarray) -> np.ndarray:
    """Return the flows of many small tables, as draws of a perturbed Z give them.

    Parameters
    ----------
    Z : ndarray (D, R, n, R, n)
    x : ndarray (D, R, n)
        Output, positive.
    Y : ndarray (R, n, S) or (D, R, n, S)
    f : ndarray (R, n) or (D, R, n)

    Returns
    -------
    ndarray (D, R, S)

    Raises
    ------
    LeontiefError
        Naming the first draw that is not productive (spectral radius of A not below one, for non-negative Z).
    """
    D, R, n = x.shape
    N = R * n
    Y = np.broadcast_to(Y, (D, *Y.shape[-3:])).reshape(D, N, -1)
    f = np.broadcast_to(f, (D, R, n))
    flows = np.empty((D, R, Y.shape[2]))
    chunk = max(1, int(CHUNK_BYTES // (8 * N * N)))
    with one_core():
        for a in range(0, D, chunk):
            b = min(a + chunk, D)
            W = _outputs(Z[a:b].reshape(b - a, N, N), x[a:b].reshape(b - a, N), Y[a:b], a)
            flows[a:b] = np.matmul(f[a:b, :, None, :], W.reshape(b - a, R, n, -1))[:, :, 0]
    return flows


def _outputs(Z: np.ndarray, x: np.ndarray, Y: np.ndarray, first: int) -> np.ndarray:
    """Return L Y of a stack of tables; a column x goes along: (I - A) w = x has w > 0 only if A is productive."""
    B = Z / -x[:, :, None]
    B[:, np.arange(x.shape[1]), np.arange(x.shape[1])] += 1
    rhs = np.concatenate([Y / x[:, :, None], np.ones((*x.shape, 1))], axis=2)
    try:
        W = np.linalg.solve(B, rhs)
    except np.linalg.LinAlgError:
        raise LeontiefError(f"a table among draws {first} to {first + len(x) - 1} has a singular system.") from None
    bad = ~(W[:, :, -1] > 0).all(1)
    if bad.any():
        raise LeontiefError(
            f"draw {first + int(bad.argmax())} is not productive (spectral radius of A not below one): "
            "narrow the perturbation of Z or rebalance the table after it."
        )
    return W[:, :, :-1] * x[:, :, None]
