"""Figures that are another year's, or another unit's, by one number in every province; households of the other kind."""

from __future__ import annotations

import pytest
import xarray as xr

import mrio
from mrio.formats.inputs.emission_files import read_emissions
from mrio.formats.inputs.socioeconomic import read_socioeconomic
from mrio.formats.netcdf import read_netcdf
from mrio.table.interregional import Table
from mrio.table.plausibility.assessment import check_plausibility

ALIKE, HOUSEHOLDS = "figures scaled alike", "rural over urban households"


@pytest.fixture(scope="module")
def table(repo) -> Table:
    return read_netcdf(repo / "data/raw/2017/mrio_42.nc")


@pytest.fixture(scope="module")
def emissions(repo) -> xr.Dataset:
    return read_emissions(repo / "data/raw/2017/emissions_42.csv", year=2017)


@pytest.fixture(scope="module")
def statistics(repo) -> xr.Dataset:
    return read_socioeconomic(repo / "data/raw/2017/socioeconomic.csv")


def warned(name: str, **inputs: object) -> list[str]:
    checks = [check for check in check_plausibility(**inputs) if check.check == name and not check.passed]
    assert all(check.level == "warning" for check in checks)
    return [check.message for check in checks]


def times(data: xr.Dataset, factor: float, *names: str, year: int = 2017) -> xr.Dataset:
    """Return the data, some or all variables times a factor, as of a year."""
    made = {name: (data[name] * factor).assign_attrs(data[name].attrs) for name in names or data.data_vars}
    return data.assign(made).assign_attrs(year=year)


@pytest.mark.parametrize("year", [2017, 2018])
@pytest.mark.parametrize("factor", [0.97, 1.03])
def test_one_growth_rate_for_all_provinces_is_named(emissions, statistics, factor, year):
    (sentence,) = warned(ALIKE, emissions=times(emissions, factor, year=year))
    assert f"CO2: {factor} times the figures of 2017, in nearly every province" in sentence
    (sentence,) = warned(ALIKE, statistics=times(statistics, factor, "population", year=year))
    assert f"population: {factor} times the figures of 2017" in sentence


@pytest.mark.parametrize("variable", ["engel", "engel_urban", "gdp_per_capita"])
def test_so_is_one_factor_for_any_variable(statistics, variable):
    (sentence,) = warned(ALIKE, statistics=times(statistics, 1.05, variable))
    assert f"{variable}: 1.05 times the figures of 2017" in sentence


def test_a_table_at_other_prices_is_named(table):
    money = times(table.data, 1 / 1.2, year=2016)
    (sentence,) = warned(ALIKE, table=Table(money))
    assert "value added: 0.8333 times the figures of 2017" in sentence


def test_figures_that_grew_unlike_each_other_are_not(emissions, statistics):
    growth = xr.DataArray([1.01 + 0.002 * (k % 9) for k in range(31)], {"region": statistics["region"]}, ["region"])
    moved = statistics.assign({name: statistics[name] * growth for name in ("gdp", "population")})
    assert warned(ALIKE, statistics=moved.assign_attrs(year=2018)) == []
    assert warned(ALIKE, emissions=(emissions * growth[:30]).assign_attrs(emissions.attrs | {"year": 2018})) == []


def test_population_of_one_province_beside_its_income(statistics):
    data = statistics.copy(deep=True)
    data["population"].loc[{"region": "Shanxi"}] *= 1.03
    (sentence,) = warned("GDP over population", statistics=data.assign_attrs(year=2018))
    assert sentence.startswith("Shanxi: 40,724 CNY, 0.968 times its per-capita GDP, 42,060: check population")


def exchanged(emissions: xr.Dataset, *regions: str) -> xr.Dataset:
    """Return emissions whose rows urban and rural are exchanged in some provinces, or all."""
    F_Y = emissions["F_Y_by_fuel"]
    other = F_Y.sel(household=F_Y["household"].values[::-1]).assign_coords(household=F_Y["household"])
    chosen = F_Y["region"].isin(regions or F_Y["region"].values)
    return emissions.assign(F_Y_by_fuel=other.where(chosen, F_Y))


def test_urban_and_rural_households_exchanged(emissions):
    (sentence,) = warned(HOUSEHOLDS, emissions=exchanged(emissions))
    assert "households of Beijing: 6.56 (ratio), 43 times the 0.153 of the inventory of 2017" in sentence
    assert "rows urban and rural are not exchanged" in sentence
    (sentence,) = warned(HOUSEHOLDS, emissions=exchanged(emissions).assign_attrs(year=2018))
    assert "(also Jiangsu" in sentence


def test_exchanged_in_one_province_where_both_burn_alike(emissions):
    assert warned(HOUSEHOLDS, emissions=exchanged(emissions, "Hunan")) == []
    (sentence,) = warned("emissions off their inventory", emissions=exchanged(emissions, "Hunan"))
    assert sentence.startswith("Hunan rural, Hunan urban: not those of the inventory of 2017")


def test_the_library_says_it_when_it_validates(table, emissions):
    F = emissions["F"]
    assert not [note for note in mrio.validate(table, F).notes() if "output" in note and "t per 10k" in note]
    (note,) = [note for note in mrio.validate(table, F * 1000).notes() if "times the 0.5 of the nation" in note]
    assert (
        note == "emissions over output are 395 t per 10k CNY, 791 times the 0.5 of the nation: check the unit of both"
    )
    stated = (F * 1000).assign_attrs(unit="kt")
    assert mrio.validate(table, stated).notes() == mrio.validate(table, F).notes()
