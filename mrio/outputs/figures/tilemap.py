"""A map of China with one tile per province: no border is drawn, and every province is equally easy to read."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from mrio.outputs.figures.style import (
    DIVERGING,
    SEQUENTIAL,
    WIDTH,
    around_zero,
    language_possible,
    names,
    print_style,
    titled,
)
from mrio.outputs.geography import tiles
from mrio.words.figure_words import FIGURES

Colour = tuple[float, ...]


def tile_map(values: xr.DataArray, what: str, language: str = "en", note: str = "", decimals: int = 0) -> Figure:
    """Return the map coloured by one value per province.

    Parameters
    ----------
    values : DataArray (region)
        Any column; where it has both signs the colours meet in white at zero.  ``attrs["year"]`` goes into the title.
    what : str
        Name and unit of the value, in `language`.
    """
    language = language_possible(language)
    regions = values["region"].values.tolist()
    at = tiles(regions)
    shown = dict(zip(regions, values.values.tolist(), strict=True))
    signed = bool((values < 0).any() and (values > 0).any())
    norm = around_zero(values.values) if signed else Normalize(min(0.0, float(values.min())), float(values.max()))
    colours = ScalarMappable(norm, DIVERGING if signed else SEQUENTIAL)
    with print_style(language):
        figure, axes = plt.subplots(figsize=(WIDTH, 5.6))
        for region, place in at.items():
            value = shown.get(region, np.nan)
            text = f"{value:,.{decimals}f}" if np.isfinite(value) else FIGURES.say("map_excluded", language)
            face = tuple(np.asarray(colours.to_rgba(value)).tolist()) if np.isfinite(value) else None
            _tile(axes, place, names([region], language)[0], text, face)
        rows, columns = zip(*at.values(), strict=True)
        axes.set(xlim=(min(columns) - 0.55, max(columns) + 0.55), ylim=(max(rows) + 0.55, min(rows) - 0.55), aspect=1)
        axes.axis("off")
        axes.set_title(
            titled(FIGURES.say("map_title", language, year=values.attrs["year"], what=what), note), loc="left"
        )
        axes.text(
            0,
            -0.01,
            FIGURES.say("map_note", language),
            transform=axes.transAxes,
            va="top",
            fontsize=6.5,
            color="#444444",
        )
        bar = figure.colorbar(colours, ax=axes, shrink=0.55, pad=0.02, aspect=24)
        bar.outline.set_visible(False)
    return figure


def _tile(axes: Axes, place: tuple[int, int], name: str, text: str, face: Colour | None) -> None:
    """Draw a tile with its name and value; one without a value is white with a broken edge."""
    row, column = place
    line = "--" if face is None else "-"
    axes.add_patch(
        Rectangle(
            (column - 0.47, row - 0.47), 0.94, 0.94, facecolor=face or "white", edgecolor="#999999", linewidth=0.5,
            linestyle=line,
        )
    )  # fmt: skip
    ink = "black" if face is None or _light(face) else "white"
    size = 6 if len(name) < 10 or " " in name else 5.5
    lines = [name.replace(" ", "\n"), text]
    axes.text(column, row, "\n".join(lines), color=ink, fontsize=size, ha="center", va="center", linespacing=1.35)


def _light(colour: Colour) -> bool:
    """Return whether black is easier to read than white on a colour (relative luminance, WCAG 2)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour[:3]]
    return float(np.dot(linear, (0.2126, 0.7152, 0.0722))) > 0.18
