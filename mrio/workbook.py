"""Tables 1-3 as one Excel workbook a person would print: bilingual headers, units, totals row, signs explained."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from os import PathLike

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from .tables import QUANTITIES, ROLES, column, header

#: Sheet, title in English and Chinese, the quantities that go on paper (the CSV has all), and notes.
SHEETS = {
    "table1_transfers": (
        "Table 1",
        ("Table 1. Embodied carbon transfers between provinces, {year}", "表1  {year}年中国省域隐含碳转移量"),
        ("production", "household", "consumption", "outflow", "inflow", "net_transfer"),
        (
            "Net transfer = consumption less production between provinces. Positive: net-out, the province shifts "
            "emissions to others and pays. Negative: net-in, it carries others' emissions and receives.",
            "净转移量=消费侧减生产侧(省际)。正值为净转出,将排放转由他省承担,应支付;负值为净转入,替他省承担排放,应受偿。",
        ),
    ),
    "table2_responsibility": (
        "Table 2",
        ("Table 2. Responsibility shared by value added, {year}", "表2  {year}年各省份隐含碳责任分配"),
        ("outflow_value_added", "outflow_value", "alpha", "share", "shared"),
        (
            "Alpha is the local value added in a unit of outflow, the part the producer keeps. Share: a net-in "
            "province shows its own alpha, a net-out province 1 less the inflow-weighted alpha of its sources; the totals row "
            "shows the unweighted mean share. Emissions after sharing add up to production.",
            "分配因子为单位流出中的省内增加值,即生产者承担的部分。净转入省列示本省分配因子,净转出省列示1减去来源省按流入额"
            "加权的分配因子;合计行为各省责任分配比例的简单平均。分配后碳排放之和等于生产侧碳排放。",
        ),
    ),
    "table3_compensation": (
        "Table 3",
        ("Table 3. Compensation between provinces, {year}", "表3  {year}年各省份碳补偿额度"),
        ("gdp_per_capita", "engel", "coefficient", "net_transfer", "amount", "balanced", "role"),
        (
            "Amount: + the province receives, - it pays, at {carbon_price} yuan per tonne and growth curve {curve}. "
            "The totals row of the amount is what the fund lacks (+) or keeps (-); the balanced fund scales receipts to "
            "payments. Engel coefficients and per-capita GDP are yearbook values, not all verified.",
            "额度:+为受偿,-为支付;碳价{carbon_price}元/吨,生长曲线{curve}。合计行为基金缺口(+)或结余(-);平衡基金按支付额缩放受偿额。"
            "恩格尔系数与人均GDP取自年鉴,部分未核实。",
        ),
    ),
}
SOURCE = (
    "Source: own computation on an estimated interprovincial table (official provincial tables; flows between "
    "provinces are estimated, see README) and CEADs emission inventories. EEBT is the reading of Liao, Liu & Yao (2022).",
    "资料来源:根据官方省级投入产出表估算的省际投入产出表(省际流量为估算值,见README)与CEADs排放清单计算。"
    "EEBT为廖等(2022)的口径。",
)
#: A fixed date: the workbook of the same numbers is the same file.
_EPOCH = dt.datetime(2000, 1, 1)
_FORMATS = {"Mt": "#,##0.0", "100M_CNY": "#,##0.0", "CNY": "#,##0", "": "0.000"}


def write_workbook(
    tables: Mapping[str, pd.DataFrame], checks: pd.DataFrame, about: Mapping[str, object], path: str | PathLike
) -> None:
    """Write the workbook: one sheet a table, and a sheet of the table's validation.

    Parameters
    ----------
    tables : mapping
        File stem (``table1_transfers`` ...) -> table as :mod:`mrio.tables` makes it.
    checks : DataFrame
        The validation report.
    about : mapping
        ``year``, ``carbon_price``, ``curve``: filled into titles and notes.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": False}
    about = {**about, "curve": _curve_text(about.get("curve", ""))}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": _EPOCH})
        style = _styles(book)
        for stem, table in tables.items():
            name, titles, quantities, notes = SHEETS[stem]
            sheet = book.add_worksheet(name)
            columns = [c for c in table.columns if _quantity(c) in (None, *quantities)]
            _write_sheet(sheet, table[columns], [t.format(**about) for t in titles],
                         [n.format(**about) for n in notes], style)  # fmt: skip
        _write_checks(book.add_worksheet("Validation"), checks, style)


def _curve_text(curve: object) -> str:
    return ", ".join(f"{k} {v}" for k, v in curve.items()) if isinstance(curve, Mapping) else str(curve)


def _quantity(name: str) -> str | None:
    """Return the quantity of a column name, or None for the province columns."""
    if name.startswith("province"):
        return None
    matches = [q for q in QUANTITIES if name == column(q) or name.endswith("_" + column(q))]
    return max(matches, key=len)


def _styles(book: xlsxwriter.Workbook) -> dict[str, Format]:
    # three-line table: rules above the header, under it and under the last row
    base = {"font_name": "Times New Roman", "font_size": 9, "valign": "vcenter"}
    heads = {"bold": True, "align": "center", "text_wrap": True}
    style = {
        "title": book.add_format({**base, "bold": True, "font_size": 11}),
        "group": book.add_format({**base, **heads, "top": 2, "bottom": 1}),
        "blank": book.add_format({**base, "top": 2}),
        "head": book.add_format({**base, **heads}),
        "head_zh": book.add_format({**base, **heads, "bottom": 1}),
        "note": book.add_format({**base, "text_wrap": True, "valign": "top"}),
        "text": book.add_format(base),
        "text_total": book.add_format({**base, "bold": True, "top": 1, "bottom": 2}),
    }
    for unit, number in _FORMATS.items():
        style[f"number{unit}"] = book.add_format({**base, "num_format": number})
        style[f"number{unit}_total"] = book.add_format(
            {**base, "num_format": number, "bold": True, "top": 1, "bottom": 2}
        )
    return style


def _write_sheet(sheet: Worksheet, table: pd.DataFrame, titles, notes, style) -> None:
    last = len(table.columns) - 1
    sheet.write_string(0, 0, titles[0], style["title"])
    sheet.write_string(1, 0, titles[1], style["title"])
    heads = [(header(c, "en"), header(c, "zh")) for c in table.columns]
    _write_groups(sheet, [f"{en[0]}\n{zh[0]}" if en[0] else "" for en, zh in heads], style)
    for j, (en, zh) in enumerate(heads):
        sheet.write_string(3, j, en[1], style["head"])
        sheet.write_string(4, j, zh[1], style["head_zh"])
    for i, row in enumerate(table.itertuples(index=False)):
        tail = "_total" if i == len(table) - 1 else ""
        for j, (name, value) in enumerate(zip(table.columns, row, strict=True)):
            _write_cell(sheet, 5 + i, j, name, value, tail, style)
    for k, note in enumerate([*notes, *SOURCE]):
        sheet.merge_range(6 + len(table) + k, 0, 6 + len(table) + k, last, note, style["note"])
        sheet.set_row(6 + len(table) + k, 26)
    sheet.set_row(2, 26)
    sheet.set_row(3, 38)
    sheet.set_row(4, 26)
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 8)
    sheet.set_column(2, last, 11)
    sheet.freeze_panes(5, 2)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 1)


def _write_groups(sheet: Worksheet, groups: list[str], style) -> None:
    start = 0
    for j in range(1, len(groups) + 1):
        if j == len(groups) or groups[j] != groups[start]:
            if not groups[start]:
                for k in range(start, j):
                    sheet.write_blank(2, k, None, style["blank"])
            elif j - start == 1:
                sheet.write_string(2, start, groups[start], style["group"])
            else:
                sheet.merge_range(2, start, 2, j - 1, groups[start], style["group"])
            start = j


def _write_cell(sheet: Worksheet, row: int, at: int, name: str, value, tail: str, style) -> None:
    quantity = _quantity(name)
    unit = QUANTITIES[quantity][2] if quantity else ""
    if pd.isna(value):
        sheet.write_blank(row, at, None, style["text" + tail])
    elif quantity == "role":
        sheet.write_string(row, at, f"{value} {ROLES[value]}", style["text" + tail])
    elif isinstance(value, str):
        sheet.write_string(row, at, value, style["text" + tail])
    else:
        sheet.write_number(row, at, value, style[f"number{unit}{tail}"])


def _write_checks(sheet: Worksheet, checks: pd.DataFrame, style) -> None:
    for j, name in enumerate(checks.columns):
        sheet.write_string(0, j, str(name), style["head"])
    for i, row in enumerate(checks.itertuples(index=False), start=1):
        for j, value in enumerate(row):
            sheet.write_string(i, j, "" if pd.isna(value) else str(value), style["text"])
    sheet.set_column(0, len(checks.columns) - 1, 18)
    sheet.freeze_panes(1, 0)
