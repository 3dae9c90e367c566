"""Which of our results stands beside a published value: one function per kind of item.

Nothing is fitted to a published value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from mrio.equations import groups
from mrio.errors import LabelError, did_you_mean
from mrio.review.comparison.ours import ONCE, Ours

#: A row of the published frame, as a named tuple.
Record = Any
#: Our value and our rank, None where our results say nothing about it.
Found = tuple[xr.DataArray | None, xr.DataArray | None]
Finder = Callable[[Record, Ours], Found]
#: Literature checks that are shares, and so may stand beside another year's.
TIMELESS = ("share_outside_home", "max_share_drawn", "share_home", "share_others", "share_exports", "share_of_net_out",
            "share_of_net_in")  # fmt: skip
GROUPS = {"share_of_net_out": "region8", "share_of_net_in": "region8", "sent_by_group": "region8"}


def computed(record: Record, ours: Ours) -> Found:
    """Return our value and our rank beside a record, None where our results say nothing about it.

    Raises
    ------
    LabelError
        If the record's item is not known.
    """
    item = record.item
    if item not in ITEMS:
        known = ", ".join(filter(None, ITEMS))
        hint = did_you_mean(item, ITEMS)
        raise LabelError(f"published value {record.id}: item {item!r} is unknown{hint}; known: {known}.")
    if record.year != ours.year and item not in TIMELESS:
        return None, None
    return ITEMS[item](record, ours)


def rank(values: xr.DataArray, region: str, sign: float = 1.0) -> xr.DataArray:
    """Return the place of a region when values are ordered from the largest down (sign -1: from the smallest up)."""
    ordered = values * sign
    return (ordered > ordered.sel(region=region)).sum("region") + 1


def _provincial(record: Record, ours: Ours) -> Found:
    """A province's own value, and its place among those of the published sign."""
    values = ours.provincial.get(record.item)
    if values is None or record.region not in ours.regions:
        return None, None
    sign = -1.0 if record.published < 0 else 1.0
    return values.sel(region=record.region, drop=True), rank(values, record.region, sign)


def _share(record: Record, ours: Ours) -> Found:
    """A province's share, or the least, largest or unweighted mean share of the net-in or net-out provinces."""
    if not record.detail:
        return _provincial(record, ours)
    shares = ours.provincial["share"]
    nets = ours.provincial["net_transfer"].sel(definition=shares["definition"], resolution=shares["resolution"])
    among = {"net-in": nets < 0, "net-out": nets > 0, "all": nets == nets}[record.region]
    return getattr(shares.where(among), record.detail)("region"), None


def _count(record: Record, ours: Ours) -> Found:
    nets = ours.provincial["net_transfer"]
    return (nets < 0 if record.region == "net-in" else nets > 0).sum("region"), None


def _exceeds(first: str, second: str) -> Finder:
    """How many provinces have more of the first than of the second."""

    def exceeds(record: Record, ours: Ours) -> Found:
        return (ours.provincial[first] > ours.provincial[second]).sum("region"), None

    return exceeds


def _payers_eastern(record: Record, ours: Ours) -> Found:
    """How many of a hundred paying provinces are in the East."""
    east = groups.grouping("region3", ours.regions)
    nets = ours.provincial["net_transfer"]
    pays = nets > 0
    inside = xr.DataArray([east[region] == "East" for region in ours.regions], {"region": ours.regions}, ("region",))
    return 100.0 * (pays & inside).sum("region") / pays.sum("region"), None


def _payers_richer(record: Record, ours: Ours) -> Found:
    """GDP per head of paying provinces over that of receiving ones, plain means."""
    if "gdp_per_capita" not in ours.provincial:
        return None, None
    nets, gdp = ours.provincial["net_transfer"], ours.provincial["gdp_per_capita"]
    return gdp.where(nets > 0).mean("region") / gdp.where(nets < 0).mean("region"), None


def _direction(record: Record, ours: Ours) -> Found:
    if record.region not in ours.regions:
        return None, None
    nets = ours.provincial["net_transfer"].sel(region=record.region, drop=True)
    return nets.copy(data=np.sign(nets.values)), None


def _ranked(item: str, sign: float = 1.0) -> Finder:
    def ranked(record: Record, ours: Ours) -> Found:
        values = ours.provincial.get(item)
        if values is None or record.region not in ours.regions:
            return None, None
        return rank(values, record.region, sign), None

    return ranked


def _overlap(item: str) -> Finder:
    """How many of the published first provinces are among as many of ours; `detail` lists them in order."""

    def overlap(record: Record, ours: Ours) -> Found:
        names = record.detail.split("|")
        places = _places(item, names, ours)
        return (places <= len(names)).sum("region"), None

    return overlap


def _order(item: str) -> Finder:
    """How many pairs of the published provinces stand in the published order; `detail` lists them in order."""

    def order(record: Record, ours: Ours) -> Found:
        places = _places(item, record.detail.split("|"), ours)
        pairs = [places.isel(region=a, drop=True) < places.isel(region=b, drop=True)
                 for b in range(places.sizes["region"]) for a in range(b)]  # fmt: skip
        return sum((pair.astype(int) for pair in pairs), xr.zeros_like(places.isel(region=0, drop=True))), None

    return order


def _places(item: str, names: list[str], ours: Ours) -> xr.DataArray:
    known = [name for name in names if name in ours.regions]
    values = ours.provincial[item]
    return xr.concat([rank(values, name) for name in known], pd.Index(known, name="region"))


def _of_production(name: str) -> Finder:
    """An account of all provinces as a share of their production, %."""

    def share(record: Record, ours: Ours) -> Found:
        a = ours.accounts
        part = {"home": a["home"], "others": a["outflow"], "exports": a["exports"] + a["excluded"] + a["residual"],
                "outside_home": a["outflow"] + a["exports"] + a["excluded"]}[name]  # fmt: skip
        return _by_definition(100 * part.sum("region") / a["production"].sum("region"), ours), None

    return share


def _max_share_drawn(record: Record, ours: Ours) -> Found:
    a, members = ours.accounts, groups.grouping("region3", ours.regions)
    inside = [region for region in ours.regions if members[region] == record.region]
    share = 100 * (a["inflow"] / a["consumption"]).sel(region=inside).max("region")
    return _by_definition(share, ours), None


def _group(record: Record, ours: Ours) -> Found:
    made = groups.group_accounts(ours.accounts, groups.grouping(GROUPS[record.item], ours.regions))
    if record.region not in made["region"].values:
        return None, None
    if record.item == "sent_by_group":
        values = made["outflow"]
    else:
        values = 100 * groups.net_shares(made["net_transfer"])[record.item]
    return _by_definition(values.sel(region=record.region, drop=True), ours), None


def _by_definition(values: xr.DataArray, ours: Ours) -> xr.DataArray:
    """Leave out `gross`, which counts a tonne at every border and is no share of production."""
    kept = [name for name in ours.accounts["definition"].values.tolist() if name != "gross"]
    return values.sel(definition=kept) if kept else values


def _total(record: Record, ours: Ours) -> Found:
    a = ours.accounts.isel(ONCE, drop=True)
    return a["production"].sum("region") + a["household"].sum("region"), None


#: Item of a published record -> our value and rank.
ITEMS: Mapping[str, Finder] = {
    **{name: _provincial for name in ("production", "consumption", "transferred_out", "transferred_in", "net_transfer",
                                      "shared", "alpha", "outflow_value_added", "outflow_value", "compensation",
                                      "coefficient", "gdp_per_capita", "engel")},
    "share": _share,
    "count": _count,
    "production_exceeds": _exceeds("production", "consumption"),
    "consumption_exceeds": _exceeds("consumption", "production"),
    "direction": _direction,
    "payers_eastern": _payers_eastern,
    "payers_richer": _payers_richer,
    "carbon_price": lambda record, ours: (xr.DataArray(ours.price), None),
    "rank_production": _ranked("production"),
    "rank_consumption": _ranked("consumption"),
    "rank_payer": _ranked("compensation", -1.0),
    "rank_receiver": _ranked("compensation"),
    "overlap_production": _overlap("production"),
    "overlap_consumption": _overlap("consumption"),
    "order_production": _order("production"),
    "order_consumption": _order("consumption"),
    "share_home": _of_production("home"),
    "share_others": _of_production("others"),
    "share_exports": _of_production("exports"),
    "share_outside_home": _of_production("outside_home"),
    "max_share_drawn": _max_share_drawn,
    "sent_by_group": _group,
    "share_of_net_out": _group,
    "share_of_net_in": _group,
    "total_emissions": _total,
    "process_emissions": lambda record, ours: (None if ours.process is None else xr.DataArray(ours.process), None),
    "": lambda record, ours: (None, None),
}  # fmt: skip
