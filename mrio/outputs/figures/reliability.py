"""Reliability of intervals: how often they hold the truth, against how often they should."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.figure import Figure

from mrio.analysis.truths_held import LEVELS, coverage

#: Part of a quantity's name before its definition.
SEPARATOR = ", "


def reliability_figure(rows: pd.DataFrame) -> Figure:
    """Return the figure of :func:`mrio.analysis.truths_held.scored` rows: one line per quantity, pooled over cases."""
    pooled = coverage(rows, ["quantity"])
    figure, axes = plt.subplots(figsize=(4.2, 4.0), layout="constrained")
    axes.plot([0, 100], [0, 100], color="0.6", linewidth=0.8, zorder=0)
    axes.axhspan(85, 97, xmin=0.88, xmax=0.92, color="0.85", zorder=0)
    for quantity, line in pooled.iterrows():
        axes.plot(LEVELS, [line[str(level)] for level in LEVELS], marker="o", markersize=3, label=str(quantity))
    axes.set(xlim=(40, 100), ylim=(40, 100), xlabel="Stated interval (%)", ylabel="Truths within it (%)")
    axes.legend(fontsize=7, loc="lower right", frameon=False)
    return figure
