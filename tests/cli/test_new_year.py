"""``mrio new-year``: told from the files, repeated until the folder is whole, and never a file too many."""

from __future__ import annotations

import csv

import pytest
from click.testing import CliRunner
from strategies import random_table
from workbooks import write_xlsx

from mrio import labels
from mrio.cli.main import program
from mrio.errors import InputError
from mrio.formats.inputs.emission_files import read_emissions
from mrio.formats.inputs.socioeconomic import read_socioeconomic
from mrio.formats.matrix_csv import write_matrix_csv
from mrio.formats.netcdf import write_netcdf
from mrio.formats.workbooks.layouts import load_layout
from mrio.formats.workbooks.recognising import recognise


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return a function that calls mrio in an empty folder and gives the result."""
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(program, [str(word) for word in words])


def fill(template, path, column, value):
    """Fill a column of a template and save it under its proper name."""
    with template.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        row[column] = value[row["variable"]] if isinstance(value, dict) else value
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def table_of(scheme, year, regions=31):
    codes = labels.sectors(scheme)["code"].tolist()
    names = labels.provinces().index.tolist()[:regions]
    return random_table(1, regions, len(codes), region_labels=names, sector_labels=codes, scheme=scheme, year=year)


def test_a_year_is_led_from_nothing_to_a_checked_folder(run, tmp_path):
    folder = tmp_path / "data" / "raw" / "2015"
    first = run("new-year", 2015)
    assert first.exit_code == 0 and "next: mrio new-year 2015 --table FILE_OR_FOLDER" in first.output
    assert list(folder.iterdir()) == [], "no template before it is known what it must fit"
    write_netcdf(table_of("six", 2015), folder / "mrio_42.nc")
    second = run("new-year", 2015, "--inventory", write_matrix_csv(table_of("six", 2015), tmp_path / "my energy.csv"))
    assert f"next: mrio emissions '{tmp_path / 'my energy.csv'}' --table data/raw/2015/mrio_42.nc" in second.output
    templates = ["emissions_42.template.csv", "socioeconomic.template.csv"]
    assert sorted(p.name for p in folder.glob("*.csv")) == templates
    assert run("new-year", 2015).exit_code == 0
    fill(folder / templates[0], folder / "emissions_42.csv", "total", "1.5")
    made = read_emissions(folder / "emissions_42.csv", year=2015)
    assert made["F"].shape == (30, 6) and "Tibet" not in made["region"] and made.attrs["scheme"] == "six"
    values = {"gdp": "100", "population": "100", "gdp_per_capita": "10000", "engel": "0.3"}
    fill(folder / templates[1], folder / "socioeconomic.csv", "value", values)
    assert float(read_socioeconomic(folder / "socioeconomic.csv", year=2015)["engel"].mean()) == pytest.approx(0.3)
    last = run("new-year", 2015)
    assert "emissions_42.csv: there" in last.output
    assert last.exit_code == 1 and "known per-capita GDP failed too" in last.output, "figures made up are implausible"
    assert sorted(p.name for p in folder.iterdir()) == ["emissions_42.csv", "mrio_42.nc", "socioeconomic.csv"]


def test_a_template_somebody_wrote_in_is_never_removed(run, tmp_path):
    folder = tmp_path / "data" / "raw" / "2015"
    write_netcdf(table_of("six", 2015), folder / "mrio_42.nc")
    run("new-year", 2015)
    template = folder / "emissions_42.template.csv"
    fill(template, folder / "emissions_42.csv", "total", "1.5")
    begun = template.read_bytes() + b"mine"
    template.write_bytes(begun)
    run("new-year", 2015)
    assert template.read_bytes() == begun


@pytest.mark.slow
def test_a_year_that_ships_is_checked_and_asked_for_nothing(repo, run):
    before = sorted(path.name for path in (repo / "data" / "raw" / "2017").iterdir())
    result = run("new-year", 2017, "--raw", repo / "data" / "raw", "--config", repo / "config" / "config.yaml")
    assert result.exit_code == 0, result.output
    assert "passed: 30 regions x 42 sectors, 2017" in result.output and "then make" in result.output
    assert "missing" not in result.output
    assert sorted(path.name for path in (repo / "data" / "raw" / "2017").iterdir()) == before


def test_an_empty_matrix_is_written_on_demand_and_refused_by_its_first_cell(run):
    result = run("new-year", 2020, "--scheme", "six")
    assert "next: mrio read data/raw/2020/mrio.template.csv --layout matrix-csv" in result.output
    refused = run("check", "data/raw/2020/mrio.template.csv", "--layout", "matrix-csv")
    assert refused.exit_code == 1
    assert (
        "row 7 (Beijing agriculture)" in refused.output and "found an empty cell, expected a number" in refused.output
    )


# -- what a workbook is ------------------------------------------------------------------------------------------------
def heads(scheme, year, sheet="Table", names="zh", regions=None, unit="单位：万元", path=None):
    """Write the headings of a published table, and nothing under them."""
    sectors = labels.sectors(scheme)["name_zh" if names == "zh" else "name"].tolist()
    regions = regions or labels.provinces().index.tolist()
    top = [None, *(labels.province_name(r, names) for r in regions for _ in sectors)]
    return write_xlsx(
        path / "t.xlsx", {"Note": [["about"]], sheet: [[f"{year} {unit}"], top, [None, *sectors * len(regions)]]}
    )


@pytest.mark.parametrize("names", ["zh", "en"])
@pytest.mark.parametrize(
    ("scheme", "year", "sheet", "layout"),
    [
        ("42", 2017, "English_Version", "ceads-2017"),
        ("42-2012", 2012, "Table_2012", "ceads-2012"),
        ("42-2012", 2015, "Table", "ceads-2015"),
        ("42", 2020, "Table_2020", "ceads-2020"),
    ],
)
def test_layout_and_scheme_are_told_from_names_not_from_the_year(tmp_path, names, scheme, year, sheet, layout):
    found = recognise(heads(scheme, year, sheet, names, path=tmp_path), year)
    assert (found.layout, dict(found.changes)) == (layout, {})
    assert f"31 provinces x 42 sectors of '{scheme}', {year}, 10k CNY" in found.says


def test_a_sheet_like_none_shipped_gets_a_layout_file_that_reads_it(run, tmp_path):
    """A table of 2016 in the sectors of 2012, without Tibet, in 10^8 yuan, on a sheet of its own name."""
    regions = [name for name in labels.provinces().index if name != "Tibet"]
    book = heads("42-2012", 2016, "省际表", regions=regions, unit="单位：亿元", path=tmp_path)
    result = run("new-year", 2016, "--table", book)
    assert "--layout data/raw/2016/layout.yaml --out data/raw/2016/mrio_42.nc" in result.output
    layout = load_layout(tmp_path / "data" / "raw" / "2016" / "layout.yaml")
    assert (layout["scheme"], layout["sheets"], layout["year"]) == ("42-2012", ["省际表"], 2016)
    assert (layout["regions"], layout["regions_without"], layout["unit"]) == (30, ["Tibet"], "100M CNY")


def test_a_workbook_of_another_year_or_without_names_is_refused_by_what_to_do(tmp_path):
    with pytest.raises(InputError, match="found the year 2012, expected 2015; 'mrio new-year 2012'"):
        recognise(heads("42-2012", 2012, path=tmp_path), 2015)
    codes = write_xlsx(tmp_path / "c.xlsx", {"Table": [["2015"], [None, *labels.sectors("42")["code"]]]})
    with pytest.raises(InputError, match=r"no sheet whose headings name sectors .*'Table'.*--layout LAYOUT"):
        recognise(codes, 2015)


def test_other_kinds_of_file_are_known_too(run, tmp_path):
    table = table_of("six", 2015)
    write_matrix_csv(table, tmp_path / "m.csv")
    (tmp_path / "books").mkdir()
    (tmp_path / "books" / "Hebei.xlsx").touch()
    said = {path: run("new-year", 2015, "--table", path).output for path in ("m.csv", "books")}
    assert "next: mrio read m.csv --layout matrix-csv --out" in said["m.csv"]
    assert "next: mrio estimate books --year 2015 --inventory INVENTORY" in said["books"]
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    refused = run("new-year", 2015, "--table", "x.csv")
    assert refused.exit_code == 1 and "found no line '# format: ...' at the top" in refused.output


#: How a table of 2012 is handed over for 2017 -> the file that says so.
OF_ANOTHER_YEAR = {
    "in the folder": ("data/raw/2017/mrio_42.nc", (), "found a table of 2012, expected one of 2017; "
        "'mrio new-year 2012'"),
    "netCDF": ("t.nc", ("--table", "t.nc"), "t.nc: found the year 2012, expected 2017"),
    "matrix CSV": ("t.csv", ("--table", "t.csv"), "t.csv: found the year 2012, expected 2017"),
    "workbooks by name": ("b/Hebei 2012.xlsx", ("--table", "b"), "Hebei 2012.xlsx: found the year 2012"),
}  # fmt: skip


@pytest.mark.parametrize("name", OF_ANOTHER_YEAR)
def test_a_table_of_another_year_is_not_proposed(run, tmp_path, name):
    place, words, said = OF_ANOTHER_YEAR[name]
    path = tmp_path / place
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = {".nc": write_netcdf, ".csv": write_matrix_csv}.get(path.suffix, lambda _, file: file.touch())
    writer(table_of("six", 2012), path)
    result = run("new-year", 2017, *words)
    assert result.exit_code == 1 and said in result.output and "next:" not in result.output


def test_a_workbook_whose_name_says_another_year_is_not_proposed(tmp_path):
    book = heads("42", "", path=tmp_path).rename(tmp_path / "table2012.xlsx")
    with pytest.raises(InputError, match=r"table2012.xlsx: found the year 2012, expected 2017"):
        recognise(book, 2017)
