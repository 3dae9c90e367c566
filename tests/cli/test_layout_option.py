"""A table without ``--layout``: a canonical one is read, for any other it is said what there is and what finds it."""

import pytest
from click.testing import CliRunner
from corpus import whole

from mrio.cli.main import program
from mrio.formats.netcdf import write_netcdf


@pytest.fixture
def canonical(tmp_path):
    return write_netcdf(whole(), tmp_path / "mrio_3.nc")


def run(*words):
    return CliRunner().invoke(program, [str(word) for word in words])


def test_a_canonical_table_needs_no_layout(canonical, tmp_path):
    assert run("check", canonical).output == run("check", canonical, "--layout", "netcdf").output
    assert run("read", canonical, "--out", tmp_path / "six.csv", "--to", "matrix-csv").exit_code == 0


@pytest.mark.parametrize("words", [["check"], ["read", "--out", "new.nc"]])
def test_any_other_file_is_told_which_layouts_there_are(tmp_path, words):
    path = tmp_path / "emissions_42.csv"
    path.write_text("year,region\n", encoding="utf-8")
    said = run(*words, path).output
    assert said.startswith(f"Error: {path}: found no --layout, expected one of ceads-2012, ")
    assert f"'mrio new-year YEAR --table {path}' recognises a table's, and emissions" in said


def test_a_file_that_is_not_there_is_said_to_be_that(tmp_path):
    assert "none.xlsx: found no such file, expected a table" in run("check", tmp_path / "none.xlsx").output
