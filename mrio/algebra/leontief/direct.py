"""Factorisations of the whole system by LAPACK: in single precision, to be refined, and in double.

Both factor ``B = I - diag(x)^-1 Z``, the unit-free form of ``I - A = diag(x) B diag(x)^-1``, with exchanges of rows;
right-hand sides and solutions are rows (k, N).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.linalg import lapack

from mrio.algebra.leontief.panels import Panels
from mrio.algebra.leontief.threads import Team, cores_for


class LU:
    """LAPACK's LU of B in one precision, which the two kinds of it set.

    Raises
    ------
    numpy.linalg.LinAlgError
        The matrix is singular.
    """

    _precision: type
    _factor: Callable
    _substitute: Callable

    def __init__(self, panels: Panels, x: np.ndarray):
        self._x = x
        B: np.ndarray = np.empty((x.size, x.size), self._precision)

        def fill(band: tuple[int, int]) -> None:
            i, j = band
            np.divide(panels.rows(i, j), -x[i:j, None], out=B[i:j], casting="same_kind")

        with Team() as team:
            team.map(fill, panels.bands)
        B.flat[:: x.size + 1] += 1
        # B.T is in Fortran order, so LAPACK factors it where it lies.
        with cores_for(x.size):
            self._lu, self._exchanges, info = self._factor(B.T, overwrite_a=True)
        if info > 0:
            raise np.linalg.LinAlgError(f"exactly singular: pivot {info} is zero")

    def solve(self, rows: np.ndarray, transposed: bool) -> np.ndarray:
        """Return X with (I - A) X = Y, or m with m (I - A) = f, to the precision of the factorisation."""
        scale = self._x if transposed else 1 / self._x
        rhs = rows * scale
        sizes = self._sizes(rhs)
        given = np.divide(rhs, sizes, out=np.empty(rhs.shape, self._precision), casting="same_kind")
        exchanges = self._exchanges.copy()  # SciPy shifts them while it works: each solve has its own
        found, _ = self._substitute(self._lu, exchanges, given.T, trans=0 if transposed else 1, overwrite_b=True)
        solution = np.multiply(found.T, sizes, out=rhs)
        solution /= scale
        return solution

    def _sizes(self, rhs: np.ndarray) -> np.ndarray:
        """Return what the rows are divided by before they are solved."""
        return np.ones((len(rhs), 1))


class DoubleLU(LU):
    """LU in double precision, N x N x 8 bytes: the method of last resort."""

    _precision = np.float64
    _factor, _substitute = staticmethod(lapack.dgetrf), staticmethod(lapack.dgetrs)


class SingleLU(LU):
    """LU in single precision: half the time and memory of double, errors of about 1e-6."""

    _precision = np.float32
    _factor, _substitute = staticmethod(lapack.sgetrf), staticmethod(lapack.sgetrs)

    def _sizes(self, rhs: np.ndarray) -> np.ndarray:
        """Return the largest number of every row, as single precision ends at 1e38."""
        largest = np.maximum(rhs.max(axis=1, initial=0.0), -rhs.min(axis=1, initial=0.0))[:, None]
        largest[largest == 0] = 1.0
        return largest
