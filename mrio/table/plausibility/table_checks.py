"""Plausibility of tables, interregional or provincial: whose rows are these, and is the money the nation's?"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from mrio import labels
from mrio.table.interregional import Table
from mrio.table.plausibility.judging import another_year, cells_of, departures, found, judge, proportional, scaled_alike
from mrio.table.plausibility.known_figures import (
    figures_by_year,
    national_figure,
    national_intensity,
    provincial_figure,
)
from mrio.table.plausibility.registry import rule
from mrio.table.provincial import ProvincialTables
from mrio.table.validation.report import Check
from mrio.units import conversion, currency_of

#: Classifications the national table can be added up to.
SCHEMES = ("42", "42-2012", "six")
#: Part of the nation's output below which a sector is too small to be judged.
SMALL_SECTOR = 0.005


def check_table(table: Table | ProvincialTables) -> list[Check]:
    """Return the checks of a table; those against Chinese evidence only where its regions are provinces.

    In another currency than yuan they cannot be made: validation refuses provinces of China in it.
    """
    between = "to_region" in table.Z.dims
    inputs = table.Z.sum("region").rename(to_region="region") if between else table.Z
    values = inputs.transpose("region", "sector", "to_sector").values
    frame = pd.DataFrame(values.reshape(len(table.regions), -1), index=table.regions)
    checks = [found(rule("provinces with the same inputs"), [f"{a} and {b}" for a, b in proportional(frame)])]
    others = [name for name in table.regions if name not in labels.provinces().index]
    strange = others if len(others) < len(table.regions) else []
    checks.append(found(rule("regions that are no provinces"), [repr(name) for name in strange]))
    if set(table.regions) <= set(labels.provinces().index) and currency_of(table.unit) == "CNY":
        checks += [*_year(table), *_value_added(table), *_output(table)]
    return checks


def _added(table: Table | ProvincialTables) -> pd.Series:
    """Return value added by province, 10^8 yuan."""
    return table.value_added.sum(("component", "sector")).to_pandas() * conversion(table.unit, "100M CNY")


def _year(table: Table | ProvincialTables) -> Iterator[Check]:
    """Yield whether the year stated has evidence, and is the one whose figures these are."""
    unknown = national_figure("gdp", table.year) is None
    yield found(rule("year without evidence"), [str(table.year)] if unknown else [])
    added, known = _added(table), figures_by_year("value_added")
    other = another_year(added, known, table.year)
    yield from scaled_alike(rule("figures scaled alike"), "value added", added, known)
    if table.year in known:
        of_year, name = known[table.year].droplevel("year"), "value added"
        odd = rule("figures off their source")
        check = departures(odd, cells_of(added.to_frame(name)), cells_of(of_year.to_frame(name)), table.year)
        yield from [] if check.passed else [check]
    yield found(
        rule("figures of another year"),
        [f"value added by province is that of the official tables of {other}"] if other else [],
    )


def _value_added(table: Table | ProvincialTables) -> Iterator[Check]:
    """Yield value added by province against GDP, 10^8 yuan."""
    known = provincial_figure("gdp", table.year)
    if known is not None:
        values = _added(table)
        about = {"year": known.year, "apart": known.apart}
        yield judge(rule("provincial value added"), values, known.values, "100M CNY", **about)


def _output(table: Table | ProvincialTables) -> Iterator[Check]:
    """Yield output by sector of all provinces against the nation's, 10^8 yuan, moved to the year by national GDP.

    Only where the provinces make up nearly the whole country.
    """
    known = national_intensity(table.year, table.scheme) if table.scheme in SCHEMES else None
    if known is None or len(set(labels.provinces().index) - set(table.regions)) > 1:
        return
    groups, nation, intensity = known
    then, now = national_figure("gdp", intensity.year), national_figure("gdp", table.year)
    growth = 1.0 if then is None or now is None else float(now.values.iloc[0] / then.values.iloc[0])
    expected = nation["output_10k_cny"] / 1e4
    expected = expected[expected >= SMALL_SECTOR * expected.sum()] * growth
    values = table.output.sum("region").to_series().groupby(groups).sum() * conversion(table.unit, "100M CNY")
    yield judge(rule("sector output"), values, expected, "100M CNY", year=intensity.year, apart=intensity.apart)
