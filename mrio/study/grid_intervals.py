"""Intervals of a year's results: of accounts, shares and flows from their draws, of money from those and its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import xarray as xr

from mrio.analysis.drawn_money import Fund, drawn_amounts, drawn_payments
from mrio.analysis.intervals import interval, positive, rank_interval
from mrio.analysis.results_vector import BY_PROVINCE, Asked, Results
from mrio.analysis.sources import DrawNoise, Sources
from mrio.equations.payment import Curve

#: Results of which a rank is of interest.
RANKED = ("production", "consumption", "net_transfer", "shared", "amount")
#: Results whose sign says who pays -> the sign of who does.
PAYERS = {"net_transfer": 1.0, "amount": -1.0}


def account_intervals(accounts: xr.Dataset, differences: np.ndarray) -> xr.Dataset:
    """Return the statistics of every account of Table 1 and of the flows, names as ``net_transfer_p05``."""
    drawn = unpacked(accounts, differences)
    first = accounts.isel(resolution=0, definition=0, drop=True)
    points = {name: first[name] for name in ("production", "household")}
    points |= {name: accounts[name].transpose("resolution", "definition", "region") for name in BY_PROVINCE}
    points["flows"] = accounts["flows"].transpose("resolution", "definition", "region", "to_region")
    return _statistics(points, drawn)


def share_intervals(accounts: xr.Dataset, shared: xr.Dataset, differences: np.ndarray) -> xr.Dataset:
    """Return the statistics of every share of Table 2, names as ``alpha_region_p05``."""
    drawn = unpacked(accounts, differences)
    at = shared.isel(definition=0, drop=True)
    points = {"alpha_region": at["alpha_region"], "outflow_value_added": at["outflow_value_added"]}
    points = {name: point.transpose("resolution", "region") for name, point in points.items()}
    points["outflow"] = at["outflow"].transpose("resolution", "region")
    points |= {name: shared[name].transpose("resolution", "definition", "region") for name in ("share", "shared")}
    return _statistics(points, drawn | {"outflow": drawn["outflow_value"]})


def unpacked(accounts: xr.Dataset, differences: np.ndarray) -> dict[str, np.ndarray]:
    """Return the differences of draws by result, as :class:`mrio.analysis.results_vector.Results` names them."""
    asked = Asked(accounts["definition"].values.tolist(), accounts["resolution"].values.tolist())
    return Results(asked, accounts.sizes["region"]).unpacked(differences)


def _statistics(points: Mapping[str, xr.DataArray], drawn: Mapping[str, np.ndarray]) -> xr.Dataset:
    found: dict[str, xr.DataArray] = {}
    for name, point in points.items():
        of = interval(point, drawn[name])
        if name in RANKED:
            of = of.merge(rank_interval(point, drawn[name]))
        if name in PAYERS:
            of = of.assign(p_pays=positive(PAYERS[name] * point, PAYERS[name] * drawn[name]))
        found |= {f"{name}_{statistic}": values for statistic, values in of.data_vars.items()}
    return xr.Dataset(found)


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
    return _statistics(points, differences), found["balanced"]


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
    return _statistics({"paid": point}, {"paid": drawn - point.values})


def drawn_bases(accounts: xr.Dataset, shared: xr.Dataset | None, differences: np.ndarray, base: str) -> np.ndarray:
    """Return the differences of what is compensated, (draws, resolution, definition, region)."""
    drawn = unpacked(accounts, differences)
    if base == "net_transfer" or shared is None:
        return drawn["net_transfer"]
    return drawn["shared"] - drawn["production"][:, None, None, :]
