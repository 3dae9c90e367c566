"""Tables of the comparison's page that sum up: at a glance, the study's coefficient, tables as typed in."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from mrio.labels import province_name
from mrio.outputs.print_tables import markdown_table
from mrio.outputs.printed_numbers import number
from mrio.review.comparison.page_cells import View, number_of
from mrio.words.comparison_words import COEFFICIENTS
from mrio.words.variant_words import variant_name

OVERLAPS = ("overlap_production", "overlap_consumption", "order_production", "order_consumption")


def glance(study: pd.DataFrame, view: View) -> str:
    """Return how many signs, top places and pairs are the same in every variant."""
    lines = []
    for item in ("net_transfer", "direction", "compensation"):
        rows = study[(study["item"] == item) & study["computed"].notna()]
        rows = rows[rows["preset"] == rows["preset"].iloc[0]] if len(rows) else rows
        if len(rows):
            signs = [int(_of(rows, variant)["same_sign"].sum()) for variant in view.variants]
            label = f"{view.of(rows.iloc[0], 'what')}{view.say('colon')}{view.say('signs')}"
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


def coefficients(rows: pd.DataFrame, amounts: pd.DataFrame, view: View) -> str:
    """Return the study's coefficient of each province, and how far ours is off under every preset, %."""
    presets = list(dict.fromkeys(filter(None, rows["preset"])))
    how = _ways(rows["region"].unique(), amounts["region"].unique(), view.language)
    lines = []
    for _, group in rows.groupby("id", sort=False):
        first = group.iloc[0]
        cells = {row["preset"]: number(100 * (row["ratio"] - 1), 1, plus=True) + "%" for _, row in group.iterrows()}
        lines.append([view.of(first, "region"), how[first["detail"]], number(first["published"], 4),
                      *(cells.get(preset, "") for preset in presets)])  # fmt: skip
    heads = [view.say("province"), view.say("how"), view.say("published"), *presets]
    return markdown_table(heads, lines, "ll" + "r" * (len(presets) + 1))


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


def typed(rows: pd.DataFrame, view: View) -> str:
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
        which = ", ".join([*names, *filter(None, [preset])])
        lines.append([str(place), view.of(worst, "what"), which, str(len(found)), signs,
                      number(found["ratio"].median(), 2), number_of(worst["difference"], worst),
                      view.of(worst, "region")])  # fmt: skip
    heads = [view.say(key) for key in ("place", "what", "computed", "cells", "signs", "median", "largest", "province")]
    return markdown_table(heads, lines, "lllrrrrl")
