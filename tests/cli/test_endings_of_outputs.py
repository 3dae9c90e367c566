"""A CSV is asked for under an ending of its own: Excel would not open one called .xlsx."""

import pytest
from click.testing import CliRunner

from mrio.cli.csv_out import check_csv_out
from mrio.cli.main import program
from mrio.errors import InputError

COMMANDS = {
    "extract": ["extract", "2017", "--province", "Hebei"],
    "linkages": ["linkages", "2017"],
    "diff": ["diff", "results/2017", "results/2017"],
}


@pytest.mark.parametrize("ending", [".xlsx", ".nc", ".html"])
@pytest.mark.parametrize("command", COMMANDS)
def test_another_ending_is_refused_before_anything_is_read(tmp_path, command, ending):
    out = tmp_path / f"made{ending}"
    done = CliRunner().invoke(program, [*COMMANDS[command], "--out", str(out)])
    assert done.exit_code == 1
    assert f"found the ending '{ending}', expected a CSV; end --out in .csv." in done.output
    assert not out.exists()


def test_a_workbook_that_is_there_is_not_written_over(tmp_path):
    out = tmp_path / "mine.xlsx"
    out.write_bytes(b"PK")
    with pytest.raises(InputError, match=r"end --out in \.csv"):
        check_csv_out(out)


@pytest.mark.parametrize("name", ["made.csv", "made.CSV", "made.txt", "made", None])
def test_a_csv_is_written(tmp_path, name):
    check_csv_out(name and tmp_path / name)


def test_an_excluded_region_is_blamed_on_the_option(repo, monkeypatch):
    monkeypatch.chdir(repo)
    done = CliRunner().invoke(program, ["paths", "2017", "Beijing", "--exclude", "Tibe"])
    assert done.exit_code == 1
    assert "option --exclude: 'Tibe' is not a province" in done.output
    assert "config:" not in done.output
