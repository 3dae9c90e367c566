"""Net transfers in all three scopes: the study's words leave open what of foreign trade they count."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import cast

import pandas as pd
import xarray as xr

from mrio.equations.flows import Method, accounts
from mrio.equations.scopes import SCOPES, net_transfer
from mrio.formats.netcdf import read_netcdf
from mrio.review.results import Results
from mrio.study.grid import at_resolution
from mrio.table.interregional import Table


def scoped_transfers(table: Table, F: xr.DataArray, definition: Method, resolution: str) -> xr.DataArray:
    """Return net transfers (scope, region), Mt, of one definition at one resolution.

    Imports are given the intensity of the importing province, whatever the study is configured to; a table that does
    not know them by product has no scope with imports.
    """
    of_table, of_F = at_resolution(table, F, resolution)
    known = "imports_by_product" in of_table.data
    result = accounts(of_table, of_F, method=definition, imports="province" if known else "excluded")
    scopes = [scope for scope in SCOPES if known or "imports" not in scope]
    made = xr.concat([net_transfer(result, scope) for scope in scopes], pd.Index(scopes, name="scope"))
    return made.assign_coords(definition=definition, resolution=resolution)


def scopes_of(table: str | PathLike, made: Results) -> xr.DataArray:
    """Return :func:`scoped_transfers` of a folder of results, under its first definition at its first resolution."""
    first = made.accounts.isel(definition=0, resolution=0)
    definition, resolution = str(first["definition"].item()), str(first["resolution"].item())
    return scoped_transfers(read_netcdf(Path(table)), made.emissions["F"], cast(Method, definition), resolution)
