"""The study's choices, each made otherwise once: definition, resolution, scope, base and growth curve."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import xarray as xr

from ..accounts import net_transfer
from ..compensation import CURVES, curve_named
from ..sensitivity import sensitivity
from ..tables import marked
from .compensation import compensation_grid, transfer_base


def study_sensitivity(
    accounts_made: xr.Dataset, shared: xr.Dataset, figures: xr.Dataset | None, *, price: float, curve: Mapping
) -> pd.DataFrame:
    """Return sign and rank of every province under the study's choices and under each alternative.

    The study's choices are the first definition and resolution, the interprovincial scope, the net transfer as base and
    the configured growth curve.  Without socioeconomic figures the amounts are left out.
    """
    nets = (
        net_transfer(accounts_made, "interprovincial").assign_attrs(accounts_made["home"].attrs).rename("net_transfer")
    )
    first = {name: nets[name].values[0] for name in ("resolution", "definition")}
    base = nets.sel(first, drop=True)
    alternatives = [
        (dim, str(value), nets.sel({**first, dim: value}, drop=True))
        for dim in ("definition", "resolution")
        for value in nets[dim].values[1:]
    ]
    abroad = net_transfer(accounts_made, "with-exports").sel(first, drop=True)
    alternatives.append(("scope", "with-exports", abroad))
    if first["definition"] in shared["definition"].values:
        beyond = transfer_base(accounts_made.assign(net_transfer=nets), shared, "shared").sel(first, drop=True)
        alternatives.append(("base", "shared", beyond))
    tables = [sensitivity(base, alternatives)]
    if figures is not None:
        tables.append(_of_amounts(nets.sel({k: [v] for k, v in first.items()}), figures, price, curve))
    return marked(pd.concat(tables, ignore_index=True), accounts_made)


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
