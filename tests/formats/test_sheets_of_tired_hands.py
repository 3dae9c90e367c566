"""Sheets as they come back from a spreadsheet: notes, titles, copies, hidden parts; each is read as meant, or said."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner

from mrio.cli.main import program
from mrio.errors import MrioError
from mrio.formats.inputs.emission_files import read_emissions
from mrio.formats.inputs.socioeconomic import read_socioeconomic
from mrio.formats.records import read_records
from mrio.formats.workbooks.inventory import read_inventory
from mrio.formats.workbooks.provincial_folder import read_provincial_tables
from mrio.table.plausibility.assessment import check_plausibility
from mrio.table.provincial import ProvincialTables

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def text(repo) -> str:
    return (repo / "data/raw/2017/emissions_42.csv").read_text(encoding="utf-8")


def with_rows(change: Callable[[Rows], object]) -> Callable[[str], str]:
    """Return a change of a CSV's text that changes its rows in place."""

    def edit(text: str) -> str:
        rows = list(csv.DictReader(io.StringIO(text)))
        change(rows)
        stream = io.StringIO()
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return stream.getvalue()

    return edit


def every(**cells: str) -> Callable[[str], str]:
    return with_rows(lambda rows: [row.update(cells) for row in rows])


def numbered(text: str) -> str:
    return "\n".join([f"{'' if k == 0 else k - 1},{line}" for k, line in enumerate(text.splitlines())]) + "\n"


#: Emissions: what came of them -> (change of the text, part of the sentence).
REFUSED = {
    "a note under the rows": (lambda t: t + "注：数据来源CEADs\n",
        "row 1322: found '注：数据来源CEADs' alone in its row, expected 26 cells; take it out, if it is a note"),
    "a note with its commas": (lambda t: t + "数据来源：CEADs" + 25 * "," + "\n", "alone in its row"),
    "a title above": (lambda t: "2017年各省碳排放\n" + t, "row 1: found the header in row 2, expected it in the first"),
    "a title of as many cells": (lambda t: "title" + 25 * "," + "\n" + t, "take out the rows above it"),
    "the numbers of the rows": (numbered, "row 1, column 1: found a column without a name"),
    "the same, named by a program": (lambda t: "Unnamed: 0" + numbered(t),
        "take out column 'Unnamed: 0', which is no fuel of data/raw/fuels.csv and is counted as one"),
    "a sum under the rows": (with_rows(lambda r: r.append(r[0] | {"region": "合计"})), "'合计' is not a province"),
    "the full name beside the short one": (with_rows(
        lambda rows: rows.extend([r | {"region": "内蒙古自治区"} for r in rows if r["region"] == "Inner Mongolia"])),
        "Inner Mongolia 01 is given twice"),
    "a year with a point": (every(year="2017.0"), "found year '2017.0', expected a year such as 2017"),
    "a year as a day": (every(year="2017/1/1"), "found year '2017/1/1'"),
    "a year with its sign": (every(year="2017年"), "found year '2017年'"),
    "a unit in Chinese": (every(unit="万吨"), "found unit '万吨', expected one of t CO2"),
    "a unit without its blank": (every(unit="MtCO2"), "(did you mean 'Mt CO2'?)"),
    "no unit": (every(unit=""), "column unit: found no unit"),
    "headings in capitals": (lambda t: t.replace("year,", "Year,", 1), "no column 'year' (did you mean 'Year'?)"),
    "a column twice": (lambda t: t.replace("coke,", "coke,coke,", 1), "found column 'coke' twice"),
    "digits of full width": (with_rows(lambda r: r[50].update(raw_coal="０.5")), "(full-width digits)"),
    "a percentage": (with_rows(lambda r: r[50].update(raw_coal="12%")), "row 52, column G (raw_coal): found the text"),
    "a blank inside a number": (with_rows(lambda r: r[50].update(raw_coal="1 234.5")), "stored as text"),
    "decimal commas": (lambda t: t.replace(",", ";").replace(".", ","), "cells separated by semicolons"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_emissions_are_refused_in_a_sentence(text, tmp_path, name):
    change, said = REFUSED[name]
    path = tmp_path / "e.csv"
    path.write_text(change(text), encoding="utf-8")
    with pytest.raises(MrioError) as caught:
        read_emissions(path, year=2017)
    assert said in str(caught.value) and str(caught.value).startswith(str(path)), str(caught.value)


#: What a person would call the same file -> change of its text.
SAME = {
    "empty columns at the right": lambda t: "\n".join(line + ",," for line in t.splitlines()) + "\n",
    "blank lines between": lambda t: t.replace("\n2017,42,CO2,Hebei,01", "\n\n" + 25 * "," + "\n2017,42,CO2,Hebei,01"),
    "codes without their zeros": with_rows(lambda rows: [r.update(sector=r["sector"].lstrip("0")) for r in rows]),
    "codes with a point": with_rows(
        lambda rows: [r.update(sector=r["sector"].lstrip("0") + ".0") for r in rows if r["sector"].isdigit()]),
    "provinces in Chinese": lambda t: t.replace("Hebei", "河北").replace("Inner Mongolia", "内蒙古自治区"),
    "line ends of Windows": lambda t: t.replace("\n", "\r\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", SAME)
def test_what_a_spreadsheet_adds_is_read_as_meant(repo, text, tmp_path, name):
    path = tmp_path / "e.csv"
    path.write_text(SAME[name](text), encoding="utf-8", newline="")
    assert read_emissions(path).equals(read_emissions(repo / "data/raw/2017/emissions_42.csv"))


def test_a_row_that_lacks_a_cell_is_no_note(tmp_path):
    path = tmp_path / "c.csv"
    for content, said in (("from,to\n01\n", "found 1 cells, expected 2"), ("from,to\n注：x\n", "if it is a note")):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(MrioError, match=said):
            list(read_records(path, ("from", "to"), "a concordance CSV"))


# -- workbooks of inventories -----------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def book(shared_data) -> Path:
    return shared_data / "ceads_inventory" / "ceads_prov_2017.xlsx"


def renamed(old: str, new: str) -> Callable[[openpyxl.Workbook], object]:
    return lambda made: setattr(made[old], "title", new)


def exchanged_sheets(made: openpyxl.Workbook) -> None:
    made["Shanxi2017"].title, made["Shaanxi2017"].title = "x", "Shanxi2017"
    made["x"].title = "Shaanxi2017"


def exchanged_households(made: openpyxl.Workbook) -> None:
    for sheet in made.worksheets[1:]:
        sheet["A50"], sheet["A51"] = sheet["A51"].value, sheet["A50"].value


def cell(name: str, value: object) -> Callable[[openpyxl.Workbook], object]:
    return lambda made: made["Hebei2017"].__setitem__(name, value)


def times(factor: float) -> Callable[[openpyxl.Workbook], None]:
    def change(made: openpyxl.Workbook) -> None:
        for row in made["Hebei2017"].iter_rows(min_row=3, min_col=2):
            for one in row:
                one.value = one.value * factor if isinstance(one.value, int | float) else one.value

    return change


#: What was done to a workbook -> (change, part of what is said).
BOOKS = {
    "a province hidden": (lambda made: setattr(made["Hebei2017"], "sheet_state", "hidden"),
        "sheet 'Hebei2017': found a hidden sheet, expected a visible one; show it, or take it out"),
    "a province left out": (lambda made: made.remove(made["Ningxia2017"]),
        "no sheet of Ningxia: rows may be missing"),
    "a copy of a sheet": (lambda made: setattr(made.copy_worksheet(made["Hebei2017"]), "title", "Hebei2017 (2)"),
        "sheet 'Hebei2017 (2)': found a name without a year"),
    "an empty sheet": (lambda made: made.create_sheet("Sheet1"), "names like 'Hunan2017', as a CEADs inventory has"),
    "a note under the rows": (cell("A52", "注：本表数据来自CEADs"),
        "row '注：本表数据来自CEADs' is unknown; rename it, or take it out"),
    "units merged": (lambda made: made["Hebei2017"].merge_cells("B2:V2"), "no unit (a cell inside the merged cells B2"),
    "a formula without its result": (cell("B10", "=1+2"), "row 10, column B: found a formula whose result is not"),
    "a dash for nothing": (cell("C10", "-"), "row 10, column C: found the text '-'"),
    "Shanxi and Shaanxi exchanged": (exchanged_sheets, "Shaanxi 03: 0.00324 Mt"),
    "urban and rural exchanged": (exchanged_households, "rows urban and rural are not exchanged"),
    "a twenty-fifth more": (times(1.04), "not those of the inventory of 2017"),
    "another year in the names": (lambda made: [setattr(s, "title", s.title.replace("2017", "2018")) for s in made],
        "found sheets of 2018, expected sheets of 2017"),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", BOOKS)
def test_an_inventory_is_refused_or_doubted(book, tmp_path, name):
    change, said = BOOKS[name]
    made = openpyxl.load_workbook(book)
    change(made)
    made.save(tmp_path / "i.xlsx")
    words = ["check", str(tmp_path / "i.xlsx"), "--layout", "ceads-inventory", "--year", "2017"]
    result = CliRunner().invoke(program, words)
    assert said in result.output and "fault of the program" not in result.output, result.output


@pytest.mark.slow
@pytest.mark.parametrize("change", [
    renamed("Hebei2017", "河北2017"), renamed("Hebei2017", "Hebei 2017"),
    lambda made: setattr(made["Hebei2017"].row_dimensions[9], "hidden", True),
])  # fmt: skip
def test_an_inventory_is_read_as_meant(book, tmp_path, change):
    made = openpyxl.load_workbook(book)
    change(made)
    made.save(tmp_path / "i.xlsx")
    pd.testing.assert_frame_equal(read_inventory(tmp_path / "i.xlsx", 2017), read_inventory(book, 2017), rtol=1e-12)


# -- workbooks of provinces -------------------------------------------------------------------------------------------
@pytest.fixture
def provinces(shared_data, tmp_path) -> Path:
    folder = tmp_path / "provincial"
    folder.mkdir()
    for path in (shared_data / "provincial_io/2017").glob("*.xls"):
        (folder / path.name).symlink_to(path)
    return folder


def hebei(folder: Path) -> Path:
    return next(folder.glob("03-*.xls"))


def copied(name: str) -> Callable[[Path], object]:
    return lambda folder: shutil.copy(hebei(folder), folder / name)


#: What lies in the folder -> (change, part of the sentence).
FOLDERS = {
    "a copy by Windows": (copied("03-河北 - 副本.xls"), "found a second workbook of Hebei"),
    "a copy by Windows, older": (copied("复件 03-河北.xls"), "one per province; move one out of the folder"),
    "a copy by a browser": (copied("03-河北(1).xls"), "found a second workbook of Hebei"),
    "an explanation": (copied("说明.xls"), "说明.xls: found a workbook named after no province"),
    "two provinces in a name": (copied("河北河南.xls"), "found a workbook named after Hebei and Henan"),
    "saved by WPS": (lambda folder: hebei(folder).rename(folder / "03-河北.et"), "save 03-河北.et as .xlsx"),
    "a province left out": (lambda folder: hebei(folder).unlink(), "no workbook of Hebei; add them"),
}  # fmt: skip


@pytest.mark.parametrize("name", FOLDERS)
def test_what_lies_in_a_folder_of_provinces_is_said(provinces, name):
    change, said = FOLDERS[name]
    change(provinces)
    with pytest.raises(MrioError) as caught:
        read_provincial_tables(provinces, 2017)
    assert said in str(caught.value), str(caught.value)


@pytest.mark.slow
def test_a_full_name_and_what_is_no_workbook_are_read_as_meant(provinces):
    (provinces / "~$03-河北.xls").write_bytes(b"")
    copied("03-河北.xls.bak")(provinces)
    hebei(provinces).rename(provinces / "河北省2017年投入产出表.xls")
    assert read_provincial_tables(provinces, 2017).regions[2] == "Hebei"


def test_two_sheets_that_may_be_the_table_and_a_note(tmp_path, provinces):
    import xlrd

    from mrio.formats.workbooks.opening import open_sheet

    old = xlrd.open_workbook(hebei(provinces)).sheet_by_index(0)
    made = openpyxl.Workbook()
    note, table = made.active, made.create_sheet("2017")
    note["A1"] = "编制说明"
    for row in range(old.nrows):
        table.append([old.cell_value(row, column) or None for column in range(old.ncols)])
    made.save(tmp_path / "t.xlsx")
    assert open_sheet(tmp_path / "t.xlsx").name == "2017"
    made.copy_worksheet(table).title = "2017修订"
    made.save(tmp_path / "t.xlsx")
    with pytest.raises(MrioError, match="found the sheets '2017' and '2017修订', expected one table in the workbook"):
        open_sheet(tmp_path / "t.xlsx")


@pytest.mark.slow
def test_a_table_that_is_not_the_official_one_is_named(provinces):
    tables = read_provincial_tables(provinces, 2017)
    added = tables.data["value_added"].copy(deep=True)
    added.loc[{"region": "Hebei"}] *= 1.03
    tables = ProvincialTables(tables.data.assign(value_added=added))
    said = [check.message for check in check_plausibility(tables) if not check.passed]
    assert any(message.startswith("Hebei value added: not the figures known of 2017") for message in said), said


def test_one_figure_for_all_provinces(repo, tmp_path):
    figures = read_socioeconomic(repo / "data/raw/2017/socioeconomic.csv").assign_attrs(year=2030)
    figures = figures.assign(engel=0 * figures["engel"] + 0.284)
    said = [check.message for check in check_plausibility(statistics=figures) if not check.passed]
    assert "engel 0.284 stands for more than half of the provinces: check whether it is the nation's" in said
