"""The regional picture: emissions and emissions per GDP of provinces, as tiles and ranked, the three regions beside."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mrio.outputs.figures.style import BLUE, DOUBLE, GREEN, ORANGE, names, panel_letter, print_style
from mrio.outputs.figures.tilemap import draw_tiles
from mrio.outputs.geography import group_names
from mrio.outputs.printed_numbers import number
from mrio.words.door import LANGUAGES
from mrio.words.figure_words import FIGURES

#: What is shown: column, word of its name and unit, decimals.
SHOWN = (("emissions_Mt", "regional_emissions", 0), ("intensity_10kt_per_100M_CNY", "regional_intensity", 2))
COLOURS = {"East": BLUE, "Middle": GREEN, "West": ORANGE}


def regional_map(provinces: pd.DataFrame, year: int, language: str = "en") -> Figure:
    """Return both quantities as one tile per province.

    Parameters
    ----------
    provinces : DataFrame
        Of :func:`mrio.forests.regional.province_table`.
    """
    with print_style(language):
        figure, panels = plt.subplots(1, 2, figsize=(DOUBLE, 3.9), layout="constrained")
        for axes, letter, (column, word, decimals) in zip(panels, "ab", SHOWN, strict=True):
            known = provinces.dropna(subset=[column])
            values = xr.DataArray(known[column], {"region": known["region"].tolist()}, ("region",))
            nothing = np.zeros(len(known), dtype=bool)
            draw_tiles(axes, values, language, decimals, nothing, letters=5)  # numbers in it: no scale is needed
            axes.set_title(FIGURES.say(word, language), loc="left", fontsize=7)
            panel_letter(axes, letter)
        figure.suptitle(FIGURES.say("regional_title", language, year=year), x=0.01, ha="left", fontsize=8)
    return figure


def regional_bars(provinces: pd.DataFrame, groups: pd.DataFrame, year: int, language: str = "en") -> Figure:
    """Return both quantities of provinces, the largest first, and below them those of East, Middle and West."""
    with print_style(language):
        figure, panels = plt.subplots(2, 2, figsize=(DOUBLE, 6.6), height_ratios=(9, 1), layout="constrained")
        for k, (column, word, decimals) in enumerate(SHOWN):
            ranked = provinces.dropna(subset=[column]).sort_values(column, kind="stable")
            written = names(ranked["region"].tolist(), language)
            _bars(panels[0, k], ranked, (column, decimals), written)
            three = groups[groups["group"].isin(list(COLOURS))].iloc[::-1]
            of_groups = [group_names(group)[LANGUAGES.index(language)] for group in three["group"]]
            _bars(panels[1, k], three, (column, decimals), of_groups)
            panels[1, k].set_xlabel(FIGURES.say(word, language))
            for axes, letter in zip(panels[:, k], ("ab"[k], "cd"[k]), strict=True):
                panel_letter(axes, letter)
        handles = [plt.Rectangle((0, 0), 1, 1, color=colour) for colour in COLOURS.values()]
        words = [group_names(group)[LANGUAGES.index(language)] for group in COLOURS]
        panels[0, 0].legend(handles, words, loc="lower right")
        figure.suptitle(FIGURES.say("regional_title", language, year=year), x=0.01, ha="left", fontsize=8)
    return figure


def _bars(axes: Axes, rows: pd.DataFrame, shown: tuple[str, int], written: list[str]) -> None:
    """Draw a bar for each row with its number behind."""
    column, decimals = shown
    values = rows[column].to_numpy()
    axes.barh(range(len(rows)), values, 0.72, color=[COLOURS[group] for group in rows["group"]])
    for at, value in enumerate(values):
        axes.text(value + 0.01 * values.max(), at, number(value, decimals), va="center", fontsize=5.5)
    axes.set_yticks(range(len(rows)), written)
    axes.set_ylim(-0.7, len(rows) - 0.3)
    axes.set_xlim(0, 1.12 * values.max())
    axes.tick_params(axis="y", length=0)
