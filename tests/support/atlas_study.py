"""The committed study at six sectors, small enough to draw and to open in a browser in a second."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pandas as pd
import xarray as xr

from mrio.formats.inputs.emission_files import read_emissions
from mrio.formats.inputs.socioeconomic import read_socioeconomic
from mrio.formats.netcdf import read_netcdf
from mrio.outputs.tables import tables_of
from mrio.study.grid_model import Choices, Model, model_grid
from mrio.study.grid_payment import compensation_grid, payments_grid, transfer_base
from mrio.study.grid_stressors import beside_others

RAW = Path(__file__).resolve().parents[2] / "data" / "raw" / "2017"
PRICE, CURVE = 100, {"preset": "liao2022", "engel": "all"}


@dataclass(frozen=True)
class Study:
    accounts: xr.Dataset
    schemes: xr.Dataset
    money: xr.Dataset
    figures: xr.Dataset
    tables: dict[str, pd.DataFrame]
    model: Model


@cache
def study() -> Study:
    """Return the study of 2017 computed at six sectors."""
    table = read_netcdf(RAW / "mrio_42.nc")
    emissions = read_emissions(RAW / "emissions_42.csv", regions=table.regions, scheme=table.scheme, year=2017)
    made = model_grid(table, emissions["F"], emissions["F_Y"], Choices(["eebt", "mrio", "gross"], ["six"]))
    figures = read_socioeconomic(RAW / "socioeconomic.csv", regions=table.regions, year=2017)
    money = compensation_grid(transfer_base(made.accounts, None, "net_transfer"), figures, price=PRICE, curve=CURVE)
    money = money.merge(payments_grid(money, made.accounts)["paid"])
    results = {"accounts": made.accounts, "responsibility": made.shared, "compensation": money}
    return Study(made.accounts, made.schemes, money, figures, tables_of(results), made)


def regions() -> list[str]:
    """Return the names of the study's provinces in the order the page has them."""
    return study().accounts["region"].values.tolist()


#: A name that would run as a script where a page did not escape it.
HOSTILE = "</script><img src=x onerror=alert(1)><b>x</b>"


def renamed(made, old, new):
    """Return accounts and tables in which a region has another name."""
    names = [new if r == old else r for r in made.accounts["region"].values.tolist()]
    accounts = made.accounts.assign_coords(region=names, to_region=names)
    return accounts, {key: table.replace(old, new) for key, table in made.tables.items()}


def with_intervals(made: Study) -> Study:
    """Return the study with made-up intervals: net and 40 Mt to either side, amount and a fifth of it and 5 more;
    half to double of a flow, .8 to 1.5 of a payment.
    """
    net, amount = made.accounts["net_transfer"], made.money["amount"]
    chance = ((net + 40) / 80).clip(0, 1)
    flows, paid = made.accounts["flows"], made.money["paid"]
    accounts = made.accounts.assign(flows_p05=0.5 * flows, flows_p95=2 * flows, net_transfer_p05=net - 40,
                                    net_transfer_p95=net + 40, net_transfer_sd=0 * net + 24,
                                    net_transfer_p_pays=chance)  # fmt: skip
    wide = 0.2 * abs(amount) + 5
    money = made.money.assign(paid_p05=0.8 * paid, paid_p95=1.5 * paid, amount_p05=amount - wide,
                              amount_p95=amount + wide, amount_sd=wide / 1.6, amount_p_pays=chance)  # fmt: skip
    money["amount"].attrs, accounts.attrs = amount.attrs, made.accounts.attrs
    results = {"accounts": accounts, "responsibility": made.model.shared, "compensation": money}
    return replace(made, accounts=accounts, money=money, tables=tables_of(results))


def earlier(made: Study) -> Study:
    """Return the study as it would be of 2012 with nine tenths of every tonne."""
    accounts = (0.9 * made.accounts).assign_attrs(made.accounts.attrs | {"year": 2012})
    results = {"accounts": accounts, "responsibility": made.model.shared, "compensation": made.money}
    return replace(made, accounts=accounts, tables=tables_of(results))


def with_stressor(made: Study) -> dict[str, pd.DataFrame]:
    """Return the tables with SO2 beside CO2: a thousandth of its tonnes, in kt."""
    joined = {}
    for stem, data in {"accounts": made.accounts, "responsibility": made.model.shared}.items():
        others = data.expand_dims(stressor=["SO2"]).assign_coords(unit=("stressor", ["kt"]))
        joined[stem] = beside_others(data, others, ["CO2", "SO2"])
    return tables_of(joined | {"compensation": made.money})
