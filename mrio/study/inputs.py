"""Before any job: are the configuration and every input of every year what they should be?

The workflow calls :func:`preflight` while it starts, so a mistake stops the run with one sentence and nothing already
computed is touched.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import xarray as xr

from mrio import labels
from mrio.equations.groups import grouping
from mrio.errors import InputError, UnitError
from mrio.formats.datapackage_file import changed_files, label_files
from mrio.formats.inputs.emission_files import read_emissions
from mrio.formats.inputs.parts_mark import check_parts
from mrio.formats.inputs.socioeconomic import read_socioeconomic, statistics_elsewhere
from mrio.formats.netcdf import read_netcdf
from mrio.frames import lying_beside
from mrio.study.grid import reported
from mrio.study.stressor_inputs import check_stressors
from mrio.study.year_folder import missing_inputs, take_labels, year_files
from mrio.table.interregional import Table
from mrio.table.plausibility.assessment import check_plausibility
from mrio.table.plausibility.judging import accepted_checks, found
from mrio.table.plausibility.registry import rule
from mrio.table.plausibility.sentences import with_checks
from mrio.table.policies import apply_policies
from mrio.table.rounding import balanced
from mrio.table.validation.gate import validate
from mrio.table.validation.report import Check, Report
from mrio.units import currency_of


@dataclass(frozen=True)
class Inputs:
    """The inputs of one year, excluded regions dropped; `socioeconomic` is None where there is no file."""

    table: Table
    emissions: xr.Dataset
    socioeconomic: xr.Dataset | None
    report: Report


def read_inputs(
    files: Mapping[str, Path], year: int, config: Mapping, excluded_by: str = "config: key 'exclude_regions'"
) -> Inputs:
    """Return the inputs of a year, read, cut to the study's regions and held to the identities.

    What names the regions left out opens the sentence about one that is not known.

    Raises
    ------
    MrioError
        The first mistake found, as one sentence.
    """
    limits = config["limits"]
    table = balanced(read_netcdf(files["table"]), **config["balance"])
    if table.year != year:
        raise InputError(f"a table of {table.year}", f"one of {year}", "put the right file there", file=files["table"])
    excluded = labels.region_names(config["exclude_regions"], table.regions, excluded_by)
    known = [*table.regions, *str(table.data.attrs.get("excluded_regions", "")).split(", ")]
    nothing = found(rule("exclusions that match nothing"), [name for name in excluded if name not in known])
    table = table.drop_regions([name for name in excluded if name in table.regions])
    emissions = read_emissions(files["emissions"], regions=table.regions, scheme=table.scheme, year=year)
    policies = config["policies"]
    residual = {"policy": policies["residual"], "limit": limits["residual_output"]}
    table = apply_policies(table, emissions["F"], residual=residual, zero_output=policies["zero_output"])
    socioeconomic, gdp = None, None
    if files["socioeconomic"].exists():
        socioeconomic = read_socioeconomic(files["socioeconomic"], regions=table.regions, year=year)
        gdp = socioeconomic.get("gdp")
        check_currency(socioeconomic, table, files["socioeconomic"])
    if files["parts"].exists():
        check_parts(files["parts"], files["table"])
    report = validate(
        table, emissions["F"], gdp, tolerance=config["balance"]["limit"], residual_limit=limits["residual_output"]
    )
    report.raise_for_errors(f"{files['table']} ({year})")
    inputs = Inputs(table, emissions, socioeconomic, report)
    report = with_checks(report, [nothing, *plausibility_checks(inputs, files, config.get("plausible", {}))])
    return replace(inputs, report=report.raise_for_errors())


def check_currency(socioeconomic: xr.Dataset, table: Table, path: object) -> None:
    """Refuse figures in another currency than the table's: one price pays for both."""
    found, expected = (currency_of(of.attrs["unit"]) for of in (socioeconomic["gdp_per_capita"], table.data))
    if found != expected:
        raise UnitError(f"{path}: found figures in {found}, expected {expected}, the table's currency; convert them.")


def plausibility_checks(inputs: Inputs, files: Mapping[str, Path], accepted: Mapping[str, str]) -> list[Check]:
    """Return the plausibility checks of a year's inputs, description included."""
    places = {"table": files["table"], "emissions": files["emissions"], "statistics": files["socioeconomic"]}
    given = (inputs.table, inputs.emissions, inputs.socioeconomic)
    checks = check_plausibility(*given, accepted=accepted, files=places)
    more = changed_files(files["table"].parent, [path.name for path in files.values()])
    more += changed_files(labels.data_dir(), label_files(labels.data_dir()))
    checks += accepted_checks([found(rule("described files"), [str(path) for path in more])], accepted)
    return checks


def preflight(config: Mapping, raw: Path) -> dict[int, Inputs]:
    """Return the inputs of every year of the configuration, all of them read and validated.

    Raises
    ------
    InputError
        Naming every file that is missing, of every year, at once.
    MrioError
        The first mistake inside a file.
    """
    take_labels(config, raw)
    for year in config["years"]:
        _check_names(year_files(raw / str(year)))
    missing = missing_inputs(config, raw)
    if missing:
        whole = [year for year in config["years"] if year not in missing]
        entry = f", or write 'years: {whole}' in the configuration" if whole else ""
        named = ", ".join(str(path) for paths in missing.values() for path in paths)
        raise InputError(
            f"no {named}", f"every input of the years {', '.join(map(str, config['years']))}",
            f"'mrio new-year {min(missing)}' says how to make them{entry}", file=raw,
        )  # fmt: skip
    inputs = {year: read_inputs(year_files(raw / str(year)), year, config) for year in config["years"]}
    for of_year in inputs.values():
        reported(of_year.table.scheme, config["resolutions"])
        for name in config["groupings"]:
            grouping(name, of_year.table.regions)
        check_stressors(year_files(raw / str(of_year.table.year))["emissions"], of_year.table, config)
    return inputs


def _check_names(files: Mapping[str, Path]) -> None:
    """Refuse files of a year under names by which they would not be read, and links to what is not there."""
    for path in files.values():
        if path.is_symlink() and not path.exists():
            raise InputError(f"a link to {os.readlink(path)}, which is not there", "a file", "mend it", file=path)
        if other := lying_beside(path):
            todo = f"save it as {path.name}: it would not be read"
            raise InputError(f"a file {other}", path.name, todo, file=path.parent)
    wanted = files["socioeconomic"]
    if not wanted.exists() and (found := statistics_elsewhere(wanted.parent, [path.name for path in files.values()])):
        todo = f"save it as {wanted.name}: it would not be read"
        raise InputError(f"statistics in {found.name}", wanted.name, todo, file=wanted.parent)
