"""Regional CSVs (``data/raw/regional``) -> forest stock, land use, emissions and GDP by province, and plot parameters.

One row per province and variable, with year, unit, the share printed in the source (may be empty), whether the cell was
checked (``verified`` or ``unverified``) and the source.  A further forest inventory is a further file
``forest_stock_<year>.csv`` of the same columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from os import PathLike
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr

from mrio import labels
from mrio.errors import ConfigError, InputError, LabelError, did_you_mean
from mrio.formats.records import number, read_records, single_year, stated_year
from mrio.units import conversion, known_unit

COLUMNS = ("year", "region", "variable", "value", "unit", "status", "source")
STATUSES = ("verified", "unverified")
#: Beyond this, up or down, no forest grows in a year.
GROWTH_LIMIT = 0.2
#: Variable -> unit of the result; a file may state any unit like it.
VARIABLES: Mapping[str, str] = {
    "forest_stock": "10k m3",
    "agricultural_land": "1000 ha",
    "built_land": "1000 ha",
    "emissions": "Mt",
    "gdp": "100M CNY",
    "growth_rate": "per year",
}
PUBLISHED_COLUMNS = ("id", "item", "group", "value", "unit", "year", "place", "source")
SPECIES_COLUMNS = ("species", "latin", "parameter", "value", "unit", "confidence", "source")


def read_regional(path: str | PathLike[str]) -> xr.Dataset:
    """Return the variables of one regional CSV, in official order of provinces.

    Returns
    -------
    Dataset
        Each variable (region) in its unit of :data:`VARIABLES`, with attributes ``unit``, ``year``,
        ``status`` and ``source``; beside it ``<variable>_printed_share``, percent, NaN where none is printed.

    Raises
    ------
    InputError, LabelError
        A missing column, an unknown variable or status, a province given twice, a value below zero (but for growth
        rates), two years in one file: file, row and column are named.
    UnitError
        An unknown unit.
    """
    path, years = Path(path), set()
    found: dict[str, dict[str, tuple[float, float, str, str]]] = {}
    for line, cell in read_records(path, COLUMNS, "a regional CSV"):
        years.add(stated_year(cell, line, path))
        region, entry = _entry(cell, line, path)
        of_variable = found.setdefault(cell["variable"], {})
        if region in of_variable:
            raise LabelError(f"{path}, row {line}: {cell['variable']} of {region} is given twice; keep one.")
        of_variable[region] = entry
    year = single_year(years, path)
    return xr.merge([_variable(name, entries, year) for name, entries in found.items()], join="outer")


def _entry(cell: Mapping[str, str], line: int, path: Path) -> tuple[str, tuple[float, float, str, str]]:
    """Return the province of a row and its value in the first unit, printed share, status and source."""
    variable, status = cell["variable"], cell["status"]
    if variable not in VARIABLES:
        found = f"the variable {variable!r}{did_you_mean(variable, VARIABLES)}"
        raise InputError(found, f"one of {', '.join(VARIABLES)}", file=path, row=line, column="variable")
    unit = known_unit(cell["unit"], VARIABLES[variable], f"{path}, row {line}, column unit of {variable}")
    if status not in STATUSES:
        raise InputError(f"status {status!r}", " or ".join(STATUSES), file=path, row=line, column="status")
    region = labels.province(cell["region"], where=f"{path}, row {line}")
    value = number(cell, "value", line, path) * conversion(unit, VARIABLES[variable])
    if value < 0 and variable != "growth_rate":
        raise InputError(
            f"{value:g} for {variable}", "0 or more", "check the cell", file=path, row=line, column="value"
        )
    printed = number(cell, "printed_share_percent", line, path) if cell.get("printed_share_percent") else np.nan
    return region, (value, printed, status, cell["source"])


def _variable(name: str, entries: Mapping[str, tuple[float, float, str, str]], year: int) -> xr.Dataset:
    order = [region for region in labels.regions().index if region in entries]
    values, printed, statuses, sources = zip(*(entries[region] for region in order), strict=True)
    attrs = {
        "unit": VARIABLES[name],
        "year": year,
        "status": "verified" if set(statuses) == {"verified"} else "unverified",
        "source": "; ".join(dict.fromkeys(sources)),
    }
    data = {name: ("region", list(values), attrs), f"{name}_printed_share": ("region", list(printed), {"unit": "%"})}
    return xr.Dataset(data, {"region": order})


def read_inventories(paths: Iterable[str | PathLike[str]]) -> list[xr.Dataset]:
    """Return the forest inventory in each file (as :func:`read_regional`), earliest first, refusing two of one year.

    Raises
    ------
    InputError
        A file without forest stock, or two files of the same year.
    """
    by_year: dict[int, tuple[str, xr.Dataset]] = {}
    for path in map(Path, paths):
        data = read_regional(path)
        if "forest_stock" not in data:
            raise InputError("no variable 'forest_stock'", "a forest inventory", file=path)
        year = data["forest_stock"].attrs["year"]
        if year in by_year:
            found = f"a second inventory of {year} (the first is {by_year[year][0]})"
            raise InputError(found, "one per year", file=path)
        by_year[year] = path.name, data
    return [by_year[year][1] for year in sorted(by_year)]


def read_growth_rate(given: float | str | PathLike[str] | None) -> float | xr.DataArray | None:
    """Return the stated growth of the forest stock per year: one number for all, a file by province, or None.

    Raises
    ------
    InputError
        A file without the variable ``growth_rate``.
    """
    if given is None or isinstance(given, int | float):
        _check_growth(given or 0.0, "config: key 'regional.forest_growth_rate'")
        return given
    if not str(given).lower().endswith(".csv"):
        raise ConfigError(
            f"config: regional.forest_growth_rate is {given!r}, expected null, a rate a year (0.02) or a CSV."
        )
    data = read_regional(given)
    if "growth_rate" not in data:
        raise InputError("no variable 'growth_rate'", "growth of the forest stock by province", file=given)
    for region, rate in data["growth_rate"].to_series().items():
        _check_growth(rate, f"{given}: {region}")
    return data["growth_rate"]


def _check_growth(rate: float, where: str) -> None:
    if not abs(rate) <= GROWTH_LIMIT:
        raise ConfigError(
            f"{where}: forest stock grows by {100 * rate:.3g}% a year, expected {100 * GROWTH_LIMIT:.0f}% at most; a "
            "rate of 2% is 0.02."
        )


def read_regional_published(path: str | PathLike[str]) -> pd.DataFrame:
    """Return the published values of the regional picture, one per row, to set beside ours."""
    path, rows = Path(path), []
    for line, cell in read_records(path, PUBLISHED_COLUMNS, "published regional values"):
        decimals = len(cell["value"].partition(".")[2])
        rows.append({**cell, "value": number(cell, "value", line, path), "decimals": decimals})
    return pd.DataFrame(rows, columns=[*PUBLISHED_COLUMNS, "decimals"])


def read_species(path: str | PathLike[str]) -> pd.DataFrame:
    """Return plot parameters by species: one row per species and parameter, with source and confidence."""
    path, rows = Path(path), []
    for line, cell in read_records(path, SPECIES_COLUMNS, "species parameters"):
        if cell["confidence"] not in ("high", "medium", "low"):
            found = f"confidence {cell['confidence']!r}"
            raise InputError(found, "high, medium or low", file=path, row=line, column="confidence")
        rows.append({**cell, "value": number(cell, "value", line, path)})
    frame = pd.DataFrame(rows, columns=list(SPECIES_COLUMNS))
    twice = frame[frame.duplicated(["species", "parameter"])]
    if len(twice):
        first = twice.iloc[0]
        raise LabelError(f"{path}: {first['parameter']} of {first['species']} is given twice; keep one.")
    return frame
