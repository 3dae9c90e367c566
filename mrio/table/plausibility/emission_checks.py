"""Plausibility of direct CO2 emissions, by province, sector and fuel."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import xarray as xr

from mrio import labels
from mrio.table.plausibility.judging import another_year, cells_of, departures, found, judge, proportional, scaled_alike
from mrio.table.plausibility.known_figures import (
    co2_by_year,
    common_groups,
    household_co2,
    national_co2,
    national_figure,
    national_intensity,
    provincial_co2,
    provincial_figure,
    provincial_fuels,
    to_groups,
)
from mrio.table.plausibility.registry import rule
from mrio.table.validation.report import Check

#: Parts below which a fuel, group, sector or cell is too small to be judged.
SHARES = {
    "national fuels": 0.02, "emissions by group": 0.02, "emissions by sector": 0.01, "sector intensity": 0.005,
    "cell intensity": 0.01,
}  # fmt: skip
HOUSEHOLDS = "households"
#: Beyond this ratio of the middle province to its inventory, all provinces are taken to be off.
MIDDLE = 1.3
#: Mt up to which a cell differs from the inventory in its digits alone.
DIGITS = 1e-5


def check_emissions(
    emissions: xr.Dataset,
    output: xr.DataArray | None = None,
    statistics: xr.Dataset | None = None,
) -> list[Check]:
    """Return the checks of an emission Dataset.

    Parameters
    ----------
    emissions : Dataset
        ``F(region, sector)`` and ``F_Y(region)``, Mt, and where known ``F_by_fuel`` and ``F_Y_by_fuel``; attributes
        ``year`` and ``scheme``.
    output : DataArray (region, sector), 10^4 yuan, optional
        Of the table the emissions go with: adds the checks of intensity.
    statistics : Dataset, optional
        ``population`` (10^4) and ``gdp`` (10^8 yuan) of the year, in place of the evidence's.
    """
    F = emissions["F"].transpose("region", "sector").to_pandas()
    F_Y = emissions["F_Y"].to_pandas()
    year, scheme = int(emissions.attrs["year"]), str(emissions.attrs["scheme"])
    checks = [*_identical(emissions, F), found(rule("provinces without emissions"), _empty(F, F_Y))]
    if set(F.index) <= set(labels.provinces().index):
        total = F.sum(axis="columns") + F_Y
        national, provincial = list(_national(emissions, total, year)), list(_provincial(F, F_Y, year, scheme))
        # one province off is said of the province, all of them of the country
        checks += [*national, *provincial] if _most_off(total, year) else [*provincial, *national]
        checks += [*_off_the_inventory(emissions, F, F_Y, year, scheme), *_households(emissions, year)]
        checks += _per_head_and_gdp(total, year, statistics)
        checks += [] if output is None else _intensities(F, output, year, scheme)
    return checks


def _identical(emissions: xr.Dataset, F: pd.DataFrame) -> Iterator[Check]:
    """Yield the checks of names and of provinces that are copies of each other."""
    pairs = proportional(F)
    yield found(rule("provinces with the same emissions"), [f"{a} and {b}" for a, b in pairs])
    fuels = emissions["fuel"].values.tolist() if "fuel" in emissions.dims else []
    known = {*labels.fuels().index, "total"}
    yield found(rule("unknown fuels"), [repr(fuel) for fuel in fuels if fuel not in known])


def _empty(F: pd.DataFrame, F_Y: pd.Series) -> list[str]:
    """Return the provinces whose production emits nothing; with `(households)` those whose households do not."""
    nothing = F.sum(axis="columns") == 0
    return [*F.index[nothing], *(f"{name} (households)" for name in F.index[(F_Y == 0) & ~nothing])]


def _national(emissions: xr.Dataset, total: pd.Series, year: int) -> Iterator[Check]:
    """Yield the totals of the country against its own inventory, where no province with an inventory is missing."""
    nation, provinces = national_co2(year), provincial_co2(year)
    if nation is None or provinces is None or not set(provinces.values.index.unique("region")) <= set(total.index):
        return
    sums = pd.Series({"all provinces": total.sum()})
    expected = pd.Series({"all provinces": nation.values.sum()})
    yield judge(rule("national emissions"), sums, expected, "Mt", year=nation.year, apart=nation.apart)
    if "F_by_fuel" in emissions:
        fuels = emissions["F_by_fuel"].sum(("region", "sector")).to_pandas()
        fuels += emissions["F_Y_by_fuel"].sum(("region", "household")).to_pandas()
        large = nation.values[nation.values >= SHARES["national fuels"] * nation.values.sum()]
        yield judge(rule("national fuels"), fuels, large, "Mt", year=nation.year, apart=nation.apart)


def _most_off(total: pd.Series, year: int) -> bool:
    """Return whether the middle province is off, and not a few of them."""
    known = provincial_co2(year)
    if known is None:
        return True
    middle = float((total / known.values.groupby("region").sum()).median())
    return not 1 / MIDDLE < middle < MIDDLE


def _provincial(F: pd.DataFrame, F_Y: pd.Series, year: int, scheme: str) -> Iterator[Check]:
    known = provincial_co2(year)
    if known is None:
        return
    groups = F.T.groupby(to_groups(scheme)).sum().T.assign(**{HOUSEHOLDS: F_Y})
    expected = known.values.unstack("group")  # noqa: PD010 - labels, nothing to aggregate
    about = {"year": known.year, "apart": known.apart}
    total, inventory = groups.sum(axis="columns"), expected.sum(axis="columns")
    yield judge(rule("provincial emissions"), total, inventory, "Mt", **about)
    large = expected.where(expected.ge(SHARES["emissions by group"] * expected.sum(axis="columns"), axis="index"))
    yield judge(rule("emissions by group"), cells_of(groups), cells_of(large), "Mt", **about)
    yield from _by_sector(F, total, year, scheme)


def _by_sector(F: pd.DataFrame, total: pd.Series, year: int, scheme: str) -> Iterator[Check]:
    """Yield CO2 by the sectors that inventory and scheme have in common, where these are finer than the six."""
    to = common_groups(scheme)
    known = provincial_co2(year, to)
    if known is None or to == "six":
        return
    mass = F.T.groupby(to_groups(scheme, to)).sum().T
    expected = known.values.unstack("group").reindex(index=F.index, columns=mass.columns)  # noqa: PD010 - labels alone
    least = SHARES["emissions by sector"] * total
    large = expected.where(expected.ge(least, axis="index") | mass.ge(least, axis="index"))
    about = {"year": known.year, "apart": known.apart}
    yield judge(rule("emissions by sector"), cells_of(mass), cells_of(large), "Mt", **about)


def _off_the_inventory(
    emissions: xr.Dataset, F: pd.DataFrame, F_Y: pd.Series, year: int, scheme: str
) -> Iterator[Check]:
    """Yield the cells, by sector and by fuel, that are not of the inventory from which nearly all others are taken."""
    check, to = rule("emissions off their inventory"), common_groups(scheme)
    total = F.sum(axis="columns") + F_Y
    other = another_year(total, co2_by_year(), year)
    yield from scaled_alike(rule("figures scaled alike"), "CO2", total, co2_by_year())
    yield found(rule("figures of another year"), [f"emissions are the inventory of {other}"] if other else [])
    known, fuels, kinds = provincial_co2(year, to), provincial_fuels(year), _by_kind(emissions)
    if known is not None and not known.apart:
        mass = F.T.groupby(to_groups(scheme, to)).sum().T.assign(**{HOUSEHOLDS: F_Y}, **kinds)
        of_kinds = household_co2(year)
        expected = known.values if of_kinds is None else pd.concat([known.values, of_kinds.values])
        yield departures(check, cells_of(mass), expected, year, DIGITS)
    if fuels is not None and "F_by_fuel" in emissions:
        burnt = emissions["F_by_fuel"].sum("sector") + emissions["F_Y_by_fuel"].sum("household")
        yield departures(check, cells_of(burnt.transpose("region", "fuel").to_pandas()), fuels, year, DIGITS)


def _by_kind(emissions: xr.Dataset) -> dict[str, pd.Series]:
    """Return kind of household -> CO2 by province, where the kinds are known."""
    if "F_Y_by_fuel" not in emissions:
        return {}
    by_kind = emissions["F_Y_by_fuel"].sum("fuel")
    return {str(kind): by_kind.sel(household=kind).to_pandas() for kind in by_kind["household"].values}


def _households(emissions: xr.Dataset, year: int) -> Iterator[Check]:
    """Yield a check where rural households burn as much more than urban ones as the evidence says they burn less."""
    kinds, known = _by_kind(emissions), household_co2(year)
    if known is None or not {"urban", "rural"} <= set(kinds):
        return
    expected = known.values.unstack("sector")  # noqa: PD010 - labels, nothing to aggregate
    values = (kinds["rural"] / kinds["urban"]).where((kinds["rural"] > 0) & (kinds["urban"] > 0)).dropna()
    about = {"year": known.year, "apart": known.apart}
    check = judge(
        rule("rural over urban households"), values, expected["rural"] / expected["urban"], "(ratio)", **about
    )
    if not check.passed:
        yield check


def _per_head_and_gdp(total: pd.Series, year: int, statistics: xr.Dataset | None) -> Iterator[Check]:
    """Yield t per head and t per 10^4 yuan of GDP against the nation's."""
    nation = national_co2(year)
    for name, variable, unit in (
        ("emissions per head", "population", "t per head"),
        ("emissions per GDP", "gdp", "t per 10k CNY"),
    ):
        country, base = national_figure(variable, year), _by_province(variable, year, statistics)
        if nation is None or country is None or base is None:
            continue
        # Mt over 10^4 persons is 100 t per head; Mt over 10^8 yuan is 100 t per 10^4 yuan
        values = (100 * total / base).dropna()
        expected = pd.Series(100 * nation.values.sum() / country.values.iloc[0], values.index)
        apart = max(nation.apart, country.apart)
        yield judge(rule(name), values, expected, unit, year=nation.year, apart=apart)


def _by_province(variable: str, year: int, statistics: xr.Dataset | None) -> pd.Series | None:
    """Return a statistic by province: as given, else the evidence's."""
    if statistics is not None and variable in statistics:
        return statistics[variable].to_series()
    known = provincial_figure(variable, year)
    return None if known is None else known.values


def _intensities(F: pd.DataFrame, output: xr.DataArray, year: int, scheme: str) -> Iterator[Check]:
    """Yield t per 10^4 yuan of output against the nation's: sectors of the country, and of a province."""
    known = national_intensity(year, scheme)
    if known is None:
        return
    groups, nation, intensity = known
    x: pd.DataFrame = output.sel(region=F.index.to_list()).transpose("region", "sector").to_pandas()
    mass, money = (frame.T.groupby(groups).sum().T for frame in (F, x))
    unit, about = "t per 10k CNY", {"year": intensity.year, "apart": intensity.apart}
    large = nation["co2_mt"] >= SHARES["sector intensity"] * nation["co2_mt"].sum()
    national = 1e6 * mass.sum() / money.sum().where(money.sum() > 0)
    yield judge(rule("sector intensity"), national.dropna(), intensity.values[large], unit, **about)
    large_cells = mass.ge(SHARES["cell intensity"] * mass.sum(axis="columns"), axis="index")
    cells = cells_of((1e6 * mass / money.where(money > 0)).where(large_cells))
    expected = pd.Series(intensity.values[cells.index.get_level_values(1)].to_numpy(), cells.index)
    yield judge(rule("cell intensity"), cells, expected, unit, **about)


def sheets_left_out(emissions: xr.Dataset) -> Check:
    """Return the check that an inventory has every province that those known of its year have."""
    known = provincial_co2(int(emissions.attrs["year"]))
    usual = [] if known is None else known.values.index.unique("region").tolist()
    there = set(emissions["region"].values)
    return found(rule("provinces left out"), [f"sheet of {name}" for name in usual if name not in there])
