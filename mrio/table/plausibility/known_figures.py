"""Figures known from elsewhere (``data/raw/evidence/plausibility``): of the year asked for, or moved to it.

National evidence is that of the nearest year; provincial evidence is moved to the year by the nation's growth.  Years
further than :data:`REACH` from any evidence have none.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import pandas as pd

from mrio import labels
from mrio.frames import read_frame

#: Households in the inventories.
HOUSEHOLDS = ("urban", "rural")
#: Most years between figures and evidence.
REACH = 8


class Evidence(NamedTuple):
    """Figures by label, the year they are of, and how many years that is from the one asked for."""

    values: pd.Series
    year: int
    apart: int


@cache
def _table(name: str) -> pd.DataFrame:
    path = labels.data_dir() / "evidence" / "plausibility" / f"{name}.csv"
    return read_frame(path, "evidence of the plausibility checks", ("year",), dtype={"group": str, "sector": str})


def _nearest(table: pd.DataFrame, year: int) -> int | None:
    """Return the year of the table nearest to `year`, the earlier of two; None beyond the reach."""
    years = sorted(table["year"].unique(), key=lambda known: (abs(known - year), known))
    return int(years[0]) if years and abs(years[0] - year) <= REACH else None


def _evidence(table: pd.DataFrame, keys: list[str], column: str, year: int) -> Evidence | None:
    known = _nearest(table, year)
    if known is None:
        return None
    return Evidence(table[table["year"] == known].set_index(keys)[column], known, abs(known - year))


def national_co2(year: int) -> Evidence | None:
    """Return CO2 of the nation by fuel, Mt."""
    return _evidence(_table("national_fuels"), ["fuel"], "co2_mt", year)


@cache
def national_figure(variable: str, year: int) -> Evidence | None:
    """Return a national statistic (``gdp`` 10^8 yuan, ``population`` 10^4, ``engel`` ratio), labelled by its name."""
    table = _table("national_statistics")
    return _evidence(table[table["variable"] == variable], ["variable"], "value", year)


@cache
def provincial_co2(year: int, groups: str = "six") -> Evidence | None:
    """Return CO2 by province and group (sectors, and households), Mt, moved to the year by the nation's CO2."""
    table = _table("provincial_co2")
    joined = dict.fromkeys(HOUSEHOLDS, "households") | to_groups("ceads", groups)
    table = table.assign(group=table["sector"].map(joined))
    table = table.groupby(["year", "region", "group"], sort=False, as_index=False)["co2_mt"].sum()
    found = _evidence(table, ["region", "group"], "co2_mt", year)
    return _moved(found, year, lambda of: _total(national_co2(of)))


@cache
def household_co2(year: int) -> Evidence | None:
    """Return CO2 by province and kind of household, Mt, of the nearest year."""
    table = _table("provincial_co2")
    return _evidence(table[table["sector"].isin(HOUSEHOLDS)], ["region", "sector"], "co2_mt", year)


@cache
def co2_by_year() -> dict[int, pd.Series]:
    """Return year -> CO2 by province, Mt, of every inventory."""
    return dict(iter(_table("provincial_co2").groupby(["year", "region"])["co2_mt"].sum().groupby(level="year")))


@cache
def figures_by_year(variable: str) -> dict[int, pd.Series]:
    """Return year -> a statistic, or ``value_added`` of the tables (10^8 yuan), by province, of every year known."""
    table = _table("provincial_statistics")
    table = table[table["variable"] == variable]
    return dict(iter(table.set_index(["year", "region"])["value"].groupby(level="year")))


def provincial_fuels(year: int) -> pd.Series | None:
    """Return CO2 by province and fuel of that very year, Mt."""
    found = _evidence(_table("provincial_fuels"), ["region", "fuel"], "co2_mt", year)
    return None if found is None or found.apart else found.values


def common_groups(scheme: str) -> str:
    """Return the sectors that the inventories have in common with a scheme; the six where there are no finer ones."""
    finer = [to for to in _table("national_intensity")["scheme"].unique() if to != "six"]
    return next((to for to in finer if _joins(scheme, to)), "six")


@cache
def provincial_figure(variable: str, year: int) -> Evidence | None:
    """Return a statistic by province (GDP 10^8 yuan, population 10^4 ...), moved by the nation's growth."""
    table = _table("provincial_statistics")
    found = _evidence(table[table["variable"] == variable], ["region"], "value", year)
    nation = variable.removesuffix("_urban")
    return _moved(found, year, lambda of: _total(national_figure(nation, of)))


def national_intensity(year: int, scheme: str) -> tuple[dict[str, str], pd.DataFrame, Evidence] | None:
    """Return sector -> group, CO2 and output of the nation by group, and t per 10^4 yuan.

    The groups are those that inventory and table have in common where the scheme has them, else the six sectors.
    """
    table = _table("national_intensity")
    known = _nearest(table, year)
    if known is None:
        return None
    groups = common_groups(scheme)
    chosen = table[table["scheme"] == groups]
    known = _nearest(chosen, year)
    if known is None:
        return None
    chosen = chosen[chosen["year"] == known].set_index("group")
    intensity = chosen["co2_mt"] * 1e6 / chosen["output_10k_cny"]
    return to_groups(scheme, groups), chosen, Evidence(intensity, known, abs(known - year))


def to_groups(scheme: str, groups: str = "six") -> dict[str, str]:
    """Return sector -> group of a scheme."""
    if scheme == groups:
        return {code: code for code in labels.sectors(scheme)["code"]}
    return labels.concordance(scheme, groups)


def _joins(scheme: str, groups: str) -> bool:
    return groups != "six" and (labels.data_dir() / "concordances" / f"{scheme}_to_{groups}.csv").exists()


def _total(found: Evidence | None) -> float | None:
    return None if found is None else float(found.values.sum())


def _moved(found: Evidence | None, year: int, nation: Callable[[int], float | None]) -> Evidence | None:
    """Return provincial evidence times the nation's growth from its year to the one asked for."""
    if found is None or not found.apart:
        return found
    then, now = nation(found.year), nation(year)
    return found if then is None or now is None else found._replace(values=found.values * now / then)
