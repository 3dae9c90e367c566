"""``python -m mrio.estimation.trial``: every case, estimator and baseline on the interregional table of 2002."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import numpy as np
import pandas as pd
import xarray as xr

from mrio import labels
from mrio.errors import MrioError
from mrio.estimation.chain import estimate_with_account
from mrio.estimation.evidence.gathering import read_evidence
from mrio.estimation.options import EstimatorOptions
from mrio.estimation.trial.baselines import literal_table, scaled_table
from mrio.estimation.trial.crossval import choose_beta
from mrio.estimation.trial.parameters import known_scores, official_scores, tried_options
from mrio.estimation.trial.scoring import scores
from mrio.estimation.trial.spoiling import Spoiling, degrade
from mrio.formats.sic import read_sic
from mrio.formats.workbooks.provincial_folder import read_provincial_tables
from mrio.table.interregional import Table
from mrio.table.provincial import ProvincialTables, collapse

SIC = Path("sic_irio") / "sic_irio_2002-17_with_ceads_co2.npz"
#: What is done to the margins before they are estimated from.
CASES: dict[str, Spoiling] = {
    "true margins": {},
    "degraded": {"net_only": 2, "transit": 2, "apart": True},
    "degraded, shuffled products": {"net_only": 2, "transit": 2, "apart": True, "shuffled": True},
    "sums apart only": {"net_only": 0, "transit": 0, "apart": True},
}
#: A million yuan in the unit of the official tables, 10^4 yuan.
MILLION = 100.0
Method = Callable[[ProvincialTables, xr.DataArray], Table]


def methods(options: EstimatorOptions) -> dict[str, Method]:
    """Return the estimator and the baselines, by name."""
    return {
        "estimator": lambda prov, km: estimate_with_account(prov, km, options).table,
        "estimator, no distance": lambda prov, km: estimate_with_account(prov, None, options).table,
        "margins taken literally": lambda prov, km: literal_table(prov, km, options),
        "plain scaling": lambda prov, km: scaled_table(prov, km, options),
    }


def region_distances(regions: list[str]) -> xr.DataArray:
    """Return distances between groups of provinces: the mean of the distances of their capitals, km."""
    provinces = labels.provinces()
    km = labels.distances(provinces.index)
    members = {region: provinces.index[provinces["region8"] == region] for region in regions}
    values = [[km.loc[members[r], members[s]].to_numpy().mean() for s in regions] for r in regions]
    return xr.DataArray(values, {"region": regions, "to_region": regions}, ("region", "to_region"))


def run(truth: Table, F: xr.DataArray, km: xr.DataArray, options: EstimatorOptions, draws: int) -> Iterator[dict]:
    """Yield mean scores of every case and method."""
    exact = collapse(truth)
    for case, kind in CASES.items():
        spoiled = [degrade(exact, seed, **kind) for seed in range(draws)] if kind else [exact]
        for name, method in methods(options).items():
            drawn = pd.DataFrame([scores(method(prov, km), truth, F) for prov in spoiled])
            yield {"case": case, "method": name, "draws": len(spoiled), **drawn.mean()}


def parameter_scores(folder: Path, truth: Table, F: xr.DataArray, km: xr.DataArray, draws: int) -> pd.DataFrame:
    """Return what every parameter scores on the known table and on the official tables of 2012."""
    exact = collapse(truth)
    known = known_scores(truth, F, km, [degrade(exact, seed, **CASES["degraded"]) for seed in range(draws)])
    prov = read_provincial_tables(folder / "provincial_io" / "2012", year=2012)
    distances = xr.DataArray(labels.distances(prov.regions), dims=("region", "to_region"))
    published = pd.read_csv(folder / "stats" / "published_intraprovince_use.csv", index_col=0).iloc[:, 0] * MILLION
    evidence = read_evidence(labels.data_dir() / "evidence" / "evidence.yaml", 2012)
    official = official_scores(prov, distances, evidence, published)
    rows = [
        {"parameter": name, "value": value, **known(options), **official(options)}
        for name, value, options in tried_options()
    ]
    return pd.DataFrame(rows)


@click.command()
@click.option(
    "--data", type=click.Path(path_type=Path), help="Folder of the source files.  [$MRIO_DATA or ../shared/data]"
)
@click.option("--draws", default=8, show_default=True, help="Degraded margins drawn in each case.")
@click.option("--parameters", is_flag=True, help="Score every parameter beside its neighbours instead (minutes).")
@click.option("--out", type=click.Path(path_type=Path), help="CSV to write the scores to.")
def program(data: Path | None, draws: int, parameters: bool, out: Path | None) -> None:
    """Score the estimator against the interregional table of 2002 and against plain baselines, per cent."""
    folder = data or Path(os.environ.get("MRIO_DATA", "../shared/data"))
    try:
        truth, F = read_sic(folder / SIC)
        km = region_distances(truth.regions)
        if parameters:
            scored = parameter_scores(folder, truth, F, km, draws)
            click.echo(scored.round(3).to_string(index=False))
            if out is not None:
                scored.round(4).to_csv(out, index=False, lineterminator="\n")
            return
        table = pd.DataFrame(run(truth, F, km, EstimatorOptions(), draws))
        chosen = choose_beta(truth, km)
    except MrioError as error:
        sys.exit(f"error: {error}")
    percent = table.set_index(["case", "method", "draws"]) * 100
    with pd.option_context("display.width", 200, "display.max_columns", 20):
        click.echo(percent.round(2).to_string())
        click.echo("\nDistance exponent with products and regions left out (errors in per cent of the flows left out):")
        summary = chosen.groupby("kind")[["beta", "error", "error_no_distance"]].agg(["min", "mean", "max"])
        click.echo(summary.mul(np.array([1] * 3 + [100] * 6)).round(2).to_string())
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        percent.round(3).to_csv(out, lineterminator="\n")


if __name__ == "__main__":
    program()
