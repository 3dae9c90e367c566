"""What every parameter scores beside its neighbours: the table that chose the defaults (docs/estimation.md).

Each is scored on the interregional table of 2002 with degraded margins (no evidence beside them), and with the official
tables and all evidence: published local shares, the national ratio of domestic uses to output, physical electricity.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
import pandas as pd
import xarray as xr

from mrio.estimation.chain import Estimate, estimate_with_account
from mrio.estimation.evidence.gathering import Evidence
from mrio.estimation.options import EstimatorOptions
from mrio.estimation.trial.scoring import scores
from mrio.table.interregional import Table
from mrio.table.provincial import ProvincialTables

#: Values tried beside the default of each parameter.
TRIED: Mapping[str, Sequence[float]] = {
    "beta": (1.5, 2.0),
    "size_slope": (-0.6, -0.45, -0.25, 0.0),
    "region_spread": (0.45, 0.9),
    "upper_spread": (0.6, 1.2, 2.5),
    "practice_spread": (2.0, 6.0),
    "honest_share": (0.7, 0.9),
    "through_share": (0.02, 0.1, 1.0),
    "trade_error": (0.2, 0.4),
    "trade_floor": (0.001, 0.01),
    "intermediate_error": (0.2, 0.4),
    "final_error": (0.3, 0.6),
    "demand_error": (0.1, 0.4),
    "foreign_error": (0.1, 0.2),
    "inventory_error": (0.25, 1.0),
    "service_residual": (1.0, 35.0),
}
SCORES = ("bilateral_mrio", "net_mrio", "consumption_mrio")


def tried_options(tried: Mapping[str, Sequence[float]] = TRIED) -> Iterator[tuple[str, float, EstimatorOptions]]:
    """Yield name, value and options of the defaults (name '') and of every value tried."""
    chosen = EstimatorOptions()
    yield "", np.nan, chosen
    for name, values in tried.items():
        for value in values:
            yield name, value, EstimatorOptions.from_mapping({**dataclasses.asdict(chosen), name: value})


def known_scores(truth: Table, F: xr.DataArray, km: xr.DataArray, spoiled: Sequence[ProvincialTables]) -> Callable:
    """Return the function that scores options on a known table with spoiled margins, per cent."""

    def score(options: EstimatorOptions) -> dict[str, float]:
        made = [scores(estimate_with_account(prov, km, options).table, truth, F) for prov in spoiled]
        mean = pd.DataFrame(made)[list(SCORES)].mean() * 100
        return {name.removesuffix("_mrio"): float(value) for name, value in mean.items()}

    return score


def official_scores(prov: ProvincialTables, km: xr.DataArray, evidence: Evidence, published: pd.Series) -> Callable:
    """Return the function that scores options on official tables: local shares, cells at a bound, national gap.

    Parameters
    ----------
    published : Series
        Intermediate deliveries inside each province, in the unit of the tables.
    """
    uses = pd.Series(prov.Z.values.sum((1, 2)), prov.regions)
    share = (published / uses).dropna()

    def score(options: EstimatorOptions) -> dict[str, float]:
        found = estimate_with_account(prov, km, options, evidence=evidence)
        own = pd.Series(np.einsum("risj->rs", found.table.Z.values).diagonal(), prov.regions) / uses
        own = own.reindex(share.index)
        return {
            "rank": float(own.rank().corr(share.rank())),
            "error": float((own - share).abs().mean()),
            "national": _national_gap(found),
            "bounds": len(found.bounds.drop_duplicates(["region", "sector"])) / prov.output.size,
        }

    return score


def _national_gap(found: Estimate) -> float:
    """Return the root mean square gap of the national totals by product, in errors."""
    rows = found.observations
    return float(np.sqrt((rows.loc[rows["evidence"] == "national", "gap"] ** 2).mean()))
