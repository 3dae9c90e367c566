"""How figures say how sure a number is: intervals as lines, and what has no certain sign hatched, in words too."""

from __future__ import annotations

from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from mrio.analysis.verdicts import UNCERTAIN, verdict
from mrio.outputs.columns import INTERVAL
from mrio.outputs.figures.descriptions import INTERVALS
from mrio.outputs.figures.style import PAYS, RECEIVES
from mrio.words.figure_words import FIGURES

#: Colour of 90% intervals, and what a bar or tile is hatched with whose sign is not certain.
INTERVAL_COLOUR, HATCH = "#333333", "//////"


def unsure(data: xr.Dataset, variable: str) -> np.ndarray:
    """Return a mask of the regions the sign of whose variable is a coin toss; where no chance is known, none."""
    chances = f"{variable}_p_pays"
    if chances not in data:
        return np.zeros(data.sizes["region"], dtype=bool)
    return np.array([verdict(chance) == UNCERTAIN for chance in data[chances].values])


def ends_of(data: xr.Dataset, variable: str) -> np.ndarray | None:
    """Return lower and upper ends of the 90% intervals, (2, region); None where none are known."""
    names = [f"{variable}{end}" for end in INTERVAL]
    return np.stack([data[name].values for name in names]) if all(name in data for name in names) else None


def draw_interval(axes: Axes, at: np.ndarray, data: xr.Dataset, variable: str, upright: bool = True) -> None:
    """Draw the 90% intervals of a variable as lines, where they are known."""
    ends = ends_of(data, variable)
    if ends is not None:
        draw_ends(axes, at, ends, upright)


def draw_ends(axes: Axes, at: np.ndarray, ends: np.ndarray, upright: bool = True, **more: Any) -> None:
    """Draw intervals as lines from their lower to their upper ends, (2, at); captions say that they are there."""
    draw = axes.vlines if upright else axes.hlines
    draw(at, *ends, color=INTERVAL_COLOUR, linewidth=0.7, label=INTERVALS, **more)


def hatched(patch: Patch) -> None:
    """Show that the sign of a bar or tile is not certain: its colour as hatching on white."""
    colour = patch.get_facecolor()
    patch.set(facecolor="white", edgecolor=colour, hatch=HATCH, linewidth=0.4)


def draw_roles(axes: Axes, some_unsure: bool, language: str, **place: Any) -> None:
    """Draw the key of who pays, who receives, and of whom it is not certain; `place` is told to :meth:`legend`."""
    roles = {"pays": PAYS, "receives": RECEIVES}
    handles = [plt.Rectangle((0, 0), 1, 1, facecolor=colour) for colour in roles.values()]
    words = [FIGURES.say(role, language) for role in roles]
    if some_unsure:
        handles.append(plt.Rectangle((0, 0), 1, 1, facecolor="#666666"))
        hatched(handles[-1])
        words.append(FIGURES.say("sign_not_certain", language))
    axes.legend(handles, words, **place)
