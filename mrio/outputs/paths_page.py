"""The largest supply chains behind every footprint as one web page that works offline: a Sankey diagram a province."""

from __future__ import annotations

from collections.abc import Mapping

import plotly.graph_objects as go

from mrio import labels
from mrio.analysis.paths import Paths
from mrio.outputs.sector_labels import sector_names
from mrio.table.interregional import Table
from mrio.words.analysis_words import ANALYSIS

#: Paths drawn of a province: more cannot be told apart.
DRAWN = 30
_PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#999999")


def paths_figure(found: Mapping[str, Paths], table: Table, language: str) -> go.Figure:
    """Return one Sankey diagram per destination and a menu to choose it; the first is shown.

    Parameters
    ----------
    found : mapping
        Province -> its paths.
    table : Table
        For the names of provinces and sectors.
    """
    names = sector_names(table, language)
    traces, buttons = [], []
    for k, (province, paths) in enumerate(found.items()):
        traces.append(_sankey(paths, table, names, province, language, visible=k == 0))
        shown = [j == k for j in range(len(found))]
        title = _title(paths, table, province, language)
        label = labels.province_name(province, language)
        buttons.append({"label": label, "method": "update", "args": [{"visible": shown}, {"title.text": title}]})
    first = next(iter(found))
    figure = go.Figure(traces)
    # the menu stands between the title, at the top of the margin, and the diagram
    menu = {"buttons": buttons, "x": 0, "xanchor": "left", "y": 1.02, "yanchor": "bottom"}
    head = {"text": _title(found[first], table, first, language), "y": 0.97, "yanchor": "top"}
    figure.update_layout(title=head, updatemenus=[menu], height=900, margin={"t": 150})
    return figure


def paths_html(found: Mapping[str, Paths], table: Table, language: str) -> str:
    """Return the page of :func:`paths_figure` with the chart library inside, the same bytes every time."""
    made = paths_figure(found, table, language).to_html(include_plotlyjs=True, full_html=True, div_id="paths")
    return made.replace("<html>", f'<html lang="{language}">', 1)


def _title(paths: Paths, table: Table, province: str, language: str) -> str:
    values = paths.values[:DRAWN]
    share = values.sum() / paths.total if paths.total else 0.0
    head = ANALYSIS.say("paths_title", language, year=table.year)
    line = ANALYSIS.say("paths_of", language, province=labels.province_name(province, language), count=len(values),
                         share=share, total=paths.total)  # fmt: skip
    return f"{head}<br><sub>{line}. {ANALYSIS.say('paths_lead', language)}</sub>"


def _sankey(paths: Paths, table: Table, names: list[str], province: str, language: str, visible: bool) -> go.Sankey:
    """Return the diagram of one destination: a node per tier and province-sector, a link per delivery."""
    n = len(table.sectors)
    demand = ANALYSIS.say("demand_of", language, province=labels.province_name(province, language))
    nodes: dict[tuple[int, int], int] = {(-1, -1): 0}
    links: dict[tuple[int, int], float] = {}
    for path, value in zip(paths.nodes[:DRAWN], paths.values[:DRAWN], strict=True):
        buyer = 0
        for tier, node in enumerate(path):
            seller = nodes.setdefault((tier, node), len(nodes))
            links[seller, buyer] = links.get((seller, buyer), 0.0) + abs(float(value))
            buyer = seller
    written = [demand]
    written += [f"{labels.province_name(table.regions[j // n], language)} {names[j % n]}" for _, j in list(nodes)[1:]]
    colours = ["#333333", *(_PALETTE[(j // n) % len(_PALETTE)] for _, j in list(nodes)[1:])]
    return go.Sankey(
        node={"label": written, "color": colours, "pad": 8, "thickness": 12},
        link={"source": [s for s, _ in links], "target": [t for _, t in links], "value": list(links.values())},
        valuesuffix=" Mt", valueformat=",.2f", visible=visible,
    )  # fmt: skip
