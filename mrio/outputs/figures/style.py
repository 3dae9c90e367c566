"""What all figures share: fonts, colours, and how they are saved."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from matplotlib import font_manager
from matplotlib.colors import LinearSegmentedColormap, TwoSlopeNorm
from matplotlib.figure import Figure

from mrio import labels
from mrio.saving import whole_file

STYLE = Path(__file__).with_name("print.mplstyle")
#: Full width of an A4 text block, inches: figures are drawn at the size they are printed.
WIDTH = 6.7

# Okabe & Ito: told apart by every kind of colour vision, and by their lightness where two stand side by side
BLUE, VERMILION, ORANGE, GREEN, GREY = "#0072B2", "#D55E00", "#E69F00", "#009E73", "#999999"
PRODUCTION, CONSUMPTION = BLUE, ORANGE
PAYS, RECEIVES = VERMILION, BLUE
SEQUENTIAL = "Blues"
#: From receiving (blue) through nothing (white) to paying (vermilion).
DIVERGING = LinearSegmentedColormap.from_list("receives-pays", [BLUE, "#9CCBE6", "#FFFFFF", "#F3B58A", VERMILION])

#: Families with Chinese glyphs on Windows, macOS and Linux, in order of preference.
CJK_FAMILIES = (
    "Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "Microsoft YaHei", "SimHei", "PingFang SC",
    "Hiragino Sans GB", "Heiti SC", "STHeiti", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Sans SC",
    "Droid Sans Fallback", "SimSun", "Songti SC",
)  # fmt: skip
NO_CJK = (
    "no Chinese font was found, so Chinese figures are drawn in English; install one "
    "(Debian: apt-get install fonts-wqy-microhei; or: pip install mplfonts && mplfonts init) and run again"
)


@cache
def cjk_family() -> str | None:
    """Return the first installed family with Chinese glyphs, or None."""
    installed = {font.name for font in font_manager.fontManager.ttflist}
    found = next((family for family in CJK_FAMILIES if family in installed), None)
    if found is None:
        # fonts installed since matplotlib built its cache: look at the files themselves
        for path in font_manager.findSystemFonts():
            try:
                font_manager.fontManager.addfont(path)
            except (OSError, RuntimeError):
                continue
        installed = {font.name for font in font_manager.fontManager.ttflist}
        found = next((family for family in CJK_FAMILIES if family in installed), None)
    return found


def language_possible(language: str) -> str:
    """Return `language`, or ``en`` with one warning sentence where Chinese is asked and no font can write it."""
    if language == "zh" and cjk_family() is None:
        warnings.warn(NO_CJK, stacklevel=2)
        return "en"
    return language


@contextmanager
def print_style(language: str) -> Iterator[None]:
    """Draw in the project's style, with a font that has the language's glyphs."""
    with plt.style.context(STYLE):
        sans = ["DejaVu Sans"] if language == "en" else [cjk_family() or "DejaVu Sans", "DejaVu Sans"]
        matplotlib.rcParams["font.family"] = sans  # by name: families are looked up when the figure is saved
        yield


def titled(title: str, note: str) -> str:
    """Return a title with its note (definition, resolution) on a line of its own."""
    return f"{title}\n{note}" if note else title


def names(regions: Sequence[str], language: str) -> list[str]:
    """Return how the regions are written in `language`."""
    return [labels.province_name(region, language) for region in regions]


def upright(written: Sequence[str], language: str) -> list[str]:
    """Return names for ticks under a crowded axis: Chinese set vertically, one character on each line."""
    return ["\n".join(name) for name in written] if language == "zh" else list(written)


def around_zero(values: np.ndarray) -> TwoSlopeNorm:
    """Return a scale symmetric about zero that holds every finite value."""
    largest = float(np.nanmax(np.abs(values))) or 1.0
    return TwoSlopeNorm(0.0, -largest, largest)


def save(figure: Figure, stem: Path) -> list[Path]:
    """Write `stem`.png, .svg and .pdf without dates or version stamps; return the paths."""
    metadata = {"png": {"Software": None}, "svg": {"Date": None, "Creator": None}}
    metadata["pdf"] = {"CreationDate": None, "Creator": None, "Producer": None}
    paths = [stem.with_name(f"{stem.name}.{kind}") for kind in metadata]
    with plt.style.context(STYLE):
        # what is drawn is measured once: left to savefig, every format would draw the figure twice
        figure.draw_without_rendering()
        drawn = figure.get_tightbbox().padded(plt.rcParams["savefig.pad_inches"])
        for path, (kind, about) in zip(paths, metadata.items(), strict=True):
            with whole_file(path) as beside:
                figure.savefig(beside, format=kind, metadata=about, bbox_inches=drawn)
    plt.close(figure)
    return paths
