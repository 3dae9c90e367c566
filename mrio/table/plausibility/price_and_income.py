"""Plausibility of the size of what a curve and a price are applied to, whatever the year and the regions."""

from __future__ import annotations

import math
from warnings import warn

import pandas as pd
import xarray as xr

from mrio import labels
from mrio.table.plausibility.judging import found, judge
from mrio.table.plausibility.registry import rule
from mrio.table.validation.report import Check

#: Yuan per tonne: the study's own price.
STUDY_PRICE = 100.0
#: An Engel coefficient near the nation's, and what the preset liao2022 makes of it.
ENGEL, SLOPE = 0.3, 1 / (1 + math.exp(-0.574 * 0.3))
#: Largest per-capita GDP of a province over the least: 4.5 in 2017, 7 in 2012.
SPREAD = 5.0
#: Mt of CO2 that the world emits in a year.
WORLD = 35_000.0


def check_price(price: float) -> Check:
    """Return the check of a price, yuan per tonne."""
    return judged("carbon price", price, STUDY_PRICE, "yuan/t", "the price")


def warn_of_sizes(
    net_transfer: xr.DataArray, price: float, gdp_per_capita: xr.DataArray, curve: tuple[float, float] | None
) -> None:
    """Warn of what the library is given to pay for, and by, that is of another size than any known.

    Parameters
    ----------
    net_transfer, price, gdp_per_capita
        As :func:`mrio.equations.payment.compensation` takes them.
    curve : tuple, optional
        G, and what the curve is at that income and an Engel coefficient of :data:`ENGEL`; none of a curve that knows no
        income.
    """
    stated = str(gdp_per_capita.attrs.get("unit", "1"))
    unit = "CNY" if stated == "1" else stated
    checks = [check_price(price)] if price and unit == "CNY" else []  # zero, in a comparison, is no mistake of size
    if curve is not None:
        G, slope = curve
        middle = float(gdp_per_capita.median())
        checks.append(judged("income of the regions", middle, G, unit, "the middle of all regions"))
        checks.append(judged("slope of the curve", slope, SLOPE, "(ratio)", "the curve"))
    if set(gdp_per_capita["region"].values) <= set(labels.provinces().index):
        spread = float(gdp_per_capita.max() / gdp_per_capita.min())
        checks.append(judged("spread of incomes", spread, SPREAD, "times the least", "the largest"))
    values = net_transfer.values
    one_sided = len(values) > 1 and bool((values > 0).all() or (values < 0).all())
    checks.append(found(rule("net transfers of one sign"), ["all regions"] if one_sided else []))
    drawn = {"all regions": float(values[values > 0].sum())}
    checks.append(judge(rule("size of net transfers"), pd.Series(drawn), pd.Series({"all regions": WORLD}), "Mt"))
    for check in checks:
        if not check.passed:
            warn(f"{check.message}.", stacklevel=3)


def judged(name: str, value: float, expected: float, unit: str, place: str, year: int = 0) -> Check:
    """Return the check of one figure."""
    return judge(rule(name), pd.Series({place: value}), pd.Series({place: expected}), unit, year=year)
