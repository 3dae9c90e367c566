"""The regional picture: emissions, intensity, forests and land of East, Middle and West beside the published figures.

Published by Bai, Guo & Lai 2022 (ISSN 2095-5766, 2022(5)).  Totals add up the provinces that have the figure; an
intensity divides the emissions of the provinces with an inventory by the GDP of the same provinces.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import xarray as xr

from mrio import labels
from mrio.equations.groups import grouping
from mrio.errors import InputError
from mrio.forests.stocks import average_factor, forest_sink, stored_carbon
from mrio.words.cell_words import CELLS
from mrio.words.group_words import GROUPS
from mrio.words.regional_words import REASONS

TOTAL, TOTAL_ZH = CELLS.both("total")
#: Quantities that add up, with the unit in the name.
SUMS = {
    "emissions": "emissions_Mt",
    "gdp": "gdp_100M_CNY",
    "forest_stock": "forest_stock_10k_m3",
    "stored_CO2": "stored_CO2_Mt",
    "agricultural_land": "agricultural_land_1000_ha",
    "built_land": "built_land_1000_ha",
    "sink": "sink_Mt_per_year",
}
INTENSITY, AFTER_SINK = "intensity_10kt_per_100M_CNY", "emissions_after_sink_Mt"
COVERED_GDP = "gdp_of_provinces_with_emissions_100M_CNY"
#: Share -> the parts of what it is a share of; None: of all provinces' stock.
SHARES = {"forest_stock": None, "agricultural_land": ("agricultural_land", "built_land"),
          "built_land": ("agricultural_land", "built_land")}  # fmt: skip
#: Published item -> column of the table of groups, and the reason where ours differs.
ITEMS = {
    "emissions": ("emissions_Mt", "edition"),
    "emissions_share": ("emissions_share_percent", "edition"),
    "largest_eight_share": (None, "edition"),
    "intensity": (INTENSITY, "gdp"),
    "forest_stock": ("forest_stock_10k_m3", "unexplained"),
    "forest_stock_share": ("forest_stock_share_percent", "unexplained"),
    "agricultural_land": ("agricultural_land_1000_ha", "unexplained"),
    "agricultural_share": ("agricultural_land_share_percent", "unexplained"),
    "built_land": ("built_land_1000_ha", "unexplained"),
    "built_share": ("built_land_share_percent", "unexplained"),
}


def sink_or_reason(
    inventories: Sequence[xr.DataArray], rate: xr.DataArray | float | None = None
) -> tuple[xr.DataArray | None, str]:
    """Return the yearly sink and what it rests on, or None and why there is none (:func:`mrio.forests.forest_sink`)."""
    try:
        sink = forest_sink(inventories, rate)
    except InputError as missing:
        return None, f"not available: found {missing.found}, expected {missing.expected}; {missing.todo}"
    return sink, sink.attrs["basis"]


def province_table(
    data: xr.Dataset, inventories: Sequence[xr.DataArray], rate: xr.DataArray | float | None = None
) -> pd.DataFrame:
    """Return the picture province by province, in official order.

    Parameters
    ----------
    data : Dataset (region)
        ``emissions``, ``gdp``, ``forest_stock``, ``agricultural_land``, ``built_land`` and printed shares, as
        :func:`mrio.formats.inputs.regional_files.read_regional` gives them; a province may lack a figure (NaN).
    inventories : sequence of DataArray (region)
        Forest stocks, earliest first, for the sink.
    rate : DataArray or float, optional
        Growth of the stock a year, where there is one inventory only.

    Returns
    -------
    DataFrame
        ``region``, ``region_zh``, ``group``, :data:`SUMS`, intensity, shares in percent beside the printed ones,
        emissions after the sink, and ``sink_basis``; what is not known is NaN.
    """
    order = [name for name in labels.provinces().index if name in data["region"].values]
    sink, basis = sink_or_reason(inventories, rate)
    stock = data["forest_stock"]
    data = data.assign(stored_CO2=stored_carbon(stock, average_factor(stock)))
    data = data.assign(sink=sink if sink is not None else np.nan * stock).sel(region=order)
    table = pd.DataFrame({"region": order, "region_zh": [labels.province_name(name, "zh") for name in order]})
    table["group"] = list(grouping("region3", order).values())
    for name, column in SUMS.items():
        table[column] = data[name].values
    for name in SHARES:
        table[f"{name}_share_printed_percent"] = data[f"{name}_printed_share"].values
    table = _derived(table, table[SUMS["gdp"]], table[SUMS["forest_stock"]].sum())
    return table.assign(sink_basis=basis)


def group_table(provinces: pd.DataFrame) -> pd.DataFrame:
    """Return the picture of East, Middle, West and all, added up from :func:`province_table`.

    ``without_emissions`` names the provinces without an inventory (Tibet); their GDP is not in the intensity.
    """
    rows = [*provinces.groupby("group", sort=False), (TOTAL, provinces)]
    table = pd.DataFrame({"group": [group for group, _ in rows]})
    table["group_zh"] = [TOTAL_ZH if group == TOTAL else GROUPS.say(group, "zh") for group in table["group"]]
    table["provinces"] = [len(members) for _, members in rows]
    for column in SUMS.values():
        # a sum over nothing known is not known
        table[column] = [members[column].sum(min_count=1) for _, members in rows]
    covered = [members[members[SUMS["emissions"]].notna()] for _, members in rows]
    table[COVERED_GDP] = [members[SUMS["gdp"]].sum() for members in covered]
    table["emissions_share_percent"] = 100.0 * table[SUMS["emissions"]] / provinces[SUMS["emissions"]].sum()
    table = _derived(table, table[COVERED_GDP], provinces[SUMS["forest_stock"]].sum())
    lacking = [members.loc[members[SUMS["emissions"]].isna(), "region"] for _, members in rows]
    return table.assign(
        without_emissions=["; ".join(names) for names in lacking], sink_basis=provinces["sink_basis"].iloc[0]
    )


def _derived(table: pd.DataFrame, gdp: pd.Series, stock: float) -> pd.DataFrame:
    """Return the table with shares, intensity (10^4 t per 10^8 yuan) and emissions after the sink."""
    table = table.copy()
    for name, parts in SHARES.items():
        whole = sum(table[SUMS[part]] for part in parts) if parts else stock
        table[f"{name}_share_percent"] = 100.0 * table[SUMS[name]] / whole
    table[INTENSITY] = 100.0 * table[SUMS["emissions"]] / gdp
    table[AFTER_SINK] = table[SUMS["emissions"]] - table[SUMS["sink"]]
    return table


def largest_share(provinces: pd.DataFrame, count: int = 8) -> tuple[float, list[str]]:
    """Return the share of the largest emitters in all emissions, percent, and who they are, largest first."""
    ranked = provinces.sort_values(SUMS["emissions"], ascending=False, kind="stable").head(count)
    return 100.0 * ranked[SUMS["emissions"]].sum() / provinces[SUMS["emissions"]].sum(), ranked["region"].tolist()


def beside_published(published: pd.DataFrame, provinces: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """Return every published figure beside ours: difference, percent, whether the printed digits agree, and why not.

    Parameters
    ----------
    published : DataFrame
        Of :func:`mrio.formats.inputs.regional_files.read_regional_published`.
    provinces, groups : DataFrame
        Of :func:`province_table` and :func:`group_table`.

    Raises
    ------
    InputError
        If a published item is none of :data:`ITEMS`, or names a group that there is not.
    """
    by_group = groups.set_index("group")
    rows = []
    for record in published.to_dict("records"):
        item, group = record["item"], record["group"]
        if item not in ITEMS or (group and group not in by_group.index):
            found = f"published item {record['id']}: {item!r} of group {group!r}"
            raise InputError(found, f"one of {', '.join(ITEMS)}")
        column, reason = ITEMS[item]
        ours = float(by_group.at[group, column]) if column else largest_share(provinces)[0]
        difference = ours - record["value"]
        agrees = abs(difference) <= 0.5 * 10.0 ** -record["decimals"] * (1 + 1e-9)
        reason = "missing" if np.isnan(ours) else "agrees" if agrees else reason
        english, chinese = REASONS.both(reason)
        rows.append({
            **{key: record[key] for key in ("id", "item", "group", "year", "unit")}, "published": record["value"],
            "computed": ours, "difference": difference, "difference_percent": 100.0 * difference / record["value"],
            "agrees": agrees, "reason": english, "reason_zh": chinese, "place": record["place"],
            "source": record["source"],
        })  # fmt: skip
    return pd.DataFrame(rows)
