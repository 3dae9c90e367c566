"""Emission CSVs (``data/raw/<year>/emissions_*.csv``) -> an emission Dataset, and back.

Owns the shape of emissions in this library.  A file has one row per province and sector plus two household rows
(``urban``, ``rural``), the unit on every row, one column per fuel where fuels are known, and their total.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping, Sequence
from os import PathLike
from pathlib import Path

import numpy as np
import xarray as xr

from mrio import labels
from mrio.errors import BalanceError, InputError, LabelError, did_you_mean
from mrio.formats.records import read_records, row_numbers, single_year, stated_year
from mrio.saving import whole_text
from mrio.units import conversion, known_unit

HOUSEHOLDS = ("urban", "rural")
KEY_COLUMNS = ("year", "region", "sector", "unit")
#: The unit a file is written in; it may be read in any other of emissions.
UNIT = "Mt CO2"
#: Emissions are kept to one kilogram, so that any aggregation of a file adds up exactly.
DECIMALS = 9


def emission_dataset(F: xr.DataArray, F_Y: xr.DataArray, **attrs: object) -> xr.Dataset:
    """Return the emission Dataset of sectors and households by fuel.

    Parameters
    ----------
    F : DataArray (region, fuel, sector), Mt
    F_Y : DataArray (region, fuel, household), Mt
    attrs
        ``year``, ``scheme`` (sector classification), ``source``.

    Returns
    -------
    Dataset
        ``F(region, sector)`` and ``F_Y(region)``, their parts ``F_by_fuel(fuel, region, sector)`` and
        ``F_Y_by_fuel(fuel, household, region)``; every variable in Mt.
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
    for variable in data.data_vars.values():
        variable.attrs = {"unit": "Mt"}
    data["F"].attrs["long_name"] = "direct CO2 of production"
    data["F_Y"].attrs["long_name"] = "direct CO2 of households"
    return data.assign_attrs(attrs)


def write_emissions(emissions: xr.Dataset, path: str | PathLike[str]) -> Path:
    """Write an emission Dataset as CSV: full precision (1 kg), the same bytes every time; read back equal."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    codes = emissions["fuel"].values.tolist()
    parts = [emissions["F_by_fuel"], emissions["F_Y_by_fuel"].rename(household="sector")]
    cube = xr.concat(parts, "sector").transpose("region", "sector", "fuel")
    kilograms = np.rint(cube.values * 10**DECIMALS).astype(np.int64)
    with whole_text(path, "utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([*KEY_COLUMNS, *codes, "total"])
        for r, region in enumerate(cube["region"].values):
            for i, sector in enumerate(cube["sector"].values):
                amounts = [*kilograms[r, i], kilograms[r, i].sum()]
                writer.writerow([emissions.attrs["year"], region, sector, UNIT, *map(_decimal, amounts)])
    return path


def _decimal(kilograms: int) -> str:
    """Return whole kilograms as a decimal number of Mt, without trailing zeros."""
    text = f"{int(kilograms) // 10**DECIMALS}.{int(kilograms) % 10**DECIMALS:0{DECIMALS}d}"
    return text.rstrip("0").rstrip(".")


def read_emissions(
    path: str | PathLike[str], regions: Sequence[str] | None = None, scheme: str = "42", year: int | None = None
) -> xr.Dataset:
    """Return the emission Dataset of a CSV.

    Parameters
    ----------
    path : path
    regions : sequence of str, optional
        Provinces that must be there, each with every sector; others are refused.  Default: whatever the file has.
    scheme : str
        Sector classification of the file (:func:`mrio.labels.sectors`).
    year : int, optional
        Year every row must state.

    Returns
    -------
    Dataset
        As :func:`emission_dataset`; a file without fuel columns has the single fuel ``"total"``.

    Raises
    ------
    InputError, UnitError, LabelError
        A missing column, a cell that is not a number of at least 0, another year or unit, an unknown or repeated
        province or sector, or one that is missing; file, row and column are named.
    BalanceError
        A row whose fuels do not add up to its total.
    """
    path = Path(path)
    sectors = [*labels.sectors(scheme)["code"], *HOUSEHOLDS]
    cells: dict[tuple[str, str], np.ndarray] = {}
    years, units, fuels = set[int](), list[str](), list[str]()
    for line, cell in read_records(path, (*KEY_COLUMNS, "total"), "an emission CSV"):
        years.add(stated_year(cell, line, path, year))
        key, fuels = _key(cell, line, sectors, path), [name for name in cell if name not in (*KEY_COLUMNS, "total")]
        if key in cells:
            raise LabelError(f"{path}, row {line}: {' '.join(key)} is given twice; each must appear once.")
        _check_one_unit(cell["unit"], units, line, path)
        cells[key] = _amounts(cell, fuels, line, path)
    found = {region for region, _ in cells}
    ordered = [name for name in labels.regions().index if name in found]
    _check_complete(cells, ordered, regions, sectors, path)
    ordered = ordered if regions is None else list(regions)
    values = np.array([[cells[region, sector] for sector in sectors] for region in ordered])
    names = fuels or ["total"]
    cube = xr.DataArray(values, {"region": ordered, "sector": sectors, "fuel": names}, ("region", "sector", "fuel"))
    F_Y = cube.sel(sector=list(HOUSEHOLDS)).rename(sector="household")
    return emission_dataset(
        cube.sel(sector=sectors[:-2]), F_Y, year=single_year(years, path), scheme=scheme, source=path.name
    )


def _check_one_unit(unit: str, units: list[str], line: int, path: Path) -> None:
    """Refuse a file that changes its unit; `units` holds that of the rows before."""
    if units and unit != units[0]:
        expected, todo = f"{units[0]!r} as in the rows before", "one unit per file"
        raise InputError(f"unit {unit!r}", expected, todo, file=path, row=line, column="unit")
    units[:] = [unit]


def _key(cell: Mapping[str, str], line: int, sectors: Sequence[str], path: Path) -> tuple[str, str]:
    """Return region and sector of a record, refusing what is neither or in another unit."""
    sector = cell["sector"].zfill(2) if cell["sector"].isdigit() else cell["sector"]  # spreadsheets turn 01 into 1
    if sector not in sectors:
        hint = did_you_mean(sector, sectors)
        raise LabelError(f"{path}, row {line}: sector {cell['sector']!r} is unknown{hint}; e.g. {sectors[0]!r}.")
    known_unit(cell["unit"], UNIT, f"{path}, row {line}, column unit")
    return labels.province(cell["region"], where=f"{path}, row {line}"), sector


def _amounts(cell: Mapping[str, str], fuels: Sequence[str], line: int, path: Path) -> np.ndarray:
    """Return the emissions of a record by fuel in Mt, or its total where no fuel is known."""
    names = (*fuels, "total")
    in_Mt = conversion(cell["unit"], UNIT)
    values = {k: v * in_Mt for k, v in zip(names, row_numbers(cell, names, line, path), strict=True)}
    for name, value in values.items():
        if value < 0:
            raise InputError(f"{cell[name]}", "emissions of at least 0", "correct it", file=path, row=line, column=name)
    if not fuels:
        return np.array([values["total"]])
    parts = sum(values[name] for name in fuels)
    if abs(parts - values["total"]) > 1e-6 * max(1.0, values["total"]):
        raise BalanceError(
            f"{path}, row {line}: fuels add up to {parts:.6f} Mt, but the total says {values['total']:.6f} Mt; "
            "correct the cell that was changed."
        )
    return np.array([values[name] for name in fuels])


def _check_complete(
    cells: Collection[tuple[str, str]], found: Sequence[str], regions: Sequence[str] | None, sectors: Sequence[str],
    path: Path,
) -> None:  # fmt: skip
    """Refuse provinces that the table does not have, and provinces or sectors of it without a row."""
    wanted = list(found if regions is None else regions)
    extra = [name for name in found if name not in wanted]
    if extra:
        raise LabelError(f"{path}: emissions of {', '.join(extra)}, which the table does not have; drop the rows.")
    absent = [name for name in wanted if name not in found]
    if absent:
        raise LabelError(f"{path}: no emissions of {', '.join(absent)}; add the rows or exclude the province.")
    for region in wanted:
        for sector in sectors:
            if (region, sector) not in cells:
                raise LabelError(f"{path}: {region} has no row for sector {sector!r}; a sector without emissions is 0.")
