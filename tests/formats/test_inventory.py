"""CEADs workbooks: every spelling of a sheet reads the same, every broken cell is named, both identities hold."""

from __future__ import annotations

import datetime

import numpy as np
import pytest
import xlsxwriter

from mrio import labels
from mrio.errors import BalanceError, InputError, LabelError, UnitError
from mrio.formats.workbooks.inventory import read_inventory
from mrio.labels import fuels

SECTORS = labels.sectors("ceads")["name"].tolist()
FUELS = fuels()["name"].tolist()
HEADER = ["", *FUELS[:-2], "Scope 2 Heat", "Scope 2 Electricity", *FUELS[-2:], "Scope 1 Total"]
#: Figures of 2012 to 2019 as the workbooks' own totals state them, Mt (30 provinces).
TOTALS = {2012: 9742.7006, 2015: 9831.5598, 2017: 10171.2177, 2019: 10864.4097}


def cells(seed: int = 0) -> list[list]:
    """Return an inventory sheet as CEADs lays it out: header, unit row, blank row, total row, 47 sectors."""
    values = np.round(np.random.default_rng(seed).gamma(0.5, 2.0, (len(SECTORS), len(FUELS))), 4)
    body = np.column_stack([values[:, :-2], np.zeros((len(SECTORS), 2)), values[:, -2:], values.sum(1)])
    rows = [HEADER, ["", *["Mt CO2"] * (len(HEADER) - 1)], [""] * len(HEADER)]
    rows.append(["Total Consumption", *body.sum(0)])
    return rows + [[f"{name}    ", *map(float, row)] for name, row in zip(SECTORS, body, strict=True)]


def workbook(path, **sheets):
    with xlsxwriter.Workbook(path, {"nan_inf_to_errors": True}) as book:
        book.add_worksheet("NOTE").write(0, 0, "Unit: Mt")
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for k, row in enumerate(rows):
                for c, value in enumerate(row):
                    if value != "":
                        sheet.write(k, c, value)
    return path


def number(rows, sector, fuel):
    """Return the position of a cell by its labels."""
    row = next(k for k, r in enumerate(rows) if str(r[0]).strip() == sector)
    return row, rows[0].index(fuel)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "inventory.xlsx"


def test_a_workbook_reads_by_province_sector_and_fuel(path):
    hebei, beijing = cells(1), cells(2)
    table = read_inventory(workbook(path, Hebei2017=hebei, Beijing2017=beijing), 2017)
    assert table["region"].unique().tolist() == ["Beijing", "Hebei"], "official order, whatever the file's"
    assert len(table) == 2 * 47 * 19 and table.attrs["unit"] == "Mt"
    row, column = number(hebei, "Textile Industry", "Coke")
    picked = table.set_index(["region", "sector", "fuel"])["emissions"]
    assert picked["Hebei", "C13", "coke"] == hebei[row][column]
    assert picked["Beijing"].sum() == pytest.approx(beijing[3][-1])


def spelt_as_in_2019(rows):
    header = ["Emission_Inventory", *[name.replace(" ", "_") for name in rows[0][1:]]]
    header[2] = "CleanedCoal"
    total = ["TotalEmissions", *rows[3][1:]]
    return [header, ["unit", *rows[1][1:]], rows[2], total, *[[r[0].strip(), *r[1:]] for r in rows[4:]]]


def shuffled(rows):
    order = [0, *(np.random.default_rng(5).permutation(len(HEADER) - 1) + 1)]
    body = [rows[k] for k in [*range(4), *(np.random.default_rng(6).permutation(47) + 4)]]
    return [[row[c] for c in order] for row in body]


def moved(rows):
    return [[""] * (len(HEADER) + 2), [""] * (len(HEADER) + 2), *[["", "", *row] for row in rows]]


def in_kilotonnes(rows):
    return [
        rows[0],
        ["", *["kt CO2"] * (len(HEADER) - 1)],
        rows[2],
        *[[r[0], *(v * 1e3 for v in r[1:])] for r in rows[3:]],
    ]


@pytest.mark.parametrize("variant", [spelt_as_in_2019, shuffled, moved, in_kilotonnes])
def test_the_same_sheet_in_another_dress_reads_the_same(path, tmp_path, variant):
    plain = read_inventory(workbook(path, Hunan2017=cells()), 2017)
    other = read_inventory(workbook(tmp_path / "other.xlsx", Hunan2017=variant(cells())), 2017)
    keys = ["region", "sector", "fuel"]
    left, right = (t.set_index(keys)["emissions"].sort_index() for t in (plain, other))
    np.testing.assert_allclose(left, right, rtol=1e-12)
    assert left.index.equals(right.index)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("n.a.", "the text 'n.a.'"),
        ("1,234.5", "the number '1,234.5' stored as text"),
        ("１２", "full-width digits"),
        ("", "an empty cell"),
        (-0.5, "the value -0.5"),
        (True, "the logical value True"),
        (datetime.date(2017, 5, 1), "the date or time"),
        (float("nan"), "the formula error #N"),
    ],
)
def test_a_cell_that_is_no_number_is_named(path, value, words):
    rows = cells()
    row, column = number(rows, "Textile Industry", "Coke")
    rows[row][column] = value
    if isinstance(value, datetime.date):
        with xlsxwriter.Workbook(path) as book:
            sheet, day = book.add_worksheet("Hunan2017"), book.add_format({"num_format": "yyyy-mm-dd"})
            for k, line in enumerate(rows):
                for c, cell in enumerate(line):
                    if cell != "":
                        sheet.write(k, c, cell) if cell is not value else sheet.write_datetime(k, c, cell, day)
    else:
        workbook(path, Hunan2017=rows)
    with pytest.raises(InputError) as caught:
        read_inventory(path, 2017)
    assert words in str(caught.value)
    assert f"inventory.xlsx, sheet 'Hunan2017', row {row + 1}, column F: found" in str(caught.value)


def test_a_changed_cell_breaks_the_rows_total_and_is_named(path):
    rows = cells()
    row, column = number(rows, "Textile Industry", "Coke")
    rows[row][column] += 0.01
    with pytest.raises(BalanceError, match=rf"sheet 'Hunan2017', row {row + 1}: fuels add up to"):
        read_inventory(workbook(path, Hunan2017=rows), 2017)


def test_a_changed_total_breaks_the_columns_identity_and_is_named(path):
    rows = cells()
    rows[3][5] += 1.0
    with pytest.raises(BalanceError, match=r"column F: sectors add up to .* Mt, but the sheet's total says"):
        read_inventory(workbook(path, Hunan2017=rows), 2017)


def without(rows, label):
    return [row for row in rows if str(row[0]).strip() != label]


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        (lambda r: without(r, "Rural"), LabelError, "row 'Rural' is missing"),
        (lambda r: without(r, "Total Consumption"), LabelError, "row 'total' is missing"),
        (lambda r: [*r, r[-1]], LabelError, "row 'Rural' is given twice"),
        (lambda r: [[*row[:5], *row[6:]] for row in r], LabelError, "column 'Coke' is missing"),
        (lambda r: [[*r[0][:5], "Cork", *r[0][6:]], *r[1:]], LabelError, "column 'Cork' is unknown"),
        (lambda r: [*r, ["Space travel", *r[-1][1:]]], LabelError, "row 'Space travel' is unknown"),
        (
            lambda r: [r[0], ["", *["Gg C"] * 22], *r[2:]],
            UnitError,
            "found unit 'Gg C' under the header, expected 'Mt CO2'",
        ),
        (lambda r: [r[0], *r[2:]], UnitError, "found no unit under the header"),
        (lambda r: [["x"]], InputError, "a header row with 'Scope 1 Total'"),
        (lambda r: r[:30], LabelError, "is missing; the inventory must be complete"),
    ],
)
def test_a_sheet_that_is_not_an_inventory_is_refused(path, change, error, message):
    with pytest.raises(error, match=message):
        read_inventory(workbook(path, Hunan2017=change(cells())), 2017)


@pytest.mark.parametrize(
    ("sheets", "year", "error", "message"),
    [
        (["Hunan2017"], 2016, InputError, "found sheets of 2017, expected sheets of 2016"),
        (["Hunnan2017"], 2017, LabelError, r"'Hunnan' is not a province of mainland China \(did you mean 'Hunan'\?\)"),
        (["Hunan2017", "湖南2017"], 2017, LabelError, "sheets 'Hunan2017' and '湖南2017' are both Hunan"),
        (["Hunan"], 2017, InputError, "found a name without a year"),
    ],
)
def test_sheet_names_say_province_and_year(path, sheets, year, error, message):
    with pytest.raises(error, match=message):
        read_inventory(workbook(path, **{name: cells() for name in sheets}), year)


def test_what_is_no_workbook_is_refused(tmp_path):
    for name, content, words in (("a.xlsx", b"not a zip", "text, not a workbook"), ("b.xlsx", b"", "0 bytes")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(InputError, match=words):
            read_inventory(tmp_path / name, 2017)
    with pytest.raises(InputError, match="no such file"):
        read_inventory(tmp_path / "none.xlsx", 2017)


def test_a_national_workbook_has_a_sheet_a_year(path):
    sheets = {"2016": cells(1), "2017": cells(2), "sum": [["", "Raw Coal"], [2016, 1.0]]}
    table = read_inventory(workbook(path, **sheets), 2017)
    assert table["region"].unique().tolist() == ["China"]
    assert table["emissions"].sum() == pytest.approx(cells(2)[3][-1])


def test_sheets_of_the_country_and_of_provinces_do_not_mix(path):
    with pytest.raises(LabelError, match="sheet '2017' is of the country, others are of provinces"):
        read_inventory(workbook(path, **{"2017": cells(1), "Hunan2017": cells(2)}), 2017)


# -- the real workbooks ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("year", TOTALS)
@pytest.mark.slow
def test_the_published_inventories_read_and_add_up(shared_data, year):
    """Reading checks both identities of every sheet; 2017 has one sheet, 2019 all, in another spelling."""
    table = read_inventory(shared_data / "ceads_inventory" / f"ceads_prov_{year}.xlsx", year)
    assert table["region"].nunique() == 30 and "Tibet" not in set(table["region"])
    assert table["emissions"].sum() == pytest.approx(TOTALS[year], abs=1e-4)
    assert len(table) == 30 * 47 * 19


def test_the_national_inventory_of_2017(shared_data):
    table = read_inventory(shared_data / "ceads_inventory" / "ceads_nat.xlsx", 2017)
    assert table["emissions"].sum() == pytest.approx(9408.17, abs=0.005)
    assert table.groupby("fuel")["emissions"].sum()["process"] == pytest.approx(677.34, abs=0.005)
