"""Where nearly all figures are those of a known source, the few that are not are named, however small."""

from __future__ import annotations

import runpy
from collections.abc import Callable

import pandas as pd
import pytest
import xarray as xr

from mrio.formats.inputs.emission_files import read_emissions
from mrio.formats.inputs.socioeconomic import read_socioeconomic
from mrio.table.plausibility.assessment import check_plausibility

EMISSIONS, FIGURES = "emissions off their inventory", "figures off their source"


@pytest.fixture(scope="module")
def emissions(repo) -> xr.Dataset:
    return read_emissions(repo / "data/raw/2017/emissions_42.csv", year=2017)


@pytest.fixture(scope="module")
def statistics(repo) -> xr.Dataset:
    return read_socioeconomic(repo / "data/raw/2017/socioeconomic.csv")


def said(name: str, **inputs: xr.Dataset) -> list[str]:
    """Return what the check of that name warns of; it refuses nothing."""
    checks = [check for check in check_plausibility(**inputs) if check.check == name and not check.passed]
    assert all(check.level == "warning" for check in checks)
    return [check.message for check in checks]


def changed(emissions: xr.Dataset, change: Callable[[xr.DataArray], None]) -> xr.Dataset:
    """Return the emissions after a change of their fuels by sector, the total following."""
    F = emissions["F_by_fuel"].copy(deep=True)
    change(F)
    return emissions.assign(F_by_fuel=F, F=F.sum("fuel"))


def exchange(**where: object) -> Callable[[xr.DataArray], None]:
    """Exchange what stands at the two labels of the last dimension named."""
    name, pair = list(where.items())[-1]
    rest = {key: value for key, value in where.items() if key != name}

    def change(F: xr.DataArray) -> None:
        F.loc[{**rest, name: pair}] = F.loc[{**rest, name: list(reversed(pair))}].values

    return change


#: Edits beneath every factor: small sectors, fuels of equal sums, a tenth of a cell.
EDITS = {
    "a small sector of two provinces": (exchange(sector="08", region=["Jilin", "Hunan"]), "Jilin 08"),
    "the smallest of mining": (exchange(sector="05", region=["Anhui", "Hubei"]), "Anhui 05"),
    "services of two provinces": (exchange(sector="38", region=["Anhui", "Hubei"]), "31-42"),
    "two small sectors of a province": (exchange(region="Hunan", sector=["08", "09"]), "Hunan 08"),
    "two fuels of a province": (exchange(region="Hebei", fuel=["raw_coal", "natural_gas"]), "Hebei raw_coal"),
    "two fuels of a cell": (exchange(region="Hebei", sector="14", fuel=["coke", "diesel_oil"]), "Hebei coke"),
    "two fuels everywhere": (exchange(fuel=["lpg", "refinery_gas"]), "Liaoning"),
    "a tenth less of a cell": (lambda F: F.loc[{"region": "Hunan", "sector": "13"}].__imul__(0.9), "Hunan 13"),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_beneath_every_factor_is_named(emissions, name):
    change, place = EDITS[name]
    sentences = said(EMISSIONS, emissions=changed(emissions, change))
    assert any(place in sentence for sentence in sentences), sentences
    assert all("not those of the inventory of 2017" in sentence for sentence in sentences)


def test_clean_figures_are_those_of_their_source(emissions, statistics):
    assert said(EMISSIONS, emissions=emissions) == said(FIGURES, statistics=statistics) == []


def test_another_inventory_is_not_held_to_this_one(emissions):
    """A revision moves most cells: none of them is then odd for being another."""
    other = emissions["F_by_fuel"] * xr.DataArray([1.01] * 30, {"region": emissions["region"]}, ["region"])
    assert said(EMISSIONS, emissions=emissions.assign(F_by_fuel=other, F=other.sum("fuel"))) == []
    assert said(EMISSIONS, emissions=emissions.assign_attrs(year=2018)) == []


@pytest.mark.parametrize("variable", ["engel", "engel_urban", "gdp", "population", "gdp_per_capita"])
def test_neighbours_exchanged_in_one_variable_are_named(statistics, variable):
    pair = statistics[variable].to_series().sort_values().index[3:5].tolist()
    data = statistics.copy(deep=True)
    data[variable].loc[{"region": pair}] = statistics[variable].sel(region=pair[::-1]).values
    (sentence,) = said(FIGURES, statistics=data)
    assert all(f"{name} {variable}" in sentence for name in pair) and "not the figures known of 2017" in sentence


def test_the_fuels_of_provinces_are_the_sums_of_their_inventories(repo, shared_data):
    folder = repo / "data/raw/evidence/plausibility"
    made = runpy.run_path(str(folder / "derive.py"))["provincial_fuels"](shared_data).reset_index(drop=True)
    known = pd.read_csv(folder / "provincial_fuels.csv")
    pd.testing.assert_frame_equal(made, known, check_dtype=False, rtol=1e-9)
    sums = pd.read_csv(folder / "provincial_co2.csv").groupby(["year", "region"])["co2_mt"].sum()
    pd.testing.assert_series_equal(known.groupby(["year", "region"])["co2_mt"].sum(), sums, rtol=1e-3)
