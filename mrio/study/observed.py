"""A year as the analysis tools ask for it: table, direct emissions and, where it is known, population."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path

from mrio import labels
from mrio.analysis.decomposition import Observation
from mrio.analysis.prices import at_constant_prices
from mrio.formats.inputs.deflators import read_deflators
from mrio.formats.inputs.emission_files import read_emissions
from mrio.formats.inputs.socioeconomic import read_socioeconomic
from mrio.formats.netcdf import read_netcdf
from mrio.strict import read_yaml
from mrio.study.inputs import year_files
from mrio.table.plausibility.assessment import check_plausibility
from mrio.table.plausibility.sentences import report_of
from mrio.table.validation.gate import validate

CONFIG = Path("config/config.yaml")
#: What the study leaves out where nothing is said; a table may lack it.
LEFT_OUT = ("Tibet",)


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
    """Return a year from its folder of raw files, as :func:`observe`, held to identities and evidence.

    Raises
    ------
    MrioError
        A table that does not add up, figures that cannot be (docs/plausibility.md), a region that is none.
    """
    files = year_files(Path(raw) / str(year))
    table = read_netcdf(files["table"])
    named = labels.region_names(exclude, [*table.regions, *LEFT_OUT], "option --exclude")
    known = [*table.regions, *LEFT_OUT, *str(table.data.attrs.get("excluded_regions", "")).split(", ")]
    for name in (name for name in named if name not in known):
        warnings.warn(f"option --exclude names {name!r}, which {files['table']} does not have", stacklevel=2)
    seen = observe(files["table"], files["emissions"], files["socioeconomic"], named)
    validate(seen.table, seen.F).raise_for_errors(files["table"])
    emissions = read_emissions(files["emissions"], seen.table.regions, seen.table.scheme, year)
    found = check_plausibility(seen.table, emissions, accepted=_accepted(), files=files)
    for note in report_of(found).raise_for_errors().notes():
        warnings.warn(note, stacklevel=2)
    return seen


def _accepted() -> dict[str, str]:
    """Return the checks whose findings the configuration of the folder says are right (its key ``plausible``)."""
    return dict(read_yaml(CONFIG).get("plausible") or {}) if CONFIG.is_file() else {}


def at_prices(one: Observation, deflators: Path | None) -> Observation:
    """Return the observation at the constant prices of a deflator file, or as it is where there is none."""
    if deflators is None:
        return one
    table = one.table
    index = read_deflators(deflators, table.year, table.regions, table.sectors)
    return Observation(at_constant_prices(table, index), one.F, one.population)
