"""ProvincialTables: identities, refusals, collapse; the reader of the official workbooks."""

from __future__ import annotations

import numpy as np
import pytest
import xlsxwriter
from hypothesis import given
from strategies import balanced_tables

from mrio import labels
from mrio.errors import BalanceError, InputError, LabelError, UnitError
from mrio.provincial import ProvincialTables, collapse
from mrio.readers.provincial import read_provincial_tables
from mrio.table import Table


def two_regions() -> Table:
    """One product, two regions: r0 delivers 10 to itself and 5 to r1's industry, r1 2 to r0's final demand."""
    Z = np.zeros((2, 1, 2, 1))
    Z[0, 0, 0, 0], Z[0, 0, 1, 0], Z[1, 0, 1, 0] = 10, 5, 7
    Y = np.zeros((2, 1, 2, 1))
    Y[0, 0, 0, 0], Y[1, 0, 0, 0], Y[1, 0, 1, 0] = 20, 2, 30
    return Table.from_arrays(
        Z, Y, imports=[[3.0], [4.0]], regions=["r0", "r1"], sectors=["s"], categories=["c"], year=2000
    )


def test_collapse_by_hand():
    prov = collapse(two_regions())
    assert prov.Z.values.ravel().tolist() == [10, 12]
    assert prov.final.values.ravel().tolist() == [22, 30]
    assert prov.outflow.values.ravel().tolist() == [5, 2]
    assert prov.inflow.values.ravel().tolist() == [2, 5]
    assert prov.foreign_inputs.values.ravel().tolist() == [3, 4]
    assert prov.output.values.ravel().tolist() == [35, 39]


@given(balanced_tables())
def test_collapse_keeps_both_identities_and_national_trade(table):
    prov = collapse(table)
    scale = max(prov.output.values.sum(), 1.0)
    assert abs(prov.row_gap()).max() < 1e-9 * scale
    assert abs(prov.column_gap()).max() < 1e-9 * scale
    np.testing.assert_allclose(prov.outflow.sum("region"), prov.inflow.sum("region"), atol=1e-9 * scale)
    prov.check()


def test_a_table_that_misses_its_total_is_refused_by_name():
    data = collapse(two_regions()).data.copy(deep=True)
    data["outflow"].values[1, 0] += 1
    with pytest.raises(BalanceError, match="r1, sector s: the row"):
        ProvincialTables(data).check()


def test_a_missing_number_is_refused_by_name():
    data = collapse(two_regions()).data.copy(deep=True)
    data["inflow"].values[0, 0] = np.nan
    with pytest.raises(InputError, match=r"nan in inflow \(region r0, sector s\)"):
        ProvincialTables(data)


def test_a_wrong_shape_names_the_labels():
    with pytest.raises(LabelError, match="outflow has shape"):
        ProvincialTables.from_arrays(
            np.zeros((1, 2, 2)), np.zeros((1, 2, 1)), outflow=[0.0], inflow=np.zeros((1, 2)),
            output=np.zeros((1, 2)), value_added=np.zeros((1, 2)), regions=["r"], sectors=["a", "b"],
            categories=["c"], year=2000,
        )  # fmt: skip


# -- workbooks --------------------------------------------------------------------------------------------------------
def write_workbook(path, *, unit="单位：万元", change=None):
    """Write a balanced province in the official layout: every product makes 100, 42 used by industries."""
    codes = [f"{k:02d}" for k in range(1, 43)]
    columns = [*codes, "TIU", "FU101", "FU102", "FU103", "FU201", "FU202", "EX", "OF", "IM", "IF", "ERR", "GO"]
    rows = [*codes, "TII", "VA001", "VA002", "VA003", "VA004"]
    cell = {(r, c): 1.0 for r in codes for c in codes}
    for code in codes:
        cell |= {(code, "FU101"): 50.0, (code, "FU202"): -2.0, (code, "EX"): 10.0, (code, "OF"): 20.0}
        cell |= {(code, "IM"): 5.0, (code, "IF"): 15.0, (code, "GO"): 100.0, ("VA001", code): 58.0}
    cell |= change or {}
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write(2, 0, unit)
    for k, code in enumerate(columns):
        sheet.write(7, 3 + k, code)
    for k, row in enumerate(rows):
        sheet.write(8 + k, 2, row)
        for j, column in enumerate(columns):
            if (row, column) in cell:
                sheet.write(8 + k, 3 + j, cell[row, column])
    book.close()


def test_workbooks_are_read_by_code_in_official_order(tmp_path):
    write_workbook(tmp_path / "03-河北.xlsx")
    write_workbook(tmp_path / "1北京.xlsx")
    prov = read_provincial_tables(tmp_path)
    assert prov.regions == ["Beijing", "Hebei"]
    assert prov.sectors[:2] == ["01", "02"] and len(prov.sectors) == 42
    assert prov.Z.values.sum() == 2 * 42 * 42
    assert prov.final.sel(category="inventory").values.sum() == -2.0 * 84
    assert prov.value_added.sel(component="compensation").values.sum() == 58.0 * 84
    assert prov.data.attrs["unit"] == "10k CNY"


@pytest.mark.parametrize(
    ("change", "unit", "error", "words"),
    [
        ({("05", "07"): "n.a."}, "单位：万元", InputError, r"03-河北.*row 05.*column 07.*'n.a.'.*a number"),
        ({("05", "GO"): 101.0}, "单位：万元", BalanceError, "Hebei, sector 05: the row"),
        ({}, "单位：亿元", UnitError, "亿元.*万元"),
    ],
)
def test_bad_workbooks_are_refused_in_one_sentence(tmp_path, change, unit, error, words):
    write_workbook(tmp_path / "03-河北.xlsx", unit=unit, change=change)
    with pytest.raises(error, match=words):
        read_provincial_tables(tmp_path)


def test_a_missing_folder_and_a_province_twice_are_refused(tmp_path):
    with pytest.raises(InputError, match=r"no \.xls or \.xlsx workbook"):
        read_provincial_tables(tmp_path / "nowhere")
    write_workbook(tmp_path / "03-河北.xlsx")
    write_workbook(tmp_path / "河北.xlsx")
    with pytest.raises(InputError, match="second workbook of Hebei"):
        read_provincial_tables(tmp_path)


def test_official_workbooks_of_2017(shared_data):
    prov = read_provincial_tables(shared_data / "provincial_io" / "2017", year=2017)
    assert prov.regions == labels.provinces().index.tolist()
    assert prov.output.values.sum() == pytest.approx(2.4630921810208637e10, rel=1e-12)
    assert prov.outflow.values.sum() / 1e4 == pytest.approx(719_832, rel=1e-6)
    assert prov.inflow.values.sum() / 1e4 == pytest.approx(788_560, rel=1e-6)
    zero = abs(prov.residual.values).sum(1) == 0
    assert [r for r, z in zip(prov.regions, zero, strict=True) if not z] == ["Shandong", "Chongqing"]
