"""Inventory emissions by CEADs sector and fuel -> sectors of an input-output table.

A CEADs sector that covers several sectors of the table ("Others" covers twelve) is split by a stated key.  Every step
conserves the total of each province and fuel.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import xarray as xr

from mrio.errors import BalanceError, EstimationError, InputError, LabelError, did_you_mean


def inventory_array(inventory: pd.DataFrame) -> xr.DataArray:
    """Return a long inventory as a DataArray (region, source, fuel), Mt; `source` is the inventory's own sector.

    Raises
    ------
    LabelError
        If a combination of region, sector and fuel is missing or given twice.
    """
    keys = ["region", "sector", "fuel"]
    twice = inventory[inventory.duplicated(keys)]
    if len(twice):
        raise LabelError(f"the inventory gives {', '.join(twice.iloc[0][keys])} twice; each must appear once.")
    order = [inventory[key].unique() for key in keys]
    full = inventory.set_index(keys)["emissions"].reindex(pd.MultiIndex.from_product(order, names=keys))
    if full.isna().any():
        missing = ", ".join(full.index[full.isna()][0])
        raise LabelError(f"the inventory has no value for {missing}; a source that emits nothing is 0, not absent.")
    coords = dict(zip(("region", "source", "fuel"), order, strict=True))
    values = full.to_numpy().reshape([len(labels_) for labels_ in order])
    return xr.DataArray(values, coords, list(coords), "emissions", {"unit": "Mt"})


def energy_purchases(
    Z: xr.DataArray, products: Mapping[str, Sequence[str]], carriers: Mapping[str, str]
) -> xr.DataArray:
    """Return what each sector buys of the products that carry a fuel: the key for splitting a CEADs sector.

    Equation::

        k[r,g,j] = sum_{i in products(carrier(g))} Z[r,i,j]

    Solid fuels follow purchases of coal, liquid fuels those of refined petroleum, gaseous fuels (and LPG, which gas
    companies deliver) those of gas supply.  Fuel by fuel, because a yuan of coal holds several times the carbon of
    a yuan of petrol; electricity and heat are no key, being free of CO2 where they are used.

    Parameters
    ----------
    Z : DataArray (region, sector, to_sector)
        Competitive intermediate use of the provincial tables (imports included: imported fuel burns as well).
    products : mapping
        Carrier -> product codes of Z.
    carriers : mapping
        Fuel -> carrier.

    Returns
    -------
    DataArray (region, fuel, sector), unit of Z
    """
    unknown = sorted({p for codes in products.values() for p in codes} - set(Z["sector"].values.tolist()))
    if unknown:
        hint = did_you_mean(unknown[0], Z["sector"].values)
        raise LabelError(f"energy product {unknown[0]!r} is no sector of the table{hint}.")
    missing = sorted(set(carriers.values()) - set(products))
    if missing:
        raise LabelError(f"carrier {missing[0]!r} has no energy product; known: {', '.join(products)}.")
    bought = [Z.sel(sector=list(products[carrier])).sum("sector") for carrier in carriers.values()]
    key = xr.concat(bought, pd.Index(list(carriers), name="fuel"))
    return key.rename(to_sector="sector").transpose("region", "fuel", "sector").assign_attrs(Z.attrs)


def national_key(purchases: xr.DataArray, output: xr.DataArray) -> xr.DataArray:
    """Return the key where a province's own purchases are all zero: national purchases per output, times its output.

    Equation::

        k[r,g,j] = x[r,j] (sum_s k[s,g,j]) / (sum_s x[s,j])

    Needed where a province's table books no coal at all for trade and catering, though coal is burnt there.
    """
    total = output.sum("region")
    intensity = (purchases.sum("region") / total.where(total > 0)).fillna(0.0)  # no output anywhere: no key
    return (output * intensity).transpose("region", "fuel", "sector")


def split_inventory(
    emissions: xr.DataArray, bridge: pd.DataFrame, key: xr.DataArray, fallback: xr.DataArray
) -> xr.Dataset:
    """Return emissions by sector of the table, splitting a source over several sectors by a key.

    Equation::

        F[r,g,j] = sum_{c -> j} E[r,c,g] k[r,g,j] / sum_{j' : c -> j'} k[r,g,j']

    A source with one sector goes there whole.  Where the key of a province, fuel and source sums to zero, the fallback
    takes its place; the number of such cases and their emissions are attributes of the result.

    Parameters
    ----------
    emissions : DataArray (region, source, fuel), Mt
        Production sources only; households are no sector.
    bridge : DataFrame
        Columns ``from`` (source) and ``to`` (sector); a source with several rows is split.
    key, fallback : DataArray (region, fuel, sector)
        Non-negative weights of the regions of `emissions`.

    Returns
    -------
    Dataset
        ``F(region, fuel, sector)``, Mt, and ``by_fallback(region, source, fuel)``, the emissions split by the fallback.

    Raises
    ------
    LabelError
        If a source has no row in the bridge, or the key lacks a region, fuel or sector.
    EstimationError
        If key and fallback are both zero where there is something to split.
    BalanceError
        If the total of a province and fuel is not conserved to 1e-12.
    """
    sources, targets = emissions["source"].values.tolist(), key["sector"].values.tolist()
    _check_bridge(bridge, sources, targets)
    members = [[targets.index(code) for code in bridge.loc[bridge["from"] == source, "to"]] for source in sources]
    F, fallen = _split(emissions.transpose("region", "source", "fuel"), members, key, fallback)
    coords = {"region": emissions["region"].values, "fuel": emissions["fuel"].values, "sector": targets}
    data = {
        "F": (("region", "fuel", "sector"), F, {"unit": "Mt"}),
        "by_fallback": (("region", "source", "fuel"), fallen, {"unit": "Mt"}),
    }
    about = {"fallback_cells": int((fallen > 0).sum()), "fallback_Mt": float(fallen.sum())}
    return xr.Dataset(data, coords | {"source": sources}, about)


def _split(
    emissions: xr.DataArray, members: Sequence[list[int]], key: xr.DataArray, fallback: xr.DataArray
) -> tuple[np.ndarray, np.ndarray]:
    """Return F (region, fuel, sector) and what the fallback split (region, source, fuel); `members` are the sectors."""
    E = emissions.values
    weights = [_weights(k, emissions, name) for k, name in ((key, "key"), (fallback, "fallback key"))]
    F, fallen = np.zeros((E.shape[0], E.shape[2], key.sizes["sector"])), np.zeros(E.shape)
    for c, sectors in enumerate(members):
        if len(sectors) == 1:
            F[:, :, sectors[0]] += E[:, c]
            continue
        own, national = (k[:, :, sectors] for k in weights)
        empty = own.sum(2) <= 0
        fallen[:, c] = np.where(empty, E[:, c], 0.0)
        chosen = np.where(empty[:, :, None], national, own)
        F[:, :, sectors] += E[:, c, :, None] * _shares(chosen, emissions[:, c])
    _check_conserved(E.sum(1), F.sum(2), emissions)
    return F, fallen


def _check_bridge(bridge: pd.DataFrame, sources: Sequence[str], targets: Sequence[str]) -> None:
    without = [source for source in sources if source not in set(bridge["from"])]
    if without:
        raise LabelError(f"source {without[0]!r} of the inventory has no sector in the bridge; add a row for it.")
    extra = [source for source in bridge["from"] if source not in set(sources)]
    if extra:
        raise LabelError(f"the bridge names source {extra[0]!r}, which the inventory does not have.")
    unknown = [code for code in bridge["to"] if code not in set(targets)]
    if unknown:
        raise LabelError(f"the bridge names sector {unknown[0]!r}, which the key does not have.")
    twice = bridge[bridge.duplicated(["from", "to"])]
    if len(twice):
        raise LabelError(f"the bridge links {' to '.join(twice.iloc[0][['from', 'to']])} twice; once is enough.")


def _weights(key: xr.DataArray, emissions: xr.DataArray, name: str) -> np.ndarray:
    """Return the key as an array in the order of the emissions, refusing absent labels and bad weights."""
    for dim in ("region", "fuel"):
        absent = [label for label in emissions[dim].values.tolist() if label not in set(key[dim].values)]
        if absent:
            raise LabelError(f"the {name} has no {dim} {absent[0]!r}, which the inventory has.")
    chosen = key.sel(region=emissions["region"].values, fuel=emissions["fuel"].values)
    values = chosen.transpose("region", "fuel", "sector").values
    if not np.isfinite(values).all() or (values < 0).any():
        r, g, j = np.argwhere(~np.isfinite(values) | (values < 0))[0]
        where = ", ".join(str(chosen[d].values[k]) for d, k in (("region", r), ("fuel", g), ("sector", j)))
        raise InputError(f"the weight {values[r, g, j]} in the {name} ({where})", "a finite number of at least 0")
    return values


def _shares(weights: np.ndarray, of_source: xr.DataArray) -> np.ndarray:
    """Return the shares of the sectors in the emissions (region, fuel) of one source."""
    total, amounts = weights.sum(2), of_source.values
    stuck = np.argwhere((total <= 0) & (amounts > 0))
    if len(stuck):
        r, g = stuck[0]
        region, fuel, source = of_source["region"].values[r], of_source["fuel"].values[g], of_source["source"].item()
        raise EstimationError(
            f"{region}: {amounts[r, g]:.4g} Mt of {fuel} from source {source!r} cannot be split, because key and "
            "fallback are both zero for its sectors; give another key."
        )
    return weights / np.where(total > 0, total, 1.0)[:, :, None]


def _check_conserved(before: np.ndarray, after: np.ndarray, emissions: xr.DataArray) -> None:
    gap = np.abs(after - before) > 1e-12 * np.maximum(before, 1.0)
    if gap.any():
        r, g = np.argwhere(gap)[0]
        raise BalanceError(
            f"{emissions['region'].values[r]}, {emissions['fuel'].values[g]}: {before[r, g]!r} Mt went into the split "
            f"and {after[r, g]!r} Mt came out; the bridge does not conserve the total."
        )
