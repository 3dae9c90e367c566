"""Rounding: what a table printed to some decimals misses in its identities, moved to accounts of its own.

Owns the balance policy.  A published table is often rounded to whole numbers or two decimals, so that a row misses its
output by up to half a unit of the last decimal for every cell of it.  Such gaps are no mistake; they are moved, in full
view, to the residual of the row and to a component of value added called ``rounding``, and both identities hold exactly
from then on.  What is larger is left where it is, for the gate to refuse.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import xarray as xr

from mrio.errors import BalanceError, ConfigError
from mrio.table.interregional import Table, require_table
from mrio.table.labelled import cell_name
from mrio.table.validation.balances import TOLERANCE, column_gap, output_scale, row_gap

#: Gaps up to this share of output are floating-point arithmetic and stay.
EXACT = 1e-10
#: A number with more decimals than this is not printed but computed.
MOST_DECIMALS = 4
COMPONENT = "rounding"
ROUNDING_POLICIES = ("residual", "refuse")
#: What a row and a column are made of.
IN_ROW = ("Z", "Y", "exports", "excluded_out", "residual", "output")
IN_COLUMN = ("Z", "imports", "excluded_in", "value_added", "output")


def balanced(table: Table, rounding: str = "residual", limit: float = TOLERANCE) -> Table:
    """Return the table with its gaps in accounts of their own, so that later sums hold to the last digit.

    For product i of province r: residual'[r,i] = residual[r,i] + gap[r,i], where gap = x - everything delivered; for
    industry j of province s the gap of the column becomes value added of the component ``rounding``.  Gaps beyond both
    the limit and the rounding of the file stay.

    Parameters
    ----------
    table : Table
        As it was read, in any monetary unit, before regions are left out or sectors added up.
    rounding : {"residual", "refuse"}
        What becomes of gaps above the limit that the rounding of the printed numbers explains.
    limit : float
        Largest gap, as a share of output, that is borne whatever its cause.

    Raises
    ------
    BalanceError
        If rounding explains every gap above the limit, but the policy refuses it.

    Examples
    --------
    >>> table = Table.from_arrays([[20, 10], [5, 40]], [[60, 10], [20, 35]], output=[101, 100], year=2017,
    ...                           value_added=[[75, 50]], regions=["North", "South"], sectors=["all"],
    ...                           categories=["final"])
    >>> balanced(table).residual.values.tolist()
    [[1.0], [0.0]]
    """
    require_table(table)
    if isinstance(limit, bool) or not isinstance(limit, int | float | np.number) or not 0 <= limit < 1:
        raise ConfigError(f"limit is {limit!r}, expected a share of output, from 0 to less than 1 (1e-6).")
    gaps, scale = {"row": row_gap(table), "column": column_gap(table)}, output_scale(table)
    if not all(np.isfinite(gap).all() for gap in gaps.values()):
        return table
    over = {what: np.abs(gap) > limit * scale for what, gap in gaps.items()}
    explained = {what: ~beyond for what, beyond in over.items()}
    if rounding not in ROUNDING_POLICIES:
        raise ConfigError(f"rounding {rounding!r} is unknown, expected one of {', '.join(ROUNDING_POLICIES)}.")
    if any(beyond.any() for beyond in over.values()):
        bounds = {"row": rounding_bound(table, IN_ROW), "column": rounding_bound(table, IN_COLUMN)}
        rounded = {what: np.abs(gap) <= bounds[what] * (1 + 1e-9) for what, gap in gaps.items()}
        if rounding == "refuse":
            _refuse(table, gaps, over, rounded)
        else:
            explained = {what: explained[what] | rounded[what] for what in gaps}
    moved = {w: np.where(explained[w] & (np.abs(gap) > EXACT * scale), gap, 0.0) for w, gap in gaps.items()}
    return _moved(table, moved["row"], moved["column"])


def rounding_bound(table: Table, names: tuple[str, ...]) -> float:
    """Return how far a row, or column, may miss its output by rounding: half a unit of the last decimal for each cell.

    Accounts that are zero throughout, or computed, add nothing; where any is computed the others may still be rounded.
    """
    return sum(0.5 * last_decimal(table.data[name].values) * _cells(table, name) for name in names)


def last_decimal(values: np.ndarray) -> float:
    """Return the unit of the last decimal all of an account's numbers are printed to (1, 0.1 ...); 0: no such unit.

    Examples
    --------
    >>> last_decimal(np.array([[12.0, 3.25]])), last_decimal(np.array([[1 / 3]])), last_decimal(np.zeros((1, 1)))
    (0.01, 0.0, 0.0)
    """
    decimals = 0
    for part in values:
        if not part.any():
            continue
        while decimals <= MOST_DECIMALS and not _whole(part * 10.0**decimals):
            decimals += 1
    return 10.0**-decimals if decimals <= MOST_DECIMALS and values.any() else 0.0


def _whole(values: np.ndarray) -> bool:
    """Return whether every number is whole, as far as a number of its size can say."""
    return bool((np.abs(values - np.rint(values)) <= 8 * np.finfo(float).eps * np.abs(values)).all())


def _cells(table: Table, name: str) -> int:
    """Return how many cells of an account stand in one row or column."""
    sizes = table.data[name].sizes
    return int(np.prod([size for dim, size in sizes.items() if str(dim) not in _OWN[name]]))


#: Dimensions along which a row (a column, for what is paid) is told from another.
_OWN = {
    **dict.fromkeys(("Z", "Y", "exports", "excluded_out", "residual", "output", "value_added"), ("region", "sector")),
    **dict.fromkeys(("imports", "excluded_in"), ("to_region", "to_sector")),
}


def _refuse(
    table: Table, gaps: Mapping[str, np.ndarray], over: Mapping[str, np.ndarray], rounded: Mapping[str, np.ndarray]
) -> None:
    """Refuse a table whose gaps are all of them rounding; another is left to the gate, which names the worst cell."""
    if all((rounded[what] | ~over[what]).all() for what in gaps):
        what = max(gaps, key=lambda name: np.abs(np.where(over[name], gaps[name], 0)).max())
        at = int(np.argmax(np.abs(np.where(over[what], gaps[what], 0))))
        size = f"{abs(gaps[what].ravel()[at]):,.6g} {table.unit}"
        raise BalanceError(
            f"{what} {cell_name(table.output, at)} misses its output by {size}, "
            "as the rounding of the printed numbers may; write balance: {rounding: residual} in the configuration, or "
            "--rounding residual, to count such gaps in the residual."
        )


def _moved(table: Table, rows: np.ndarray, columns: np.ndarray) -> Table:
    """Return the table with gaps moved to their accounts, and how many and how much in its attributes."""
    data = table.data
    if not (rows.any() or columns.any()):
        return table
    if rows.any():
        data = data.assign(residual=data["residual"] + rows)
        data["residual"].attrs = table.residual.attrs
    if columns.any():
        added = xr.DataArray(
            columns[None], {"component": [COMPONENT], "region": table.regions, "sector": table.sectors},
            ("component", "region", "sector"),
        )  # fmt: skip
        joined = xr.concat([data["value_added"], added], "component").assign_attrs(table.value_added.attrs)
        data = data.drop_dims("component").assign(value_added=joined)
    note = (
        f"gaps of the printed numbers: {_said(rows, 'rows', table)} stand in the residual, "
        f"{_said(columns, 'columns', table)} in value added, component {COMPONENT!r}"
    )
    count = int(np.count_nonzero(rows) + np.count_nonzero(columns))
    largest = max(float((np.abs(gap) / output_scale(table)).max()) for gap in (rows, columns))
    return Table(data.assign_attrs(rounding_gaps=count, rounding_largest=largest, rounding_note=note))


def _said(gaps: np.ndarray, what: str, table: Table) -> str:
    """Return how many gaps, how much, and where they are the largest part of an output: there rounding is no trifle."""
    size = np.abs(gaps)
    part = size / output_scale(table)
    worst = f"{part.max():.3g} of the output of {cell_name(table.output, int(part.argmax()))}" if size.any() else "none"
    total = f"{size.sum():,.6g} {table.unit} in all, at most {size.max():,.6g} and {worst}"
    return f"{np.count_nonzero(gaps)} {what} ({total})"
