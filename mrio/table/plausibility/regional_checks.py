"""Plausibility of the regional picture: emissions, GDP, and shares printed beside forests and land."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import xarray as xr

from mrio import labels
from mrio.table.plausibility.judging import departures, exchanged, found, judge
from mrio.table.plausibility.known_figures import provincial_co2, provincial_figure
from mrio.table.plausibility.registry import rule
from mrio.table.validation.report import Check

#: Variable -> what its printed share is a share of: these of the province, or (none) the variable of all provinces.
SHARE_OF = {
    "forest_stock": (),
    "agricultural_land": ("agricultural_land", "built_land"),
    "built_land": ("agricultural_land", "built_land"),
}
#: Percentage points up to which a share is its printed one: half of the second decimal, and a little.
DIGITS = 0.0051
#: Years within which no two provinces come to look like each other.
NEAR = 2


def check_regional(data: xr.Dataset) -> list[Check]:
    """Return the checks of a regional file.

    Parameters
    ----------
    data : Dataset
        Some of ``emissions`` (Mt), ``gdp`` (10^8 yuan), ``forest_stock``, ``agricultural_land`` and ``built_land``,
        each (region) with an attribute ``year``, and ``<variable>_printed_share``, percent.
    """
    if not set(data["region"].values) <= set(labels.provinces().index):
        return []
    return [*_emissions(data), *_gdp(data), *_shares(data), *_left_out(data)]


def _left_out(data: xr.Dataset) -> Iterator[Check]:
    """Yield a check where a variable lacks provinces that others have figures of."""
    inventories = provincial_co2(int(data["emissions"].attrs["year"])) if "emissions" in data else None
    every = labels.provinces().index.tolist()
    odd: list[str] = []
    for name in (str(name) for name in data.data_vars if not str(name).endswith("_printed_share")):
        known = inventories.values.index.unique("region") if name == "emissions" and inventories else every
        there = set(data[name].to_series().dropna().index)
        odd += [f"{name} of {region}" for region in known if region not in there]
    yield from [found(rule("provinces left out"), odd)] if odd else []


def _emissions(data: xr.Dataset) -> Iterator[Check]:
    known = provincial_co2(int(data["emissions"].attrs["year"])) if "emissions" in data else None
    if known is None:
        return
    values, expected = data["emissions"].to_series().dropna(), known.values.groupby("region").sum()
    yield judge(rule("regional emissions"), values, expected, "Mt", year=known.year, apart=known.apart)
    if not known.apart:
        yield departures(rule("emissions off their inventory"), values, expected, known.year)


def _gdp(data: xr.Dataset) -> Iterator[Check]:
    known = provincial_figure("gdp", int(data["gdp"].attrs["year"])) if "gdp" in data else None
    if known is not None:
        about = {"year": known.year, "apart": known.apart}
        values = data["gdp"].to_series().dropna()
        yield judge(rule("regional GDP"), values, known.values, "100M CNY", **about)
        pairs = exchanged(values, known.values) if known.apart <= NEAR else []
        yield from [found(rule("provinces for each other"), pairs)] if pairs else []


def _shares(data: xr.Dataset) -> Iterator[Check]:
    """Yield the check of printed shares: the source's own sum over what a reader may have retyped."""
    odd: list[str] = []
    for name, parts in SHARE_OF.items():
        if name in data and set(parts) <= set(data.data_vars):
            whole = sum(data[part] for part in parts) if parts else data[name].sum()
            share: pd.Series = (100 * data[name] / whole).to_series()
            printed = data[f"{name}_printed_share"].to_series()
            odd += [f"{region} {name}" for region in share.index[(share - printed).abs() > DIGITS]]
    yield found(rule("printed shares"), odd)
