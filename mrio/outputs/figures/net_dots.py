"""Net transfers ranked: each province's with its interval, and faintly what every other definition makes of it."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from mrio.outputs.figures.certainty import draw_ends, ends_of, unsure
from mrio.outputs.figures.style import PAYS, RECEIVES, SINGLE, names, print_style, titled
from mrio.words.figure_words import FIGURES

#: What a variant is drawn in: definition -> marker.
MARKERS = {"eebt": "o", "mrio": "s", "gross": "^"}
FAINT = "#B0B0B0"


def net_transfer_dots(
    accounts: xr.Dataset, definition: str, resolution: str, language: str = "en", note: str = ""
) -> Figure:
    """Return net transfers from the largest payer down, of one definition and resolution; all others are faint dots.

    Parameters
    ----------
    accounts : Dataset
        By (resolution, definition, region), Mt.
    definition, resolution : str
        Which of them is drawn large, with its 90% interval.
    """
    result = accounts.sel(resolution=resolution, definition=definition)
    result = result.isel(region=np.argsort(result["net_transfer"].values, kind="stable"))
    regions, at = result["region"].values.tolist(), np.arange(result.sizes["region"])
    net, unclear, ends = result["net_transfer"].values, unsure(result, "net_transfer"), ends_of(result, "net_transfer")
    with print_style(language):
        figure, axes = plt.subplots(figsize=(SINGLE, 1.2 + 0.145 * len(at)), layout="constrained")
        axes.grid(axis="x")
        for one in accounts["definition"].values.tolist():
            for other in accounts["resolution"].values.tolist():
                values = accounts["net_transfer"].sel(definition=one, resolution=other, region=regions).values
                axes.plot(values, at, MARKERS.get(one, "D"), color=FAINT, markersize=2.4, markeredgewidth=0, zorder=2)
        if ends is not None:
            draw_ends(axes, at, ends, upright=False, zorder=3)
        colours = [PAYS if value > 0 else RECEIVES for value in net]
        faces = ["white" if open_sign else colour for open_sign, colour in zip(unclear, colours, strict=True)]
        axes.scatter(net, at, 18, c=faces, edgecolors=colours, linewidths=0.9, zorder=4)
        axes.axvline(0.0, color="black", linewidth=0.6)
        axes.set_yticks(at, names(regions, language))
        axes.set_ylim(-0.7, len(at) - 0.3)
        axes.tick_params(axis="y", length=0)
        axes.set_xlabel(FIGURES.say("net_axis", language))
        axes.set_title(titled(FIGURES.say("net_dots_title", language, year=result.attrs["year"]), note), loc="left")
        handles, words = _key(accounts, bool(unclear.any()), language)
        axes.legend(handles, words, loc="lower right", fontsize=5.5, handletextpad=0.3)
    return figure


def _key(accounts: xr.Dataset, some_unsure: bool, language: str) -> tuple[list[Line2D], list[str]]:
    """Return marks and words of the key."""

    def mark(shape: str, face: str, edge: str, size: float) -> Line2D:
        return Line2D([], [], marker=shape, color="none", markerfacecolor=face, markeredgecolor=edge, markersize=size)

    told = [(mark("o", PAYS, PAYS, 4), "pays"), (mark("o", RECEIVES, RECEIVES, 4), "receives")]
    told += [(mark("o", "white", "#333333", 4), "sign_not_certain")] if some_unsure else []
    variants = [(mark(MARKERS.get(one, "D"), FAINT, FAINT, 2.4), FIGURES.say("variants_of", language, one=one.upper()))
                for one in accounts["definition"].values.tolist()]  # fmt: skip
    marks = [handle for handle, _ in told] + [handle for handle, _ in variants]
    return marks, [FIGURES.say(key, language) for _, key in told] + [words for _, words in variants]
