"""Heat maps of embodied flows: between provinces, and between eight regions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.colors import PowerNorm
from matplotlib.figure import Figure

from mrio.equations.groups import group_accounts
from mrio.outputs.figures.style import DOUBLE, IN_CELL, SEQUENTIAL, names, print_style, titled
from mrio.outputs.geography import by_region, group_names
from mrio.words.door import LANGUAGES
from mrio.words.figure_words import FIGURES


def transfer_heatmap(result: xr.Dataset, language: str = "en", note: str = "") -> Figure:
    """Return the heat map of embodied flows, origin down, destination across, provinces grouped by region.

    The diagonal (own emissions for own demand) is left blank: it would outshine every flow.  Colour goes with the
    square root of the flow, so that small ones can be told from none.
    """
    order, groups = by_region(result["region"].values.tolist())
    flows = result["flows"].sel(region=order, to_region=order).values.copy()
    np.fill_diagonal(flows, np.nan)
    written = names(order, language)
    with print_style(language):
        figure, axes = plt.subplots(figsize=(DOUBLE, 5.9))
        image = axes.imshow(flows, cmap=SEQUENTIAL, norm=PowerNorm(0.5, vmin=0.0), aspect="auto")
        axes.set_xticks(range(len(order)), written, rotation=90)
        axes.set_yticks(range(len(order)), written)
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        _mark_groups(axes, groups, language)
        axes.set_xlabel(FIGURES.say("heat_destination", language))
        axes.set_ylabel(FIGURES.say("heat_origin", language))
        title = FIGURES.say("heat_title", language, year=result.attrs["year"])
        axes.set_title(titled(title, note), loc="left")
        figure.colorbar(
            image, ax=axes, shrink=0.6, label=FIGURES.say("heat_axis", language), pad=0.14 if language == "en" else 0.11
        )
    return figure


def region_heatmap(result: xr.Dataset, language: str = "en", note: str = "") -> Figure:
    """Return the heat map of flows between eight regions with the numbers in it; own emissions grey, uncoloured."""
    regions, groups = by_region(result["region"].values.tolist())
    # a region of no group stands for itself
    grouped = group_accounts(result, {r: group or r for r, group in zip(regions, groups, strict=True)})
    order = list(dict.fromkeys(group or r for r, group in zip(regions, groups, strict=True)))
    flows = grouped["flows"].sel(region=order, to_region=order).values
    away = np.where(np.eye(len(order)) > 0, np.nan, flows)
    written = [group_names(group)[LANGUAGES.index(language)] for group in order]
    with print_style(language):
        figure, axes = plt.subplots(figsize=(DOUBLE, 4.4))
        axes.set_facecolor("#E6E6E6")
        image = axes.imshow(away, cmap=SEQUENTIAL, vmin=0.0, aspect="auto")
        shade = np.where(np.isnan(away), 0.0, np.asarray(image.norm(flows)))
        for (row, column), value in np.ndenumerate(flows):
            dark = shade[row, column] > 0.55
            axes.text(column, row, f"{value:,.1f}", fontsize=6.5, color="w" if dark else "k", **IN_CELL)
        axes.set_xticks(range(len(order)), written, rotation=0 if language == "zh" else 35,
                        ha="center" if language == "zh" else "right", rotation_mode="anchor")  # fmt: skip
        if language == "zh":
            axes.tick_params(axis="x", pad=8)
        axes.set_yticks(range(len(order)), written)
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        axes.set_xlabel(FIGURES.say("regions_destination", language) + "\n" + FIGURES.say("regions_note", language))
        axes.set_ylabel(FIGURES.say("regions_origin", language))
        title = FIGURES.say("regions_title", language, year=result.attrs["year"])
        axes.set_title(titled(title, note), loc="left")
        figure.colorbar(image, ax=axes, shrink=0.7, label=FIGURES.say("regions_axis", language), pad=0.02)
    return figure


def _mark_groups(axes: Axes, groups: Sequence[str], language: str) -> None:
    """Rule off the groups and name them along the right edge."""
    edges = [0, *(i for i in range(1, len(groups)) if groups[i] != groups[i - 1]), len(groups)]
    for start, end in pairwise(edges):
        if start:
            axes.axhline(start - 0.5, color="#888888", linewidth=0.6)
            axes.axvline(start - 0.5, color="#888888", linewidth=0.6)
        name = group_names(groups[start])[LANGUAGES.index(language)]
        axes.annotate(name, (1.01, (start + end) / 2 - 0.5), fontsize=6.5, va="center",
                      xycoords=("axes fraction", "data"), annotation_clip=False, color="#444444")  # fmt: skip
