"""What all figures share: fonts, colours, and how they are saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, TwoSlopeNorm
from matplotlib.figure import Figure

from mrio import labels
from mrio.errors import FigureError
from mrio.outputs.figures.descriptions import SUFFIX_ZH, Description, described
from mrio.outputs.figures.fitting import fitted
from mrio.outputs.figures.typefaces import NO_CHINESE_FACE, families, han_family, with_instead
from mrio.saving import whole_file, write_text_file

STYLE = Path(__file__).with_name("print.mplstyle")
#: One and two columns of a journal, 89 and 183 mm, in inches: figures are drawn at the size they are printed.
SINGLE, DOUBLE = 89 / 25.4, 183 / 25.4
#: What a figure is written in where nothing else is asked for, and the ending of its caption.
FORMATS, CAPTION = ("png", "svg", "pdf"), "caption.txt"

# Okabe & Ito: told apart by every kind of colour vision, and by their lightness where two stand side by side
BLUE, VERMILION, ORANGE, GREEN, GREY = "#0072B2", "#D55E00", "#E69F00", "#009E73", "#999999"
PRODUCTION, CONSUMPTION = BLUE, ORANGE
#: What a province emits for its own demand: in both accounts.
HOME = "#57606A"
PAYS, RECEIVES = VERMILION, BLUE
SEQUENTIAL = "Blues"
#: From receiving (blue) through nothing (white) to paying (vermilion).
DIVERGING = LinearSegmentedColormap.from_list("receives-pays", [BLUE, "#9CCBE6", "#FFFFFF", "#F3B58A", VERMILION])

#: Look of a number in the middle of a cell, which is never in the way of what is laid out around the cells.
IN_CELL: Mapping[str, Any] = {"ha": "center", "va": "center", "in_layout": False}


@contextmanager
def print_style(language: str) -> Iterator[None]:
    """Draw in the project's style, with a face that has the language's glyphs.

    Raises
    ------
    FigureError
        If Chinese is asked for and no face has it: boxes are no words, and English under a Chinese name is none either.
    """
    if language == "zh" and han_family() is None:
        raise FigureError(NO_CHINESE_FACE + ".")
    with plt.style.context(STYLE):
        matplotlib.rcParams["font.family"] = list(families())  # by name: looked up when the figure is saved
        yield


def panel_letter(axes: Axes, letter: str) -> None:
    """Write the letter of a panel above its upper left corner."""
    axes.annotate(letter, (0, 1), (-24, 5), xycoords="axes fraction", textcoords="offset points", fontsize=9,
                  ha="right", va="bottom", annotation_clip=False)  # fmt: skip


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


def save_all(made: Mapping[str, Figure], folder: Path, language: str, formats: Mapping[str, Sequence[str]]) -> None:
    """Write figures by name, each in its formats (those of ``default`` where it is not named), and their captions."""
    for name, figure in made.items():
        stem = folder / f"{name}{SUFFIX_ZH if language == 'zh' else ''}"
        save(figure, stem, formats.get(name, formats["default"]))


def save(figure: Figure, stem: Path, formats: Sequence[str] = FORMATS) -> list[Path]:
    """Write a figure in every format, and its caption beside it; return the paths, the caption's last.

    The page is one or two columns of a journal wide, and as high as what is drawn.  No file has a date or a version;
    each has the title and, for those who cannot see it, what is shown.

    Parameters
    ----------
    figure : Figure
    stem : Path
        Without ending: `stem`.png ...; a name ending in ``_zh`` has its caption in Chinese.
    formats : sequence of str
        Any of :data:`FORMATS`.
    """
    about = described(figure, stem.name)
    stem.parent.mkdir(parents=True, exist_ok=True)
    paths = [stem.with_name(f"{stem.name}.{kind}") for kind in formats]
    with plt.style.context(STYLE):
        dpi = plt.rcParams["figure.dpi"]
        figure.set_dpi(dpi)  # whoever made it: measured and written at one resolution
        drawn = fitted(figure, SINGLE, DOUBLE)
        for path, kind in zip(paths, formats, strict=True):
            with whole_file(path) as beside:
                figure.savefig(beside, format=kind, dpi=dpi, metadata=_metadata(kind, about), bbox_inches=drawn)
                if kind == "svg":
                    _complete_svg(beside, about)
    plt.close(figure)
    caption = stem.with_name(f"{stem.name}.{CAPTION}")
    return [*paths, write_text_file(caption, about.caption)]


def _metadata(kind: str, about: Description) -> dict[str, str | None]:
    """Return what a file says of itself, and nothing of when and by what it was made."""
    if kind == "pdf":
        told = {"Title": about.title, "Subject": about.alt}
        return {**told, "CreationDate": None, "Creator": None, "Producer": None}
    if kind == "svg":
        return {"Title": about.title, "Description": about.alt, "Date": None, "Creator": None}
    return {"Title": about.title, "Description": about.alt, "Software": None}


def _complete_svg(path: Path, about: Description) -> None:
    """Give the drawing its description, for readers of the screen, and the faces that stand in for ours."""
    svg = path.read_text(encoding="utf-8")
    told = f"</title>\n <desc>{escape(about.alt)}</desc>"
    path.write_text(with_instead(svg).replace("</title>", told, 1).replace("<svg ", '<svg role="img" ', 1),
                    encoding="utf-8", newline="\n")  # fmt: skip
