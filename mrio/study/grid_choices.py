"""The study's choices, each made otherwise once: definition, resolution, scope, base and growth curve."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import xarray as xr

from mrio.analysis.choices import sensitivity
from mrio.equations.payment import CURVES, curve_named
from mrio.equations.scopes import SCOPES, net_transfer
from mrio.study.grid_payment import Terms, compensation_grid, transfer_base


def study_sensitivity(
    accounts_made: xr.Dataset,
    shared: xr.Dataset,
    figures: xr.Dataset | None,
    terms: Terms,
    scope: str = "interprovincial",
) -> pd.DataFrame:
    """Return sign and rank of every province under the study's choices and under each alternative.

    The study's choices are the first definition and resolution and the configured scope, base and growth curve: its
    ``value`` is that of Tables 1 and 3.  Alternatives that the study's data cannot make (imports, definitions that
    cannot be shared) and, without socioeconomic figures, the amounts are left out.
    """
    unit = {"unit": accounts_made.attrs["unit"]}
    nets = accounts_made["net_transfer"].assign_attrs(unit).rename("net_transfer")
    first = {name: nets[name].values[0] for name in ("resolution", "definition")}
    alternatives = [
        (dim, str(value), nets.sel({**first, dim: value}, drop=True))
        for dim in ("definition", "resolution")
        for value in nets[dim].values[1:]
    ]
    others = [
        name for name in SCOPES if name != scope and (name != "exports-less-imports" or "imports" in accounts_made)
    ]
    alternatives += [("scope", name, net_transfer(accounts_made, name).sel(first, drop=True)) for name in others]
    bases = {"net_transfer": nets}
    if first["definition"] in shared["definition"].values:
        bases["shared"] = transfer_base(accounts_made, shared, "shared").assign_attrs(unit)
        alternatives.append(("base", "shared", bases["shared"].sel(first, drop=True)))
    tables = [sensitivity(nets.sel(first, drop=True), alternatives)]
    if figures is not None:
        compensated = bases[terms.base].sel({name: [value] for name, value in first.items()})
        tables.append(_of_amounts(compensated, figures, terms.price, terms.curve))
    return pd.concat(tables, ignore_index=True)


def _of_amounts(nets: xr.DataArray, figures: xr.Dataset, price: float, curve: Mapping) -> pd.DataFrame:
    def amounts(chosen: Mapping) -> xr.DataArray:
        made = compensation_grid(nets, figures, price=price, curve=chosen)["amount"]
        return made.isel(resolution=0, definition=0, drop=True)

    used = curve_named({key: value for key, value in curve.items() if key != "engel"})
    engel = {"engel": curve.get("engel", "all")}
    others = [("curve", name, amounts({"preset": name, **engel})) for name in CURVES if CURVES[name] != used]
    if "engel_urban" in figures:
        others.append(("engel", "urban", amounts({**curve, "engel": "urban"})))
    return sensitivity(amounts(curve), others)
