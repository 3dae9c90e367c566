"""Plausibility of what a configuration states: the price of carbon and the growth curve."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from mrio.table.plausibility.judging import found, judge
from mrio.table.plausibility.known_figures import national_figure
from mrio.table.plausibility.price_and_income import SLOPE, check_price, judged
from mrio.table.plausibility.registry import rule
from mrio.table.validation.report import Check

PLACE = "the configuration"


def check_study(price: float, G: float, slope: float, year: int) -> list[Check]:
    """Return the checks of a price (yuan per tonne), and of a curve's G (yuan per head) and slope.

    Parameters
    ----------
    slope : float
        1 / (1 + a exp(-b t)) at an Engel coefficient of :data:`mrio.table.plausibility.price_and_income.ENGEL`.
    """
    return [
        check_price(price),
        *_income(G, year),
        judged("slope of the curve", slope, SLOPE, "(ratio)", PLACE),
    ]


def check_parameters(stated: Mapping[str, float], preset: Mapping[str, float]) -> list[Check]:
    """Return what is doubtful about a and b of a curve beside those of its preset; nothing where they are usual."""
    given = pd.Series(dict(stated), dtype=float)
    checks = [judge(rule("parameters of the curve"), given, pd.Series(dict(preset), dtype=float), "")]
    exchanged = preset["a"] != preset["b"] and (given["a"], given["b"]) == (preset["b"], preset["a"])
    checks.append(found(rule("a for b"), ["a is the b, and b the a"] if exchanged else []))
    return checks


def _income(G: float, year: int) -> Iterator[Check]:
    gdp, population = national_figure("gdp", year), national_figure("population", year)
    if gdp is not None and population is not None:
        nation = 1e4 * float(gdp.values.iloc[0] / population.values.iloc[0])
        yield judged("income of the curve", G, nation, "yuan", PLACE, gdp.year)
