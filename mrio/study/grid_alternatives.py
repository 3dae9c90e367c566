"""Accounts of alternative tables, one row per alternative, definition, resolution and region."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd
import xarray as xr

from mrio.study.grid_accounts import accounts_grid
from mrio.table.interregional import Table

QUANTITIES = ["production", "consumption", "outflow", "inflow", "net_transfer", "exports"]


def alternatives_grid(
    tables: Iterable[tuple[str, Table]],
    F: xr.DataArray,
    F_Y: xr.DataArray,
    *,
    methods: Sequence[str],
    resolutions: Sequence[str],
) -> pd.DataFrame:
    """Return the accounts of every named table, in long form (Mt); tables are taken one at a time."""
    parts = []
    for name, table in tables:
        made = accounts_grid(table, F, F_Y, methods=methods, resolutions=resolutions)
        keys = ["definition", "resolution", "region"]
        rows = made[QUANTITIES].to_dataframe(dim_order=keys).reset_index()[[*keys, *QUANTITIES]]
        parts.append(rows.assign(alternative=name))
    return pd.concat(parts, ignore_index=True)
