"""Report on official provincial tables: identities, trade margins, transit and what is not separable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import numpy as np
import pandas as pd

from mrio.table.labelled import cell_name
from mrio.table.provincial import ProvincialTables
from mrio.table.validation.report import CELL_COLUMNS, Check, Report, counted
from mrio.table.validation.values import magnitude, remarks

TOLERANCE = 1e-6


def validate_provincial(tables: ProvincialTables, tolerance: float = TOLERANCE) -> Report:
    """Return the report of every check on provincial tables.

    Row identity: output = Z 1 + final 1 + exports + outflow - imports - inflow + residual; column identity: output =
    1' Z + value added.  Gaps are relative to the mean output of a row.  That national outflow and inflow differ by
    product, and that a province sends out more than it makes (transit), are no faults of a file but facts an estimate
    has to deal with: they are figures worth knowing.
    """
    checks = [
        *_identities(tables, tolerance),
        *_trade(tables),
        *_negatives(tables),
        *magnitude(tables),
        *remarks(tables),
    ]
    about = {"year": tables.year, "unit": tables.unit, "regions": len(tables.regions), "sectors": len(tables.sectors)}
    return Report(pd.DataFrame([asdict(check) for check in checks]), _worst(tables), about)


def _gaps(tables: ProvincialTables) -> dict[str, np.ndarray]:
    return {"row": tables.row_gap(), "column": tables.column_gap()}


def _identities(tables: ProvincialTables, tolerance: float) -> Iterator[Check]:
    scale = tables.output.values.mean()
    for what, gap in _gaps(tables).items():
        at = int(np.abs(gap).argmax())
        worst, value = cell_name(tables.output, at), float(np.abs(gap).ravel()[at] / scale)
        message = f"every {what} adds up to its output within {value:.2g} of the mean output, worst at {worst}"
        if value > tolerance:
            message = f"{what} {worst} misses its output by {gap.ravel()[at]:,.6g} {tables.unit}: check that workbook"
        yield Check(f"{what} balance", "error", value <= tolerance, value, tolerance, worst, message)


def _trade(tables: ProvincialTables) -> Iterator[Check]:
    out, into = tables.outflow.values, tables.inflow.values
    gap = np.abs(out.sum(0) - into.sum(0)).sum() / max(tables.output.values.sum(), np.finfo(float).tiny)
    message = (
        f"outflow of all provinces is {out.sum():,.6g} {tables.unit}, inflow {into.sum():,.6g}; by product they differ"
        f" by {gap:.2%} of output"
    )
    yield Check("outflow against inflow", "info", True, float(gap), 0, "", message)
    over = out + tables.exports.values - tables.output.values
    count = int((over > 0).sum())
    worst = cell_name(tables.output, int(over.argmax())) if count else ""
    message = f"{count} products send out and export more than the province makes (transit)"
    yield Check("transit", "info", True, float(count), 0, worst, message + (f", most at {worst}" if worst else ""))


def _negatives(tables: ProvincialTables) -> Iterator[Check]:
    levels = {"output": "error", "value_added": "info", "final": "info"}
    for name in ("output", "Z", "exports", "imports", "outflow", "inflow", "value_added", "final"):
        level = levels.get(name, "warning")
        variable = tables.data[name]
        count = int((variable.values < 0).sum())
        worst = cell_name(variable, int(variable.values.argmin())) if count else ""
        largest = f", the largest {variable.values.min():,.6g} at {worst}" if count else ""
        message = f"{name}: {counted(count, 'negative cell')}{largest}"
        yield Check(f"negative {name}", level, level == "info" or not count, float(count), 0, worst, message)


def _worst(tables: ProvincialTables, count: int = 10) -> pd.DataFrame:
    scale, lines = tables.output.values.mean(), []
    for what, gap in _gaps(tables).items():
        for at in np.argsort(-np.abs(gap), axis=None, kind="stable")[:count]:
            r, i = np.unravel_index(at, gap.shape)
            size = abs(gap[r, i]) / scale
            place = (tables.regions[r], tables.sectors[i], float(gap[r, i]))
            lines.append((f"{what} balance", *place, float(tables.output.values[r, i]), float(size)))
    return pd.DataFrame(lines, columns=list(CELL_COLUMNS))
