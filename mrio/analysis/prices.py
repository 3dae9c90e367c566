"""Constant prices: a table's rows divided by price indices, so that a change of prices is no change of technology."""

from __future__ import annotations

import numpy as np
import xarray as xr

from mrio.errors import LabelError
from mrio.table.interregional import DIMS, Table

#: What a province makes, whoever uses it: divided by the maker's price.
_ROWS = ("Z", "Y", "exports", "residual", "excluded_out", "output")


def at_constant_prices(table: Table, index: xr.DataArray) -> Table:
    """Return the table at the prices of a base year, deflated row by row (double deflation).

    Z'[r,i,s,j] = Z[r,i,s,j] / P[r,i], likewise Y, exports, residual, excluded and output: everyone pays the maker's
    price.  Imports and inputs from excluded regions, whose prices are not known, stay as they are; value added is what
    then remains of output, so both identities hold.

    Parameters
    ----------
    table : Table
    index : DataArray (region, sector)
        P, prices over those of the base year; attribute ``base_year``.

    Raises
    ------
    LabelError
        If the index lacks a province or sector of the table, or an index is not above 0.
    """
    for dim, wanted in (("region", table.regions), ("sector", table.sectors)):
        absent = [label for label in wanted if label not in index[dim].values]
        if absent:
            raise LabelError(f"the price index has no {dim} {absent[0]!r}, which the table has; add it.")
    P = index.sel(region=table.regions, sector=table.sectors).transpose("region", "sector").values
    if not (P > 0).all():
        r, i = np.argwhere(~(P > 0))[0]
        raise LabelError(f"the price index of {table.regions[r]} {table.sectors[i]} is {P[r, i]:g}, expected above 0.")
    data = table.data.drop_vars("value_added")
    for name in _ROWS:
        data[name] = data[name].copy(data=data[name].values / P.reshape(P.shape + (1,) * (data[name].ndim - 2)))
    remains = data["output"].values - sum(data[name].values for name in ("imports", "excluded_in"))
    remains = remains - data["Z"].values.sum((0, 1))
    added = xr.DataArray(remains[None], {"component": ["total"]}, DIMS["value_added"], attrs=table.value_added.attrs)
    prices = f"constant, of {index.attrs['base_year']}"
    return Table(data.drop_dims("component").assign(value_added=added).assign_attrs(prices=prices))
