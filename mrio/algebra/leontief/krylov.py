"""Block Gauss-Seidel sweeps over Z, accelerated by GMRES for all right-hand sides at once.

Write ``W = X / x``; then ``(I - A) X = Y`` is ``(D - Z) W = Y`` with ``D = diag(x)``, and neither A nor I - A
is ever formed.  Split ``D - Z = K - L - U`` into the square blocks K on the diagonal (the provinces' own economies),
what lies below (L) and above (U).  Both operators below are one pass over the rows of Z, in place::

    forward      T W = (K - L)^-1 U W               (I - T) W = (K - L)^-1 Y
    transposed   T'm = D^-1 U' (K - L)^-T D m       (I - T') p = f,   m = p (K - L)^-1 D  (rows)

Domestic blocks dominate, so T is small (spectral radius about 0.15 where that of A is 0.7) and GMRES on I - T needs
about ten passes for thirteen digits.  Right-hand sides are rows, shape (k, N), contiguous in memory.

Late corrections need few digits: once the residual is below `SINGLE_BELOW` of the goal the products are made in single
precision (inexact Krylov methods: Simoncini & Szyld 2003, SIAM J. Sci. Comput. 25).  GMRES: Saad & Schultz 1986.
"""

from __future__ import annotations

import numpy as np

from mrio.algebra.leontief.panels import Panels
from mrio.algebra.leontief.threads import Team

#: Single-precision products are exact enough when the residual has fallen to goal / SINGLE_ERROR.
SINGLE_ERROR = 1e-7
#: Right-hand sides from which converting Z to single precision pays (measured: docs/performance.md).
SINGLE_FROM = 24
#: Most steps before GMRES starts afresh.
STEPS = 16


class Sweeps:
    """The two operators and their preconditioner, over the bands of Z; the work on a band is shared out.

    Parameters
    ----------
    panels : Panels
    x : ndarray (N,)
        Output, 1 where a sector has none.
    """

    def __init__(self, panels: Panels, x: np.ndarray):
        self.panels, self.x = panels, x
        with Team() as team:
            self._blocks = team.map(self._inverted, panels.bands)

    def _inverted(self, band: tuple[int, int]) -> np.ndarray:
        """Return (D - Z)^-1 of a band's own block, from its unit-free form; all of them are a few per cent of Z."""
        (i, j), Z, x = band, self.panels.rows(*band), self.x
        return np.linalg.inv(np.eye(j - i) - Z[:, i:j] / x[i:j, None]) / x[i:j]

    def start(self, Y: np.ndarray, team: Team) -> np.ndarray:
        """Return (K - L)^-1 Y, the right-hand side of the forward system."""
        W = np.zeros_like(Y)
        for i, j, M in self._down():
            W[:, i:j] = (Y[:, i:j] + self._gather(W[:, :i], i, j, team)) @ M.T
        return W

    def forward(self, W: np.ndarray, team: Team, single: bool = False) -> np.ndarray:
        """Return T W: each band is updated from those above it already updated and those below not yet."""
        new = W.astype(np.float32) if single else W.copy()
        for i, j, M in self._down():
            new[:, i:j] = 0
            new[:, i:j] = self._gather(new, i, j, team) @ M.T
        return new

    def transposed(self, m: np.ndarray, team: Team, single: bool = False) -> np.ndarray:
        """Return T' m, the adjoint: the bands in reverse order, each pushing its deliveries to all the others."""
        out = np.zeros(m.shape, np.float32 if single else float)
        for i, j, M in reversed(self._down()):
            own = (self.x[i:j] * m[:, i:j] + out[:, i:j]) @ M
            self._push(own.astype(out.dtype, copy=False), out, i, j, team)
            out[:, i:j] = 0
        return out / self.x

    def finish(self, p: np.ndarray, team: Team) -> np.ndarray:
        """Return p (K - L)^-1 D as rows: from the unknown of the transposed system to multipliers m."""
        m, out = np.empty_like(p), np.zeros_like(p)
        for i, j, M in reversed(self._down()):
            m[:, i:j] = (self.x[i:j] * p[:, i:j] + out[:, i:j]) @ M
            self._push(m[:, i:j], out[:, :i], i, j, team)
        return m

    def _down(self) -> list[tuple[int, int, np.ndarray]]:
        return [(i, j, M) for (i, j), M in zip(self.panels.bands, self._blocks, strict=True)]

    def _gather(self, W: np.ndarray, i: int, j: int, team: Team) -> np.ndarray:
        """Return W Z[i:j]' as far as W reaches, in the precision of W; each thread takes some rows of the band."""
        Z, out = self.panels.rows(i, j)[:, : W.shape[1]], np.empty((len(W), j - i), W.dtype)

        def some(a: int, b: int) -> None:
            np.matmul(W, Z[a:b].astype(W.dtype, copy=False).T, out=out[:, a:b])

        team.split(some, j - i)
        return out

    def _push(self, own: np.ndarray, out: np.ndarray, i: int, j: int, team: Team) -> None:
        """Add own Z[i:j] to out, as far as it reaches, in its precision: each thread takes some columns."""
        Z = self.panels.rows(i, j)

        def some(a: int, b: int) -> None:
            out[:, a:b] += own @ Z[:, a:b].astype(out.dtype, copy=False)

        team.split(some, out.shape[1])
