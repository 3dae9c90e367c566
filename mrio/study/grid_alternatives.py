"""Tables 1 and 3 of alternative tables beside those of the study."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import xarray as xr

from mrio.errors import LabelError
from mrio.study.grid_payment import compensation_grid

#: Accounts that are held beside each other, Mt.
QUANTITIES = ["production", "consumption", "outflow", "inflow", "net_transfer", "exports"]


def alternatives_table(
    alternatives: pd.DataFrame, accounts: xr.Dataset, figures: xr.Dataset | None, price: float, curve: Mapping
) -> pd.DataFrame:
    """Return Tables 1 and 3 of every alternative beside those of the study, in long form.

    Parameters
    ----------
    alternatives : DataFrame
        Of :func:`mrio.study.grid_other_tables.alternatives_grid`.
    accounts : Dataset
        Of the study, (resolution, definition, region); alternatives of other definitions or resolutions are left out,
        and those of the study that an alternative was not computed for.
    figures : Dataset or None
        Socioeconomic figures; without them there are no amounts.
    price : float
    curve : mapping

    Returns
    -------
    DataFrame
        alternative, definition, resolution, province, the quantities (Mt), ``net_transfer_change`` against the study
        and, with `figures`, ``amount`` and ``amount_change`` (10^8 yuan).
    """
    keys = ["definition", "resolution", "region"]
    study = accounts[QUANTITIES].to_dataframe(dim_order=keys)[QUANTITIES]
    parts = []
    for name, rows in [("as used", study.reset_index()), *alternatives.groupby("alternative", sort=False)]:
        values = rows.set_index(keys)[QUANTITIES]
        beside = study[study.index.droplevel("region").isin(values.index.droplevel("region"))]
        if lacking := beside.index.difference(values.index).tolist():
            raise LabelError(f"alternative {name!r} has no {lacking[0]}, expected every province of the study.")
        if beside.empty:
            continue
        values = values.loc[beside.index]
        change = {"net_transfer_change": values["net_transfer"] - beside["net_transfer"]}
        if figures is not None:
            amounts = [_amounts(one, accounts, figures, price, curve) for one in (values, beside)]
            change |= {"amount": amounts[0], "amount_change": amounts[0] - amounts[1]}
        parts.append(values.assign(**change).reset_index().assign(alternative=name))
    table = pd.concat(parts, ignore_index=True).rename(columns={"region": "province"})
    return table[["alternative", "definition", "resolution", "province", *QUANTITIES, *change]]


def _amounts(
    values: pd.DataFrame, accounts: xr.Dataset, figures: xr.Dataset, price: float, curve: Mapping
) -> pd.Series:
    """Return the compensation of net transfers, 10^8 yuan."""
    like = accounts["net_transfer"]
    nets = values["net_transfer"].to_xarray()
    there = {dim: [label for label in like[dim].values if label in nets[dim]] for dim in like.dims}
    nets = nets.reindex(there).transpose(*like.dims).assign_attrs(unit="Mt")
    made = compensation_grid(nets, figures, price=price, curve=curve)["amount"]
    return made.to_series().reorder_levels(values.index.names).reindex(values.index)
