"""Tables 1-3 as data frames: what a paper prints, one row per province and a totals row.

Provinces and marks are columns named by text, figures are columns labelled by :class:`mrio.outputs.columns.Column`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import xarray as xr

from mrio import labels
from mrio.analysis.verdicts import verdict
from mrio.outputs.columns import ENDINGS, MARK, Column, base_of, column, measures_of
from mrio.units import conversion, in_currency_of
from mrio.words.cell_words import CELLS

#: A sum below this part of what it adds up is rounding.
ROUNDING = 1e-12
TRANSFERS = (
    "home", "consumption", "outflow", "inflow", "net_transfer", "exports", "imports", "excluded", "residual",
    "zero_output", "inventory", "reshipped",
)  # fmt: skip
#: What is passed on stands in the table where anything is: under the content of gross trade.
WHERE_ANY = ("reshipped",)


#: Variables whose 90% interval and standard deviation stand in the tables; intervals.csv has those of all.
WITH_INTERVAL = ("consumption", "net_transfer", "alpha_region", "shared", "amount")


def transfers_table(accounts: xr.Dataset) -> pd.DataFrame:
    """Return Table 1: embodied outflow, inflow and net transfer by province, each definition and resolution.

    Accounts of several stressors give the columns of each, in its own unit, named after it.
    """
    if "stressor" in accounts.dims:
        return _side_by_side(transfers_table, accounts)
    first, told = accounts.isel(resolution=0, definition=0), measures_of(accounts)
    table = _provinces(accounts)
    for quantity in ("production", "household"):
        table[column(quantity, told=told)] = first[quantity].values
    for resolution, definition, at in _grid(accounts):
        for quantity in (name for name in TRANSFERS if name in accounts):
            if quantity in WHERE_ANY and not at[quantity].any():
                continue
            _put(table, column(quantity, resolution, definition, told=told), at, quantity)
    return _with_total(table, accounts)


def responsibility_table(shared: xr.Dataset) -> pd.DataFrame:
    """Return Table 2: local value added in outflow, outflow, alpha, share and emissions after sharing.

    Value added, outflow and alpha do not depend on the definition of the flow, only on the resolution.  The totals row
    gives the alpha of all outflow together, and the unweighted mean of the shares, which is what the study prints.
    Several stressors stand side by side, as in :func:`transfers_table`.
    """
    if "stressor" in shared.dims:
        return _side_by_side(responsibility_table, shared)
    money = shared["outflow"].attrs["unit"]
    to_100M, told = conversion(money, in_currency_of(money, "100M CNY")), measures_of(shared, "outflow")
    table = _provinces(shared)
    resolutions = shared["resolution"].values.tolist()
    for resolution in resolutions:
        at = shared.sel(resolution=resolution).isel(definition=0)
        table[column("outflow_value_added", resolution, told=told)] = at["outflow_value_added"].values * to_100M
        table[column("outflow_value", resolution, told=told)] = at["outflow"].values * to_100M
        _put(table, column("alpha", resolution, told=told), at, "alpha_region")
    for resolution, definition, at in _grid(shared):
        table[column("share", resolution, definition, told=told)] = at["share"].values
        _put(table, column("shared", resolution, definition, told=told), at, "shared")
    total = _with_total(table, shared)
    last = total.index[-1]
    for resolution in resolutions:
        value_added, outflow = (
            total[column(f"outflow_{of}", resolution, told=told)].iloc[-1] for of in ("value_added", "value")
        )
        total.loc[last, column("alpha", resolution, told=told)] = value_added / outflow if outflow else 0.0
    for resolution, definition, _ in _grid(shared):
        share = column("share", resolution, definition, told=told)
        total.loc[last, share] = table[share].mean()
    return total


def compensation_table(money: xr.Dataset) -> pd.DataFrame:
    """Return Table 3: net transfer, per-capita GDP, Engel, coefficient, amount and role; the total is the fund.

    The totals row sums receipts less payments: what the fund lacks (+) or keeps (-).
    """
    first, told = money.isel(resolution=0, definition=0), measures_of(money, "amount")
    table = _provinces(money)
    for quantity in ("gdp_per_capita", "engel", "coefficient"):
        table[column(quantity, told=told)] = first[quantity].values
    burden = [name for name in ("gdp_share", "per_head") if name in money]
    for resolution, definition, at in _grid(money):
        for quantity in ("net_transfer", "amount", "balanced", *burden):
            _put(table, column(quantity, resolution, definition, told=told), at, quantity)
        roles = [_role(*each) for each in zip(at["amount"].values, _chances(at), strict=True)]
        table[column("role", resolution, definition, told=told)] = [CELLS.say(role, "en") for role in roles]
    total = _with_total(table, money)
    averages = [label for label in table if isinstance(label, Column)
                and label.quantity in ("gdp_per_capita", "engel", "coefficient", *burden)]  # fmt: skip
    total.loc[total.index[-1], averages] = float("nan")  # averages and ratios have no sum
    return total


def _side_by_side(make: Callable[[xr.Dataset], pd.DataFrame], data: xr.Dataset) -> pd.DataFrame:
    """Return the table of every stressor, one beside the other; provinces and marks stand once."""
    units = data.coords["unit"].values
    tables = [make(data.isel(stressor=k).assign_attrs(unit=str(unit))) for k, unit in enumerate(units)]
    texts = [label for label in tables[0] if not isinstance(label, Column)]
    return pd.concat([tables[0], *(table.drop(columns=texts) for table in tables[1:])], axis=1)


def _chances(at: xr.Dataset) -> np.ndarray:
    """Return the probability that a province pays; where it is not known, the sign of the amount is certain."""
    if "amount_p_pays" in at:
        return at["amount_p_pays"].values
    return (at["amount"].values < 0).astype(float)


def _role(amount: float, chance: float) -> str:
    """Return the word for a province's role: a sign that is a coin toss is called one."""
    return "neither" if amount == 0 else verdict(chance).replace(" ", "_")


#: Table -> the results it is made of, and how.
MADE_OF: Mapping[str, tuple[str, Callable[[xr.Dataset], pd.DataFrame]]] = {
    "table1_transfers": ("accounts", transfers_table),
    "table2_responsibility": ("responsibility", responsibility_table),
    "table3_compensation": ("compensation", compensation_table),
}


def tables_of(results: Mapping[str, xr.Dataset]) -> dict[str, pd.DataFrame]:
    """Return those of Tables 1-3 that can be made of some results (``accounts``, ``responsibility`` ...), by name."""
    return {table: make(results[source]) for table, (source, make) in MADE_OF.items() if source in results}


def marked(table: pd.DataFrame, data: xr.Dataset, columns: Sequence[str] = ("province",)) -> pd.DataFrame:
    """Return the table with a last column that marks rows of provinces whose foreign trade is not separable.

    Such a province's official table books foreign and interprovincial trade together, so its exports, and what hangs on
    them, are not comparable.  A year without such provinces has no such column.
    """
    mixed = [name for name in data.attrs.get("not_separable", "").split(", ") if name]
    if not mixed:
        return table
    touched = table[list(columns)].isin(mixed).any(axis=1)
    return table.assign(**{MARK: touched.map({True: CELLS.say("not_separable", "en"), False: ""})})


def _put(table: pd.DataFrame, label: Column, at: xr.Dataset, variable: str) -> None:
    """Append a variable, and behind it its 90% interval and standard deviation where they are known."""
    table[label] = at[variable].values
    for ending in ENDINGS if variable in WITH_INTERVAL else ():
        known = f"{variable}{ending}"
        if known in at and bool(np.isfinite(at[known]).any()):
            table[replace(label, quantity=f"{label.quantity}{ending}")] = at[known].values


def _provinces(data: xr.Dataset) -> pd.DataFrame:
    names = data["region"].values.tolist()
    return pd.DataFrame({"province": names, "province_zh": [labels.province_name(name, "zh") for name in names]})


def _grid(data: xr.Dataset) -> Iterator[tuple[str, str, xr.Dataset]]:
    """Yield (resolution, definition, dataset) in the order of the columns."""
    for definition in data["definition"].values.tolist():
        for resolution in data["resolution"].values.tolist():
            yield resolution, definition, data.sel(resolution=resolution, definition=definition)


def _with_total(table: pd.DataFrame, data: xr.Dataset) -> pd.DataFrame:
    table = marked(table, data)
    numbers = table.select_dtypes("number").columns
    total = {label: _total(label, table[label]) if label in numbers else "" for label in table.columns}
    english, chinese = CELLS.both("total")
    total |= {"province": english, "province_zh": chinese}
    return pd.concat([table, pd.DataFrame([total])], ignore_index=True)


def _total(label: Column, values: pd.Series) -> float:
    """Return the sum of a column; one that is zero but for rounding (net transfers) is zero on every machine.

    Intervals and standard deviations do not add up, so their total is not known.
    """
    if base_of(label.quantity) != label.quantity:
        return float("nan")
    total = values.sum()
    return 0.0 if abs(total) <= ROUNDING * values.abs().sum() else total
