"""``mrio check``, ``read`` and ``new-year`` as a person uses them: sentences, exit status, files."""

from __future__ import annotations

import json

import numpy as np
import pytest
import xarray as xr
from click.testing import CliRunner
from strategies import random_table

from mrio import labels
from mrio.cli.main import program
from mrio.errors import BalanceError, InputError
from mrio.formats.any_table import read_table
from mrio.formats.inputs.emission_files import emission_dataset, write_emissions
from mrio.formats.long_csv import write_long_csv
from mrio.formats.matrix_csv import write_matrix_csv
from mrio.formats.netcdf import write_netcdf
from mrio.study.inputs import preflight
from mrio.study.year_folder import config_entry, missing_inputs
from mrio.table.interregional import Table
from mrio.table.plausibility.registry import RULES


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return a function that calls mrio in an empty folder and gives the result."""
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(program, [str(word) for word in words])


@pytest.fixture
def six():
    """Return a table of 31 provinces at six sectors."""
    codes = labels.sectors("six")["code"].tolist()
    return random_table(1, 31, 6, region_labels=labels.provinces().index.tolist(), sector_labels=codes, scheme="six")


def test_check_passes_a_sound_table_and_writes_the_report(run, table, tmp_path):
    result = run("check", write_matrix_csv(table, tmp_path / "t.csv"), "--layout", "matrix-csv", "--out", "rep/v")
    assert result.exit_code == 0 and result.output.startswith("passed: 3 regions x 4 sectors, 2017, 10k CNY")
    assert sorted(p.name for p in (tmp_path / "rep").iterdir()) == ["v.csv", "v.html", "v_cells.csv"]


def test_check_refuses_a_broken_table(run, table, tmp_path):
    worse = Table(table.data.assign(exports=table.exports.copy(data=table.exports + 7)))
    path = write_netcdf(worse, tmp_path / "t.nc")
    result = run("check", path, "--layout", "netcdf")
    assert result.exit_code == 1 and "error: row r" in result.output and "more than its output" in result.output
    found = json.loads(run("check", path, "--layout", "netcdf", "--json").output)
    assert found["ok"] is False and found["worst_cells"][0]["check"] == "row balance"


def test_a_mistake_is_one_sentence_and_its_traceback_in_a_log(run, tmp_path):
    result = run("check", "nowhere.csv", "--layout", "matrix-csv")
    assert result.exit_code == 1
    assert result.output == (
        "Error: nowhere.csv: found no such file, expected a table in layout 'matrix-csv'; check the path.\n"
    )
    assert "Traceback" in (tmp_path / "logs" / "mrio.log").read_text("utf-8")
    as_json = run("check", "nowhere.csv", "--layout", "matrix-csv", "--json")
    assert as_json.exit_code == 1 and json.loads(as_json.output)["error"].startswith("nowhere.csv: found no such file")


def test_unknown_layout_says_what_is_known(run):
    result = run("check", "x.csv", "--layout", "matrix")
    assert result.exit_code == 1 and "layout 'matrix' is unknown (did you mean 'matrix-csv'?)" in result.output


def test_read_converts_between_layouts(run, six, tmp_path):
    source = write_long_csv(six, tmp_path / "t.csv")
    for form, layout, name in (
        ("netcdf", "netcdf", "a.nc"),
        ("pymrio", "pymrio", "p"),
        ("matrix-csv", "matrix-csv", "m.csv"),
    ):
        result = run("read", source, "--layout", "long-csv", "--to", form, "--out", name)
        assert result.exit_code == 0, result.output
        xr.testing.assert_identical(read_table(tmp_path / name, layout).data, six.data)


def test_read_excludes_and_adds_up(run, six, tmp_path):
    groups = tmp_path / "groups.csv"
    codes = labels.sectors("six")["code"].tolist()
    rows = [f"{code},{'goods' if k < 3 else 'services'}" for k, code in enumerate(codes)]
    groups.write_text("from,to\n" + "\n".join(rows), encoding="utf-8")
    path = write_netcdf(six, tmp_path / "t.nc")
    result = run("read", path, "--layout", "netcdf", "--out", "b.nc", "--exclude", "Tibet", "--sectors", groups)
    assert result.exit_code == 0, result.output
    table = read_table(tmp_path / "b.nc")
    assert table.sectors == ["goods", "services"] and len(table.regions) == 30
    xr.testing.assert_allclose(table.output.sum(), six.drop_regions(["Tibet"]).output.sum())
    groups.write_text("from,to\n" + "\n".join(rows[1:]), encoding="utf-8")
    refused = run("read", path, "--layout", "netcdf", "--out", "c.nc", "--sectors", groups)
    assert refused.exit_code == 1 and "has no group in the concordance" in refused.output


def test_read_writes_nothing_that_fails(run, table, tmp_path):
    worse = Table(table.data.assign(imports=table.imports.copy(data=table.imports * 2)))
    result = run("read", write_netcdf(worse, tmp_path / "t.nc"), "--layout", "netcdf", "--out", "out.nc")
    assert result.exit_code == 1 and "more than its output" in result.output and not (tmp_path / "out.nc").exists()


def test_preflight_names_every_missing_file_with_a_line_to_paste(tmp_path):
    config = {"years": [2017, 2020]}
    for name in ("mrio_42.nc", "emissions_42.csv"):
        (tmp_path / "2017").mkdir(exist_ok=True)
        (tmp_path / "2017" / name).touch()
    assert missing_inputs(config, tmp_path) == {
        2020: [tmp_path / "2020" / "mrio_42.nc", tmp_path / "2020" / "emissions_42.csv"]
    }
    with pytest.raises(InputError) as caught:
        preflight(config, tmp_path)
    text = str(caught.value)
    assert "2020/mrio_42.nc" in text and "2020/emissions_42.csv" in text and "2017/" not in text
    assert "'mrio new-year 2020' says how to make them, or write 'years: [2017]' in the configuration" in text


def test_config_entry_adds_the_year_to_those_there(tmp_path):
    (tmp_path / "c.yaml").write_text("years: [2017, 2012]\n", encoding="utf-8")
    assert config_entry(tmp_path / "c.yaml", 2015) == "years: [2012, 2015, 2017]"
    assert config_entry(tmp_path / "none.yaml", 2015) == "years: [2015]"


def emissions_of(table):
    """Return 1.5 Mt of every sector and kind of household."""
    places = {"region": table.regions, "fuel": ["total"]}
    cubes = ({**places, "sector": table.sectors}, {**places, "household": ["urban", "rural"]})
    F, F_Y = (xr.DataArray(np.full([len(c) for c in at.values()], 1.5), at, list(at)) for at in cubes)
    return emission_dataset(F, F_Y, year=table.year, scheme=table.scheme)


@pytest.mark.slow
def test_official_provincial_tables_are_checked(run, shared_data):
    folder = shared_data / "provincial_io" / "2012"
    result = run("check", folder, "--layout", "provincial-2012")
    assert result.exit_code == 0 and "not separable in Inner Mongolia, Hubei, Chongqing, Qinghai" in result.output
    wrong = run("check", folder, "--layout", "provincial-2017")
    assert wrong.exit_code == 1 and "found the year 2012 in the heading" in wrong.output


def test_inventory_workbook_is_checked(run, shared_data):
    path = shared_data / "ceads_inventory" / "ceads_prov_2017.xlsx"
    result = run("check", path, "--layout", "ceads-inventory", "--year", "2017")
    assert result.exit_code == 0 and "30 provinces, 10,171.2 Mt CO2" in result.output


def test_policies_of_the_configuration_reach_the_table(six, tmp_path):
    folder = tmp_path / "raw"
    write_netcdf(six, folder / "2017" / "mrio_42.nc")
    write_emissions(emissions_of(six.drop_regions(["Tibet"])), folder / "2017" / "emissions_42.csv")
    limits = {"residual_output": 0.05}
    policies = {"residual": "keep", "zero_output": "keep"}
    config = {"years": [2017], "exclude_regions": ["Tibet"], "limits": limits, "policies": policies}
    config |= {"balance": {"rounding": "residual", "limit": 1e-6}, "resolutions": ["six"], "groupings": []}
    config["plausible"] = {rule.name: "random numbers of a test" for rule in RULES}
    kept = preflight(config, folder)[2017].table
    assert abs(kept.residual).sum() > 0 and "Tibet" not in kept.regions
    spread = preflight(config | {"policies": {**policies, "residual": "spread"}}, folder)[2017].table
    assert abs(spread.residual).sum() == 0 and float(spread.output.sum()) == float(kept.output.sum())
    limits = {**limits, "residual_output": 1e-4}
    refused = {"policies": {**policies, "residual": "refuse"}, "limits": limits}
    with pytest.raises(BalanceError, match=r"more than the limit 0.01% of policy 'refuse'"):
        preflight(config | refused, folder)
