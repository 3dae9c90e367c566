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
#: Most calendar days from one trading day to the next, weekends and short holidays between them.
NEXT_DAY = 4
#: Tonnes per hectare and year: about the first batch's of the pilot.
GROWTH = 3.0
#: Tonnes per hectare that occupied forest land is compensated for: about the first batch's.
OWED = 70.0
#: Rules of the pilot that are numbers and that another register may well have otherwise.
PILOT = {"price_fraction": 0.3, "offset_cap": 0.8, "monitoring_years": 3.0}
#: Tonnes per MWh: about the national grid's.
GRID = 0.55
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
    market = judge(rule("market price"), values, pd.Series(median, values.index), "yuan/t")
    return [level, market, _jumps(values), _day_to_day(values)]


def _day_to_day(values: pd.Series) -> Check:
    """Return the check of prices against those of the trading day before, where that is near enough to be it."""
    days = pd.Series(pd.to_datetime(values.index, errors="coerce", format="mixed"), values.index)
    near = (days - days.shift(1)).dt.days.between(1, NEXT_DAY)
    return judge(rule("price from day to day"), values[near], values.shift(1)[near], "yuan/t")


def _jumps(values: pd.Series) -> Check:
    """Return the check of days whose price lies off, the same way, from those of the days before and after it."""
    sides = pd.concat([values.shift(1), values.shift(-1)], axis="columns").dropna()
    inner = values[sides.index]
    nearer = sides.max(axis="columns").where(inner > sides.max(axis="columns"), sides.min(axis="columns"))
    between = (inner >= sides.min(axis="columns")) & (inner <= sides.max(axis="columns"))
    return judge(rule("price jump"), inner, inner.where(between, nearer), "yuan/t")


def check_growth(growth: Mapping[str, float]) -> list[Check]:
    """Return the checks of credited growth, lot -> tonnes per hectare and year."""
    values = pd.Series(dict(growth), dtype=float)
    against = {"growth per area": GROWTH, "growth beside other lots": values.median()}
    return [judge(rule(name), values, pd.Series(known, values.index), "t/ha/a") for name, known in against.items()]


def check_measured(measured: Mapping[str, float], credited: Mapping[str, float]) -> list[Check]:
    """Return the checks of measured tonnes, lot -> t: against those credited, and of rows that are another lot's."""
    values = pd.Series(dict(measured), dtype=float)
    alike = values[values > 0].groupby(values).groups.values()
    pairs = [" and ".join(map(str, lots)) for lots in alike if len(lots) > 1]
    return [
        judge(rule("measured growth"), values, pd.Series(dict(credited)), "t"),
        found(rule("lots measured alike"), pairs),
    ]


def check_all_measured(batches: Iterable[Iterable[str]], measured: Iterable[str]) -> list[Check]:
    """Return the check that lots credited together (a batch) are measured together."""
    done, lacking = set(measured), list[str]()
    for batch in map(set, batches):
        without = batch - done
        lacking += sorted(without) if len(without) <= len(batch) / 2 else []
    return [found(rule("lots not measured"), lacking)]


def check_rules(stated: Mapping[str, float]) -> list[Check]:
    """Return the check of a register's rules, by name."""
    return [judge(rule("rules of the register"), pd.Series(dict(stated), dtype=float), pd.Series(PILOT), "")]


def check_factors(factors: Mapping[str, float]) -> list[Check]:
    """Return the check of grid factors, day -> t per MWh."""
    values = pd.Series(dict(factors), dtype=float)
    level = judge(rule("grid factor"), values, pd.Series(GRID, values.index), "t/MWh")
    return [level, judge(rule("grid factor beside others"), values, values.shift(1), "t/MWh")]


def check_obligations(per_hectare: Mapping[str, float]) -> list[Check]:
    """Return the checks of what applications owe per hectare, application -> t/ha: each beside all, and all of them."""
    values = pd.Series(dict(per_hectare), dtype=float)
    middle = pd.Series({"the median application": values.median()}).dropna()
    return [
        judge(rule("obligation per area"), values, pd.Series(values.median(), values.index), "t/ha"),
        judge(rule("obligations per area"), middle, pd.Series(OWED, middle.index), "t/ha"),
    ]


def check_certificates(sizes: Mapping[str, float], largest: float) -> list[Check]:
    """Return the check of what certificates hold, against the largest obligation, t."""
    values = pd.Series(dict(sizes), dtype=float)
    return [judge(rule("size of certificates"), values, pd.Series(largest, values.index), "(t or MWh)")]


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
