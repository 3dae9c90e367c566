"""Plausibility of GDP, population, per-capita GDP and Engel coefficients."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import xarray as xr

from mrio import labels, own_labels
from mrio.table.plausibility.judging import (
    SEVERAL,
    another_year,
    cells_of,
    departures,
    found,
    judge,
    scaled_alike,
    taken_from,
)
from mrio.table.plausibility.known_figures import figures_by_year, national_figure, provincial_figure
from mrio.table.plausibility.registry import rule
from mrio.table.validation.report import Check

#: Statistic of the provinces -> check and unit.
PROVINCIAL = {"gdp": ("provincial GDP", "100M CNY"), "population": ("provincial population", "10k persons")}


def check_socioeconomic(statistics: xr.Dataset) -> list[Check]:
    """Return the checks of socioeconomic figures.

    Parameters
    ----------
    statistics : Dataset
        Some of ``gdp`` (10^8 yuan), ``population`` (10^4), ``gdp_per_capita`` (yuan), ``engel`` and ``engel_urban``
        (ratios), each (region); attribute ``year``.
    """
    year = int(statistics.attrs["year"])
    figures = statistics.to_dataframe()
    checks = [found(rule("provinces with the same figures"), _identical(figures))]
    checks += [found(rule("one figure everywhere"), alike)] if (alike := _everywhere(figures)) else []
    if own_labels.in_use() is None:
        checks += engel_checks(figures, year)
    if set(figures.index) <= set(labels.provinces().index):
        checks += [*_provincial(figures, year), *per_capita_checks(figures, year), *_known_engel(figures, year)]
        checks += _of_each_other(figures)
        other = another_year(figures["gdp"], figures_by_year("gdp"), year) if "gdp" in figures else None
        checks.append(found(rule("figures of another year"), [f"GDP is that of {other}"] if other else []))
        for name in map(str, figures.columns):
            checks += scaled_alike(rule("figures scaled alike"), name, figures[name], figures_by_year(name))
        checks += [*_off_their_source(figures, year), *_exchanged(figures, year)]
    return checks


def _identical(figures: pd.DataFrame) -> list[str]:
    """Return the pairs of provinces that agree in two or more variables and differ in none."""
    if len(figures.columns) < 2:
        return []
    groups = figures.groupby(list(figures.columns), sort=False).groups.values()
    return [f"{names[0]} and {name}" for names in groups for name in names[1:]]


def _everywhere(figures: pd.DataFrame) -> list[str]:
    """Return the variables that are the same number in more than half of several provinces."""
    most = {str(name): figures[name].value_counts() for name in figures.columns if len(figures) >= SEVERAL}
    return [f"{name} {counts.index[0]:.6g}" for name, counts in most.items() if counts.iloc[0] > len(figures) / 2]


def engel_checks(figures: pd.DataFrame, year: int) -> Iterator[Check]:
    """Yield Engel coefficients against the nation's, and those of urban households against those of all."""
    nation = national_figure("engel", year)
    names = [name for name in ("engel", "engel_urban") if name in figures]
    if nation is not None and names:
        values = pd.concat({name: figures[name] for name in names}).swaplevel()
        expected = pd.Series(float(nation.values.iloc[0]), values.index)
        yield judge(rule("Engel coefficient"), values, expected, "(ratio)", year=nation.year, apart=nation.apart)
    if len(names) == 2:
        yield judge(rule("urban Engel coefficient"), figures["engel_urban"], figures["engel"], "(ratio)")


def _provincial(figures: pd.DataFrame, year: int) -> Iterator[Check]:
    for variable, (name, unit) in PROVINCIAL.items():
        known = provincial_figure(variable, year)
        if known is not None and variable in figures:
            yield judge(rule(name), figures[variable], known.values, unit, year=known.year, apart=known.apart)


def _of_each_other(figures: pd.DataFrame) -> Iterator[Check]:
    """Yield a check where GDP, population and per-capita GDP of a province do not go together."""
    if {"gdp", "population", "gdp_per_capita"} <= set(figures.columns):
        implied = 1e4 * figures["gdp"] / figures["population"]
        check = judge(rule("GDP over population"), implied, figures["gdp_per_capita"], "CNY")
        if not check.passed:
            yield check


def _known_engel(figures: pd.DataFrame, year: int) -> Iterator[Check]:
    """Yield Engel coefficients against those known of the province."""
    for variable in (name for name in ("engel", "engel_urban") if name in figures):
        known = provincial_figure(variable, year)
        if known is not None:
            about = {"year": known.year, "apart": known.apart}
            yield judge(rule("known Engel coefficient"), figures[variable], known.values, "(ratio)", **about)


def _off_their_source(figures: pd.DataFrame, year: int) -> Iterator[Check]:
    """Yield the figures that are not of the source from which nearly all others of the variable are taken."""
    for variable in figures.columns:
        known = provincial_figure(str(variable), year)
        if known is not None and not known.apart:
            values = cells_of(figures[[variable]])
            expected = pd.concat({variable: known.values}).swaplevel().reindex(values.index)
            yield departures(rule("figures off their source"), values, expected, year)


def _exchanged(figures: pd.DataFrame, year: int) -> Iterator[Check]:
    """Yield the check that Engel coefficients are not those of the other households."""
    odd, names = list[str](), ("engel", "engel_urban")
    for name, other in zip(names, reversed(names), strict=True):
        known = provincial_figure(other, year)
        if name in figures and known is not None and not known.apart and taken_from(figures[name], known.values):
            odd.append(name)
    yield found(rule("figures of another variable"), odd)


def per_capita_checks(figures: pd.DataFrame, year: int) -> Iterator[Check]:
    """Yield per-capita GDP against the nation's, and against the province's own."""
    if "gdp_per_capita" not in figures:
        return
    values = figures["gdp_per_capita"]
    gdp, population = national_figure("gdp", year), national_figure("population", year)
    if gdp is not None and population is not None:
        nation = 1e4 * gdp.values.iloc[0] / population.values.iloc[0]
        about = {"year": gdp.year, "apart": gdp.apart}
        yield judge(rule("per-capita GDP"), values, pd.Series(nation, values.index), "CNY", **about)
    money, people = provincial_figure("gdp", year), provincial_figure("population", year)
    if money is not None and people is not None:
        known = (1e4 * money.values / people.values).dropna()
        yield judge(rule("known per-capita GDP"), values, known, "CNY", year=money.year, apart=money.apart)
