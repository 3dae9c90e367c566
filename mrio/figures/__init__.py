"""Figures for print: PNG at 300 dpi, SVG and PDF, byte-stable, in English and Chinese.

Every figure is a function from labelled results to a matplotlib Figure; :func:`save` writes the three files.
"""

from .bars import compensation_bars, emissions_bars, responsibility_bars
from .matrices import region_heatmap, transfer_heatmap
from .study import compensation_figure, study_figures
from .style import cjk_family, language_possible, print_style, save, text
from .tilemap import tile_map

__all__ = [
    "cjk_family",
    "compensation_bars",
    "compensation_figure",
    "emissions_bars",
    "language_possible",
    "print_style",
    "region_heatmap",
    "responsibility_bars",
    "save",
    "study_figures",
    "text",
    "tile_map",
    "transfer_heatmap",
]
