"""Intervals of a year's accounts, shares and flows, from their draws."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import xarray as xr

from mrio.analysis.intervals import interval, positive, rank_interval
from mrio.analysis.results_vector import BY_PROVINCE, Asked, Results

#: Results of which a rank is of interest.
RANKED = ("production", "consumption", "net_transfer", "shared", "amount")
#: Results whose sign says who pays -> the sign of who does.
PAYERS = {"net_transfer": 1.0, "amount": -1.0}


def account_intervals(accounts: xr.Dataset, differences: np.ndarray) -> xr.Dataset:
    """Return the statistics of every account of Table 1 and of the flows, names as ``net_transfer_p05``."""
    drawn = unpacked(accounts, differences)
    first = accounts.isel(resolution=0, definition=0, drop=True)
    points = {name: first[name] for name in ("production", "household")}
    points |= {name: accounts[name].transpose("resolution", "definition", "region") for name in BY_PROVINCE}
    points["flows"] = accounts["flows"].transpose("resolution", "definition", "region", "to_region")
    return statistics(points, drawn)


def share_intervals(accounts: xr.Dataset, shared: xr.Dataset, differences: np.ndarray) -> xr.Dataset:
    """Return the statistics of every share of Table 2, names as ``alpha_region_p05``."""
    drawn = unpacked(accounts, differences)
    at = shared.isel(definition=0, drop=True)
    points = {"alpha_region": at["alpha_region"], "outflow_value_added": at["outflow_value_added"]}
    points = {name: point.transpose("resolution", "region") for name, point in points.items()}
    points["outflow"] = at["outflow"].transpose("resolution", "region")
    points |= {name: shared[name].transpose("resolution", "definition", "region") for name in ("share", "shared")}
    return statistics(points, drawn | {"outflow": drawn["outflow_value"]})


def unpacked(accounts: xr.Dataset, differences: np.ndarray) -> dict[str, np.ndarray]:
    """Return the differences of draws by result, as :class:`mrio.analysis.results_vector.Results` names them."""
    asked = Asked(accounts["definition"].values.tolist(), accounts["resolution"].values.tolist())
    return Results(asked, accounts.sizes["region"]).unpacked(differences)


def statistics(points: Mapping[str, xr.DataArray], drawn: Mapping[str, np.ndarray]) -> xr.Dataset:
    """Return quantiles and sd of every result, its rank and the probability of paying where they mean something."""
    found: dict[str, xr.DataArray] = {}
    for name, point in points.items():
        of = interval(point, drawn[name])
        if name in RANKED:
            of = of.merge(rank_interval(point, drawn[name]))
        if name in PAYERS:
            of = of.assign(p_pays=positive(PAYERS[name] * point, PAYERS[name] * drawn[name]))
        found |= {f"{name}_{statistic}": values for statistic, values in of.data_vars.items()}
    return xr.Dataset(found)
