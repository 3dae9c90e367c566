"""Plausibility of the size of what a curve and a price are applied to, whatever the year and the regions."""

from __future__ import annotations

import math
from warnings import warn

import numpy as np
import pandas as pd
import xarray as xr

from mrio import labels
from mrio.table.plausibility.judging import digits, found, judge
from mrio.table.plausibility.registry import rule
from mrio.table.plausibility.socioeconomic_checks import engel_checks, per_capita_checks
from mrio.table.validation.report import Check

#: Yuan per tonne: the study's own price.
STUDY_PRICE = 100.0
#: An Engel coefficient near the nation's, and what the preset liao2022 makes of it.
ENGEL, SLOPE = 0.3, 1 / (1 + math.exp(-0.574 * 0.3))
#: Largest per-capita GDP of a province over the least: 4.5 in 2017, 7 in 2012.
SPREAD = 5.0
#: Mt of CO2 that the world emits in a year.
WORLD = 35_000.0
#: Part of net transfers by which flows between regions may fail to add up to zero: rounding to printed digits.
BALANCED = 1e-3


def check_price(price: float) -> Check:
    """Return the check of a price, yuan per tonne."""
    return judged("carbon price", price, STUDY_PRICE, "yuan/t", "the price")


def warn_of_sizes(
    net_transfer: xr.DataArray, price: float, gdp_per_capita: xr.DataArray, engel: xr.DataArray,
    curve: tuple[float, float] | None,
) -> None:  # fmt: skip
    """Warn of what the library is given to pay for, and by, that is of another size than any known.

    Parameters
    ----------
    net_transfer, price, gdp_per_capita, engel
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
        checks += _of_provinces(gdp_per_capita, engel) if unit == "CNY" else []
    values = net_transfer.values
    one_sided = len(values) > 1 and bool((values > 0).all() or (values < 0).all())
    checks.append(found(rule("net transfers of one sign"), ["all regions"] if one_sided else []))
    lost = float(values.sum()) if net_transfer.attrs.get("scope") == "interprovincial" else 0.0
    unbalanced = abs(lost) > BALANCED * np.abs(values).sum() and not one_sided
    checks.append(found(rule("net transfers that add up"), [f"{digits(lost)} Mt"] if unbalanced else []))
    drawn = {"all regions": float(values[values > 0].sum())}
    checks.append(judge(rule("size of net transfers"), pd.Series(drawn), pd.Series({"all regions": WORLD}), "Mt"))
    for check in checks:
        if not check.passed:
            warn(f"{check.message}.", stacklevel=3)


def _of_provinces(gdp_per_capita: xr.DataArray, engel: xr.DataArray) -> list[Check]:
    """Return the checks of figures by province against those known of the year that either states."""
    year = next((of.attrs["year"] for of in (gdp_per_capita, engel) if "year" in of.attrs), None)
    if year is None:
        return []
    food = "engel_urban" if engel.name == "engel_urban" else "engel"
    figures = pd.DataFrame({"gdp_per_capita": gdp_per_capita.to_series(), food: engel.to_series()})
    return [*per_capita_checks(figures, int(year)), *engel_checks(figures, int(year))]


def judged(name: str, value: float, expected: float, unit: str, place: str, year: int = 0) -> Check:
    """Return the check of one figure."""
    return judge(rule(name), pd.Series({place: value}), pd.Series({place: expected}), unit, year=year)
