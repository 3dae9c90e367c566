"""Variance by source: what every source of uncertainty moves on its own, of the study's first definition and
resolution."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import xarray as xr

from mrio.analysis.drawn_money import drawn_amounts
from mrio.analysis.intervals import variance_shares
from mrio.analysis.sources import ECONOMIC, DrawNoise, Sources
from mrio.study.grid_intervals import unpacked
from mrio.study.grid_money_intervals import fund_of
from mrio.units import YUAN_PER_TONNE

#: Accounts whose variance is told by source.
ACCOUNTS = ("consumption", "net_transfer")


def source_shares(
    accounts: xr.Dataset, money: xr.Dataset | None, drawn: Mapping[str, np.ndarray], sources: Sources, seed: int
) -> dict[str, dict[str, xr.Dataset]]:
    """Return quantity -> source -> standard deviation alone and share of variance, (region).

    Parameters
    ----------
    accounts, money : Dataset
        Results; without `money` there is no variance of amounts.
    drawn : mapping of source to array (draws, all results)
        Differences drawn with this source only.
    sources : Sources
        Those of GDP, Engel and curve (:data:`mrio.analysis.sources.ECONOMIC`) move amounts only and are drawn here.
    seed : int
    """
    regions = accounts["region"].values.tolist()
    net = {name: unpacked(accounts, values) for name, values in drawn.items()}
    alone = {name: {source: of[name][:, 0, 0] for source, of in net.items()} for name in ACCOUNTS}
    if money is not None:
        alone["amount"] = _amounts(money, alone["net_transfer"], sources, seed)
    return {
        name: {
            source: xr.Dataset(
                {"sd": ("region", by_source[source].std(axis=0, ddof=1)), "share": ("region", share)},
                {"region": regions},
            )
            for source, share in variance_shares(by_source).items()
        }
        for name, by_source in alone.items()
    }


def _amounts(money: xr.Dataset, nets: Mapping[str, np.ndarray], sources: Sources, seed: int) -> dict[str, np.ndarray]:
    """Return the differences of amounts by source: those of the net transfer at the given price, and economic ones."""
    point = money.isel(resolution=0, definition=0, drop=True)
    fund, base = fund_of(money), -point["amount"].values / _per_tonne(point)
    found = {name: -values * _per_tonne(point) for name, values in nets.items()}
    for name in (one for one in ECONOMIC if one in sources.names):
        draws = [DrawNoise(seed, draw) for draw in range(len(next(iter(nets.values()))))]
        made = drawn_amounts(np.tile(base, (len(draws), 1)), fund, sources.only([name]), draws)["amount"]
        found[name] = made - point["amount"].values
    return found


def _per_tonne(point: xr.Dataset) -> np.ndarray:
    """Return 10^8 yuan a net transfer of 1 Mt is worth in every region."""
    return point["coefficient"].values * float(point.attrs["price"]) * YUAN_PER_TONNE
