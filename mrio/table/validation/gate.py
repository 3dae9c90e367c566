"""The gate: every identity of a table with pass or fail, its worst cell and its size.

Owns what a sound table is.  A check has a level: ``error`` stops the run, ``warning`` is carried into the report and
the notes of the final tables, ``info`` is a figure worth knowing.  Nothing is mended here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import numpy as np
import pandas as pd
import xarray as xr

from mrio.errors import ConfigError, LabelError
from mrio.table.interregional import Table, require_table
from mrio.table.plausibility.carbon_per_output import emissions_of_size
from mrio.table.validation.balances import (
    TOLERANCE,
    aggregation,
    finite,
    identities,
    missing_labels,
    residual,
    worst_cells,
)
from mrio.table.validation.report import Check, Report
from mrio.table.validation.technology import coefficients
from mrio.table.validation.values import (
    magnitude,
    negative_inventories,
    remarks,
    signs,
    value_added_against_gdp,
    zero_output,
)


def validate(
    table: Table, F: xr.DataArray | None = None, gdp: xr.DataArray | None = None, *, tolerance: float = TOLERANCE,
    residual_limit: float = 0.05,
) -> Report:  # fmt: skip
    """Return the report of every check on a table.

    Row identity: x = Z 1 + Y 1 + exports + excluded_out + residual; column identity: x = 1' Z + imports +
    excluded_in + value added; A = Z x^-1 productive (spectral radius < 1) and L y = x; signs; finiteness; complete
    labels; size of the residual; magnitude of the unit; totals under aggregation.  A table with a cell that is no
    finite number is not checked further.

    Parameters
    ----------
    table : Table
    F : DataArray (region, sector), optional
        Direct emissions, Mt or in the mass of their attribute ``unit``; adds the checks of emissions without output,
        and of their size against the table's.
    gdp : DataArray (region), optional
        Regional GDP with a ``unit`` attribute (money); adds value added against GDP.
    tolerance : float
        Largest relative gap of the row and column identities.
    residual_limit : float
        Share of sum |residual| in output above which the report warns.

    Raises
    ------
    LabelError
        If F or gdp does not have the table's labels.
    UnitError
        If gdp has no known unit.

    Examples
    --------
    >>> table = Table.from_arrays([[20, 10], [5, 40]], [[60, 10], [20, 35]], output=[100, 99], year=2017,
    ...                           regions=["North", "South"], sectors=["all"], categories=["final"])
    >>> report = validate(table)
    >>> report.ok, report.failed("error")["check"].tolist()
    (False, ['row balance', 'L y = x'])
    """
    require_table(table)
    _require_numbers(tolerance=tolerance, residual_limit=residual_limit)
    if F is not None and not isinstance(F, xr.DataArray):
        raise LabelError(f"emissions F are a {type(F).__name__}, expected a DataArray (region, sector).")
    sound = finite(table)
    checks = [sound, *(_checks(table, F, gdp, tolerance, residual_limit) if sound.passed else ())]
    about = {"year": table.year, "unit": table.unit, "regions": len(table.regions), "sectors": len(table.sectors)}
    about["excluded"] = str(table.data.attrs.get("excluded_regions", ""))
    frame = pd.DataFrame([asdict(check) for check in checks])
    return Report(frame, worst_cells(table), about) if sound.passed else Report(frame, about=about)


def _require_numbers(**limits: object) -> None:
    """Refuse a limit that is no number above zero."""
    for name, value in limits.items():
        if isinstance(value, bool) or not isinstance(value, int | float | np.number) or not 0 < value < np.inf:
            raise ConfigError(f"{name} is {value!r}, expected a number above 0.")


def identity_report(table: Table, tolerance: float = TOLERANCE) -> Report:
    """Return the report of the checks without which no number of a table means anything: finite cells that add up."""
    sound = finite(table)
    checks = [sound, *(identities(table, tolerance) if sound.passed else ())]
    return Report(pd.DataFrame([asdict(check) for check in checks]))


def _checks(
    table: Table, F: xr.DataArray | None, gdp: xr.DataArray | None, tolerance: float, residual_limit: float
) -> Iterator[Check]:
    """Yield every check of a table whose cells are finite numbers."""
    yield from identities(table, tolerance)
    yield from signs(table)
    yield from coefficients(table, tolerance)
    yield from zero_output(table, F)
    yield residual(table, residual_limit)
    yield from negative_inventories(table)
    yield from magnitude(table)
    yield from missing_labels(table)
    yield from aggregation(table)
    yield from remarks(table)
    if F is not None:
        yield from emissions_of_size(F, table)
    if gdp is not None:
        yield value_added_against_gdp(table, gdp)
