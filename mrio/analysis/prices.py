"""Constant prices: a table's rows divided by price indices, so that a change of prices is no change of technology."""

from __future__ import annotations

import numpy as np
import xarray as xr

from mrio.errors import LabelError
from mrio.table.interregional import Table

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
    arrays = {name: variable.values for name, variable in table.data.data_vars.items() if name != "value_added"}
    for name in _ROWS:
        arrays[name] = arrays[name] / P.reshape(P.shape + (1,) * (arrays[name].ndim - 2))
    attrs = {**table.data.attrs, "prices": f"constant, of {index.attrs['base_year']}"}
    own = {name: attrs.pop(name) for name in ("year", "unit", "scheme")}
    return Table.from_arrays(
        arrays.pop("Z"), arrays.pop("Y"), **arrays, **own, attrs=attrs,
        regions=table.regions, sectors=table.sectors, categories=table.categories,
    )  # fmt: skip
