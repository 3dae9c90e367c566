"""The committed study at six sectors, small enough to draw and to open in a browser in a second."""

from __future__ import annotations

from dataclasses import dataclass
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
