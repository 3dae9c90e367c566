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

from mrio.leontief.panels import Panels
from mrio.leontief.threads import one_core

#: Single-precision products are exact enough when the residual has fallen to goal / SINGLE_ERROR.
SINGLE_ERROR = 1e-7
#: Right-hand sides a thread must carry before converting Z to single precision pays (measured: docs/performance.md).
SINGLE_FROM = 24
#: Most steps before GMRES starts afresh.
STEPS = 16


class Sweeps:
    """The two operators and their preconditioner, over the bands of Z.

    Parameters
    ----------
    panels : Panels
    x : ndarray (N,)
        Output, 1 where a sector has none.
    """

    def __init__(self, panels: Panels, x: np.ndarray):
        self.panels, self.x = panels, x
        # (D - Z) of each band, inverted in its unit-free form; b x b each, a few per cent of Z in all.
        with one_core():
            self._blocks = [np.linalg.inv(np.eye(j - i) - Z[:, i:j] / x[i:j, None]) / x[i:j] for i, j, Z in panels]

    def _bands(self, single: bool, backward: bool = False):
        order = list(zip(self.panels.bands, self._blocks, strict=True))
        # One buffer for all bands: a fresh one each time would cost more in page faults than the conversion itself.
        buffer = np.empty((max(j - i for i, j in self.panels.bands), self.x.size), np.float32) if single else None
        for (i, j), M in reversed(order) if backward else order:
            Z = self.panels.rows(i, j)
            if single:
                np.copyto(buffer[: j - i], Z, casting="same_kind")
                Z = buffer[: j - i]
            yield i, j, M, Z

    def start(self, Y: np.ndarray) -> np.ndarray:
        """(K - L)^-1 Y, the right-hand side of the forward system."""
        W = np.zeros_like(Y)
        for i, j, M, Z in self._bands(False):
            W[:, i:j] = (Y[:, i:j] + W[:, :i] @ Z[:, :i].T) @ M.T
        return W

    def forward(self, W: np.ndarray, single: bool = False) -> np.ndarray:
        """T W: each band is updated from those above it already updated and those below not yet."""
        new = W.astype(np.float32) if single else W.copy()
        for i, j, M, Z in self._bands(single):
            new[:, i:j] = 0
            new[:, i:j] = (new @ Z.T) @ M.T
        return new

    def transposed(self, m: np.ndarray, single: bool = False) -> np.ndarray:
        """T' m, the adjoint: the bands in reverse order, each pushing its deliveries to all the others."""
        out = np.zeros(m.shape, dtype=np.float32 if single else float)
        for i, j, M, Z in self._bands(single, backward=True):
            own = (self.x[i:j] * m[:, i:j] + out[:, i:j]) @ M
            out += own.astype(out.dtype, copy=False) @ Z
            out[:, i:j] = 0
        return out / self.x

    def finish(self, p: np.ndarray) -> np.ndarray:
        """p (K - L)^-1 D as rows: from the unknown of the transposed system to multipliers m."""
        m, out = np.empty_like(p), np.zeros_like(p)
        for i, j, M, Z in self._bands(False, backward=True):
            m[:, i:j] = (self.x[i:j] * p[:, i:j] + out[:, i:j]) @ M
            out[:, :i] += m[:, i:j] @ Z[:, :i]
        return m
