"""What goes on one printed page: Tables 1-3 under one definition at one resolution, with title, headings and notes.

The CSV files have every column; a page has those a reader of the printed table looks for, in English and Chinese.
Workbook, LaTeX and Markdown print the same pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from mrio.outputs.column_headings import unit_behind
from mrio.outputs.columns import INTERVAL, MARK, Column, money_in
from mrio.outputs.page_sums import Sums, added_note, sums_of, with_rest
from mrio.outputs.printed_numbers import number
from mrio.outputs.table_files import ten_digits
from mrio.outputs.two_funds import Fund, fund_sentence
from mrio.words.cell_words import CELLS
from mrio.words.door import LANGUAGES, Text
from mrio.words.money_words import MONEY
from mrio.words.page_words import CAUTIONS, INDUSTRIES, LEDGER, MEANINGS, NOTES, NUMBERS, PRINT, TITLES
from mrio.words.quantity_words import SHORT
from mrio.words.variant_words import variant_name


def decimals(unit: str) -> int:
    """Return how many decimals a number of a unit is printed with; a pure number has three."""
    return 0 if money_in(unit) == unit and unit else 1 if unit else 3


#: Quantities whose sign says who shifts and who carries, who pays and who receives: printed with it.
SIGNED = ("net_transfer", "amount", "balanced")
#: Table -> the quantities on paper; those a table does not have are left out.
ON_PAPER: Mapping[str, tuple[str, ...]] = {
    "table1_transfers": (
        "production", "home", "outflow", "exports", "rest", "reshipped", "inflow", "consumption", "net_transfer",
        "imports", "household",
    ),
    "table2_responsibility": ("outflow_value_added", "outflow_value", "alpha", "share", "shared"),
    "table3_compensation": ("gdp_per_capita", "engel", "coefficient", "net_transfer", "amount", "balanced"),
}  # fmt: skip
#: Quantity -> what stands above it and its neighbours: the account it is a part of.
PART_OF = {
    **dict.fromkeys(("production", "home", "outflow", "exports", "rest", "reshipped"), "production"),
    **dict.fromkeys(("inflow", "consumption"), "consumption"),
}


@dataclass(frozen=True)
class Page:
    """One table of one stressor under one definition at one resolution.

    `columns` are those of its `rows` on paper after the province; `sums` the columns that others of the page add up to;
    `notes` hold at every resolution, `own_notes` of these numbers alone.
    """

    stem: str
    stressor: str
    definition: str
    resolution: str
    number: Text
    title: Text
    columns: tuple[Column, ...]
    rows: pd.DataFrame
    notes: tuple[Text, ...]
    own_notes: tuple[Text, ...] = ()
    sums: Sums = field(default_factory=dict)
    letter: str = ""

    @property
    def under(self) -> tuple[Text, ...]:
        """What stands under the table: how to read it, what holds of its numbers, and what of all."""
        return (self.notes[0], *self.own_notes, *self.notes[1:])

    @property
    def name(self) -> str:
        """The name of the page among all pages of its table, in a few characters."""
        return " ".join(filter(None, (self.stressor, self.definition.upper(), self.resolution)))


def pages(stem: str, table: pd.DataFrame, about: Mapping[str, object]) -> list[Page]:
    """Return the pages of a table, one per stressor, definition and resolution, in the order of its columns.

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
    variants = dict.fromkeys((label.stressor, label.definition) for label in columns if label.definition)
    resolutions = list(dict.fromkeys(label.resolution for label in columns if label.resolution)) or [""]
    return [_page(stem, table, (*variant, resolution), about) for variant in variants for resolution in resolutions]


def _page(stem: str, table: pd.DataFrame, variant: tuple[str, str, str], about: Mapping[str, object]) -> Page:
    """Return one page; `variant` is its stressor, definition and resolution."""
    stressor, definition, resolution = variant
    mine = [label for label in table if not isinstance(label, Column) or (
        label.stressor in ("", stressor) and label.definition in ("", definition)
        and label.resolution in ("", resolution))]  # fmt: skip
    rows = with_rest(table[mine])
    quantities = ON_PAPER[stem]
    chosen = [label for label in rows if isinstance(label, Column) and label.quantity in quantities]
    chosen.sort(key=lambda label: quantities.index(label.quantity))
    sums = sums_of(chosen, rows) if stem == "table1_transfers" else {}
    money = next((currency for label in chosen if (currency := money_in(label.unit))), "CNY")
    filled = {**about, "curve": _curve_text(about.get("curve", "")), "money": MONEY.names(money), **_told(chosen, sums)}
    titled = f"{stem}.stressor" if stressor else stem
    which = variant_names(definition, resolution)
    title = joined("colon", TITLES.both(titled, **filled, stressor=stressor), which)
    meaning = f"{stem}.{definition}"
    own = [MEANINGS.both(meaning)] if meaning in MEANINGS else []
    own += [CAUTIONS.both("stressor", stressor=stressor)] if stressor else []
    source = CAUTIONS.both("source_estimated" if about.get("estimated") else "source_given")
    notes = (NOTES.both(stem, **filled), *own, *_cautions(rows, about), source)
    alone = (added_note(rows, chosen, sums), *_of_the_fund(rows, money), *_unclear(rows))
    return Page(stem, *variant, NUMBERS.both(stem), title, tuple(chosen), rows, notes, alone, sums)


def variant_names(definition: str, resolution: str) -> Text:
    """Return definition and resolution in English and in Chinese."""
    english, chinese = (variant_name(definition, resolution, language) for language in LANGUAGES)
    return english, chinese


def _told(columns: Sequence[Column], sums: Sums) -> dict[str, Text]:
    """Return what the identities of the ledger have besides the usual: what is passed on, and the scope."""
    passed = any(label.quantity == "reshipped" for label in columns)
    net = next((terms for label, terms in sums.items() if label.quantity == "net_transfer"), {})
    scope = [name for name in ("exports", "imports") if any(term.quantity == name for term in net)]
    said = [LEDGER.both(name) for name in scope]
    return {
        "passed": LEDGER.both("passed") if passed else ("", ""),
        "scope": ("".join(text[0] for text in said), "".join(text[1] for text in said)),
    }


def group_heading(label: Column) -> Text:
    """Return what stands above neighbouring columns: the account they are parts of."""
    return LEDGER.both(PART_OF[label.quantity]) if label.quantity in PART_OF and not label.sector else ("", "")


def short_heading(label: Column, language: str) -> str:
    """Return a heading in one line, short enough for a page."""
    text = stacked_heading(label, language)
    return text.replace("- ", "") if language == "en" else text.replace(" ", "")


def stacked_heading(label: Column, language: str) -> str:
    """Return a heading whose spaces are where a narrow column may break it."""
    return INDUSTRIES.name(label.sector, language) if label.sector else SHORT.say(label.quantity, language)


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
    return number(ten_digits(value), decimals(label.unit), plus=label.quantity in SIGNED)


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


def _unclear(rows: pd.DataFrame) -> list[Text]:
    """Return the note of the provinces whose role the table calls not certain."""
    roles = [label for label in rows if isinstance(label, Column) and label.quantity == "role"]
    unclear = (rows[roles] == CELLS.say("sign_not_certain", "en")).any(axis=1)
    if not unclear.any():
        return []
    said = [CAUTIONS.say("unsure", language, names=PRINT.say("enumeration", language).join(rows.loc[unclear, name]))
            for language, name in zip(LANGUAGES, ("province", "province_zh"), strict=True)]  # fmt: skip
    return [(said[0], said[1])]


def _of_the_fund(rows: pd.DataFrame, money: str) -> list[Text]:
    """Return why the amounts of a page do not add up to nothing, and what the balanced fund does about it."""
    at = {label.quantity: label for label in rows if isinstance(label, Column)}
    if not {"amount", "net_transfer", "coefficient"} <= set(at):
        return []
    amount, base, rho = (rows[at[name]].iloc[:-1] for name in ("amount", "net_transfer", "coefficient"))
    fund = Fund(amount, base, rho, money)
    return [(fund_sentence(fund, "en"), fund_sentence(fund, "zh"))]


def joined(mark: str, first: Text, second: Text) -> Text:
    between = PRINT.both(mark)
    return first[0] + between[0] + second[0], first[1] + between[1] + second[1]


def _curve_text(curve: object) -> str:
    if not isinstance(curve, Mapping):
        return str(curve)
    changed = [f"{name} = {value}" for name, value in curve.items() if name != "preset" and value != "all"]
    return ", ".join([str(curve.get("preset", "")), *changed])
