"""Official single-province workbooks: read by code, strict about every cell, honest about mixed trade."""

from __future__ import annotations

import numpy as np
import pytest
from workbooks import write_xlsx

from mrio import labels
from mrio.errors import BalanceError, InputError, LabelError, UnitError
from mrio.formats.workbooks.provincial_folder import read_provincial_tables

CODES = [f"{k:02d}" for k in range(1, 43)]
COLUMNS = [*CODES, "TIU", "FU101", "FU102", "THC", "FU103", "TC", "FU201", "FU202", "GCF"]
COLUMNS += ["EX", "OF", "TFU", "IM", "IF", "ERR", "GO"]
ROWS = [*CODES, "TII", "VA001", "VA002", "VA003", "VA004", "TVA", "TI"]


def write_province(folder, name, *, title="2017年投入产出表", unit="单位：万元", change=None, code=str):
    """Write a balanced province: every product makes 100 and is used 42 by industries, 50 by rural households."""
    cell = {(r, c): 1.0 for r in CODES for c in CODES}
    amounts = {"TIU": 42.0, "FU101": 50.0, "THC": 50.0, "TC": 50.0, "FU202": -2.0, "GCF": -2.0}
    amounts |= {"EX": 10.0, "OF": 20.0, "TFU": 78.0, "IM": 5.0, "IF": 15.0, "GO": 100.0}
    amounts |= {"FU102": 0.0, "FU103": 0.0, "FU201": 0.0, "ERR": 0.0}
    for c in CODES:
        cell |= {(c, account): value for account, value in amounts.items()}
        cell |= {(r, c): 0.0 for r in ROWS[42:]}
        cell |= {("TII", c): 42.0, ("VA001", c): 58.0, ("TVA", c): 58.0, ("TI", c): 100.0}
    cell |= change or {}
    rows = [[title], [], [unit], [], [], [], [], ["代码", None, "-", *(code(c) if c in CODES else c for c in COLUMNS)]]
    rows += [[None, None, code(r) if r in CODES else r, *(cell.get((r, c)) for c in COLUMNS)] for r in ROWS]
    return write_xlsx(folder / name, {"sheet1": rows})


@pytest.fixture
def two(tmp_path):
    """Return a layout of Beijing and Hebei only, beside which the workbooks may lie."""
    others = [name for name in labels.provinces().index if name not in ("Beijing", "Hebei")]
    path = tmp_path / "two.yaml"
    path.write_text(f"like: provincial-2017\nregions: 2\nregions_without: {others}".replace("'", '"'), encoding="utf-8")
    return path


def test_workbooks_are_read_by_code_in_official_order(tmp_path, two):
    write_province(tmp_path, "03-河北.xlsx", code=float)
    write_province(tmp_path, "1北京.xlsx")
    prov = read_provincial_tables(tmp_path, layout=two)
    assert prov.regions == ["Beijing", "Hebei"] and prov.sectors == CODES
    assert prov.Z.values.sum() == 2 * 42 * 42
    assert prov.final.sel(category="inventory").values.sum() == -2.0 * 84
    assert prov.value_added.sel(component="compensation").values.sum() == 58.0 * 84
    assert prov.unit == "10k CNY" and "reader_notes" not in prov.data.attrs


@pytest.mark.parametrize(
    ("given", "error", "words"),
    [
        (
            {"change": {("05", "07"): "n.a."}},
            InputError,
            r"03-河北.*row 13 \(05\), column J \(07\): found the text 'n.a.'",
        ),
        ({"change": {("05", "OF"): None}}, InputError, r"row 13 \(05\), column BD \(outflow\): found an empty cell"),
        ({"change": {("05", "GO"): 101.0}}, BalanceError, "Hebei, sector 05: the row misses its total output by 1"),
        ({"change": {("VA001", "05"): 57.0}}, BalanceError, "Hebei, sector 05: the column"),
        ({"unit": "单位：亿元"}, UnitError, r"row 3: found the unit '单位：亿元' \(100M CNY\), expected 10k CNY"),
        ({"title": "2012年投入产出表"}, InputError, "found the year 2012 in the heading or sheet name, expected 2017"),
    ],
)
def test_bad_workbook_is_refused_in_one_sentence(tmp_path, two, given, error, words):
    write_province(tmp_path, "1北京.xlsx")
    write_province(tmp_path, "03-河北.xlsx", **given)
    with pytest.raises(error, match=words):
        read_provincial_tables(tmp_path, layout=two)


def test_folder_without_workbooks_or_with_a_province_twice_or_missing_is_refused(tmp_path, two):
    with pytest.raises(InputError, match=r"no \.xls or \.xlsx workbook"):
        read_provincial_tables(tmp_path / "nowhere")
    write_province(tmp_path, "03-河北.xlsx")
    with pytest.raises(LabelError, match="1 workbooks, expected 2; no workbook of Beijing"):
        read_provincial_tables(tmp_path, layout=two)
    write_province(tmp_path, "河北.xlsx")
    with pytest.raises(InputError, match="second workbook of Hebei"):
        read_provincial_tables(tmp_path, layout=two)


def test_province_that_books_no_foreign_trade_must_be_listed(tmp_path, two):
    write_province(tmp_path, "1北京.xlsx")
    mixed = {(c, a): v for c in CODES for a, v in {"EX": 0.0, "OF": 30.0, "IM": 0.0, "IF": 20.0}.items()}
    write_province(tmp_path, "河北.xlsx", change=mixed)
    with pytest.raises(InputError, match=r"no exports in the workbook of Hebei.*list Hebei under mixed_trade"):
        read_provincial_tables(tmp_path, layout=two)


@pytest.fixture
def mixing(tmp_path, two):
    """Return (folder, layout): Hebei books all trade as foreign, 30 of every product out and 20 in."""
    write_province(tmp_path, "1北京.xlsx")
    mixed = {(c, a): v for c in CODES for a, v in {"EX": 30.0, "OF": 0.0, "IM": 20.0, "IF": 0.0}.items()}
    write_province(tmp_path, "河北.xlsx", change=mixed)
    two.write_text(two.read_text("utf-8") + "\nmixed_trade: [Hebei]", encoding="utf-8")
    return tmp_path, two


def trade_csv(folder, *rows):
    path = folder / "trade.csv"
    path.write_text("year,region,sector,exports,imports,unit\n" + "\n".join(rows), encoding="utf-8")
    return path


def test_mixed_trade_counts_as_interprovincial_and_is_marked(mixing):
    prov = read_provincial_tables(mixing[0], layout=mixing[1])
    assert prov.data.attrs["not_separable"] == "Hebei"
    hebei = prov.data.sel(region="Hebei")
    assert (hebei["exports"] == 0).all() and (hebei["outflow"] == 30).all() and (hebei["inflow"] == 20).all()


def test_mixed_trade_is_told_apart_by_totals_in_proportion(mixing):
    path = trade_csv(mixing[0], "2017,河北,,42,84,10k CNY")
    prov = read_provincial_tables(mixing[0], layout=mixing[1], foreign_trade=path)
    hebei = prov.data.sel(region="Hebei")
    np.testing.assert_allclose(hebei["exports"], 1.0)  # 42 over 42 products booked alike
    np.testing.assert_allclose(hebei["outflow"], 29.0)
    np.testing.assert_allclose(hebei["imports"], 2.0)
    assert prov.data.attrs["trade_separated"] == "Hebei" and "not_separable" not in prov.data.attrs


def test_mixed_trade_is_told_apart_by_product(mixing):
    rows = [f"2017,Hebei,{c},{k % 3},0.0001,10k CNY" for k, c in enumerate(CODES)]
    prov = read_provincial_tables(mixing[0], layout=mixing[1], foreign_trade=trade_csv(mixing[0], *rows))
    np.testing.assert_allclose(prov.exports.sel(region="Hebei"), [k % 3 for k in range(42)])
    np.testing.assert_allclose(prov.outflow.sel(region="Hebei"), [30 - k % 3 for k in range(42)])


@pytest.mark.parametrize(
    ("rows", "error", "words"),
    [
        (["2017,Hebei,,999999,1,10k CNY"], BalanceError, "foreign exports of Hebei, product 1, are .* books 30 in all"),
        (["2017,Hebei,,-1,1,10k CNY"], BalanceError, "foreign exports of Hebei"),
        (["2017,Beijing,,1,1,10k CNY"], LabelError, "given for Beijing, whose workbook keeps it apart"),
        (["2012,Hebei,,1,1,10k CNY"], InputError, "row 2: found year 2012, expected year 2017"),
        (["2017,Hebai,,1,1,10k CNY"], LabelError, "row 2: 'Hebai' is not a province"),
        (["2017,Hebei,77,1,1,10k CNY"], LabelError, "sector '77' is not of scheme '42'"),
        (["2017,Hebei,01,1,1,10k CNY"], InputError, "Hebei without sector 02, expected one row in total"),
        (
            ["2017,Hebei,,1,1,USD"],
            UnitError,
            "row 2, column unit: found unit 'USD' of money in USD, expected one of CNY",
        ),
        (["2017,Hebei,,1,1,10k CNY"] * 2, LabelError, "row 3: Hebei in total is given twice"),
    ],
)
def test_foreign_trade_file_with_a_mistake_is_refused(mixing, rows, error, words):
    path = trade_csv(mixing[0], *rows)
    with pytest.raises(error, match=words):
        read_provincial_tables(mixing[0], layout=mixing[1], foreign_trade=path)


@pytest.mark.slow
def test_official_workbooks_of_2017(provincial_2017):
    prov = provincial_2017
    assert prov.regions == labels.provinces().index.tolist()
    assert prov.output.values.sum() == pytest.approx(2.4630921810208637e10, rel=1e-12)
    assert prov.outflow.values.sum() / 1e4 == pytest.approx(719_832, rel=1e-6)
    assert prov.inflow.values.sum() / 1e4 == pytest.approx(788_560, rel=1e-6)
    zero = abs(prov.residual.values).sum(1) == 0
    assert [r for r, z in zip(prov.regions, zero, strict=True) if not z] == ["Shandong", "Chongqing"]
    assert not {"not_separable", "reader_notes"} & set(prov.data.attrs)


@pytest.mark.slow
def test_official_workbooks_of_2012(shared_data):
    prov = read_provincial_tables(shared_data / "provincial_io" / "2012", year=2012)
    assert prov.regions == labels.provinces().index.tolist() and prov.data.attrs["scheme"] == "42-2012"
    assert prov.output.values.sum() == pytest.approx(1.7091981438006754e10, rel=1e-12)
    assert prov.data.attrs["not_separable"] == "Inner Mongolia, Hubei, Chongqing, Qinghai"
    marked = prov.data.sel(region=["Inner Mongolia", "Hubei", "Chongqing", "Qinghai"])
    assert (marked["exports"] == 0).all() and (marked["imports"] == 0).all()
    assert marked["outflow"].sum("sector").values / 1e4 == pytest.approx([15_754, 5_101, 10_809, 492], abs=1)


def test_workbooks_of_the_other_year_are_refused(shared_data):
    with pytest.raises(InputError, match="found the year 2012 in the heading or sheet name, expected 2017"):
        read_provincial_tables(shared_data / "provincial_io" / "2012", year=2017)
