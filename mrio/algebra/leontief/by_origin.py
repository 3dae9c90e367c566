"""L of a table whose users draw a product from other regions in one mix of origins (Chenery-Moses), never made dense.

The coefficients are ``A = own + away`` with ::

    own[r,i,r,j]  = what industry j of r uses of product i of its own region, per unit of its output
    away[r,i,s,j] = q[i,r,s] a[s,i,j] ,   sum_r q[i,r,s] = 1 , q[i,s,s] = 0

so a product with A takes R n^2 + n R^2 operations instead of (R n)^2.  With K^r = a^r L^rr, what other regions must
deliver solves ``d = y + q (K d)``, a contraction of the size of interregional trade, and x = L^rr d.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mrio.algebra.leontief.local import LocalLeontief
from mrio.errors import LeontiefError

#: Largest change of a solution, relative to its size, at which the iteration stops.
TOLERANCE = 1e-11
MAX_SWEEPS = 500


class LocalInverse(LocalLeontief):
    """The provinces' own systems with their inverses at hand: of many draws each is used dozens of times."""

    def __init__(self, blocks: np.ndarray, x: np.ndarray):
        super().__init__(blocks, x)
        self.blocks = super().solve(np.broadcast_to(np.eye(x.shape[1]), blocks.shape))

    def solve(self, Y: np.ndarray) -> np.ndarray:
        """X^r = L^rr Y^r for Y of shape (R, n) or (R, n, k)."""
        Y = np.asarray(Y, dtype=float)
        return (self.blocks @ Y.reshape(*self.shape, -1)).reshape(Y.shape)

    def solve_transposed(self, f: np.ndarray) -> np.ndarray:
        """m^r = f^r L^rr for f of shape (R, n) or (K, R, n)."""
        return (np.asarray(f, dtype=float)[..., None, :] @ self.blocks)[..., 0, :]


class OriginLeontief:
    """The system (I - A) x = y of such a table, with the interface of :class:`mrio.algebra.leontief.system.Leontief`.

    Parameters
    ----------
    own, away : array (R, n, n)
        Deliveries of the own region, and of all others together, by product and industry of the user's region.
    origins : array (n, R, R)
        q[i, r, s], the part of region r in what s draws of product i from the others; zero diagonal.
    x : array (R, n)
        Output; 1 where a sector has none (its row and column are zero).
    """

    def __init__(self, own: np.ndarray, away: np.ndarray, origins: np.ndarray, x: np.ndarray):
        self.shape = x.shape
        self._origins, self._x = origins, np.where(x > 0, x, 1.0)
        self.local = LocalInverse(own, self._x)
        self._inverse = self.local.blocks
        self._carried = (away / self._x[:, None, :]) @ self._inverse

    def solve(self, Y: np.ndarray) -> np.ndarray:
        """Return L Y for Y (R n, k)."""
        y = np.asarray(Y, dtype=float).reshape(*self.shape, -1)
        d = self._fixed_point(y, self._drawn)
        return (self._inverse @ d).reshape(np.shape(Y))

    def solve_transposed(self, f: np.ndarray) -> np.ndarray:
        """Return f L for f (K, R n)."""
        given = np.asarray(f, dtype=float).reshape(-1, *self.shape)
        own = given.transpose(1, 2, 0)
        first = self._inverse.transpose(0, 2, 1) @ own
        m = self._fixed_point(first, self._charged)
        return np.ascontiguousarray(m.transpose(2, 0, 1)).reshape(np.shape(f))

    def _drawn(self, d: np.ndarray) -> np.ndarray:
        """Return what demand d (R, n, k) draws from other regions, by origin."""
        return (self._origins @ (self._carried @ d).transpose(1, 0, 2)).transpose(1, 0, 2)

    def _charged(self, m: np.ndarray) -> np.ndarray:
        """Return what content m (R, n, k) of products drawn from other regions adds to the own products."""
        mixed = (self._origins.transpose(0, 2, 1) @ m.transpose(1, 0, 2)).transpose(1, 0, 2)
        return self._carried.transpose(0, 2, 1) @ mixed

    def _fixed_point(self, first: np.ndarray, step: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
        found, term = first.copy(), first
        size = np.abs(first).max()
        for _ in range(MAX_SWEEPS):
            term = step(term)
            found += term
            if np.abs(term).max() <= TOLERANCE * size:
                return found
        raise LeontiefError(
            f"a drawn table was not solved in {MAX_SWEEPS} sweeps: its provinces need more of each other's products "
            "than they make; lower the error scales."
        )
