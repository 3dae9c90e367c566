"""mrio decompose, paths, linkages and extract on years written by the test."""

import pandas as pd
import pytest
import xarray as xr
import yaml
from click.testing import CliRunner
from strategies import random_emissions, random_table

from mrio import labels
from mrio.cli.main import program
from mrio.emissions.inventories import DECIMALS
from mrio.formats.inputs.emission_files import emission_dataset, write_emissions
from mrio.formats.netcdf import write_netcdf
from mrio.table.plausibility.registry import RULES

REGIONS = ["Hebei", "Beijing", "Guangdong"]


@pytest.fixture(scope="module")
def raw(tmp_path_factory):
    """Return a data/raw with 2012 (sectors of 2012) and 2017, three provinces each."""
    folder = tmp_path_factory.mktemp("raw")
    for year, scheme in ((2012, "42-2012"), (2017, "42")):
        codes = labels.sectors(scheme)["code"].tolist()
        table = random_table(year, 3, 42, region_labels=REGIONS, sector_labels=codes, scheme=scheme, year=year)
        F = random_emissions(table, year)[0].round(DECIMALS).expand_dims(fuel=["coal"])
        places = {"region": REGIONS, "household": ["urban", "rural"], "fuel": ["coal"]}
        F_Y = xr.DataArray([[[1.0], [2.0]]] * 3, places, tuple(places))
        (folder / str(year)).mkdir()
        write_netcdf(table, folder / str(year) / "mrio_42.nc")
        write_emissions(emission_dataset(F, F_Y, year=year, scheme=scheme), folder / str(year) / "emissions_42.csv")
    return folder


@pytest.fixture(autouse=True)
def accepting(repo, tmp_path_factory, monkeypatch):
    """Call commands in a folder whose configuration accepts what random numbers are found to be."""
    folder = tmp_path_factory.mktemp("accepting")
    (folder / "config").mkdir()
    config = yaml.safe_load((repo / "config" / "config.yaml").read_text(encoding="utf-8"))
    config["plausible"] = {rule.name: "random numbers of a test" for rule in RULES}
    (folder / "config" / "config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    monkeypatch.chdir(folder)


def run(*arguments):
    done = CliRunner().invoke(program, [str(a) for a in arguments])
    return done.exit_code, done.output if done.exit_code else done.stdout  # warnings aside


def test_decompose_meets_vintages_in_common_sectors_and_says_so(raw, tmp_path):
    code, output = run("decompose", 2012, 2017, "--raw", raw, "--out", tmp_path)
    assert code == 0, output
    assert "30 sectors, current prices" in output and "Net transfer, 2012 to 2017" in output
    rows = pd.read_csv(tmp_path / "decomposition.csv")
    assert set(rows["quantity"]) == {"production", "consumption", "net_transfer"}
    assert len(pd.read_csv(tmp_path / "decomposition_pairs.csv")) == 3 * 7
    code, output = run("decompose", 2012, 2017, "--raw", raw, "--sectors", "six", "--quantity", "production",
                       "--language", "zh")  # fmt: skip
    assert code == 0 and "生产侧碳排放" in output and "六" not in output and "six" in output


def test_decompose_refuses_one_year(raw):
    code, output = run("decompose", 2017, "--raw", raw)
    assert code == 1 and "a change needs two years at least" in output


def test_decompose_at_constant_prices_asks_for_every_sector(raw, tmp_path):
    path = tmp_path / "deflators.csv"
    path.write_text("year,region,sector,index,base_year,source\n2012,Hebei,01,1,2012,x\n", encoding="utf-8")
    code, output = run("decompose", 2012, 2017, "--raw", raw, "--deflators", path)
    assert code == 1 and "no index of Hebei 02 in 2012" in output
    lines = ["year,region,sector,index,base_year,source"]
    for year, scheme in ((2012, "42-2012"), (2017, "42")):
        lines += [f"{year},{region},{code},{1 + (year == 2017) * 0.1},2012,test" for region in REGIONS
                  for code in labels.sectors(scheme)["code"]]  # fmt: skip
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    code, output = run("decompose", 2012, 2017, "--raw", raw, "--deflators", path)
    assert code == 0 and "constant, of 2012 prices" in output, output


def test_paths_lists_chains_and_the_rest(raw, tmp_path):
    code, output = run("paths", 2017, "广东", "--from", "Hebei", "--count", 5, "--raw", raw, "--out", tmp_path / "gd")
    assert code == 0, output
    lines = output.strip().splitlines()
    assert len(lines) == 6 and lines[-1].endswith("all other paths")
    assert all(line.split("%  ")[1].startswith("Hebei ") for line in lines[:5])
    assert {path.name for path in tmp_path.iterdir()} == {"gd.csv", "gd_chains.csv", "gd.html"}
    code, output = run("paths", 2017, "Atlantis", "--raw", raw)
    assert code == 1 and "'Atlantis' is not a province" in output


def test_linkages_prints_the_largest_and_writes_all(raw, tmp_path):
    code, output = run("linkages", 2017, "--top", 3, "--raw", raw, "--out", tmp_path / "l.csv")
    assert code == 0, output
    assert len(output.strip().splitlines()) == 4
    assert len(pd.read_csv(tmp_path / "l.csv")) == 126


def test_extract_takes_out_a_province_or_sectors_of_one(raw, tmp_path):
    code, output = run("extract", 2017, "--province", "河北", "--out", tmp_path / "e.csv", "--raw", raw)
    assert code == 0, output
    rows = pd.read_csv(tmp_path / "e.csv").set_index("province")
    assert rows.at["Hebei", "production_after_Mt"] == 0 and rows.at["Beijing", "production_after_Mt"] > 0
    code, output = run("extract", 2017, "--province", "Hebei", "--sector", "02", "--raw", raw, "--language", "zh")
    assert code == 0 and "河北" in output
    code, output = run("extract", 2017, "--raw", raw)
    assert code == 1 and "nothing is named to be extracted" in output
