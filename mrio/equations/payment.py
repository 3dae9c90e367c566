"""Compensation between provinces by a growth curve (METHOD eqs 7-9).

Sign: a province that RECEIVES has a positive amount, one that PAYS a negative one (as the study's Table 3 prints).
Unit: 10^8 yuan (1 Mt at 100 yuan/t); of figures in another currency, price and amounts are in that one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, get_args

import numpy as np
import xarray as xr

from mrio.choosable import Preset
from mrio.currencies import CURRENCIES
from mrio.equations.alignment import by_region, refuse_other_years, units_of
from mrio.equations.fund import balanced_fund, payments_between
from mrio.errors import BalanceError, ConfigError, LabelError, UnitError, did_you_mean
from mrio.table.plausibility.price_and_income import ENGEL, warn_of_sizes
from mrio.units import YUAN_PER_TONNE, currency_of, in_currency_of, is_money


@dataclass(frozen=True, kw_only=True)
class Curve:
    """A growth curve rho = K / (1 + a exp(-b t)), K = per-capita GDP / G (yuan per head).

    ``pearl``: K = 1 and t = 1/Engel - 3 instead of the Engel coefficient itself.

    Raises
    ------
    ConfigError
        If a or b is not a number of at least 0, or G not one above 0.
    """

    a: float
    b: float
    G: float
    pearl: bool = False

    def __post_init__(self) -> None:
        for name, expected in (("a", "of at least 0"), ("b", "of at least 0"), ("G", "above 0")):
            value = getattr(self, name)
            number = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < np.inf
            if not number or (name, value) == ("G", 0):
                raise ConfigError(f"curve.{name} is {value!r}, expected a number {expected}.")

    def at(self, gdp_per_capita: Any, engel: Any) -> Any:
        """Return rho of figures that are numbers, arrays or DataArrays alike."""
        t = 1.0 / engel - 3.0 if self.pearl else engel
        K = 1.0 if self.pearl else gdp_per_capita / self.G
        return K / (1.0 + self.a * np.exp(-self.b * t))


#: Presets of METHOD eq 9.  b and G of the study are not separately identified; both readings fit four printed amounts
#: only if the amount printed against Guangdong is Fujian's, and four numbers prove nothing.
CURVES: dict[str, Curve] = {
    "liao2022-b": Curve(a=1.0, b=0.574, G=59660.0),
    "liao2022-G": Curve(a=1.0, b=1.0, G=63000.0),
    "logistic": Curve(a=1.0, b=1.0, G=59660.0),
    "pearl": Curve(a=1.0, b=1.0, G=59660.0, pearl=True),
}
ALIASES = {"liao2022": "liao2022-b"}


def curve_named(curve: str | Curve | Mapping[str, Any]) -> Curve:
    """Return a preset, a Curve given as such, or a mapping's preset with its other parameters (a, b, G)."""
    if isinstance(curve, Curve):
        return curve
    if not isinstance(curve, str | Mapping):
        raise ConfigError(f"curve is {curve!r}, expected the name of a preset, its parameters, or a Curve.")
    name, changes = (curve, {}) if isinstance(curve, str) else (curve.get("preset", "liao2022"), dict(curve))
    changes.pop("preset", None)
    odd = next((key for key in changes if key not in ("a", "b", "G")), None)
    if odd is not None:
        raise ConfigError(f"the key 'curve.{odd}' is unknown{did_you_mean(odd, ['a', 'b', 'G'])}; known: a, b, G.")
    if name not in get_args(Preset):
        known = get_args(Preset)
        raise ConfigError(f"curve {name!r} is unknown{did_you_mean(name, known)}; known: {', '.join(known)}.")
    return replace(CURVES[ALIASES.get(name, name)], **changes)


def coefficient(gdp_per_capita: xr.DataArray, engel: xr.DataArray, curve: str | Curve | Mapping) -> xr.DataArray:
    """Return rho_r = K_r / (1 + a exp(-b t_r)), a pure number.

    Parameters
    ----------
    gdp_per_capita : DataArray (region)
        Yuan per head.
    engel : DataArray (region)
        Food, tobacco and liquor share of household consumption, 0 to 1.

    Raises
    ------
    BalanceError
        If an Engel coefficient is not between 0 and 1 (a percentage, perhaps), or a GDP is not positive.
    """
    curve = curve_named(curve)
    for region, share in zip(engel["region"].values, engel.values, strict=True):
        if not 0.0 < share < 1.0:
            raise BalanceError(f"Engel coefficient of {region} is {share}, expected a share between 0 and 1 (0.293).")
    for region, value in zip(gdp_per_capita["region"].values, gdp_per_capita.values, strict=True):
        if not value > 0.0 or not np.isfinite(value):
            raise BalanceError(f"per-capita GDP of {region} is {value}, expected yuan per head above 0.")
    return curve.at(gdp_per_capita, engel).assign_attrs(unit="1")


def compensation(
    net_transfer: xr.DataArray, gdp_per_capita: xr.DataArray, engel: xr.DataArray,
    price: float = 100.0, curve: str | Curve | Mapping = "liao2022",
) -> xr.Dataset:  # fmt: skip
    """Return what each province pays or receives: S^r = p |NT^r| rho_r, receives +, pays -.

    Parameters
    ----------
    net_transfer : DataArray (region)
        Emissions embodied in what it draws from other provinces less in what it sends them, Mt; > 0 pays.
    gdp_per_capita, engel : DataArray (region)
        Yuan per head, or another currency its attribute ``unit`` names; share of food in consumption.
    price : float
        Yuan, or units of that currency, per tonne of CO2.
    curve : str, Curve or mapping
        A preset of :data:`CURVES`, or its parameters.

    Returns
    -------
    Dataset
        What was given, ``coefficient``, ``amount`` (10^8) and ``balanced``: receipts scaled so that the fund pays out
        what it takes in.  Scalars ``payments``, ``receipts``, ``fund`` (what the fund keeps; negative: lacks).

    Raises
    ------
    LabelError
        If a province lacks GDP or Engel coefficient, the net transfer has other dimensions, or years stated differ.
    BalanceError, UnitError
        If the net transfer is not in Mt, or not a number; if GDP states another unit than a whole currency.

    Examples
    --------
    >>> import mrio
    >>> of_region = {"dims": "region", "coords": {"region": ["A", "B"]}}
    >>> nets = xr.DataArray([5.0, -5.0], **of_region, attrs={"unit": "Mt"})
    >>> gdp, engel = xr.DataArray([90e3, 45e3], **of_region), xr.DataArray([0.25, 0.3], **of_region)
    >>> mrio.compensation(nets, gdp, engel)["amount"].values.round(2)
    array([-4.04,  2.05])
    """
    _refuse_unpriced(net_transfer, price)
    used = curve_named(curve)
    gdp_per_capita = by_region(gdp_per_capita, net_transfer, "per-capita GDP")
    engel = by_region(engel, net_transfer, "Engel coefficient")
    refuse_other_years({"net transfer": net_transfer, "per-capita GDP": gdp_per_capita, "Engel coefficient": engel})
    rho = coefficient(gdp_per_capita, engel, used)
    warn_of_sizes(net_transfer, price, gdp_per_capita, engel, None if used.pearl else (used.G, used.at(used.G, ENGEL)))
    given = {"net_transfer": net_transfer, "gdp_per_capita": gdp_per_capita, "engel": engel, "coefficient": rho}
    fund = _fund(-net_transfer * price * YUAN_PER_TONNE * rho, _unit_of_amounts(gdp_per_capita))
    marks = {name: net_transfer.attrs[name] for name in ("not_separable",) if name in net_transfer.attrs}
    return xr.Dataset({**given, **fund.data_vars}, attrs={**marks, "price": price, **_parameters(used), **fund.attrs})


def _refuse_unpriced(net_transfer: xr.DataArray, price: float) -> None:
    if not isinstance(net_transfer, xr.DataArray):
        raise LabelError(f"net transfer is a {type(net_transfer).__name__}, expected a DataArray (region) in Mt.")
    if net_transfer.dims != ("region",):
        raise LabelError(
            f"net transfer has dimensions {net_transfer.dims}, expected ('region',): choose one of the others with "
            ".sel(...), such as the stressor that has the price."
        )
    if "region" not in net_transfer.coords:
        raise LabelError(
            "net transfer has no names of its regions, expected a DataArray with coords={'region': [...]}."
        )
    if isinstance(price, bool) or not isinstance(price, int | float | np.number) or not 0 <= price < np.inf:
        raise ConfigError(f"price is {price!r}, expected a number of yuan per tonne, at least 0.")
    unit = units_of(net_transfer)[0]
    if unit != "Mt":
        raise BalanceError(f"net transfer has unit {unit!r}, expected 'Mt'.")
    for region, value in zip(net_transfer["region"].values, net_transfer.values, strict=True):
        if not np.isfinite(value):
            raise BalanceError(f"net transfer of {region} is {value}, expected Mt.")


def _unit_of_amounts(gdp_per_capita: xr.DataArray) -> str:
    """Return 10^8 of the currency GDP per head is in, yuan where it states no unit (or "1"); refuse another size."""
    unit = str(gdp_per_capita.attrs.get("unit", "1"))
    if unit == "1":
        return "100M CNY"
    if unit not in CURRENCIES:
        expected = f"whole units of a currency, e.g. {currency_of(unit) if is_money(unit) else 'CNY'!r}"
        raise UnitError(f"per-capita GDP has unit {unit!r}, expected {expected}; convert it and state the unit.")
    return in_currency_of(unit, "100M CNY")


def _fund(amount: xr.DataArray, unit: str) -> xr.Dataset:
    """Return the amounts (in `unit`), the balanced ones, and what the fund takes in, pays out and keeps."""
    money = {"unit": unit}
    payments, receipts = -amount.where(amount < 0, 0.0).sum(), amount.where(amount > 0, 0.0).sum()
    scale = float(payments / receipts) if float(receipts) > 0 else 0.0
    variables = {
        "amount": amount,
        "balanced": amount.copy(data=balanced_fund(amount.values)),
        "payments": payments,
        "receipts": receipts,
        "fund": payments - receipts,
    }
    return xr.Dataset({name: v.assign_attrs(money) for name, v in variables.items()}, attrs={"receipts_scale": scale})


def _parameters(curve: Curve) -> dict[str, float]:
    return {"a": curve.a, "b": curve.b, "G": curve.G, "pearl": int(curve.pearl)}


def who_pays_whom(money: xr.Dataset, flows: xr.DataArray) -> xr.DataArray:
    """Return the payments of the balanced fund from province to province.

    Seeded with the positive bilateral nets N[r,s] = E[s,r] - E[r,s] of payers r and receivers s, scaled (RAS) to
    payments and scaled receipts.  Where the nets leave a payer or receiver without a partner, the seed is what the
    payer draws, E[s,r], and the attribute ``seed`` says so.

    Parameters
    ----------
    money : Dataset
        From :func:`compensation`.
    flows : DataArray (region, to_region)
        The embodied flows behind its net transfer.

    Returns
    -------
    DataArray (region, to_region)
        What `region` receives from `to_region`, 10^8 yuan; antisymmetric, and each row sums to ``balanced``.

    Raises
    ------
    EstimationError
        If no payments between payers and receivers meet the totals.
    """
    regions = money["region"].values.tolist()
    E = flows.transpose("region", "to_region").sel(region=regions, to_region=regions).values
    received, seed = payments_between(money["balanced"].values, E, regions)
    coords = {"region": regions, "to_region": regions}
    return xr.DataArray(
        received,
        coords,
        ("region", "to_region"),
        attrs={"unit": money["balanced"].attrs.get("unit", "100M CNY"), "seed": seed},
    )
