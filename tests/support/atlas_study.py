"""The committed study at six sectors, small enough to draw and to open in a browser in a second."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import xarray as xr

from mrio.formats.inputs.emission_files import read_emissions
from mrio.formats.inputs.socioeconomic import read_socioeconomic
from mrio.formats.netcdf import read_netcdf
from mrio.outputs.tables import compensation_table, read_tables, responsibility_table, transfers_table, write_table
from mrio.study.grid_accounts import accounts_grid
from mrio.study.grid_payment import compensation_grid, transfer_base
from mrio.study.grid_sharing import responsibility_grid

RAW = Path(__file__).resolve().parents[2] / "data" / "raw" / "2017"
PRICE, CURVE = 100, {"preset": "liao2022", "engel": "all"}


@dataclass(frozen=True)
class Study:
    accounts: xr.Dataset
    schemes: xr.Dataset
    money: xr.Dataset
    figures: xr.Dataset
    tables: dict[str, pd.DataFrame]


@cache
def study() -> Study:
    """Return the study of 2017 computed at six sectors; its tables were written as CSV and read back."""
    table = read_netcdf(RAW / "mrio_42.nc")
    emissions = read_emissions(RAW / "emissions_42.csv", regions=table.regions, scheme=table.scheme, year=2017)
    F = emissions["F"]
    grid = {"methods": ["eebt", "mrio", "gross"], "resolutions": ["six"]}
    accounts = accounts_grid(table, F, emissions["F_Y"], **grid)
    shared, schemes = responsibility_grid(table, F, **grid)
    figures = read_socioeconomic(RAW / "socioeconomic.csv", regions=table.regions, year=2017)
    money = compensation_grid(transfer_base(accounts, None, "net_transfer"), figures, price=PRICE, curve=CURVE)
    made = {
        "table1_transfers": transfers_table(accounts),
        "table2_responsibility": responsibility_table(shared),
        "table3_compensation": compensation_table(money),
    }
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{name}.csv" for name in made]
        for frame, path in zip(made.values(), paths, strict=True):
            write_table(frame, path)
        return Study(accounts, schemes, money, figures, read_tables(paths))


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
