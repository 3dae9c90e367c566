"""Our results as the quantities that published values are held beside, in every definition, resolution and preset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import xarray as xr

from mrio.study.grid_payment import Terms, compensation_grid, presets_grid, transfer_base
from mrio.units import conversion

#: Dimensions in which our values come several times.
VARIANTS = ("definition", "resolution", "preset")
#: What does not depend on definition or resolution is taken from the first of each.
ONCE = {"definition": 0, "resolution": 0}


@dataclass(frozen=True)
class Ours:
    """Our results of one year.

    Attributes
    ----------
    accounts : Dataset
        Dimensions (definition, resolution, region ...), Mt.
    provincial : mapping
        Item -> DataArray (region) and any of :data:`VARIANTS`, in the unit of the published item.
    price : float
        Yuan per tonne.
    process : float or None
        Process emissions of all provinces, Mt, where the inventory tells them apart.
    estimated : bool
        Whether the flows between provinces are estimates.
    scopes : DataArray (scope, region), optional
        Net transfers in every scope (:func:`mrio.review.comparison.scoped.scoped_transfers`).
    """

    accounts: xr.Dataset
    provincial: Mapping[str, xr.DataArray]
    price: float
    process: float | None
    estimated: bool
    scopes: xr.DataArray | None = None

    @property
    def year(self) -> str:
        return str(int(self.accounts.attrs["year"]))

    @property
    def regions(self) -> list[str]:
        return self.accounts["region"].values.tolist()


def our_results(
    accounts: xr.Dataset,
    shared: xr.Dataset,
    emissions: xr.Dataset | None,
    figures: xr.Dataset | None,
    terms: Terms,
    estimated: bool = True,
) -> Ours:
    """Gather results into the quantities that published values are held beside.

    Parameters
    ----------
    accounts, shared : Dataset
        As the pipeline stacks them, (resolution, definition, ...).
    emissions : Dataset, optional
        With ``F_by_fuel``; its fuel ``process`` is compared with national process emissions.
    figures : Dataset, optional
        Socioeconomic figures; without them no amount and no coefficient is compared.
    terms : Terms
        As configured.  Amounts are taken under every preset, and under the configured curve where it changes a
        parameter of its preset.
    estimated : bool
        Whether the table's flows between provinces are estimates.
    """
    to_100M = conversion(shared["outflow"].attrs["unit"], "100M CNY")
    provincial = {
        "production": accounts["production"].isel(ONCE, drop=True),
        "consumption": accounts["consumption"],
        "transferred_out": accounts["inflow"],
        "transferred_in": accounts["outflow"],
        "net_transfer": accounts["net_transfer"],
        "share": shared["share"],
        "shared": shared["shared"],
        "alpha": shared["alpha_region"].isel(definition=0, drop=True),
        "outflow_value_added": shared["outflow_value_added"].isel(definition=0, drop=True) * to_100M,
        "outflow_value": shared["outflow"].isel(definition=0, drop=True) * to_100M,
    }
    if figures is not None:
        nets = transfer_base(accounts, shared, terms.base)
        provincial |= _amounts(nets, figures, terms.price, terms.curve)
    process = None
    if emissions is not None and "process" in emissions["fuel"].values:
        process = float(emissions["F_by_fuel"].sel(fuel="process").sum())
    return Ours(accounts, provincial, terms.price, process, estimated)


def _amounts(nets: xr.DataArray, figures: xr.Dataset, price: float, curve: Mapping) -> dict[str, xr.DataArray]:
    money = presets_grid(nets, figures, price=price, curve=curve)
    if {"a", "b", "G"} & set(curve):
        money["configured"] = compensation_grid(nets, figures, price=price, curve=curve)
    presets = pd.Index(list(money), name="preset")
    coefficients = [made["coefficient"].isel(ONCE, drop=True) for made in money.values()]
    first = next(iter(money.values())).isel(ONCE, drop=True)
    return {
        "compensation": xr.concat([made["amount"] for made in money.values()], presets),
        "coefficient": xr.concat(coefficients, presets),
        **{name: first[name] for name in ("gdp_per_capita", "engel")},
    }
