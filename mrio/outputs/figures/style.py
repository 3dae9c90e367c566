"""What all figures share: fonts, colours, words in two languages, and how they are saved."""

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

TEXT = {
    "figure1_title": ("{year}: emissions by production and by consumption", "{year}年各省生产侧与消费侧碳排放"),
    "production": ("Production-based", "生产者责任视角"),
    "consumption": ("Consumption-based", "消费者责任视角"),
    "emissions_axis": ("CO₂ emissions (Mt)", "二氧化碳排放量(Mt)"),
    "heat_title": ("{year}: CO₂ embodied in flows between provinces", "{year}年省际隐含碳转移矩阵"),
    "heat_origin": ("Emitting province", "排放省份"),
    "heat_destination": ("Province whose demand is served", "需求省份"),
    "heat_axis": ("Mt CO₂ (own province blank)", "Mt CO₂(本省对角线留白)"),
    "regions_title": ("{year}: CO₂ embodied in flows between eight regions", "{year}年八大区域间隐含碳转移矩阵"),
    "regions_origin": ("Emitting region", "排放区域"),
    "regions_destination": ("Region whose demand is served", "需求区域"),
    "regions_axis": ("Mt CO₂ between regions", "区域间 Mt CO₂"),
    "regions_note": (
        "Grey: emitted in a region for its own demand, flows between its provinces included.",
        "灰色:区域内排放(含区域内省际流动)。",
    ),
    "compensation_title": (
        "{year}: compensation at {price:g} yuan per tonne",
        "{year}年各省碳补偿额度(碳价{price:g}元/吨)",
    ),
    "compensation_axis": ("10⁸ yuan (+ receives, − pays)", "亿元(正为受偿,负为支付)"),
    "curve": ("Growth curve: a = {a:g}, b = {b:g}, G = {G:,.0f} yuan", "生长曲线:a = {a:g},b = {b:g},G = {G:,.0f}元"),
    "curve_pearl": ("Growth curve: K = 1, t = 1/Engel - 3, a = {a:g}, b = {b:g}",
                    "生长曲线:K = 1,t = 1/恩格尔系数 - 3,a = {a:g},b = {b:g}"),
    "pays": ("Pays", "支付"),
    "receives": ("Receives", "受偿"),
    "fund": (
        "Payments {payments:,.1f}, receipts {receipts:,.1f}: the fund {keeps} {gap:,.1f} (10⁸ yuan)",
        "支付合计{payments:,.1f},受偿合计{receipts:,.1f},基金{keeps}{gap:,.1f}(亿元)",
    ),
    "fund_keeps": ("keeps", "结余"),
    "fund_lacks": ("lacks", "缺口"),
    "schemes_title": ("{year}: who answers for the emissions, scheme by scheme", "{year}年各责任分配方案比较"),
    "schemes_axis": (
        "Mt CO₂; panels after the first: more (+) or less (-) than under “{first}”.\n"
        "Outside: what no province answers for (exports, regions outside the study, residual), Mt.",
        "Mt CO₂;第一栏以外为与“{first}”之差(正为多承担,负为少承担)。\n"
        "外部:不由任何省份承担的排放(出口、未纳入地区、误差项),Mt。",
    ),
    "schemes_outside": ("outside {amount:,.0f}", "外部{amount:,.0f}"),
    "not_separable": ("Foreign trade not separable: {names}", "对外贸易不可分离:{names}"),
    "map_title": ("{year}: {what}", "{year}年{what}"),
    "map_excluded": ("not in\nthe study", "未纳入"),
    "map_note": (
        "One tile a province, no borders. Taiwan, Hong Kong and Macao are not covered by the data.",
        "每省一格,非行政边界图。数据未涵盖台湾、香港和澳门。",
    ),
}  # fmt: skip


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


def titled(title: str, note: str) -> str:
    """Return a title with its note (definition, resolution) on a line of its own."""
    return f"{title}\n{note}" if note else title


def names(regions: Sequence[str], language: str) -> list[str]:
    """Return how the regions are written in `language`."""
    return [labels.province_name(region, language) for region in regions]


def upright(written: Sequence[str], language: str) -> list[str]:
    """Return names for ticks under a crowded axis: Chinese set vertically, one character a line."""
    return ["\n".join(name) for name in written] if language == "zh" else list(written)


def around_zero(values: np.ndarray) -> TwoSlopeNorm:
    """Return a scale symmetric about zero that holds every finite value."""
    largest = float(np.nanmax(np.abs(values))) or 1.0
    return TwoSlopeNorm(0.0, -largest, largest)


def save(figure: Figure, stem: Path) -> list[Path]:
    """Write `stem`.png, .svg and .pdf without dates or version stamps; return the paths."""
    stem.parent.mkdir(parents=True, exist_ok=True)
    metadata = {"png": {"Software": None}, "svg": {"Date": None, "Creator": None}}
    metadata["pdf"] = {"CreationDate": None, "Creator": None, "Producer": None}
    paths = [stem.with_name(f"{stem.name}.{kind}") for kind in metadata]
    with plt.style.context(STYLE):
        # what is drawn is measured once: left to savefig, every format would draw the figure twice
        figure.draw_without_rendering()
        drawn = figure.get_tightbbox().padded(plt.rcParams["savefig.pad_inches"])
        for path, (kind, about) in zip(paths, metadata.items(), strict=True):
            figure.savefig(path, format=kind, metadata=about, bbox_inches=drawn)
    plt.close(figure)
    return paths
