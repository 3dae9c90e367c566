"""Differences of tables, arrays and workbooks, by hand: matched by label, told with size and place."""

import numpy as np
import pandas as pd
import xarray as xr

from mrio.review.differences import dataset_differences, table_differences
from mrio.review.results import read_result

TABLE = pd.DataFrame({"province": ["A", "B"], "x": [100.0, 200.0], "y": [1.0, np.nan], "role": ["pays", "receives"]})


def test_tables_are_matched_by_label_not_position():
    assert len(table_differences(TABLE, TABLE.iloc[::-1])) == 0
    found = table_differences(TABLE, pd.DataFrame({"province": ["B", "C"], "x": [200.0, 3.0], "z": [1.0, 2.0]}))
    only = {(line.row, line.column): (line.one, line.other) for line in found.itertuples()}
    assert only[("C", "")] == ("absent", "present")
    assert only[("A", "")] == ("present", "absent")
    assert only[("", "z")] == ("absent", "present")
    assert len(found) == 5  # and the columns y and role


def test_rounding_is_no_difference_and_a_missing_number_is_one():
    other = TABLE.assign(x=TABLE["x"] * (1 + 1e-11))
    assert len(table_differences(TABLE, other)) == 0
    assert len(table_differences(TABLE, other, tolerance=0.0)) == 2
    noise = pd.DataFrame({"province": ["A", "T"], "x": [100.0, -2e-13]})
    assert len(table_differences(noise, noise.assign(x=[100.0, 7e-13]))) == 0  # a total that is zero
    gone = table_differences(TABLE, TABLE.assign(y=[np.nan, np.nan]))
    assert (gone.iloc[0]["row"], gone.iloc[0]["column"], gone.iloc[0]["other"]) == ("A", "y", "nan")


def test_the_largest_relative_difference_comes_first_with_its_size():
    other = TABLE.assign(x=[101.0, 100.0], role=["pays", "pays"])
    found = table_differences(TABLE, other)
    assert found["column"].tolist() == ["role", "x", "x"]
    worst = found.iloc[1]
    assert worst[["row", "one", "other", "difference", "relative"]].tolist() == ["B", "200", "100", -100.0, -0.5]


def test_rows_told_apart_by_several_labels():
    one = pd.DataFrame({"definition": ["eebt", "mrio"], "province": ["A", "A"], "x": [1.0, 2.0]})
    found = table_differences(one, one.assign(x=[1.0, 3.0]))
    assert found["row"].tolist() == ["mrio"]  # enough to tell the rows apart


def test_arrays_are_compared_by_label():
    one = xr.Dataset({"flows": (("region", "to_region"), np.eye(2))}, {"region": ["A", "B"], "to_region": ["A", "B"]})
    other = one.copy(deep=True)
    assert dataset_differences(one, other)[0] == 0
    other["flows"][0, 1] = 0.25
    count, found = dataset_differences(one, other)
    assert count == 1
    assert found.iloc[0][["row", "column", "one", "other"]].tolist() == ["A, B", "flows", "0", "0.25"]
    count, found = dataset_differences(one, one.isel(region=[0]))
    assert count == 1
    assert found.iloc[0]["column"] == "flows"


def test_a_workbook_is_compared_cell_by_cell(tmp_path):
    import xlsxwriter

    for name, value in (("a", 1.0), ("b", 2.0)):
        with xlsxwriter.Workbook(str(tmp_path / f"{name}.xlsx")) as book:
            sheet = book.add_worksheet("Table 1")
            sheet.write_string(0, 0, "Beijing")
            sheet.write_number(1, 1, value)
    found = table_differences(*(read_result(tmp_path / f"{name}.xlsx") for name in "ab"))
    assert found[["row", "column", "one", "other"]].values.tolist() == [["Table 1 B2", "number", "1", "2"]]
