"""Who pays whom: bands from payers to receivers, through the literal fund and in the balanced one, and the matrix."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path as Outline

from mrio.outputs.figures.style import (
    DOUBLE,
    GREY,
    IN_CELL,
    PAYS,
    RECEIVES,
    SEQUENTIAL,
    names,
    panel_letter,
    print_style,
    titled,
)
from mrio.outputs.printed_numbers import number
from mrio.outputs.two_funds import Fund, fund_sentence, payments_of
from mrio.words.fund_words import FUND
from mrio.words.money_words import MONEY

#: Amounts below this share of all payments are drawn together.
SMALL = 0.03
#: Width of a node and gap between two, in parts of the panel and of all payments.
NODE, GAP = 0.018, 0.018
OTHERS, POOL, KEPT = " others", " pool", " kept"


@dataclass(frozen=True)
class Side:
    """A column of nodes: where it stands, and name -> (bottom, height) from the top down."""

    x: float
    places: Mapping[str, tuple[float, float]]


def payment_bands(fund: Fund, year: int, language: str = "en", note: str = "") -> Figure:
    """Return both funds beside each other as bands as wide as the amounts.

    Parameters
    ----------
    fund : Fund
        Of :func:`mrio.outputs.two_funds.fund_of`.
    note : str
        Definition, resolution and curve.
    """
    flows, counts = _gathered(fund)
    literal = fund.literal.groupby(lambda name: name if name in flows.columns else OTHERS, sort=False).sum()
    literal = literal.reindex(flows.columns)
    with print_style(language):
        figure, panels = plt.subplots(1, 2, figsize=(DOUBLE, 4.0), layout="constrained")
        kept = pd.concat([literal, pd.Series({KEPT: fund.gap})]) if fund.gap > 0 else literal
        payers = pd.DataFrame({POOL: flows.sum(axis=1)})
        left, middle, right = (_side(x, amounts) for x, amounts in
                               ((0.0, payers[POOL]), (0.5, pd.Series({POOL: fund.payments})), (1.0, kept)))  # fmt: skip
        _bands(panels[0], left, middle, payers)
        _bands(panels[0], middle, right, pd.DataFrame([kept], index=[POOL]))
        for axes, sides in ((panels[0], (left, middle, right)), (panels[1], _balanced(panels[1], flows))):
            _nodes(axes, sides, counts, language)
        for axes, letter, title in zip(panels, "ab", ("literal", "balanced"), strict=True):
            panel_letter(axes, letter)
            axes.set_title(FUND.say(title, language), loc="left", fontsize=7)
        figure.supxlabel(fund_sentence(fund, language), x=0.01, ha="left", fontsize=6.5)
        figure.suptitle(
            titled(FUND.say("title", language, year=year, money=MONEY.names(fund.currency)), note),
            x=0.01,
            ha="left",
            fontsize=8,
        )
    return figure


def payment_matrix(fund: Fund, year: int, language: str = "en", note: str = "") -> Figure:
    """Return what every payer pays every receiver in the balanced fund, and what receivers get of either fund."""
    paid = payments_of(fund)
    with print_style(language):
        figure, axes = plt.subplots(figsize=(DOUBLE, 1.6 + 0.21 * len(paid)), layout="constrained")
        axes.imshow(paid, cmap=SEQUENTIAL, vmin=0.0, aspect="auto")
        for (row, column), value in np.ndenumerate(paid.to_numpy()):
            ink = "w" if value > 0.55 * paid.to_numpy().max() else "k"
            axes.text(column, row, number(value, 1), fontsize=5.5, color=ink, **IN_CELL)
        rows, columns = paid.shape
        for row, value in enumerate(paid.sum(axis=1)):
            axes.text(columns, row, number(value, 1), fontsize=5.5, **IN_CELL)
        for below, amounts in enumerate((paid.sum(), fund.literal)):
            texts = [*amounts, amounts.sum()]
            for column, value in enumerate(texts):
                axes.text(column, rows + below, number(value, 1), fontsize=5.5, **IN_CELL)
        axes.set_xlim(-0.5, columns + 0.5)
        axes.set_ylim(rows + 1.5, -0.5)
        axes.axhline(rows - 0.5, color="black", linewidth=0.6)
        axes.axvline(columns - 0.5, color="black", linewidth=0.6)
        axes.set_xticks(range(columns + 1), [*names(list(paid.columns), language), FUND.say("pays", language)],
                        rotation=90 if language == "en" else 0)  # fmt: skip
        below_words = [FUND.say(key, language) for key in ("gets_balanced", "gets_literal")]
        axes.set_yticks(range(rows + 2), [*names(list(paid.index), language), *below_words])
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        axes.set_ylabel(FUND.say("payer", language))
        axes.set_xlabel(FUND.say("receiver", language))
        title = FUND.say("matrix_title", language, year=year, money=MONEY.names(fund.currency))
        axes.set_title(titled(title, note), loc="left")
        figure.supxlabel(fund_sentence(fund, language), x=0.01, ha="left", fontsize=6.5)
    return figure


def _gathered(fund: Fund) -> tuple[pd.DataFrame, dict[str, int]]:
    """Return the payments with small payers and receivers gathered, and how many of each are."""
    paid = payments_of(fund)
    least = SMALL * fund.payments
    small = [set(total[total < least].index) for total in (paid.sum(axis=1), paid.sum())]
    made = paid
    for axis, few in enumerate(small):
        if len(few) > 1:
            grouped = made.T if axis else made
            grouped = grouped.groupby(lambda name, few=few: OTHERS if name in few else name, sort=False).sum()
            made = grouped.T if axis else grouped
    return made, {"payers": len(small[0]), "receivers": len(small[1])}


def _balanced(axes: Axes, flows: pd.DataFrame) -> tuple[Side, Side]:
    left, right = _side(0.0, flows.sum(axis=1)), _side(1.0, flows.sum())
    _bands(axes, left, right, flows)
    return left, right


def _side(x: float, amounts: pd.Series) -> Side:
    """Return nodes from the top down, gaps between them, in parts of all that is paid."""
    places, top = {}, 0.0
    unit = float(amounts.sum()) or 1.0
    for name, amount in amounts.items():
        places[str(name)] = (top - float(amount), float(amount))
        top -= float(amount) + GAP * unit
    return Side(x, places)


def _bands(axes: Axes, left: Side, right: Side, flows: pd.DataFrame) -> None:
    """Draw a band for every flow, stacked within the nodes in their order."""
    leaving = {name: bottom + height for name, (bottom, height) in left.places.items()}
    arriving = {name: bottom + height for name, (bottom, height) in right.places.items()}
    for source in flows.index:
        for target in flows.columns:
            amount = float(flows.loc[source, target])
            if amount <= 0:
                continue
            colour = GREY if target == KEPT else RECEIVES if left.x else PAYS
            _band(axes, (left.x + NODE, leaving[source]), (right.x - NODE, arriving[target]), amount, colour)
            leaving[source] -= amount
            arriving[target] -= amount


def _band(axes: Axes, start: tuple[float, float], end: tuple[float, float], width: float, colour: str) -> None:
    """Draw a band from one upper corner to another, bent as an S."""
    (x0, y0), (x1, y1) = start, end
    middle = (x0 + x1) / 2
    points = [(x0, y0), (middle, y0), (middle, y1), (x1, y1), (x1, y1 - width), (middle, y1 - width),
              (middle, y0 - width), (x0, y0 - width), (x0, y0)]  # fmt: skip
    codes = [Outline.MOVETO, *[Outline.CURVE4] * 3, Outline.LINETO, *[Outline.CURVE4] * 3, Outline.CLOSEPOLY]
    axes.add_patch(PathPatch(Outline(points, codes), facecolor=colour, edgecolor="none", alpha=0.35))


def _nodes(axes: Axes, sides: tuple[Side, ...], counts: Mapping[str, int], language: str) -> None:
    """Draw the nodes of all columns with name and amount."""
    for k, side in enumerate(sides):
        first, last = k == 0, k == len(sides) - 1
        for name, (bottom, height) in side.places.items():
            colour = PAYS if first else RECEIVES if last and name != KEPT else GREY
            axes.add_patch(Rectangle((side.x - NODE, bottom), 2 * NODE, height, facecolor=colour))
            count = counts["payers" if first else "receivers"]
            words = f"{_node_name(name, count, language)} {number(height, 1)}"
            place = (
                (side.x - 2 * NODE, "right") if first else (side.x + 2 * NODE, "left") if last else (side.x, "center")
            )
            if first or last:
                axes.text(place[0], bottom + height / 2, words, ha=place[1], va="center", fontsize=5.5)
            else:
                axes.text(side.x, bottom + height + 0.01 * height, words, ha="center", va="bottom", fontsize=5.5)
    lowest = min(bottom for side in sides for bottom, _ in side.places.values())
    axes.set_xlim(-0.62, 1.62)
    axes.set_ylim(lowest * 1.01, -lowest * 0.05)
    axes.axis("off")


def _node_name(name: str, count: int, language: str) -> str:
    special = {OTHERS: FUND.say("others", language, count=count), POOL: FUND.say("fund", language),
               KEPT: FUND.say("kept", language)}  # fmt: skip
    return special[name] if name in special else names([name], language)[0]
