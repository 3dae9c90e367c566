"""Energy balance CSV and emission-factor CSV: the inputs of the IPCC route."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

import pandas as pd

from mrio import labels
from mrio.errors import LabelError, did_you_mean
from mrio.formats.records import number, read_records, single_year, stated_year

BALANCE_COLUMNS = ("year", "region", "sector", "fuel", "amount", "non_energy", "unit")
FACTOR_COLUMNS = (
    "set", "fuel", "activity_unit", "ncv", "ncv_unit", "carbon", "carbon_unit", "oxidation", "source", "confidence",
)  # fmt: skip


def read_energy_balance(path: str | PathLike[str], scheme: str = "ceads", year: int | None = None) -> pd.DataFrame:
    """Return energy use by province, sector and fuel.

    Parameters
    ----------
    path : path
        A CSV with the columns :data:`BALANCE_COLUMNS`, one row per province, sector and fuel; ``non_energy`` is the
        part of ``amount`` that is not burnt, 0 if all is.
    scheme : str
        Sector classification of the file; households are ``urban`` and ``rural`` in any of them.
    year : int, optional
        Year every row must state.

    Returns
    -------
    DataFrame
        Columns ``region, sector, fuel, amount, non_energy, unit``, for
        :func:`mrio.emissions.inventories.ipcc_emissions`.

    Raises
    ------
    InputError, LabelError
        A missing column, a cell that is not a number, another year, an unknown province, sector or fuel: file, row and
        column are named.
    """
    path = Path(path)
    known = {"sector": {*labels.sectors(scheme)["code"], "urban", "rural"}, "fuel": set(labels.fuels().index)}
    rows, years = [], set()
    for line, cell in read_records(path, BALANCE_COLUMNS, "an energy balance CSV"):
        for column, codes in known.items():
            if cell[column] not in codes:
                hint = did_you_mean(cell[column], codes)
                raise LabelError(f"{path}, row {line}: {column} {cell[column]!r} is unknown{hint}.")
        years.add(stated_year(cell, line, path, year))
        amounts = {name: number(cell, name, line, path) for name in ("amount", "non_energy")}
        place = labels.province(cell["region"], where=f"{path}, row {line}")
        rows.append({"region": place, "sector": cell["sector"], "fuel": cell["fuel"], **amounts, "unit": cell["unit"]})
    balance = pd.DataFrame(rows)
    balance.attrs = {"year": single_year(years, path)}
    return balance


def read_factors(path: str | PathLike[str] | None = None) -> pd.DataFrame:
    """Return the table of emission factors; default: the project's own, ``data/raw/emission_factors.csv``.

    Raises
    ------
    InputError, LabelError
        A missing column, a cell that is not a number, an unknown fuel, or a fuel given twice in a set.
    """
    path = Path(path) if path is not None else labels.data_dir() / "emission_factors.csv"
    rows = []
    for line, cell in read_records(path, FACTOR_COLUMNS, "an emission-factor CSV"):
        if cell["fuel"] not in labels.fuels().index:
            hint = did_you_mean(cell["fuel"], labels.fuels().index)
            raise LabelError(f"{path}, row {line}: fuel {cell['fuel']!r} is unknown{hint}.")
        rows.append({**cell, **{name: number(cell, name, line, path) for name in ("ncv", "carbon", "oxidation")}})
    labels.unique([f"{row['set']} {row['fuel']}" for row in rows], f"{path}: factor")
    return pd.DataFrame(rows)
