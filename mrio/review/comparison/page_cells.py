"""Cells of the comparison's page: one quantity each, as text."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from mrio.outputs.printed_numbers import number
from mrio.words.comparison_words import FINDINGS, LINES, REASONS, SHORT_RESOLUTIONS
from mrio.words.variant_words import variant_name

DECIMALS = {"Mt": 1, "100M CNY": 1, "%": 1, "ratio": 3}
#: Items whose sign says who pays.
SIGNED = ("net_transfer", "compensation")
#: A ratio below this is printed as less than it.
LEAST_RATIO = 0.01


@dataclass(frozen=True)
class View:
    """How the page is read: its language, and our variants (definition, resolution), that of the study first."""

    language: str
    variants: tuple[tuple[str, str], ...]

    def say(self, key: str, **blanks: object) -> str:
        """Return a word of the page."""
        return LINES.say(key, self.language, **blanks)

    def of(self, row: pd.Series, name: str) -> str:
        """Return the text of a row that comes in both languages, ``name`` and ``name_zh``."""
        return str(row[name if self.language == "en" else f"{name}_zh"])

    @property
    def first_name(self) -> str:
        """The first variant as a reader says it."""
        return variant_name(*self.variants[0], self.language) if self.variants else ""

    @property
    def heads(self) -> list[str]:
        """Headings of columns of variants."""
        return [self.short(*variant) for variant in self.variants]

    def short(self, definition: str, resolution: str) -> str:
        """Return the name of a variant in a few characters."""
        return f"{definition.upper()} {SHORT_RESOLUTIONS.name(resolution, self.language)}"

    def first_of(self, group: pd.DataFrame) -> pd.Series | None:
        """Return the row of the first variant there is; what does not depend on the variant has one row."""
        for definition, resolution in self.variants:
            rows = group[group["definition"].isin(("", definition)) & group["resolution"].isin(("", resolution))]
            rows = rows[rows["computed"].notna()]
            if len(rows):
                return rows.iloc[0]
        rows = group[group["computed"].notna()]
        return rows.iloc[0] if len(rows) else None

    def gap(self, row: pd.Series) -> float:
        """Return how far ours is off, as a share of the published value: what rows are ordered by."""
        if pd.isna(row["difference"]):
            return -1.0
        return abs(float(row["difference"])) / (abs(float(row["published"])) or 1.0)


def number_of(value: float, row: pd.Series, plus: bool = False) -> str:
    """Return a number with the decimals of the row's unit, and its sign where it says something."""
    text = number(value, DECIMALS.get(row["unit"], 0), plus=plus or row["item"] in SIGNED)
    return text + ("%" if row["unit"] == "%" else "")


def published_text(row: pd.Series, view: View) -> str:
    """Return the published value, or the statement where it is none."""
    if pd.notna(row["published"]):
        return number_of(row["published"], row)
    return FINDINGS.say(row["item"], view.language) if row["item"] in FINDINGS else str(row["published_text"])


def ratio_text(row: pd.Series, view: View) -> str:
    """Return ours over theirs; of opposite signs there is no ratio to speak of."""
    if pd.isna(row["ratio"]) or row["unit"] in ("rank", "provinces"):
        return ""
    if row["ratio"] < 0:
        return view.say("opposite")
    return f"<{LEAST_RATIO}" if row["ratio"] < LEAST_RATIO else number(row["ratio"], 2)


def ranks_of(row: pd.Series) -> list[str]:
    """Return the published and our place, where the print ranks."""
    return [f"{row[name]:.0f}" if pd.notna(row[name]) else "" for name in ("published_rank", "computed_rank")]


def spread_text(group: pd.DataFrame, view: View) -> str:
    """Return the least and the most that our variants make of a value; nothing where there is one."""
    values = group["computed"].dropna()
    if len(values) < 2:
        return ""
    row = group.iloc[0]
    return f"{number_of(values.min(), row)} {view.say('to')} {number_of(values.max(), row)}"


def closest_text(group: pd.DataFrame, view: View) -> str:
    """Return the variant that comes closest to the published value."""
    known = group[group["difference"].notna() & (group["definition"] != "") & (group["resolution"] != "")]
    if len(known) < 2:
        return ""
    row = known.loc[known["difference"].abs().idxmin()]
    return f"{view.short(row['definition'], row['resolution'])}: {number_of(row['computed'], row)}"


def reasons_of(group: pd.DataFrame) -> str:
    """Return the codes of all variants of a value."""
    return ", ".join(dict.fromkeys(code for text in group["reason"] for code in text.split(";") if code))


def linked(table: str) -> str:
    """Return a table whose codes of reasons lead to their sections."""
    codes = "|".join(sorted(REASONS, key=len, reverse=True))
    return re.sub(rf"(?<![\w-])({codes})(?![\w-])", r"[\1](#\1)", table)
