"""Where two results differ: file, row, column, both values and the size of the difference.

Tables are matched by their labels and not by position, so that a new column or another order is told apart from a
number that moved.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import xarray as xr

COLUMNS = ("row", "column", "one", "other", "difference", "relative")
PRESENT, ABSENT = "present", "absent"
#: Cells of an array that are listed, the largest differences first; the count is always of all.
LISTED = 1000


def table_differences(one: pd.DataFrame, other: pd.DataFrame, tolerance: float = 0.0) -> pd.DataFrame:
    """Return the cells in which two tables differ, the largest relative difference first.

    Parameters
    ----------
    one, other : DataFrame
        Rows are matched by the leading text columns that tell them apart (province; definition, resolution and
        province ...), else by number.
    tolerance : float
        Largest relative difference of two numbers that is not listed.

    Returns
    -------
    DataFrame
        Columns :data:`COLUMNS`; ``difference`` = other - one, ``relative`` its part of the larger of the two.  A row or
        column that only one table has is one line, ``present`` and ``absent``.
    """
    keys = _keys(one, other)
    one, other = _indexed(one, keys), _indexed(other, keys)
    lines = [*_only("column", one.columns, other.columns), *_only("row", one.index, other.index)]
    rows = [name for name in one.index if name in set(other.index)]
    for column in (name for name in one.columns if name in set(other.columns)):
        lines += _column_differences(column, one.loc[rows, column], other.loc[rows, column], tolerance)
    return _ordered(lines)


def dataset_differences(one: xr.Dataset, other: xr.Dataset, tolerance: float = 0.0) -> tuple[int, pd.DataFrame]:
    """Return how many cells of two labelled datasets differ, and the largest :data:`LISTED` of each variable."""
    lines = _only("column", list(one.data_vars), list(other.data_vars))
    count = len(lines)
    for name in (name for name in one.data_vars if name in other.data_vars):
        a, b = one[name], other[name]
        same = a.dims == b.dims and all(np.array_equal(a[d].values, b[d].values) for d in a.dims)
        if not same:
            lines.append(("", str(name), f"{a.dims} {a.shape}", f"{b.dims} {b.shape}", np.nan, np.nan))
            count += 1
            continue
        differ, size = _differ(a.values.astype(float), b.values.astype(float), tolerance)
        count += int(differ.sum())
        flat = np.flatnonzero(differ)
        flat = flat[np.argsort(-size.ravel()[flat], kind="stable")][:LISTED]
        for at in zip(*np.unravel_index(flat, a.shape), strict=True) if a.ndim else [()] * len(flat):
            where = ", ".join(str(a[d].values[i]) for d, i in zip(a.dims, at, strict=True))
            lines.append(_line(where, str(name), float(a.values[at]), float(b.values[at])))
    return count, _ordered(lines)


def _column_differences(column: str, one: pd.Series, other: pd.Series, tolerance: float) -> list[tuple]:
    numeric = all(pd.api.types.is_numeric_dtype(series) for series in (one, other))
    if numeric:
        differ, _ = _differ(one.to_numpy(float), other.to_numpy(float), tolerance)
        return [
            _line(str(one.index[i]), column, float(one.iloc[i]), float(other.iloc[i])) for i in np.flatnonzero(differ)
        ]
    texts = [("" if pd.isna(a) else str(a), "" if pd.isna(b) else str(b)) for a, b in zip(one, other, strict=True)]
    return [(str(one.index[i]), column, a, b, np.nan, np.nan) for i, (a, b) in enumerate(texts) if a != b]


def _differ(one: np.ndarray, other: np.ndarray, tolerance: float) -> tuple[np.ndarray, np.ndarray]:
    """Return which numbers differ by more than `tolerance` of the larger, and by how much; NaN equals NaN."""
    with np.errstate(invalid="ignore"):
        size = np.abs(other - one)
        larger = np.maximum(np.abs(one), np.abs(other))
        differ = ~((one == other) | (size <= tolerance * larger) | (np.isnan(one) & np.isnan(other)))
    return differ, np.where(np.isnan(size), np.inf, size)


def _line(row: str, column: str, one: float, other: float) -> tuple:
    larger = max(abs(one), abs(other))
    relative = (other - one) / larger if larger else 0.0
    return (row, column, f"{one:.10g}", f"{other:.10g}", other - one, relative)


def _only(what: str, one: Sequence, other: Sequence) -> list[tuple]:
    """Return a line for every row or column that only one side has."""
    lines = []
    for names, values in ((_minus(one, other), (PRESENT, ABSENT)), (_minus(other, one), (ABSENT, PRESENT))):
        for name in names:
            place = (str(name), "") if what == "row" else ("", str(name))
            lines.append((*place, *values, np.nan, np.nan))
    return lines


def _minus(one: Sequence, other: Sequence) -> list:
    have = set(other)
    return [name for name in one if name not in have]


def _keys(one: pd.DataFrame, other: pd.DataFrame) -> list[str]:
    """Return the fewest leading text columns that tell the rows of both tables apart; none if nothing does."""
    texts = [name for name in one.columns if name in other.columns and not pd.api.types.is_numeric_dtype(one[name])]
    for count in range(1, len(texts) + 1):
        keys = texts[:count]
        if not one.duplicated(keys).any() and not other.duplicated(keys).any():
            return keys
    return []


def _indexed(table: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    if not keys:
        return table.set_axis([f"row {k + 2}" for k in range(len(table))], axis=0)
    names = table[keys].fillna("").astype(str).agg(", ".join, axis=1)
    return table.drop(columns=keys).set_axis(names.tolist(), axis=0)


def _ordered(lines: list[tuple]) -> pd.DataFrame:
    """Return the lines, rows and columns that only one side has first, then by the size of the relative difference."""
    frame = pd.DataFrame(lines, columns=list(COLUMNS))
    size = frame["relative"].abs().fillna(np.inf)
    return frame.iloc[np.argsort(-size.to_numpy(), kind="stable")].reset_index(drop=True)
