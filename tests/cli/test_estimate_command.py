"""`mrio estimate` rebuilds the committed inputs of 2017 from the official workbooks, byte for byte."""

import hashlib
import json
import shutil

import pytest
from click.testing import CliRunner

from mrio.cli.main import program
from mrio.formats.datapackage_file import FILES

#: Committed files the command does not make anew here: the figures of the yearbooks.
KEPT = ("socioeconomic.csv",)


@pytest.mark.parametrize("year", [2012, 2017])
@pytest.mark.slow
def test_the_committed_files_are_reproduced(repo, shared_data, tmp_path, year):
    committed = repo / "data" / "raw" / str(year)
    for name in KEPT:
        if (committed / name).exists():
            shutil.copy2(committed / name, tmp_path)
    inventory = shared_data / "ceads_inventory" / f"ceads_prov_{year}.xlsx"
    arguments = ["estimate", str(shared_data / "provincial_io" / str(year)), "--year", str(year), "--out",
                 str(tmp_path), "--inventory", str(inventory)]  # fmt: skip
    result = CliRunner().invoke(program, arguments)
    assert result.exit_code == 0, result.output
    for path in sorted(tmp_path.iterdir()):
        assert path.read_bytes() == (committed / path.name).read_bytes(), path.name
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in committed.iterdir()}


@pytest.mark.parametrize("year", [2012, 2017])
def test_the_data_package_describes_every_file(repo, year):
    folder = repo / "data" / "raw" / str(year)
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    described = {resource["path"]: resource for resource in package["resources"]}
    assert set(described) | {"datapackage.json"} == {path.name for path in folder.iterdir()}
    for name, resource in described.items():
        digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        assert resource["hash"] == f"sha256:{digest}", name
        assert resource["unit"] and resource["sources"] and resource["status"]
        assert name in FILES


def test_a_wrong_folder_is_one_sentence(tmp_path):
    result = CliRunner().invoke(program, ["estimate", str(tmp_path / "none"), "--year", "2017"])
    assert result.exit_code == 1
    assert "no .xls or .xlsx workbook" in result.output
    assert "Traceback" not in result.output
