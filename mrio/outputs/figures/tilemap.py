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

from mrio.outputs.figures.certainty import HATCH
from mrio.outputs.figures.style import DIVERGING, DOUBLE, IN_CELL, SEQUENTIAL, around_zero, names, print_style, titled
from mrio.outputs.geography import tiles, uncovered_name, uncovered_tiles
from mrio.outputs.printed_numbers import number
from mrio.words.figure_words import FIGURES

Colour = tuple[float, ...]
#: What is drawn where there is no value: white with a broken edge.
NO_VALUE: Colour | None = None


def tile_map(
    values: xr.DataArray, what: str, language: str = "en", note: str = "", decimals: int = 0,
    unsure: np.ndarray | None = None,
) -> Figure:  # fmt: skip
    """Return the map coloured by one value per province.

    Parameters
    ----------
    values : DataArray (region)
        Any column; where it has both signs the colours meet in white at zero.  ``attrs["year"]`` goes into the title.
    what : str
        Name and unit of the value, in `language`.
    unsure : array of bool, optional
        Provinces the sign of whose value is not certain: their tiles are hatched.
    """
    unsure = np.zeros(len(values), dtype=bool) if unsure is None else unsure
    with print_style(language):
        figure, axes = plt.subplots(figsize=(DOUBLE, 7.5), layout="constrained")
        colours = draw_tiles(axes, values, language, decimals, unsure)
        title = FIGURES.say("map_title", language, year=values.attrs["year"], what=what)
        axes.set_title(titled(title, note), loc="left")
        more = FIGURES.say("map_unsure", language) if unsure.any() else ""
        told = FIGURES.say("map_note", language, more=more).strip()
        axes.text(0, -0.01, told, transform=axes.transAxes, va="top", fontsize=6, color="#444444")
        draw_scale(figure, axes, colours)
    return figure


def draw_tiles(
    axes: Axes, values: xr.DataArray, language: str, decimals: int, unsure: np.ndarray, letters: float = 7
) -> ScalarMappable:
    """Draw the tiles of every province and of what no data cover, in `letters` points; return the scale of colours."""
    regions = values["region"].values.tolist()
    shown = dict(zip(regions, values.values.tolist(), strict=True))
    open_sign = set(np.asarray(regions)[unsure].tolist())
    signed = bool((values < 0).any() and (values > 0).any())
    norm = around_zero(values.values) if signed else Normalize(min(0.0, float(values.min())), float(values.max()))
    colours = ScalarMappable(norm, DIVERGING if signed else SEQUENTIAL)
    named = {region: names([region], language)[0] for region in tiles(regions)}
    named |= {region: uncovered_name(region, language) for region in uncovered_tiles()}
    at = tiles(regions) | uncovered_tiles()
    for region, place in at.items():
        value = shown.get(region, np.nan)
        known = bool(np.isfinite(value))
        text = number(value, decimals) if known else FIGURES.say("map_no_data", language)
        face = tuple(np.asarray(colours.to_rgba(value)).tolist()) if known else NO_VALUE
        _tile(axes, place, (named[region], text), face, region in open_sign)
    rows, columns = zip(*at.values(), strict=True)
    axes.set(xlim=(min(columns) - 0.55, max(columns) + 0.55), ylim=(max(rows) + 0.55, min(rows) - 0.55), aspect=1)
    axes.axis("off")
    for written in axes.texts:
        written.set_fontsize(letters)
    return colours


def draw_scale(figure: Figure, axes: Axes, colours: ScalarMappable) -> None:
    """Draw the scale of the colours beside the tiles."""
    bar = figure.colorbar(
        colours, ax=axes, shrink=0.55, pad=0.02, aspect=24, format=lambda value, _: number(value, 1 if value % 1 else 0)
    )
    bar.outline.set_visible(False)


def _tile(axes: Axes, place: tuple[int, int], words: tuple[str, str], face: Colour | None, open_sign: bool) -> None:
    """Draw a tile with its name and value; `place` is its row and column."""
    row, column = place

    def square() -> Rectangle:
        return Rectangle((column - 0.47, row - 0.47), 0.94, 0.94)

    tile = axes.add_patch(square())
    tile.set(facecolor=face or "white", edgecolor="#999999", linewidth=0.5, linestyle="-" if face else "--")
    if open_sign:
        axes.add_patch(square()).set(facecolor="none", edgecolor="#BBBBBB", linewidth=0, hatch=HATCH)
    ink = "black" if face is None or _light(face) else "white"
    name, text = words
    axes.text(column, row, f"{name.replace(' ', chr(10))}\n{text}", color=ink, linespacing=1.35, **IN_CELL)


def _light(colour: Colour) -> bool:
    """Return whether black is easier to read than white on a colour (relative luminance, WCAG 2)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour[:3]]
    return float(np.dot(linear, (0.2126, 0.7152, 0.0722))) > 0.18
