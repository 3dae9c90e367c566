"""One LU factorisation of the whole system, in single precision if refinement will follow, or in double."""

from __future__ import annotations

import numpy as np
from scipy.linalg import lapack

from mrio.leontief.panels import Panels


class Factor:
    """LU of ``B = I - diag(x)^-1 Z``, the unit-free form of ``I - A = diag(x) B diag(x)^-1``.

    Parameters
    ----------
    panels : Panels
    x : ndarray (N,)
        Output, 1 where a sector has none.
    dtype : numpy dtype
        float32 halves the time and the memory (N x N x 4 bytes) and leaves errors of about 1e-6, to be refined.

    Raises
    ------
    numpy.linalg.LinAlgError
        The matrix is singular.
    """

    def __init__(self, panels: Panels, x: np.ndarray, dtype: type):
        self.x, self.dtype = x, np.dtype(dtype)
        B = np.empty((len(x), len(x)), dtype)
        for i, j, Z in panels:
            np.divide(Z, -x[i:j, None], out=B[i:j], casting="same_kind")
        B.flat[:: len(x) + 1] += 1
        getrf, self._getrs = lapack.get_lapack_funcs(("getrf", "getrs"), (B,))
        # B.T is in Fortran order, so LAPACK factors it where it lies.
        self._lu, self._pivots, info = getrf(B.T, overwrite_a=True)
        if info > 0:
            raise np.linalg.LinAlgError(f"exactly singular: pivot {info} is zero")

    def solve(self, rows: np.ndarray, transposed: bool) -> np.ndarray:
        """X with (I - A) X = Y or m with m (I - A) = f, right-hand sides and solutions as rows (k, N)."""
        scale = 1 / self.x if not transposed else self.x
        rhs = rows * scale
        largest = np.abs(rhs).max(axis=1, keepdims=True, initial=0.0)
        largest[largest == 0] = 1.0
        rhs = (rhs / largest).astype(self.dtype, copy=False)
        out, _ = self._getrs(self._lu, self._pivots, rhs.T, trans=0 if transposed else 1, overwrite_b=True)
        return out.T * largest / scale
