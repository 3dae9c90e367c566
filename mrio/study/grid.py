"""The study's grid: every flow definition at every sector resolution, stacked for the tables.

``six``: the table is added up to six sectors first and computed there, as the study did.  ``42``: computed at the
table's own 42 sectors and added up to six afterwards.  Both are exact; they differ because coefficients of an
aggregate are averages, which is the aggregation error a reader should see.

One module a result, so that editing an equation reruns only the rules that use it.
"""

from __future__ import annotations

from collections.abc import Sequence

import xarray as xr

from mrio import labels
from mrio.table.interregional import Table
from mrio.table.sums import sum_groups

#: Sector scheme in which every result is reported.
REPORTED = "six"


def add_up(data: xr.Dataset, scheme: str, to: str) -> xr.Dataset:
    """Return the dataset with its ``sector`` dimension summed by the concordance from one scheme to another."""
    if scheme == to:
        return data
    mapping = labels.concordance(scheme, to)
    groups = labels.partition(data["sector"].values.tolist(), mapping)
    order = labels.group_order(groups, labels.sectors(to)["code"].tolist())
    return sum_groups(data, ("sector",), groups, order)


def at_resolution(table: Table, F: xr.DataArray, resolution: str) -> tuple[Table, xr.DataArray]:
    """Return table and emissions in the sectors of a resolution; totals are conserved.

    ``six`` adds them up to six sectors; ``42`` leaves them as the table has them, whichever vintage of the official 42.
    """
    if resolution != REPORTED or table.scheme == REPORTED:
        return table, F
    emissions = add_up(F.to_dataset(name="F"), table.scheme, resolution)["F"].assign_attrs(scheme=resolution)
    return table.aggregate(sectors=resolution), emissions


def stacked(datasets: Sequence[xr.Dataset], dim: str, names: Sequence[str]) -> xr.Dataset:
    joined = xr.concat(datasets, dim=xr.DataArray(list(names), dims=dim, name=dim), join="exact", combine_attrs="drop")
    for name, variable in joined.data_vars.items():
        variable.attrs = {k: v for k, v in datasets[0][name].attrs.items() if k in ("unit", "long_name")}
    others = [data.attrs for data in datasets[1:]]
    # what holds of one of them only (which alpha shares the flows) is no attribute of all
    keep = {k: v for k, v in datasets[0].attrs.items() if all(k in attrs and attrs[k] == v for attrs in others)}
    keep = {k: v for k, v in keep.items() if k not in ("method", "scheme")}
    return joined.assign_attrs(keep)
