"""Sinks of provinces' forests: carbon stored, and what a change of stock takes up.

Two factors, never one: carbon STORED uses the average of the standing stock, a SINK the margin of its change.

    stored_r = average x V_r               average = 44/12 x 91.86e8 t C / sum of stock = 1.97 t CO2/m3
    sink_r   = marginal x dV_r / dt        marginal = 1.6 t CO2/m3

A stock at one date is not a flow: without a second inventory or a stated growth rate there is no sink, and asking for
one is an error.  Sources: ninth national forest inventory (91.86e8 t C) and Bai Yanfeng et al. 2009 (1.6), both as
quoted by Bai, Guo & Lai 2022.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import xarray as xr

from mrio.errors import InputError, LabelError, UnitError
from mrio.units import conversion, require_unit

CO2_PER_C = 44.0 / 12.0
#: Carbon stored in all forests of the ninth national inventory (2014-2018), t C.
FOREST_CARBON = 91.86e8
#: t CO2 taken up by a further m3 of stock.
MARGINAL_FACTOR = 1.6
#: 10^4 m3 x 1 t/m3 in Mt.
_MT = conversion("10k m3", "m3") / conversion("Mt", "t")
#: Growth of a stock beyond this, a year, is taken for a percentage.
_MOST_GROWTH = 0.3


def average_factor(stock: xr.DataArray, carbon: float = FOREST_CARBON) -> float:
    """Return t CO2 per m3 of standing stock: 44/12 x carbon / sum of stock.

    Parameters
    ----------
    stock : DataArray (region)
        Forest stock, 10^4 m3, of the same area as `carbon`.  The 31 provinces of 2018 hold 170.58e8 m3, giving 1.9745;
        if the 91.86e8 t C also cover Hong Kong, Macao and Taiwan (175.60e8 m3 in all) the factor is 1.918.
    carbon : float
        Carbon stored, t C.
    """
    require_unit(stock, "10k m3", "forest stock")
    return CO2_PER_C * carbon / (float(stock.sum()) * conversion("10k m3", "m3"))


def stored_carbon(stock: xr.DataArray, factor: float) -> xr.DataArray:
    """Return CO2 stored in a forest stock by the average factor, Mt: factor x V (a stock, not a flow)."""
    require_unit(stock, "10k m3", "forest stock")
    return (stock * factor * _MT).assign_attrs(unit="Mt", year=stock.attrs["year"], long_name="CO2 stored in forests")


def sink_of_change(earlier: xr.DataArray, later: xr.DataArray, factor: float = MARGINAL_FACTOR) -> xr.DataArray:
    """Return the yearly sink between two inventories, Mt CO2 a year: factor (V2 - V1) / (t2 - t1).

    Negative where the stock shrank: such a forest is a source.

    Parameters
    ----------
    earlier, later : DataArray (region)
        Forest stock, 10^4 m3, with attributes ``unit`` and ``year``.
    factor : float
        Marginal t CO2 per m3.

    Raises
    ------
    InputError
        If the later inventory is not later: one stock is no flow.
    LabelError
        If the inventories do not cover the same provinces.
    """
    for stock in (earlier, later):
        require_unit(stock, "10k m3", "forest stock")
    years = later.attrs["year"] - earlier.attrs["year"]
    if years <= 0:
        found = f"inventories of {earlier.attrs['year']} and {later.attrs['year']}"
        raise InputError(found, "two dates, the second later", "a stock at one date is not a flow")
    _check_same_regions(earlier, later, f"the inventories of {earlier.attrs['year']} and {later.attrs['year']}")
    change = later - earlier.sel(region=later["region"])
    basis = f"change of stock {earlier.attrs['year']}-{later.attrs['year']}"
    return (factor * change / years * _MT).assign_attrs(unit="Mt", basis=basis)


def sink_of_growth(stock: xr.DataArray, rate: xr.DataArray | float, factor: float = MARGINAL_FACTOR) -> xr.DataArray:
    """Return the yearly sink of a stock that grows at a stated rate, Mt CO2 a year: factor g V.

    Parameters
    ----------
    stock : DataArray (region)
        10^4 m3.
    rate : DataArray (region) or float
        Growth of the stock a year, a fraction (0.02 for 2%), net of felling.

    Raises
    ------
    UnitError
        If a rate is beyond 0.3 a year: a percentage, most likely.
    """
    require_unit(stock, "10k m3", "forest stock")
    if isinstance(rate, xr.DataArray):
        _check_same_regions(rate, stock, "growth rates and forest stock")
        rate = rate.sel(region=stock["region"])
    largest = float(np.max(np.abs(rate)))
    if not largest <= _MOST_GROWTH:
        raise UnitError(f"growth rate of the forest stock is {largest:g} a year, expected a fraction such as 0.02.")
    return (factor * rate * stock * _MT).assign_attrs(unit="Mt", basis=f"growth rate on stock {stock.attrs['year']}")


def forest_sink(inventories: Sequence[xr.DataArray], rate: xr.DataArray | float | None = None) -> xr.DataArray:
    """Return the yearly sink of the forests: of the last two inventories, or of the last at a stated growth rate.

    Parameters
    ----------
    inventories : sequence of DataArray
        Forest stocks, earliest first.
    rate : DataArray or float, optional
        Used where there is one inventory only; with two, measurement comes before statement.

    Raises
    ------
    InputError
        With one inventory and no growth rate: a stock times the marginal factor is not a sink.
    """
    if len(inventories) >= 2:
        return sink_of_change(inventories[-2], inventories[-1])
    if rate is None:
        found = f"one forest inventory ({inventories[0].attrs['year']})" if inventories else "no forest inventory"
        todo = "add data/raw/regional/forest_stock_<year>.csv or set regional.forest_growth_rate"
        raise InputError(found, "two, or a growth rate: a stock times the marginal factor is not a sink", todo)
    return sink_of_growth(inventories[-1], rate)


def _check_same_regions(one: xr.DataArray, other: xr.DataArray, what: str) -> None:
    odd = sorted(set(one["region"].values) ^ set(other["region"].values))
    if odd:
        raise LabelError(f"{what} do not cover the same provinces: {', '.join(odd)} in one only.")
