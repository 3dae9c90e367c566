"""Cells, text files and names of columns at their edges."""

from __future__ import annotations

import codecs
import datetime
from pathlib import Path

import numpy as np
import pytest

from mrio.errors import InputError, LabelError
from mrio.formats.text_cells import (
    Corner,
    check_file,
    column_name,
    describe,
    number_text,
    numbers,
    read_text,
    read_text_rows,
)
from mrio.formats.text_matrix import TextMatrix, check_complete


@pytest.mark.parametrize(
    ("index", "name"),
    [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA"), (728, "ABA")],
)
def test_columns_are_named_as_a_spreadsheet_names_them(index, name):
    assert column_name(index) == name


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (None, "an empty cell"),
        ("", "an empty cell"),
        (True, "the logical value True"),
        (datetime.date(2017, 1, 2), "the date or time 2017-01-02"),
        (np.inf, "the value inf"),
        ("1e999", "1e999, beyond the numbers a computer holds"),
        ("#REF!", "the formula error #REF!"),
        ("１２", "the text '１２' (full-width digits)"),
        ("1,234.5", "the number '1,234.5' stored as text"),
        (" 12 ", "the number ' 12 ' stored as text"),
        ("n.a.", "the text 'n.a.'"),
        ("无", "the text '无'"),
    ],
)
def test_a_cell_that_is_no_number_is_described(cell, said):
    assert describe(cell) == said


def test_numbers_of_text_and_of_typed_cells():
    at = Corner(Path("a.csv"), 4, 2, "S", ["x", "y"], ["p", "q"])
    np.testing.assert_array_equal(numbers([["1", " 2.5e1 "], ["-3", ".5"]], at), [[1, 25], [-3, 0.5]])
    np.testing.assert_array_equal(numbers([[1, 2.5]], at, typed=True), [[1, 2.5]])
    assert numbers([], at).shape == (0, 0)
    for rows, typed in (([["1", "2"], ["3", "x"]], False), ([[1.0, 2.0], [3.0, "4"]], True)):
        with pytest.raises(InputError, match=r"a\.csv.*row 6 \(y\), column D \(q\)") as caught:
            numbers(rows, at, typed=typed)
        assert "such cells" not in str(caught.value)
    with pytest.raises(InputError, match=r"row 5 \(x\), column C \(p\): found something, .*; 2 such cells"):
        numbers([["1_0", "2"], ["3", "4 5"]], at, instead="something")
    for odd in ("nan", "inf", "1_000", "٣", "0x10"):
        with pytest.raises(InputError):
            numbers([[odd]], at)
    with pytest.raises(InputError, match="the logical value"):
        numbers([[True]], at, typed=True)


def test_numbers_are_written_as_short_as_they_read_back():
    assert [number_text(value) for value in (3.0, -0.1, 1e22, 1e-7, 100.5)] == ["3", "-0.1", "1e+22", "1e-07", "100.5"]


def test_files_that_cannot_be_read_are_refused_by_what_they_are(tmp_path):
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "big").write_bytes(b"1" * 2_500_001)
    for name, said in (
        ("none", "no such file"),
        (".", "a folder"),
        ("empty", "an empty file"),
        ("big", "a file of 2 MB"),
    ):
        with pytest.raises(InputError, match=said):
            check_file(tmp_path / name, "a table", 2_500_000)
    check_file(tmp_path / "big", "a table", 2_500_001)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_matrix_is_read_in_every_encoding_and_with_every_line_end(tmp_path, encoding, end):
    path = tmp_path / "m.txt"
    lines = ["\t\t北京\t河北", "\t\tx\ty", "a\tb\t\t", "北京\tx\t1\t2", "河北\ty\t3\t4.5"]
    path.write_bytes((end.join(lines) + end).encode(encoding))
    rows, columns, values = TextMatrix(path, "a matrix", 2, 2).read()
    assert rows == [("北京", "x"), ("河北", "y")] and columns == [("北京", "x"), ("河北", "y")]
    np.testing.assert_array_equal(values, [[1, 2], [3, 4.5]])
    assert not values.flags.writeable and TextMatrix(path, "a matrix", 2, 2).columns() == columns
    assert read_text(path, "a matrix").splitlines() == lines
    assert read_text_rows(path, "a matrix", "\t")[3] == ["北京", "x", "1", "2"]


def test_a_big_endian_file_and_one_without_an_end_are_read(tmp_path):
    path = tmp_path / "m.txt"
    path.write_bytes(codecs.BOM_UTF16_BE + "n\tx\na\t1\nb\t2".encode("utf-16-be"))
    rows, _, values = TextMatrix(path, "a matrix", 1, 0).read()
    assert rows == [("a",), ("b",)] and values.ravel().tolist() == [1, 2]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("n\tx\ty\na\t1\t2\nb\t3\n", "row 3: found 2 cells, expected 3 as in the header"),
        ("n\tx\ty\na\t1\t2\nb\t3\tz\n", r"row 3 \(b\), column C \(y\)"),
        ("", "an empty file"),
    ],
)
def test_a_matrix_that_is_cut_or_spoiled_names_the_place(tmp_path, text, said):
    path = tmp_path / "m.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        TextMatrix(path, "a matrix", 1, 0).read()


def test_headings_that_are_cut_name_the_row(tmp_path):
    path = tmp_path / "m.txt"
    path.write_text("\tp\tq\n\tx\n\n", encoding="utf-8")
    with pytest.raises(InputError, match="row 2: found 2 cells, expected 3"):
        TextMatrix(path, "a matrix", 1, 2).columns()
    path.write_text("\tp\tq\n\tx\ty\n", encoding="utf-8")
    with pytest.raises(InputError, match="found 2 rows, expected a matrix: 3 rows of headings"):
        TextMatrix(path, "a matrix", 1, 2).columns()
    path.write_bytes(b"\x00\x01\x02\xff\xfe\x00")
    with pytest.raises(InputError, match="bytes that are no text"):
        TextMatrix(path, "a matrix", 1, 2).columns()


def test_labels_must_be_there_once_and_in_order():
    wanted = [("a", "x"), ("a", "y"), ("b", "x")]
    check_complete(Path("f"), wanted, wanted)
    for found, said in (
        (wanted[:2], "found no b x"),
        ([*wanted, ("c", "z")], "found c z"),
        ([wanted[2], *wanted[:2]], "found regions mixed up"),
    ):
        with pytest.raises(InputError, match=said):
            check_complete(Path("f"), found, wanted)
    with pytest.raises(LabelError):
        check_complete(Path("f"), [*wanted, wanted[0]], wanted)
