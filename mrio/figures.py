"""Figures for print: PNG at 300 dpi, SVG and PDF, byte-stable, in English and Chinese.

Every figure is a function from labelled results to a matplotlib Figure; :func:`save` writes the three files.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib import font_manager
from matplotlib.figure import Figure

from . import labels

STYLE = Path(__file__).with_name("print.mplstyle")
PRODUCTION, CONSUMPTION = "#0072B2", "#D55E00"

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

TEXT = {
    "figure1_title": ("{year}: emissions by production and by consumption", "{year}年各省生产侧与消费侧碳排放"),
    "production": ("Production-based", "生产者责任视角"),
    "consumption": ("Consumption-based", "消费者责任视角"),
    "emissions_axis": ("CO₂ emissions (Mt)", "二氧化碳排放量(Mt)"),
    "heat_title": ("{year}: CO₂ embodied in flows between provinces", "{year}年省际隐含碳转移矩阵"),
    "heat_origin": ("Emitting province", "排放省份(隐含碳流入)"),
    "heat_destination": ("Province whose demand is served", "需求省份(隐含碳流出)"),
    "heat_axis": ("Mt CO₂ (own province blank)", "Mt CO₂(本省对角线留白)"),
}


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


def text(key: str, language: str, **values: object) -> str:
    """Return a label in `language`."""
    return TEXT[key][1 if language == "zh" else 0].format(**values)


def save(figure: Figure, stem: Path) -> list[Path]:
    """Write `stem`.png, .svg and .pdf without dates or version stamps; return the paths."""
    stem.parent.mkdir(parents=True, exist_ok=True)
    metadata = {"png": {"Software": None}, "svg": {"Date": None, "Creator": None}}
    metadata["pdf"] = {"CreationDate": None, "Creator": None, "Producer": None}
    paths = [stem.with_name(f"{stem.name}.{kind}") for kind in metadata]
    with plt.style.context(STYLE):
        for path, (kind, about) in zip(paths, metadata.items(), strict=True):
            figure.savefig(path, format=kind, metadata=about)
    plt.close(figure)
    return paths


def emissions_bars(result: xr.Dataset, language: str = "en", note: str = "") -> Figure:
    """Return Figure 1: production- and consumption-based emissions of every province, grouped bars, sorted.

    Parameters
    ----------
    result : Dataset
        Accounts with ``production`` and ``consumption`` (region), Mt.
    note : str
        Which definition and resolution; printed under the title.
    """
    language = language_possible(language)
    order = np.argsort(-result["production"].values, kind="stable")
    regions = [labels.province_name(result["region"].values[i], language) for i in order]
    at, width = np.arange(len(order)), 0.42
    with print_style(language):
        figure, axes = plt.subplots(figsize=(7.3, 3.4))
        axes.grid(axis="y")
        for key, colour, shift in (("production", PRODUCTION, -0.5), ("consumption", CONSUMPTION, 0.5)):
            axes.bar(at + shift * width, result[key].values[order], width, color=colour, label=text(key, language))
        axes.set_xticks(
            at, regions, rotation=0 if language == "zh" and len(at) <= 12 else 90 if language == "en" else 60
        )
        axes.tick_params(axis="x", length=0)
        axes.set_xlim(-0.7, len(at) - 0.3)
        axes.set_ylabel(text("emissions_axis", language))
        axes.set_title(_title("figure1_title", language, note, result.attrs["year"]), loc="left")
        axes.legend(loc="upper right", ncols=2)
    return figure


def transfer_heatmap(result: xr.Dataset, language: str = "en", note: str = "") -> Figure:
    """Return the heat map of embodied flows, origin down, destination across, provinces grouped by region.

    The diagonal (own emissions for own demand) is left blank: it would outshine every flow.
    """
    language = language_possible(language)
    provinces = labels.provinces()
    known = [r for r in provinces.sort_values("region8", kind="stable").index if r in result["region"].values]
    order = known + [r for r in result["region"].values if r not in known]
    flows = result["flows"].sel(region=order, to_region=order).values.copy()
    np.fill_diagonal(flows, np.nan)
    names = [labels.province_name(r, language) for r in order]
    with print_style(language):
        figure, axes = plt.subplots(figsize=(7.0, 6.2))
        image = axes.imshow(flows, cmap="Blues", norm=matplotlib.colors.PowerNorm(0.5), aspect="auto")
        axes.set_xticks(range(len(order)), names, rotation=90)
        axes.set_yticks(range(len(order)), names)
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        groups = [provinces["region8"].get(r, "") for r in order]
        for edge in (i for i in range(1, len(order)) if groups[i] != groups[i - 1]):
            axes.axhline(edge - 0.5, color="#888888", linewidth=0.6)
            axes.axvline(edge - 0.5, color="#888888", linewidth=0.6)
        axes.set_xlabel(text("heat_destination", language))
        axes.set_ylabel(text("heat_origin", language))
        axes.set_title(_title("heat_title", language, note, result.attrs["year"]), loc="left")
        figure.colorbar(image, ax=axes, shrink=0.7, label=text("heat_axis", language), pad=0.02)
    return figure


def _title(key: str, language: str, note: str, year: int) -> str:
    title = text(key, language, year=year)
    return f"{title}\n{note}" if note else title
