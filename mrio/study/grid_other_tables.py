"""Accounts of other tables beside the study's, in long form."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import xarray as xr

from mrio.study.grid_alternatives import QUANTITIES
from mrio.study.grid_model import Choices, model_grid
from mrio.table.interregional import Table


def alternatives_grid(
    tables: Iterable[tuple[str, Table]], F: xr.DataArray, F_Y: xr.DataArray, choices: Choices
) -> pd.DataFrame:
    """Return the accounts of every named table, in long form (Mt); tables are taken one at a time."""
    parts = []
    for name, table in tables:
        made = model_grid(table, F, F_Y, choices).accounts
        keys = ["definition", "resolution", "region"]
        rows = made[QUANTITIES].to_dataframe(dim_order=keys).reset_index()[[*keys, *QUANTITIES]]
        parts.append(rows.assign(alternative=name))
    return pd.concat(parts, ignore_index=True)
