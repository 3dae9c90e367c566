"""``mrio validate-intervals``: how often intervals hold the truth, on a table whose flows are known."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import click
import pandas as pd
import xarray as xr
from tqdm import tqdm

from mrio import labels
from mrio.analysis.sources import Sources
from mrio.analysis.truths_held import Case, cases, coverage, scored
from mrio.estimation.trial.__main__ import SIC, region_distances
from mrio.formats.inputs.uncertainty_file import read_uncertainty
from mrio.formats.sic import read_sic

#: 90% intervals of these must hold the truth in 85 to 97% of all cases and regions, in 75% of every case.
JUDGED = ("net transfer", "consumption", "bilateral flow")
POOLED, EACH = (85.0, 97.0), 75.0


@click.command("validate-intervals")
@click.option(
    "--data", type=click.Path(path_type=Path), help="Folder of the source files.  [$MRIO_DATA or ../shared/data]"
)
@click.option("--seeds", default=3, show_default=True, help="How often a table is spoiled in each way.")
@click.option("--draws", default=200, show_default=True, help="Draws of each case.")
@click.option("--jobs", default=os.cpu_count() or 1, show_default="cores", help="Cases scored at the same time.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder for coverage.csv and the reliability figure.")
def validate_intervals_command(data: Path | None, seeds: int, draws: int, jobs: int, out: Path | None) -> None:
    """Score intervals on the interregional table of 2002: whole, spoiled in its ways, with one region left out."""
    truth, F = read_sic((data or Path(os.environ.get("MRIO_DATA", "../shared/data"))) / SIC)
    sources = Sources(tuple(read_uncertainty(labels.data_dir() / "uncertainty.csv")))
    score = partial(_scored, distances=region_distances(truth.regions), sources=sources, draws=draws)
    every = list(enumerate(cases(truth, F, seeds)))
    with ProcessPoolExecutor(jobs) as pool:
        rows = pd.concat(tqdm(pool.map(score, every), total=len(every), desc="cases", disable=None))
    by_case, pooled = coverage(rows, ["quantity", "case"]), coverage(rows, ["quantity"])
    with pd.option_context("display.width", 200, "display.max_rows", 200):
        click.echo("Truths within 90% intervals, per cent:")
        click.echo(_by_case(rows, "90").round(1).to_string())
        click.echo("\nWidths that exact 90% intervals would have, over those stated:")
        click.echo(_by_case(rows, "factor").round(2).to_string())
        click.echo("\nTruths within intervals, all cases together, per cent:")
        click.echo(pooled.round(1).to_string())
    for sentence in _failures(pooled, by_case):
        click.echo(sentence, err=True)
    if out is not None:
        _write(rows, by_case, out)


def _scored(numbered: tuple[int, Case], distances: xr.DataArray, sources: Sources, draws: int) -> pd.DataFrame:
    number, case = numbered
    return scored(case, number, distances, sources, draws)


def _by_case(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return a column of :func:`coverage`, one row per quantity and one column per case."""
    parts = {case: coverage(rows[rows["case"] == case], ["quantity"])[column] for case in rows["case"].unique()}
    return pd.DataFrame(parts)


def _failures(pooled: pd.DataFrame, by_case: pd.DataFrame) -> list[str]:
    low, high = POOLED
    of_all = [
        f"{quantity}: 90% intervals hold {share:.1f}% of all truths, expected {low:g} to {high:g}%."
        for quantity, share in pooled["90"].items()
        if str(quantity).startswith(JUDGED) and not low <= share <= high
    ]
    of_each = [
        f"{quantity}, {case}: 90% intervals hold {share:.1f}% of truths, expected at least {EACH:g}%."
        for (quantity, case), share in by_case["90"].items()
        if str(quantity).startswith(JUDGED) and share < EACH
    ]
    return of_all + of_each


def _write(rows: pd.DataFrame, by_case: pd.DataFrame, out: Path) -> None:
    from mrio.outputs.figures.reliability import reliability_figure
    from mrio.outputs.figures.style import save

    out.mkdir(parents=True, exist_ok=True)
    by_case.round(3).to_csv(out / "coverage.csv", lineterminator="\n")
    save(reliability_figure(rows), out / "reliability")
