"""Compensation of every definition and resolution."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import xarray as xr

from mrio.equations.payment import CURVES, compensation, who_pays_whom
from mrio.errors import ConfigError
from mrio.study.grid import stacked
from mrio.units import currency_of

#: Which Engel coefficient the curve takes, by its name in the configuration.
ENGEL = {"all": "engel", "urban": "engel_urban"}


@dataclass(frozen=True)
class Terms:
    """On what terms is compensated.

    Attributes
    ----------
    price : float
        Yuan per tonne.
    curve : mapping
        ``preset``, optionally ``a``, ``b``, ``G`` and ``engel``.
    base : {"net_transfer", "shared"}
        What is compensated, see :func:`transfer_base`.
    """

    price: float
    curve: Mapping
    base: str = "net_transfer"


def transfer_base(accounts_made: xr.Dataset, shared: xr.Dataset | None, base: str) -> xr.DataArray:
    """Return what is compensated: the net transfer, or what a province answers for beyond what it emits.

    ``shared`` is SR - P: a province that answers for more than it emits pays.  Definitions that cannot be shared drop
    out.
    """
    marks = {key: value for key, value in accounts_made.attrs.items() if key == "not_separable"}
    if base == "net_transfer" or shared is None:
        return accounts_made["net_transfer"].assign_attrs(marks)
    names = shared["definition"].values.tolist()
    beyond = shared["shared"] - accounts_made["production"].sel(definition=names)
    about = {"long_name": "responsibility beyond own production (SR - P): > 0 pays"}
    return beyond.assign_attrs(accounts_made["net_transfer"].attrs | marks | about)


def engel_of(figures: xr.Dataset, curve: Mapping) -> xr.DataArray:
    """Return the Engel coefficients a curve asks for (key ``engel``: all or urban households)."""
    which = ENGEL[curve.get("engel", "all")]
    if which not in figures:
        raise ConfigError(f"curve.engel asks for {which!r}, which socioeconomic.csv does not have; add its rows.")
    return figures[which]


def compensation_grid(nets: xr.DataArray, figures: xr.Dataset, *, price: float, curve: Mapping) -> xr.Dataset:
    """Return the compensation of every definition and resolution of `nets`.

    Parameters
    ----------
    nets : DataArray (resolution, definition, region)
    figures : Dataset
        Socioeconomic figures; with ``gdp`` and ``population``, ``gdp_share`` and ``per_head`` are added.
    price : float
    curve : mapping
        ``preset``, optionally ``a``, ``b``, ``G`` and ``engel``.
    """
    parameters = {key: value for key, value in curve.items() if key != "engel"}
    engel = engel_of(figures, curve)

    def one(of: xr.DataArray) -> xr.Dataset:
        return compensation(of.assign_attrs(nets.attrs), figures["gdp_per_capita"], engel, price, parameters)

    return _with_burden(_each(nets, one), figures)


def presets_grid(nets: xr.DataArray, figures: xr.Dataset, *, price: float, curve: Mapping) -> dict[str, xr.Dataset]:
    """Return :func:`compensation_grid` under every preset of the growth curve."""
    which = {key: curve[key] for key in ("engel",) if key in curve}
    return {name: compensation_grid(nets, figures, price=price, curve={"preset": name, **which}) for name in CURVES}


def payments_grid(money: xr.Dataset, accounts_made: xr.Dataset) -> xr.Dataset:
    """Return who pays whom in the balanced fund (``paid``) and its ``seed``, of every definition and resolution."""
    by_resolution = []
    for resolution in money["resolution"].values.tolist():
        made = []
        for definition in money["definition"].values.tolist():
            at = {"resolution": resolution, "definition": definition}
            flows = accounts_made["flows"].sel(at, drop=True)
            paid = who_pays_whom(money.sel(at, drop=True), flows)
            made.append(xr.Dataset({"paid": paid, "seed": paid.attrs["seed"]}))
        by_resolution.append(stacked(made, "definition", money["definition"].values.tolist()))
    return stacked(by_resolution, "resolution", money["resolution"].values.tolist())


def _each(nets: xr.DataArray, one: Callable[[xr.DataArray], xr.Dataset]) -> xr.Dataset:
    by_resolution = []
    for resolution in nets["resolution"].values.tolist():
        definitions = nets["definition"].values.tolist()
        made = [one(nets.sel(resolution=resolution, definition=name, drop=True)) for name in definitions]
        by_resolution.append(stacked(made, "definition", definitions))
    return stacked(by_resolution, "resolution", nets["resolution"].values.tolist())


def _with_burden(money: xr.Dataset, figures: xr.Dataset) -> xr.Dataset:
    """Add the amount as a share of GDP and per head, where GDP and population are known."""
    regions = money["region"].values.tolist()
    if "gdp" in figures:
        share = money["amount"] / figures["gdp"].sel(region=regions)
        money = money.assign(gdp_share=share.assign_attrs(unit="1"))
    if "population" in figures:
        # 10^8 yuan over 10^4 persons is 10^4 yuan a head
        per_head = 1e4 * money["amount"] / figures["population"].sel(region=regions)
        money = money.assign(per_head=per_head.assign_attrs(unit=currency_of(money["amount"].attrs["unit"])))
    return money
