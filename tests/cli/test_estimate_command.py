"""What `mrio estimate` writes is described, and its mistakes are named; that it rebuilds the inputs, CI holds."""

import hashlib
import json

import pytest
from click.testing import CliRunner

from mrio.cli.main import program
from mrio.formats.datapackage_file import FILES


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
