"""The gate: every identity of a table with pass or fail, its worst cell and its size.

Owns what a sound table is.  A check has a level: ``error`` stops the run, ``warning`` is carried into the report and
the notes of the final tables, ``info`` is a figure worth knowing.  Nothing is mended here.
"""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd
import xarray as xr

from mrio.table.interregional import Table
from mrio.table.validation.balances import (
    TOLERANCE,
    aggregation,
    column_gap,
    finite,
    identities,
    missing_labels,
    residual,
    row_gap,
    worst_cells,
)
from mrio.table.validation.report import Check, Report
from mrio.table.validation.technology import coefficients, spectral_radius
from mrio.table.validation.values import (
    magnitude,
    negative_inventories,
    remarks,
    signs,
    value_added_against_gdp,
    zero_output,
)

__all__ = ["Check", "Report", "column_gap", "row_gap", "spectral_radius", "validate"]


def validate(
    table: Table,
    F: xr.DataArray | None = None,
    gdp: xr.DataArray | None = None,
    *,
    tolerance: float = TOLERANCE,
    residual_limit: float = 0.05,
) -> Report:
    """Return the report of every check on a table.

    Row identity: x = Z 1 + Y 1 + exports + excluded_out + residual; column identity: x = 1' Z + imports +
    excluded_in + value added; A = Z x^-1 productive (spectral radius < 1) and L y = x; signs; finiteness; complete
    labels; size of the residual; magnitude of the unit; totals under aggregation.  A table with a cell that is no
    finite number is not checked further.

    Parameters
    ----------
    table : Table
    F : DataArray (region, sector), optional
        Direct emissions; adds the check of emissions without output.
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
    """
    checks, cells = [finite(table)], None
    if checks[0].passed:
        checks += [*identities(table, tolerance), *signs(table), *coefficients(table, tolerance)]
        checks += [
            *zero_output(table, F),
            residual(table, residual_limit),
            negative_inventories(table),
            magnitude(table),
        ]
        checks += [*missing_labels(table), aggregation(table), *remarks(table)]
        checks += [value_added_against_gdp(table, gdp)] if gdp is not None else []
        cells = worst_cells(table)
    frame = pd.DataFrame([asdict(check) for check in checks if check is not None])
    about = {"year": table.year, "unit": table.unit, "regions": len(table.regions), "sectors": len(table.sectors)}
    about["excluded"] = str(table.data.attrs.get("excluded_regions", ""))
    return Report(frame, about=about) if cells is None else Report(frame, cells, about)
