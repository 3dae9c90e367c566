"""The balance of a settlement register over time: where every credited tonne stands, day by day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mrio.outputs.figures.style import print_style
from mrio.settlement.booked import Balance
from mrio.settlement.replaying import Outcome
from mrio.words.settlement_words import ACCOUNTS, CHART

#: Accounts from the bottom up, with colour (Okabe & Ito).
LAYERS = {"written_off": "#0072B2", "shortfall": "#D55E00", "expired": "#999999", "available": "#009E73"}
MARKS = {"application": "v", "monitoring": "D", "replacement": "^"}


def balance_chart(outcome: Outcome, language: str = "en") -> Figure:
    """Return the balance of a replayed register over time as a figure (see :func:`draw_balance`)."""
    with print_style(language):
        figure, axes = plt.subplots(figsize=(7.3, 3.4))
        draw_balance(axes, outcome, language)
    return figure


def draw_balance(axes: Axes, outcome: Outcome, language: str = "en") -> None:
    """Draw the four accounts as stacked steps under the line of what was credited, t CO2e.

    The stack touches the line everywhere: credited = available + written off + expired + shortfall.
    """
    balances, register = outcome.register.balances, outcome.register
    days, levels = daily(balances, register.today)
    at, below = mdates.date2num(days), np.zeros(len(days))
    for account, colour in LAYERS.items():
        above = below + levels[account]
        label = f"{ACCOUNTS.say(account, language)}  {levels[account][-1] if len(days) else 0:,.3f}"
        axes.fill_between(at, below, above, step="post", color=colour, linewidth=0, label=label)
        below = above
    if days:
        label = f"{CHART.say('credited', language)}  {below[-1]:,.3f}"
        axes.step(at, levels["credited"], label=label, color="black", linewidth=0.9, where="post")
        _mark_events(axes, balances, below[-1] if below[-1] else 1.0, language)
        axes.set_xlim(at[0], at[-1])
    else:
        axes.text(0.5, 0.5, CHART.say("empty", language), transform=axes.transAxes, ha="center")
    axes.set_ylim(0, (below.max() if len(below) and below.max() else 1) * 1.12)
    axes.set_ylabel(CHART.say("axis", language))
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.xaxis.set_major_locator(mdates.AutoDateLocator(maxticks=9))
    axes.xaxis.set_major_formatter(mdates.DateFormatter("%Y-%m"))
    axes.set_title(_title(outcome, language), loc="left")
    axes.legend(loc="upper left", bbox_to_anchor=(1.01, 1), reverse=True, labelspacing=0.6)


def daily(balances: list[Balance], today: date) -> tuple[list[date], dict[str, np.ndarray]]:
    """Return the days on which something stands in the reserve and the level of each account at their end, t.

    An expiry counts from the day after the lot's last day.  The last level is carried to the day after `today`.
    """
    last: dict[date, Balance] = {}
    for balance in balances:
        if balance.credited:
            last[balance.date + timedelta(days=balance.event == "expiry")] = balance
    if last:
        last[max(today, max(last)) + timedelta(days=1)] = last[max(last)]
    days = sorted(last)
    accounts = ("credited", *LAYERS)
    return days, {name: np.array([float(getattr(last[day], name)) for day in days]) for name in accounts}


def _mark_events(axes: Axes, balances: list[Balance], top: float, language: str) -> None:
    """Mark the days of applications, monitoring and replacements above the stack."""
    for event, marker in MARKS.items():
        days = sorted({balance.date for balance in balances if balance.event == event})
        if days:
            style: dict[str, Any] = dict(linestyle="none", marker=marker, markersize=4.5, markerfacecolor="white")
            height = [1.05 * top] * len(days)
            axes.plot(mdates.date2num(days), height, color="black", label=CHART.say(event, language), **style)


def _title(outcome: Outcome, language: str) -> str:
    register = outcome.register
    day = register.today if register.balances else "-"
    title = CHART.say("title", language, county=register.rules.county, day=day)
    note = (language == "zh" and register.rules.note_zh) or register.rules.note
    lines = [title] + ([note] if note else [])
    if outcome.refusal is not None:
        place = outcome.refusal.place
        lines.append(CHART.say("stopped", language, file=place.file, row=place.row))
    return "\n".join(lines)
