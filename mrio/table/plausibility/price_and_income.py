"""Plausibility of the size of what a curve and a price are applied to, whatever the year and the provinces."""

from __future__ import annotations

from warnings import warn

import pandas as pd
import xarray as xr

from mrio.table.plausibility.judging import judge
from mrio.table.plausibility.registry import rule
from mrio.table.validation.report import Check

#: Yuan per tonne: the study's own price.
STUDY_PRICE = 100.0


def check_price(price: float) -> Check:
    """Return the check of a price, yuan per tonne."""
    return judged("carbon price", price, STUDY_PRICE, "yuan/t", "the price")


def warn_of_sizes(price: float, gdp_per_capita: xr.DataArray, G: float | None) -> None:
    """Warn of a price in yuan, and of incomes beside the curve's G, that are of another size than any known.

    Parameters
    ----------
    G : float, optional
        None of a curve that knows no income.
    """
    stated = str(gdp_per_capita.attrs.get("unit", "1"))
    unit = "CNY" if stated == "1" else stated
    checks = [check_price(price)] if price and unit == "CNY" else []  # zero, in a comparison, is no mistake of size
    if G is not None:
        middle = float(gdp_per_capita.median())
        checks.append(judged("income of the regions", middle, G, unit, "the middle of all regions"))
    for check in checks:
        if not check.passed:
            warn(f"{check.message}.", stacklevel=3)


def judged(name: str, value: float, expected: float, unit: str, place: str, year: int = 0) -> Check:
    """Return the check of one figure."""
    return judge(rule(name), pd.Series({place: value}), pd.Series({place: expected}), unit, year=year)
