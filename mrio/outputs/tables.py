"""Tables 1-3 as data frames: what a paper prints, one row a province and a totals row.

Columns are named ``<definition>_<resolution>_<quantity>_<unit>``; :data:`HEADERS` says each in English and Chinese.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from os import PathLike
from pathlib import Path

import pandas as pd
import xarray as xr

from mrio import labels
from mrio.outputs.escape import guard, unguard
from mrio.units import conversion

TOTAL = "Total"
#: A sum below this part of what it adds up is rounding.
ROUNDING = 1e-12

METHOD_NAMES = {
    "eebt": ("EEBT (the study's reading)", "EEBT(原文口径)"),
    "mrio": ("MRIO footprint", "MRIO 足迹口径"),
    "gross": ("Gross trade content", "总贸易含量口径"),
}
RESOLUTION_NAMES = {
    "six": ("six sectors", "六部门"),
    "42": ("42 sectors, added up", "42部门计算后加总"),
}
#: Quantity -> English and Chinese header, unit.
QUANTITIES = {
    "production": ("Production-based emissions", "生产侧碳排放", "Mt"),
    "household": ("Direct emissions of households", "居民直接碳排放", "Mt"),
    "consumption": ("Consumption-based emissions", "消费侧碳排放", "Mt"),
    "outflow": ("Embodied in goods sent to other provinces", "调出产品隐含碳", "Mt"),
    "inflow": ("Embodied in goods drawn from other provinces", "调入产品隐含碳", "Mt"),
    "net_transfer": ("Net transfer (+ out, pays)", "净转移量(正为净转出)", "Mt"),
    "consumption_sd": ("Standard deviation of consumption", "消费侧标准差", "Mt"),
    "net_transfer_sd": ("Standard deviation of the net transfer", "净转移量标准差", "Mt"),
    "exports": ("Embodied in foreign exports", "出口隐含碳", "Mt"),
    "imports": ("Embodied in foreign imports, as if made at home", "进口隐含碳(按国内技术)", "Mt"),
    "residual": ("Residual account", "误差项", "Mt"),
    "excluded": ("To excluded regions", "流向未纳入地区", "Mt"),
    "zero_output": ("Sectors without output", "无产出部门排放", "Mt"),
    "inventory": ("Of which inventory change", "其中:存货变动", "Mt"),
    "outflow_value_added": ("Local value added in outflow", "流出中的省内增加值", "100M_CNY"),
    "outflow_value": ("Total outflow", "流出总额", "100M_CNY"),
    "alpha": ("Factor alpha", "分配因子", ""),
    "alpha_sd": ("Standard deviation of alpha", "分配因子标准差", ""),
    "shared_sd": ("Standard deviation after sharing", "分配后标准差", "Mt"),
    "share": ("Responsibility share", "责任分配比例", ""),
    "shared": ("Emissions after sharing", "分配后碳排放", "Mt"),
    "gdp_per_capita": ("GDP per head", "人均GDP", "CNY"),
    "engel": ("Engel coefficient", "恩格尔系数", ""),
    "coefficient": ("Compensation coefficient", "补偿系数", ""),
    "amount": ("Amount (+ receives, - pays)", "补偿额度(+受偿,-支付)", "100M_CNY"),
    "amount_sd": ("Standard deviation of the amount", "额度标准差", "100M_CNY"),
    "balanced": ("Amount, balanced fund", "平衡基金额度", "100M_CNY"),
    "gdp_share": ("Amount over GDP", "额度占GDP比重", ""),
    "per_head": ("Amount per head", "人均额度", "CNY"),
    "role": ("Role", "角色", ""),
}
#: Last column where a year has provinces whose tables book foreign and interprovincial trade together.
MARK, NOT_SEPARABLE = "foreign_trade", "not separable"
ROLES = {"pays": "支付", "receives": "受偿", "neither": "无"}


def column(quantity: str, resolution: str = "", method: str = "") -> str:
    """Return the column name of a quantity, e.g. ``eebt_six_net_transfer_Mt``."""
    unit = QUANTITIES[quantity][2]
    return "_".join(part for part in (method, resolution, quantity, unit) if part)


def parts(name: str) -> tuple[str, str, str]:
    """Return (definition, resolution, quantity) of a column name, ``""`` for what it does not say."""
    if name in ("province", "province_zh", MARK):
        return "", "", name
    method = next((m for m in METHOD_NAMES if name.startswith(m + "_")), "")
    rest = name.removeprefix(method + "_") if method else name
    resolution = next((r for r in RESOLUTION_NAMES if rest.startswith(r + "_")), "")
    rest = rest.removeprefix(resolution + "_") if resolution else rest
    return method, resolution, next(q for q in sorted(QUANTITIES, key=len, reverse=True) if rest in (column(q), q))


def header(name: str, language: str) -> tuple[str, str]:
    """Return (group, quantity with unit) of a column name as a person reads it, in ``en`` or ``zh``."""
    at = 1 if language == "zh" else 0
    method, resolution, quantity = parts(name)
    if quantity == MARK:
        return "", ("Foreign trade", "对外贸易")[at]
    if quantity not in QUANTITIES:
        return "", ("Province", "省份")[at]
    groups = [names[key][at] for names, key in ((METHOD_NAMES, method), (RESOLUTION_NAMES, resolution)) if key]
    return ", ".join(groups), QUANTITIES[quantity][at] + unit_text(quantity, language)


def unit_text(quantity: str, language: str) -> str:
    """Return the unit of a quantity in brackets, or nothing where it has none."""
    at = 1 if language == "zh" else 0
    unit = {"": "", "Mt": " (Mt)", "CNY": (" (yuan)", "(元)")[at], "100M_CNY": (" (10⁸ yuan)", "(亿元)")[at]}
    return unit[QUANTITIES[quantity][2]]


def transfers_table(accounts: xr.Dataset) -> pd.DataFrame:
    """Return Table 1: embodied outflow, inflow and net transfer by province, each definition and resolution."""
    first = accounts.isel(resolution=0, definition=0)
    table = _provinces(accounts)
    for quantity in ("production", "household"):
        table[column(quantity)] = first[quantity].values
    asked = ("imports",) if "imports" in accounts else ()
    for resolution, method, at in _grid(accounts):
        for quantity in ("consumption", "outflow", "inflow", "net_transfer", "exports", *asked, "excluded", "residual",
                         "zero_output", "inventory"):  # fmt: skip
            table[column(quantity, resolution, method)] = at[quantity].values
    return _with_total(table, accounts)


def responsibility_table(shared: xr.Dataset) -> pd.DataFrame:
    """Return Table 2: local value added in outflow, outflow, alpha, share and emissions after sharing.

    Value added, outflow and alpha do not depend on the definition of the flow, only on the resolution.  The totals row
    gives the alpha of all outflow together, and the unweighted mean of the shares, which is what the study prints.
    """
    to_100M = conversion(shared["outflow"].attrs["unit"], "100M CNY")
    table = _provinces(shared)
    for resolution in shared["resolution"].values.tolist():
        at = shared.sel(resolution=resolution).isel(definition=0)
        table[column("outflow_value_added", resolution)] = at["outflow_value_added"].values * to_100M
        table[column("outflow_value", resolution)] = at["outflow"].values * to_100M
        table[column("alpha", resolution)] = at["alpha_region"].values
    for resolution, method, at in _grid(shared):
        table[column("share", resolution, method)] = at["share"].values
        table[column("shared", resolution, method)] = at["shared"].values
    total = _with_total(table, shared)
    for resolution in shared["resolution"].values.tolist():
        value_added = total[column("outflow_value_added", resolution)].iloc[-1]
        outflow = total[column("outflow_value", resolution)].iloc[-1]
        total.loc[total.index[-1], column("alpha", resolution)] = value_added / outflow if outflow else 0.0
    for resolution, method, _ in _grid(shared):
        name = column("share", resolution, method)
        total.loc[total.index[-1], name] = table[name].mean()
    return total


def compensation_table(money: xr.Dataset) -> pd.DataFrame:
    """Return Table 3: net transfer, per-capita GDP, Engel, coefficient, amount and role; the total is the fund.

    The totals row sums receipts less payments: what the fund lacks (+) or keeps (-).
    """
    first = money.isel(resolution=0, definition=0)
    table = _provinces(money)
    for quantity in ("gdp_per_capita", "engel", "coefficient"):
        table[column(quantity)] = first[quantity].values
    burden = [name for name in ("gdp_share", "per_head") if name in money]
    for resolution, method, at in _grid(money):
        for quantity in ("net_transfer", "amount", "balanced", *burden):
            table[column(quantity, resolution, method)] = at[quantity].values
        amounts = at["amount"].values
        roles = ["pays" if a < 0 else "receives" if a > 0 else "neither" for a in amounts]
        table[column("role", resolution, method)] = roles
    total = _with_total(table, money)
    averages = [column(quantity) for quantity in ("gdp_per_capita", "engel", "coefficient")]
    averages += [column(quantity, r, m) for r, m, _ in _grid(money) for quantity in burden]
    total.loc[total.index[-1], averages] = float("nan")  # averages and ratios have no sum
    return total


def with_spread(table: pd.DataFrame, deviation: xr.Dataset, quantities: Mapping[str, str]) -> pd.DataFrame:
    """Return the table with the standard deviation of the estimate behind each of some columns.

    Parameters
    ----------
    table : DataFrame
        One of Tables 1-3.
    deviation : Dataset (resolution, definition, region)
        Standard deviations over an ensemble of estimated tables (:func:`mrio.formats.inputs.spread_file.read_spread`).
    quantities : mapping
        Quantity of the table -> variable of `deviation`.  A quantity without definition (alpha) takes the first one.

    Returns
    -------
    DataFrame
        With a column ``..._sd`` after each; blank in the totals row, because deviations do not add up.
    """
    table = table.copy()
    for name in list(table.columns):
        method, resolution, quantity = parts(name)
        variable = quantities.get(quantity)
        if variable is None or (resolution and resolution not in deviation["resolution"].values):
            continue
        at = deviation[variable].sel(resolution=resolution, definition=method or deviation["definition"].values[0])
        values = [*at.sel(region=table["province"].tolist()[:-1]).values, float("nan")]
        table.insert(table.columns.get_loc(name) + 1, column(f"{quantity}_sd", resolution, method), values)
    return table


def _provinces(data: xr.Dataset) -> pd.DataFrame:
    names = data["region"].values.tolist()
    return pd.DataFrame({"province": names, "province_zh": [labels.province_name(name, "zh") for name in names]})


def _grid(data: xr.Dataset):
    """Yield (resolution, definition, dataset) in the order of the columns."""
    for method in data["definition"].values.tolist():
        for resolution in data["resolution"].values.tolist():
            yield resolution, method, data.sel(resolution=resolution, definition=method)


def marked(table: pd.DataFrame, data: xr.Dataset, columns: Iterable[str] = ("province",)) -> pd.DataFrame:
    """Return the table with a last column that marks rows of provinces whose foreign trade is not separable.

    Such a province's official table books foreign and interprovincial trade together, so its exports, and what hangs on
    them, are not comparable.  A year without such provinces has no such column.
    """
    mixed = [name for name in data.attrs.get("not_separable", "").split(", ") if name]
    if not mixed:
        return table
    touched = table[list(columns)].isin(mixed).any(axis=1)
    return table.assign(**{MARK: touched.map({True: NOT_SEPARABLE, False: ""})})


def _with_total(table: pd.DataFrame, data: xr.Dataset) -> pd.DataFrame:
    table = marked(table, data)
    numbers = table.select_dtypes("number").columns
    total = {name: _sum(table[name]) if name in numbers else "" for name in table.columns}
    total |= {"province": TOTAL, "province_zh": "合计"}
    return pd.concat([table, pd.DataFrame([total])], ignore_index=True)


def _sum(column: pd.Series) -> float:
    """Return the sum of a column; one that is zero but for rounding (net transfers) is zero on every machine."""
    total = column.sum()
    return 0.0 if abs(total) <= ROUNDING * column.abs().sum() else total


def variant_name(method: str, resolution: str, language: str) -> str:
    """Return which definition and resolution a result has, as a reader says it."""
    at, comma = (1, ",") if language == "zh" else (0, ", ")
    return METHOD_NAMES[method][at] + comma + RESOLUTION_NAMES[resolution][at]


def write_table(table: pd.DataFrame, path: str | PathLike) -> None:
    """Write a table as CSV (UTF-8 with a mark, so that spreadsheets read the Chinese names), 10 significant digits.

    Text that a spreadsheet would take for a formula is guarded by an apostrophe, which :func:`read_tables` takes away.
    """
    guarded = table.map(lambda cell: guard(cell) if isinstance(cell, str) else cell)
    guarded.to_csv(path, index=False, encoding="utf-8-sig", float_format="%.10g", lineterminator="\n")


def read_tables(paths: Iterable[str | PathLike]) -> dict[str, pd.DataFrame]:
    """Return the tables in CSV files by file stem."""
    tables = {Path(path).stem: pd.read_csv(path, encoding="utf-8-sig") for path in paths}
    return {
        stem: table.map(lambda cell: unguard(cell) if isinstance(cell, str) else cell) for stem, table in tables.items()
    }
