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
#: What another machine's rounding moves; tables are written to ten digits.
ROUNDING = 1e-8
#: A number is measured against itself, but never against less than this part of its column's largest.
SMALL = 1e-6
#: Cells of an array that are listed, the largest differences first; the count is always of all.
LISTED = 1000


def table_differences(one: pd.DataFrame, other: pd.DataFrame, tolerance: float = ROUNDING) -> pd.DataFrame:
    """Return the cells in which two tables differ, the largest relative difference first.

    Parameters
    ----------
    one, other : DataFrame
        Rows are matched by the leading text columns that tell them apart (province; definition, resolution and
        province ...), else by number.
    tolerance : float
        Largest relative difference of two numbers that is not listed; 0 lists every digit.

    Returns
    -------
    DataFrame
        Columns :data:`COLUMNS`; ``difference`` = other - one, ``relative`` its part of the larger of the two (of
        :data:`SMALL` times the column's largest, where that is more: a sum that is zero but for rounding).  A row or
        column that only one table has is one line, ``present`` and ``absent``.
    """
    keys = _keys(one, other)
    one, other = _indexed(one, keys), _indexed(other, keys)
    lines = [*_only("column", one.columns, other.columns), *_only("row", one.index, other.index)]
    rows = [name for name in one.index if name in set(other.index)]
    for column in (name for name in one.columns if name in set(other.columns)):
        lines += _column_differences(column, one.loc[rows, column], other.loc[rows, column], tolerance)
    return _ordered(lines)


def dataset_differences(one: xr.Dataset, other: xr.Dataset, tolerance: float = ROUNDING) -> tuple[int, pd.DataFrame]:
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
        differ, relative = _differ(a.values.astype(float), b.values.astype(float), tolerance)
        count += int(differ.sum())
        flat = np.flatnonzero(differ)
        for i in flat[np.argsort(-np.abs(relative.ravel()[flat]), kind="stable")][:LISTED]:
            at = np.unravel_index(i, a.shape)
            where = ", ".join(str(a[d].values[k]) for d, k in zip(a.dims, at, strict=True))
            lines.append(_line(where, str(name), float(a.values[at]), float(b.values[at]), float(relative[at])))
    return count, _ordered(lines)


def _column_differences(column: str, one: pd.Series, other: pd.Series, tolerance: float) -> list[tuple]:
    numeric = all(pd.api.types.is_numeric_dtype(series) for series in (one, other))
    if numeric:
        a, b = one.to_numpy(float), other.to_numpy(float)
        differ, relative = _differ(a, b, tolerance)
        return [_line(str(one.index[i]), column, a[i], b[i], relative[i]) for i in np.flatnonzero(differ)]
    texts = [("" if pd.isna(a) else str(a), "" if pd.isna(b) else str(b)) for a, b in zip(one, other, strict=True)]
    return [(str(one.index[i]), column, a, b, np.nan, np.nan) for i, (a, b) in enumerate(texts) if a != b]


def _differ(one: np.ndarray, other: np.ndarray, tolerance: float) -> tuple[np.ndarray, np.ndarray]:
    """Return which numbers differ by more than `tolerance`, and the relative differences; NaN equals NaN."""
    both = np.abs(np.stack([one, other]))
    floor = SMALL * np.nanmax(both, initial=0.0)
    with np.errstate(invalid="ignore"):
        scale = np.maximum(both.max(0), floor)
        relative = np.divide(other - one, scale, out=np.zeros_like(scale), where=scale != 0)
    absent = np.isnan(one) != np.isnan(other)
    return (np.abs(relative) > tolerance) | absent, np.where(absent, np.nan, relative)


def _line(row: str, column: str, one: float, other: float, relative: float) -> tuple:
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
