"""What goes on one printed page: Tables 1-3 under one definition of the flow, with title, headings, units and notes.

The CSV files have every column; a page has those a reader of the printed table looks for, in English and Chinese.
Workbook, LaTeX and Markdown print the same pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from mrio.outputs.column_headings import unit_behind
from mrio.outputs.columns import INTERVAL, MARK, Column, money_in
from mrio.outputs.table_files import ten_digits
from mrio.words.cell_words import CELLS
from mrio.words.door import LANGUAGES, Text
from mrio.words.money_words import MONEY
from mrio.words.page_words import CAUTIONS, MEANINGS, NOTES, NUMBERS, PRINT, TITLES
from mrio.words.quantity_words import SHORT
from mrio.words.variant_words import METHODS, resolution_names


def decimals(unit: str) -> int:
    """Return how many decimals a number of a unit is printed with; a pure number has three."""
    return 0 if money_in(unit) == unit and unit else 1 if unit else 3


#: Quantities whose sign says who shifts and who carries, who pays and who receives: printed with it.
SIGNED = ("net_transfer", "amount", "balanced")
#: Table -> the quantities on paper.
ON_PAPER: Mapping[str, tuple[str, ...]] = {
    "table1_transfers": ("production", "household", "consumption", "outflow", "inflow", "net_transfer"),
    "table2_responsibility": ("outflow_value_added", "outflow_value", "alpha", "share", "shared"),
    "table3_compensation": ("gdp_per_capita", "engel", "coefficient", "net_transfer", "amount", "balanced"),
}


@dataclass(frozen=True)
class Page:
    """One table of one stressor under one definition; `columns` are those of its `rows` on paper after the province."""

    stem: str
    stressor: str
    definition: str
    number: Text
    title: Text
    columns: tuple[Column, ...]
    rows: pd.DataFrame
    notes: tuple[Text, ...]


def pages(stem: str, table: pd.DataFrame, about: Mapping[str, object]) -> list[Page]:
    """Return the pages of a table, one per stressor and definition, in the order of its columns.

    Parameters
    ----------
    stem : str
        ``table1_transfers`` ...
    table : DataFrame
        As :mod:`mrio.outputs.tables` makes it, totals row last.
    about : mapping
        ``year``, and of Table 3 ``carbon_price`` and ``curve``: filled into titles and notes; optional ``warnings``,
        sentences of the validation gate, and ``estimated``, whether the table was estimated here.
    """
    columns = [label for label in table.columns if isinstance(label, Column)]
    money = next((currency for label in columns if (currency := money_in(label.unit))), "CNY")
    filled = {**about, "curve": _curve_text(about.get("curve", "")), "money": MONEY.names(money)}
    resolutions = ["", *dict.fromkeys(label.resolution for label in columns if label.resolution)]
    quantities = ON_PAPER[stem]
    made = []
    variants = dict.fromkeys((label.stressor, label.definition) for label in columns if label.definition)
    for stressor, definition in variants:
        rows = table[[name for name in table if not isinstance(name, Column) or name.stressor in ("", stressor)]]
        known = [c for c in rows if isinstance(c, Column) and c.quantity in quantities]
        chosen = [c for c in known if c.definition in ("", definition)]
        chosen.sort(key=lambda c: (resolutions.index(c.resolution), quantities.index(c.quantity)))
        titled = f"{stem}.stressor" if stressor else stem
        title = _joined("colon", TITLES.both(titled, **filled, stressor=stressor), METHODS.both(definition))
        meaning = f"{stem}.{definition}"
        own = [MEANINGS.both(meaning)] if meaning in MEANINGS else []
        own += [CAUTIONS.both("stressor", stressor=stressor)] if stressor else []
        source = CAUTIONS.both("source_estimated" if about.get("estimated") else "source_given")
        notes = (NOTES.both(stem, **filled), *own, *_cautions(rows, about), source)
        made.append(Page(stem, stressor, definition, NUMBERS.both(stem), title, tuple(chosen), rows, notes))
    return made


def group_heading(label: Column) -> Text:
    """Return what stands above neighbouring columns: at which resolution they were computed, where it matters."""
    return resolution_names(label.resolution) if label.resolution else ("", "")


def short_heading(label: Column, language: str) -> str:
    """Return a heading in one line, short enough for a page."""
    text = SHORT.say(label.quantity, language)
    return text if language == "en" else text.replace(" ", "")


def unit_heading(label: Column, language: str) -> str:
    """Return the unit under a heading, in brackets, or nothing where it has none."""
    return unit_behind(label.unit, language).strip()


def heading_groups(columns: Iterable[Column]) -> list[tuple[Text, int]]:
    """Return (group, number of columns) of neighbouring columns of one group."""
    found: list[tuple[Text, int]] = []
    for label in columns:
        group = group_heading(label)
        if found and found[-1][0] == group:
            found[-1] = (group, found[-1][1] + 1)
        else:
            found.append((group, 1))
    return found


def cell_text(label: Column, value: float) -> str:
    """Return a number as it is printed: thousands apart, the decimals of its unit, a real minus, never minus zero."""
    if pd.isna(value):
        return ""
    text = f"{ten_digits(value):{'+' if label.quantity in SIGNED else ''},.{decimals(label.unit)}f}"
    zero = not text.strip("+-0.,")
    return text.lstrip("+-") if zero else text.replace("-", "−")


def interval_of(label: Column, rows: pd.DataFrame) -> list[str]:
    """Return the 90% interval of every cell of a column as it is printed, "[60.1, 180.2]"; "" where none is known."""
    ends = [replace(label, quantity=f"{label.quantity}{ending}") for ending in INTERVAL]
    if not set(ends) <= set(rows.columns):
        return [""] * len(rows)
    low, high = ([cell_text(label, value).lstrip("+") for value in rows[end]] for end in ends)
    return [f"[{a}, {b}]" if a and b else "" for a, b in zip(low, high, strict=True)]


def _cautions(table: pd.DataFrame, about: Mapping[str, object]) -> list[Text]:
    """Return what a reader of the printed table must know: trade not separable, spread of the estimate, warnings."""
    notes: list[Text] = []
    if MARK in table:
        mixed = table[table[MARK] == CELLS.say("not_separable", "en")]
        names = zip(LANGUAGES, ("province", "province_zh"), strict=True)
        said = [CAUTIONS.say("not_separable", language, names=PRINT.say("enumeration", language).join(mixed[name]))
                for language, name in names]  # fmt: skip
        notes.append((said[0], said[1]))
    if any(isinstance(label, Column) and label.quantity.endswith(INTERVAL) for label in table.columns):
        notes.append(CAUTIONS.both("intervals"))
    warnings = about.get("warnings")
    if isinstance(warnings, list) and warnings:
        notes.append(CAUTIONS.both("warnings", messages="; ".join(warnings), count=len(warnings)))
    return notes


def _joined(mark: str, first: Text, second: Text) -> Text:
    between = PRINT.both(mark)
    return first[0] + between[0] + second[0], first[1] + between[1] + second[1]


def _curve_text(curve: object) -> str:
    if not isinstance(curve, Mapping):
        return str(curve)
    changed = [f"{name} = {value}" for name, value in curve.items() if name != "preset" and value != "all"]
    return ", ".join([str(curve.get("preset", "")), *changed])
