"""The study's grid: every flow definition at every sector resolution, stacked for the tables.

``six``: the table is added up to six sectors first and computed there, as the study did.  ``42``: computed at the
table's own 42 sectors and added up to six afterwards.  Both are exact; they differ because coefficients of an
aggregate are averages, which is the aggregation error a reader should see.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import xarray as xr

from . import labels
from .accounts import accounts, prepare
from .compensation import compensation
from .responsibility import responsibility
from .table import Table

#: Sector scheme in which every result is reported.
REPORTED = "six"


def add_up(data: xr.Dataset, scheme: str, to: str) -> xr.Dataset:
    """Return the dataset with its ``sector`` dimension summed by the concordance from one scheme to another."""
    if scheme == to:
        return data
    mapping = labels.concordance(scheme, to)
    groups = labels.partition(data["sector"].values.tolist(), mapping)
    order = labels.group_order(groups, labels.sectors(to)["code"].tolist())
    member = np.array([[group == name for name in order] for group in groups], dtype=float)

    def summed(variable: xr.DataArray) -> xr.DataArray:
        if "sector" not in variable.dims:
            return variable
        axis = variable.dims.index("sector")
        values = np.moveaxis(np.tensordot(variable.values, member, axes=(axis, 0)), -1, axis)
        coords = {d: order if d == "sector" else variable[d].values for d in variable.dims}
        return xr.DataArray(values, coords, variable.dims, attrs=variable.attrs)

    return xr.Dataset({name: summed(v) for name, v in data.data_vars.items()}, attrs=data.attrs)


def at_resolution(table: Table, F: xr.DataArray, resolution: str) -> tuple[Table, xr.DataArray]:
    """Return table and emissions in the sectors of a resolution; totals are conserved."""
    if resolution == table.scheme:
        return table, F
    emissions = add_up(F.to_dataset(name="F"), table.scheme, resolution)["F"].assign_attrs(F.attrs)
    return table.aggregate(sectors=resolution), emissions


def accounts_grid(
    table: Table, F: xr.DataArray, F_Y: xr.DataArray, *, methods: Sequence[str], resolutions: Sequence[str]
) -> xr.Dataset:
    """Return the accounts of every method at every resolution, by six sectors, dimensions (resolution, definition)."""
    by_resolution = []
    for resolution in resolutions:
        at, emissions = at_resolution(table, F, resolution)
        system = prepare(at, emissions)
        made = [accounts(at, emissions, F_Y, method=method, system=system) for method in methods]
        by_resolution.append(_stacked([add_up(result, at.scheme, REPORTED) for result in made], "definition", methods))
    return _stacked(by_resolution, "resolution", resolutions)


def responsibility_grid(
    table: Table, F: xr.DataArray, *, methods: Sequence[str], resolutions: Sequence[str],
    alpha_exports: float = 1.0, weight_exports: bool = False,
) -> xr.Dataset:  # fmt: skip
    """Return shared responsibility of every method at every resolution, by six sectors.

    Alpha by sector is the ratio of the added-up local value added and outflow.
    """
    by_resolution = []
    for resolution in resolutions:
        at, emissions = at_resolution(table, F, resolution)
        system = prepare(at, emissions)
        made = []
        for method in methods:
            result = accounts(at, emissions, method=method, system=system)
            shared = responsibility(
                at, result, alpha_exports=alpha_exports, weight_exports=weight_exports, local=system.local
            )
            made.append(_shared_by_six(shared, at.scheme))
        by_resolution.append(_stacked(made, "definition", methods))
    return _stacked(by_resolution, "resolution", resolutions)


def compensation_grid(
    accounts_made: xr.Dataset, gdp_per_capita: xr.DataArray, engel: xr.DataArray, *, price: float, curve
) -> xr.Dataset:
    """Return the compensation of every method and resolution of the accounts, stacked in the same way."""
    by_resolution = []
    for resolution in accounts_made["resolution"].values:
        nets = accounts_made["net_transfer"].sel(resolution=resolution)
        methods = accounts_made["definition"].values.tolist()
        money = [
            compensation(
                nets.sel(definition=method, drop=True).drop_vars("resolution"), gdp_per_capita, engel, price, curve
            )
            for method in methods
        ]
        by_resolution.append(_stacked(money, "definition", methods))
    return _stacked(by_resolution, "resolution", accounts_made["resolution"].values.tolist())


def _shared_by_six(shared: xr.Dataset, scheme: str) -> xr.Dataset:
    added = add_up(shared.drop_vars("alpha"), scheme, REPORTED)
    part, whole = added["outflow_value_added_by_sector"], added["outflow_by_sector"]
    ratio = np.divide(part.values, whole.values, out=np.zeros(part.shape), where=whole.values > 0)
    return added.assign(alpha=part.copy(data=ratio).assign_attrs(shared["alpha"].attrs))


def _stacked(datasets: Sequence[xr.Dataset], dim: str, names: Sequence[str]) -> xr.Dataset:
    joined = xr.concat(datasets, dim=xr.DataArray(list(names), dims=dim, name=dim), join="exact", combine_attrs="drop")
    for name, variable in joined.data_vars.items():
        variable.attrs = {k: v for k, v in datasets[0][name].attrs.items() if k in ("unit", "long_name")}
    keep = {k: v for k, v in datasets[0].attrs.items() if k not in ("method", "scheme")}
    return joined.assign_attrs(keep)
