"""Tables behind Tables 1-3, as data frames: reconciliation, sectors, schemes, presets, who pays whom, groups.

Long or wide as a reader would filter them; names of columns say the unit.
"""

from __future__ import annotations

import pandas as pd
import xarray as xr

from . import labels
from .accounts.reconcile import LINES
from .schemes import OUTSIDE, SCHEMES
from .table import UNITS


def reconciliation_table(walks: xr.Dataset) -> pd.DataFrame:
    """Return the walk from one definition's net transfer to the next: a row a resolution and province, Mt."""
    rows = walks.to_dataframe()[list(LINES)].reset_index()
    rows = rows.rename(columns={"region": "province", **{name: f"{name}_Mt" for name in LINES}})
    rows.insert(2, "province_zh", [labels.province_name(name, "zh") for name in rows["province"]])
    return rows.sort_values("resolution", kind="stable", ignore_index=True)


def sectors_table(shared: xr.Dataset) -> pd.DataFrame:
    """Return Table 2 by province and sector: local value added in outflow, outflow and alpha, each resolution."""
    to_100M = UNITS[shared["outflow"].attrs["unit"]] / UNITS["100M CNY"]
    at = shared.isel(definition=0, drop=True)
    rows = at[["outflow_value_added_by_sector", "outflow_by_sector", "alpha"]].to_dataframe().reset_index()
    for name in ("outflow_value_added_by_sector", "outflow_by_sector"):
        rows[name] *= to_100M
    rows = rows.rename(columns={
        "region": "province",
        "outflow_value_added_by_sector": "outflow_value_added_100M_CNY",
        "outflow_by_sector": "outflow_value_100M_CNY",
    })  # fmt: skip
    six = labels.sectors("six")
    rows.insert(rows.columns.get_loc("sector") + 1, "sector_name", six["name"].loc[rows["sector"]].tolist())
    rows.insert(rows.columns.get_loc("sector") + 2, "sector_zh", six["name_zh"].loc[rows["sector"]].tolist())
    rows.insert(rows.columns.get_loc("province") + 1, "province_zh",
                [labels.province_name(name, "zh") for name in rows["province"]])  # fmt: skip
    order = {code: k for k, code in enumerate(six["code"])} | {r: k for k, r in enumerate(at["region"].values)}
    keys = ["resolution", "province", "sector"]
    columns = [*keys[:2], "province_zh", "sector", "sector_name", "sector_zh", "outflow_value_added_100M_CNY",
               "outflow_value_100M_CNY", "alpha"]  # fmt: skip
    resolutions = {name: k for k, name in enumerate(shared["resolution"].values)}
    ranked = rows.sort_values(keys, key=lambda c: c.map({**order, **resolutions}), ignore_index=True)
    return ranked[columns]


def schemes_table(amounts: xr.Dataset) -> pd.DataFrame:
    """Return who answers for what under every scheme: a row a definition, resolution and province, Mt.

    The last row of each block is the account outside the provinces; with it every column sums to production.
    """
    blocks = []
    for definition in amounts["definition"].values.tolist():
        for resolution in amounts["resolution"].values.tolist():
            at = amounts.sel(definition=definition, resolution=resolution)
            block = at["amount"].transpose("region", "scheme").to_pandas()
            block.loc["Outside the provinces"] = at[OUTSIDE].to_pandas()
            block = block.rename(columns={name: f"{name}_Mt" for name in SCHEMES}).rename_axis("province").reset_index()
            block.insert(1, "province_zh", [*(labels.province_name(p, "zh") for p in block["province"][:-1]), "省外"])
            block.insert(0, "resolution", resolution)
            block.insert(0, "definition", definition)
            blocks.append(block)
    return pd.concat(blocks, ignore_index=True)


def presets_table(by_preset: dict[str, xr.Dataset]) -> pd.DataFrame:
    """Return the coefficient and amount of every preset side by side: a row a definition, resolution and province."""
    parts = []
    for preset, money in by_preset.items():
        part = money[["coefficient", "amount"]].to_dataframe()[["coefficient", "amount"]]
        parts.append(
            part.rename(columns={"coefficient": f"{preset}_coefficient", "amount": f"{preset}_amount_100M_CNY"})
        )
    rows = pd.concat(parts, axis=1).reset_index().rename(columns={"region": "province"})
    rows.insert(rows.columns.get_loc("province") + 1, "province_zh",
                [labels.province_name(name, "zh") for name in rows["province"]])  # fmt: skip
    keys = ["definition", "resolution"]
    return rows[[*keys, *(c for c in rows.columns if c not in keys)]].sort_values(
        keys, kind="stable", ignore_index=True
    )


def payments_table(bilateral: xr.DataArray) -> pd.DataFrame:
    """Return who pays whom in the balanced fund: a row a definition, resolution, payer and receiver, 10^8 yuan."""
    rows = bilateral.rename("amount_100M_CNY").to_dataframe().reset_index()
    rows = rows[rows["amount_100M_CNY"] > 0].rename(columns={"region": "receiver", "to_region": "payer"})
    for who in ("payer", "receiver"):
        rows[f"{who}_zh"] = [labels.province_name(name, "zh") for name in rows[who]]
    columns = ["definition", "resolution", "payer", "payer_zh", "receiver", "receiver_zh", "amount_100M_CNY"]
    by = ["definition", "resolution", "amount_100M_CNY"]
    return rows[columns].sort_values(by, ascending=[True, True, False], kind="stable", ignore_index=True)


def groups_table(grouped: dict[str, xr.Dataset], names_zh: dict[str, str]) -> pd.DataFrame:
    """Return accounts of groups of provinces: a row a grouping, definition, resolution and group.

    Parameters
    ----------
    grouped : dict
        Grouping -> accounts of :func:`mrio.regions.group_accounts` with shares (and GDP and intensity where known).
    names_zh : dict
        Group -> Chinese name.
    """
    units = {"share_of_net_out": "", "share_of_net_in": "", "gdp": "_100M_CNY", "intensity": "_10kt_per_100M_CNY"}
    columns = ("production", "household", "consumption", "outflow", "inflow", "net_transfer", "exports",
               "share_of_net_out", "share_of_net_in", "gdp", "intensity")  # fmt: skip
    blocks = []
    for grouping, data in grouped.items():
        kept = [name for name in columns if name in data]
        block = data[kept].to_dataframe()[kept].reset_index()
        block = block.rename(columns={"region": "group", **{n: f"{n}{units.get(n, '_Mt')}" for n in kept}})
        block.insert(0, "grouping", grouping)
        block.insert(block.columns.get_loc("group") + 1, "group_zh", [names_zh.get(g, g) for g in block["group"]])
        blocks.append(block)
    keys = ["grouping", "definition", "resolution"]
    rows = pd.concat(blocks, ignore_index=True).sort_values(keys, kind="stable", ignore_index=True)
    return rows[[*keys, *(c for c in rows.columns if c not in keys)]]
