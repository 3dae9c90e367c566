"""``mrio emissions``: from a CEADs inventory or an energy balance to the emissions of a table, and what it refuses."""

from __future__ import annotations

import csv

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from strategies import random_table

from mrio import labels
from mrio.cli.main import program
from mrio.formats.inputs.emission_files import read_emissions
from mrio.formats.netcdf import write_netcdf

REGIONS = ["Beijing", "Hebei", "Guangdong"]
HEADER = ("year", "region", "sector", "fuel", "amount", "non_energy", "unit")


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(program, [str(word) for word in words])


def table_file(folder, scheme, year=2015, regions=REGIONS):
    codes = labels.sectors(scheme)["code"].tolist()
    table = random_table(
        3, len(regions), len(codes), region_labels=regions, sector_labels=codes, scheme=scheme, year=year
    )
    return write_netcdf(table, folder / f"{scheme}.nc")


def balance_file(folder, scheme, year=2015, regions=REGIONS, sources=None):
    """Write an energy balance: 1,000 t of raw coal in every source, of which a tenth is not burnt."""
    sources = sources or [s for s in labels.sectors(scheme)["code"] if s not in ("urban", "rural")] + ["urban", "rural"]
    with (folder / "energy.csv").open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADER)
        writer.writerows((year, r, s, "raw_coal", 1000, 100, "t") for r in regions for s in sources)
    return folder / "energy.csv"


#: t CO2 per t of raw coal, NDRC (docs/emissions.md).
RAW_COAL = 1.861


@pytest.mark.parametrize("scheme", ["42", "42-2012", "six"])
def test_an_energy_balance_comes_out_in_the_sectors_of_the_table(run, tmp_path, scheme):
    source = "ceads" if scheme != "six" else "six"
    path = balance_file(tmp_path, source)
    result = run("emissions", path, "--table", table_file(tmp_path, scheme), "--out", "e.csv")
    assert result.exit_code == 0, result.output
    assert f"of '{scheme}', 2015, CO2" in result.output and "next: mrio check" in result.output
    made = read_emissions("e.csv", REGIONS, scheme, 2015)
    burnt = 900 * RAW_COAL / 1e6
    sources = len([s for s in labels.sectors(source)["code"] if s not in ("urban", "rural")])
    np.testing.assert_allclose(made["F"].sum("sector"), burnt * sources, rtol=2e-4)
    np.testing.assert_allclose(made["F_Y"], 2 * burnt, rtol=2e-4)
    checked = run("check", f"{scheme}.nc", "--layout", "netcdf", "--emissions", "e.csv", "--json")
    assert "scheme" not in checked.output.split('"worst_cells"')[0].split('"error"')[-1]


def test_what_is_made_for_one_classification_never_passes_for_the_other(run, tmp_path):
    path = balance_file(tmp_path, "ceads")
    for scheme in ("42", "42-2012"):
        assert run("emissions", path, "--table", table_file(tmp_path, scheme), "--out", f"{scheme}.csv").exit_code == 0
    for table, emissions in (("42", "42-2012"), ("42-2012", "42")):
        refused = run("check", f"{table}.nc", "--layout", "netcdf", "--emissions", f"{emissions}.csv")
        assert refused.exit_code == 1
        assert f"column scheme: found scheme '{emissions}', expected '{table}'" in refused.output


def test_an_older_file_is_read_with_one_line_that_says_what_was_assumed(run, tmp_path):
    table_file(tmp_path, "six")
    assert run("emissions", balance_file(tmp_path, "six"), "--table", "six.nc", "--out", "e.csv").exit_code == 0
    older = pd.read_csv("e.csv", dtype=str).drop(columns=["scheme", "stressor"])
    older.to_csv("old.csv", index=False)
    result = run("check", "six.nc", "--layout", "netcdf", "--emissions", "old.csv")
    said = [
        line for line in result.output.splitlines() if line.startswith("warning: old.csv: found no column 'scheme'")
    ]
    assert len(said) == 1 and "UserWarning" not in result.output
    ambiguous = table_file(tmp_path, "42")
    assert run("emissions", balance_file(tmp_path, "ceads"), "--table", ambiguous, "--out", "f.csv").exit_code == 0
    pd.read_csv("f.csv", dtype=str).drop(columns=["scheme", "stressor"]).to_csv("old.csv", index=False)
    refused = run("check", ambiguous, "--layout", "netcdf", "--emissions", "old.csv")
    assert refused.exit_code == 1 and "42 or 42-2012: their codes are the same" in refused.output


def test_provinces_without_an_inventory_are_said_with_the_way_to_leave_them_out(run, tmp_path):
    path = balance_file(tmp_path, "six", regions=["Beijing", "Hebei", "Hainan"])
    table_file(tmp_path, "six", regions=[*REGIONS, "Inner Mongolia"])
    result = run("emissions", path, "--table", "six.nc", "--out", "e.csv")
    assert "not in the table, so left out: Hainan" in result.output
    assert "no inventory of Inner Mongolia, Guangdong" in result.output
    assert "times the 788 of its inventory of 2015" in result.output, "an amount in another unit is said as it is made"
    command = result.output.split("next: mrio ")[1].strip()
    assert command.endswith("--exclude 'Inner Mongolia' --exclude Guangdong")
    refused = run("check", "six.nc", "--layout", "netcdf", "--emissions", "e.csv")
    assert refused.exit_code == 1 and "exclude the province (--exclude, or exclude_regions in" in refused.output
    words = ["--exclude", "Guangdong", "--exclude", "Inner Mongolia"]
    report = run("check", "six.nc", "--layout", "netcdf", "--emissions", "e.csv", *words)
    assert "2 regions x 6 sectors" in report.output and "no emissions of" not in report.output


REFUSED = {
    "another year": (dict(scheme="six", year=2012), "row 2: found year 2012, expected year 2015"),
    "no households": (dict(scheme="six", sources=["industry"]), "found no sector 'urban', expected both kinds"),
    "unknown sectors": (dict(scheme="six", sources=["steel", "urban", "rural"]), "row 2: sector 'steel' is unknown"),
    "other provinces": (dict(scheme="six", regions=["Hainan"]), "found Hainan, expected provinces of"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_does_not_fit_the_table_is_refused_and_nothing_written(run, tmp_path, case):
    about, said = REFUSED[case]
    result = run("emissions", balance_file(tmp_path, **about), "--table", table_file(tmp_path, "six"), "--out", "e.csv")
    assert result.exit_code == 1 and said in result.output
    assert not (tmp_path / "e.csv").exists()


def test_a_table_in_sectors_without_a_way_there_is_told_what_there_is(run, tmp_path):
    result = run("emissions", balance_file(tmp_path, "ceads"), "--table", table_file(tmp_path, "30"), "--out", "e.csv")
    assert result.exit_code == 1 and "no way from the sectors of 'ceads' to those of the table ('30')" in result.output


def test_a_published_inventory_gives_the_committed_emissions(run, repo, shared_data):
    raw, book = repo / "data" / "raw" / "2017", shared_data / "ceads_inventory" / "ceads_prov_2017.xlsx"
    result = run("emissions", book, "--table", raw / "mrio_six.csv", "--layout", "matrix-csv", "--out", "e.csv")
    assert result.exit_code == 0, result.output
    assert "9,725.6 Mt of production, 445.6 Mt of households" in result.output
    ours, known = (
        read_emissions("e.csv", scheme="six", year=2017),
        read_emissions(raw / "emissions_6.csv", scheme="six"),
    )
    np.testing.assert_allclose(ours["F_by_fuel"], known["F_by_fuel"], rtol=0, atol=2e-8)
    np.testing.assert_array_equal(ours["F_Y_by_fuel"], known["F_Y_by_fuel"])
