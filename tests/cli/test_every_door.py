"""Every command ends with one sentence, whatever it is given: nothing is overwritten, nothing ends in a traceback."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from corpus import whole

from mrio.cli.main import program
from mrio.formats.long_csv import write_long_csv
from mrio.formats.matrix_csv import write_matrix_csv
from mrio.formats.netcdf import write_netcdf


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("doors")
    write_netcdf(whole(), folder / "t.nc")
    write_matrix_csv(whole(), folder / "m.csv")
    write_long_csv(whole(), folder / "l.csv")
    lines = (folder / "m.csv").read_text("utf-8-sig").splitlines()
    made = {
        "total_row.csv": [*lines, "Total,," + ",".join("1" * (len(lines[-1].split(",")) - 2))],
        "semicolons.csv": [line.replace(",", ";") for line in lines],
        "tabs.csv": [line.replace(",", "\t") for line in lines],
        "usd.csv": [line.replace("# unit: 10k CNY", "# unit: USD") for line in lines],
        "two_years.csv": [line.replace("# year: 2017", "# year: 2012-2017") for line in lines],
        "cut.csv": lines[:-3],
        "infinite.csv": [*lines[:-1], lines[-1].replace(lines[-1].split(",")[3], "1e400", 1)],
        "value_added_1e8.csv": [in_10_8(line) if line.startswith("value_added") else line for line in lines],
        "weights.csv": ["from,to,weight", "agriculture,a,0.5"],
        "twice.csv": ["from,to", "agriculture,a", "agriculture,b"],
    }
    for name, content in made.items():
        (folder / name).write_text("\n".join(content) + "\n", encoding="utf-8")
    (folder / "latin.csv").write_bytes("\n".join(lines).replace("Beijing", "B\xe9ijing").encode("latin-1"))
    (folder / "bad.yaml").write_text("a: [1,\n b: 2", encoding="utf-8")
    (folder / "folder").mkdir()
    return folder


def in_10_8(line: str) -> str:
    return ",".join(cell if k < 2 or not cell else repr(float(cell) / 1e4) for k, cell in enumerate(line.split(",")))


READ = ("read", "t.nc", "--layout", "netcdf", "--out")
CSV = ("--layout", "matrix-csv")
#: Words of the command line, and what the sentence says; a name with a point, or `folder`, is a file of the fixture.
REFUSED = {
    "output is the input": ((*READ, "t.nc"), "t.nc: found the file that is read, expected another name"),
    "netCDF called .csv": ((*READ, "new.csv"), "found the ending '.csv', but --to netcdf writes another kind of file"),
    "CSV called .nc": ((*READ, "new.nc", "--to", "long-csv"), "found the ending '.nc', but --to long-csv"),
    "output is a folder": ((*READ, "folder"), "folder: found a folder, expected a place that can be written to"),
    "device full": (("read", "t.nc", "--layout", "netcdf", "--to", "matrix-csv", "--out", "/dev/full"),
        "found no space"),
    "no such place": ((*READ, "/proc/new.nc"), "/proc/new.nc: found no such file or directory, expected a place"),
    "below a file": ((*READ, "m.csv/new.nc"), "expected a place that can be written to"),
    "exclude misspelt": ((*READ, "new.nc", "--exclude", "Tibett"), "option --exclude: 'Tibett' is not a province"),
    "exclude not there": ((*READ, "new.nc", "--exclude", "Hunan"), "region 'Hunan' cannot be dropped: the table does"),
    "sectors unknown": ((*READ, "new.nc", "--sectors", "sixx"),
        "sector scheme 'sixx' is unknown (did you mean 'six'?)"),
    "weights in a concordance": ((*READ, "new.nc", "--sectors", "weights.csv"),
        "found header 'weight', expected one of"),
    "a sector in two groups": ((*READ, "new.nc", "--sectors", "twice.csv"), "a sector belongs to one group"),
    "no concordance": ((*READ, "new.nc", "--sectors", "none.csv"),
        "none.csv: found no such file, expected a concordance"),
    "a sum as row": (("check", "total_row.csv", *CSV), "row 31: found 'Total' without a sector, expected a region"),
    "semicolons": (("check", "semicolons.csv", *CSV), "found cells separated by semicolons, expected commas"),
    "tabs": (("check", "tabs.csv", *CSV), "found cells separated by tabs, expected commas"),
    "dollars": (("check", "usd.csv", *CSV), "found unit 'USD' for provinces of China"),
    "two years": (("check", "two_years.csv", *CSV), "found year '2012-2017', expected a line '# year: 2017'"),
    "cut short": (("check", "cut.csv", *CSV), "columns are over it"),
    "infinite": (("check", "infinite.csv", *CSV), "found 1e400, beyond the numbers a computer holds"),
    "value added in 10^8": (("check", "value_added_1e8.csv", *CSV), "18 of 18 columns are over it"),
    "layout no YAML": (("check", "m.csv", "--layout", "bad.yaml"), "bad.yaml"),
    "layout unknown": (("check", "m.csv", "--layout", "matrixcsv"), "did you mean 'matrix-csv'"),
    "wrong layout": (("check", "l.csv", *CSV), "found format"),
    "no emissions": (("check", "t.nc", "--layout", "netcdf", "--emissions", "none.csv"),
        "none.csv: found no such file"),
    "emissions a folder": (("check", "t.nc", "--layout", "netcdf", "--emissions", "folder"),
        "found a folder, expected"),
    "emissions a table": (("check", "t.nc", "--layout", "netcdf", "--emissions", "m.csv"),
        "m.csv, row 1: found no column"),
    "statistics a table": (("check", "t.nc", "--layout", "netcdf", "--socioeconomic", "l.csv"), "l.csv"),
    "report nowhere": (("check", "t.nc", "--layout", "netcdf", "--out", "/proc/x"), "/proc/x.csv: found no such file"),
    "no inventory": (("check", "none.xlsx", "--layout", "ceads-inventory", "--year", "2017"),
        "none.xlsx: found no such"),
    "inventory a CSV": (("check", "m.csv", "--layout", "ceads-inventory", "--year", "2017"),
        "found text, not a workbook"),
    "inventory of no year": (("check", "none.xlsx", "--layout", "ceads-inventory"), "--year is needed"),
    "no provincial tables": (("estimate", "folder", "--year", "2017", "--out", "est"), "no .xls or .xlsx workbook"),
    "no register": (("settle", "none"), "none: found no such folder, expected a register folder"),
    "a register that is a file": (("settle", "m.csv"), "m.csv: found no such folder"),
    "no results to compare": (("diff", "a", "b"), "provenance.json: found no such file"),
    "no results to verify": (("verify", "a"), "provenance.json: found no such file"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_command_ends_with_one_sentence_and_leaves_everything_as_it_was(files, tmp_path, monkeypatch, name):
    words, said = REFUSED[name]
    folder = shutil.copytree(files, tmp_path / "f")
    monkeypatch.chdir(folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    made = CliRunner().invoke(program, list(words))
    assert made.exit_code == 1 and said in made.output, made.output
    assert "fault of the program" not in made.output and "Traceback" not in made.output
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


@pytest.mark.parametrize("option", ["--tolerance", "--residual-limit"])
@pytest.mark.parametrize("value", ["nan", "inf", "0", "-1", "many"])
def test_a_limit_is_a_number_above_zero(files, option, value):
    made = CliRunner().invoke(program, ["check", str(files / "t.nc"), "--layout", "netcdf", option, value])
    assert made.exit_code == 2 and f"{value!r} is no number above 0" in made.output


def test_labels_read_in_another_encoding_are_warned_of(files):
    made = CliRunner().invoke(program, ["check", str(files / "latin.csv"), *CSV])
    assert "is no province, beside others that are: a name misspelt, or read in another encoding" in made.output


def test_regions_are_excluded_in_any_language(files, tmp_path):
    words = [str(files / word) if word == "t.nc" else word for word in READ]
    made = CliRunner().invoke(program, [*words, str(tmp_path / "new.nc"), "--exclude", "西藏"])
    assert made.exit_code == 0 and "2 regions x 6 sectors" in made.output


def test_an_estimate_checks_its_inventory_before_it_overwrites(shared_data, tmp_path):
    tables = shared_data / "provincial_io" / "2017"
    (tmp_path / "mrio_42.nc").write_bytes(b"yesterday")
    for inventory, said in (
        (tmp_path / "none.xlsx", "found no such file, expected a CEADs inventory workbook"),
        (shared_data / "ceads_inventory" / "ceads_prov_2012.xlsx", "found sheets of 2012, expected sheets of 2017"),
    ):
        words = ["estimate", str(tables), "--year", "2017", "--inventory", str(inventory), "--out", str(tmp_path)]
        made = CliRunner().invoke(program, words)
        assert made.exit_code == 1 and said in made.output
        assert [path.name for path in tmp_path.iterdir()] == ["mrio_42.nc"]
        assert (tmp_path / "mrio_42.nc").read_bytes() == b"yesterday"


def test_what_the_system_refuses_is_a_sentence_too(files, tmp_path, monkeypatch):
    def denied(self):
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Path, "read_bytes", denied)
    made = CliRunner().invoke(program, ["check", str(files / "m.csv"), *CSV])
    assert made.exit_code == 1 and f"{files / 'm.csv'}: found permission denied." in made.output


def test_a_cell_beyond_what_a_csv_may_hold_is_a_sentence(files, tmp_path):
    path = tmp_path / "long.csv"
    path.write_text((files / "m.csv").read_text("utf-8-sig") + '"' + "x" * 200_000, encoding="utf-8")
    made = CliRunner().invoke(program, ["check", str(path), *CSV])
    assert made.exit_code == 1 and "field larger than field limit" in made.output and "row" in made.output
