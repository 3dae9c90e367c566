"""Plausibility of side files: the prices, areas and names of a register."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

import pandas as pd

from mrio.table.plausibility.judging import found, judge
from mrio.table.plausibility.registry import rule
from mrio.table.validation.report import Check

#: Yuan per tonne: about the national market's median since it opened in 2021.
MARKET_PRICE = 60.0
#: Tonnes per hectare and year: about the first batch's of the pilot.
GROWTH = 3.0
#: Cyrillic and Greek letters that look like a Latin one.
ALIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТХУаеорсухѕіјΑΒΕΖΗΙΚΜΝΟΡΤΥΧονρ",
    "ABESIJKMHOPCTXYaeopcyxsijABEZHIKMNOPTYXovp",
)


def check_prices(prices: Mapping[str, float]) -> list[Check]:
    """Return the checks of a register's carbon prices, day -> yuan per tonne."""
    if not prices:
        return []
    values = pd.Series(dict(prices), dtype=float)
    median = values.median()
    middle = "the median price"
    level = judge(rule("price level"), pd.Series({middle: median}), pd.Series({middle: MARKET_PRICE}), "yuan/t")
    return [level, judge(rule("market price"), values, pd.Series(median, values.index), "yuan/t")]


def check_growth(growth: Mapping[str, float]) -> list[Check]:
    """Return the check of credited growth, lot -> tonnes per hectare and year."""
    values = pd.Series(dict(growth), dtype=float)
    return [judge(rule("growth per area"), values, pd.Series(GROWTH, values.index), "t/ha/a")] if len(values) else []


def check_look_alikes(names: Iterable[str]) -> list[Check]:
    """Return the check that no two names are the same but for case, width or letters of another script."""
    by_look: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        by_look.setdefault(look(name), []).append(name)
    pairs = [" and ".join(map(repr, same)) for same in by_look.values() if len(same) > 1]
    return [found(rule("names that look alike"), pairs)]


def look(name: str) -> str:
    """Return what a name looks like: NFKC, Latin letters for those of other scripts that look the same, lower case."""
    return unicodedata.normalize("NFKC", name).translate(ALIKE).casefold()
