"""Commands read a table by the labels that lie beside it, as the pipeline does, and leave the process as it was."""

import shutil

import pytest
from click.testing import CliRunner
from five_regions import five_regions

from mrio import own_labels
from mrio.cli.main import program


def run(*words):
    return CliRunner().invoke(program, [str(word) for word in words])


@pytest.fixture(scope="module")
def year(repo, tmp_path_factory):
    return five_regions(repo, tmp_path_factory.mktemp("beside") / "study") / "data" / "raw" / "2020"


@pytest.fixture(autouse=True)
def _no_labels_named(monkeypatch):
    monkeypatch.delenv(own_labels.VARIABLE, raising=False)


def test_check_takes_the_labels_beside_the_table(year, tmp_path):
    asked = ("--layout", "netcdf", "--emissions", year / "emissions_10.csv")
    checked = run("check", year / "mrio_10.nc", *asked)
    assert checked.exit_code == 0, checked.output + str(checked.exception)
    assert own_labels.in_use() is None, "labels outlive the command"
    away = shutil.copy2(year / "mrio_10.nc", tmp_path / "mrio_10.nc")
    assert run("check", away, *asked).exit_code != 0, "without the labels nothing tells what Nordmark is"


def test_read_takes_those_beside_what_it_reads_or_writes(year, tmp_path):
    out = run("read", year / "mrio_10.nc", "--layout", "netcdf", "--to", "matrix-csv", "--out", tmp_path / "t.csv")
    assert out.exit_code == 0, out.output + str(out.exception)
    folder = tmp_path / "2020"
    folder.mkdir()
    for name in (own_labels.REGIONS, own_labels.SECTORS):
        shutil.copy2(year / name, folder / name)
    shutil.copytree(year / "concordances", folder / "concordances")
    read = ("read", tmp_path / "t.csv", "--layout", "matrix-csv", "--sectors", "six", "--out")
    assert run(*read, tmp_path / "elsewhere.nc").exit_code != 0
    made = run(*read, folder / "mrio_10.nc")
    assert made.exit_code == 0 and "5 regions x 6 sectors" in made.output, made.output + str(made.exception)


def test_a_year_is_led_by_its_own_labels_or_those_the_configuration_names(year, tmp_path):
    config = year.parents[2] / "config.yaml"
    led = run("new-year", 2020, "--raw", year.parent, "--config", config)
    assert led.exit_code == 0 and "5 regions x 10 sectors of '10'" in led.output, led.output + str(led.exception)
    assert "next: write 'years: [2020]'" in led.output
    asks = tmp_path / "asks.yaml"
    asks.write_text(config.read_text(encoding="utf-8") + "\nstressors: [CO2, SO2]\n", encoding="utf-8")
    asked = run("new-year", 2020, "--raw", year.parent, "--config", asks)
    assert asked.exit_code == 1 and "no emissions_10_SO2.csv" in asked.output, asked.output
    bare = tmp_path / "raw" / "2020"
    bare.mkdir(parents=True)
    for name in ("mrio_10.nc", "emissions_10.csv", "socioeconomic.csv"):
        shutil.copy2(year / name, bare / name)
    assert run("new-year", 2020, "--raw", bare.parent, "--config", config).exit_code != 0
    naming = tmp_path / "named.yaml"
    text = config.read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if not line.startswith("labels:")]
    naming.write_text("\n".join([*kept, f"labels: {year}", ""]), encoding="utf-8")
    named = run("new-year", 2020, "--raw", bare.parent, "--config", naming)
    assert named.exit_code == 0, named.output + str(named.exception)


def test_labels_that_differ_or_are_half_there_are_refused(year, tmp_path):
    other, half = tmp_path / "other", tmp_path / "half"
    for folder in (other, half):
        folder.mkdir()
        shutil.copy2(year / own_labels.REGIONS, folder / own_labels.REGIONS)
    sectors = (year / own_labels.SECTORS).read_text(encoding="utf-8")
    (other / own_labels.SECTORS).write_text(sectors.replace("10,A,", "10,Z,"), encoding="utf-8")
    read = ("read", year / "mrio_10.nc", "--layout", "netcdf", "--out")
    for folder, message in ((other, "other bring other regions or sectors"), (half, "regions.csv without sectors.csv")):
        refused = run(*read, folder / "t.nc")
        assert refused.exit_code == 1 and message in refused.output
    named = CliRunner().invoke(program, [str(word) for word in (*read, other / "t.nc")],
                               env={own_labels.VARIABLE: str(year)})  # fmt: skip
    assert named.exit_code == 0, named.output + str(named.exception)
