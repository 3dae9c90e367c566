"""Results of a year made up of random numbers, as the pipeline stacks them: enough to make Tables 1-3."""

from __future__ import annotations

import numpy as np
import xarray as xr

from mrio import labels
from mrio.outputs.tables import TRANSFERS

DIMS = ("resolution", "definition", "region")


def made_up_results(seed=3, definitions=("eebt", "mrio", "gross"), resolutions=("six", "42")):
    """Return accounts, responsibility and compensation of 30 provinces by name, with deviations and burdens."""
    rng = np.random.default_rng(seed)
    regions = [name for name in labels.provinces().index if name != "Tibet"]
    coords = {"resolution": list(resolutions), "definition": list(definitions), "region": regions}

    def numbers(names, unit, scale=100.0):
        shape = [len(coords[dim]) for dim in DIMS]
        return {name: (DIMS, scale * rng.random(shape), {"unit": unit}) for name in names}

    accounts = xr.Dataset(
        numbers(("production", "household", *(n for n in TRANSFERS if n != "imports"), "consumption_sd"), "Mt"), coords
    )
    nets = accounts["net_transfer"] - accounts["net_transfer"].mean("region")  # sums to zero but for rounding
    accounts = accounts.assign(net_transfer=nets)
    shared = xr.Dataset(
        numbers(("outflow", "outflow_value_added"), "10k CNY", 1e8)
        | numbers(("alpha_region", "share"), "1", 1.0) | numbers(("shared", "shared_sd"), "Mt"),
        coords,
    ).drop_sel(definition=[name for name in definitions if name == "gross"])  # fmt: skip
    money = xr.Dataset(
        numbers(("gdp_per_capita",), "CNY", 1e5) | numbers(("engel", "coefficient", "gdp_share"), "1", 1.0)
        | numbers(("per_head",), "CNY", 1e3) | numbers(("amount_sd",), "100M CNY"),
        coords,
    )  # fmt: skip
    money = money.assign(
        net_transfer=nets, **dict.fromkeys(("amount", "balanced"), (-nets).assign_attrs(unit="100M CNY"))
    )
    return {"accounts": accounts, "responsibility": shared, "compensation": money}
