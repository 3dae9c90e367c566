"""What a figure says of itself: its title, what is shown for those who cannot see it, and its caption."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.figure import Figure
from matplotlib.patches import Patch

from mrio.words.caption_words import BETWEEN, CAPTIONS, CERTAINTY

SUFFIX_ZH = "_zh"
#: How the lines of intervals are found again; labels with an underscore stand in no legend.
INTERVALS = "_intervals"


@dataclass(frozen=True)
class Description:
    """Title, alternative text, and the caption of both, all in the language of the figure."""

    title: str
    alt: str
    caption: str


def described(figure: Figure, name: str) -> Description:
    """Return what a figure of a name says of itself, in Chinese where the name ends in ``_zh``.

    The title is the first line above the drawing, the lines below it are notes; what is shown and how it is read is
    told by :mod:`mrio.words.caption_words` for every figure of the house.
    """
    language = "zh" if name.endswith(SUFFIX_ZH) else "en"
    title, *notes = _above(figure).split("\n")
    notes.append(figure.get_supxlabel().replace("\n", " "))
    key = name.removesuffix(SUFFIX_ZH)
    said = [CAPTIONS] + ([CERTAINTY] if _says_how_sure(figure) else [])
    shown = BETWEEN.say("gap", language).join(words.say(key, language) for words in said if key in words)
    end, gap = BETWEEN.say("end", language), BETWEEN.say("gap", language)
    sentences = [text if text.endswith((end, ".", "。")) else text + end for text in (title, *notes, shown) if text]
    alt = gap.join(filter(None, [sentences[0] if sentences else "", shown]))
    return Description(title, alt, gap.join(sentences) + "\n")


def _says_how_sure(figure: Figure) -> bool:
    """Return whether intervals are drawn, or hatching for what has no certain sign."""
    return any(
        part.get_label() == INTERVALS or (isinstance(part, Patch) and part.get_hatch()) for part in figure.findobj()
    )


def _above(figure: Figure) -> str:
    """Return what stands above a figure: its own title, or that of its first panel."""
    if figure.get_suptitle():
        return figure.get_suptitle()
    titles = [axes.get_title(loc=loc) for axes in figure.axes for loc in ("left", "center")]
    return next(filter(None, titles), "")
