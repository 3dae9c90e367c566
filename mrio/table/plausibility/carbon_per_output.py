"""Plausibility of emissions that come beside a table alone: their size against its output, and the inventories."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from warnings import warn

import xarray as xr

from mrio import labels
from mrio.table.interregional import Table
from mrio.table.plausibility.emission_checks import HOUSEHOLDS, SHARES
from mrio.table.plausibility.judging import judge
from mrio.table.plausibility.known_figures import provincial_co2, to_groups
from mrio.table.plausibility.price_and_income import judged
from mrio.table.plausibility.registry import rule
from mrio.table.validation.report import Check
from mrio.units import SIZES, conversion, currency_of

#: Tonnes per 10^4 yuan of output: 1.5 in 1997, 0.4 in 2017.
NATION = 0.5


def emissions_of_size(F: xr.DataArray, table: Table) -> Iterator[Check]:
    """Yield a check where CO2 of provinces is of another size than any known, else where a province's is.

    Nothing is yielded of other regions, another currency, a stressor that is not CO2, or sizes that are usual.
    """
    size = _tonnes(F)
    known = set(table.regions) <= set(labels.provinces().index) and currency_of(table.unit) == "CNY"
    output = float(table.output.sum()) * conversion(table.unit, "10k CNY") if known else 0.0
    if not size or not output:
        return
    of_all = judged("carbon per output", size * float(F.sum()) / output, NATION, "t per 10k CNY", "all regions")
    of_each = [*_against_inventories("provincial emissions", F.sum("sector"), size, table.year)]
    of_each += _sectors_against_inventories(F, size, table)
    # a warning whatever the factor: what refuses is said where files are known, and can be accepted by name
    yield from [replace(check, level="warning") for check in (of_all, *of_each) if not check.passed][:1]


def warn_of_carbon(F: xr.DataArray, table: Table, F_Y: xr.DataArray | None = None) -> None:
    """Warn of what :func:`emissions_of_size` finds, and of households whose CO2 is not that of the inventories."""
    checks = list(emissions_of_size(F, table))
    if F_Y is not None and set(table.regions) <= set(labels.provinces().index):
        checks += _against_inventories("emissions by group", F_Y, _tonnes(F_Y), table.year)
    for check in checks:
        if not check.passed:
            warn(f"{check.message}.", stacklevel=4)


def _tonnes(emitted: xr.DataArray) -> float:
    """Return how many tonnes one unit of emissions is; zero where they are not CO2 alone, by mass."""
    unit = str(emitted.attrs.get("unit", "Mt")).removesuffix(" CO2")
    one = "stressor" not in emitted.dims and emitted.attrs.get("stressor", "CO2") == "CO2"
    return conversion(unit, "t") if one and unit in SIZES["mass"] else 0.0


def _against_inventories(name: str, emitted: xr.DataArray, tonnes: float, year: int) -> Iterator[Check]:
    """Yield CO2 by province, of production or households, against that of the inventories of the year."""
    known = provincial_co2(year)
    if known is None or not tonnes:
        return
    by_group = known.values.unstack("group")
    of_households = name == "emissions by group"
    expected = by_group[HOUSEHOLDS] if of_households else by_group.drop(columns=HOUSEHOLDS).sum(axis="columns")
    values = emitted.to_series() * tonnes / 1e6
    if of_households:
        values, expected = (of.rename(lambda region: f"{region} {HOUSEHOLDS}") for of in (values, expected))
    yield judge(rule(name), values, expected, "Mt", year=known.year, apart=known.apart)


def _sectors_against_inventories(F: xr.DataArray, tonnes: float, table: Table) -> Iterator[Check]:
    """Yield CO2 by province and group of sectors against the inventories: rows that stand under other sectors."""
    known = provincial_co2(table.year)
    if known is None or not table.scheme or not labels.adds_up(table.scheme, "six"):
        return
    groups = F.to_series().rename(to_groups(table.scheme), level="sector").groupby(level=["region", "sector"]).sum()
    of_region = known.values.groupby(level="region").transform("sum")
    large = known.values[known.values >= SHARES["emissions by group"] * of_region]
    yield judge(rule("emissions by group"), groups * tonnes / 1e6, large, "Mt", year=known.year, apart=known.apart)
