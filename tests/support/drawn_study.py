"""A small estimate to draw from: margins of a random table spoiled so that national sums disagree; sources."""

from __future__ import annotations

from functools import cache

import numpy as np
import xarray as xr
from strategies import random_emissions, random_table

from mrio.analysis.emission_draws import Emissions
from mrio.analysis.montecarlo import Chain
from mrio.analysis.results_vector import Asked
from mrio.analysis.sources import Sources
from mrio.estimation.making_parts import estimate_parts
from mrio.estimation.parts import EstimateParts
from mrio.estimation.trial.spoiling import degrade
from mrio.formats.inputs.uncertainty_file import Parameter
from mrio.table.provincial import collapse

FUELS = ("coal", "gas")
GROUPS = np.array([[1.0, 1.0, 0.0, 0.0], [0.0, 0.0, 1.0, 1.0]])


def spoiled(seed: int = 0, regions: int = 4):
    """Return provincial tables of a random economy whose trade is reported badly, and distances."""
    table = random_table(seed, regions, 4, residual=False)
    tables = degrade(collapse(table), seed, net_only=1, transit=1)
    km = np.random.default_rng(seed).uniform(300, 2500, (regions, regions))
    return tables, xr.DataArray(
        km + km.T, dict.fromkeys(("region", "to_region"), table.regions), ("region", "to_region")
    )


@cache
def small_parts(seed: int = 0, regions: int = 4) -> EstimateParts:
    """Return the parts of an estimate of spoiled tables."""
    return estimate_parts(*spoiled(seed, regions))


@cache
def small_chain(seed: int = 0, regions: int = 4, kept: int | None = None, scope: str = "interprovincial") -> Chain:
    """Return a chain of four sectors, computed at two and at four; `kept` regions of it, by default all."""
    kept = regions if kept is None else kept
    F, F_Y = random_emissions(random_table(seed, regions, 4, residual=False))
    by_fuel = np.stack([0.7 * F.values, 0.3 * F.values])[:, :kept]
    emissions = Emissions(
        by_fuel,
        np.stack([0.5 * F_Y.values, 0.5 * F_Y.values])[:, :kept],
        FUELS,
        ("a", "a", "b", "b"),
        [np.array([1, 2])],
    )
    asked = Asked(("eebt", "mrio", "gross"), ("two", "four"), scope)
    return Chain(small_parts(seed, regions), range(kept), emissions, {"two": GROUPS, "four": None}, asked, seed=11)


def all_sources(size: float = 1.0) -> Sources:
    """Return a table of sources, the scales of which are of the order of those of the study."""
    numbers = {
        "reports": {"reports": 1.0},
        "structure": {"structure": 0.3},
        "cross_hauling": {"hauling_region": 0.4, "hauling_product": 0.2, "hauling_cell": 0.4},
        "pattern": {"distance": 0.25, "pattern": 0.5},
        "own_use": {"own_column": 0.3, "own_cell": 0.5},
        "table_cells": {"cells": 0.1},
        "emission_factors": {"emission_factor.coal": 0.06, "emission_factor.gas": 0.02},
        "activity": {"activity.a": 0.1, "activity.b": 0.05, "activity.household": 0.1},
        "allocation": {"allocation.key": 0.3},
        "economy": {"economy.gdp_per_capita": 0.05, "economy.engel": 0.03},
        "curve": {"curve.a": 0.05, "curve.b": 0.05, "curve.G": 0.02},
    }  # fmt: skip
    return Sources(tuple(
        Parameter(source, name, "normal", size * value, "test")
        for source, parameters in numbers.items() for name, value in parameters.items()
    ))  # fmt: skip
