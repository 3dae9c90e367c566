"""Biproportional balancing (RAS) and its form for signed matrices (GRAS), many matrices at a time.

GRAS (Junius & Oosterhaven 2003; Lenzen, Wood & Gallego 2007): the matrix nearest to a prior in relative information,
same signs, with given row and column sums::

    x_ij = r_i a_ij s_j  where a_ij > 0,      x_ij = a_ij / (r_i s_j)  where a_ij < 0

A prior without negative cells makes it plain RAS.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mrio.errors import EstimationError

#: Factors of totals that cannot be met grow without bound; where they need not be met, they stop here.
BOUNDLESS = 1e100

#: Labels of the matrices, of their rows and of their columns; only for messages.
Names = Sequence[Sequence[str]]


def gras(
    prior: np.ndarray, rows: np.ndarray, columns: np.ndarray, *, names: Names, tolerance: float = 1e-12,
    max_iterations: int = 20000,
) -> np.ndarray:  # fmt: skip
    """Return matrices with the given row and column sums, nearest to the prior; columns are met last.

    Parameters
    ----------
    prior : array (K, m, n)
        K matrices, balanced independently; zeros stay zero, signs stay.
    rows : array (K, m);  columns : array (K, n)
        Totals; their sums must agree in each matrix.
    names : three sequences of labels
        Of the matrices, rows and columns; only for messages.
    tolerance : float
        Largest row error over the matrix total at which the iteration stops; twice the gap between the sums of rows and
        of columns where that is larger, since no row error can be smaller than it everywhere.
    max_iterations : int

    Returns
    -------
    array (K, m, n)

    Raises
    ------
    EstimationError
        Totals that no matrix with these zeros and signs can have, or no convergence; the matrix, the row or column and
        the size are named.
    """
    positive, negative = np.maximum(prior, 0.0), np.maximum(-prior, 0.0)
    total = np.maximum(np.abs(rows).sum(1), np.abs(columns).sum(1))
    _refuse_impossible(positive, negative, rows, columns, total, names)
    signed = bool(negative.any())
    apart = np.abs(rows.sum(1) - columns.sum(1)) / np.where(total > 0, total, 1.0)
    reach = np.maximum(tolerance, 2 * apart)[:, None]
    s = np.ones(columns.shape)
    gap = np.full(rows.shape, np.inf)
    for _ in range(max_iterations):
        with np.errstate(over="ignore", invalid="ignore"):  # factors of totals that cannot be met grow without bound
            r = _factors(positive, negative, s, rows, signed, axis=2)
            s = _factors(positive, negative, r, columns, signed, axis=1)
            balanced = _apply(positive, negative, r, s, signed)
            after = np.abs(balanced.sum(2) - rows) / np.where(total > 0, total, 1.0)[:, None]
        if not np.isfinite(after).all():
            break
        gap = after
        if (gap <= reach).all():
            return balanced
    raise _unbalanced(gap / reach, gap * total[:, None], rows, names, max_iterations)


def _unbalanced(far: np.ndarray, gap: np.ndarray, rows: np.ndarray, names: Names, sweeps: int) -> EstimationError:
    """Return what is said of the row farthest from its total."""
    k, i = map(int, np.unravel_index(far.argmax(), far.shape))
    return EstimationError(
        f"{names[0][k]}: balancing did not converge in {sweeps} sweeps (row {names[1][i]} misses its total "
        f"{rows[k, i]:,.6g} by {gap[k, i]:,.3g}); its margins leave almost no room."
    )


def scaled(
    prior: np.ndarray, rows: np.ndarray, columns: np.ndarray, *, tolerance: float = 1e-7, sweeps: int = 100
) -> np.ndarray:
    """Return matrices (K, m, n) scaled to column sums, and to row sums within `tolerance` or as far as `sweeps` go.

    As :func:`gras`, for a prior that nearly has its sums already, where a caller books what rows still lack.  Negative
    cells stay as they are; a row or column without positive cells stays empty.
    """
    fixed = np.minimum(prior, 0.0)
    prior, rows, columns = prior - fixed, rows - fixed.sum(2), columns - fixed.sum(1)
    rows, columns = np.maximum(rows, 0.0)[..., None], np.maximum(columns, 0.0)[..., None]
    least = tolerance * rows.sum(1)
    r, s = np.ones_like(rows), np.ones_like(columns)
    for sweep in range(sweeps):
        made = prior @ s
        if sweep and (np.abs(np.where(made > 0, made * r - rows, 0.0)).max(1) <= least).all():
            break
        r = np.minimum(np.divide(rows, made, out=np.zeros_like(made), where=made > 1 / BOUNDLESS), BOUNDLESS)
        got = prior.swapaxes(1, 2) @ r
        s = np.minimum(np.divide(columns, got, out=np.zeros_like(got), where=got > 1 / BOUNDLESS), BOUNDLESS)
    return prior * r * s.swapaxes(1, 2) + fixed


def _factors(
    positive: np.ndarray, negative: np.ndarray, other: np.ndarray, totals: np.ndarray, signed: bool, axis: int
) -> np.ndarray:
    """Return the factors of one side that meet its totals, given the factors of the other side."""
    spread = other[:, None, :] if axis == 2 else other[:, :, None]
    p = (positive * spread).sum(axis)
    if not signed:
        return np.where(p > 0, totals / np.where(p > 0, p, 1.0), 1.0)
    n = (negative / np.where(spread > 0, spread, 1.0)).sum(axis)
    root = np.sqrt(totals * totals + 4.0 * p * n)
    with np.errstate(divide="ignore", invalid="ignore"):
        only_negative = np.where(totals < 0, -n / totals, 1.0)
        return np.where(p > 0, (totals + root) / (2.0 * p), np.where(n > 0, only_negative, 1.0))


def _apply(positive: np.ndarray, negative: np.ndarray, r: np.ndarray, s: np.ndarray, signed: bool) -> np.ndarray:
    scaled = positive * r[:, :, None] * s[:, None, :]
    if not signed:
        return scaled
    product = r[:, :, None] * s[:, None, :]
    return scaled - negative / np.where(product > 0, product, 1.0)


def _refuse_impossible(
    positive: np.ndarray, negative: np.ndarray, rows: np.ndarray, columns: np.ndarray, total: np.ndarray, names: Names
) -> None:
    """Refuse totals whose sums differ, or a total of a sign that its row or column cannot have."""
    apart = np.abs(rows.sum(1) - columns.sum(1))
    k = int((apart / np.where(total > 0, total, 1.0)).argmax())
    if apart[k] > 1e-9 * total[k]:
        raise EstimationError(
            f"{names[0][k]}: row totals sum to {rows[k].sum():,.9g}, column totals to {columns[k].sum():,.9g}; "
            "they must agree before balancing."
        )
    for what, totals, axis, labels in (("row", rows, 2, names[1]), ("column", columns, 1, names[2])):
        negligible = np.abs(totals) <= 1e-12 * total[:, None]
        bad = ((totals > 0) & ~positive.any(axis) | (totals < 0) & ~negative.any(axis)) & ~negligible
        if bad.any():
            k, i = np.argwhere(bad)[0]
            raise EstimationError(
                f"{names[0][k]}: {what} {labels[i]} must sum to {totals[k, i]:,.6g}, but no cell of it can be "
                f"{'positive' if totals[k, i] > 0 else 'negative'}; correct its margin or its prior."
            )
