"""Tables 1-3 as one Excel workbook a person would print: bilingual headers, units, totals row, signs explained."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from os import PathLike

import numpy as np
import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from mrio.outputs.columns import Column
from mrio.outputs.fund_sheet import write_fund, write_number
from mrio.outputs.printed_numbers import MINUS
from mrio.outputs.printed_pages import (
    SIGNED,
    Page,
    cell_text,
    decimals,
    heading_groups,
    interval_of,
    pages,
    short_heading,
    stacked_heading,
    unit_heading,
)
from mrio.outputs.table_files import ten_digits
from mrio.outputs.two_funds import Fund
from mrio.saving import whole_file
from mrio.words.door import LANGUAGES, Text
from mrio.words.fund_words import FUND
from mrio.words.page_words import PRINT
from mrio.words.quantity_words import SHORT

#: A fixed date: the workbook of the same numbers is the same file.
_EPOCH = dt.datetime(2000, 1, 1)
#: Column widths in characters: provinces, and figures, so that a page of eleven columns fits A4 upright.
_WIDTHS = (13, 7, 8.6)
#: Width of a figure with its interval.
_INTERVAL_WIDTH = 18


@dataclass(frozen=True)
class Beside:
    """What a workbook has besides Tables 1-3: Table 2 by industry, and the fund with what is told under its title."""

    industries: Sequence[Page] = ()
    fund: Fund | None = None
    told: Text = ("", "")


NOTHING = Beside()
_BASE: Mapping[str, object] = {"font_name": "Times New Roman", "font_size": 9, "valign": "vcenter"}


def write_workbook(
    tables: Mapping[str, pd.DataFrame], checks: pd.DataFrame, about: Mapping[str, object], path: str | PathLike,
    beside: Beside = NOTHING,
) -> None:  # fmt: skip
    """Write the workbook: a sheet per table, stressor, definition and resolution, each an A4 page, and the validation.

    Sheets "Table 1" to "Table 3" show the first definition at the first resolution, then come Table 2 by industry and
    who pays whom, then "Table 1 EEBT 42", "Table 1 MRIO six" and so on, of several stressors "Table 1 SO2 EEBT six".
    Text is written as text, numbers as numbers: no label becomes a formula or a link.

    Parameters
    ----------
    tables : mapping
        File stem (``table1_transfers`` ...) -> table as :mod:`mrio.outputs.tables` makes it.
    checks : DataFrame
        The validation report.
    about : mapping
        ``year``, ``carbon_price``, ``curve``: filled into titles and notes.
    beside : Beside
        What else there is.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": False}
    made = [pages(stem, table, about) for stem, table in tables.items()]
    with whole_file(path) as part, xlsxwriter.Workbook(str(part), options) as book:
        book.set_properties({"created": _EPOCH})
        style = _styles(book)
        for of_table in made:
            _write_page(book, of_table[0].number[0], of_table[0], style)
        for page in beside.industries:
            _write_page(book, page.number[0], page, style)
        if beside.fund is not None:
            write_fund(book.add_worksheet(FUND.say("sheet", "en")), beside.fund, beside.told, style)
        for page in (page for of_table in made for page in of_table[1:]):
            _write_page(book, f"{page.number[0]} {page.name}", page, style)
        _write_checks(book.add_worksheet("Validation"), checks, style)


def _styles(book: xlsxwriter.Workbook) -> dict[str, Format]:
    # three-line table: rules above the header, under it and under the last row
    base = _BASE
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
    for places in (1, 0, 3):
        for kind, code in _number_codes(places).items():
            name = f"{kind}{places}"
            style[name] = book.add_format({**base, "num_format": code})
            style[f"{name}_total"] = book.add_format({**base, "num_format": code, "bold": True, "top": 1, "bottom": 2})
    return style


def _write_page(book: xlsxwriter.Workbook, name: str, page: Page, style: Mapping[str, Format]) -> None:
    sheet = book.add_worksheet(name)
    for row, language in enumerate(LANGUAGES):
        gap = PRINT.say("after_number", language)
        sheet.write_string(row, 0, f"{page.number[row]}{gap}{page.title[row]}", style["title"])
    _write_heads(sheet, page, style)
    for i, row in enumerate(page.rows.to_dict("records")):
        tail = "_total" if i == len(page.rows) - 1 else ""
        for j, name in enumerate(("province", "province_zh")):
            sheet.write_string(5 + i, j, "" if pd.isna(row[name]) else str(row[name]), style["text" + tail])
        for j, label in enumerate(page.columns, start=2):
            chosen = "text" if pd.isna(row[label]) else f"{_kind(label, row[label])}{decimals(label.unit)}"
            write_number(sheet, (5 + i, j), row[label], style[f"{chosen}{tail}"])
    _write_intervals(book, sheet, page)
    _write_notes(sheet, page, style)
    for at, width in enumerate(_WIDTHS[:2]):
        sheet.set_column(at, at, width)
    for at, label in enumerate(page.columns, start=2):
        sheet.set_column(at, at, _INTERVAL_WIDTH if any(interval_of(label, page.rows)) else _width(label))
    sheet.freeze_panes(5, 2)
    sheet.set_paper(9)  # A4, upright
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 1)


def _write_intervals(book: xlsxwriter.Workbook, sheet: Worksheet, page: Page) -> None:
    """Write anew the cells of which an interval is known: a number still, whose format shows the interval behind it."""
    for j, label in enumerate(page.columns, start=2):
        codes = _number_codes(decimals(label.unit))
        for i, shown in enumerate(interval_of(label, page.rows)):
            if shown:
                code = codes[_kind(label, page.rows[label].iloc[i])]
                parts = ";".join(f'{part}" {shown}"' for part in code.split(";"))
                write_number(
                    sheet, (5 + i, j), page.rows[label].iloc[i], book.add_format({**_BASE, "num_format": parts})
                )


def _width(label: Column) -> float:
    """Return a width in which no word of a heading breaks: bold letters are wider than digits."""
    words = [word for line in stacked_heading(label, "en").split(" ") for word in line.split("\n")]
    return max(_WIDTHS[2], 1.2 * max(map(len, words), default=0) + 1)


def _kind(label: Column, value: float) -> str:
    """Return how a number is printed: with its sign where that says something, and none where it is printed as zero."""
    if not cell_text(label, value).strip(f"+{MINUS}0.,"):
        return "zero"
    return "signed" if label.quantity in SIGNED else "number"


def _number_codes(places: int) -> dict[str, str]:
    """Return Excel's codes of numbers as they are printed: plain, with their sign, and zero, whatever its sign."""
    plain = f"#,##0.{'0' * places}" if places else "#,##0"
    zero = f"0.{'0' * places}" if places else "0"
    minus = f'"{MINUS}"{plain}'
    return {"number": f"{plain};{minus}", "signed": f"+{plain};{minus};{zero}", "zero": f"{zero};{zero};{zero}"}


def _write_notes(sheet: Worksheet, page: Page, style: Mapping[str, Format]) -> None:
    """Write the notes under the table, the English ones first, each over its whole width."""
    width = sum(_WIDTHS[:2]) + _WIDTHS[2] * len(page.columns)
    for k, note in enumerate(note[at] for at in range(len(LANGUAGES)) for note in page.under):
        row = 6 + len(page.rows) + k
        sheet.merge_range(row, 0, row, len(page.columns) + 1, note, style["note"])
        sheet.set_row(row, 12.5 * _lines(note, width))


def _lines(text: str, characters: float) -> int:
    """Return the lines a note takes in a row of so many characters; Chinese characters are two wide."""
    width = sum(2 if unicodedata.east_asian_width(ch) in "WF" else 1 for ch in text)
    return int(width // (1.35 * characters)) + 1


def _write_heads(sheet: Worksheet, page: Page, style: Mapping[str, Format]) -> None:
    for j, language in enumerate(LANGUAGES):
        sheet.write_blank(2, j, None, style["blank"])
        sheet.write_string(3, j, SHORT.say("province", language), style["head"])
        sheet.write_blank(4, j, None, style["head_zh"])
    at = 2
    for text, width in heading_groups(page.columns):
        _write_group(sheet, (at, width), "\n".join(filter(None, text)), style)
        at += width
    for j, label in enumerate(page.columns, start=2):
        for row, (language, name) in enumerate(zip(LANGUAGES, ("head", "head_zh"), strict=True), start=3):
            heading = stacked_heading(label, language) if language == "en" else short_heading(label, language)
            lines = filter(None, (*heading.split(" "), unit_heading(label, language)))
            sheet.write_string(row, j, "\n".join(lines), style[name])
    for row, height in ((2, 26), (3, 42), (4, 26)):
        sheet.set_row(row, height)


def _write_group(sheet: Worksheet, place: tuple[int, int], text: str, style: Mapping[str, Format]) -> None:
    """Write what stands above neighbouring columns; `place` is the first of them and how many there are."""
    at, width = place
    if not text:
        for j in range(at, at + width):
            sheet.write_blank(2, j, None, style["blank"])
    elif width == 1:
        sheet.write_string(2, at, text, style["group"])
    else:
        sheet.merge_range(2, at, 2, at + width - 1, text, style["group"])


def _write_checks(sheet: Worksheet, checks: pd.DataFrame, style: Mapping[str, Format]) -> None:
    for j, name in enumerate(checks.columns):
        sheet.write_string(0, j, str(name), style["head"])
    for i, row in enumerate(checks.itertuples(index=False), start=1):
        for j, value in enumerate(row):
            if isinstance(value, (bool, np.bool_)):
                sheet.write_boolean(i, j, bool(value), style["text"])
            elif isinstance(value, (int, float, np.number)) and not pd.isna(value):
                sheet.write_number(i, j, ten_digits(float(value)), style["text"])
            else:
                sheet.write_string(i, j, "" if pd.isna(value) else str(value), style["text"])
    sheet.set_column(0, len(checks.columns) - 1, 18)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
