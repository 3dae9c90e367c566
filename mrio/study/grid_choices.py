"""The study's choices, each made otherwise once: definition, resolution, scope, base and growth curve."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd
import xarray as xr

from mrio.analysis.choices import compare_choices
from mrio.equations.payment import CURVES, curve_named
from mrio.equations.scopes import SCOPES, Scope, net_transfer
from mrio.study.grid_payment import Terms, compensation_grid, transfer_base
from mrio.study.grid_variants import Variant

#: Scope that needs accounts with imports; where the study makes none, it comes as a variant.
LITERAL: Scope = "exports-less-imports"
#: Prices that are tried, yuan per tonne.
PRICES = (50.0, 100.0, 200.0, 300.0, 500.0)


def study_sensitivity(
    accounts_made: xr.Dataset,
    shared: xr.Dataset,
    figures: xr.Dataset | None,
    terms: Terms,
    scope: Scope = "interprovincial",
    variants: Iterable[Variant] = (),
) -> pd.DataFrame:
    """Return Tables 1 and 3 of every province under the study's choices and under each alternative, one tidy table.

    The study's choices are the first definition and resolution and the configured scope, base, price and growth curve:
    its ``value`` is that of Tables 1 and 3.  Every alternative has net transfers and, where what is compensated is the
    net transfer and socioeconomic figures are known, amounts; those of price, curve and Engel coefficient amounts only.

    Parameters
    ----------
    variants : iterable
        Alternatives that take another table or other accounts (:func:`mrio.study.grid_variants.variant_nets`).
    """
    unit = {"unit": accounts_made.attrs["unit"]}
    nets = accounts_made["net_transfer"].assign_attrs(unit).rename("net_transfer")
    first = {name: nets[name].values[0] for name in ("resolution", "definition")}
    own, base = nets.sel(first, drop=True), terms.base
    alternatives: list[Variant] = [
        (str(dim), str(value), nets.sel({**first, dim: value}, drop=True))
        for dim in ("definition", "resolution")
        for value in nets[dim].values[1:]
    ]
    scopes = [name for name in SCOPES if name != scope and (name != LITERAL or "imports" in accounts_made)]
    for name in scopes:
        other = net_transfer(accounts_made, name).sel(first, drop=True)
        alternatives.append(("scope", name, other.assign_attrs(unit)))
    known = [*scopes, *map(str, nets["resolution"].values)]
    alternatives += [variant for variant in variants if variant[1] not in known]
    bases = {"net_transfer": own}
    if first["definition"] in shared["definition"].values:
        bases["shared"] = transfer_base(accounts_made, shared, "shared").assign_attrs(unit).sel(first, drop=True)
    tables = [
        compare_choices(own, [*alternatives, *(("base", name, at) for name, at in bases.items() if name != base)])
    ]
    if figures is not None:
        others = alternatives if base == "net_transfer" else []
        others = [*others, *(("base", name, at) for name, at in bases.items() if name != base)]
        tables.append(_of_amounts(bases[base], others, figures, terms))
    return pd.concat(tables, ignore_index=True)


def _of_amounts(own: xr.DataArray, others: Iterable[Variant], figures: xr.Dataset, terms: Terms) -> pd.DataFrame:
    def amounts(net: xr.DataArray, at: float, chosen: Mapping) -> xr.DataArray:
        lone = net.expand_dims(resolution=[""], definition=[""]).assign_attrs(own.attrs)
        return compensation_grid(lone, figures, price=at, curve=chosen)["amount"].isel(
            resolution=0, definition=0, drop=True
        )

    price, curve = terms.price, terms.curve
    used = curve_named({key: value for key, value in curve.items() if key != "engel"})
    engel = {"engel": curve.get("engel", "all")}
    made: list[Variant] = [(choice, name, amounts(net, price, curve)) for choice, name, net in others]
    made += [("price", f"{at:g}", amounts(own, at, curve)) for at in PRICES if at != price]
    made += [("curve", name, amounts(own, price, {"preset": name, **engel})) for name in CURVES if CURVES[name] != used]
    if "engel_urban" in figures:
        made.append(("engel", "urban", amounts(own, price, {**curve, "engel": "urban"})))
    return compare_choices(amounts(own, price, curve), made)
