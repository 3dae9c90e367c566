"""Intervals as long tables: every number of Tables 1-3, flows between provinces, who pays whom; what they hang on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd
import xarray as xr

from mrio import labels
from mrio.analysis.verdicts import verdict
from mrio.words.cell_words import CELLS

#: Statistics in the order of the columns.
STATISTICS = ("p05", "p50", "p95", "sd", "p_pays", "rank_low", "rank_high")
#: Table -> results it is made of, and the quantities whose intervals are told.
QUANTITIES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "table1": (
        "accounts",
        ("production", "household", "consumption", "outflow", "inflow", "net_transfer", "exports", "excluded",
         "residual", "inventory"),
    ),
    "table2": ("responsibility", ("outflow_value_added", "outflow", "alpha_region", "share", "shared")),
    "table3": (
        "compensation",
        ("gdp_per_capita", "engel", "coefficient", "amount", "balanced", "gdp_share", "per_head"),
    ),
}  # fmt: skip


def intervals_table(results: Mapping[str, xr.Dataset]) -> pd.DataFrame:
    """Return one row per number of Tables 1-3: value, quantiles, sd, probability of paying, rank, verdict.

    Parameters
    ----------
    results : mapping
        ``accounts``, ``responsibility``, ``compensation`` with statistics beside their variables; any may be missing.
    """
    parts = [
        _rows(results[source], table, name)
        for table, (source, names) in QUANTITIES.items()
        if source in results
        for name in names
        if f"{name}_p05" in results[source]
    ]
    return pd.concat(parts, ignore_index=True)


def _rows(data: xr.Dataset, table: str, name: str) -> pd.DataFrame:
    # what does not depend on definition or resolution is told once; a statistic has the dimensions of its result
    dims = [dim for dim in ("definition", "resolution", "region") if dim in data[f"{name}_p05"].dims]
    others = {dim: 0 for dim in ("definition", "resolution") if dim in data[name].dims and dim not in dims}
    told = {"value": data[name].isel(others, drop=True)}
    told |= {s: data[f"{name}_{s}"] for s in STATISTICS if f"{name}_{s}" in data}
    rows = xr.Dataset(told).to_dataframe(dim_order=dims).reset_index()
    rows = rows.rename(columns={"region": "province"}).reindex(columns=[*dims[:-1], "province", *told])
    for dim in ("definition", "resolution"):
        if dim not in rows:
            rows[dim] = ""
    rows = rows.assign(
        table=table, quantity=name, unit=data[name].attrs.get("unit", ""), province_zh=_zh(rows["province"])
    )
    rows["verdict"] = [_verdict(chance) for chance in rows["p_pays"]] if "p_pays" in rows else ""
    order = ["table", "definition", "resolution", "quantity", "unit", "province", "province_zh", "value", *STATISTICS,
             "verdict"]  # fmt: skip
    return rows.reindex(columns=order)


def _verdict(chance: float) -> str:
    return "" if np.isnan(chance) else CELLS.say(verdict(chance).replace(" ", "_"), "en")


def _zh(provinces: pd.Series) -> list[str]:
    return [labels.province_name(name, "zh") for name in provinces]


def pairs_table(data: xr.Dataset, name: str, quantity: str) -> pd.DataFrame:
    """Return one row per pair of different provinces: value, quantiles and sd of flows or payments."""
    dims = ["definition", "resolution", "region", "to_region"]
    told = {"value": data[name]} | {s: data[f"{name}_{s}"] for s in ("p05", "p50", "p95", "sd")}
    rows = xr.Dataset(told).to_dataframe(dim_order=dims)[list(told)].reset_index()
    rows = rows[rows["region"] != rows["to_region"]]
    rows = rows.rename(columns={"region": "from_province", "to_region": "to_province"})
    unit = data[name].attrs.get("unit", "")
    return rows.assign(quantity=quantity, unit=unit)[
        ["quantity", "unit", "definition", "resolution", "from_province", "to_province", *told]
    ].reset_index(drop=True)


def sources_table(shares: Mapping[str, Mapping[str, xr.Dataset]]) -> pd.DataFrame:
    """Return one row per source, quantity and province: its standard deviation alone, and its part of the variance.

    Parameters
    ----------
    shares : mapping
        Quantity -> source -> Dataset rows ``sd`` and ``share`` by region.
    """
    return pd.concat(list(_source_rows(shares)), ignore_index=True)


def _source_rows(shares: Mapping[str, Mapping[str, xr.Dataset]]) -> Iterator[pd.DataFrame]:
    for quantity, by_source in shares.items():
        for source, found in by_source.items():
            yield pd.DataFrame({
                "quantity": quantity, "source": source, "province": found["region"].values,
                "province_zh": _zh(found["region"].to_series()), "sd_alone": found["sd"].values,
                "share_of_variance": found["share"].values,
            })  # fmt: skip
