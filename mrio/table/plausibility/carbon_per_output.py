"""Plausibility of the size of emissions that the library is given beside a table, whatever the year."""

from __future__ import annotations

from warnings import warn

import xarray as xr

from mrio import labels
from mrio.table.interregional import Table
from mrio.table.plausibility.price_and_income import judged
from mrio.units import conversion, currency_of

#: Tonnes per 10^4 yuan of output: 1.5 in 1997, 0.4 in 2017.
NATION = 0.5


def warn_of_carbon(F: xr.DataArray, table: Table) -> None:
    """Warn of CO2 of provinces that is of another size than any known beside their output."""
    known = set(table.regions) <= set(labels.provinces().index) and currency_of(table.unit) == "CNY"
    output = float(table.output.sum()) * conversion(table.unit, "10k CNY") if known else 0.0
    if "stressor" in F.dims or F.attrs.get("unit") != "Mt" or F.attrs.get("stressor", "CO2") != "CO2" or not output:
        return
    check = judged("carbon per output", 1e6 * float(F.sum()) / output, NATION, "t per 10k CNY", "all regions")
    if not check.passed:
        warn(f"{check.message}.", stacklevel=4)
