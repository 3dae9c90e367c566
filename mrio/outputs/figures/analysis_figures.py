"""Figures of the analysis tools: why net transfers changed, where they went, and which sectors are key."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from mrio.analysis.terms import by_account
from mrio.outputs.figures.style import (
    BLUE,
    DOUBLE,
    GREEN,
    GREY,
    ORANGE,
    PAYS,
    RECEIVES,
    SINGLE,
    VERMILION,
    names,
    print_style,
    titled,
)
from mrio.words.analysis_words import ANALYSIS

FACTOR_COLOURS = {"intensity": GREEN, "technology": BLUE, "trade": VERMILION, "mix": "#CC79A7", "volume": ORANGE,
                  "population": "#F0E442"}  # fmt: skip
KIND_COLOURS = {"none": "#FFFFFF", "weak": "#EEEEEE", "backward": "#9CCBE6", "forward": "#F3B58A", "key": VERMILION}


def decomposition_bars(steps: Sequence[xr.Dataset], quantity: str = "net_transfer", language: str = "en") -> Figure:
    """Return what each factor added to (right) and took from (left) a quantity of every province, sorted by change.

    Parameters
    ----------
    steps : sequence of Dataset
        Of :func:`mrio.analysis.decomposition.decompose`, of consecutive years: their terms are added up.
    quantity : {"production", "consumption", "net_transfer"}
    """
    by_step = [by_account(step)[quantity]["terms"].sel(form="shapley", drop=True) for step in steps]
    terms = xr.concat(by_step, "step").sum("step")
    change = terms.sum("factor").values
    order = np.argsort(change, kind="stable")
    with print_style(language):
        figure, axes = plt.subplots(figsize=(DOUBLE, 1.4 + 0.16 * len(order)))
        axes.grid(axis="x")
        right, left = np.zeros(len(order)), np.zeros(len(order))
        for factor in terms["factor"].values.tolist():
            width = terms.sel(factor=factor).values[order]
            start = np.where(width > 0, right, left)
            label = ANALYSIS.say(_factor_word(factor, terms), language)
            axes.barh(range(len(order)), width, 0.75, left=start, color=FACTOR_COLOURS[factor], label=label)
            right, left = right + np.maximum(width, 0), left + np.minimum(width, 0)
        axes.plot(change[order], range(len(order)), "o", color="black", markersize=3)
        axes.axvline(0, color="black", linewidth=0.6)
        axes.set_yticks(range(len(order)), names(terms["region"].values[order].tolist(), language))
        axes.set_ylim(-0.7, len(order) - 0.3)
        axes.set_xlabel(ANALYSIS.say("change_axis", language))
        axes.set_title(_titled_change(steps, quantity, language), loc="left")
        axes.legend(loc="upper center", bbox_to_anchor=(0.45, -0.11), ncols=6, fontsize=6.5, columnspacing=1.0)
    return figure


def _factor_word(factor: str, terms: xr.DataArray) -> str:
    return "volume_per_head" if factor == "volume" and "population" in terms["factor"].values else factor


def _titled_change(steps: Sequence[xr.Dataset], quantity: str, language: str) -> str:
    first, last = steps[0].attrs, steps[-1].attrs
    what = ANALYSIS.say(quantity, language)
    title = ANALYSIS.say("decomposition_title", language, quantity=what, first=first["from"], last=last["to"])
    prices = ANALYSIS.say("current", language) if first["prices"] == "current" else first["prices"]
    note = ANALYSIS.say("decomposition_note", language, definition=first["definition"].upper(),
                        sectors=first["scheme"], prices=prices)  # fmt: skip
    return titled(title, f"{note} {ANALYSIS.say('dots', language)}")


def change_arrows(first: xr.DataArray, last: xr.DataArray, language: str = "en", note: str = "") -> Figure:
    """Return an arrow per province from its net transfer in one year to that in another, sorted by the last.

    Parameters
    ----------
    first, last : DataArray (region)
        Net transfers, Mt, with attribute ``year``; provinces of one alone are left out.
    """
    shared = [name for name in last["region"].values if name in first["region"].values]
    start, end = first.sel(region=shared).values, last.sel(region=shared).values
    order = np.argsort(end, kind="stable")
    with print_style(language):
        figure, axes = plt.subplots(figsize=(SINGLE, 1.1 + 0.155 * len(order)))
        axes.grid(axis="x")
        reach = 1.05 * float(np.abs([start, end]).max(initial=0)) or 1.0
        for at, k in enumerate(order):
            head = (
                "-|>" if abs(end[k] - start[k]) > 0.04 * reach else "-"
            )  # a head longer than its arrow points wrongly
            look = {"arrowstyle": head, "color": PAYS if end[k] > 0 else RECEIVES, "shrinkA": 0, "shrinkB": 0}
            axes.annotate("", (end[k], at), (start[k], at), arrowprops=look | {"linewidth": 1.2, "mutation_scale": 7})
        axes.plot(start[order], range(len(order)), "o", color=GREY, markersize=3)
        axes.axvline(0, color="black", linewidth=0.6)
        axes.set_yticks(range(len(order)), names([shared[k] for k in order], language))
        axes.set_ylim(-0.7, len(order) - 0.3)
        axes.set_xlim(-reach, reach)
        axes.set_xlabel(ANALYSIS.say("arrows_axis", language))
        title = ANALYSIS.say("arrows_title", language, first=first.attrs["year"], last=last.attrs["year"])
        axes.set_title(titled(title, note), loc="left")
    return figure


def key_sector_map(made: xr.Dataset, sector_names: Sequence[str], language: str = "en") -> Figure:
    """Return the kind of every province-sector by its carbon linkages: provinces down, sectors across.

    Parameters
    ----------
    made : Dataset
        Of :func:`mrio.analysis.linkages.sector_linkages`.
    sector_names : sequence of str
        How its sectors are written in `language`.
    """
    kinds = list(KIND_COLOURS)
    image = np.vectorize(kinds.index)(made["kind"].transpose("region", "sector").values)
    with print_style(language):
        figure, axes = plt.subplots(figsize=(DOUBLE, 6.2))
        axes.imshow(image, cmap=ListedColormap(list(KIND_COLOURS.values())), vmin=0, vmax=len(kinds) - 1, aspect="auto")
        axes.set_xticks(range(image.shape[1]), sector_names, rotation=90, fontsize=5.5)
        axes.set_yticks(range(image.shape[0]), names(made["region"].values.tolist(), language), fontsize=6)
        axes.tick_params(length=0)
        axes.set_xticks(np.arange(0.5, image.shape[1]), minor=True)
        axes.set_yticks(np.arange(0.5, image.shape[0]), minor=True)
        axes.grid(which="minor", color="white", linewidth=0.4)
        axes.tick_params(which="minor", length=0)
        title = ANALYSIS.say("kinds_title", language, year=made.attrs["year"])
        axes.set_title(titled(title, ANALYSIS.say("kinds_note", language)), loc="left", fontsize=8)
        handles = [Patch(facecolor=colour, edgecolor=GREY, linewidth=0.3, label=ANALYSIS.say(kind, language))
                   for kind, colour in KIND_COLOURS.items()]  # fmt: skip
        axes.legend(handles=handles, loc="upper left", bbox_to_anchor=(1.0, 1.0), fontsize=6)
    return figure
