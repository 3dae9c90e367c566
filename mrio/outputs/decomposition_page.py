"""Why results changed, as one web page that works offline: a waterfall and its numbers for any province or flow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from mrio import labels
from mrio.outputs.html_pages import rendered
from mrio.words.analysis_words import ANALYSIS

#: What can be chosen: the quantities of the table, and the flow from one province to another's demand.
QUANTITIES = ("net_transfer", "consumption", "production", "flow")
#: Digits after the point (Mt) that the page carries; it shows two.
DIGITS = 5
#: Words the page's script writes.
_SAID = ("start", "end", "change", "factor", "term", "gap", "of_change", "unit", "title_of", "flow_of")


def decomposition_html(table: pd.DataFrame, pairs: pd.DataFrame, language: str) -> str:
    """Return the page of one language.

    Parameters
    ----------
    table, pairs : DataFrame
        Of :func:`mrio.outputs.decomposition_tables.decomposition_table` and ``decomposition_pairs``.
    language : str
    """
    regions = list(dict.fromkeys(table["province"]))
    factors = [name.removesuffix("_gap_Mt") for name in table if name.endswith("_gap_Mt")]
    first = table.iloc[0]
    said = {name: ANALYSIS.say(f"page_{name}", language) for name in _SAID}
    data = {
        "regions": [labels.province_name(name, language) for name in regions],
        "quantities": {name: ANALYSIS.say(name, language) for name in QUANTITIES},
        "factors": [ANALYSIS.say(name, language) for name in factors],
        "steps": [f"{a}–{b}" for a, b in _steps(table)],
        "definitions": list(dict.fromkeys(table["definition"].str.upper())),
        "accounts": [_accounts(of, regions, factors) for _, of in table.groupby("definition", sort=False)],
        "flows": [_flows(of, regions, factors) for _, of in pairs.groupby("definition", sort=False)],
        "said": said,
    }
    prices = ANALYSIS.say("current", language) if first["prices"] == "current" else first["prices"]
    return rendered(
        "decomposition.html",
        language="zh-CN" if language == "zh" else "en",
        title=ANALYSIS.say("page_title", language, first=table["from"].min(), last=table["to"].max()),
        note=ANALYSIS.say("page_note", language, sectors=first["sectors"], prices=prices),
        say=lambda key: ANALYSIS.say(f"page_{key}", language),
        data=data,
    )


def _steps(table: pd.DataFrame) -> list[tuple[int, int]]:
    """Return the steps that the table has, the whole way first where there are several."""
    steps = list(dict.fromkeys(zip(table["from"].tolist(), table["to"].tolist(), strict=True)))
    return sorted(steps, key=lambda step: (step[0] - step[1], step[0]))


def _numbers(values: np.ndarray) -> list[Any]:
    return (np.round(values, DIGITS) + 0.0).tolist()


def _accounts(table: pd.DataFrame, regions: list[str], factors: list[str]) -> dict[str, list]:
    """Return quantity -> for every step and region start, end, terms and gaps."""
    columns = ["start_Mt", "end_Mt", *(f"{f}_Mt" for f in factors), *(f"{f}_gap_Mt" for f in factors)]
    found: dict[str, list] = {}
    for quantity, of in table.groupby("quantity", sort=False):
        by_step = [of[(of["from"] == a) & (of["to"] == b)].set_index("province") for a, b in _steps(table)]
        found[str(quantity)] = [_numbers(rows.loc[regions, columns].to_numpy(float)) for rows in by_step]
    return found


def _flows(pairs: pd.DataFrame, regions: list[str], factors: list[str]) -> list:
    """Return for every step, emitting region and destination start, end and terms; steps add up to the whole."""
    columns = ["start_Mt", "end_Mt", *(f"{f}_Mt" for f in factors)]
    R, made = len(regions), list(_by_step(pairs, regions, columns))
    if len(made) > 1:
        whole = np.sum(made, axis=0)
        whole[..., 0], whole[..., 1] = made[0][..., 0], made[-1][..., 1]
        made = [whole, *made]
    return [_numbers(of.reshape(R, R, -1)) for of in made]


def _by_step(pairs: pd.DataFrame, regions: list[str], columns: list[str]) -> Iterator[np.ndarray]:
    index = pd.MultiIndex.from_product([regions, regions])
    for _, of in pairs.groupby("from", sort=True):
        yield of.set_index(["province", "destination"]).loc[index, columns].to_numpy(float)
