"""The comparison as a page a reviewer reads: Markdown, in English or Chinese, the worst gaps first."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from mrio.outputs.print_tables import markdown_table
from mrio.review.comparison.page_cells import (
    View,
    closest_text,
    linked,
    number_of,
    published_text,
    ranks_of,
    ratio_text,
    reasons_of,
    spread_text,
)
from mrio.review.comparison.page_evidence import coefficients, glance, typed
from mrio.words.comparison_words import HEADINGS, PAGE, REASONS, SCOPE_NAMES, STATISTICS

SHARES = ("share", "count", "production_exceeds", "consumption_exceeds", "payers_eastern", "payers_richer")


def comparison_page(frame: pd.DataFrame, year: int, language: str) -> str:
    """Return the page of a comparison as :func:`mrio.review.comparison.beside.compare_published` makes it."""
    plain = frame[frame["scope"] == ""]
    pairs = plain[["definition", "resolution"]].drop_duplicates().values.tolist()
    view = View(language, tuple((one, other) for one, other in pairs if one and other))
    study, records, literature = (plain[plain["kind"] == kind] for kind in ("study", "table", "literature"))
    parts = [PAGE.say("title", language, year=year), PAGE.say("intro", language, first=view.first_name)]
    if len(study) and study["computed"].notna().any():
        parts += [view.say("source_line", source=study["source"].iloc[0])]
        parts += _of_study(study, frame[frame["scope"] != ""], view)
    if len(records):
        parts += [HEADINGS.say("typed", language), typed(records, view)]
    found = literature[literature["computed"].notna()]
    parts += [HEADINGS.say("literature", language), _beside(found, ("source", "year", "what"), view)]
    without = plain[plain["computed"].isna()]
    if len(without):
        parts += [HEADINGS.say("without", language), _without(without, view)]
    parts += [HEADINGS.say("codes", language), _codes(frame, view)]
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def _of_study(study: pd.DataFrame, scoped: pd.DataFrame, view: View) -> list[str]:
    """Return heading and table of everything the study's own text prints."""
    amounts = study[study["item"] == "compensation"]
    nets = study[study["item"] == "net_transfer"]
    tables = {"glance": glance(study, view), "net_transfer": _beside(nets, ("province",), view)}
    if len(scoped):
        tables["scopes"] = _scopes(scoped, view)
    if amounts["computed"].notna().any():
        first = amounts[amounts["preset"].isin(list(dict.fromkeys(filter(None, amounts["preset"])))[:1])]
        tables["compensation"] = _beside(first, ("province", "preset"), view)
        tables["coefficient"] = coefficients(study[study["item"] == "coefficient"], amounts, view)
    tables["shares"] = _beside(study[study["item"].isin(SHARES)], ("what", "region", "statistic"), view)
    tables["directions"] = _directions(study[study["item"] == "direction"], view)
    tables["rankings"] = _rankings(study, view)
    return [part for name, table in tables.items() for part in (HEADINGS.say(name, view.language), table)]


def _beside(rows: pd.DataFrame, keys: Sequence[str], view: View) -> str:
    """Return a table with one row per published value and one column per quantity, the largest gap first.

    Ours is the first variant; how far the others lie apart stands in a column of its own.
    """
    rows = rows[rows["computed"].notna()]
    groups = [group for _, group in rows.groupby(["id", "preset"], sort=False)]
    first = [(row, group) for group in groups if (row := view.first_of(group)) is not None]
    first.sort(key=lambda pair: view.gap(pair[0]), reverse=True)
    with_ranks = any(pd.notna(row.computed_rank) for row, _ in first)
    lines = []
    for row, group in first:
        cells = [published_text(row, view), number_of(row.computed, row), _difference(row), ratio_text(row, view)]
        cells += ranks_of(row) if with_ranks else []
        lines.append([*(_key(row, key, view) for key in keys), *cells, spread_text(group, view),
                      closest_text(group, view), reasons_of(group)])  # fmt: skip
    heads = ["published", "computed", "difference", "ratio", *(["rank_published", "rank_computed"] * with_ranks),
             "spread", "closest", "reasons"]  # fmt: skip
    named = [view.say(key) for key in (*keys, *heads)]
    return linked(markdown_table(named, lines, "l" * len(keys) + "r" * (len(heads) - 2) + "ll"))


def _difference(row: pd.Series) -> str:
    return number_of(row.difference, row, plus=True) if pd.notna(row.difference) else ""


def _key(row: pd.Series, key: str, view: View) -> str:
    """Return the text of a row under one of the leading columns."""
    if key == "statistic":
        return STATISTICS.name(row.detail, view.language)
    if key in ("province", "region"):
        return view.of(row, "region")
    return view.of(row, "what") if key == "what" else str(row[key])


def _scopes(scoped: pd.DataFrame, view: View) -> str:
    """Return the printed net transfers beside ours in every scope, those furthest off under the first scope first."""
    scopes = list(dict.fromkeys(scoped["scope"]))
    lines = []
    groups = [group for _, group in scoped.groupby("id", sort=False)]
    groups.sort(key=lambda group: view.gap(group.iloc[0]), reverse=True)
    for group in groups:
        at = {row["scope"]: row for _, row in group.iterrows()}
        first = group.iloc[0]
        values = [text for scope in scopes for text in (number_of(at[scope].computed, first), _difference(at[scope]))]
        lines.append([view.of(first, "region"), published_text(first, view), *values])
    heads = [view.say("province"), view.say("published")]
    for scope in scopes:
        heads += [SCOPE_NAMES.say(scope, view.language), view.say("difference")]
    return markdown_table(heads, lines)


def _directions(rows: pd.DataFrame, view: View) -> str:
    """Return the directions the text states: how ours is, and in how many variants it is the same."""
    lines = []
    for _, group in rows[rows["computed"].notna()].groupby("id", sort=False):
        row = view.first_of(group)
        if row is not None:
            same = int(group["same_sign"].sum())
            lines.append([view.of(row, "region"), STATISTICS.name(row.detail, view.language),
                          view.say("same" if row.same_sign else "other"), f"{same} / {len(group)}",
                          reasons_of(group)])  # fmt: skip
    lines.sort(key=lambda line: int(line[3].split(" ")[0]))
    heads = [view.say(key) for key in ("province", "published", "computed", "same_in", "reasons")]
    return linked(markdown_table(heads, lines, "lllrl"))


def _rankings(study: pd.DataFrame, view: View) -> str:
    """Return both top tens: our place of each published province, those furthest from theirs first."""
    lines = []
    for item in ("rank_production", "rank_consumption"):
        groups = [group for _, group in study[study["item"] == item].groupby("id", sort=False)]
        found = [(row, group) for group in groups if (row := view.first_of(group)) is not None]
        found.sort(key=lambda pair: abs(pair[0].difference), reverse=True)
        lines += [[view.of(row, "what"), view.of(row, "region"), f"{row.published:.0f}", f"{row.computed:.0f}",
                   _difference(row), spread_text(group, view)] for row, group in found]  # fmt: skip
    heads = [view.say(key) for key in ("what", "province", "published", "computed", "difference", "spread")]
    return markdown_table(heads, lines, "llrrrr")


def _without(rows: pd.DataFrame, view: View) -> str:
    """Return what is published and stands beside nothing of ours, and why, in full."""
    lines = []
    for _, group in rows.groupby("id", sort=False):
        row = group.iloc[0]
        codes = [code for code in str(row["reason"]).split(";") if code]
        why = " ".join(REASONS.say(code, view.language) for code in codes)
        what = " ".join(filter(None, (view.of(row, "what"), view.of(row, "region"))))
        lines.append([str(row["source"]), str(row["year"]), what, published_text(row, view), why])
    heads = [view.say(key) for key in ("source", "year", "what", "published", "why")]
    return markdown_table(heads, lines, "lllrl")


def _codes(frame: pd.DataFrame, view: View) -> str:
    """Return a section for every code that is used, to which the codes in the tables lead."""
    used = {code for text in frame["reason"] for code in text.split(";") if code}
    sections = [f"### {code}\n\n{REASONS.say(code, view.language)}" for code in REASONS if code in used]
    return "\n\n".join(sections)
