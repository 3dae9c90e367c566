"""Tables behind Tables 1-3, as data frames: reconciliation, sectors, schemes, presets, who pays whom, groups.

Long or wide as a reader would filter them; names of columns say the unit.
"""

from __future__ import annotations

import pandas as pd
import xarray as xr

from mrio import labels
from mrio.equations.other_schemes import OUTSIDE, SCHEMES
from mrio.equations.walk import LINES
from mrio.outputs.tables import marked
from mrio.units import conversion

#: Order of the rows: as the configuration names definitions and resolutions, provinces in official order.
_GRID = ["definition", "resolution", "region"]


def reconciliation_table(walks: xr.Dataset) -> pd.DataFrame:
    """Return the walk from one definition's net transfer to the next: a row a resolution and province, Mt."""
    rows = walks.to_dataframe(dim_order=["resolution", "region"])[list(LINES)].reset_index()
    rows = rows.rename(columns={"region": "province", **{name: f"{name}_Mt" for name in LINES}})
    rows.insert(2, "province_zh", [labels.province_name(name, "zh") for name in rows["province"]])
    return marked(rows, walks)


def sectors_table(shared: xr.Dataset) -> pd.DataFrame:
    """Return Table 2 by province and sector: local value added in outflow, outflow and alpha, each resolution."""
    to_100M = conversion(shared["outflow"].attrs["unit"], "100M CNY")
    at = shared.isel(definition=0, drop=True)
    names = ["outflow_value_added_by_sector", "outflow_by_sector", "alpha"]
    rows = at[names].to_dataframe(dim_order=["resolution", "region", "sector"])[names].reset_index()
    rows[names[:2]] *= to_100M
    six = labels.sectors("six")
    table = pd.DataFrame({
        "resolution": rows["resolution"],
        "province": rows["region"],
        "province_zh": [labels.province_name(name, "zh") for name in rows["region"]],
        "sector": rows["sector"],
        "sector_name": six["name"].loc[rows["sector"]].tolist(),
        "sector_zh": six["name_zh"].loc[rows["sector"]].tolist(),
        "outflow_value_added_100M_CNY": rows[names[0]],
        "outflow_value_100M_CNY": rows[names[1]],
        "alpha": rows["alpha"],
    })  # fmt: skip
    return marked(table, shared)


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
            block.insert(
                1, "province_zh", [*(labels.province_name(p, "zh") for p in block["province"][:-1]), "各省以外"]
            )
            block.insert(0, "resolution", resolution)
            block.insert(0, "definition", definition)
            blocks.append(block)
    return marked(pd.concat(blocks, ignore_index=True), amounts)


def presets_table(by_preset: dict[str, xr.Dataset]) -> pd.DataFrame:
    """Return the coefficient and amount of every preset side by side: a row a definition, resolution and province."""
    parts = []
    for preset, money in by_preset.items():
        part = money[["coefficient", "amount"]].broadcast_like(money["amount"])
        part = part.to_dataframe(dim_order=_GRID)[["coefficient", "amount"]]
        parts.append(part.set_axis([f"{preset}_coefficient", f"{preset}_amount_100M_CNY"], axis=1))
    rows = pd.concat(parts, axis=1).reset_index().rename(columns={"region": "province"})
    rows.insert(3, "province_zh", [labels.province_name(name, "zh") for name in rows["province"]])
    return marked(rows, next(iter(by_preset.values())))


def payments_table(bilateral: xr.Dataset, money: xr.Dataset) -> pd.DataFrame:
    """Return who pays whom in the balanced fund: a row a definition, resolution, payer and receiver, 10^8 yuan.

    The last column says what the payments were seeded with (:func:`mrio.equations.payment.who_pays_whom`).
    """
    rows = bilateral.rename(paid="amount_100M_CNY").to_dataframe(dim_order=[*_GRID, "to_region"]).reset_index()
    rows = rows[rows["amount_100M_CNY"] > 0].rename(columns={"region": "receiver", "to_region": "payer"})
    for who in ("payer", "receiver"):
        rows[f"{who}_zh"] = [labels.province_name(name, "zh") for name in rows[who]]
    columns = ["definition", "resolution", "payer", "payer_zh", "receiver", "receiver_zh", "amount_100M_CNY",
               "seed"]  # fmt: skip
    blocks = [block.sort_values("amount_100M_CNY", ascending=False, kind="stable")
              for _, block in rows.groupby(["definition", "resolution"], sort=False)]  # fmt: skip
    table = pd.concat(blocks, ignore_index=True)[columns] if blocks else rows[columns]
    return marked(table, money, ("payer", "receiver"))


def groups_table(grouped: dict[str, xr.Dataset], names_zh: dict[str, str]) -> pd.DataFrame:
    """Return accounts of groups of provinces: a row a grouping, definition, resolution and group.

    Parameters
    ----------
    grouped : dict
        Grouping -> accounts of :func:`mrio.equations.groups.group_accounts` with shares (and GDP and intensity where
        known).
    names_zh : dict
        Group -> Chinese name.
    """
    units = {"share_of_net_out": "", "share_of_net_in": "", "gdp": "_100M_CNY", "intensity": "_10kt_per_100M_CNY"}
    columns = ("production", "household", "consumption", "outflow", "inflow", "net_transfer", "exports",
               "share_of_net_out", "share_of_net_in", "gdp", "intensity")  # fmt: skip
    blocks = []
    for grouping, data in grouped.items():
        kept = [name for name in columns if name in data]
        block = data[kept].broadcast_like(data["flows"].isel(to_region=0, drop=True))
        block = block.to_dataframe(dim_order=_GRID)[kept].reset_index()
        block = block.rename(columns={"region": "group", **{n: f"{n}{units.get(n, '_Mt')}" for n in kept}})
        block.insert(0, "grouping", grouping)
        block.insert(block.columns.get_loc("group") + 1, "group_zh", [names_zh.get(g, g) for g in block["group"]])
        blocks.append(block)
    return pd.concat(blocks, ignore_index=True)
