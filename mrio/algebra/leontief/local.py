"""The provinces' own blocks: L^rr = (I - A^rr)^-1, of which the bilateral-trade accounts are made."""

from __future__ import annotations

import numpy as np
from scipy.linalg import lu_factor, lu_solve

from mrio.algebra.leontief.threads import cores_for


class LocalLeontief:
    """All provinces' local systems ``(I - A^rr) X^r = Y^r`` at once.

    A block of a productive system is productive, so nothing is checked here that the whole system has
    not passed; make it with :meth:`Leontief.local`.

    Parameters
    ----------
    blocks : ndarray (R, n, n)
        The domestic blocks ``Z^rr``.
    x : ndarray (R, n)
        Output, in the unit of Z; 1 where a sector has no output (its row and column are zero).
    """

    def __init__(self, blocks: np.ndarray, x: np.ndarray):
        self.shape = x.shape
        self._x = x
        eye = np.eye(x.shape[1])
        # Scaled by the row's output, so the factors do not depend on the units of any product.
        with cores_for(x.shape[1]):
            self._factors = [lu_factor(eye - Z / s[:, None]) for Z, s in zip(blocks, x, strict=True)]

    def solve(self, Y: np.ndarray) -> np.ndarray:
        """Return X^r = L^rr Y^r for Y of shape (R, n) or (R, n, k); same shape and unit back."""
        Y = np.asarray(Y, dtype=float)
        s = self._x.reshape(self.shape + (1,) * (Y.ndim - 2))
        with cores_for(self.shape[1]):
            W = [lu_solve(lu, y) for lu, y in zip(self._factors, Y / s, strict=True)]
        return np.stack(W) * s

    def solve_transposed(self, f: np.ndarray) -> np.ndarray:
        """Return m^r = f^r L^rr for f of shape (R, n) or (K, R, n); same shape and unit back."""
        f = np.asarray(f, dtype=float)
        q = (f * self._x).reshape(-1, *self.shape)
        with cores_for(self.shape[1]):
            m = [lu_solve(lu, q[:, r].T, trans=1).T for r, lu in enumerate(self._factors)]
        return (np.stack(m, axis=1) / self._x).reshape(f.shape)

    def inverse(self) -> np.ndarray:
        """Return L^rr for every province, shape (R, n, n)."""
        R, n = self.shape
        return self.solve(np.broadcast_to(np.eye(n), (R, n, n)))
