"""Emissions in the order of a table: labels, stressors and units are held against it once, at the border.

F (region, sector) or F (stressor, region, sector).  The unit stands in ``F.attrs["unit"]``, one for all, or in a
coordinate ``unit`` along ``stressor``, one for each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import xarray as xr

from mrio.errors import BalanceError, ConfigError, LabelError, UnitError, did_you_mean
from mrio.table.interregional import Table, require_table
from mrio.units import SIZES


def aligned(F: xr.DataArray, table: Table) -> xr.DataArray:
    """Return F in the table's order, refusing any difference of labels and anything that is not a number.

    Raises
    ------
    LabelError
        If F does not have the table's regions and sectors, or names a stressor twice.
    BalanceError
        If a value is not a number, or there is no unit.
    """
    require_table(table)
    _require_array(F, "F", ("region", "sector"))
    _same_origin(F, table)
    if not {"region", "sector"} <= set(F.dims) <= {"stressor", "region", "sector"}:
        raise LabelError(f"emissions F have dimensions {F.dims}, expected (region, sector) or stressor before them.")
    ordered = F.transpose(*stressor_dim(F), "region", "sector")
    for dim, expected in (("region", table.regions), ("sector", table.sectors)):
        found = F[dim].values.tolist()
        if found != expected:
            _same_labels(found, expected, dim, "F")
            ordered = ordered.sel({dim: expected})
    if "stressor" in F.dims:
        names = F["stressor"].values.tolist()
        for name in names:
            if names.count(name) > 1:
                raise LabelError(f"emissions F name stressor {name!r} twice; give each a name of its own.")
    if "stressor" not in F.dims:
        _not_negative(ordered, "F")
    return _with_unit(_finite(ordered, "F"), "F")


def aligned_households(F_Y: xr.DataArray | None, F: xr.DataArray) -> np.ndarray:
    """Return direct emissions of households in the order of aligned F, ([stressor,] region); zero where none are given.

    Raises
    ------
    LabelError
        If F_Y does not have the regions, and the stressors, of F.
    UnitError
        If it is in another unit.
    """
    expected = (*stressor_dim(F), "region")
    if F_Y is None:
        return np.zeros([F.sizes[dim] for dim in expected])
    _require_array(F_Y, "F_Y", expected)
    refuse_other_years({"F_Y": F_Y, "F": F})
    if set(F_Y.dims) != set(expected):
        raise LabelError(f"emissions F_Y have dimensions {F_Y.dims}, expected {expected} as F has.")
    for dim in expected:
        _same_labels(F_Y[dim].values.tolist(), F[dim].values.tolist(), dim, "F_Y")
    ordered = _with_unit(_finite(F_Y.transpose(*expected).sel({dim: F[dim].values for dim in expected}), "F_Y"), "F_Y")
    if "stressor" not in F.dims:
        _not_negative(ordered, "F_Y")
    if units_of(ordered) != units_of(F):
        raise UnitError(f"emissions F_Y are in {_named(ordered)}, F in {_named(F)}; convert one of them.")
    return ordered.values


def accounts_of(table: Table, result: xr.Dataset) -> xr.Dataset:
    """Return accounts in the order of the table they are of.

    Raises
    ------
    ConfigError, LabelError
        What are no accounts, or those of another table or year.
    """
    require_table(table)
    if not isinstance(result, xr.Dataset) or "method" not in result.attrs:
        raise ConfigError(f"the accounts are a {type(result).__name__}, expected what mrio.accounts returns.")
    if result.attrs.get("year", table.year) != table.year:
        raise LabelError(
            f"the accounts are of {result.attrs['year']}, the table of {table.year}; take both of one year."
        )
    order = {"region": table.regions, "to_region": table.regions, "sector": table.sectors}
    for dim, expected in order.items():
        found = result[dim].values.tolist()
        if sorted(found) != sorted(expected):
            odd = sorted(set(found) ^ set(expected), key=str)[0]
            raise LabelError(f"the accounts are of another table: {dim} {odd!r} is in one of the two alone.")
    return result if all(result[d].values.tolist() == names for d, names in order.items()) else result.sel(order)


def by_region(values: xr.DataArray, like: xr.DataArray, what: str) -> xr.DataArray:
    """Return figures of provinces in the order of others, by their names.

    Raises
    ------
    LabelError
        What carries no names or is no number, or lacks a province.
    """
    if not isinstance(values, xr.DataArray) or "region" not in values.dims or values.dtype.kind not in "iuf":
        kind = f"{values.dtype} along {values.dims}" if isinstance(values, xr.DataArray) else type(values).__name__
        raise LabelError(f"{what} is a {kind}, expected a DataArray (region) of numbers with the provinces' names.")
    known = values["region"].values.tolist()
    twice = next((region for region in known if known.count(region) > 1), None)
    if twice is not None:
        raise LabelError(f"{what} of {twice} is given twice; keep one.")
    missing = [region for region in like["region"].values.tolist() if region not in known]
    if missing:
        raise LabelError(f"{what} of {', '.join(missing)} is missing; add it to socioeconomic.csv.")
    return values.sel(region=like["region"]).drop_vars([c for c in values.coords if c != "region"])


def _require_array(data: object, name: str, dims: Sequence[str]) -> None:
    """Refuse emissions that carry no labels and no unit: a frame or plain numbers."""
    if not isinstance(data, xr.DataArray):
        made = f"xarray.DataArray({name}, coords=..., dims={tuple(dims)}, attrs={{'unit': 'Mt'}})"
        if hasattr(data, "index") and hasattr(data, "iloc"):  # pandas: its own labels stay with the numbers
            several = getattr(data.index, "nlevels", 1) > 1
            plain = f"{name}.to_xarray()" if several else f"xarray.DataArray({name}, dims={tuple(dims)})"
            made = f"{plain}.assign_attrs(unit='Mt'), which keeps its labels"
        raise LabelError(f"emissions {name} are a {type(data).__name__}, expected a DataArray; make one: {made}.")
    if data.dtype.kind not in "iuf":
        raise BalanceError(f"emissions {name} are of type {data.dtype}, expected real numbers: .astype(float).")


def refuse_other_years(given: Mapping[str, xr.DataArray]) -> None:
    """Refuse values by region of which two say that they are of different years.

    Raises
    ------
    LabelError
        Naming the two.
    """
    stated = {what: _stated_year(values, what) for what, values in given.items() if "year" in values.attrs}
    first = next(iter(stated), "")
    other = next((what for what, year in stated.items() if year != stated[first]), None)
    if other is not None:
        raise LabelError(f"{first} is of {stated[first]}, {other} of {stated[other]}; take all of one year.")


def _stated_year(values: xr.DataArray, what: str) -> int:
    """Return the year in the attributes of values, or refuse what is none."""
    try:
        year = float(values.attrs["year"])
    except (TypeError, ValueError):
        year = 0.5
    if not year.is_integer():
        stated = values.attrs["year"]
        raise LabelError(f"the year of {what} is stated as {stated!r}, expected a whole number; set .attrs['year'].")
    return int(year)


def _same_origin(F: xr.DataArray, table: Table) -> None:
    """Refuse emissions that say they are of another year, or in other sectors, than the table."""
    year = _stated_year(F, "F") if "year" in F.attrs else table.year
    if year != table.year:
        raise LabelError(f"emissions F are of {year}, the table of {table.year}; take both of one year.")
    scheme = F.attrs.get("scheme") or table.scheme
    if table.scheme and scheme != table.scheme:
        raise LabelError(
            f"emissions F are in the sectors of {scheme!r}, the table in those of {table.scheme!r}, where a code means "
            "another sector; make them in the table's with 'mrio emissions' or aggregate_emissions."
        )


def _not_negative(values: xr.DataArray, name: str) -> None:
    """Refuse direct emissions below zero: what takes up carbon is no direct emission of a sector.

    Money may be negative: value added handed over as F has subsidised sectors in it.
    """
    if values.attrs.get("unit") not in SIZES["money"] and (values.values < 0).any():
        where = tuple(
            str(values[d].values[i]) for d, i in zip(values.dims, np.argwhere(values.values < 0)[0], strict=True)
        )
        raise BalanceError(f"emissions {name} are {float(values.min()):.6g} or less at {where}; expected at least 0.")


def stressor_dim(data: xr.DataArray | xr.Dataset) -> tuple[str, ...]:
    """Return ``("stressor",)`` where the data have that dimension, else nothing."""
    return ("stressor",) if "stressor" in data.dims else ()


def units_of(data: xr.DataArray | xr.Dataset) -> list[str]:
    """Return the unit of every stressor, or the one unit of data without that dimension."""
    count = data.sizes.get("stressor", 1)
    if "unit" in data.coords:
        return [str(unit) for unit in np.broadcast_to(data.coords["unit"].values, count)]
    return [str(data.attrs.get("unit"))] * count


def each_stressor(data: xr.Dataset) -> Iterator[tuple[str, xr.Dataset]]:
    """Yield (name for a message, data) of every stressor, with its unit in the attributes."""
    if "stressor" not in data.dims:
        yield data.attrs.get("method", ""), data.assign_attrs(unit=units_of(data)[0])
        return
    for k, (name, unit) in enumerate(zip(data["stressor"].values, units_of(data), strict=True)):
        yield f"{data.attrs.get('method', '')}, {name}", data.isel(stressor=k).assign_attrs(unit=unit)


def _named(data: xr.DataArray) -> str:
    return ", ".join(dict.fromkeys(units_of(data)))


def _same_labels(found: Sequence[str], expected: Sequence[str], dim: str, name: str) -> None:
    missing = [label for label in expected if label not in found]
    extra = [label for label in found if label not in expected]
    twice = next((label for label in found if found.count(label) > 1), None)
    if twice is not None:
        raise LabelError(f"emissions {name} name {dim} {twice!r} twice; keep one.")
    if missing:
        raise LabelError(
            f"emissions {name} have no {dim} {missing[0]!r}, which the table has; add it, or drop it there."
        )
    if extra:
        hint = did_you_mean(extra[0], expected)
        raise LabelError(f"emissions {name} name {dim} {extra[0]!r}, which the table does not have{hint}.")


def _finite(values: xr.DataArray, name: str) -> xr.DataArray:
    bad = ~np.isfinite(values.values)
    if bad.any():
        where = tuple(str(values[d].values[i]) for d, i in zip(values.dims, np.argwhere(bad)[0], strict=True))
        raise BalanceError(f"emissions {name} are not a number at {where}; every province and sector needs a value.")
    return values


def _with_unit(values: xr.DataArray, name: str) -> xr.DataArray:
    if "unit" not in values.attrs and "unit" not in values.coords:
        todo = "set .attrs['unit'] (the pipeline uses Mt), or a coordinate 'unit' along stressor"
        raise BalanceError(f"emissions {name} carry no unit; {todo}.")
    if "unit" in values.coords and set(values.coords["unit"].dims) - {"stressor"}:
        raise BalanceError(f"emissions {name} have units along {values.coords['unit'].dims}, expected stressor alone.")
    if "unit" in values.coords and values.coords["unit"].ndim == 0:
        return values.drop_vars("unit").assign_attrs(unit=units_of(values)[0])
    return values
