"""Leontief(table) or Leontief(Z, x): the system (I - A) X = Y, solved and certified."""

from __future__ import annotations

import numpy as np
from scipy.linalg import lu_factor, lu_solve

from mrio.errors import LeontiefError
from mrio.leontief.certificate import Certificate, certify
from mrio.leontief.local import LocalLeontief


class Leontief:
    """The system ``(I - A) X = Y`` with ``A = Z diag(x)^-1``; no inverse is formed unless asked for.

    Parameters
    ----------
    Z : Table or array
        A balanced table, or intermediate deliveries of shape (N, N) or (R, n, R, n), money units.
    x : ndarray (N,) or (R, n), optional
        Output in the unit of Z; taken from the table if one is given.
    method : {"auto", "lu", "krylov"}
    tolerance : float
        Largest residual ``||Y - (I - A) X|| / ||X||`` a solve may leave.
    regions, sectors : sequence of str, optional
        Labels used in messages; taken from the table if one is given.

    Raises
    ------
    LeontiefError
        A cell that is not a finite number, negative output, a sector without output that buys or sells,
        or a system that is not productive (spectral radius of A not below one).
    """

    def __init__(self, Z, x=None, *, method="auto", tolerance=1e-12, regions=None, sectors=None):
        if x is None:
            regions, sectors = list(Z.regions), list(Z.sectors)
            Z, x = Z.Z, Z.output
        self._labels = (regions, sectors)
        x = np.asarray(x, dtype=float)
        Z = np.asarray(Z, dtype=float)
        self.shape = x.shape if x.ndim == 2 else (Z.shape[:2] if Z.ndim == 4 else (1, x.size))
        N = x.size
        if Z.size != N * N:
            raise LeontiefError(f"Z has {Z.size} cells where {N} x {N} were expected from {N} outputs.")
        self._Z, self._x = Z.reshape(N, N), x.reshape(N)
        self.method, self.tolerance = method, tolerance
        self.certificate: Certificate | None = None
        self._factor = None
        self._check()

    # -- what may be asked ------------------------------------------------------------------------

    def solve(self, Y) -> np.ndarray:
        """X = L Y for Y of shape (N,) or (N, k), in the unit of Z."""
        return self._solved(Y, "L Y")

    def solve_transposed(self, f) -> np.ndarray:
        """m = f L for f of shape (N,) or (K, N): what a unit of final demand draws in of each stressor."""
        f = np.asarray(f, dtype=float)
        return self._solved(f.T, "f L").T

    def inverse(self) -> np.ndarray:
        """L, all N x N of it. No account needs it: solve for what you want instead."""
        return self.solve(np.eye(len(self._x)))

    def local(self) -> LocalLeontief:
        """The provinces' own systems, (I - A^rr) X^r = Y^r."""
        R, n = self.shape
        blocks = np.stack([self._Z[r * n : (r + 1) * n, r * n : (r + 1) * n] for r in range(R)])
        return LocalLeontief(blocks, self._s.reshape(R, n))

    @property
    def error_bound(self) -> float:
        """Relative error bound of the last solve (see :attr:`certificate`)."""
        if self.certificate is None:
            raise LeontiefError("there is no error bound before the first solve: call solve first.")
        return self.certificate.bound

    def name(self, index: int) -> str:
        """The label of row or column `index`: ``region sector`` if labels are known."""
        regions, sectors = self._labels
        if regions is None or sectors is None:
            return f"sector {index}"
        r, i = divmod(index, len(sectors))
        return f"{regions[r]} {sectors[i]}"

    # -- how ---------------------------------------------------------------------------------------

    def _check(self):
        Z, x = self._Z, self._x
        if (bad := ~np.isfinite(x)).any():
            i = int(bad.argmax())
            raise LeontiefError(f"output of {self.name(i)} is {x[i]}, not a number.")
        if (x < 0).any():
            i = int(x.argmin())
            raise LeontiefError(f"output of {self.name(i)} is negative ({x[i]:g}).")
        total = np.abs(Z).sum(0)
        if not np.isfinite(total).all():
            i, j = np.argwhere(~np.isfinite(Z))[0]
            raise LeontiefError(
                f"Z holds {Z[i, j]} in row {self.name(i)}, column {self.name(j)}, where a number was expected."
            )
        zero = np.flatnonzero(x == 0)
        for i in zero:
            if total[i] or Z[i].any():
                what = "buys inputs" if total[i] else "delivers"
                raise LeontiefError(f"{self.name(i)} has no output but {what} in Z: give its output or set it to 0.")
        self.zero_output = [self.name(i) for i in zero]
        self._s = np.where(x > 0, x, 1.0)
        self.A_column_sums = Z.sum(0) / self._s
        self._abs_column_sums = total / self._s
        norm = self._abs_column_sums.max()
        if norm < 1:
            self._norm_L, self._rigorous = 1 / (1 - norm), True
        else:
            self._norm_L, self._rigorous = self._norm_from_multipliers(), False

    def _norm_from_multipliers(self) -> float:
        """max(u) for u (I - A) = 1; u > 0 exactly when the system is productive (Z non-negative)."""
        try:
            u = self._lu_solve(np.ones((len(self._x), 1)), "f L")
        except np.linalg.LinAlgError:
            u = np.full(1, np.nan)
        if not (u > 0).all():
            worst = np.argsort(-self.A_column_sums)[:3]
            raise LeontiefError(
                "the system is not productive (the spectral radius of A is not below one); columns that buy "
                "more than they make: "
                + ", ".join(f"{self.name(j)} ({self.A_column_sums[j]:.4g})" for j in worst)
                + "."
            )
        return float(u.max())

    def _lu_solve(self, rhs, equation):
        """Solve in the unit-free form (I - Z/x) (X/x) = Y/x, whose factors no unit of account can spoil."""
        if self._factor is None:
            B = self._Z / -self._s[:, None]
            B.flat[:: len(B) + 1] += 1
            self._factor = lu_factor(B.T, overwrite_a=True, check_finite=False)
        s = self._s[:, None]
        if equation == "L Y":
            return lu_solve(self._factor, rhs / s, trans=1, check_finite=False) * s
        return lu_solve(self._factor, rhs * s, trans=0, check_finite=False) / s

    def _residual(self, X, rhs, equation):
        if equation == "L Y":
            return rhs - X + self._Z @ (X / self._s[:, None])
        return rhs - X + (self._Z.T @ X) / self._s[:, None]

    def _solved(self, rhs, equation):
        rhs = np.asarray(rhs, dtype=float)
        flat = rhs.reshape(len(rhs), -1)
        X = self._lu_solve(flat, equation)
        self.certificate = certify(
            equation,
            "lu",
            1,
            residual=self._residual(X, flat, equation),
            solution=X,
            right_side=flat,
            column_sums=self._abs_column_sums,
            norm_L=self._norm_L,
            rigorous=self._rigorous,
        )
        return X.reshape(rhs.shape)
