"""Emission CSVs (``data/raw/<year>/emissions_*.csv``) -> an emission Dataset, and back.

Owns the shape of emissions in this library.  A file has one row per province and sector plus two household rows
(``urban``, ``rural``); year, sector scheme, stressor and unit on every row, where a spreadsheet keeps them; one column
per fuel where fuels are known, and their total.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from mrio import labels
from mrio.errors import BalanceError, InputError, LabelError, did_you_mean
from mrio.formats.inputs.emission_keys import (
    CO2,
    HOUSEHOLDS,
    KEY_COLUMNS,
    LATER_COLUMNS,
    UNIT,
    check_stated,
    check_unit,
    scheme_of,
    sector_code,
)
from mrio.formats.records import read_records, row_numbers, single_year, stated_year
from mrio.formats.text_cells import is_number
from mrio.saving import whole_text
from mrio.units import conversion, units_like

#: Emissions are kept to one kilogram, so that any aggregation of a file adds up exactly.
DECIMALS = 9


def emission_dataset(F: xr.DataArray, F_Y: xr.DataArray, **attrs: object) -> xr.Dataset:
    """Return the emission Dataset of sectors and households by fuel.

    Parameters
    ----------
    F : DataArray (region, fuel, sector)
    F_Y : DataArray (region, fuel, household)
    attrs
        ``year``, ``scheme`` (sector classification), ``source``, ``stressor`` and its ``unit`` (default: CO2 in Mt).

    Returns
    -------
    Dataset
        ``F(region, sector)`` and ``F_Y(region)``, their parts ``F_by_fuel(fuel, region, sector)`` and
        ``F_Y_by_fuel(fuel, household, region)``; every variable with its unit, and F with the year and scheme that
        equations hold against those of the table.
    """
    parts = {
        "F_by_fuel": F.transpose("fuel", "region", "sector"),
        "F_Y_by_fuel": F_Y.transpose("fuel", "household", "region"),
    }  # in C order, so that the same numbers have the same sums to the last bit
    parts = {name: part.copy(data=np.ascontiguousarray(part.values)) for name, part in parts.items()}
    with xr.set_options(arithmetic_join="exact"):
        data = xr.Dataset(
            {"F": parts["F_by_fuel"].sum("fuel"), "F_Y": parts["F_Y_by_fuel"].sum(("fuel", "household")), **parts}
        )
    about = {"stressor": CO2, "unit": "Mt", **attrs}
    for variable in data.data_vars.values():
        variable.attrs = {"unit": about["unit"]}
    data["F"].attrs |= {name: about[name] for name in ("year", "scheme") if name in about}
    data["F"].attrs["long_name"] = f"direct {about['stressor']} of production"
    data["F_Y"].attrs["long_name"] = f"direct {about['stressor']} of households"
    return data.assign_attrs(about)


def write_emissions(emissions: xr.Dataset, path: str | PathLike[str]) -> Path:
    """Write an emission Dataset as CSV: nine decimals (1 kg of CO2), the same bytes every time; read back equal."""
    path, about = Path(path), emissions.attrs
    unit = UNIT if about["stressor"] == CO2 else about["unit"]
    path.parent.mkdir(parents=True, exist_ok=True)
    codes = emissions["fuel"].values.tolist()
    parts = [emissions["F_by_fuel"], emissions["F_Y_by_fuel"].rename(household="sector")]
    cube = xr.concat(parts, "sector").transpose("region", "sector", "fuel")
    kilograms = np.rint(cube.values * 10**DECIMALS).astype(np.int64)
    with whole_text(path, "utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([*KEY_COLUMNS, *([] if codes == ["total"] else codes), "total"])
        for r, region in enumerate(cube["region"].values):
            for i, sector in enumerate(cube["sector"].values):
                fuels = [] if codes == ["total"] else kilograms[r, i].tolist()
                amounts = [*fuels, kilograms[r, i].sum()]
                keys = (about["year"], about["scheme"], about["stressor"], region, sector, unit)
                writer.writerow([*keys, *map(_decimal, amounts)])
    return path


def _decimal(kilograms: int) -> str:
    """Return whole kilograms as a decimal number of Mt, without trailing zeros."""
    text = f"{int(kilograms) // 10**DECIMALS}.{int(kilograms) % 10**DECIMALS:0{DECIMALS}d}"
    return text.rstrip("0").rstrip(".")


def read_emissions(
    path: str | PathLike[str], regions: Sequence[str] | None = None, scheme: str | None = None,
    year: int | None = None, stressor: str = CO2,
) -> xr.Dataset:  # fmt: skip
    """Return the emission Dataset of a CSV.

    Parameters
    ----------
    path : path
    regions : sequence of str, optional
        Provinces that must be there, each with every sector; others are refused.  Default: whatever the file has.
    scheme : str, optional
        Sector classification every row must state, that of the table.  Default: whatever the file states.
    year : int, optional
        Year every row must state.
    stressor : str
        What every row must say is emitted or used.

    Returns
    -------
    Dataset
        As :func:`emission_dataset`; a file without fuel columns has the single fuel ``"total"``.  CO2 comes in Mt, any
        other stressor in the unit of the file.

    Raises
    ------
    InputError, UnitError, LabelError
        A missing column, a cell that is not a number of at least 0, another year, scheme, stressor or unit, an unknown
        or repeated province or sector, or one that is missing; file, row and column are named.
    BalanceError
        A row whose fuels do not add up to its total.
    """
    path = Path(path)
    records = list(read_records(path, (*KEY_COLUMNS, "total"), "an emission CSV", optional=LATER_COLUMNS))
    scheme = scheme_of(records, path, scheme, stressor)
    sectors = [*labels.sectors(scheme)["code"], *HOUSEHOLDS]
    cells, about = _checked_cells(records, path, {"year": year, "scheme": scheme, "stressor": stressor}, sectors)
    found = {region for region, _ in cells}
    ordered = [name for name in labels.regions().index if name in found]
    _check_complete(cells, ordered, regions, sectors, path)
    ordered = ordered if regions is None else list(regions)
    values = np.array([[cells[region, sector] for sector in sectors] for region in ordered])
    names = _fuels(records[0][1]) or ["total"]
    cube = xr.DataArray(values, {"region": ordered, "sector": sectors, "fuel": names}, ("region", "sector", "fuel"))
    F_Y = cube.sel(sector=list(HOUSEHOLDS)).rename(sector="household")
    return emission_dataset(cube.sel(sector=sectors[:-2]), F_Y, **about, source=path.name)


def _checked_cells(
    records: Iterable[tuple[int, Mapping[str, str]]], path: Path, stated: Mapping[str, Any], sectors: Sequence[str]
) -> tuple[dict[tuple[str, str], np.ndarray], dict[str, Any]]:
    """Return the emissions by fuel of each (province, sector), and what all rows state, held to `stated`."""
    cells: dict[tuple[str, str], np.ndarray] = {}
    years, units, stressor = set[int](), list[str](), stated["stressor"]
    expected = {name: stated[name] for name in LATER_COLUMNS}
    for line, cell in records:
        years.add(stated_year(cell, line, path, stated["year"]))
        check_stated(cell, expected, line, path)
        key = _key(cell, line, sectors, path)
        if key in cells:
            raise LabelError(f"{path}, row {line}: {' '.join(key)} is given twice; each must appear once.")
        check_unit(cell["unit"], units, line, path, stressor)
        cells[key] = _amounts(cell, _fuels(cell), line, path)
    unit = "Mt" if stressor == CO2 else units[0]
    return cells, {**expected, "unit": unit, "year": single_year(years, path)}


def _fuels(cell: Mapping[str, str]) -> list[str]:
    return [name for name in cell if name not in (*KEY_COLUMNS, "total")]


def _key(cell: Mapping[str, str], line: int, sectors: Sequence[str], path: Path) -> tuple[str, str]:
    """Return region and sector of a record, refusing what is neither."""
    sector = sector_code(cell["sector"])
    if sector not in sectors:
        hint = did_you_mean(sector, sectors)
        raise LabelError(f"{path}, row {line}: sector {cell['sector']!r} is unknown{hint}; e.g. {sectors[0]!r}.")
    return labels.province(cell["region"], where=f"{path}, row {line}"), sector


def _amounts(cell: Mapping[str, str], fuels: Sequence[str], line: int, path: Path) -> np.ndarray:
    """Return the emissions of a record by fuel (CO2 in Mt), or its total where no fuel is known."""
    names, unit = (*fuels, "total"), cell["unit"]
    size = conversion(unit, UNIT) if unit in units_like(UNIT) else 1.0
    _refuse_columns(cell, fuels, path)
    values = {k: v * size for k, v in zip(names, row_numbers(cell, names, line, path), strict=True)}
    for name, value in values.items():
        if value < 0:
            raise InputError(f"{cell[name]}", "emissions of at least 0", "correct it", file=path, row=line, column=name)
    if not fuels:
        return np.array([values["total"]])
    parts = sum(values[name] for name in fuels)
    if abs(parts - values["total"]) > 1e-6 * max(1.0, values["total"]):
        strange = next((name for name in fuels if name not in labels.fuels().index), None)
        todo = "correct the cell that was changed"
        if strange is not None:
            todo = f"take out column {strange!r}, which is no fuel of data/raw/fuels.csv and is counted as one"
        raise BalanceError(
            f"{path}, row {line}: fuels add up to {parts / size:.6f} {unit}, but the total says "
            f"{values['total'] / size:.6f} {unit}; {todo}."
        )
    return np.array([values[name] for name in fuels])


def _refuse_columns(cell: Mapping[str, str], fuels: Sequence[str], path: Path) -> None:
    """Refuse a column that is no fuel and holds text: remarks, not emissions."""
    for name in fuels:
        if name not in labels.fuels().index and not is_number(cell[name]):
            found = f"column {name!r}, which is no fuel of data/raw/fuels.csv"
            raise InputError(found, "fuels and 'total' after the unit", "take it out or rename it", file=path, row=1)


def _check_complete(
    cells: Collection[tuple[str, str]], found: Sequence[str], regions: Sequence[str] | None, sectors: Sequence[str],
    path: Path,
) -> None:  # fmt: skip
    """Refuse provinces that the table does not have, and provinces or sectors of it without a row."""
    wanted = list(found if regions is None else regions)
    extra = [name for name in found if name not in wanted]
    if extra:
        names = ", ".join(extra)
        raise LabelError(
            f"{path}: emissions of {names}, which the table does not have or the study leaves out; drop the rows."
        )
    absent = [name for name in wanted if name not in found]
    if absent:
        todo = "add the rows or exclude the province (--exclude, or exclude_regions in the configuration)"
        raise LabelError(f"{path}: no emissions of {', '.join(absent)}; {todo}.")
    for region in wanted:
        for sector in sectors:
            if (region, sector) not in cells:
                raise LabelError(f"{path}: {region} has no row for sector {sector!r}; a sector without emissions is 0.")
