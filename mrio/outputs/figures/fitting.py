"""A figure fitted to the columns of a journal: its titles broken where they are wider than the page."""

from __future__ import annotations

import re
from itertools import pairwise

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

#: Layouts until the page is as wide as asked for, and what is near enough (inches).
FITTINGS, TOLERANCE = 4, 0.005
#: Where a line may end: behind a space, and behind a Chinese character that no mark of punctuation follows.
ENDS = re.compile(r"(?<=\s)|(?<=[\u4e00-\u9fff，；：、。）])(?![，；：、。）”])")


def fitted(figure: Figure, single: float, double: float) -> Bbox:
    """Return the part of the page that is printed: one or two columns wide exactly; the figure is resized to fill it.

    Parameters
    ----------
    figure : Figure
        One that is nearer to a column in width becomes one column wide.
    single, double : float
        Widths of one and of two columns, inches.
    """
    wanted = single if figure.get_size_inches()[0] < (single + double) / 2 else double
    pad = float(plt.rcParams["savefig.pad_inches"])
    drawn, growth = _extent(figure, pad), 1.0
    if any([_break_lines(title, (wanted - 4 * pad) * figure.dpi) for title in _titles(figure)]):
        drawn = _extent(figure, pad)
    for _ in range(FITTINGS):
        if abs(drawn.width - wanted) < TOLERANCE:
            break
        width, height = figure.get_size_inches()
        wider = (wanted - drawn.width) / growth
        figure.set_size_inches(width + wider, height)
        before, drawn = drawn.width, _extent(figure, pad)
        growth = max((drawn.width - before) / wider, 0.5)  # of the drawing, by the width of its page
    figure.set_layout_engine(
        None
    )  # laid out once: with an engine, or one that only holds its place, each format draws twice
    middle = (drawn.x0 + drawn.x1) / 2
    return Bbox.from_bounds(middle - wanted / 2, drawn.y0, wanted, drawn.height)


def _extent(figure: Figure, pad: float) -> Bbox:
    """Return what is to be drawn on the page and `pad` inches around it: laid out, as drawing takes as long again."""
    if engine := figure.get_layout_engine():
        engine.execute(figure)
    return figure.get_tightbbox().padded(pad)


def _titles(figure: Figure) -> list[Text]:
    """Return the titles that are drawn."""
    told = {axes.get_title(loc=loc) for axes in figure.axes for loc in ("left", "center")}
    told |= {figure.get_suptitle(), figure.get_supxlabel()}
    return [text for text in figure.findobj(Text) if isinstance(text, Text) and text.get_text() in told - {""}]


def _break_lines(title: Text, room: float) -> bool:
    """Break the lines of a title that reach beyond the page, whose width is `room` pixels; return whether one did."""
    place, text = title.get_window_extent(), title.get_text()
    left = max(place.x0, 0) if title.get_horizontalalignment() == "left" else 0
    if left + place.width <= room:
        return False
    title.set_text("\n".join(part for line in text.split("\n") for part in _parts(title, line, room - left)))
    return True


def _parts(title: Text, line: str, room: float) -> list[str]:
    """Return a line in parts none of which is wider than `room` pixels, if it has places to break it at."""
    made = [""]
    ends = [0, *(match.start() for match in ENDS.finditer(line) if 0 < match.start() < len(line)), len(line)]
    for piece in (line[a:b] for a, b in pairwise(ends)):
        title.set_text(made[-1] + piece.rstrip())
        if made[-1] and title.get_window_extent().width > room:
            made.append("")
        made[-1] += piece
    return [part.rstrip() for part in made]
