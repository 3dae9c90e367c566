"""Checks of the input coefficients A = Z x^-1: column sums, spectral radius, and that L y gives x back."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import scipy.linalg

from mrio.algebra.spectrum import leading
from mrio.table.interregional import Table
from mrio.table.labelled import cell_name
from mrio.table.validation.report import Check

#: Largest relative gap of x = L y.
SOLVE_TOLERANCE = 1e-6
#: Decimals of the spectral radius that every machine gives alike.
RADIUS_DECIMALS = 10
#: Rows above which A is factored in place: a copy of it takes gigabytes.
IN_PLACE_FROM = 8_000


def coefficients(table: Table, tolerance: float) -> Iterator[Check]:
    """Yield the checks of A; x = L (Y + e + excluded + eps) is solved only where A is productive."""
    n = table.output.size
    x, Z = table.output.values.ravel(), table.Z.values.reshape(n, n)
    A = np.divide(Z, x, out=np.zeros_like(Z), where=x != 0)
    sums = A.sum(0)
    worst, over = cell_name(table.output, int(np.argmax(sums))), int((sums > 1).sum())
    message = f"column sums of A: the largest is {sums.max():.6g} at {worst}, {over} are above 1"
    yield Check("column sums of A", "warning", over == 0, float(sums.max()), 1, worst, message)
    radius = round(spectral_radius(A), RADIUS_DECIMALS)
    message = f"the spectral radius of A is {radius:.6g}, below 1"
    if radius >= 1:
        message = f"the spectral radius of A is {radius:.6g}: the table is not productive and has no Leontief inverse"
    yield Check("spectral radius", "error", bool(radius < 1), radius, 1, "", message)
    if radius < 1:
        yield _solved(table, A, max(tolerance, SOLVE_TOLERANCE))


def spectral_radius(A: np.ndarray) -> float:
    """Return the spectral radius of abs(A): that of A where A >= 0, an upper bound where it has negative cells."""
    absolute = A if A.min(initial=0.0) >= 0 else np.abs(A)  # a large table is not held a third time for nothing
    return leading(lambda v: absolute @ v, len(A), which="LR")[0]


def _leontief_solve(A: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return L y; A is overwritten where it is large."""
    if len(A) <= IN_PLACE_FROM:
        return np.linalg.solve(np.eye(len(A)) - A, y)
    np.negative(A, out=A)
    A[np.diag_indices_from(A)] += 1.0
    # factored as its transpose, which lies in LAPACK's order, so that nothing is copied
    return scipy.linalg.solve(A.T, y, transposed=True, overwrite_a=True, check_finite=False)


def _solved(table: Table, A: np.ndarray, tolerance: float) -> Check:
    """Return the check of METHOD eq 2, x = L (Y + e + excluded + eps), relative to the largest output."""
    d, x = table.data, table.output.values.ravel()
    y = d["Y"].values.sum((2, 3)) + d["exports"].values + d["excluded_out"].values + d["residual"].values
    gap = np.abs(_leontief_solve(A, y.ravel()) - x) / max(np.abs(x).max(), np.finfo(float).tiny)
    at = int(np.argmax(gap))
    worst = cell_name(table.output, at)
    message = f"final demand, exports and residual give output back (L y = x) within {gap[at]:.2g}, worst at {worst}"
    return Check("L y = x", "error", bool(gap[at] <= tolerance), float(gap[at]), tolerance, worst, message)
