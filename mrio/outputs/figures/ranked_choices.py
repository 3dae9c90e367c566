"""Table 3 under every other choice: one row per province, ranked by the study's amount, which is marked."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.figure import Figure

from mrio.outputs.figures.style import DOUBLE, names, print_style
from mrio.units import currency_of
from mrio.words.figure_words import FIGURES
from mrio.words.money_words import MONEY

MARKS = {
    "definition": ("o", "#0072B2"), "resolution": ("s", "#009E73"), "scope": ("D", "#CC79A7"), "base": ("P", "#999999"),
    "residual": ("v", "#56B4E9"), "exports": ("^", "#D55E00"), "inventory": ("<", "#7A5C00"), "curve": ("x", "#E69F00"),
    "engel": ("+", "#000000"), "price": ("|", "#999999"),
}  # fmt: skip


def sensitivity_figure(rows: pd.DataFrame, year: int, language: str = "en") -> Figure:
    """Return the figure of :func:`mrio.study.grid_choices.study_sensitivity`: amounts, or net transfers without them.

    Prices stretch every amount alike, so they are drawn as the ends of a line; every other choice is a mark.
    """
    quantity = "amount" if (rows["quantity"] == "amount").any() else "net_transfer"
    rows = rows[rows["quantity"] == quantity]
    money = MONEY.names(currency_of(rows["unit"].iloc[0]))
    study = rows.drop_duplicates("province").set_index("province")["value"].sort_values(kind="stable")
    at = {province: k for k, province in enumerate(study.index)}

    def named(choice: str) -> str:
        return FIGURES.say(f"choice_{choice}", language, money=money)

    with print_style(language):
        figure, axes = plt.subplots(figsize=(DOUBLE, 1.4 + 0.17 * len(study)), layout="constrained")
        axes.grid(axis="x")
        prices = rows[rows["choice"] == "price"].groupby("province")["alternative_value"].agg(["min", "max"])
        if len(prices):
            order = [at[province] for province in prices.index]
            axes.hlines(order, prices["min"], prices["max"], color="0.85", linewidth=3, label=named("price"))
        for choice, (marker, colour) in MARKS.items():
            chosen = rows[(rows["choice"] == choice) & (choice != "price")]
            if len(chosen):
                axes.scatter(
                    chosen["alternative_value"], chosen["province"].map(at), s=14, c=colour, marker=marker,
                    linewidths=0.8, label=named(choice), zorder=3,
                )  # fmt: skip
        axes.scatter(study, range(len(study)), s=26, c="black", marker="d", label=named("study"), zorder=4)
        axes.axvline(0.0, color="black", linewidth=0.6)
        axes.set_yticks(range(len(study)), names(study.index.tolist(), language))
        axes.set_ylim(-0.7, len(study) - 0.3)
        axes.set_xlabel(FIGURES.say("compensation_axis" if quantity == "amount" else "net_axis", language, money=money))
        axes.set_title(FIGURES.say("sensitivity_title", language, year=year), loc="left")
        axes.legend(fontsize=6, loc="lower right")
    return figure
