"""Checks of what must add up: finite cells, row and column identities, residual, aggregation."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from mrio import labels
from mrio.errors import LabelError
from mrio.table.interregional import Table
from mrio.table.labelled import cell_name, non_finite
from mrio.table.validation.report import CELL_COLUMNS, Check

#: Largest relative gap of an identity that is still rounding.
TOLERANCE = 1e-6
#: A row or column is measured against its own output, but never against less than this part of the mean output.
SMALL = 1e-3
#: How many cells of an identity the report lists.
WORST = 10


def finite(table: Table) -> Check:
    """Return whether every cell of the table is a finite number."""
    count, first = non_finite(table)
    message = f"{count} cells are no finite numbers, the first at {first}" if count else "every cell is a finite number"
    return Check("finite numbers", "error", count == 0, count, 0, first, message)


def row_gap(table: Table) -> np.ndarray:
    """Return x less everything the row delivers, (R, n), in the unit of the table (METHOD eq 1)."""
    d = table.data
    used = d["Z"].values.sum((2, 3)) + d["Y"].values.sum((2, 3)) + d["exports"].values + d["excluded_out"].values
    return d["output"].values - used - d["residual"].values


def column_gap(table: Table) -> np.ndarray:
    """Return x less everything the industry pays for, (R, n), in the unit of the table."""
    d = table.data
    paid = d["Z"].values.sum((0, 1)) + d["imports"].values + d["excluded_in"].values + d["value_added"].values.sum(0)
    return d["output"].values - paid


def output_scale(table: Table) -> np.ndarray:
    x = np.abs(table.output.values)
    return np.maximum(x, max(SMALL * x.mean(), np.finfo(float).tiny))


def identities(table: Table, tolerance: float) -> Iterator[Check]:
    """Yield the row and the column balance; where both fail, say whether a transposed Z would balance."""
    x, scale = table.output.values, output_scale(table)
    gaps = {"row": row_gap(table), "column": column_gap(table)}
    hint = ""
    if all((np.abs(gap) / scale).max() > tolerance for gap in gaps.values()) and _balances_transposed(table, tolerance):
        hint = ": the rows and columns of Z are swapped, transpose it"
    for what, gap in gaps.items():
        size = np.abs(gap) / scale
        at = int(np.argmax(size))
        worst, value = cell_name(table.output, at), float(size.ravel()[at])
        message = f"every {what} adds up to its output within {value:.2g} (limit {tolerance:.2g})"
        if value > tolerance:
            side = "more" if gap.ravel()[at] < 0 else "less"
            over = int((size > tolerance).sum())
            why = hint or f": the table is broken, or an account is missing from the {what}"
            message = (
                f"{what} {worst} adds up to {abs(gap.ravel()[at]):,.6g} {table.unit} {side} than its output"
                f" {x.ravel()[at]:,.6g} (relative {value:.2g}, limit {tolerance:.2g}; {over} of {x.size} {what}s are"
                f" over it){why}"
            )
        yield Check(f"{what} balance", "error", value <= tolerance, value, tolerance, worst, message)


def _balances_transposed(table: Table, tolerance: float) -> bool:
    """Return whether both identities hold with Z transposed."""
    Z = table.Z.values
    change_rows = Z.sum((2, 3)) - Z.sum((0, 1))
    rows, columns = row_gap(table) + change_rows, column_gap(table) - change_rows
    return max(np.abs(rows / output_scale(table)).max(), np.abs(columns / output_scale(table)).max()) <= tolerance


def worst_cells(table: Table) -> pd.DataFrame:
    """Return the :data:`WORST` largest relative gaps of each identity."""
    scale, lines = output_scale(table), []
    for what, gap in (("row balance", row_gap(table)), ("column balance", column_gap(table))):
        size = np.abs(gap) / scale
        for at in np.argsort(-size, axis=None, kind="stable")[:WORST]:
            r, i = np.unravel_index(at, size.shape)
            place = (table.regions[r], table.sectors[i])
            lines.append((what, *place, float(gap[r, i]), float(table.output.values[r, i]), float(size[r, i])))
    return pd.DataFrame(lines, columns=list(CELL_COLUMNS))


def residual(table: Table, limit: float) -> Check:
    """Return the share of sum |residual| in output, with where it is largest."""
    size = np.abs(table.residual.values)
    share = float(size.sum() / max(np.abs(table.output.values).sum(), np.finfo(float).tiny))
    worst = cell_name(table.output, int(np.argmax(size))) if size.any() else ""
    message = f"the residual is {share:.2%} of output (limit {limit:.2%})" + (f", largest at {worst}" if worst else "")
    return Check("residual share", "warning", share <= limit, share, limit, worst, message)


def aggregation(table: Table, limit: float = 1e-12) -> Iterator[Check]:
    """Yield whether every account keeps its total when added up to six sectors; nothing where there are no groups."""
    try:
        coarse = table.aggregate(sectors="six")
    except LabelError:
        return
    names = list(table.variables())
    whole = np.array([[t.data[name].values.sum() for name in names] for t in (table, coarse)])
    size = np.array([np.abs(table.data[name].values).sum() for name in names])
    gaps = np.abs(whole[0] - whole[1]) / np.maximum(size, np.finfo(float).tiny)
    at = int(np.argmax(gaps))
    message = f"added up to six sectors every account keeps its total within {gaps[at]:.1e} (largest gap: {names[at]})"
    yield Check(
        "totals under aggregation", "error", bool(gaps[at] <= limit), float(gaps[at]), limit, names[at], message
    )


def missing_labels(table: Table) -> Iterator[Check]:
    """Yield which provinces and sectors of the known lists the table lacks; a list it does not follow is left alone."""
    known = labels.regions().index.tolist()
    if set(table.regions) <= set(known):
        excluded = {name.strip() for name in str(table.data.attrs.get("excluded_regions", "")).split(",")} - {""}
        yield _listed("provinces", table.regions, [name for name in known if name not in excluded], excluded)
    try:
        codes = labels.sectors(table.scheme)["code"].tolist() if table.scheme else []
    except LabelError:
        return
    if codes:
        yield _listed(f"sectors of scheme {table.scheme}", table.sectors, codes, set())


def _listed(what: str, have: list[str], known: list[str], excluded: set[str]) -> Check:
    missing = [name for name in known if name not in set(have)]
    strange = [name for name in have if name not in set(known)]
    message = f"all {len(known)} {what} are there" + (f" (excluded: {', '.join(sorted(excluded))})" if excluded else "")
    if missing or strange:
        parts = [f"missing: {', '.join(missing)}"] * bool(missing) + [f"unknown: {', '.join(strange)}"] * bool(strange)
        message = f"{len(have)} of {len(known)} {what} ({'; '.join(parts)})"
    return Check(
        f"{what.split()[0]} complete", "warning", not missing and not strange, len(have), len(known), "", message
    )
