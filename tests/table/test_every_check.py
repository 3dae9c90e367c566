"""Every check of the table of checks, at each of its levels: a case that triggers it, and clean inputs that do not."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
import xarray as xr

from mrio.formats.inputs.emission_files import read_emissions
from mrio.formats.inputs.regional_files import read_regional
from mrio.formats.inputs.socioeconomic import read_socioeconomic
from mrio.formats.netcdf import read_netcdf, write_netcdf
from mrio.study.config import read_config
from mrio.study.inputs import read_inputs
from mrio.study.year_folder import year_files
from mrio.table.interregional import Table
from mrio.table.plausibility.assessment import check_plausibility
from mrio.table.plausibility.judging import found
from mrio.table.plausibility.price_and_income import judged
from mrio.table.plausibility.regional_checks import check_regional
from mrio.table.plausibility.register_checks import (
    check_ages,
    check_batches,
    check_days,
    check_land,
    check_numbers,
    check_payees,
)
from mrio.table.plausibility.registry import RULES, rule
from mrio.table.plausibility.side_checks import (
    check_all_measured,
    check_certificates,
    check_factors,
    check_growth,
    check_look_alikes,
    check_measured,
    check_obligations,
    check_prices,
    check_rules,
)
from mrio.table.plausibility.study_checks import check_parameters, check_study
from mrio.table.validation.report import Check

Made = SimpleNamespace
PRICES = {"2025-09-18": 60.0, "2025-09-19": 61.0, "2025-09-22": 60.5, "2025-09-23": 60.0, "2025-09-24": 62.0}
PRESET = {"a": 1.0, "b": 0.574}


@pytest.fixture(scope="module")
def clean(repo) -> Made:
    """Return the inputs of 2017 as they ship."""
    folder = repo / "data/raw/2017"
    table = read_netcdf(folder / "mrio_42.nc")
    emissions = read_emissions(folder / "emissions_42.csv", table.regions, table.scheme, 2017)
    return Made(
        table=table, emissions=emissions, statistics=read_socioeconomic(folder / "socioeconomic.csv"), repo=repo
    )


def scaled(factor: float, **where: object) -> Callable[[Made, Path], Sequence[Check]]:
    """Scale fuels of the emissions, of a part or all, sums following."""

    def checks(clean: Made, _: Path) -> Sequence[Check]:
        parts = {name: clean.emissions[name].copy(deep=True) for name in ("F_by_fuel", "F_Y_by_fuel")}
        for part in parts.values():
            if set(where) <= set(part.dims):
                part.loc[where] = part.loc[where] * factor
        sums = {"F": parts["F_by_fuel"].sum("fuel"), "F_Y": parts["F_Y_by_fuel"].sum(("fuel", "household"))}
        emissions = xr.Dataset({**sums, **parts}, attrs=clean.emissions.attrs)
        return check_plausibility(clean.table, emissions, clean.statistics)

    return checks


def renamed_fuel(clean: Made, _: Path) -> Sequence[Check]:
    fuels = ["GDP" if fuel == "other_energy" else fuel for fuel in clean.emissions["fuel"].values]
    return check_plausibility(emissions=clean.emissions.assign_coords(fuel=fuels))


def pasted(clean: Made, _: Path) -> Sequence[Check]:
    F = clean.emissions["F"].copy(deep=True)
    F.loc[{"region": "Fujian"}] = F.sel(region="Shanxi").values
    return check_plausibility(emissions=clean.emissions.assign(F=F))


def per_head(variable: str, factor: float) -> Callable[[Made, Path], Sequence[Check]]:
    """Scale a statistic of Ningxia, which emissions are divided by."""

    def checks(clean: Made, _: Path) -> Sequence[Check]:
        return check_plausibility(emissions=clean.emissions, statistics=changed(clean, variable, factor, "Ningxia"))

    return checks


def changed(clean: Made, variable: str, factor: float, region: str = "") -> xr.Dataset:
    data = clean.statistics.copy(deep=True)
    where = {"region": region} if region else {}
    data[variable].loc[where] = data[variable].loc[where] * factor
    return data


def figure(variable: str, factor: float, region: str = "Gansu") -> Callable[[Made, Path], Sequence[Check]]:
    return lambda clean, _: check_plausibility(statistics=changed(clean, variable, factor, region))


def money(factor: float, **where: object) -> Callable[[Made, Path], Sequence[Check]]:
    """Scale output and value added of the table."""

    def checks(clean: Made, _: Path) -> Sequence[Check]:
        parts = {name: clean.table.data[name].copy(deep=True) for name in ("output", "value_added")}
        for part in parts.values():
            part.loc[where] = part.loc[where] * factor
        return check_plausibility(Table(clean.table.data.assign(parts)))

    return checks


def block(clean: Made, _: Path) -> Sequence[Check]:
    Z = clean.table.Z.copy(deep=True)
    Z.loc[{"to_region": "Hunan"}] = Z.sel(to_region="Hubei").values
    return check_plausibility(Table(clean.table.data.assign(Z=Z)))


def misspelt(clean: Made, _: Path) -> Sequence[Check]:
    names = ["Hebie" if name == "Hebei" else name for name in clean.table.regions]
    return check_plausibility(Table(clean.table.data.assign_coords(region=names, to_region=names)))


def copied(clean: Made, _: Path) -> Sequence[Check]:
    data = clean.statistics.copy(deep=True)
    for variable in data.data_vars.values():
        variable.loc[{"region": "Henan"}] = variable.sel(region="Hebei").values
    return check_plausibility(statistics=data)


def exchanged_households(clean: Made, _: Path) -> Sequence[Check]:
    names = {"engel": "engel_urban", "engel_urban": "engel"}
    return check_plausibility(statistics=clean.statistics.rename(names))


def rural_for_urban(clean: Made, _: Path) -> Sequence[Check]:
    F_Y = clean.emissions["F_Y_by_fuel"]
    other = F_Y.sel(household=F_Y["household"].values[::-1]).assign_coords(household=F_Y["household"])
    return check_plausibility(emissions=clean.emissions.assign(F_Y_by_fuel=other))


def study(price: float = 100, G: float = 59660, slope: float = 0.54) -> Callable[[Made, Path], Sequence[Check]]:
    return lambda *_: check_study(price, G, slope, 2017)


def days(factor: float, only: str = "") -> Callable[[Made, Path], Sequence[Check]]:
    return lambda *_: check_prices({day: p * factor if only in ("", day) else p for day, p in PRICES.items()})


def regional(name: str, variable: str, factor: float) -> Callable[[Made, Path], Sequence[Check]]:
    """Scale a variable of one province of the regional picture."""

    def checks(clean: Made, _: Path) -> Sequence[Check]:
        data = read_regional(clean.repo / "data/raw/regional" / f"{name}.csv")
        data[variable].loc[{"region": "Hebei"}] *= factor
        return check_regional(data)

    return checks


def left_out(clean: Made, _: Path) -> Sequence[Check]:
    data = read_regional(clean.repo / "data/raw/regional/gdp_2019.csv")
    return check_regional(data.where(data["region"] != "Hebei"))


def folder(clean: Made, path: Path) -> Sequence[Check]:
    """Return the checks of a year's folder as the pipeline reads it."""
    report = read_inputs(year_files(path), 2017, read_config(clean.repo / "config/config.yaml")).report
    return [Check(**row) for row in report.checks.to_dict("records")]


def two_of_them(clean: Made, path: Path) -> Path:
    for name in ("mrio_42.nc", "emissions_42.csv", "datapackage.json"):
        shutil.copy2(clean.repo / "data/raw/2017" / name, path / name)
    return path


def nothing_to_exclude(clean: Made, path: Path) -> Sequence[Check]:
    two_of_them(clean, path)
    write_netcdf(Table(clean.table.data.assign_attrs(excluded_regions="")), path / "mrio_42.nc")
    return folder(clean, path)


def saved_again(clean: Made, path: Path) -> Sequence[Check]:
    file = two_of_them(clean, path) / "emissions_42.csv"
    file.write_bytes(file.read_bytes() + b"\n")
    return folder(clean, path)


#: (check, level) -> what triggers it.
CASES: dict[tuple[str, str], Callable[[Made, Path], Sequence[Check]]] = {
    ("national emissions", "warning"): scaled(1.5),
    ("national emissions", "error"): scaled(100),
    ("national fuels", "warning"): scaled(2, fuel="raw_coal"),
    ("national fuels", "error"): scaled(10, fuel="natural_gas"),
    ("provincial emissions", "warning"): scaled(1.2, region="Hebei"),
    ("provincial emissions", "error"): scaled(10, region="Hebei"),
    ("emissions by group", "warning"): scaled(2, region="Hebei", sector="29"),
    ("emissions by group", "error"): scaled(100, region="Hebei", sector="29"),
    ("emissions by sector", "warning"): scaled(2, region="Hebei", sector="14"),
    ("emissions by sector", "error"): scaled(100, region="Hebei", sector="14"),
    ("emissions off their inventory", "warning"): scaled(0.98, region="Hebei", sector="08"),
    ("rural over urban households", "warning"): rural_for_urban,
    ("rural over urban households", "error"): lambda *_: [judged("rural over urban households", 1e6, 0.7, "", "A")],
    ("figures scaled alike", "warning"): figure("population", 1.03, ""),
    ("sector intensity", "warning"): scaled(8, sector="14"),
    ("sector intensity", "error"): scaled(100, sector="14"),
    ("cell intensity", "warning"): scaled(300, region="Hebei", sector="13"),
    ("cell intensity", "error"): scaled(1e5, region="Hebei", sector="13"),
    ("emissions per head", "warning"): per_head("population", 0.5),
    ("emissions per head", "error"): per_head("population", 0.1),
    ("emissions per GDP", "warning"): per_head("gdp", 0.5),
    ("emissions per GDP", "error"): per_head("gdp", 0.1),
    ("provinces with the same emissions", "error"): pasted,
    ("provinces without emissions", "error"): scaled(0, region="Hebei"),
    ("unknown fuels", "error"): renamed_fuel,
    ("regions that are no provinces", "warning"): misspelt,
    ("figures of another year", "error"): lambda clean, _: check_plausibility(
        emissions=clean.emissions.assign_attrs(year=2018)),
    ("year without evidence", "warning"): lambda clean, _: check_plausibility(
        Table(clean.table.data.assign_attrs(year=2107))),
    ("provincial value added", "warning"): money(1.5, region="Hebei"),
    ("provincial value added", "error"): money(5, region="Hebei"),
    ("sector output", "warning"): money(3, sector="14"),
    ("sector output", "error"): money(10, sector="14"),
    ("provinces with the same inputs", "error"): block,
    ("Engel coefficient", "warning"): figure("engel", 2),
    ("Engel coefficient", "error"): figure("engel", 0.1),
    ("per-capita GDP", "warning"): figure("gdp_per_capita", 8),
    ("per-capita GDP", "error"): figure("gdp_per_capita", 100),
    ("provincial GDP", "warning"): figure("gdp", 1.2),
    ("provincial GDP", "error"): figure("gdp", 10),
    ("provincial population", "warning"): figure("population", 1.2),
    ("provincial population", "error"): figure("population", 10),
    ("known per-capita GDP", "warning"): figure("gdp_per_capita", 1.2),
    ("known per-capita GDP", "error"): figure("gdp_per_capita", 10),
    ("GDP over population", "warning"): figure("population", 1.03),
    ("GDP over population", "error"): figure("population", 10),
    ("known Engel coefficient", "warning"): figure("engel", 1.2),
    ("known Engel coefficient", "error"): figure("engel", 0.2),
    ("figures off their source", "warning"): figure("engel", 1.01),
    ("figures of another variable", "error"): exchanged_households,
    ("urban Engel coefficient", "warning"): figure("engel_urban", 1.6),
    ("urban Engel coefficient", "error"): figure("engel_urban", 0.2),
    ("one figure everywhere", "warning"): lambda clean, _: check_plausibility(
        statistics=clean.statistics.assign(engel=0 * clean.statistics["engel"] + 0.293)),
    ("provinces with the same figures", "error"): copied,
    ("carbon price", "warning"): study(price=5),
    ("carbon price", "error"): study(price=1e6),
    ("income of the curve", "warning"): study(G=5e5),
    ("income of the curve", "error"): study(G=5.9),
    ("income of the regions", "warning"): lambda *_: [judged("income of the regions", 6.0, 59660.0, "CNY", "A")],
    ("income of the regions", "error"): lambda *_: [judged("income of the regions", 1e-4, 59660.0, "CNY", "A")],
    ("spread of incomes", "warning"): lambda *_: [judged("spread of incomes", 68, 5, "times the least", "the largest")],
    ("spread of incomes", "error"): lambda *_: [judged("spread of incomes", 1e8, 5, "times the least", "the largest")],
    ("net transfers of one sign", "warning"): lambda *_: [found(rule("net transfers of one sign"), ["all regions"])],
    ("size of net transfers", "warning"): lambda *_: [judged("size of net transfers", 1e6, 35e3, "Mt", "A")],
    ("size of net transfers", "error"): lambda *_: [judged("size of net transfers", 1e18, 35e3, "Mt", "A")],
    ("carbon per output", "warning"): lambda *_: [judged("carbon per output", 400.0, 0.5, "t per 10k CNY", "A")],
    ("carbon per output", "error"): lambda *_: [judged("carbon per output", 0.0, 0.5, "t per 10k CNY", "A")],
    ("parameters of the curve", "warning"): lambda *_: check_parameters({"a": 1, "b": 5.74}, PRESET),
    ("parameters of the curve", "error"): lambda *_: check_parameters({"a": 0, "b": 0.574}, PRESET),
    ("a for b", "warning"): lambda *_: check_parameters({"a": 0.574, "b": 1}, PRESET),
    ("slope of the curve", "warning"): study(slope=0.3),
    ("slope of the curve", "error"): study(slope=0.01),
    ("regional emissions", "warning"): regional("emissions_2019", "emissions", 1.2),
    ("regional emissions", "error"): regional("emissions_2019", "emissions", 1000),
    ("regional GDP", "warning"): regional("gdp_2019", "gdp", 3),
    ("regional GDP", "error"): regional("gdp_2019", "gdp", 0.1),
    ("provinces for each other", "warning"): lambda *_: [found(rule("provinces for each other"), ["A and B"])],
    ("provinces left out", "warning"): left_out,
    ("printed shares", "warning"): regional("land_use_2019", "built_land", 1.01),
    ("market price", "warning"): days(4, "2025-09-24"),
    ("market price", "error"): days(100, "2025-09-19"),
    ("price level", "warning"): days(8),
    ("price level", "error"): days(100),
    ("price jump", "warning"): days(2, "2025-09-22"),
    ("price jump", "error"): days(1e4, "2025-09-22"),
    ("price from day to day", "warning"): days(1.2, "2025-09-19"),
    ("price from day to day", "error"): days(1e4, "2025-09-19"),
    ("measured growth", "warning"): lambda *_: [*check_measured({"L1": 300.0}, {"L1": 100.0})],
    ("measured growth", "error"): lambda *_: [*check_measured({"L1": 3000.0}, {"L1": 100.0})],
    ("obligation per area", "warning"): lambda *_: check_obligations({"A": 60.0, "B": 70.0, "C": 600.0}),
    ("obligation per area", "error"): lambda *_: check_obligations({"A": 60.0, "B": 70.0, "C": 6e5}),
    ("size of certificates", "warning"): lambda *_: check_certificates({"K": 3e4}, 1000.0),
    ("size of certificates", "error"): lambda *_: check_certificates({"K": 3e6}, 1000.0),
    ("growth per area", "warning"): lambda *_: check_growth({"L1": 50.0}),
    ("growth per area", "error"): lambda *_: check_growth({"L1": 3e4}),
    ("growth beside other lots", "warning"): lambda *_: check_growth({"L1": 2.8, "L2": 2.6, "L3": 0.9}),
    ("growth beside other lots", "error"): lambda *_: check_growth({"L1": 2.8, "L2": 2.6, "L3": 0.03}),
    ("lots not measured", "warning"): lambda *_: check_all_measured([["L1", "L2", "L3"]], ["L1", "L3"]),
    ("lots measured alike", "warning"): lambda *_: check_measured({"L1": 98.5, "L2": 98.5}, {"L1": 100, "L2": 100}),
    ("grid factor", "warning"): lambda *_: check_factors({"2025-01-01": 1.5}),
    ("grid factor", "error"): lambda *_: check_factors({"2025-01-01": 536.6}),
    ("rules of the register", "warning"): lambda *_: check_rules({"price_fraction": 0.03, "offset_cap": 0.8}),
    ("rules of the register", "error"): lambda *_: check_rules({"offset_cap": 0.0001}),
    ("prices of closed days", "warning"): lambda *_: check_days([date(2025, 12, 13)], []),
    ("days without a price", "warning"): lambda *_: check_days([date(2025, 12, 11)], [date(2025, 12, 13)]),
    ("lots unlike their batch", "warning"): lambda *_: check_batches(
        {lot: {"date": "1", "expires": end} for lot, end in zip("ABC", "112", strict=True)}, ["expires"]),
    ("age of lots", "warning"): lambda *_: check_ages({"A": 5, "B": 6, "C": 105}),
    ("age of lots", "error"): lambda *_: check_ages({"A": 5, "B": 6, "C": 6e4}),
    ("numbers that leap", "warning"): lambda *_: check_numbers(["O-001", "O-002", "O-004"]),
    ("land not occupied", "warning"): lambda *_: check_land({"A": 1, "B": 1, "C": 1}, {"A": 0.5, "B": 1, "C": 1}),
    ("roles of payees", "warning"): lambda *_: check_payees([("P", "A", "developer", 1.0)], "B"),
    ("shares unlike other plots", "warning"): lambda *_: check_payees(
        [(plot, plot, "collective", 1.0 - (plot == "R") / 2) for plot in "PQR"], "B"),
    ("grid factor beside others", "warning"): lambda *_: check_factors({"2025-01-01": 0.5366, "2027-01-01": 0.6301}),
    ("grid factor beside others", "error"): lambda *_: check_factors({"2025-01-01": 0.0005, "2027-01-01": 0.6101}),
    ("obligations per area", "warning"): lambda *_: check_obligations({"A": 4.6, "B": 4.6}),
    ("obligations per area", "error"): lambda *_: check_obligations({"A": 0.0069, "B": 0.007}),
    ("net transfers that add up", "warning"): lambda *_: [found(rule("net transfers that add up"), ["5 Mt"])],
    ("names that look alike", "error"): lambda *_: check_look_alikes(["T-1", "t-1"]),
    ("exclusions that match nothing", "warning"): nothing_to_exclude,
    ("described files", "warning"): saved_again,
    ("files of another estimate", "warning"): lambda *_: [found(rule("files of another estimate"), ["account.csv"])],
    ("known flow", "warning"): lambda *_: [judged("known flow", 1e4, 1.0, "as given", "cars from A to B")],
    ("known flow", "error"): lambda *_: [judged("known flow", 1e10, 1.0, "as given", "cars from A to B")],
}  # fmt: skip


def test_every_check_has_a_case_at_each_of_its_levels():
    levels = {rule.name: ["warning", "error"] if rule.warning else [rule.level] for rule in RULES}
    assert set(CASES) == {(name, level) for name in levels for level in levels[name]}


@pytest.mark.parametrize(("name", "level"), CASES, ids=lambda part: part.replace(" ", "-"))
def test_a_check_is_triggered_at_its_level(clean, tmp_path, name, level):
    failed = [check for check in CASES[name, level](clean, tmp_path) if check.check == name and not check.passed]
    assert level in [check.level for check in failed], failed
    assert all(check.message and "{" not in check.message for check in failed)


def test_clean_inputs_pass_every_check(clean):
    checks = [
        *folder(clean, clean.repo / "data/raw/2017"), *check_study(100, 59660, 0.54, 2017), *check_prices(PRICES),
        judged("income of the regions", 6e4, 59660.0, "CNY", "A"), found(rule("net transfers of one sign"), []),
        found(rule("net transfers that add up"), []),
        judged("size of net transfers", 3e3, 35e3, "Mt", "A"), judged("spread of incomes", 4.5, 5, "", "the largest"),
        judged("carbon per output", 0.4, 0.5, "t per 10k CNY", "A"), *check_measured({"L1": 110.0}, {"L1": 100.0}),
        *check_obligations({"A": 60.0, "B": 70.0}), *check_certificates({"K": 900.0}, 1000.0),
        *check_growth({"L1": 2.8, "L2": 2.2}), *check_all_measured([["L1"], ["L2"]], ["L1"]),
        *check_factors({"2025-01-01": 0.5366}), *check_rules({"price_fraction": 0.5}),
        *check_days([date(2025, 12, 12)], [date(2025, 12, 13)]), *check_ages({"A": 5, "B": 6}),
        *check_batches({"A": {"date": "1", "expires": "1"}}, ["expires"]), *check_payees([("P", "A", "x", 1.0)], "B"),
        *check_numbers(["O-001", "O-002", "G-17"]), *check_land({"A": 1, "B": 1, "C": 1}, {"A": 1, "B": 1, "C": 0.5}),
        *check_look_alikes(["T-1", "T-2"]), judged("rural over urban households", 0.7, 0.7, "", "A"),
        judged("GDP over population", 0.997, 1.0, "CNY", "A"), found(rule("figures scaled alike"), []),
        found(rule("one figure everywhere"), []),
        found(rule("provinces for each other"), []), found(rule("provinces left out"), []),
        found(rule("files of another estimate"), []), judged("known flow", 40.0, 20.0, "as given", "cars from A to B"),
        *check_parameters({"a": 1, "b": 1}, PRESET),
    ]  # fmt: skip
    for path in sorted((clean.repo / "data/raw/regional").glob("*.csv")):
        checks += check_regional(read_regional(path))
    known = {rule.name for rule in RULES}
    assert {check.check for check in checks} >= known
    assert [check.message for check in checks if check.check in known and not check.passed] == []
