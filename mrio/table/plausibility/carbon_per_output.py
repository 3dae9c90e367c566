"""Plausibility of emissions that come beside a table alone: their size against its output, whatever the year."""

from __future__ import annotations

from collections.abc import Iterator
from warnings import warn

import xarray as xr

from mrio import labels
from mrio.table.interregional import Table
from mrio.table.plausibility.price_and_income import judged
from mrio.table.validation.report import Check
from mrio.units import SIZES, conversion, currency_of

#: Tonnes per 10^4 yuan of output: 1.5 in 1997, 0.4 in 2017.
NATION = 0.5


def carbon_per_output(F: xr.DataArray, table: Table) -> Iterator[Check]:
    """Yield a check where CO2 of provinces is of another size than any known beside their output.

    Nothing is yielded of other regions, another currency, a stressor that is not CO2, or sizes that are usual.
    """
    known = set(table.regions) <= set(labels.provinces().index) and currency_of(table.unit) == "CNY"
    output = float(table.output.sum()) * conversion(table.unit, "10k CNY") if known else 0.0
    unit = str(F.attrs.get("unit", "Mt")).removesuffix(" CO2")
    if "stressor" in F.dims or unit not in SIZES["mass"] or F.attrs.get("stressor", "CO2") != "CO2" or not output:
        return
    tonnes = conversion(unit, "t") * float(F.sum())
    check = judged("carbon per output", tonnes / output, NATION, "t per 10k CNY", "all regions")
    if not check.passed:
        yield check


def warn_of_carbon(F: xr.DataArray, table: Table) -> None:
    """Warn of what :func:`carbon_per_output` finds."""
    for check in carbon_per_output(F, table):
        warn(f"{check.message}.", stacklevel=4)
