"""A folder of results (``results/<year>``) and the raw files of its year -> what a comparison needs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from python_calamine import CalamineWorkbook

from mrio.errors import InputError
from mrio.formats.inputs.emission_files import read_emissions
from mrio.formats.inputs.socioeconomic import read_socioeconomic
from mrio.formats.result_files import read_dataset
from mrio.formats.text_cells import column_name
from mrio.outputs.table_files import read_tables
from mrio.review.origin import sha256
from mrio.saving import remember

PROVENANCE_FILE = "provenance.json"
#: Dataset of results -> a variable only it has.
RESULTS = {"accounts": "production", "responsibility": "shared"}
#: What a provenance holds at least, and as what.
RECORDED = {"year": int | None, "config": dict, "inputs": dict, "outputs": dict, "software": dict, "environment": dict}


@dataclass(frozen=True)
class Results:
    """Accounts and shared responsibility of a year, its emissions by fuel and socioeconomic figures.

    `figures` is None where the year has none; `estimated` says whether the flows of the table are estimates.
    """

    accounts: xr.Dataset
    shared: xr.Dataset
    emissions: xr.Dataset
    figures: xr.Dataset | None
    estimated: bool


def read_results(folder: str | PathLike, emissions: str | PathLike, socioeconomic: str | PathLike | None) -> Results:
    """Return the results in a folder, with the raw files of their year.

    Parameters
    ----------
    folder : path
        ``results/<year>``.
    emissions, socioeconomic : path
        The year's raw files; no socioeconomic figures: None.

    Raises
    ------
    InputError
        If the folder is not one of results.
    """
    folder = Path(folder)
    accounts, shared = (_holding(folder / f"{name}.nc", variable) for name, variable in RESULTS.items())
    regions, year = accounts["region"].values.tolist(), int(accounts.attrs["year"])
    figures = None if socioeconomic is None else read_socioeconomic(socioeconomic, regions=regions, year=year)
    by_fuel = read_emissions(emissions, regions=regions, year=year)
    return Results(accounts, shared, by_fuel, figures, accounts.attrs.get("source", "").startswith("estimated"))


def read_provenance(folder: str | PathLike) -> dict:
    """Return the provenance of a folder of results.

    Raises
    ------
    InputError
        If there is none, or it is not JSON.
    """
    path = Path(folder) / PROVENANCE_FILE
    if not path.is_file():
        raise InputError(
            "no such file", "the provenance the pipeline writes beside its results",
            "name a folder such as results/2017, or run snakemake", file=path,
        )  # fmt: skip
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise InputError("bytes that are no text", "provenance", "run snakemake again", file=path) from None
    except json.JSONDecodeError as error:
        raise InputError("text that is not JSON", "provenance", "run snakemake again", file=path,
                         row=error.lineno) from None  # fmt: skip
    for name, kind in RECORDED.items():
        if not isinstance(record, dict) or not isinstance(record.get(name), kind):
            raise InputError(
                f"no entry {name!r}", "provenance as the pipeline writes it", "run snakemake again", file=path
            )
    remember(path)
    return record


def edited_since(folder: str | PathLike, record: Mapping[str, Any]) -> list[str]:
    """Return a sentence on every file of a folder of results that is not the one the pipeline made."""
    there = {Path(folder) / name: made for name, made in record["outputs"].items()}
    return [
        f"{path}: found another file than the pipeline made (its sha256 differs); run snakemake again."
        for path, made in there.items()
        if path.is_file() and sha256(path) != made
    ]


def read_result(path: str | PathLike) -> pd.DataFrame | xr.Dataset:
    """Return a result to compare cell by cell: a table (CSV), a dataset (netCDF), the cells of a workbook, or lines.

    A workbook comes as one row a cell, named by its sheet, row and column; any other text as one row a line.
    """
    path = Path(path)
    if path.suffix == ".csv":
        return next(iter(read_tables([path]).values()))
    if path.suffix == ".nc":
        return _dataset(path)
    if path.suffix == ".xlsx":
        return pd.DataFrame(_workbook_cells(path), columns=["cell", "text", "number"])
    lines = path.read_text(encoding="utf-8").splitlines()
    return pd.DataFrame({"line": [f"line {k}" for k in range(1, len(lines) + 1)], "text": lines})


def _workbook_cells(path: Path) -> Iterator[tuple[str, str, float]]:
    book = CalamineWorkbook.from_path(str(path))
    for sheet in book.sheet_names:
        for r, row in enumerate(book.get_sheet_by_name(sheet).to_python(skip_empty_area=False), start=1):
            for c, value in enumerate(row):
                place = f"{sheet} {column_name(c)}{r}"
                if isinstance(value, int | float) and not isinstance(value, bool):
                    yield place, "", float(value)
                elif value != "":
                    yield place, str(value), np.nan


def _holding(path: Path, variable: str) -> xr.Dataset:
    """Return a dataset that must have a variable."""
    data = _dataset(path)
    if variable not in data:
        raise InputError(f"no variable {variable!r}", "results of the pipeline", "run snakemake again", file=path)
    return data


def _dataset(path: Path) -> xr.Dataset:
    if not path.exists():
        raise InputError("no such file", "results of the pipeline", "name a folder such as results/2017", file=path)
    remember(path)
    try:
        return read_dataset(path)
    except (OSError, ValueError) as error:
        found, todo = "a file that is not netCDF-4 or is cut short", "run snakemake again"
        raise InputError(found, "results of the pipeline", todo, file=path) from error
