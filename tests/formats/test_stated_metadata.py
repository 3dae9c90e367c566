"""What a workbook says of itself: province, year, unit and which sheet is shown are held against what is expected."""

from __future__ import annotations

import pytest

from mrio import labels
from mrio.errors import MrioError
from mrio.formats.workbooks.opening import visible_sheets
from mrio.formats.workbooks.stated import check_province, check_unit, stated_year


class Cells:
    """A sheet of which only name and cells are known."""

    def __init__(self, *rows: str, name: str = "Sheet1"):
        self.path, self.name, self.cells = "book.xls", name, [[row] for row in rows]

    def error(self, found, expected, todo="", row=None, column=None):
        from mrio.errors import InputError

        return InputError(found, expected, todo, file=self.path, sheet=self.name, row=None if row is None else row + 1)


TITLE = "河北2017年投入产出表"
#: Title rows -> what is said of them as a workbook of Hebei, 2017, in 10^4 yuan; nothing where they will do.
STATED = {
    "as published": ((TITLE, "单位：万元"), ""),
    "in English": (("Input-output table of Hebei, 2017", "Unit: 10,000 yuan"), ""),
    "the full name": (("河北省2017年投入产出表", "单位:万元"), ""),
    "no title": (("投入产出表",), ""),
    "another province": (("山西2017年投入产出表", "单位：万元"), "row 1: found Shanxi in '山西2017年"),
    "a neighbour beside it": (("河北、山西2017年投入产出表",), ""),
    "another province in English": (("Table of Henan 2017",), "found Henan in 'Table of Henan 2017', expected Hebei"),
    "another year": (("河北2012年投入产出表",), "found the year 2012 in the heading or sheet name, expected 2017"),
    "two years": ((TITLE, "2012年调查"),
        "found the years 2012, 2017 in the heading or sheet name, expected 2017; take out"),
    "thousand yuan": ((TITLE, "单位：千元"), "found the unit '单位：千元' (k CNY), expected 10k CNY"),
    "hundred yuan": ((TITLE, "单位：百元"), "found the unit '单位：百元' (百元), expected 10k CNY"),
    "dollars": ((TITLE, "单位：万美元"), "found the unit '单位：万美元'"),
    "US dollars": ((TITLE, "Unit: US dollars"), "found the unit 'Unit: US dollars' (USD), expected 10k CNY"),
    "thousand in English": ((TITLE, "Unit: thousand yuan"), "(k CNY), expected 10k CNY"),
    "10^8": ((TITLE, "单位：亿元"), "(100M CNY), expected 10k CNY; state the unit in the layout"),
    "million": ((TITLE, "Unit: million yuan"), "(M CNY), expected 10k CNY"),
    "ten thousand in words": ((TITLE, "Unit: ten thousand yuan"), ""),
}  # fmt: skip


@pytest.mark.parametrize("name", STATED)
def test_what_a_sheet_states_is_held_against_file_layout_and_year(name):
    rows, said = STATED[name]
    sheet = Cells(*rows)

    def read():
        check_province(sheet, "Hebei")
        stated_year(sheet, 2017, 2017)
        check_unit(sheet, "10k CNY")

    if not said:
        read()
        return
    with pytest.raises(MrioError) as caught:
        read()
    assert said in str(caught.value), str(caught.value)


def test_the_name_of_a_sheet_states_the_province_too():
    with pytest.raises(MrioError, match=r"sheet 'Henan'.* found Henan in 'Henan', expected Hebei"):
        check_province(Cells("2017", name="Henan"), "Hebei")


def test_provinces_are_found_in_a_text_in_official_order():
    assert labels.provinces_in("山西和河北的表") == ["Hebei", "Shanxi"]
    assert labels.provinces_in("Shaanxi 2017") == ["Shaanxi"]
    assert labels.provinces_in("Sector 05") == []


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_not_read_in_place_of_the_visible_one(tmp_path, state):
    openpyxl = pytest.importorskip("openpyxl")
    from mrio.formats.workbooks.opening import open_book, open_sheet

    book = openpyxl.Workbook()
    book.active.title = "Old"
    book.active["A1"] = "河北2012年投入产出表"
    book.active.sheet_state = state
    book.create_sheet("New")["A1"] = TITLE
    book.save(tmp_path / "b.xlsx")
    assert visible_sheets(open_book(tmp_path / "b.xlsx", "a workbook")) == ["New"]
    assert open_sheet(tmp_path / "b.xlsx").name == "New"
    with pytest.raises(MrioError, match="sheet 'Old': found a hidden sheet, expected a visible one"):
        open_sheet(tmp_path / "b.xlsx", ["Old"])
