"""Plausibility on the real inputs: clean ones pass without a word, edits that no identity sees are found."""

from __future__ import annotations

import runpy

import pandas as pd
import pytest
import xarray as xr

from mrio.formats.inputs.emission_files import read_emissions
from mrio.formats.inputs.socioeconomic import read_socioeconomic
from mrio.formats.netcdf import read_netcdf
from mrio.table.interregional import Table
from mrio.table.plausibility.checks_page import rules_page
from mrio.table.plausibility.emission_checks import check_emissions
from mrio.table.plausibility.registry import RULES
from mrio.table.plausibility.side_checks import check_growth, check_look_alikes, check_prices
from mrio.table.plausibility.socioeconomic_checks import check_socioeconomic
from mrio.table.plausibility.table_checks import check_table


@pytest.fixture(scope="module")
def inputs(repo):
    """Return year -> (table, emissions) as they ship."""
    tables = {year: read_netcdf(repo / f"data/raw/{year}/mrio_42.nc") for year in (2012, 2017)}
    return {
        year: (table, read_emissions(repo / f"data/raw/{year}/emissions_42.csv", table.regions, table.scheme, year))
        for year, table in tables.items()
    }


@pytest.fixture(scope="module")
def statistics(repo):
    return read_socioeconomic(repo / "data/raw/2017/socioeconomic.csv")


def failed(checks):
    """Return name -> (level, message) of the checks that did not pass."""
    return {check.check: (check.level, check.message) for check in checks if not check.passed}


@pytest.mark.parametrize("year", [2012, 2017])
def test_clean_inputs_pass_without_a_warning(inputs, statistics, year):
    table, emissions = inputs[year]
    checks = [*check_emissions(emissions, table.output, statistics if year == 2017 else None), *check_table(table)]
    checks += check_socioeconomic(statistics)
    assert failed(checks) == {}
    assert len(checks) >= 18  # nothing was skipped for want of evidence


def edited(emissions: xr.Dataset, change) -> xr.Dataset:
    """Return the emissions after a change of the fuels of provinces, everything else following from them."""
    parts = {name: emissions[name].copy(deep=True) for name in ("F_by_fuel", "F_Y_by_fuel")}
    change(*parts.values())
    totals = {"F": parts["F_by_fuel"].sum("fuel"), "F_Y": parts["F_Y_by_fuel"].sum(("fuel", "household"))}
    return xr.Dataset({**totals, **parts}, attrs=emissions.attrs)


def scaled(factor, **where):
    def change(F, F_Y):
        for part in (F, F_Y):
            if set(where) <= set(part.dims):
                part.loc[where] = part.loc[where] * factor

    return change


def pasted(source, target, factor=1.0):
    def change(F, F_Y):
        for part in (F, F_Y):
            part.loc[{"region": target}] = part.loc[{"region": source}].values * factor

    return change


def swapped(a, b):
    def change(F, F_Y):
        for part in (F, F_Y):
            part.loc[{"region": [a, b]}] = part.loc[{"region": [b, a]}].values

    return change


#: Edit of the emissions of 2017 -> (change, check, level, what the sentence says).
EMISSION_EDITS = {
    "everything x100": (scaled(100), "national emissions", "error", "all provinces: 1,017,122 Mt, 108 times the 9,408"),
    "t for Mt": (scaled(1e6), "provincial emissions", "error", "1,000,0"),
    "everything in 10 kt": (scaled(0.01), "provincial emissions", "error", ".01 times"),
    "everything doubled": (scaled(2), "national emissions", "error", "2.16 times"),
    "everything a half more": (scaled(1.5), "provincial emissions", "warning", "1.5 times"),
    "a province x1000": (scaled(1000, region="Hebei"), "provincial emissions", "error", "Hebei: 792,326 Mt, 1,000"),
    "a province in kt": (scaled(0.001, region="Hebei"), "provincial emissions", "error", "Hebei: 0.792 Mt, 0.001"),
    "a province a fifth more": (scaled(1.2, region="Hebei"), "provincial emissions", "warning", "Hebei: 951 Mt"),
    "a province zero": (scaled(0, region="Hebei"), "provinces without emissions", "error", "Hebei: no emissions"),
    "a fuel x10": (scaled(10, fuel="natural_gas"), "national fuels", "error", "fuel natural_gas: 4,4"),
    "a fuel x3": (scaled(3, fuel="raw_coal"), "national fuels", "warning", "fuel raw_coal"),
    "a sector x100": (scaled(100, sector="14"), "sector intensity", "error", "sector 14: "),
    "a sector in kt": (scaled(0.001, sector="24"), "sector intensity", "error", "sector 24: "),
    "a cell x1000": (scaled(1000, region="Hebei", sector="13"), "emissions by group", "error", "Hebei industry"),
    "a cell x2": (scaled(2, region="Hebei", sector="14"), "emissions by group", "warning", "Hebei industry"),
    "pasted": (pasted("Shanxi", "Fujian"), "provinces with the same emissions", "error", "Shanxi and Fujian"),
    "pasted and scaled": (pasted("Shanxi", "Fujian", 0.4), "provinces with the same emissions", "error", "up to scale"),
    "exchanged": (swapped("Shanxi", "Fujian"), "provincial emissions", "warning", "(also Shanxi)"),
    "households x100": (lambda F, F_Y: F_Y.__imul__(100), "emissions by group", "error", "households"),
    "no households": (lambda F, F_Y: F_Y.__imul__(0), "provinces without emissions", "error", "Beijing (households)"),
}  # fmt: skip


@pytest.mark.parametrize("name", EMISSION_EDITS)
def test_an_edit_of_emissions_is_found(inputs, name):
    change, check, level, said = EMISSION_EDITS[name]
    table, emissions = inputs[2017]
    found = failed(check_emissions(edited(emissions, change), table.output))
    assert check in found, found
    assert found[check][0] == level and said in found[check][1], found[check]


def test_a_column_that_is_no_fuel_is_refused(inputs):
    _, emissions = inputs[2017]
    fuels = [f if f != "other_energy" else "GDP" for f in emissions["fuel"].values.tolist()]
    found = failed(check_emissions(emissions.assign_coords(fuel=fuels)))
    assert found["unknown fuels"] == (
        "error",
        "column 'GDP' is no fuel of data/raw/fuels.csv and would be counted as one; take it out or rename it",
    )


def test_a_province_that_emits_beyond_any_other_is_found_by_head_and_by_gdp(inputs, statistics):
    _, emissions = inputs[2017]
    less = statistics.copy(deep=True)
    less["gdp"].loc[{"region": "Ningxia"}] /= 10
    less["population"].loc[{"region": "Ningxia"}] /= 10
    found = failed(check_emissions(emissions, None, less))
    assert found["emissions per GDP"][0] == found["emissions per head"][0] == "error"
    assert "Ningxia: 262 t per head, 39 times the nation's 6.72 of 2017" in found["emissions per head"][1]


def changed(statistics, name, factor, region=None):
    data = statistics.copy(deep=True)
    where = {"region": region} if region else {}
    data[name].loc[where] = data[name].loc[where] * factor
    return data


def exchanged(statistics, a, b):
    data = statistics.copy(deep=True)
    for variable in data.data_vars.values():
        variable.loc[{"region": [a, b]}] = variable.loc[{"region": [b, a]}].values
    return data


def copied(statistics, source, target):
    data = statistics.copy(deep=True)
    for variable in data.data_vars.values():
        variable.loc[{"region": target}] = variable.sel(region=source).values
    return data


#: Edit of the socioeconomic figures of 2017 -> (change, check, level, what the sentence says).
FIGURE_EDITS = {
    "Engel read as %": (lambda s: changed(s, "engel", 0.01), "Engel coefficient", "error", "check whether the cell is"),
    "one Engel in %": (lambda s: changed(s, "engel", 0.1, "Hebei"), "Engel coefficient", "error", "Hebei engel: 0.02"),
    "urban Engel": (lambda s: changed(s, "engel_urban", 1.5), "urban Engel coefficient", "warning", "all households"),
    "GDP per head in 10k": (lambda s: changed(s, "gdp_per_capita", 1e-4), "per-capita GDP", "error", "the nation's"),
    "GDP per head x10": (lambda s: changed(s, "gdp_per_capita", 10, "Gansu"), "known per-capita GDP", "error", "Gansu"),
    "GDP x10": (lambda s: changed(s, "gdp", 10, "Gansu"), "provincial GDP", "error", "Gansu: 74,599 100M CNY"),
    "GDP in 10k": (lambda s: changed(s, "gdp", 1e4), "provincial GDP", "error", "10,000 times"),
    "population in persons": (lambda s: changed(s, "population", 1e4), "provincial population", "error", "10,000 "),
    "population x1.5": (lambda s: changed(s, "population", 1.5, "Hunan"), "provincial population", "warning", "Hunan"),
    "exchanged": (lambda s: exchanged(s, "Hebei", "Henan"), "provincial population", "warning", "rows are its own"),
    "copied": (lambda s: copied(s, "Hebei", "Henan"), "provinces with the same figures", "error", "Hebei and Henan"),
}  # fmt: skip


@pytest.mark.parametrize("name", FIGURE_EDITS)
def test_an_edit_of_socioeconomic_figures_is_found(statistics, name):
    change, check, level, said = FIGURE_EDITS[name]
    found = failed(check_socioeconomic(change(statistics)))
    assert check in found, found
    assert found[check][0] == level and said in found[check][1], found[check]


def renamed(table: Table, a: str, b: str) -> Table:
    """Return the table with two provinces exchanged: the same numbers, two names swapped."""
    names = {a: b, b: a}
    regions = [names.get(name, name) for name in table.regions]
    data = table.data.assign_coords(region=regions, to_region=regions)
    return Table(data.sel(region=table.regions, to_region=table.regions))


def test_exchanged_provinces_of_a_table_are_found(inputs):
    found = failed(check_table(renamed(inputs[2017][0], "Guangdong", "Qinghai")))
    level, message = found["provincial value added"]
    assert level == "error" and "Guangdong" in message and "rows are its own" in message


def test_a_table_of_another_year_or_scale_is_found(inputs):
    table = inputs[2017][0]
    later = Table(table.data.assign_attrs(year=2012))
    assert failed(check_table(later))["provincial value added"][0] == "warning"
    small = Table(table.data.map(lambda v: v * 0.1, keep_attrs=True))
    assert failed(check_table(small))["sector output"][0] == "error"


def test_a_block_of_inputs_pasted_over_another_is_found(inputs):
    table = inputs[2017][0]
    Z = table.Z.copy(deep=True)
    Z.loc[{"to_region": "Hunan"}] = Z.sel(to_region="Hubei").values
    found = failed(check_table(Table(table.data.assign(Z=Z))))
    assert found["provinces with the same inputs"][1].startswith("Hubei and Hunan buy the same inputs")


def test_a_price_without_its_point_is_refused():
    prices = {"2025-09-18": 97.10, "2025-09-19": 9774.0, "2025-09-22": 97.52}
    level, message = failed(check_prices(prices))["market price"]
    assert level == "error" and message.startswith("2025-09-19: 9,774 yuan/t, 100 times the median of the sheet, 97.5")
    assert failed(check_prices({**prices, "2025-09-19": 97.74})) == {}
    assert failed(check_prices({day: price * 100 for day, price in prices.items()}))["price level"][0] == "error"


def test_an_area_in_square_metres_is_refused():
    assert failed(check_growth({"L01": 2.8, "L02": 2.65})) == {}
    level, message = failed(check_growth({"L01": 2.8, "L02": 2.65e-4}))["growth per area"]
    assert level == "error" and message.startswith("L02: 0.000265 t/ha/a") and "areas are hectares" in message


@pytest.mark.parametrize("pair", [("T-2025-001", "Т-2025-001"), ("T-2025-001", "t-2025-001"), ("ＰA", "PA")])
def test_names_that_look_alike_are_refused(pair):
    message = failed(check_look_alikes([*pair, "T-2025-002"]))["names that look alike"][1]
    assert repr(pair[0]) in message and repr(pair[1]) in message
    assert failed(check_look_alikes([pair[0], pair[0], "T-2025-002"])) == {}


def test_every_check_of_the_table_has_a_name_factors_that_rise_and_a_sentence():
    assert len({rule.name for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert (rule.warning is None) == (rule.error is None)
        assert rule.warning is None or 1 <= rule.warning < rule.error
        fields = dict.fromkeys(("place", "value", "expected", "ratio", "more", "unit", "year"), "x")
        assert rule.message.format(**fields) and rule.drift >= 1


def test_the_page_of_the_documentation_is_made_from_the_table(repo):
    assert (repo / "docs/plausibility.md").read_text(encoding="utf-8") == rules_page()


def test_the_evidence_is_the_sum_of_its_sources(repo, shared_data):
    folder = repo / "data/raw/evidence/plausibility"
    derive = runpy.run_path(str(folder / "derive.py"))
    for name, made in (
        ("national_fuels", derive["national_fuels"](shared_data)),
        ("national_intensity", derive["national_intensity"](shared_data, 2017)),
    ):
        known = pd.read_csv(folder / f"{name}.csv", dtype={"group": str})
        known = known[known["year"].isin(made["year"])].reset_index(drop=True)
        pd.testing.assert_frame_equal(made.reset_index(drop=True), known, check_dtype=False, rtol=1e-9)
