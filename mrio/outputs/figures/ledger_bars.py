"""Figure 1 of the study: production- and consumption-based emissions of every province, and the net between them."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mrio.outputs.account_sums import rest
from mrio.outputs.figures.certainty import draw_interval, draw_roles, hatched, unsure
from mrio.outputs.figures.style import (
    CONSUMPTION,
    DOUBLE,
    HOME,
    PAYS,
    PRODUCTION,
    RECEIVES,
    names,
    panel_letter,
    print_style,
    titled,
    upright,
)
from mrio.words.figure_words import FIGURES

#: Layers of the two stacks from the ground up, with their colours; the first of both is the same amount.
PRODUCED = {"home": HOME, "outflow": PRODUCTION, "exports": "#8FC4E8", "rest": "#D0D0D0"}
CONSUMED = {"home": HOME, "inflow": CONSUMPTION}
#: Width of a bar, where provinces are one apart.
BAR = 0.42


def emissions_bars(result: xr.Dataset, language: str = "en", note: str = "") -> Figure:
    """Return Figure 1: the ledger of every province as two stacks, sorted by production, and below it the net transfer.

    Both stacks begin with what a province emits for its own demand.  Upon it stands what it emits for others beside
    what others emit for it, so that these two differ by the net transfer.

    Parameters
    ----------
    result : Dataset
        Accounts of one definition at one resolution, Mt.
    note : str
        Which definition and resolution; printed under the title.
    """
    order = np.argsort(-result["production"].values, kind="stable")
    result = result.isel(region=order, to_region=order) if "to_region" in result.dims else result.isel(region=order)
    written = upright(names(result["region"].values.tolist(), language), language)
    at = np.arange(len(order))
    with print_style(language):
        figure, (above, below) = plt.subplots(
            2, 1, sharex=True, figsize=(DOUBLE, 4.6), height_ratios=(2.1, 1), layout="constrained"
        )
        _stack(above, at - BAR / 2, {name: _layer(result, name) for name in PRODUCED}, PRODUCED, language)
        _stack(above, at + BAR / 2, {name: _layer(result, name) for name in CONSUMED}, CONSUMED, language)
        draw_interval(above, at + BAR / 2, result, "consumption")
        above.set_ylabel(FIGURES.say("emissions_axis", language))
        above.legend(loc="upper right", ncols=2)
        title = FIGURES.say("figure1_title", language, year=result.attrs["year"])
        above.set_title(titled(title, note), loc="left")
        _draw_net(below, at, result, language)
        below.set_xticks(at, written, rotation=90 if language == "en" else 0)
        below.set_xlim(-0.7, len(at) - 0.3)
        for axes, letter in ((above, "a"), (below, "b")):
            axes.grid(axis="y")
            axes.tick_params(axis="x", length=0)
            panel_letter(axes, letter)
    return figure


def _layer(result: xr.Dataset, name: str) -> np.ndarray:
    """Return an account of the ledger; one the result does not have is zero."""
    zero = np.zeros(result.sizes["region"])

    def account(one: str) -> np.ndarray:
        return result[one].values if one in result else zero

    return rest(account) if name == "rest" else account(name)


def _stack(axes: Axes, at: np.ndarray, layers: dict[str, np.ndarray], colours: dict[str, str], language: str) -> None:
    """Draw layers upon each other; what is below zero (the residual may be) hangs from it."""
    below, above = np.zeros(len(at)), np.zeros(len(at))
    known = {str(text.get_label()) for text in axes.containers}
    for name, values in layers.items():
        label = FIGURES.say(f"ledger_{name}", language)
        start = np.where(values < 0, below, above)
        axes.bar(at, values, BAR, start, color=colours[name], label="_" if label in known else label)
        below, above = below + np.minimum(values, 0), above + np.maximum(values, 0)


def _draw_net(axes: Axes, at: np.ndarray, result: xr.Dataset, language: str) -> None:
    """Draw the net transfer with its interval: who pays, who receives, and whose sign is not certain."""
    net, open_sign = result["net_transfer"].values, unsure(result, "net_transfer")
    colours = [PAYS if value > 0 else RECEIVES for value in net]
    bars = axes.bar(at, net, 0.7, color=colours)
    for bar in (bar for bar, unclear in zip(bars, open_sign, strict=True) if unclear):
        hatched(bar)
    draw_interval(axes, at, result, "net_transfer")
    axes.axhline(0.0, color="black", linewidth=0.6)
    axes.set_ylabel(FIGURES.say("net_axis_short", language))
    draw_roles(axes, bool(open_sign.any()), language, loc="lower right", ncols=3)
