"""Figures known from elsewhere, by hand: nearest year, growth of the nation, and what is not judged without them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from strategies import random_table

from mrio import labels
from mrio.formats.inputs.emission_files import read_emissions
from mrio.formats.inputs.socioeconomic import read_socioeconomic
from mrio.formats.netcdf import read_netcdf
from mrio.table.interregional import Table
from mrio.table.plausibility import known_figures
from mrio.table.plausibility.checks_page import rules_page
from mrio.table.plausibility.emission_checks import check_emissions
from mrio.table.plausibility.known_figures import REACH, national_figure, provincial_co2, provincial_figure
from mrio.table.plausibility.regional_checks import check_regional
from mrio.table.plausibility.registry import RULES
from mrio.table.plausibility.side_checks import check_all_measured, check_rules
from mrio.table.plausibility.side_rules import SIDE_RULES
from mrio.table.plausibility.socioeconomic_checks import check_socioeconomic
from mrio.table.plausibility.table_checks import check_table


@pytest.fixture
def evidence(monkeypatch):
    """Return a function that puts tables in place of the evidence, by name."""

    plain = known_figures._table
    kept = [one for one in vars(known_figures).values() if hasattr(one, "cache_clear") and one is not plain]

    def forget():
        for one in kept:
            one.cache_clear()

    def put(**tables):
        monkeypatch.setattr(known_figures, "_table", lambda name: tables[name] if name in tables else plain(name))
        forget()

    yield put
    forget()


NATION = pd.DataFrame({"year": [2000, 2004], "variable": "gdp", "value": [100.0, 250.0]})


def test_the_nearest_year_is_taken_the_earlier_of_two_and_none_beyond_the_reach(evidence):
    evidence(national_statistics=NATION)
    known = {year: national_figure("gdp", year) for year in (1991, 1992, 2000, 2001, 2002, 2003, 2012, 2013)}
    assert known[1991] is None and known[2013] is None  # more than eight years away
    assert known[1992].apart == known[2012].apart == REACH == 8
    found = {year: (one.values["gdp"], one.year, one.apart) for year, one in known.items() if one is not None}
    assert found[2000] == (100.0, 2000, 0) and found[2001] == (100.0, 2000, 1)
    assert found[2002] == (100.0, 2000, 2) and found[2003] == (250.0, 2004, 1)
    assert national_figure("population", 2000) is None


def test_a_province_grows_with_the_nation(evidence):
    provinces = pd.DataFrame({"year": 2000, "region": ["a", "b"], "variable": "gdp", "value": [30.0, 70.0]})
    evidence(national_statistics=NATION, provincial_statistics=provinces)
    now, then = provincial_figure("gdp", 2000), provincial_figure("gdp", 2004)
    assert now.values.to_dict() == {"a": 30.0, "b": 70.0} and then.values.to_dict() == {"a": 75.0, "b": 175.0}
    assert (now.year, now.apart, then.year, then.apart) == (2000, 0, 2000, 4)
    assert provincial_figure("gdp", 2009) is None


def test_a_province_whose_nation_is_not_known_stays_as_it_was(evidence):
    provinces = pd.DataFrame({"year": 2000, "region": ["a"], "variable": "engel_urban", "value": [0.4]})
    evidence(national_statistics=NATION, provincial_statistics=provinces)
    assert provincial_figure("engel_urban", 2004).values["a"] == 0.4
    nation = pd.concat([NATION, pd.DataFrame({"year": [2000, 2004], "variable": "engel", "value": [0.5, 0.25]})])
    evidence(national_statistics=nation, provincial_statistics=provinces)
    assert provincial_figure("engel_urban", 2004).values["a"] == pytest.approx(0.2)  # with all households


def test_carbon_of_a_province_grows_with_all_fuels_of_the_nation(evidence):
    fuels = pd.DataFrame(
        {"year": [2017, 2017, 2018, 2018], "fuel": ["coal", "oil"] * 2, "co2_mt": [6.0, 4.0, 9.0, 6.0]}
    )
    evidence(national_fuels=fuels)
    then, now = provincial_co2(2017), provincial_co2(2018)
    assert then.apart == 0 and now.apart == 1 and now.year == 2017
    pd.testing.assert_series_equal(now.values, 1.5 * then.values)
    assert set(then.values.index.unique("group")) >= {"households", "agriculture"}


# -- the inputs of the study, of a year nobody knows ------------------------------------------------------------------
def names(checks):
    return {check.check for check in checks}


@pytest.fixture(scope="module")
def inputs(repo):
    table = read_netcdf(repo / "data/raw/2017/mrio_42.nc")
    emissions = read_emissions(repo / "data/raw/2017/emissions_42.csv", table.regions, table.scheme, 2017)
    return table, emissions, read_socioeconomic(repo / "data/raw/2017/socioeconomic.csv")


BY_THEMSELVES = {"provinces with the same emissions", "unknown fuels", "provinces without emissions",
                 "figures of another year"}  # fmt: skip


def test_without_evidence_of_the_year_emissions_are_held_against_each_other_alone(inputs):
    table, emissions, statistics = inputs
    assert names(check_emissions(emissions.assign_attrs(year=1900), table.output, statistics)) == BY_THEMSELVES
    unknown = emissions.assign_coords(region=[f"r{k}" for k in range(emissions.sizes["region"])])
    assert names(check_emissions(unknown, None)) == BY_THEMSELVES - {"figures of another year"}


def test_where_only_the_nation_is_known_totals_are_not_judged_but_heads_are(inputs):
    # 1997: the nation's fuels, GDP and population, no province's inventory
    table, emissions, statistics = inputs
    found = names(check_emissions(emissions.assign_attrs(year=1998), table.output, statistics))
    assert found == BY_THEMSELVES | {"emissions per head", "emissions per GDP"}
    assert names(check_emissions(emissions.assign_attrs(year=1998))) == BY_THEMSELVES


def test_the_nation_is_held_against_all_its_provinces_or_not_at_all(inputs):
    _, emissions, _ = inputs
    fewer = emissions.isel(region=slice(1, None))
    assert not {"national emissions", "national fuels"} & names(check_emissions(fewer))
    assert {"national emissions", "provincial emissions"} <= names(check_emissions(emissions))
    totals = emissions.drop_vars(["F_by_fuel", "F_Y_by_fuel"])
    assert "national fuels" not in names(check_emissions(totals)) and "national emissions" in names(
        check_emissions(totals)
    )


def test_what_is_off_everywhere_is_said_of_the_nation_first(inputs):
    _, emissions, _ = inputs
    order = [check.check for check in check_emissions(emissions)]
    assert order.index("provincial emissions") < order.index("national emissions")
    doubled = xr.Dataset({name: 2 * values for name, values in emissions.items()}, attrs=emissions.attrs)
    order = [check.check for check in check_emissions(doubled)]
    assert order.index("national emissions") < order.index("provincial emissions")


def test_without_evidence_of_the_year_a_table_says_that_it_lacks(inputs):
    table = inputs[0]
    old = Table(table.data.assign_attrs(year=1900))
    found = {check.check: check for check in check_table(old)}
    assert set(found) == {"provinces with the same inputs", "regions that are no provinces", "year without evidence",
                          "figures of another year"}  # fmt: skip
    assert not found["year without evidence"].passed
    checks = {check.check: check for check in check_table(table)}
    assert checks["year without evidence"].passed and {"provincial value added", "sector output"} <= set(checks)


def test_a_table_of_all_provinces_is_held_against_the_evidence_too():
    everywhere = labels.provinces().index.tolist()
    for regions in (everywhere, everywhere[1:]):
        table = random_table(1, len(regions), 1, region_labels=regions)
        assert {"year without evidence", "provincial value added"} <= names(check_table(table))
        euros = Table(
            table.data.assign_attrs(unit="M EUR").map(lambda v: v.assign_attrs(unit="M EUR"), keep_attrs=True)
        )
        assert names(check_table(euros)) == {"provinces with the same inputs", "regions that are no provinces"}


def test_output_by_sector_is_judged_of_the_whole_country_or_of_all_but_one_province(inputs):
    table = inputs[0]
    absent = 31 - len(table.regions)
    assert absent == 1 and "sector output" in names(check_table(table))
    assert "sector output" not in names(check_table(table.drop_regions(table.regions[:1])))
    growth = national_figure("gdp", 2018).values["gdp"] / national_figure("gdp", 2017).values["gdp"]
    large = table.data.map(lambda amounts: 4 * amounts, keep_attrs=True)  # above the nation's in every sector
    judged = [
        next(check for check in check_table(Table(large.assign_attrs(year=year))) if check.check == "sector output")
        for year in (2017, 2018)
    ]
    assert growth > 1.05 and judged[0].worst == judged[1].worst and judged[0].value > 4
    assert judged[1].value * growth == pytest.approx(judged[0].value)  # the nation's output grows with its GDP


def test_gdp_per_head_is_held_against_the_provinces_own(inputs):
    # both known: the ratio is that of the figure to GDP over population, not of the nation's
    statistics = inputs[2].copy(deep=True)
    own = 1e4 * statistics["gdp"] / statistics["population"]
    statistics["gdp_per_capita"] = 2 * own.assign_attrs(statistics["gdp_per_capita"].attrs)
    check = next(one for one in check_socioeconomic(statistics) if one.check == "known per-capita GDP")
    assert check.value == pytest.approx(2.0, rel=1e-6)


def test_without_evidence_of_the_year_figures_are_held_against_each_other_alone(inputs):
    statistics = inputs[2].assign_attrs(year=1900)
    assert names(check_socioeconomic(statistics)) == {
        "provinces with the same figures", "urban Engel coefficient", "figures of another year",
        "figures of another variable",
    }  # fmt: skip


def checked_regional(data):
    """Return the checks of a regional file but the one that it has all provinces."""
    return [check for check in check_regional(data) if check.check != "provinces left out"]


def test_a_regional_file_without_evidence_is_held_to_its_own_sums():
    regions = ["Beijing", "Hebei"]
    data = xr.Dataset({"forest_stock": ("region", [30.0, 70.0])}, {"region": regions})
    printed = {"forest_stock_printed_share": ("region", [30.005, 69.98])}
    found = checked_regional(data.assign(printed))
    assert [(check.check, check.passed, check.worst) for check in found] == [
        ("printed shares", False, "Hebei forest_stock")
    ]
    for name, year in (("emissions", 1900), ("gdp", 1900)):
        old = data.assign({**printed, name: ("region", [1.0, 2.0], {"year": year})})
        assert names(checked_regional(old)) == {"printed shares"}
    now = data.assign({**printed, "emissions": ("region", [1.0, 2.0], {"year": 2017}),
                       "gdp": ("region", [3e4, 3e4], {"year": 2017})})  # fmt: skip
    assert names(checked_regional(now)) == {
        "printed shares", "regional emissions", "emissions off their inventory", "regional GDP"}  # fmt: skip
    assert checked_regional(data.assign(printed).assign_coords(region=["Beijing", "elsewhere"])) == []
    assert checked_regional(xr.Dataset(coords={"region": regions}))[0].passed


def test_shares_of_land_are_of_both_kinds_and_judged_where_both_are_there():
    land = {"agricultural_land": ("region", [60.0, 50.0]), "built_land": ("region", [40.0, 50.0])}
    printed = {"agricultural_land_printed_share": ("region", [60.0, 50.0]),
               "built_land_printed_share": ("region", [40.0, 50.01])}  # fmt: skip
    data = xr.Dataset({**land, **printed}, {"region": ["Beijing", "Hebei"]})
    (check,) = checked_regional(data)
    assert check.worst == "Hebei built_land" and check.value == 1.0
    (check,) = checked_regional(data.drop_vars("agricultural_land"))
    assert check.passed


def test_rules_beside_the_years_are_rules_and_printed_with_the_others(repo):
    assert set(SIDE_RULES) < set(RULES)
    assert (repo / "docs/plausibility.md").read_text(encoding="utf-8") == rules_page()
    assert all(np.isfinite([rule.warning or 1.0, rule.error or 2.0, rule.drift]).all() for rule in SIDE_RULES)


@pytest.mark.parametrize("year", [2009, 2026])
def test_output_stays_as_it_was_where_growth_is_known_at_one_end_alone(inputs, evidence, year):
    # of the GDP of 2009 something is said up to 2017, of that of 2026 from 2018 on: of the growth between, nothing
    evidence(national_statistics=pd.DataFrame({"year": [year], "variable": "gdp", "value": [100.0]}))
    large = inputs[0].data.map(lambda amounts: 4 * amounts, keep_attrs=True)
    judged = [
        next(check for check in check_table(Table(large.assign_attrs(year=at))) if check.check == "sector output")
        for at in (2017, 2018)
    ]
    assert judged[1].value == pytest.approx(judged[0].value)


def test_a_batch_of_which_most_is_not_measured_is_not_due_yet():
    def lacking(*measured):
        (check,) = check_all_measured([["L1", "L2", "L3", "L4"]], measured)
        return check.value

    assert [lacking(), lacking("L1"), lacking("L1", "L2"), lacking("L1", "L2", "L3")] == [0, 0, 2, 1]


@pytest.mark.parametrize(("name", "pilot"), [("price_fraction", 0.3), ("offset_cap", 0.8), ("monitoring_years", 3.0)])
def test_a_register_is_held_against_the_rules_of_the_pilot(name, pilot):
    (check,) = check_rules({name: 1.5 * pilot})
    assert check.value == pytest.approx(1.5) and check.worst in ("", name)
