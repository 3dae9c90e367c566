"""A fault anywhere in a file is said to be where it is: every sentence names the row and column to go to."""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
from pathlib import Path

import h5py
import numpy as np
import pytest
from strategies import random_table
from workbooks import write_xlsx

from mrio import labels
from mrio.errors import InputError, LabelError, UnitError
from mrio.formats.any_table import read_table
from mrio.formats.datapackage_file import label_package, write_datapackage, write_known_package, write_label_package
from mrio.formats.inputs.emission_keys import scheme_of
from mrio.formats.inputs.published import read_typed_tables
from mrio.formats.inputs.socioeconomic import read_socioeconomic
from mrio.formats.long_csv import write_long_csv
from mrio.formats.matrix_csv import write_matrix_csv
from mrio.formats.metadata_lines import parse_attrs
from mrio.formats.netcdf import read_netcdf, write_netcdf
from mrio.formats.pymrio_folder import _sector_labels
from mrio.formats.pymrio_text import read_column
from mrio.formats.text_cells import Corner, column_name, numbers, read_text
from mrio.formats.workbooks.headings import _best
from mrio.formats.workbooks.opening import open_sheet
from mrio.formats.workbooks.sheet_xml import used_range
from mrio.formats.workbooks.stated import stated_year
from mrio.frames import lying_beside
from mrio.table.interregional import Table


@pytest.fixture
def table():
    return random_table(1, 2, 3)


def spoil(path: Path, row: int, column: int, text: str) -> None:
    """Write a text into a cell of a CSV; rows and columns count from 1."""
    lines = path.read_text("utf-8-sig").splitlines()
    cells = next(csv.reader([lines[row - 1]]))
    cells[column - 1] = text
    stream = io.StringIO()
    csv.writer(stream, lineterminator="").writerow(cells)
    lines[row - 1] = stream.getvalue()
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def heading(path: Path) -> int:
    """Return how many lines open a file before its table."""
    return sum(line.lstrip('"').startswith("#") for line in path.read_text("utf-8-sig").splitlines())


def refusal(path: Path, layout: str) -> str:
    with pytest.raises((InputError, LabelError)) as caught:
        read_table(path, layout)
    return str(caught.value)


@pytest.mark.parametrize(("down", "across"), [(3, 3), (3, 8), (5, 4), (8, 9), (9, 5), (9, 11), (11, 4)])
def test_a_cell_of_a_matrix_is_named_as_a_spreadsheet_names_it(table, tmp_path, down, across):
    path = write_matrix_csv(table, tmp_path / "t.csv")
    row = heading(path) + down
    spoil(path, row, across, "x")
    said = refusal(path, "matrix-csv")
    assert re.search(rf"row {row}\b", said) and re.search(rf"column {column_name(across - 1)}\b", said), said


def test_a_line_too_short_and_a_row_of_no_block_are_named_by_their_lines(table, tmp_path):
    path = write_matrix_csv(table, tmp_path / "t.csv")
    first, lines = heading(path), path.read_text("utf-8-sig").splitlines()
    for down in (2, 4):
        cut = list(lines)
        cut[first + down - 1] = cut[first + down - 1].rpartition(",")[0]
        path.write_text("\n".join(cut), encoding="utf-8")
        assert f"row {first + down}:" in refusal(path, "matrix-csv").replace(",", ":")
    path.write_text("\n".join(lines), encoding="utf-8")
    at = next(k for k, line in enumerate(lines, 1) if line.startswith(",imports"))
    spoil(path, at, 2, "import")
    assert re.search(rf"row {at}\b.*'import'", refusal(path, "matrix-csv"))


def test_a_semicolon_matrix_is_named_by_the_line_of_its_header(table, tmp_path):
    path = write_matrix_csv(table, tmp_path / "t.csv")
    first = heading(path)
    lines = path.read_text("utf-8-sig").splitlines()
    lines[first:] = [line.replace(",", ";") for line in lines[first:]]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert re.search(rf"row {first + 1}\b", refusal(path, "matrix-csv"))


def test_one_unknown_region_of_the_header_is_a_name_misspelt_several_are_a_file_cut_short(table, tmp_path):
    path = write_matrix_csv(random_table(1, 4, 2, region_labels=["Beijing", "Hebei", "Tianjin", "Shanxi"]),
                            tmp_path / "t.csv")  # fmt: skip
    first = heading(path)
    lines = path.read_text("utf-8-sig").splitlines()
    spoil(path, first + 1, 5, "Hebie")
    said = refusal(path, "matrix-csv")
    assert "Hebie" in said and "did you mean 'Hebei'" in said and "cut short" not in said
    assert re.search(rf"row {first + 1}, column E\b", said)
    path.write_text("\n".join(line for line in lines if not line.startswith(("Tianjin", "Shanxi"))), encoding="utf-8")
    said = refusal(path, "matrix-csv")
    assert "rows of 2 regions are missing: the file is cut short" in said and "did you mean" not in said


@pytest.mark.parametrize("down", [2, 5, 20])
@pytest.mark.parametrize("text", ["x", "1_000", "１２", "inf", ""])
def test_a_value_of_a_long_file_is_named_by_its_line(table, tmp_path, down, text):
    path = write_long_csv(table, tmp_path / "t.csv")
    row = heading(path) + down
    spoil(path, row, 6, text)
    said = refusal(path, "long-csv")
    assert re.search(rf"row {row}\b", said) and "column F" in said, said


def test_labels_of_a_long_file_are_named_by_their_lines_too(table, tmp_path):
    path = write_long_csv(table, tmp_path / "t.csv")
    first, plain = heading(path), path.read_text("utf-8-sig")
    for column, letter in ((1, "A"), (2, "B"), (3, "C"), (4, "D"), (5, "E")):
        path.write_text(plain, encoding="utf-8")
        spoil(path, first + 7, column, "nobody")
        said = refusal(path, "long-csv")
        assert re.search(rf"row {first + 7}\b.*column {letter}\b", said), said
    lines = plain.splitlines()
    path.write_text("\n".join([*lines, lines[first + 4]]), encoding="utf-8")
    said = refusal(path, "long-csv")
    assert f"row {len(lines) + 1}:" in said and f"in row {first + 5} a second time" in said
    spoil(path, first + 1, 2, "place")
    assert re.search(rf"row {first + 1}\b.*header", refusal(path, "long-csv"))


def test_a_file_of_metadata_alone_is_read_to_its_end():
    attrs, first = parse_attrs(["# year: 2017", '"# unit: 10k CNY,"', "# a: b: c"], Path("t.csv"), "any")
    assert first == 3 and attrs == {"year": "2017", "unit": "10k CNY", "a": "b: c"}
    with pytest.raises(InputError, match=r"row 2.*'no colon'"):
        parse_attrs(["# year: 2017", "# no colon"], Path("t.csv"), "any")


def test_a_number_of_a_pymrio_column_is_named_by_its_line_and_column(tmp_path):
    (tmp_path / "x.txt").write_text("region\tsector\tindout\nr0\ts0\t5\nr0\ts1\tmany\n", encoding="utf-8")
    rows = [("r0", "s0"), ("r0", "s1")]
    with pytest.raises(InputError, match=r"row 3.*column C"):
        read_column(tmp_path, {"x": {"name": "x.txt"}}, "x", rows)
    (tmp_path / "x.txt").write_text("region\tsector\tindout\nr0\ts0\t5\nr0\ts1\t6\n", encoding="utf-8")
    assert read_column(tmp_path, {"x": {"name": "x.txt"}}, "x", rows).tolist() == [5, 6]


def test_printed_numbers_are_packed_as_whole_ones_and_computed_ones_are_not(table, tmp_path):
    names = list(table.variables())
    printed = Table(table.data.assign({name: table.data[name].round(2) for name in names}))
    kinds = {}
    for name, one in (("printed", printed), ("computed", table)):
        path = write_netcdf(one, tmp_path / f"{name}.nc")
        with h5py.File(path) as file:
            kinds[name] = file["Z"].dtype
        np.testing.assert_array_equal(read_netcdf(path).Z, one.Z)
    assert kinds == {"printed": np.dtype("<i4"), "computed": np.dtype("<f8")}
    large = Table(printed.data.map(lambda amounts: (amounts * 2**24).round(2), keep_attrs=True))
    path = write_netcdf(large, tmp_path / "large.nc")
    with h5py.File(path) as file:
        assert file["Z"].dtype == np.dtype("<i8")
    np.testing.assert_array_equal(read_netcdf(path).Z, large.Z)


# -- inputs beside the table ------------------------------------------------------------------------------------------
def test_a_file_that_says_its_scheme_and_stressor_is_read_without_a_word():
    codes = [f"{k:02d}" for k in range(1, 43)]
    full = [(2, {"sector": "01", "scheme": "42", "stressor": "CO2"})]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert scheme_of(full, Path("e.csv"), None, "CO2") == "42"
        assert scheme_of(full, Path("e.csv"), "42", "CO2") == "42"
    old = [(k, {"sector": code, "scheme": "42"}) for k, code in enumerate(codes, 2)]
    with pytest.warns(UserWarning, match="found no column 'stressor'; taken for CO2, as the unit says: write it"):
        assert scheme_of(old, Path("e.csv"), "42", "CO2") == "42"
    with pytest.raises(InputError, match="no column 'stressor'"):
        scheme_of(old, Path("e.csv"), "42", "CH4")


def test_codes_that_only_one_classification_has_say_which_it_is():
    rows = [(k, {"sector": code, "stressor": "CO2"}) for k, code in enumerate(labels.sectors("six")["code"], 2)]
    with pytest.warns(UserWarning, match="taken for the sectors of 'six', as the codes say"):
        assert scheme_of(rows, Path("e.csv"), None, "CO2") == "six"
    with pytest.raises(InputError, match="found the sectors of 'six', expected those of '42'"):
        scheme_of(rows, Path("e.csv"), "42", "CO2")


def test_codes_of_no_classification_are_refused_unless_the_table_says_which_to_hold_them_against():
    rows = [(2, {"sector": "99x", "stressor": "CO2"})]
    with pytest.raises(InputError, match="sectors of no known classification"):
        scheme_of(rows, Path("e.csv"), None, "CO2")
    with pytest.warns(UserWarning, match="no column 'scheme'"):
        assert scheme_of(rows, Path("e.csv"), "42", "CO2") == "42"


@pytest.mark.parametrize(("cell", "said"), [("1", "is 1 ratio, expected between 0"), ("0", "is 0 ratio, expected")])
def test_an_engel_coefficient_of_nothing_or_all_is_refused(repo, tmp_path, cell, said):
    text = (repo / "data/raw/2017/socioeconomic.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    at = next(k for k, row in enumerate(rows) if row["variable"] == "engel")
    rows[at] |= {"value": cell, "unit": "ratio"}
    path = tmp_path / "s.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    with pytest.raises(UnitError, match=re.escape(said)):
        read_socioeconomic(path)


def test_three_tables_of_the_study_are_typed_in_and_no_fourth(tmp_path):
    (tmp_path / "table4.csv").write_text("nonsense\n1\n", encoding="utf-8")
    (tmp_path / "table3.csv").write_text("province\nBeijing\nBeijing\n", encoding="utf-8")
    with pytest.raises(LabelError, match=r"table3\.csv, row 3: Beijing is given twice"):
        read_typed_tables(tmp_path)
    (tmp_path / "table3.csv").unlink()
    assert read_typed_tables(tmp_path).empty


@pytest.mark.parametrize(
    ("text", "said"), [("<html><body>", "a web page or XML"), ("<?xml version='1.0'?>", "a web page or XML"),
                       ("{\\rtf1 text}", "a letter in RTF")],
)  # fmt: skip
def test_what_is_no_plain_text_is_called_what_it_is(tmp_path, text, said):
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=f"found {said}, expected a table as plain text"):
        read_text(tmp_path / "t.csv", "a table")


def test_a_workbook_without_labels_or_a_year_says_which_it_lacks(tmp_path):
    path = write_xlsx(tmp_path / "t.xlsx", {"t": [["2017", "x"], ["2018", 1.0]]})
    sheet = open_sheet(path)
    words = {"01": "agriculture", "02": "mining"}
    for what, lacking in (("row", "no heading row"), ("column", "no label column")):
        with pytest.raises(InputError, match=f"found {lacking}, expected a {what} of sector codes"):
            _best(sheet, [["01", "x"], ["y", "02"]], words, what)
    assert _best(sheet, [["x"], ["01", "02"], ["01", "02"]], words, "row") == 1


@pytest.mark.parametrize(
    ("heading", "expected", "asked", "year"),
    [
        (["表 2017年"], "stated", None, 2017), (["no year"], "stated", None, "found no year"),
        (["2017年", "2018年"], "stated", None, r"found the years \[2017, 2018\]"), (["2017年"], 2017, None, 2017),
        (["no year"], 2017, None, 2017), (["2017年"], "stated", 2017, 2017), 
        (["2017年"], 2017, 2012, "the year 2017 in"),
        (["2012年", "2017年"], 2017, 2012, "found the year"),
    ],
)  # fmt: skip
def test_the_year_of_a_sheet_is_the_one_it_states(tmp_path, heading, expected, asked, year):
    sheet = open_sheet(write_xlsx(tmp_path / "t.xlsx", {"t": [[cell] for cell in heading]}))
    if isinstance(year, int):
        assert stated_year(sheet, expected, asked) == year
    else:
        with pytest.raises(InputError, match=year):
            stated_year(sheet, expected, asked)


def test_an_empty_cell_inside_merged_ones_is_named_by_them(tmp_path):
    path = write_xlsx(tmp_path / "t.xlsx", {"t": [[1.0, 2.0], ["", 3.0], ["", 4.0]]}, merged=("A1:A2",))
    sheet = open_sheet(path)
    assert sheet.what_is_missing(1, 0) == "a cell inside the merged cells A1:A2"
    assert sheet.what_is_missing(0, 0) == sheet.what_is_missing(2, 0) == ""


def test_a_sheet_that_is_not_there_is_asked_for_by_its_first_name(tmp_path):
    path = write_xlsx(tmp_path / "t.xlsx", {"Table": [[1.0]], "Notes": [[2.0]]})
    with pytest.raises(InputError, match=r"a sheet 'Tabel' or 'nothing' \(did you mean 'Table'\?\)"):
        open_sheet(path, ["Tabel", "nothing"])


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (3, 2), (2, 26), (2, 27), (1, 703)])
def test_a_sheet_uses_the_rows_and_columns_it_has(tmp_path, rows, columns):
    path = write_xlsx(tmp_path / "t.xlsx", {"t": [[1.0] * columns] * rows})
    assert used_range(path, "t") == (rows, columns)
    assert used_range(path, "elsewhere") == (0, 0)


# -- descriptions of folders ------------------------------------------------------------------------------------------
def test_the_label_tables_are_described_as_they_ship(repo, tmp_path):
    known = json.loads((repo / "data/raw/datapackage.json").read_text(encoding="utf-8"))
    assert label_package(repo / "data/raw") == known
    for resource in known["resources"]:
        (tmp_path / resource["path"]).parent.mkdir(exist_ok=True)
        (tmp_path / resource["path"]).write_bytes((repo / "data/raw" / resource["path"]).read_bytes())
    path = write_label_package(tmp_path)
    assert path.read_text(encoding="utf-8") == (repo / "data/raw/datapackage.json").read_text(encoding="utf-8")
    changed = tmp_path / known["resources"][0]["path"]
    changed.write_text("x", encoding="utf-8")
    after = json.loads(write_known_package(tmp_path).read_text(encoding="utf-8"))["resources"]
    assert after[0]["bytes"] == 1 and after[0]["hash"] != known["resources"][0]["hash"]
    assert after[1:] == known["resources"][1:]
    changed.unlink()
    with pytest.raises(InputError, match=r"found no such file, expected what datapackage\.json describes"):
        write_known_package(tmp_path)


def test_a_years_folder_is_described_by_the_files_it_has(repo, tmp_path):
    (tmp_path / "socioeconomic.csv").write_bytes((repo / "data/raw/2017/socioeconomic.csv").read_bytes())
    path = write_datapackage(tmp_path, 2017)
    assert path == tmp_path / "datapackage.json" and "国" not in path.name
    (resource,) = json.loads(path.read_text(encoding="utf-8"))["resources"]
    assert resource["path"] == "socioeconomic.csv"
    assert resource["bytes"] == (tmp_path / "socioeconomic.csv").stat().st_size
    assert path.read_text(encoding="utf-8").endswith("}\n")


def test_numbers_stored_as_text_are_refused_in_a_workbook_and_read_in_a_text():
    at = Corner(Path("t.xlsx"), 0)
    np.testing.assert_array_equal(numbers([["3", "4"]], at), [[3, 4]])
    with pytest.raises(InputError, match=r"row 1, column A: found the number '3' stored as text"):
        numbers([["3", "4"]], at, typed=True)


def test_provinces_are_read_into_their_official_order_whatever_the_sectors(tmp_path):
    codes = labels.sectors("42")["code"].tolist()[:3]
    table = random_table(1, 3, 3, region_labels=["Beijing", "Hebei", "Shanxi"], sector_labels=codes, scheme="42")
    for regions, sectors in ((table.regions[::-1], codes), (table.regions, codes[::-1]), (table.regions, codes)):
        path = write_netcdf(table.reorder(regions, sectors), tmp_path / "t.nc")
        assert read_table(path, "netcdf").data.equals(table.data), (regions, sectors)


@pytest.mark.parametrize("labels_", [None, [1.0, 2.0]])
def test_a_netcdf_without_labels_that_are_words_is_refused(table, tmp_path, labels_):
    path = write_netcdf(table, tmp_path / "t.nc")
    with h5py.File(path, "a") as file:
        del file["region"]
        if labels_:
            file["region"] = labels_
    with pytest.raises(InputError, match="region"):
        read_netcdf(path)


@pytest.mark.parametrize(
    ("there", "found"), [("T.CSV", "T.CSV"), ("t.csv.txt", "t.csv.txt"), ("t.xlsx", "t.xlsx"), ("t.csv.bak", ""),
                         ("u.csv", ""), ("t.csv", "")],
)  # fmt: skip
def test_a_file_saved_under_nearly_its_name_is_found_backups_aside(tmp_path, there, found):
    (tmp_path / there).write_text("x", encoding="utf-8")
    assert lying_beside(tmp_path / "t.csv") == found
    assert lying_beside(tmp_path / "nowhere" / "t.csv") == ""


def test_a_matrix_of_one_line_is_no_table(table, tmp_path):
    path = write_matrix_csv(table, tmp_path / "t.csv")
    first = heading(path)
    lines = path.read_text("utf-8-sig").splitlines()
    for kept in (first, first + 1):
        path.write_text("\n".join(lines[:kept]) + "\n", encoding="utf-8")
        assert "no table under the metadata lines" in refusal(path, "matrix-csv")
    path.write_text("\n".join(lines[:first]) + "\nall;in;one\n", encoding="utf-8")
    assert re.search(rf"row {first + 1}\b", refusal(path, "matrix-csv"))


def test_a_sector_goes_to_pymrio_under_a_label_that_never_looks_like_a_number():
    codes = labels.sectors("42")["code"].tolist()[:2]
    named = labels.sectors("42").set_index("code")["name"]
    known = random_table(1, 2, 2, sector_labels=codes, scheme="42")
    assert _sector_labels(known) == {code: f"{code} {named[code]}" for code in codes}
    assert _sector_labels(random_table(1, 2, 2, sector_labels=["7", "steel"])) == {"7": "sector 7", "steel": "steel"}
    other = random_table(1, 2, 2, sector_labels=["07", "steel"], scheme="of its own")
    assert _sector_labels(other) == {"07": "sector 07", "steel": "steel"}
