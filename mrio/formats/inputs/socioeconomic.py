"""Socioeconomic CSV (``data/raw/<year>/socioeconomic.csv``) -> GDP, population, per-capita GDP, Engel coefficients.

One row per province and variable, with its unit, its source and whether the cell was checked against that source
(``verified`` or ``unverified``): what is not checked is carried into the tables' notes, never hidden.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from os import PathLike
from pathlib import Path

import numpy as np
import xarray as xr

from mrio import labels
from mrio.errors import InputError, LabelError, UnitError, did_you_mean
from mrio.formats.records import number, read_records, single_year, stated_year
from mrio.units import conversion, currency_of, in_currency_of, is_money, known_money, known_unit

COLUMNS = ("year", "region", "variable", "value", "unit", "status", "source")
STATUSES = ("verified", "unverified")
#: Variable -> unit of the Dataset, in whose place of yuan the file may have another currency; a file may state any unit
#: like it.
VARIABLES: Mapping[str, str] = {
    "gdp": "100M CNY",
    "population": "10k persons",
    "gdp_per_capita": "CNY",
    "engel": "ratio",
    "engel_urban": "ratio",
}
REQUIRED = ("gdp_per_capita", "engel")
LONG_NAMES = {
    "gdp": "gross domestic product of the province",
    "population": "resident population, end of year",
    "gdp_per_capita": "per-capita GDP",
    "engel": "food, tobacco and liquor share of household consumption, all households",
    "engel_urban": "food, tobacco and liquor share of household consumption, urban households",
}


def read_socioeconomic(
    path: str | PathLike[str], regions: Sequence[str] | None = None, year: int | None = None
) -> xr.Dataset:
    """Return the socioeconomic figures of a year.

    Parameters
    ----------
    path : path
    regions : sequence of str, optional
        Provinces to return, each of which must be in the file; the file may hold more.  Default: all of the file.
    year : int, optional
        Year every row must state.

    Returns
    -------
    Dataset
        Those of :data:`VARIABLES` the file has, each (region) with attributes ``unit``, ``source`` and ``status``
        (``verified`` only if every chosen cell is); :data:`REQUIRED` ones are always there.

    Raises
    ------
    InputError, LabelError
        A missing column, variable or province, a cell that is not a number, another year: file and row are named.
    UnitError
        An unknown unit, or one of the wrong magnitude: an Engel coefficient outside (0, 1), GDP that is not per-capita
        GDP times population to a tenth.
    """
    path = Path(path)
    found: dict[str, dict[str, tuple[float, str, str]]] = {}
    years, units = set(), dict[str, str]()
    for line, cell in read_records(path, COLUMNS, "a socioeconomic CSV"):
        years.add(stated_year(cell, line, path, year))
        region, value, unit = _value(line, cell, path)
        _one_currency(unit, units, line, path)
        by_region = found.setdefault(cell["variable"], {})
        if region in by_region:
            raise LabelError(f"{path}, row {line}: {cell['variable']} of {region} is given twice; keep one.")
        by_region[region] = (value, cell["status"], cell["source"])
    missing = [name for name in REQUIRED if name not in found]
    if missing:
        raise InputError(f"no variable {missing[0]!r}", f"rows of {', '.join(REQUIRED)}", "add them", file=path)
    have = {region for by_region in found.values() for region in by_region}
    wanted = [name for name in labels.regions().index if name in have] if regions is None else list(regions)
    data = xr.Dataset({name: _variable(name, found[name], wanted, path) for name in VARIABLES if name in found})
    currency, of = next(iter(units), "CNY"), single_year(years, path)
    for name in data.data_vars:
        data[name].attrs |= {"unit": VARIABLES[str(name)].replace("CNY", currency), "year": of}
    _check_magnitude(data, path)
    return data.assign_attrs(year=of)


def statistics_elsewhere(folder: Path, known: Collection[str]) -> Path | None:
    """Return a CSV of a folder that holds statistics under a name that would not be read, `known` ones aside."""
    for path in sorted(Path(folder).glob("*.csv")):
        if path.name not in known and path.is_file():
            head, *rows = path.read_bytes().decode("utf-8", "replace").lstrip("\ufeff").splitlines() or [""]
            columns = head.split(",")
            if {"region", "variable", "value"} <= set(columns):
                at = columns.index("value")
                if any(len(cells := row.split(",")) > at and cells[at].strip() for row in rows):
                    return path
    return None


def _value(line: int, cell: Mapping[str, str], path: Path) -> tuple[str, float, str]:
    """Return the region, the value in the variable's own unit, and that unit, of one row."""
    variable = cell["variable"]
    if variable not in VARIABLES:
        hint = did_you_mean(variable, VARIABLES)
        raise LabelError(f"{path}, row {line}: variable {variable!r} is unknown{hint}; known: {', '.join(VARIABLES)}.")
    place, to = f"{path}, row {line}, column unit of {variable}", VARIABLES[variable]
    if is_money(to):
        unit = known_money(cell["unit"], place)
        to = in_currency_of(unit, to)
    else:
        unit = known_unit(cell["unit"], to, place)
    if cell["status"] not in STATUSES:
        raise InputError(f"status {cell['status']!r}", " or ".join(STATUSES), file=path, row=line, column="status")
    amount = number(cell, "value", line, path) * conversion(unit, to)
    return labels.province(cell["region"], where=f"{path}, row {line}"), amount, to


def _one_currency(unit: str, found: dict[str, str], line: int, path: Path) -> None:
    """Refuse a file in two currencies; `found` holds that of the rows before, and where it stood."""
    if not is_money(unit):
        return
    currency = currency_of(unit)
    found.setdefault(currency, f"row {line}")
    if len(found) > 1:
        first, where = next(iter(found.items()))
        raise UnitError(f"{path}, row {line}: found {currency}, expected {first} as in {where}; one currency per file.")


def _variable(name: str, by_region: Mapping[str, tuple], regions: Sequence[str], path: Path) -> xr.DataArray:
    absent = [region for region in regions if region not in by_region]
    if absent:
        raise LabelError(f"{path}: no {name} of {', '.join(absent)}; add the rows.")
    values, statuses, sources = zip(*(by_region[region] for region in regions), strict=True)
    attrs = {
        "unit": VARIABLES[name],
        "long_name": LONG_NAMES[name],
        "status": "verified" if set(statuses) == {"verified"} else "unverified",
        "source": "; ".join(dict.fromkeys(sources)),
    }
    return xr.DataArray(np.array(values), {"region": list(regions)}, ("region",), name, attrs)


def _check_magnitude(data: xr.Dataset, path: Path) -> None:
    for name in data.data_vars:
        values, top = data[name], 1.0 if str(name).startswith("engel") else np.inf
        bad = values[(values <= 0) | (values >= top)]
        if bad.size:
            region, limit = bad["region"].values[0], "between 0 and 1 (or in %)" if top == 1.0 else "above 0"
            raise UnitError(f"{path}: {name} of {region} is {bad.values[0]:g} {values.unit}, expected {limit}.")
    if {"gdp", "population"} <= set(data.data_vars):
        money = data["gdp"].attrs["unit"]
        per_head = conversion(money, currency_of(money)) / conversion("10k persons", "persons")
        implied = data["gdp"] * per_head / data["population"]
        ratio = implied / data["gdp_per_capita"]
        worst = ratio[abs(ratio - 1).argmax("region")]
        if abs(float(worst) - 1) > 0.1:
            raise UnitError(
                f"{path}: GDP over population of {worst.region.item()} is {float(worst):.3g} times the per-capita GDP "
                "given; check the units of the three."
            )
