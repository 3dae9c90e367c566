"""Groups of provinces: accounts added up after computing, shares of net transfers, intensities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import xarray as xr

from mrio import labels
from mrio.errors import ConfigError, LabelError, did_you_mean
from mrio.units import in_currency_of, is_money


def grouping(name: str, regions: Sequence[str]) -> dict[str, str]:
    """Return region -> group of a named grouping, for the regions given.

    Raises
    ------
    ConfigError
        If the grouping is unknown.
    LabelError
        If a region is not a province, or not of the label folder in use.
    """
    known = labels.groupings()
    if name not in known:
        listed = ", ".join(known) or "none"
        raise ConfigError(f"grouping {name!r} is unknown{did_you_mean(name, known)}; known: {listed}.")
    table = labels.regions()
    unknown = [region for region in regions if region not in table.index]
    if unknown:
        raise LabelError(f"region {unknown[0]!r} has no group in {name}; give a grouping of your own.")
    return {region: table.loc[region, name] for region in regions}


def coarsest_groups(regions: Sequence[str]) -> dict[str, str]:
    """Return region -> group of the coarsest grouping; where there is none, every region is a group of its own."""
    known = labels.groupings()
    return grouping(known[0], regions) if known else {region: region for region in regions}


def group_accounts(result: xr.Dataset, groups: Mapping[str, str]) -> xr.Dataset:
    """Return accounts of groups of regions, added up after computing.

    Flows between members of a group become the group's own (``home``); outflow, inflow and net transfer are between
    groups.  Leading dimensions (resolution, method) are kept.

    Parameters
    ----------
    result : Dataset
        Accounts with ``flows`` (..., region, to_region) and ``production``, ``consumption``, ``exports`` ...
    groups : mapping
        Region -> group.

    Raises
    ------
    LabelError
        If the groups are not a partition of the regions.
    """
    regions = result["region"].values.tolist()
    of_region = labels.partition(regions, groups, "region")
    order = labels.group_order(of_region)
    member = xr.DataArray(
        np.array([[g == name for name in order] for g in of_region], float),
        {"region": regions, "group": order}, ("region", "group"),
    )  # fmt: skip
    to_member = member.rename(region="to_region", group="to_group")
    flows = (result["flows"] @ member) @ to_member
    flows = flows.transpose(..., "group", "to_group").rename(group="region", to_group="to_region")
    own = xr.DataArray(np.eye(len(order)), {"region": order, "to_region": order}, ("region", "to_region"))
    away = flows * (1.0 - own)
    names = ("production", "consumption", "exports", "excluded", "residual", "zero_output", "household")
    grouped = {name: (result[name] @ member).rename(group="region") for name in names if name in result}
    outflow, inflow = away.sum("to_region"), away.sum("region").rename(to_region="region")
    grouped |= {"flows": flows, "home": (flows * own).sum("to_region"), "outflow": outflow, "inflow": inflow}
    grouped["net_transfer"] = inflow - outflow
    data = xr.Dataset(grouped, attrs=result.attrs)
    for variable in data.data_vars.values():
        variable.attrs["unit"] = result.attrs["unit"]
    return data


def net_shares(net_transfer: xr.DataArray) -> xr.Dataset:
    """Return each region's share of all net-out and of all net-in transfers (each sums to 1, or is 0 without any)."""
    out, inn = net_transfer.clip(min=0), (-net_transfer).clip(min=0)
    total_out, total_in = out.sum("region"), inn.sum("region")
    shares = {"share_of_net_out": (out, total_out), "share_of_net_in": (inn, total_in)}
    return xr.Dataset(
        {name: (part / total.where(total > 0, 1.0)).assign_attrs(unit="1") for name, (part, total) in shares.items()}
    )


def intensity(emissions: xr.DataArray, gdp: xr.DataArray) -> xr.DataArray:
    """Return emissions per GDP in 10^4 t per 10^8 yuan, from Mt and 10^8 yuan.

    Raises
    ------
    LabelError
        If a unit is another, or a region has no positive GDP.
    """
    if emissions.attrs.get("unit") != "Mt" or not _in_100M(gdp):
        found = f"{emissions.attrs.get('unit')!r} and {gdp.attrs.get('unit')!r}"
        raise LabelError(
            f"intensity needs emissions in 'Mt' and GDP in '100M CNY' (or of another currency), found {found}."
        )
    if not bool((gdp > 0).all()):
        raise LabelError("intensity needs a positive GDP of every region.")
    return (emissions * 100.0 / gdp).assign_attrs(unit=f"10k t per {gdp.attrs['unit']}")


def _in_100M(gdp: xr.DataArray) -> bool:
    unit = gdp.attrs.get("unit")
    return isinstance(unit, str) and is_money(unit) and unit == in_currency_of(unit, "100M CNY")


def grouped_study(
    accounts: xr.Dataset, groupings: Sequence[str], gdp: xr.DataArray | None = None
) -> dict[str, xr.Dataset]:
    """Return, for every named grouping, accounts of its groups with shares, GDP and intensity.

    Parameters
    ----------
    accounts : Dataset
        Of provinces; leading dimensions are kept.
    groupings : sequence of str
        Of :func:`mrio.labels.groupings`.
    gdp : DataArray (region), optional
        10^8 yuan; intensity is production-based emissions over GDP, households apart.
    """
    regions = accounts["region"].values.tolist()
    made = {}
    for name in groupings:
        groups = grouping(name, regions)
        data = group_accounts(accounts, groups)
        data = data.merge(net_shares(data["net_transfer"]), join="exact")
        if gdp is not None:
            by_group = gdp.groupby(xr.DataArray([groups[r] for r in gdp["region"].values], dims="region", name="group"))
            total = (
                by_group.sum().rename(group="region").sel(region=data["region"]).assign_attrs(unit=gdp.attrs["unit"])
            )
            data = data.assign(gdp=total, intensity=intensity(data["production"], total))
        made[name] = data
    return made
