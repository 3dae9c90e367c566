"""Tables of the analysis tools, as data frames: linkages, extraction, trade in value added, networks, inequality.

Long, one row per thing asked about; names of columns say the unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import xarray as xr

from mrio import labels
from mrio.analysis.inequality import gini, theil_by_group
from mrio.analysis.networks import network
from mrio.outputs.sector_labels import sector_names
from mrio.outputs.tables import marked
from mrio.table.interregional import Table
from mrio.units import conversion, currency_of, in_currency_of


def linkages_table(made: xr.Dataset, lost: xr.DataArray, table: Table) -> pd.DataFrame:
    """Return linkages of every province-sector, with what its extraction would take: one row each.

    ``extraction_loss_Mt`` is emitted less in all provinces without the sector, ``..._elsewhere_Mt`` of it in others.
    """
    rows = made.to_dataframe(dim_order=["region", "sector"]).reset_index()
    carbon = [name for name in rows if name.startswith("carbon") and not name.endswith("index")]
    t_per_10k = conversion("Mt", "t") * conversion(
        in_currency_of(table.unit, "10k CNY"), table.unit
    )  # from Mt per unit of money
    rows[carbon] *= t_per_10k
    rows = rows.rename(
        columns={"region": "province"} | {name: f"{name}_t_per_10k_{currency_of(table.unit)}" for name in carbon}
    )
    rows.insert(1, "province_zh", [labels.province_name(name, "zh") for name in rows["province"]])
    for position, (column, language) in enumerate((("sector_name", "en"), ("sector_zh", "zh"))):
        rows.insert(3 + position, column, sector_names(table, language) * len(table.regions))
    total = lost.sum("region").values
    own = np.einsum("rir->ri", lost.values)
    return rows.assign(extraction_loss_Mt=total.reshape(-1), extraction_loss_elsewhere_Mt=(total - own).reshape(-1))


def extraction_table(made: Mapping[tuple[str, str], xr.Dataset]) -> pd.DataFrame:
    """Return every province's accounts without something: one row per thing taken out and province, Mt.

    ``imported_instead_Mt``: emissions abroad for the province's demand, if what was taken out were imported, made by
    the same technology.

    Parameters
    ----------
    made : mapping
        (kind, name) of what was taken out -> :func:`mrio.analysis.extraction.extract`.
    """
    blocks = []
    for (kind, name), of in made.items():
        regions = of["region"].values
        columns: dict[str, object] = {"extracted": kind, "name": name, "province": regions}
        columns["province_zh"] = [labels.province_name(region, "zh") for region in regions]
        for quantity in ("production", "consumption", "exports", "net_transfer"):
            before, after = of[quantity].transpose("state", "region").values
            columns |= {f"{quantity}_Mt": before, f"{quantity}_after_Mt": after}
        columns["imported_instead_Mt"] = of["imported"].sel(destination=regions).values
        blocks.append(pd.DataFrame(columns))
    return pd.concat(blocks, ignore_index=True)


def value_added_table(made: xr.Dataset) -> pd.DataFrame:
    """Return what each province gains by trade between provinces, in money and carbon: one row each."""
    names = [name for name in made if made[name].dims == ("region",)]
    rows = made[names].to_dataframe()[names].reset_index().rename(columns={"region": "province"})
    rows.insert(1, "province_zh", [labels.province_name(name, "zh") for name in rows["province"]])
    return marked(_in_reported_units(rows, made), made)


def value_added_pairs(made: xr.Dataset) -> pd.DataFrame:
    """Return value added and carbon of every flow between provinces: one row per pair."""
    names = ["value_added", "carbon", "carbon_per_value_added"]
    rows = made[names].to_dataframe(dim_order=["region", "to_region"])[names].reset_index()
    rows = rows[rows["region"] != rows["to_region"]].reset_index(drop=True)
    rows = rows.rename(columns={"region": "province", "to_region": "to_province"})
    return marked(_in_reported_units(rows, made), made, ("province", "to_province"))


def _in_reported_units(rows: pd.DataFrame, made: xr.Dataset) -> pd.DataFrame:
    """Return money in 10^8, carbon in Mt, carbon per value added in tonnes per 10^4 of the currency, named so."""
    money = made["value_added"].attrs["unit"]
    renamed = {}
    for name in [column for column in rows if "province" not in column]:
        if name.startswith("carbon_per"):
            rows[name] *= conversion("Mt", "t") * conversion(in_currency_of(money, "10k CNY"), money)
            renamed[name] = f"{name}_t_per_10k_{currency_of(money)}"
        elif name.startswith("value_added"):
            rows[name] *= conversion(money, in_currency_of(money, "100M CNY"))
            renamed[name] = f"{name}_100M_{currency_of(money)}"
        else:
            renamed[name] = f"{name}_Mt"
    return rows.rename(columns=renamed)


def network_table(flows: xr.DataArray, thresholds: Sequence[float]) -> pd.DataFrame:
    """Return strength and degree of every province at each threshold (Mt): one row per threshold and province."""
    blocks = []
    for threshold in thresholds:
        made = network(flows, threshold)
        rows = made.to_dataframe().reset_index().rename(columns={"region": "province"})
        rows = rows.rename(columns={f"strength_{way}": f"strength_{way}_Mt" for way in ("out", "in")})
        rows.insert(1, "province_zh", [labels.province_name(name, "zh") for name in rows["province"]])
        rows.insert(0, "threshold_Mt", threshold)
        blocks.append(rows)
    return pd.concat(blocks, ignore_index=True)


def inequality_table(accounts: xr.Dataset, population: xr.DataArray, groups: Mapping[str, str]) -> pd.DataFrame:
    """Return Gini and Theil of emissions per head, by production and by consumption, with and without households.

    Parameters
    ----------
    accounts : Dataset
        ``production``, ``consumption``, ``household`` (region), Mt.
    population : DataArray (region)
        10^4 persons.
    groups : mapping
        Province -> group; Theil's T is divided into what lies between groups and within.
    """
    regions = accounts["region"].values.tolist()
    heads = population.sel(region=regions).values
    rows = []
    for quantity in ("production", "consumption"):
        for households in (False, True):
            mass = accounts[quantity].values + (accounts["household"].values if households else 0.0)
            per_head = mass * 100.0 / heads  # Mt per 10^4 persons is 100 t per head
            parts = theil_by_group(per_head, heads, [groups[region] for region in regions])
            row: dict[str, object] = {"quantity": quantity, "with_households": households}
            row |= {"mean_t_per_head": mass.sum() * 100.0 / heads.sum(), "gini": gini(per_head, heads)}
            rows.append(row | {f"theil_{name}": value for name, value in parts.items()})
    return pd.DataFrame(rows)
