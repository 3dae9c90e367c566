"""Tables of the analysis tools, as data frames: paths, linkages, extraction, trade in value added.

Long, one row per thing asked about; names of columns say the unit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd
import xarray as xr

from mrio import labels
from mrio.analysis.inequality import gini, theil_by_group
from mrio.analysis.networks import network
from mrio.analysis.paths import Paths, group_chains
from mrio.outputs.tables import marked
from mrio.table.interregional import Table
from mrio.units import conversion
from mrio.words.analysis_words import ANALYSIS

ARROW = " > "


def written_sectors(scheme: str, sectors: Sequence[str], language: str) -> list[str]:
    """Return how sectors are written; those of no named scheme keep their labels."""
    if not scheme:
        return list(sectors)
    return labels.sectors(scheme)["name_zh" if language == "zh" else "name"].loc[list(sectors)].tolist()


def sector_names(table: Table, language: str) -> list[str]:
    """Return how the sectors of a table are written."""
    return written_sectors(table.scheme, table.sectors, language)


def stacked_tables(
    make: Callable[[Paths, Table, str], pd.DataFrame], found: Mapping[str, Paths], table: Table
) -> pd.DataFrame:
    """Return one of the tables of paths for several destinations, one under the other."""
    return pd.concat([make(paths, table, name) for name, paths in found.items()], ignore_index=True)


def paths_table(found: Paths, table: Table, destination: str) -> pd.DataFrame:
    """Return the paths of one destination, largest first, with the remainder as the last row.

    ``chain`` is read as goods move: the sector that emits, then each buyer, last the product that final demand takes.
    """
    n = len(table.sectors)
    rows = []
    names = {language: sector_names(table, language) for language in ("en", "zh")}
    share = found.values / found.total if found.total else np.zeros_like(found.values)
    for k, (path, value) in enumerate(zip(found.nodes, found.values, strict=True)):
        backwards = path[::-1]
        rows.append({
            "destination": destination, "rank": k + 1, "tier": len(path) - 1, "emissions_Mt": value, "share": share[k],
            "cumulative_share": share[: k + 1].sum(), "emitter": table.regions[path[-1] // n],
            "emitting_sector": table.sectors[path[-1] % n],
            "chain": ARROW.join(f"{table.regions[j // n]} {names['en'][j % n]}" for j in backwards),
            "chain_zh": ARROW.join(
                f"{labels.province_name(table.regions[j // n], 'zh')} {names['zh'][j % n]}" for j in backwards
            ),
        })  # fmt: skip
    rest = found.remainder / found.total if found.total else 0.0
    rows.append({"destination": destination, "emissions_Mt": found.remainder, "share": rest, "cumulative_share": 1.0,
                 "chain": "all other paths", "chain_zh": ANALYSIS.say("remainder", "zh")})  # fmt: skip
    return pd.DataFrame(rows).astype({"rank": "Int64", "tier": "Int64"})


def chains_table(found: Paths, table: Table, destination: str) -> pd.DataFrame:
    """Return the same paths by chain of sectors, whatever the provinces: emissions and number of paths."""
    names = {language: sector_names(table, language) for language in ("en", "zh")}
    rows = [
        {"destination": destination, "emissions_Mt": amount, "paths": number,
         "chain": ARROW.join(names["en"][i] for i in chain[::-1]),
         "chain_zh": ARROW.join(names["zh"][i] for i in chain[::-1])}
        for chain, (amount, number) in group_chains(found.nodes, found.values, len(table.sectors)).items()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["destination", "emissions_Mt", "paths", "chain", "chain_zh"])


def linkages_table(made: xr.Dataset, lost: xr.DataArray, table: Table) -> pd.DataFrame:
    """Return linkages of every province-sector, with what its extraction would take: one row each.

    ``extraction_loss_Mt`` is emitted less in all provinces without the sector, ``..._elsewhere_Mt`` of it in others.
    """
    rows = made.to_dataframe(dim_order=["region", "sector"]).reset_index()
    carbon = [name for name in rows if name.startswith("carbon") and not name.endswith("index")]
    t_per_10k = conversion("Mt", "t") * conversion("10k CNY", table.unit)  # from Mt per unit of money
    rows[carbon] *= t_per_10k
    rows = rows.rename(columns={"region": "province"} | {name: f"{name}_t_per_10k_CNY" for name in carbon})
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
    """Return money in 10^8 yuan, carbon in Mt, carbon per value added in tonnes per 10^4 yuan, named so."""
    money = made["value_added"].attrs["unit"]
    renamed = {}
    for name in [column for column in rows if "province" not in column]:
        if name.startswith("carbon_per"):
            rows[name] *= conversion("Mt", "t") * conversion("10k CNY", money)
            renamed[name] = f"{name}_t_per_10k_CNY"
        elif name.startswith("value_added"):
            rows[name] *= conversion(money, "100M CNY")
            renamed[name] = f"{name}_100M_CNY"
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
