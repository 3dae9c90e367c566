"""Plausibility of what a configuration states: the price of carbon and the growth curve."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pandas as pd

from mrio.table.plausibility.judging import judge
from mrio.table.plausibility.known_figures import national_figure
from mrio.table.plausibility.registry import rule
from mrio.table.validation.report import Check

#: Yuan per tonne: the study's own price.
STUDY_PRICE = 100.0
#: An Engel coefficient near the nation's, and what the preset liao2022 makes of it.
ENGEL, SLOPE = 0.3, 1 / (1 + math.exp(-0.574 * 0.3))


def check_study(price: float, G: float, slope: float, year: int) -> list[Check]:
    """Return the checks of a price (yuan per tonne), and of a curve's G (yuan per head) and slope.

    Parameters
    ----------
    slope : float
        1 / (1 + a exp(-b t)) at an Engel coefficient of :data:`ENGEL`.
    """
    return [
        _judged("carbon price", price, STUDY_PRICE, "yuan/t"),
        *_income(G, year),
        _judged("slope of the curve", slope, SLOPE, "(ratio)"),
    ]


def _income(G: float, year: int) -> Iterator[Check]:
    gdp, population = national_figure("gdp", year), national_figure("population", year)
    if gdp is not None and population is not None:
        nation = 1e4 * float(gdp.values.iloc[0] / population.values.iloc[0])
        yield _judged("income of the curve", G, nation, "yuan", gdp.year)


def _judged(name: str, value: float, expected: float, unit: str, year: int = 0) -> Check:
    place = "the configuration"
    return judge(rule(name), pd.Series({place: value}), pd.Series({place: expected}), unit, year=year)
