"""Columns of tables: labels until a file is written, and the one place where their names are put together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd
import xarray as xr

from mrio.currencies import CURRENCIES
from mrio.units import currency_of

#: Marks the rows of provinces whose tables book foreign and interprovincial trade together.
MARK = "foreign_trade"
#: Endings of variables that say how sure the one they are named after is: ends of the 90% interval, standard deviation.
INTERVAL = ("_p05", "_p95")
ENDINGS = (*INTERVAL, "_sd")
#: Unit as names of columns write it -> quantities in it.
_QUANTITIES_IN = {
    "Mt": (
        "production", "household", "consumption", "outflow", "inflow", "net_transfer", "exports", "imports", "residual",
        "excluded", "zero_output", "inventory", "shared", "home", "rest", "reshipped", "allocated",
    ),
    "100M_CNY": ("outflow_value_added", "outflow_value", "amount", "balanced", "gdp"),
    "CNY": ("gdp_per_capita", "per_head"),
    "10kt_per_100M_CNY": ("intensity",),
    "": ("alpha", "share", "engel", "coefficient", "gdp_share", "role", "share_of_net_out", "share_of_net_in"),
}  # fmt: skip
UNIT_OF = {quantity: unit for unit, quantities in _QUANTITIES_IN.items() for quantity in quantities}


class Measures(NamedTuple):
    """What a result is told in: its currency, unit of emissions, and stressor where there are several."""

    currency: str = "CNY"
    emissions: str = "Mt"
    stressor: str = ""


#: Those of the study itself.
STUDY = Measures()


def measures_of(data: xr.Dataset, money: str = "") -> Measures:
    """Return what a result is told in, from the units it carries; `money` is the variable that says the currency."""
    currency = currency_of(data[money].attrs["unit"]) if money in data and "unit" in data[money].attrs else "CNY"
    stressor = str(data.coords["stressor"].item()) if "stressor" in data.coords else ""
    return Measures(currency, str(data.attrs.get("unit", "Mt")), stressor)


@dataclass(frozen=True)
class Column:
    """A column of numbers: which quantity it holds, of which stressor, definition, resolution or preset, in which unit.

    Attributes
    ----------
    quantity : str
        ``net_transfer``, ``net_transfer_sd`` ...
    resolution, definition, preset : str
        ``""`` where the quantity does not depend on it.
    unit : str
        As the name says it, ``Mt`` or ``100M_CNY``; ``""`` for a pure number.
    stressor : str
        ``""`` for that of the study, where it has no others.
    sector : str
        Of the goods sent, where a table tells sectors apart.
    """

    quantity: str
    resolution: str = ""
    definition: str = ""
    preset: str = ""
    unit: str = ""
    stressor: str = ""
    sector: str = ""

    @property
    def name(self) -> str:
        """The name of the column in a file, e.g. ``eebt_six_net_transfer_Mt``."""
        parts = (self.stressor, self.definition, self.resolution, self.preset, self.sector, self.quantity, self.unit)
        return "_".join(part.replace(" ", "_") for part in parts if part)


def column(
    quantity: str, resolution: str = "", definition: str = "", preset: str = "", told: Measures = STUDY
) -> Column:
    """Return the column of a quantity in the unit in which tables give it."""
    unit = UNIT_OF[base_of(quantity)].replace("CNY", told.currency)
    return Column(quantity, resolution, definition, preset, told.emissions if unit == "Mt" else unit, told.stressor)


def money_in(unit: str) -> str:
    """Return the currency of a unit as names of columns write it, ``""`` where it is none of money."""
    currency = unit.rpartition("_")[2]
    return currency if currency in CURRENCIES and "per" not in unit.split("_") else ""


def base_of(quantity: str) -> str:
    """Return the quantity that one of :data:`ENDINGS` says something of, or the quantity itself."""
    ending = next((ending for ending in ENDINGS if quantity.endswith(ending)), "")
    return quantity.removesuffix(ending)


def named(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with the names its columns have in a file."""
    return table.rename(columns={label: label.name for label in table.columns if isinstance(label, Column)})
