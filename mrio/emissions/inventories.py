"""Emissions: from a CO2 inventory, or an energy balance, to F and F_Y.

Owns two routes to the direct emissions of a province's sectors, F(region, sector), and of its households, F_Y(region),
both in Mt CO2: an inventory by CEADs sector and fuel (:func:`inventory_emissions`), and the IPCC sectoral approach
from energy consumption (:func:`ipcc_emissions`).
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import xarray as xr

from mrio import labels
from mrio.emissions.allocation import energy_purchases, inventory_array, national_key, split_inventory
from mrio.emissions.ipcc import effective_factor, emission_factors, ipcc_emissions
from mrio.errors import LabelError
from mrio.formats.inputs.emission_files import DECIMALS, emission_dataset
from mrio.formats.inputs.emission_keys import HOUSEHOLDS
from mrio.frames import read_frame
from mrio.table.sums import sum_groups

__all__ = [
    "aggregate_emissions",
    "effective_factor",
    "emission_factors",
    "energy_purchases",
    "inventory_array",
    "inventory_emissions",
    "ipcc_emissions",
    "national_key",
    "sector_emissions",
    "split_inventory",
]


def inventory_emissions(
    inventory: pd.DataFrame, Z: xr.DataArray, output: xr.DataArray, scheme: str = "42"
) -> xr.Dataset:
    """Return F and F_Y of an inventory at the sectors of the provincial tables.

    Sectors of the inventory go to the sectors they are part of; the few that cover several are split fuel by fuel, by
    what each sector of the province buys of the products that carry the fuel (:func:`energy_purchases`), or where the
    province's table books none, by national purchases per output (:func:`national_key`).  Emissions are kept to 1 kg.

    Parameters
    ----------
    inventory : DataFrame
        As :func:`mrio.formats.workbooks.inventory.read_inventory`; its provinces are the regions of the result.
    Z : DataArray (region, sector, to_sector)
        Competitive intermediate use of the provincial tables; may hold further provinces (Tibet).
    output : DataArray (region, sector)
    scheme : str
        Sector classification of Z: ``"42"`` or ``"42-2012"``.

    Returns
    -------
    Dataset
        As :func:`mrio.formats.inputs.emission_files.emission_dataset`; attributes ``fallback_cells`` and
        ``fallback_Mt`` say how much was split by the national key.

    Raises
    ------
    LabelError, InputError, EstimationError, BalanceError
        As :func:`split`.
    """
    E = inventory_array(inventory)
    products, bridge = _energy_products(scheme), _bridge(scheme)
    key = energy_purchases(Z, products, labels.fuels()["carrier"].to_dict())
    production = E.sel(source=[s for s in E["source"].values if s not in HOUSEHOLDS])
    result = split_inventory(production, bridge, key, national_key(key, output))
    households = E.sel(source=list(HOUSEHOLDS)).rename(source="household")
    about = {"year": inventory.attrs["year"], "scheme": scheme, "source": inventory.attrs["source"], **result.attrs}
    return emission_dataset(result["F"].round(DECIMALS), households.round(DECIMALS), **about)


def sector_emissions(inventory: pd.DataFrame, scheme: str) -> xr.Dataset:
    """Return F and F_Y of an inventory that is at the sectors of the table already, plus ``urban`` and ``rural``.

    Raises
    ------
    LabelError
        If its sectors are not those of the scheme and the two kinds of household.
    """
    E = inventory_array(inventory)
    sectors = [code for code in labels.sectors(scheme)["code"] if code not in HOUSEHOLDS]
    found, wanted = E["source"].values.tolist(), [*sectors, *HOUSEHOLDS]
    wrong = [name for name in found if name not in wanted] or [name for name in wanted if name not in found]
    if wrong:
        raise LabelError(f"sector {wrong[0]!r} is in only one of the inventory and the scheme {scheme!r}.")
    E = E.round(DECIMALS)
    about = {"year": inventory.attrs["year"], "scheme": scheme, "source": inventory.attrs["source"]}
    F = E.sel(source=sectors).rename(source="sector")
    return emission_dataset(F, E.sel(source=list(HOUSEHOLDS)).rename(source="household"), **about)


def aggregate_emissions(emissions: xr.Dataset, sectors: str | Mapping[str, str]) -> xr.Dataset:
    """Return the emissions added up to groups of sectors; totals by province and fuel are conserved.

    Parameters
    ----------
    emissions : Dataset
        As :func:`mrio.formats.inputs.emission_files.emission_dataset`.
    sectors : str or mapping
        A scheme with a concordance from the Dataset's own (``"six"``, ``"30"``), or sector -> group.

    Raises
    ------
    LabelError
        If the concordance is not a partition of the sectors.
    """
    order, scheme = None, emissions.attrs["scheme"]
    if isinstance(sectors, str):
        scheme, order = sectors, labels.sectors(sectors)["code"].tolist()
        named = labels.concordance(emissions.attrs["scheme"], sectors)
        sectors = {name: group for name, group in named.items() if name not in HOUSEHOLDS}  # an account of their own
    groups = labels.partition(emissions["sector"].values.tolist(), sectors)
    F = sum_groups(emissions[["F_by_fuel"]], ("sector",), groups, labels.group_order(groups, order))
    return emission_dataset(F["F_by_fuel"], emissions["F_Y_by_fuel"], **{**emissions.attrs, "scheme": scheme})


def _bridge(scheme: str) -> pd.DataFrame:
    """Return which sectors of the table each CEADs sector covers (``from``, ``to``)."""
    path = labels.data_dir() / "concordances" / f"ceads_split_{scheme}.csv"
    return read_frame(path, "a bridge of sectors", ("from", "to"), dtype=str, keep_default_na=False)


def _energy_products(scheme: str) -> dict[str, list[str]]:
    """Return carrier -> codes of the products that carry it in a sector classification."""
    table = read_frame(labels.data_dir() / "concordances" / "carrier_products.csv", "energy products", dtype=str)
    chosen = table[table["scheme"] == scheme]
    return chosen.groupby("carrier", sort=False)["product"].agg(list).to_dict()
