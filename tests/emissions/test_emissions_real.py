"""The committed emissions of 2012 and 2017, against the published inventories and independent national statistics."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from mrio import labels
from mrio.emissions.inventories import aggregate_emissions, inventory_emissions
from mrio.emissions.ipcc import effective_factor, emission_factors
from mrio.formats.inputs.emission_files import read_emissions, write_emissions
from mrio.formats.inputs.energy_balance import read_factors
from mrio.formats.inputs.socioeconomic import read_socioeconomic
from mrio.formats.workbooks.inventory import read_inventory
from mrio.formats.workbooks.provincial_folder import read_provincial_tables

YEARS = {2012: "42-2012", 2017: "42"}
THIRTY = [name for name in labels.provinces().index if name != "Tibet"]
OILS = [
    "crude_oil",
    "gasoline",
    "kerosene",
    "diesel_oil",
    "fuel_oil",
    "lpg",
    "refinery_gas",
    "other_petroleum_products",
]


@cache
def provincial(folder, year):
    return read_inventory(folder / "ceads_inventory" / f"ceads_prov_{year}.xlsx", year)


@cache
def national(folder, year):
    return read_inventory(folder / "ceads_inventory" / "ceads_nat.xlsx", year)


@pytest.fixture(scope="module", params=YEARS)
def committed(request, repo):
    """Return year, and the committed emissions at 42 and at six sectors."""
    folder = repo / "data" / "raw" / str(request.param)
    fine = read_emissions(folder / "emissions_42.csv", THIRTY, YEARS[request.param], request.param)
    return request.param, fine, read_emissions(folder / "emissions_6.csv", THIRTY, "six", request.param)


@pytest.fixture(scope="module")
def built(shared_data, committed):
    """Return the tables, the inventory and the emissions built from the workbooks of the committed year."""
    year = committed[0]
    inventory = provincial(shared_data, year)
    tables = read_provincial_tables(shared_data / "provincial_io" / str(year), year, YEARS[year])
    return tables, inventory, inventory_emissions(inventory, tables.Z, tables.output, YEARS[year])


def test_six_sectors_add_up_the_forty_two(committed):
    _, fine, six = committed
    added = aggregate_emissions(fine, "six")
    np.testing.assert_allclose(added["F_by_fuel"], six["F_by_fuel"], rtol=0, atol=1e-9)
    np.testing.assert_array_equal(added["F_Y_by_fuel"], six["F_Y_by_fuel"])


@pytest.mark.parametrize(
    ("year", "production", "households"), [(2017, 9725.6140, 445.6038), (2012, 9336.0568, 406.6438)]
)
def test_national_sums(repo, year, production, households):
    made = read_emissions(repo / "data" / "raw" / str(year) / "emissions_42.csv", scheme=YEARS[year])
    assert float(made["F"].sum()) == pytest.approx(production, abs=1e-4)
    assert float(made["F_Y"].sum()) == pytest.approx(households, abs=1e-4)


def test_the_committed_files_are_rebuilt_byte_for_byte(built, committed, repo, tmp_path):
    year, made = committed[0], built[2]
    folder = repo / "data" / "raw" / str(year)
    for name, emissions in (("emissions_42.csv", made), ("emissions_6.csv", aggregate_emissions(made, "six"))):
        assert write_emissions(emissions, tmp_path / name).read_bytes() == (folder / name).read_bytes()


def test_every_province_and_fuel_has_the_inventorys_total(built):
    _, inventory, made = built
    keys = ["region", "fuel"]
    expected = inventory.groupby(keys)["emissions"].sum().to_xarray().sel(region=THIRTY)
    total = made["F_by_fuel"].sum("sector") + made["F_Y_by_fuel"].sum("household")
    gap = np.abs(total.transpose(*keys) - expected.sel(fuel=total["fuel"]).transpose(*keys))
    assert float(gap.max()) < 2e-8, "rounding to one kilogram is all that may differ, Mt"


def test_the_groups_that_need_no_split_are_as_the_inventory_has_them(built, committed):
    year, inventory, made = committed[0], *built[1:]
    groups = "ceads-groups" if year == 2017 else "ceads-groups-2012"
    of = labels.concordance("ceads", groups)
    expected = inventory.assign(group=inventory["sector"].map(of)).groupby(["region", "group"])["emissions"].sum()
    added = aggregate_emissions(made, groups)["F"].to_series()
    np.testing.assert_allclose(added, expected.reindex(added.index), rtol=0, atol=2e-8)


def test_no_emission_falls_on_a_sector_without_output(built):
    tables, _, made = built
    output = tables.output.sel(region=made["region"])
    assert not ((made["F"] > 0) & (output <= 0)).any()


def test_how_much_the_national_key_had_to_split(built, committed):
    """Provinces whose table books no coal for trade or catering: a third of a percent of all emissions."""
    attrs = built[2].attrs
    assert 0.002 < attrs["fallback_Mt"] / float(built[2]["F"].sum()) < 0.004
    assert attrs["fallback_cells"] == {2017: 28, 2012: 34}[committed[0]]


def test_six_sector_emissions_agree_with_an_independent_tabulation(shared_data, repo):
    table = pd.read_csv(shared_data / "stats" / "provinces2017.csv").dropna(subset=["CO2_2017_total_Mt[C]"])
    columns = [c for c in table if c.startswith("CO2_2017_") and "total" not in c]
    made = read_emissions(repo / "data" / "raw" / "2017" / "emissions_6.csv", scheme="six")
    ours = np.column_stack([made["F"].values, made["F_Y"].values])
    np.testing.assert_allclose(ours, table[columns], atol=6e-5)


# -- what the inventories were made with -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fuel", "percent"),
    [("gasoline", 0.06), ("kerosene", 0.06), ("diesel_oil", -0.07), ("natural_gas", -0.07), ("lpg", 0.95)],
)
def test_effective_factors_of_2017_are_those_of_ndrc(shared_data, fuel, percent):
    """Oil and gas within 0.1% of NDRC, as METHOD says; LPG is not (+0.95%)."""
    ndrc = emission_factors(read_factors(), "ndrc")["factor"][fuel]
    inventory = provincial(shared_data, 2017)
    cells = inventory.loc[inventory["fuel"] == fuel, "emissions"]
    found, agreement = effective_factor(cells, ndrc * 0.97, ndrc * 1.03, steps=6001)
    assert (found / ndrc - 1) * 100 == pytest.approx(percent, abs=0.02)
    assert agreement > 0.15


@pytest.mark.parametrize("year", [2005, 2010])
@pytest.mark.parametrize("sector", ["C01", "C44"])
def test_national_petroleum_use_and_the_national_inventory_agree(shared_data, repo, year, sector):
    """Tonnes of oil the inventory implies, against the China Statistical Yearbook: 0.3% with NDRC factors, 0.01% with
    the effective ones, 1.0 to 1.4% with the factors CEADs printed."""
    inventory = national(shared_data, year)
    emitted = inventory[inventory["sector"] == sector].set_index("fuel")["emissions"][OILS]
    table = pd.read_csv(repo / "data" / "reference" / "national_petroleum_use.csv").set_index(["year", "sector"])
    published = table.loc[(year, sector), "petroleum"]  # 10^4 t
    ndrc = emission_factors(read_factors(), "ndrc")["factor"]
    effective = pd.read_csv(repo / "data" / "reference" / "effective_factors.csv").set_index("fuel")["factor"]
    gap = {
        name: float((emitted / factors[OILS]).sum() * 100 / published - 1)
        for name, factors in {
            "ndrc": ndrc,
            "effective": ndrc.where(~ndrc.index.isin(effective.index), effective.reindex(ndrc.index)),
            "ceads": emission_factors(read_factors(), "ceads")["factor"],
        }.items()
    }
    assert abs(gap["ndrc"]) < 0.003
    assert abs(gap["effective"]) < 0.0002
    assert -0.015 < gap["ceads"] < -0.009


# -- socioeconomic figures --------------------------------------------------------------------------------------------
def test_socioeconomic_figures_of_2017(repo):
    read = read_socioeconomic(repo / "data" / "raw" / "2017" / "socioeconomic.csv", year=2017)
    assert read["region"].values.tolist() == labels.provinces().index.tolist()
    status = {name: read[name].attrs["status"] for name in read.data_vars}
    assert {name for name, word in status.items() if word == "verified"} == {"gdp", "population"}
    weights = read["population"] / read["population"].sum()
    assert float((read["engel"] * weights).sum()) == pytest.approx(0.293, abs=0.003), "national figure 29.3%"
    implied = read["gdp"] * 1e4 / read["population"]
    np.testing.assert_allclose(implied, read["gdp_per_capita"], rtol=0.012)
    assert float(read["gdp"].sum()) == pytest.approx(847140.1)


def test_socioeconomic_figures_are_those_of_their_source(shared_data, repo):
    table = pd.read_csv(shared_data / "stats" / "provinces2017.csv")
    read = read_socioeconomic(repo / "data" / "raw" / "2017" / "socioeconomic.csv")
    for name, column in (("gdp", "GDP2017_1e8yuan[A]"), ("engel", "Engel_all[calc]")):
        xr.testing.assert_equal(
            read[name].drop_vars("region"), xr.DataArray(table[column], dims="region").drop_vars("region")
        )
