"""Tables 1-3 as the page takes them: what columns are called, cells as the CSV files have them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from mrio.outputs.column_headings import heading
from mrio.outputs.columns import Column
from mrio.outputs.printed_pages import SIGNED, decimals, pages
from mrio.outputs.table_files import ten_digits
from mrio.words.cell_words import CELLS
from mrio.words.door import LANGUAGES
from mrio.words.page_words import NUMBERS, TITLES

#: What an amount means to who pays it: signed as the amount.
BURDEN = ("gdp_share", "per_head")


def table_data(stem: str, table: pd.DataFrame, year: int, estimated: bool) -> dict[str, Any]:
    """Return a table: what its columns are called, and its cells as the CSV file has them (10 digits)."""
    # price and curve are filled in by the page, where a reader may have moved them
    about = {"year": year, "estimated": estimated, "carbon_price": "{price}", "curve": "{curve}"}
    printed = pages(stem, table, about)
    return {
        "key": stem,
        "number": NUMBERS.both(stem),
        "title": TITLES.both(stem, **about),
        # what every definition needs to be told of it; the source is the page's
        "notes": {f"{page.stressor}|{page.definition}": page.notes[:-1] for page in printed},
        "columns": [_column(label, table[label]) for label in table.columns],
        "rows": [[_cell(value) for value in row] for row in table.itertuples(index=False)],
        "total": bool(len(table)) and table.iloc[-1, 0] == CELLS.say("total", "en"),
    }


def _column(label: Column | str, values: pd.Series) -> dict:
    """Return what the page needs to know of a column; provinces and marks are columns named by text."""
    of = Column(label) if isinstance(label, str) else label
    return {
        "name": of.name,
        "definition": of.definition,
        "resolution": of.resolution,
        "stressor": of.stressor,
        "unit": of.unit,
        "quantity": of.quantity,
        "head": [heading(label, language) for language in LANGUAGES],
        "number": bool(pd.api.types.is_numeric_dtype(values)),
        "decimals": 2 if of.quantity == "gdp_share" else decimals(of.unit),
        "signed": of.quantity in SIGNED or of.quantity in BURDEN,
        "percent": of.quantity == "gdp_share",
    }


def numbers(values: np.ndarray) -> list[Any]:
    """Return nested lists with 10 significant digits, as the CSV files have them."""
    if values.ndim > 1:
        return [numbers(part) for part in values]
    return [_cell(value) for value in values.tolist()]


def _cell(value: object) -> object:
    """Return a cell as JSON has it: numbers as the files have them, nothing known as null."""
    if isinstance(value, float):
        return None if math.isnan(value) else ten_digits(value)
    return None if value == "" else value
