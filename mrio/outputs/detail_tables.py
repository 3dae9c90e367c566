"""Tables behind Tables 1-3, as data frames: reconciliation, sectors, schemes, presets, who pays whom, groups.

Long or wide as a reader would filter them; the names of columns in a file say the unit.
"""

from __future__ import annotations

import pandas as pd
import xarray as xr

from mrio import labels
from mrio.outputs.columns import Column, column, measures_of
from mrio.outputs.geography import group_names
from mrio.outputs.tables import marked
from mrio.units import conversion, in_currency_of
from mrio.words.cell_words import CELLS

#: Order of the rows: as the configuration names definitions and resolutions, provinces in official order.
_GRID = ["definition", "resolution", "region"]
_OF_GROUPS = (
    "production", "household", "consumption", "outflow", "inflow", "net_transfer", "exports", "share_of_net_out",
    "share_of_net_in", "gdp", "intensity",
)  # fmt: skip


def reconciliation_table(walks: xr.Dataset) -> pd.DataFrame:
    """Return the walk from one definition's net transfer to the next: one row per resolution and province, Mt."""
    lines = {name: Column(name, unit="Mt") for name in map(str, walks.data_vars)}
    rows = walks.to_dataframe(dim_order=["resolution", "region"])[list(lines)].reset_index()
    rows = rows.rename(columns={"region": "province", **lines})
    _insert_names(rows, "province")
    return marked(rows, walks)


def sectors_table(shared: xr.Dataset) -> pd.DataFrame:
    """Return Table 2 by province and sector: local value added in outflow, outflow, alpha, and what is answered for.

    What is answered for of flows alone, kept and taken over, depends on the definition of the flow as well.
    """
    money = shared["outflow"].attrs["unit"]
    to_100M, told = conversion(money, in_currency_of(money, "100M CNY")), measures_of(shared, "outflow")
    at = shared.isel(definition=0, drop=True)
    names = ["outflow_value_added_by_sector", "outflow_by_sector", "alpha"]
    rows = at[names].to_dataframe(dim_order=["resolution", "region", "sector"])[names].reset_index()
    rows[names[:2]] *= to_100M
    named = labels.sectors(shared.attrs.get("sectors", "six"))
    table = pd.DataFrame({
        "resolution": rows["resolution"],
        "province": rows["region"],
        "sector": rows["sector"],
        "sector_name": named["name"].loc[rows["sector"]].tolist(),
        "sector_zh": named["name_zh"].loc[rows["sector"]].tolist(),
        column("outflow_value_added", told=told): rows[names[0]],
        column("outflow_value", told=told): rows[names[1]],
        column("alpha"): rows["alpha"],
    })  # fmt: skip
    for definition in shared["definition"].values.tolist() if "allocated_by_sector" in shared else ():
        made = shared["allocated_by_sector"].sel(definition=definition).transpose("resolution", "region", "sector")
        table[column("allocated", definition=definition, told=told)] = made.values.ravel()
    _insert_names(table, "province")
    return marked(table, shared)


def schemes_table(amounts: xr.Dataset) -> pd.DataFrame:
    """Return who answers for what under every scheme: one row per definition, resolution and province, Mt.

    The last row of each block is the account outside the provinces; with it every column sums to production.
    """
    english, chinese = CELLS.both("outside")
    blocks = []
    for definition in amounts["definition"].values.tolist():
        for resolution in amounts["resolution"].values.tolist():
            at = amounts.sel(definition=definition, resolution=resolution)
            block = at["amount"].transpose("region", "scheme").to_pandas()
            block.loc[english] = at["outside"].to_pandas()
            block = block.rename(columns=lambda name: Column(name, unit="Mt")).rename_axis("province").reset_index()
            _insert_names(block, "province")
            block.loc[block.index[-1], "province_zh"] = chinese
            block.insert(0, "resolution", resolution)
            block.insert(0, "definition", definition)
            blocks.append(block.rename_axis(None, axis=1))
    return marked(pd.concat(blocks, ignore_index=True), amounts)


def presets_table(by_preset: dict[str, xr.Dataset]) -> pd.DataFrame:
    """Return coefficient and amount of every preset side by side: one row per definition, resolution and province."""
    parts = []
    for preset, money in by_preset.items():
        names = {
            name: column(name, preset=preset, told=measures_of(money, "amount")) for name in ("coefficient", "amount")
        }
        part = money[list(names)].broadcast_like(money["amount"])
        parts.append(part.to_dataframe(dim_order=_GRID)[list(names)].rename(columns=names))
    rows = pd.concat(parts, axis=1).reset_index().rename(columns={"region": "province"})
    _insert_names(rows, "province")
    return marked(rows, next(iter(by_preset.values())))


def payments_table(bilateral: xr.Dataset, money: xr.Dataset) -> pd.DataFrame:
    """Return who pays whom in the balanced fund: one row per definition, resolution, payer and receiver, 10^8 yuan.

    The last column says what the payments were seeded with (:func:`mrio.equations.payment.who_pays_whom`).
    """
    amount = column("amount", told=measures_of(money, "amount"))
    rows = bilateral.to_dataframe(dim_order=[*_GRID, "to_region"]).reset_index().rename(columns={"paid": amount})
    rows = rows[rows[amount] > 0].rename(columns={"region": "receiver", "to_region": "payer"})
    for who in ("payer", "receiver"):
        _insert_names(rows, who)
    columns = ["definition", "resolution", "payer", "payer_zh", "receiver", "receiver_zh", amount, "seed"]
    blocks = [block.sort_values(amount, ascending=False, kind="stable")
              for _, block in rows.groupby(["definition", "resolution"], sort=False)]  # fmt: skip
    table = pd.concat(blocks, ignore_index=True)[columns] if blocks else rows[columns]
    return marked(table, money, ("payer", "receiver"))


def groups_table(grouped: dict[str, xr.Dataset]) -> pd.DataFrame:
    """Return accounts of groups of provinces: one row per grouping, definition, resolution and group.

    Parameters
    ----------
    grouped : dict
        Grouping -> accounts of :func:`mrio.equations.groups.group_accounts` with shares (and GDP and intensity where
        known).
    """
    blocks = []
    for grouping, data in grouped.items():
        kept = {name: column(name, told=measures_of(data, "gdp")) for name in _OF_GROUPS if name in data}
        block = data[list(kept)].broadcast_like(data["flows"].isel(to_region=0, drop=True))
        block = block.to_dataframe(dim_order=_GRID)[list(kept)].reset_index()
        block = block.rename(columns={"region": "group", **kept})
        block.insert(0, "grouping", grouping)
        block.insert(block.columns.get_loc("group") + 1, "group_zh", [group_names(g)[1] for g in block["group"]])
        blocks.append(block)
    return pd.concat(blocks, ignore_index=True)


def _insert_names(table: pd.DataFrame, who: str) -> None:
    """Put the Chinese names of a column of provinces behind it."""
    names = [labels.province_name(name, "zh") for name in table[who]]
    table.insert(table.columns.get_loc(who) + 1, f"{who}_zh", names)
