"""Published workbooks, written at full size in their layouts, come out as the tables they are."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from workbooks import ERROR, FORMULA, Published, published_table, render, write_xlsx

from mrio import labels
from mrio.errors import ConfigError, InputError
from mrio.formats.any_table import read_table
from mrio.formats.workbooks.layouts import layout_names, layouts_dir, load_layout
from mrio.formats.workbooks.opening import open_sheet

CORNER = ["Beijing", "Hebei", "Tibet"]


@pytest.fixture(scope="session")
def full():
    """Return a full-size table (31 x 42) and its rendered blocks."""
    table = published_table("42")
    size = table.output.size
    Z, Y = table.Z.values.reshape(size, size), table.Y.values.reshape(size, -1)
    return table, ([[render(row)] for row in Z], [[render(row)] for row in Y])


@pytest.mark.parametrize(
    ("layout", "sheet", "tiu", "footer", "names", "scheme"),
    [
        ("ceads-2012", "Table", False, "full", "zh", "42-2012"),
        ("ceads-2015", "Table", False, "full", "zh", "42-2012"),
        ("ceads-2017", "English_Version", False, "full", "en", "42"),
        ("ceads-2018", "Table_2018_English Version", True, "full", "en", "42"),
        ("ceads-2020", "Table_2020_English Version", True, "checks", "en", "42"),
    ],
)
@pytest.mark.slow
def test_full_size_workbook_reads_equal(full, tmp_path, layout, sheet, tiu, footer, names, scheme):
    table, blocks = full
    year = load_layout(layout)["year"]
    table = type(table)(table.data.assign_attrs(scheme=scheme, year=year))
    written = Published(table, year=year, tiu=tiu, footer=footer, names=names, blocks=blocks)
    back = read_table(written.write(tmp_path / "table.xlsx", sheet), layout)
    xr.testing.assert_equal(back.data, table.data)
    assert (back.year, back.unit, back.scheme) == (year, "10k CNY", scheme)
    assert "reader_notes" not in back.data.attrs


@pytest.mark.slow
def test_thirty_by_thirty_workbook_states_its_year(tmp_path):
    regions = [name for name in labels.provinces().index if name != "Tibet"]
    table = published_table("30", regions)
    path = Published(table, year=2010, names="zh").write(tmp_path / "t.xlsx", "Table")
    back = read_table(path, "regions-30x30")
    xr.testing.assert_equal(back.data, table.data)
    assert back.year == 2010 and back.scheme == "30"
    with pytest.raises(InputError, match="found the year 2010 in the heading or sheet name, expected 2012"):
        read_table(path, "regions-30x30", year=2012)


@pytest.fixture
def small(tmp_path):
    """Return (table, Published, layout path) of three provinces and 42 sectors, small enough to alter cell by cell."""
    layout = tmp_path / "mine.yaml"
    others = [name for name in labels.provinces().index if name not in CORNER]
    layout.write_text(f"like: ceads-2017\nregions: 3\nregions_without: {others}\n".replace("'", '"'), encoding="utf-8")
    table = published_table("42", CORNER)
    return table, Published(table, cells=True), layout


def test_order_of_provinces_and_sectors_does_not_matter(small, tmp_path):
    table, _, layout = small
    shuffled = table.reorder(CORNER[::-1], table.sectors[::-1])
    back = read_table(Published(shuffled, cells=True).write(tmp_path / "t.xlsx"), layout)
    xr.testing.assert_equal(back.data, table.data)


def test_chinese_names_merged_headings_and_numeric_codes(small, tmp_path):
    table, _, layout = small
    book = Published(table, cells=True, names="zh")
    book.heads[3] = [int(c) if c and c.isdigit() else c for c in book.heads[3]]
    for row in book.body:
        row[2] = float(row[2])
    back = read_table(book.write(tmp_path / "t.xlsx", merged=("A5:A46", "D2:AS2")), layout)
    xr.testing.assert_equal(back.data, table.data)


def test_headings_may_stand_lower_and_further_right(small, tmp_path):
    table, book, layout = small
    rows = [["note"], [], *([None, None, *row] for row in book.rows())]
    back = read_table(write_xlsx(tmp_path / "t.xlsx", {"English_Version": rows}), layout)
    xr.testing.assert_equal(back.data, table.data)


def test_value_added_in_total_where_the_parts_are_not_given(small, tmp_path):
    table, book, layout = small
    book.foot = [row for row in book.foot if row[2] not in ("VA001", "VA002", "VA003", "VA004")]
    back = read_table(book.write(tmp_path / "t.xlsx"), layout)
    assert back.data["component"].values.tolist() == ["total"]
    np.testing.assert_array_equal(back.value_added.sum("component"), table.value_added.sum("component"))


def test_stated_sum_that_misses_its_parts_is_a_remark(small, tmp_path):
    table, book, layout = small
    total = next(row for row in book.foot if row[2] == "TVA")
    total[3 + 42 + 4] *= 1.01  # Hebei 05
    back = read_table(book.write(tmp_path / "t.xlsx"), layout)
    assert back.data.attrs["reader_notes"].startswith("stated value added total of Hebei 05 misses its parts by 0.0099")
    xr.testing.assert_equal(back.data, table.data)


def test_extension_does_not_matter(small, tmp_path):
    table, book, layout = small
    path = book.write(tmp_path / "t.xlsx").rename(tmp_path / "t.xls")
    xr.testing.assert_equal(read_table(path, layout).data, table.data)


def test_formulas_are_never_calculated(tmp_path):
    assert open_sheet(write_xlsx(tmp_path / "t.xlsx", {"a": [[FORMULA]]})).cells == [[2.0]]


def test_every_shipped_layout_is_sound():
    assert {"ceads-2012", "ceads-2015", "ceads-2017", "ceads-2018", "ceads-2020"} <= set(layout_names())
    for name in layout_names():
        layout = load_layout(name)
        assert layout["name"] == name and layout["title"], name


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("kind: mrio-workbok", "kind is 'mrio-workbok' (did you mean 'mrio-workbook'?)"),
        ("like: ceads-2017\nyeer: 2019", "the key 'yeer' is unknown (did you mean 'year'?)"),
        ("kind: mrio-workbook", "(kind 'mrio-workbook'): the key 'columns' is missing"),
        ("like: ceads-2017\nunit: yen a head", "unit is 'yen a head', expected a size of a currency"),
        ("like: ceads_2017", "layout 'ceads_2017' is unknown (did you mean 'ceads-2017'?)"),
        ("like: ceads-2017\ncolumns: 7", "columns is 7, expected key: value lines"),
        ("like: ceads-2017\nunit: CNY\nunit: CNY", "row 3: found the key 'unit' a second time"),
        ("like: ceads-2017\ntotals_tolerance: .nan", "totals_tolerance is nan, expected a number above 0"),
        ("like: ceads-2017\ncolumns: {exprots: [EX]}", "'columns.exprots' is unknown (did you mean 'exports'?)"),
        ("like: [1]", "like is [1], expected the name of a layout"),
        ("a: [", "row 1: found the line"),
        ("just words", "found str, expected key: value lines"),
    ],
)
def test_layout_file_with_a_mistake_is_refused(tmp_path, text, says):
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises((ConfigError, InputError)) as caught:
        read_table(tmp_path, path)
    assert says in str(caught.value)


def test_layouts_are_found_from_any_folder(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert (layouts_dir() / "ceads-2017.yaml").exists()


def test_blanks_are_zero_only_where_the_layout_says_so(small, tmp_path):
    _, book, layout = small
    book.body[3][10] = None
    path = book.write(tmp_path / "t.xlsx")
    with pytest.raises(InputError, match="found an empty cell, expected a number"):
        read_table(path, layout)
    layout.write_text(layout.read_text("utf-8") + "\nblanks: zero", encoding="utf-8")
    again = layout.rename(tmp_path / "blank.yaml")
    back = read_table(path, again)
    assert back.Z.values.reshape(126, 126)[3, 7] == 0 and back.data.attrs["reader_notes"].endswith(
        "1 empty cells read as zero"
    )
    book.body[3][10] = ERROR
    with pytest.raises(InputError, match="row 8, column K: found the formula error #REF!"):
        read_table(book.write(tmp_path / "t.xlsx"), again)
