"""How far the results of an estimated table may be off: mean and spread over the members of an ensemble."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import xarray as xr

from mrio.study.grid_accounts import accounts_grid
from mrio.study.grid_sharing import responsibility_grid
from mrio.table.interregional import Table
from mrio.units import YUAN_PER_TONNE

TRANSFERS = ("consumption", "outflow", "inflow", "net_transfer", "exports")
SHARED = ("alpha_region", "share", "shared")


def spread_grid(
    members: Iterable[Table], F: xr.DataArray, F_Y: xr.DataArray, *, methods: Sequence[str], resolutions: Sequence[str]
) -> xr.Dataset:
    """Return mean and standard deviation of the accounts and shares over tables.

    Parameters
    ----------
    members : iterable of Table
        E.g. ``(found.table.drop_regions(["Tibet"]) for found in ensemble(prov, distances))``; taken one at a time.
    F, F_Y : DataArray
        As :func:`mrio.equations.flows.accounts`.
    methods, resolutions : sequences
        As :func:`mrio.study.grid_accounts.accounts_grid`.

    Returns
    -------
    Dataset
        (statistic, resolution, definition, region), statistic ``mean`` and ``sd``: consumption, outflow, inflow,
        net_transfer, exports, and of eebt and mrio alpha_region, share and shared, in the units of the accounts.
    """
    made = [_results(table, F, F_Y, methods, resolutions) for table in members]
    stacked = xr.concat(made, dim="member", join="exact", combine_attrs="override")
    statistics = [stacked.mean("member", keep_attrs=True), stacked.std("member", ddof=1, keep_attrs=True)]
    return xr.concat(statistics, dim=xr.DataArray(["mean", "sd"], dims="statistic", name="statistic"))


def _results(table: Table, F, F_Y, methods, resolutions) -> xr.Dataset:
    transfers = accounts_grid(table, F, F_Y, methods=methods, resolutions=resolutions)
    shared, _ = responsibility_grid(table, F, methods=methods, resolutions=resolutions)
    shared = shared.reindex(definition=transfers["definition"].values)  # gross is not shared
    return xr.merge([transfers[list(TRANSFERS)], shared[list(SHARED)]], combine_attrs="override")


def amount_deviation(deviation: xr.Dataset, money: xr.Dataset) -> xr.Dataset:
    """Return the deviations with that of the compensation, 10^8 yuan: rho p times that of the net transfer."""
    rho = money["coefficient"].isel(resolution=0, definition=0, drop=True)
    amount = deviation["net_transfer"] * rho * money.attrs["price"] * YUAN_PER_TONNE
    return deviation.assign(amount=amount.assign_attrs(unit="100M CNY"))
