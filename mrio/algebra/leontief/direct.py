"""Factorisations of the whole system: block LU in single precision, to be refined, and LAPACK's in double.

Both factor ``B = I - diag(x)^-1 Z``, the unit-free form of ``I - A = diag(x) B diag(x)^-1``; right-hand sides and
solutions are rows (k, N).
"""

from __future__ import annotations

import numpy as np
from scipy.linalg import lapack

from mrio.algebra.leontief.panels import Panels
from mrio.algebra.leontief.threads import Team, by_rows


class SingleLU:
    """Block LU without exchanges: half the time and memory (N x N x 4 bytes) of double, errors of about 1e-6.

    B of a productive table is an M-matrix, which elimination factors without pivoting (Fiedler & Ptak 1962); whatever
    rounding does to it shows in the residual.  Each step is a few large products shared out by rows.

    Raises
    ------
    numpy.linalg.LinAlgError
        A pivotal block is singular.
    """

    def __init__(self, panels: Panels, x: np.ndarray):
        N = x.size
        height = int(np.clip(N // 12, 16, 192))
        self._x, self._blocks = x, [(i, min(i + height, N)) for i in range(0, N, height)]
        self._LU = LU = np.empty((N, N), np.float32)
        self._pivots: dict[int, np.ndarray] = {}
        with Team() as team:
            team.map(self._scaled, [panels] * len(panels.bands), panels.bands)
            LU.flat[:: N + 1] += 1
            self._invert(0, self._blocks[0][1])
            for (i, j), (_, k) in zip(self._blocks, self._blocks[1:], strict=False):
                # The next pivotal rows come first, so that their block is inverted while the others are at work.
                below = [(j, k), *((a, min(a + 256, N)) for a in range(k, N, 256))]
                team.map(self._eliminate, below, [(i, j)] * len(below), [True] + [False] * (len(below) - 1))

    def _scaled(self, panels: Panels, band: tuple[int, int]) -> None:
        i, j = band
        np.divide(panels.rows(i, j), -self._x[i:j, None], out=self._LU[i:j], casting="same_kind")

    def _invert(self, i: int, j: int) -> None:
        self._pivots[i] = np.linalg.inv(self._LU[i:j, i:j])

    def _eliminate(self, rows: tuple[int, int], pivotal: tuple[int, int], pivotal_next: bool) -> None:
        """Take the pivotal rows out of rows below them."""
        (a, b), (i, j), LU = rows, pivotal, self._LU
        LU[a:b, i:j] = LU[a:b, i:j] @ self._pivots[i]
        LU[a:b, j:] -= LU[a:b, i:j] @ LU[i:j, j:]
        if pivotal_next:
            self._invert(a, b)

    def solve(self, rows: np.ndarray, transposed: bool) -> np.ndarray:
        """Return X with (I - A) X = Y, or m with m (I - A) = f, to single precision."""
        scale = self._x if transposed else 1 / self._x
        rhs = rows * scale
        largest = np.abs(rhs).max(axis=1, keepdims=True, initial=0.0)
        largest[largest == 0] = 1.0
        work = self._substitute_transposed if transposed else self._substitute
        return by_rows(work, (rhs / largest).astype(np.float32)) * largest / scale

    def _substitute(self, g: np.ndarray) -> np.ndarray:
        """Return w with B w = g: down through L, up through U."""
        LU, w = self._LU, g.copy()
        for i, j in self._blocks[1:]:
            w[:, i:j] -= w[:, :i] @ LU[i:j, :i].T
        for i, j in reversed(self._blocks):
            w[:, i:j] = (w[:, i:j] - w[:, j:] @ LU[i:j, j:].T) @ self._pivots[i].T
        return w

    def _substitute_transposed(self, g: np.ndarray) -> np.ndarray:
        """Return q with q B = g: first U, then L."""
        LU, q = self._LU, g.copy()
        for i, j in self._blocks:
            q[:, i:j] = (q[:, i:j] - q[:, :i] @ LU[:i, i:j]) @ self._pivots[i]
        for i, j in reversed(self._blocks[:-1]):
            q[:, i:j] -= q[:, j:] @ LU[j:, i:j]
        return q


class DoubleLU:
    """LAPACK's LU with pivoting in double precision, N x N x 8 bytes: the method of last resort.

    Raises
    ------
    numpy.linalg.LinAlgError
        The matrix is singular.
    """

    def __init__(self, panels: Panels, x: np.ndarray):
        self._x = x
        B = np.empty((x.size, x.size))
        for i, j, Z in panels:
            np.divide(Z, -x[i:j, None], out=B[i:j])
        B.flat[:: x.size + 1] += 1
        # B.T is in Fortran order, so LAPACK factors it where it lies.
        self._lu, self._exchanges, info = lapack.dgetrf(B.T, overwrite_a=True)
        if info > 0:
            raise np.linalg.LinAlgError(f"exactly singular: pivot {info} is zero")

    def solve(self, rows: np.ndarray, transposed: bool) -> np.ndarray:
        """Return X with (I - A) X = Y, or m with m (I - A) = f."""
        scale = self._x if transposed else 1 / self._x
        out, _ = lapack.dgetrs(self._lu, self._exchanges, (rows * scale).T, trans=0 if transposed else 1, overwrite_b=1)
        return out.T / scale
