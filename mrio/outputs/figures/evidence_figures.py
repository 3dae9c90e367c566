"""Figures of evidence: electricity estimated and physical, local shares by product, the largest corrections."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.figure import Figure

from mrio import labels
from mrio.outputs.figures.style import (
    BLUE,
    DOUBLE,
    GREEN,
    GREY,
    ORANGE,
    SINGLE,
    VERMILION,
    names,
    print_style,
)
from mrio.table.interregional import Table
from mrio.units import conversion
from mrio.words.evidence_words import ACCOUNTS, EVIDENCE

#: Products and provinces shown: the largest.
SHOWN = 18
CORRECTED = {"consumption": BLUE, "formation": ORANGE, "inventory": VERMILION, "exports": GREEN, "imports": GREY}


def year_figures(
    table: Table, F: xr.DataArray, observed: pd.DataFrame, account: pd.DataFrame, language: str
) -> dict[str, Figure]:
    """Return the figures of a year's evidence, by file name.

    Parameters
    ----------
    table : Table
        Of the study.
    F : DataArray (region, sector)
        Direct emissions of production, Mt.
    observed, account : DataFrame
        ``evidence.csv`` and ``estimate_account.csv`` of the year, in the unit of the table.
    language : str
    """
    factor = conversion(table.unit, "100M CNY")
    return {
        "evidence_electricity": electricity_figure(observed, factor, table.year, language),
        "evidence_local_shares": local_shares_figure(table, F, language),
        "evidence_corrections": corrections_figure(account, factor, table.year, language),
    }


def electricity_figure(observed: pd.DataFrame, factor: float, year: int, language: str) -> Figure:
    """Return estimated net outflow of electricity beside what the physical balance says, a row for each province."""
    rows = observed[observed["evidence"] == "electricity"].sort_values("value", kind="stable")
    at = np.arange(len(rows))
    physical, error, estimate = (rows[name].to_numpy() * factor for name in ("value", "error", "estimate"))
    with print_style(language):
        figure, axes = plt.subplots(figsize=(SINGLE, 1.2 + 0.145 * len(rows)), layout="constrained")
        axes.grid(axis="x")
        axes.errorbar(physical, at, xerr=error, fmt="o", color=GREY, markersize=5, linewidth=0.8,
                      label=EVIDENCE.say("electricity_physical", language))  # fmt: skip
        axes.plot(
            estimate,
            at,
            "o",
            color=BLUE,
            markersize=2.5,
            zorder=4,
            label=EVIDENCE.say("electricity_estimate", language),
        )
        axes.axvline(0, color="black", linewidth=0.6)
        axes.set_yticks(at, names(rows["region"].tolist(), language))
        axes.set_ylim(-0.7, len(rows) - 0.3)
        axes.tick_params(axis="y", length=0)
        axes.set_xlabel(EVIDENCE.say("electricity_x", language))
        axes.set_title(EVIDENCE.say("electricity_title", language, year=year), loc="left")
        axes.legend(loc="lower right")
    return figure


def local_shares(table: Table) -> pd.DataFrame:
    """Return the share of domestic deliveries that stays in the own province and in the own of eight regions."""
    deliveries = table.Z.sum("to_sector") + table.Y.sum("category")
    sent = deliveries.transpose("sector", "region", "to_region").values
    total = sent.sum((1, 2))
    region8 = labels.provinces()["region8"].reindex(table.regions).to_numpy()
    same = (region8[:, None] == region8[None, :])[None]
    shares = {"province": np.einsum("irr->i", sent), "region": (sent * same).sum((1, 2))}
    return pd.DataFrame(
        {
            name: np.divide(part, total, out=np.full_like(total, np.nan), where=total > 0)
            for name, part in shares.items()
        },
        index=table.sectors,
    )


def local_shares_figure(table: Table, F: xr.DataArray, language: str) -> Figure:
    """Return local shares of the products with most emissions; the marks grow with them."""
    carbon = F.sum("region").sel(sector=table.sectors).values
    order = np.argsort(-carbon, kind="stable")[:SHOWN][::-1]
    shares = local_shares(table).iloc[order]
    size = 12 + 220 * carbon[order] / carbon.max()
    at = np.arange(len(order))
    written = [labels.sector_name(code, table.scheme, language) for code in shares.index]
    with print_style(language):
        figure, axes = plt.subplots(figsize=(DOUBLE, 4.8))
        axes.grid(axis="x")
        axes.scatter(shares["region"], at, size, facecolors="none", edgecolors=ORANGE,
                     label=EVIDENCE.say("local_region", language))  # fmt: skip
        axes.scatter(shares["province"], at, size, color=BLUE, label=EVIDENCE.say("local_province", language))
        axes.set_yticks(at, written)
        axes.set_xlim(0, 1.03)
        axes.set_xlabel(EVIDENCE.say("local_x", language))
        axes.set_title(EVIDENCE.say("local_title", language, year=table.year), loc="left")
        axes.legend(loc="lower left", markerscale=0.5)
    return figure


def corrections_by_province(account: pd.DataFrame) -> pd.DataFrame:
    """Return used less reported of final demand and foreign trade by province, the largest first."""
    changes = {name: account[f"used_{name}"] - account[f"reported_{name}"] for name in CORRECTED}
    summed = pd.DataFrame(changes).groupby(account["region"]).sum()
    return summed.loc[summed.abs().sum(axis=1).sort_values(ascending=False, kind="stable").index]


def corrections_figure(account: pd.DataFrame, factor: float, year: int, language: str) -> Figure:
    """Return the largest corrections of final demand and foreign trade, stacked by province."""
    changes = corrections_by_province(account).head(SHOWN)[::-1] * factor
    at = np.arange(len(changes))
    with print_style(language):
        figure, axes = plt.subplots(figsize=(DOUBLE, 4.8))
        axes.grid(axis="x")
        below, above = np.zeros(len(changes)), np.zeros(len(changes))
        for name, colour in CORRECTED.items():
            value = changes[name].to_numpy()
            start = np.where(value < 0, below, above)
            axes.barh(at, value, left=start, color=colour, label=ACCOUNTS.name(name, language))
            below, above = below + np.minimum(value, 0), above + np.maximum(value, 0)
        axes.axvline(0, color=GREY, linewidth=0.8)
        axes.set_yticks(at, names(changes.index.tolist(), language))
        axes.set_xlabel(EVIDENCE.say("corrections_x", language))
        axes.set_title(EVIDENCE.say("corrections_title", language, year=year), loc="left")
        axes.legend(loc="lower right", ncols=1)
    return figure
