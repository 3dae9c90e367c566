"""Bars: figure 1 of the study, compensation, and responsibility by scheme."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mrio.analysis.verdicts import UNCERTAIN, verdict
from mrio.outputs.figures.style import (
    CONSUMPTION,
    GREY,
    PAYS,
    PRODUCTION,
    RECEIVES,
    WIDTH,
    language_possible,
    names,
    print_style,
    titled,
    upright,
)
from mrio.units import currency_of
from mrio.words.door import Text
from mrio.words.figure_words import FIGURES
from mrio.words.money_words import MONEY
from mrio.words.variant_words import SCHEMES

#: Colour of 90% intervals.
INTERVAL = "#333333"


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
    written = upright(names(result["region"].values[order].tolist(), language), language)
    at, width = np.arange(len(order)), 0.42
    with print_style(language):
        figure, axes = plt.subplots(figsize=(WIDTH, 3.3))
        axes.grid(axis="y")
        for key, colour, shift in (("production", PRODUCTION, -0.5), ("consumption", CONSUMPTION, 0.5)):
            axes.bar(
                at + shift * width, result[key].values[order], width, color=colour, label=FIGURES.say(key, language)
            )
        if "consumption_p05" in result:
            ends = np.stack([result[f"consumption_{end}"].values[order] for end in ("p05", "p95")])
            axes.vlines(at + 0.5 * width, *ends, color=INTERVAL, linewidth=0.7)
        axes.set_xticks(at, written, rotation=90 if language == "en" else 0)
        axes.tick_params(axis="x", length=0)
        axes.set_xlim(-0.7, len(at) - 0.3)
        axes.set_ylabel(FIGURES.say("emissions_axis", language))
        title = FIGURES.say("figure1_title", language, year=result.attrs["year"])
        axes.set_title(titled(title, note), loc="left")
        axes.legend(loc="upper right", ncols=2, frameon=True, framealpha=1.0, edgecolor="none", borderaxespad=0.1)
    return figure


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
    language = language_possible(language)
    order = np.argsort(money["amount"].values, kind="stable")
    amounts = money["amount"].values[order]
    with print_style(language):
        figure, axes = plt.subplots(figsize=(WIDTH * 0.75, 1.1 + 0.155 * len(order)))
        axes.grid(axis="x")
        low, high = _ends(money, order, amounts)
        _diverging(axes, amounts, (RECEIVES, PAYS))
        axes.hlines(range(len(order)), low, high, color=INTERVAL, linewidth=0.7)
        uncertain = _uncertain(money, order)
        for bar in (bar for bar, open_sign in zip(axes.patches, uncertain, strict=True) if open_sign):
            bar.set(color=GREY)
        reach = float(np.abs([low, high]).max()) or 1.0
        for at, (amount, a, b) in enumerate(zip(amounts, low, high, strict=True)):
            side = "left" if amount >= 0 else "right"
            written = f"{amount:+,.1f}" + (f" [{_whole(a)}, {_whole(b)}]" if b > a else "")
            end = b if amount >= 0 else a
            axes.text(end + np.copysign(0.015 * reach, amount), at, written, fontsize=6, va="center", ha=side)
        axes.set_yticks(range(len(order)), names(money["region"].values[order].tolist(), language))
        room = 0.22 * reach if not (high > low).any() else 0.75 * reach
        axes.set_xlim(min(low.min() - room, 0), max(high.max() + room, 0))
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:+,.0f}" if value else "0")
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
        told = {"pays": PAYS, "receives": RECEIVES} | ({"sign_not_certain": GREY} if uncertain.any() else {})
        handles = [plt.Rectangle((0, 0), 1, 1, color=colour) for colour in told.values()]
        axes.legend(handles, [FIGURES.say(key, language) for key in told], loc="lower right")
    return figure


def _whole(value: float) -> str:
    """Return a whole number, never minus zero."""
    return f"{round(value) or 0:,}"


def _ends(money: xr.Dataset, order: np.ndarray, amounts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends of the 90% intervals of amounts; where none are known, the amounts themselves."""
    if "amount_p05" not in money:
        return amounts, amounts
    return money["amount_p05"].values[order], money["amount_p95"].values[order]


def _uncertain(money: xr.Dataset, order: np.ndarray) -> np.ndarray:
    """Return a mask of the provinces whose sign is not certain."""
    if "amount_p_pays" not in money:
        return np.zeros(len(order), dtype=bool)
    return np.array([verdict(chance) == UNCERTAIN for chance in money["amount_p_pays"].values[order]])


def responsibility_bars(shares: xr.Dataset, language: str = "en", note: str = "") -> Figure:
    """Return responsibility scheme by scheme: amounts under the first, differences from it under every other.

    Parameters
    ----------
    shares : Dataset
        Of :func:`mrio.equations.other_schemes.schemes`: ``amount`` (scheme, region) and ``outside`` (scheme), Mt.
        Provinces are sorted by the first scheme; what falls to nobody in the study is written under each panel.
    """
    language = language_possible(language)
    order = np.argsort(shares["amount"].values[0], kind="stable")
    amounts = shares["amount"].values[:, order]
    schemes = shares["scheme"].values.tolist()
    titles = [SCHEMES.name(scheme, language) for scheme in schemes]
    others = amounts[1:] - amounts[0]
    least, most = float(others.min(initial=0.0)), float(others.max(initial=1e-9))
    margin = 0.06 * (most - least)
    with print_style(language):
        figure, panels = plt.subplots(
            1, len(schemes), sharey=True, squeeze=False, figsize=(WIDTH, 1.2 + 0.15 * len(order)), layout="constrained",
        )  # fmt: skip
        for axes, name, values, outside in zip(
            panels[0], titles, [amounts[0], *others], shares["outside"].values, strict=True
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
    """Return a panel's title in lines short enough for it."""
    if language == "zh":
        return "\n".join(name[i : i + 7] for i in range(0, len(name), 7))
    lines = [""]
    for word in name.replace("-", "- ").split():
        joined = lines[-1] + ("" if lines[-1].endswith("-") or not lines[-1] else " ") + word
        lines = [*lines[:-1], joined] if len(joined) <= 13 or not lines[-1] else [*lines, word]
    return "\n".join(lines)
