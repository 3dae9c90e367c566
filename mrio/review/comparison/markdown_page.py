"""The comparison as a page a reviewer reads: Markdown, in English or Chinese."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from mrio.labels import province_name
from mrio.outputs.print_tables import markdown_table
from mrio.words.comparison_words import COEFFICIENTS, HEADINGS, LINES, PAGE, REASONS, SHORT_RESOLUTIONS, STATISTICS
from mrio.words.variant_words import variant_name

SHARES = ("share", "count", "production_exceeds", "consumption_exceeds", "direction")
OVERLAPS = ("overlap_production", "overlap_consumption", "order_production", "order_consumption")
DECIMALS = {"Mt": 1, "100M CNY": 1, "%": 1, "ratio": 3}


@dataclass(frozen=True)
class View:
    """How the page is read: its language, and the (definition, resolution) each of which has a column."""

    language: str
    variants: tuple[tuple[str, str], ...]

    def say(self, key: str, **blanks: object) -> str:
        """Return a word of the page."""
        return LINES.say(key, self.language, **blanks)

    def of(self, row: Any, name: str) -> str:
        """Return the text of a row that comes in both languages, ``name`` and ``name_zh``."""
        return getattr(row, name if self.language == "en" else f"{name}_zh")

    @property
    def heads(self) -> list[str]:
        """Headings of the columns of variants."""
        short = ((one.upper(), SHORT_RESOLUTIONS.say(resolution, self.language)) for one, resolution in self.variants)
        return [" ".join(names) for names in short]


def comparison_page(frame: pd.DataFrame, year: int, language: str) -> str:
    """Return the page of a comparison as :func:`mrio.review.comparison.beside.compare_published` makes it."""
    pairs = frame[["definition", "resolution"]].drop_duplicates().values.tolist()
    view = View(
        language, tuple((definition, resolution) for definition, resolution in pairs if definition and resolution)
    )
    study, typed, literature = (frame[frame["kind"] == kind] for kind in ("study", "table", "literature"))
    parts = [PAGE.say("title", language, year=year), PAGE.say("intro", language)]
    if len(study) and study["computed"].notna().any():
        parts += _of_study(study, view)
    if len(typed):
        parts += [HEADINGS.say("typed", language), _typed(typed, view)]
    parts += [HEADINGS.say("literature", language), _wide(literature, ("source", "year", "what"), view)]
    parts += [HEADINGS.say("codes", language), _codes(frame, view)]
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def _of_study(study: pd.DataFrame, view: View) -> list[str]:
    """Return heading and table of everything the study's own text prints."""
    amounts = study[study["item"] == "compensation"]
    tables = {
        "glance": _glance(study, view),
        "net_transfer": _wide(study[study["item"] == "net_transfer"], ("province",), view),
    }
    if amounts["computed"].notna().any():
        tables["compensation"] = _wide(amounts, ("province", "preset"), view)
        tables["coefficient"] = _coefficients(study[study["item"] == "coefficient"], amounts, view)
    tables["shares"] = _wide(study[study["item"].isin(SHARES)], ("what", "region", "statistic"), view)
    tables["rankings"] = _rankings(study, view)
    return [part for name, table in tables.items() for part in (HEADINGS.say(name, view.language), table)]


def _key(row: Any, key: str, view: View) -> str:
    """Return the text of a row under one of the leading columns."""
    if key == "statistic":
        return STATISTICS.name(row.detail, view.language)
    if key in ("province", "region"):
        return view.of(row, "region")
    return view.of(row, "what") if key == "what" else str(getattr(row, key))


def _wide(rows: pd.DataFrame, keys: Sequence[str], view: View) -> str:
    """Return a table with one row per published value (and preset) and one column per variant."""
    presets = list(dict.fromkeys(filter(None, rows["preset"])))
    shown = presets if "preset" in keys else ["", *presets[:1]]
    lines = []
    for _, group in rows[rows["preset"].isin(shown)].groupby(["id", "preset"], sort=False):
        first = next(group.itertuples(index=False))
        cells = {(row.definition, row.resolution): _cell(row, view) for row in group.itertuples(index=False)}
        alike = cells.get(("", ""), "")
        texts = [cells.get(variant, alike) for variant in view.variants]
        lines.append([*(_key(first, key, view) for key in keys), _published(first, view), *texts, _reasons(group)])
    heads = [*(view.say(key) for key in keys), view.say("published"), *view.heads, view.say("reasons")]
    return markdown_table(heads, lines, "l" * len(keys) + "r" * (len(view.variants) + 1) + "l")


def _cell(row: Any, view: View) -> str:
    """Return our value with its ratio to the published one and its rank, in brackets."""
    if pd.isna(row.computed):
        return ""
    if row.item == "direction":
        return view.say("same" if row.same_sign else "other")
    rank = view.say("rank", place=int(row.computed_rank)) if pd.notna(row.computed_rank) else ""
    has_ratio = pd.notna(row.ratio) and row.unit not in ("rank", "provinces")
    ratio = f"×{row.ratio:.2f}".replace("-", "−") if has_ratio else ""
    inside = ", ".join(filter(None, (ratio, rank)))
    return _number(row.computed, row) + (f" ({inside})" if inside else "")


def _published(row: Any, view: View) -> str:
    if pd.isna(row.published):
        return row.published_text
    rank = f" ({view.say('rank', place=int(row.published_rank))})" if pd.notna(row.published_rank) else ""
    return _number(row.published, row) + rank


def _number(value: float, row: Any) -> str:
    sign = "+" if row.item in ("net_transfer", "compensation") else ""
    text = f"{value:{sign},.{DECIMALS.get(row.unit, 0)}f}"
    return text.replace("-", "−") + ("%" if row.unit == "%" else "")


def _reasons(group: pd.DataFrame) -> str:
    codes = dict.fromkeys(code for text in group["reason"] for code in text.split(";") if code)
    return ", ".join(codes)


def _glance(study: pd.DataFrame, view: View) -> str:
    lines = []
    for item in ("net_transfer", "direction", "compensation"):
        rows = study[(study["item"] == item) & study["computed"].notna()]
        rows = rows[rows["preset"] == rows["preset"].iloc[0]] if len(rows) else rows
        if len(rows):
            signs = [int(_of(rows, variant)["same_sign"].sum()) for variant in view.variants]
            label = f"{view.of(rows.iloc[0], 'what')}: {view.say('signs')}"
            lines.append([label, str(rows["id"].nunique()), *map(str, signs)])
    for item in OVERLAPS:
        rows = study[(study["item"] == item) & study["computed"].notna()]
        if len(rows):
            count = f"{rows['published'].iloc[0]:.0f}"
            lines.append([view.of(rows.iloc[0], "what"), count, *_first_of_each(rows, view)])
    return markdown_table([view.say("what"), view.say("of"), *view.heads], lines)


def _of(rows: pd.DataFrame, variant: tuple[str, str]) -> pd.DataFrame:
    """Return the rows of a variant; what does not depend on the flows is the same in all of them."""
    return rows[(rows["definition"].isin(("", variant[0]))) & (rows["resolution"].isin(("", variant[1])))]


def _first_of_each(rows: pd.DataFrame, view: View) -> list[str]:
    """Return the first value of every variant as a whole number, empty where there is none."""
    found = (_of(rows, variant)["computed"] for variant in view.variants)
    return [f"{values.iloc[0]:.0f}" if len(values) and pd.notna(values.iloc[0]) else "" for values in found]


def _coefficients(rows: pd.DataFrame, amounts: pd.DataFrame, view: View) -> str:
    """Return the study's coefficient of each province beside ours under every preset."""
    presets = list(dict.fromkeys(filter(None, rows["preset"])))
    how = _ways(rows["region"].unique(), amounts["region"].unique(), view.language)
    lines = []
    for _, group in rows.groupby("id", sort=False):
        first = next(group.itertuples(index=False))
        cells = {row.preset: _percent_off(row) for row in group.itertuples(index=False)}
        lines.append([view.of(first, "region"), how[first.detail], f"{first.published:.4f}",
                      *(cells.get(preset, "") for preset in presets)])  # fmt: skip
    heads = [view.say("province"), view.say("how"), view.say("published"), *presets]
    return markdown_table(heads, lines, "ll" + "r" * (len(presets) + 1))


def _percent_off(row: Any) -> str:
    return f"{row.computed:.4f} ({100 * (row.ratio - 1):+.1f}%)".replace("-", "−")


def _ways(regions: Sequence[str], payers: Sequence[str], language: str) -> dict[str, str]:
    """Return how a coefficient is told from the print, English as the records have it -> `language`."""
    told = {COEFFICIENTS.say("own", "en"): COEFFICIENTS.say("own", language)}
    for region in regions:
        for payer in payers:
            english, said = (
                COEFFICIENTS.say("other", of, payer=province_name(payer, of), province=province_name(region, of))
                for of in ("en", language)
            )
            told[english] = said
    return told


def _rankings(study: pd.DataFrame, view: View) -> str:
    """Return both top tens: the published province of each place, and our place of it."""
    lines = []
    for item in ("rank_production", "rank_consumption"):
        for _, group in study[study["item"] == item].groupby("id", sort=False):
            first = next(group.itertuples(index=False))
            names = [view.of(first, "what"), view.of(first, "region")]
            lines.append([*names, f"{first.published:.0f}", *_first_of_each(group, view)])
    heads = [view.say("what"), view.say("province"), view.say("published"), *view.heads]
    return markdown_table(heads, lines, "ll" + "r" * (len(view.variants) + 1))


def _typed(rows: pd.DataFrame, view: View) -> str:
    """Return one line per typed column and variant: cells, signs, median ratio and the largest difference."""
    lines = []
    keys = ["place", "item", "definition", "resolution", "preset"]
    for (place, _, definition, resolution, preset), group in rows.groupby(keys, sort=False):
        found = group[group["computed"].notna()]
        if not len(found):
            continue
        worst = found.loc[found["difference"].abs().idxmax()]
        names = [variant_name(definition, resolution, view.language)] if definition and resolution else []
        signs = f"{int(found['same_sign'].sum())}" if found["same_sign"].notna().any() else ""
        largest = f"{_number(worst['difference'], worst)} ({view.of(worst, 'region')})"
        which = ", ".join([*names, *filter(None, [preset])])
        lines.append([place, view.of(worst, "what"), which, str(len(found)), signs, f"{found['ratio'].median():.2f}",
                      largest])  # fmt: skip
    heads = [view.say(key) for key in ("place", "what", "computed", "cells", "signs", "median", "largest")]
    return markdown_table(heads, lines, "lllrrrr")


def _codes(frame: pd.DataFrame, view: View) -> str:
    used = {code for text in frame["reason"] for code in text.split(";") if code}
    lines = [[code, REASONS.say(code, view.language)] for code in REASONS if code in used]
    return markdown_table([view.say("code"), view.say("meaning")], lines, "ll")
