"""Bars: compensation, and responsibility by scheme."""

from __future__ import annotations

import re
from string import ascii_lowercase

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mrio.outputs.figures.certainty import draw_ends, draw_roles, ends_of, hatched, unsure
from mrio.outputs.figures.style import (
    DOUBLE,
    GREY,
    PAYS,
    RECEIVES,
    names,
    print_style,
    titled,
)
from mrio.outputs.printed_numbers import interval, number
from mrio.units import currency_of
from mrio.words.door import Text
from mrio.words.figure_words import FIGURES
from mrio.words.money_words import MONEY
from mrio.words.variant_words import SCHEMES

#: Width of a Chinese title above a panel, in Latin letters, and what it may be broken behind.
PANEL_ZH, BREAKS = 16, re.compile(r"[-\u4e00-\u9fff]")


def compensation_bars(money: xr.Dataset, language: str = "en", note: str = "") -> Figure:
    """Return what every province receives (right) or pays (left), sorted, with the balance of the fund.

    Parameters
    ----------
    money : Dataset
        Of :func:`mrio.equations.payment.compensation`: ``amount`` (region), ``payments``, ``receipts``, ``fund``, 10^8
        yuan.
    note : str
        Which definition, resolution and curve.
    """
    order = np.argsort(money["amount"].values, kind="stable")
    amounts = money["amount"].values[order]
    with print_style(language):
        figure, axes = plt.subplots(figsize=(DOUBLE, 1.1 + 0.155 * len(order)))
        axes.grid(axis="x")
        ends = ends_of(money, "amount")
        low, high = (amounts, amounts) if ends is None else ends[:, order]
        _diverging(axes, amounts, (RECEIVES, PAYS))
        if ends is not None:
            draw_ends(axes, np.arange(len(order)), ends[:, order], upright=False)
        uncertain = unsure(money, "amount")[order]
        for bar in (bar for bar, open_sign in zip(axes.patches, uncertain, strict=True) if open_sign):
            hatched(bar)
        reach = float(np.abs([low, high]).max()) or 1.0
        for at, (amount, a, b) in enumerate(zip(amounts, low, high, strict=True)):
            written = number(amount, 1, plus=True) + (f" {interval(a, b)}" if b > a else "")
            side, end = ("left", b) if amount >= 0 else ("right", a)
            axes.text(end + np.copysign(0.015 * reach, amount), at, written, fontsize=6, va="center", ha=side)
        axes.set_yticks(range(len(order)), names(money["region"].values[order].tolist(), language))
        room = 0.22 * reach if not (high > low).any() else 0.75 * reach
        axes.set_xlim(min(low.min() - room, 0), max(high.max() + room, 0))
        axes.xaxis.set_major_formatter(lambda value, _: number(value, plus=True))
        axes.set_xlabel(
            FIGURES.say("compensation_axis", language, money=_currency(money)) + "\n" + _fund(money, language)
        )
        title = FIGURES.say(
            "compensation_title",
            language,
            year=money.attrs["year"],
            price=float(money.attrs["price"]),
            money=_currency(money),
        )
        axes.set_title(titled(title, note), loc="left")
        draw_roles(axes, bool(uncertain.any()), language, loc="lower right")
    return figure


def responsibility_bars(shares: xr.Dataset, language: str = "en", note: str = "") -> Figure:
    """Return responsibility scheme by scheme: amounts under the first, differences from it under every other.

    Parameters
    ----------
    shares : Dataset
        Of :func:`mrio.equations.other_schemes.schemes`: ``amount`` (scheme, region) and ``outside`` (scheme), Mt.
        Provinces are sorted by the first scheme; what falls to nobody in the study is written under each panel.
    """
    order = np.argsort(shares["amount"].values[0], kind="stable")
    amounts = shares["amount"].values[:, order]
    schemes = shares["scheme"].values.tolist()
    titles = [SCHEMES.name(scheme, language) for scheme in schemes]
    others = amounts[1:] - amounts[0]
    least, most = float(others.min(initial=0.0)), float(others.max(initial=1e-9))
    margin = 0.06 * (most - least)
    with print_style(language):
        figure, panels = plt.subplots(
            1, len(schemes), sharey=True, squeeze=False, figsize=(DOUBLE, 1.2 + 0.15 * len(order)),
            layout="constrained",
        )  # fmt: skip
        lettered = [f"{letter}  {name}" for letter, name in zip(ascii_lowercase, titles, strict=False)]
        for axes, name, values, outside in zip(
            panels[0], lettered, [amounts[0], *others], shares["outside"].values, strict=True
        ):
            first = axes is panels[0, 0]
            axes.grid(axis="x")
            _diverging(axes, values, (GREY, GREY) if first else (PAYS, RECEIVES))
            axes.set_title(_wrapped(name, language), fontsize=6.5, loc="center")
            axes.set_xlabel(FIGURES.say("schemes_outside", language, amount=outside), fontsize=6)
            axes.tick_params(axis="x", labelsize=6)
            axes.xaxis.set_major_locator(plt.MaxNLocator(3))
            if not first:
                axes.set_xlim(least - margin, most + margin)
        panels[0, 0].set_yticks(range(len(order)), names(shares["region"].values[order].tolist(), language))
        title = FIGURES.say("schemes_title", language, year=shares.attrs["year"])
        figure.suptitle(titled(title, note), x=0.01, ha="left", fontsize=9)
        figure.supxlabel(FIGURES.say("schemes_axis", language, first=titles[0]), fontsize=7)
    return figure


def _diverging(axes: Axes, values: np.ndarray, colours: tuple[str, str]) -> None:
    """Draw horizontal bars, one colour for what is above zero and another below, and the line of zero."""
    axes.barh(range(len(values)), values, 0.72, color=[colours[int(value < 0)] for value in values])
    axes.axvline(0.0, color="black", linewidth=0.6)
    axes.set_ylim(-0.7, len(values) - 0.3)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def _currency(money: xr.Dataset) -> Text:
    """Return what the currency of the amounts is called."""
    return MONEY.names(currency_of(money["amount"].attrs["unit"]))


def _fund(money: xr.Dataset, language: str) -> str:
    fund = float(money["fund"])
    sums = {name: float(money[name]) for name in ("payments", "receipts")}
    return FIGURES.say(
        "fund",
        language,
        keeps=FIGURES.say("fund_keeps" if fund >= 0 else "fund_lacks", language),
        gap=abs(fund),
        money=_currency(money),
        **sums,
    )


def _wrapped(name: str, language: str) -> str:
    """Return a panel's title in lines short enough for it, never broken inside a Latin name."""
    if language == "zh":
        return _halved(name) if _width(name) > PANEL_ZH else name
    lines = [""]
    for word in name.replace("-", "- ").split():
        joined = lines[-1] + ("" if lines[-1].endswith("-") or not lines[-1] else " ") + word
        lines = [*lines[:-1], joined] if len(joined) <= 13 or not lines[-1] else [*lines, word]
    return "\n".join(lines)


def _halved(name: str) -> str:
    """Return a Chinese title in two lines, broken nearest to its middle."""
    ends = [found.end() for found in BREAKS.finditer(name) if 0 < found.end() < len(name)]
    middle = min(ends, key=lambda end: abs(_width(name[:end]) - _width(name[end:])))
    return f"{name[:middle]}\n{name[middle:]}"


def _width(text: str) -> float:
    """Return about how many Latin letters a text is as wide as."""
    return sum(1.85 if "\u4e00" <= letter <= "\u9fff" else 1.0 for letter in text)
