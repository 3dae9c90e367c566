"""Intervals of a year's money: of Table 3 and of who pays whom, from drawn net transfers, figures and curves."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import xarray as xr

from mrio.analysis.drawn_money import Fund, drawn_amounts, drawn_payments
from mrio.analysis.sources import DrawNoise, Sources
from mrio.equations.payment import Curve
from mrio.study.grid_intervals import statistics, unpacked


def money_intervals(
    money: xr.Dataset, nets: xr.DataArray, drawn_nets: np.ndarray, figures: xr.Dataset, sources: Sources,
    draws: Sequence[DrawNoise],
) -> tuple[xr.Dataset, np.ndarray]:  # fmt: skip
    """Return the statistics of Table 3, names as ``amount_p05``, and the drawn balanced funds.

    Parameters
    ----------
    money : Dataset
        Of :func:`mrio.study.grid_payment.compensation_grid`.
    nets : DataArray (resolution, definition, region)
        What is compensated, Mt.
    drawn_nets : array (draws, resolution, definition, region)
        Differences of draws to it.
    figures : Dataset
        Socioeconomic figures.
    sources : Sources
    draws : sequence of DrawNoise
        Those of `drawn_nets`, in their order.
    """
    regions = money["region"].values.tolist()
    first = money.isel(resolution=0, definition=0, drop=True)
    order = ("resolution", "definition", "region")
    found = drawn_amounts(nets.transpose(*order).values + drawn_nets, fund_of(money), sources, draws)
    points = {name: first[name] for name in ("gdp_per_capita", "engel", "coefficient")}
    points |= {name: money[name].transpose(*order) for name in ("amount", "balanced")}
    differences = {name: found[name] - point.values for name, point in points.items()}
    for name, by in (("gdp_share", "gdp"), ("per_head", "population")):
        if name in money:
            points[name] = money[name].transpose(*order)
            size = 1.0 if name == "gdp_share" else 1e4
            differences[name] = size * differences["amount"] / figures[by].sel(region=regions).values
    return statistics(points, differences), found["balanced"]


def fund_of(money: xr.Dataset) -> Fund:
    """Return what the payments of a compensation hang on beside the net transfer."""
    first = money.isel(resolution=0, definition=0, drop=True)
    a, b, G = (float(money.attrs[name]) for name in ("a", "b", "G"))
    curve = Curve(a=a, b=b, G=G, pearl=bool(money.attrs["pearl"]))
    return Fund(first["gdp_per_capita"].values, first["engel"].values, curve, float(money.attrs["price"]))


def payment_intervals(
    payments: xr.Dataset, accounts: xr.Dataset, balanced: np.ndarray, differences: np.ndarray
) -> xr.Dataset:
    """Return the statistics of who pays whom, ``paid_p05`` ...

    Parameters
    ----------
    payments : Dataset
        Of :func:`mrio.study.grid_payment.payments_grid`.
    accounts : Dataset
    balanced : array (draws, resolution, definition, region)
        Drawn balanced funds, of the definitions of `payments`.
    differences : array (draws, all results)
    """
    order = ("resolution", "definition", "region", "to_region")
    names = payments["definition"].values.tolist()
    at = [accounts["definition"].values.tolist().index(name) for name in names]
    flows = accounts["flows"].transpose(*order).values + unpacked(accounts, differences)["flows"]
    point = payments["paid"].transpose(*order)
    drawn = np.empty((len(differences), *point.shape))
    for k in range(point.shape[0]):
        for j in range(point.shape[1]):
            drawn[:, k, j] = drawn_payments(balanced[:, k, j], flows[:, k, at[j]])
    return statistics({"paid": point}, {"paid": drawn - point.values})


def drawn_bases(accounts: xr.Dataset, shared: xr.Dataset | None, differences: np.ndarray, base: str) -> np.ndarray:
    """Return the differences of what is compensated, (draws, resolution, definition, region)."""
    drawn = unpacked(accounts, differences)
    if base == "net_transfer" or shared is None:
        return drawn["net_transfer"]
    return drawn["shared"] - drawn["production"][:, None, None, :]
