"""A year as the analysis tools ask for it: table, direct emissions and, where it is known, population."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path

from mrio.analysis.decomposition import Observation
from mrio.analysis.prices import at_constant_prices
from mrio.errors import InputError
from mrio.formats.inputs.deflators import read_deflators
from mrio.formats.inputs.emission_files import read_emissions
from mrio.formats.inputs.socioeconomic import read_socioeconomic
from mrio.formats.netcdf import read_netcdf
from mrio.places import shipped
from mrio.study.config import read_config
from mrio.study.inputs import read_inputs
from mrio.study.year_folder import year_files

CONFIG = Path("config/config.yaml")


def observe(
    table_file: Path, emissions_file: Path, socioeconomic_file: Path | None = None, exclude: Sequence[str] = ()
) -> Observation:
    """Return one year's table without the excluded regions, its emissions, and population where the file has it.

    Parameters
    ----------
    table_file, emissions_file : Path
    socioeconomic_file : Path, optional
        May not be there, or have no population: then volume per head and population are one factor.
    exclude : sequence of str
        Regions whose flows go to the excluded accounts.
    """
    table = read_netcdf(table_file)
    table = table.drop_regions([name for name in exclude if name in table.regions])
    F = read_emissions(emissions_file, regions=table.regions, scheme=table.scheme, year=table.year)["F"]
    population = None
    if socioeconomic_file is not None and Path(socioeconomic_file).exists():
        population = read_socioeconomic(socioeconomic_file, table.regions, table.year).get("population")
    return Observation(table, F, population)


def observe_year(raw: Path, year: int, exclude: Sequence[str] = ()) -> Observation:
    """Return a year from its folder of raw files, as the pipeline reads it.

    Policies, limits and what is accepted are those of ``config/config.yaml``, or of the configuration that ships where
    there is none.

    Parameters
    ----------
    exclude : sequence of str
        Regions left out; those of the configuration where none are named.

    Raises
    ------
    MrioError
        As :func:`mrio.study.inputs.read_inputs`.
    """
    settings = read_config(CONFIG if CONFIG.is_file() else shipped("config/config.yaml", "config_data/config.yaml"))
    chosen = {"exclude_regions": list(exclude)} if exclude else {}
    _require_year(Path(raw), year)
    named = {"excluded_by": "option --exclude"} if exclude else {}
    seen = read_inputs(year_files(Path(raw) / str(year)), year, settings | chosen, **named)
    for note in seen.report.notes():
        warnings.warn(note, stacklevel=2)
    population = None if seen.socioeconomic is None else seen.socioeconomic.get("population")
    return Observation(seen.table, seen.emissions["F"], population)


def _require_year(raw: Path, year: int) -> None:
    """Refuse a year without a folder, saying which there are."""
    if not (raw / str(year)).is_dir():
        known = sorted(path.name for path in raw.glob("[12][0-9][0-9][0-9]") if path.is_dir()) if raw.is_dir() else []
        there = f"one of {', '.join(known)}" if known else "a folder of each year"
        raise InputError(f"no folder of {year}", there, f"'mrio new-year {year}' says how to make it", file=raw)


def at_prices(one: Observation, deflators: Path | None) -> Observation:
    """Return the observation at the constant prices of a deflator file, or as it is where there is none."""
    if deflators is None:
        return one
    table = one.table
    index = read_deflators(deflators, table.year, table.regions, table.sectors)
    return Observation(at_constant_prices(table, index), one.F, one.population)
