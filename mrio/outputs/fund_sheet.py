"""The sheet of who pays whom: the matrix of the balanced fund, and under it what receivers get of either fund."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from mrio import labels
from mrio.outputs.table_files import ten_digits
from mrio.outputs.two_funds import Fund, fund_sentence, payments_of
from mrio.words.door import LANGUAGES, Text
from mrio.words.fund_words import FUND
from mrio.words.money_words import MONEY

#: Width of names and of amounts, characters.
NAMES, AMOUNTS = 13, 9


def write_fund(sheet: Worksheet, fund: Fund, told: Text, style: Mapping[str, Format]) -> None:
    """Write the sheet; `told` is the definition, resolution and curve, in English and in Chinese."""
    paid = payments_of(fund)
    money = MONEY.names(fund.currency)
    for k, language in enumerate(LANGUAGES):
        title = FUND.say("sheet_title", language, money=money)
        sheet.write_string(k, 0, f"{title}  {told[k]}", style["title"])
    heads = [*paid.columns, "pays"]
    for j, name in enumerate(heads, start=2):
        english, chinese = FUND.both("pays") if name == "pays" else (name, labels.province_name(name, "zh"))
        sheet.write_string(2, j, f"{english}\n{chinese}", style["head_zh"])
    for j, language in enumerate(LANGUAGES):
        sheet.write_string(2, j, f"{FUND.say('payer', language)} \\ {FUND.say('receiver', language)}", style["head_zh"])
    for i, (payer, row) in enumerate(paid.iterrows(), start=3):
        sheet.write_string(i, 0, str(payer), style["text"])
        sheet.write_string(i, 1, labels.province_name(str(payer), "zh"), style["text"])
        for j, value in enumerate([*row, row.sum()], start=2):
            write_number(sheet, (i, j), float(value), style["number1"])
    for below, (key, amounts) in enumerate((("gets_balanced", paid.sum()), ("gets_literal", fund.literal))):
        at = 3 + len(paid) + below
        for j, text in enumerate(FUND.both(key)):
            sheet.write_string(at, j, text, style["text_total"])
        for j, value in enumerate([*amounts, amounts.sum()], start=2):
            write_number(sheet, (at, j), float(value), style["number1_total"])
    for k, language in enumerate(LANGUAGES):
        at = 6 + len(paid) + k
        sheet.merge_range(at, 0, at, len(heads) + 1, fund_sentence(fund, language), style["note"])
        sheet.set_row(at, 38)
    sheet.set_row(2, 40)
    sheet.set_column(0, 1, NAMES)
    sheet.set_column(2, len(heads) + 1, AMOUNTS)
    sheet.freeze_panes(3, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)


def write_number(sheet: Worksheet, place: tuple[int, int], value: float, chosen: Format) -> None:
    """Write a number as the files have it; what is not known is an empty cell."""
    if pd.isna(value):
        sheet.write_blank(*place, None, chosen)
    else:
        sheet.write_number(*place, ten_digits(value), chosen)
