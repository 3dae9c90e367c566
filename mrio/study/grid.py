"""The study's grid: every flow definition at every sector resolution, stacked for the tables.

``six``: the table is added up to six sectors first and computed there, as the study did.  ``30``: added up to the
study's 30 sectors, computed there, and added up to six afterwards.  ``42``: computed at the table's own 42 sectors and
added up to six afterwards.  All are exact; they differ because coefficients of an aggregate are averages, which is the
aggregation error a reader should see.  A table in other sectors names its own scheme.

One module a result, so that editing an equation reruns only the rules that use it.
"""

from __future__ import annotations

from collections.abc import Sequence

import xarray as xr

from mrio import labels
from mrio.errors import ConfigError
from mrio.schema_words import wide_signs
from mrio.table.interregional import Table
from mrio.table.sums import sum_groups

#: Sector scheme in which every result is reported, where the resolutions add up to it.
REPORTED = "six"
#: The resolution that leaves a table of the official 42 sectors as it is, whichever their vintage.
OFFICIAL, VINTAGES = "42", ("42", "42-2012", "")


def add_up(data: xr.Dataset, scheme: str, to: str) -> xr.Dataset:
    """Return the dataset with its ``sector`` dimension summed by the concordance from one scheme to another."""
    if scheme == to:
        return data
    mapping = labels.concordance(scheme, to)
    groups = labels.partition(data["sector"].values.tolist(), mapping)
    order = labels.group_order(groups, labels.sectors(to)["code"].tolist())
    return sum_groups(data, ("sector",), groups, order)


def leaves_as_is(scheme: str, resolution: str) -> bool:
    """Return whether a resolution leaves a table of some scheme in its own sectors."""
    return resolution == scheme or (resolution == OFFICIAL and scheme in VINTAGES)


def reported(scheme: str, resolutions: Sequence[str]) -> str:
    """Return the sector scheme in which results are reported: six, or the first resolution all others add up to.

    Raises
    ------
    ConfigError
        If the table of `scheme` cannot be added up to a resolution, or the resolutions to no common one.
    """
    reached = [scheme if leaves_as_is(scheme, name) else name for name in resolutions]
    for name, at in zip(resolutions, reached, strict=True):
        if not labels.adds_up(scheme, at):
            raise ConfigError(
                f"config: resolutions names {name!r}{wide_signs(name)}, to which a table in sector scheme {scheme!r} "
                f"does not add up; write 'resolutions: [{scheme}]', or add concordances/{scheme}_to_{name}.csv."
            )
    common = (to for to in (REPORTED, *reached) if all(labels.adds_up(at, to) for at in reached))
    found = next(common, None)
    if found is None:
        raise ConfigError(
            f"config: resolutions {', '.join(resolutions)} add up to no common sectors in which to report; name one to "
            "which the others add up, or leave all but one out."
        )
    return found


def at_resolution(table: Table, F: xr.DataArray, resolution: str) -> tuple[Table, xr.DataArray]:
    """Return table and emissions in the sectors of a resolution; totals are conserved.

    ``42`` leaves them as the table has them, whichever vintage of the official 42; so does the table's own scheme.
    """
    if leaves_as_is(table.scheme, resolution):
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
