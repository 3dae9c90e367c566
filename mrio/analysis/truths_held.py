"""Do intervals hold?  Estimates of a table whose flows are known, spoiled as official tables are, drawn and scored.

A case is a table collapsed to single regions, with margins as they are (*whole*), spoiled in one of four ways or in all
of them, or with one region left out, whose trade becomes foreign.  Its truth is known, so that one can count how often
intervals hold it: of net transfers, consumption, bilateral flows and local shares.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from mrio.algebra.leontief.threads import one_core
from mrio.analysis.drawn_systems import drawn_system
from mrio.analysis.sources import DrawNoise, Sources
from mrio.equations.definitions import METHODS, System
from mrio.equations.flows import prepare
from mrio.estimation.making_parts import estimate_parts
from mrio.estimation.origin_table import OriginTable
from mrio.estimation.redraw import drawn_table
from mrio.estimation.trial.spoiling import degrade
from mrio.table.interregional import Table
from mrio.table.provincial import ProvincialTables, collapse

LEVELS = (50, 80, 90, 95)
DEFINITIONS = ("mrio", "eebt")
#: Four ways in which official tables are wrong, all of them, and all with the errors of products in another order.
WAYS: dict[str, dict[str, Any]] = {
    "net only": {"net_only": 2, "transit": 0, "apart": False},
    "transit": {"net_only": 0, "transit": 2, "apart": False},
    "sums apart": {"net_only": 0, "transit": 0, "apart": True},
    "degraded": {"net_only": 2, "transit": 2, "apart": True},
    "shuffled": {"net_only": 2, "transit": 2, "apart": True, "shuffled": True},
}

#: Deviation of a truth that no draw comes near, in standard deviations: quantiles need a finite number.
FAR = 1e12


@dataclass(frozen=True)
class Case:
    """One table to estimate from, and the truth."""

    name: str
    tables: ProvincialTables
    truth: Table
    F: xr.DataArray


def cases(truth: Table, F: xr.DataArray, seeds: int) -> Iterator[Case]:
    """Yield the whole table, it spoiled (as often as `seeds` says), and every region left out of both."""
    exact = collapse(truth)
    yield Case("whole", exact, truth, F)
    for name, way in WAYS.items():
        for seed in range(seeds):
            yield Case(name, degrade(exact, seed, **way), truth, F)
    for region in truth.regions:
        rest = without_region(truth, region)
        rest_F = F.sel(region=rest.regions)
        yield Case("whole, one region out", collapse(rest), rest, rest_F)
        for seed in range(min(seeds, 2)):
            spoiled = degrade(collapse(rest), seed, **WAYS["degraded"])
            yield Case("degraded, one region out", spoiled, rest, rest_F)


def without_region(table: Table, region: str) -> Table:
    """Return the table without one region, whose deliveries are imports and whose purchases are exports."""
    kept = [name for name in table.regions if name != region]
    into, out = {"to_region": kept, "region": region}, {"region": kept, "to_region": region}
    Z, Y, data = table.Z, table.Y, table.data.sel(region=kept, to_region=kept)
    exports = Z.sel(out).sum("to_sector") + Y.sel(out).sum("category") + data["exports"]
    imports = Z.sel(into).sum("sector").values + data["imports"].values
    imports_final = Y.sel(into).sum("sector").values + data["imports_final"].values
    return Table.from_arrays(
        data["Z"].values, data["Y"].values, exports=exports.values, imports=imports, imports_final=imports_final,
        value_added=data["value_added"].values, residual=data["residual"].values, output=data["output"].values,
        regions=kept, sectors=table.sectors, categories=table.categories, year=table.year, unit=table.unit,
    )  # fmt: skip


def scored(case: Case, number: int, distances: xr.DataArray, sources: Sources, draws: int) -> pd.DataFrame:
    """Return one row per known quantity of a case: its name, where the truth lies among the draws, width and truth.

    Columns: case, quantity, below (share of draws below the truth), width (of the 90% interval), deviation (truth less
    mean of the draws, in standard deviations).
    """
    km = distances.sel(region=case.truth.regions, to_region=case.truth.regions)
    parts, F = estimate_parts(case.tables, km), case.F.transpose("region", "sector").values
    true = quantities(prepare(case.truth, case.F), local_shares(case.truth))
    made: dict[str, list[np.ndarray]] = {name: [] for name in true}
    with one_core():
        for draw in range(draws):
            table = drawn_table(parts, sources.estimate, DrawNoise(number, draw))
            for name, values in quantities(drawn_system(table, F).system, _local(table)).items():
                made[name].append(values)
    return pd.concat([_row(case.name, name, np.stack(made[name]), true[name]) for name in true], ignore_index=True)


def _row(case: str, name: str, drawn: np.ndarray, true: np.ndarray) -> pd.DataFrame:
    low, high = np.quantile(drawn, [0.05, 0.95], axis=0)
    spread, gap = drawn.std(axis=0), true - drawn.mean(axis=0)
    sure = spread <= 1e-12 * np.abs(true)  # drawn alike but for rounding: far off, or not at all
    far = np.where(np.abs(gap) <= 1e-9 * np.abs(true), 0.0, np.copysign(FAR, gap))
    return pd.DataFrame({
        "case": case, "quantity": name, "below": (drawn < true).mean(axis=0), "width": high - low,
        "deviation": np.divide(gap, spread, out=far, where=~sure),
    })  # fmt: skip


def quantities(system: System, local: np.ndarray) -> dict[str, np.ndarray]:
    """Return what is scored: net transfers, consumption and bilateral flows of both definitions, local shares."""
    found = {"local share": local}
    off = ~np.eye(len(local), dtype=bool)
    for definition in DEFINITIONS:
        parts = METHODS[definition](system, by_product=False)
        E = parts["flows"]
        inflow, outflow = E.sum(0) - np.diag(E), E.sum(1) - np.diag(E)
        found[f"net transfer, {definition}"] = inflow - outflow
        found[f"consumption, {definition}"] = parts["home"] + inflow
        found[f"bilateral flow, {definition}"] = E[off]
    return found


def local_shares(table: Table) -> np.ndarray:
    """Return the own region's part in what a region's industries buy from all regions, (R,)."""
    bought = table.Z.values.sum((1, 3))
    return np.diag(bought) / bought.sum(0)


def _local(table: OriginTable) -> np.ndarray:
    own = table.own_Z.sum((1, 2))
    return own / (own + table.away_Z.sum((1, 2)))


def coverage(rows: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Return how many per cent of truths lie within the central intervals, and the factor that exact intervals need.

    Columns: ``50`` ... ``95`` (per cent within), ``factor``: what widths would have to be multiplied by so that 90%
    intervals held exactly 90%; below one, intervals are wider than they need be.
    """
    within = {str(level): (rows["below"] - 0.5).abs() <= level / 200 for level in LEVELS}
    groups = rows.assign(**within).groupby(list(by), sort=False)
    table = groups[list(within)].mean() * 100
    # of a normal distribution 90% lie within 1.645 standard deviations
    table["factor"] = groups["deviation"].apply(lambda values: values.abs().quantile(0.9) / 1.645)
    return table
