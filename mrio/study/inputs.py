"""Before any job: are the configuration and every input of every year what they should be?

The workflow calls :func:`preflight` while it starts, so a mistake stops the run with one sentence and nothing already
computed is touched.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import xarray as xr

from mrio import labels, own_labels
from mrio.equations.groups import grouping
from mrio.errors import ConfigError, InputError, MrioError, UnitError
from mrio.formats.datapackage_file import changed_files, label_files
from mrio.formats.inputs.emission_files import read_emissions
from mrio.formats.inputs.parts_mark import check_parts
from mrio.formats.inputs.socioeconomic import read_socioeconomic
from mrio.formats.netcdf import read_netcdf
from mrio.frames import lying_beside
from mrio.strict import read_yaml
from mrio.study.grid import reported
from mrio.study.stressor_inputs import check_stressors
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

#: The number of sectors stands in the name.
TABLE_FILE, EMISSIONS_FILE, SOCIOECONOMIC_FILE = "mrio_{}.nc", "emissions_{}.csv", "socioeconomic.csv"
PARTS_FILE = "estimate_parts.nc"
OBSERVED_FILE, ALTERNATIVES_FILE, ACCOUNT_FILE = "evidence.csv", "evidence_alternatives.csv", "estimate_account.csv"
#: Files without which a year is still computed: no socioeconomic figures, no Table 3; a table that was not estimated
#: here has no evidence, and no parts from which it could be drawn with errors.
OPTIONAL = ("socioeconomic", "parts", "evidence", "alternatives", "account")


@dataclass(frozen=True)
class Inputs:
    """The inputs of one year, excluded regions dropped; `socioeconomic` is None where there is no file."""

    table: Table
    emissions: xr.Dataset
    socioeconomic: xr.Dataset | None
    report: Report


def year_files(folder: Path) -> dict[str, Path]:
    """Return the files a year's folder holds, by what they are."""
    sectors = _sectors_in_name(Path(folder))
    names = {"table": TABLE_FILE.format(sectors), "emissions": EMISSIONS_FILE.format(sectors),
             "socioeconomic": SOCIOECONOMIC_FILE, "parts": PARTS_FILE, "evidence": OBSERVED_FILE,
             "alternatives": ALTERNATIVES_FILE, "account": ACCOUNT_FILE}  # fmt: skip
    return {what: Path(folder) / name for what, name in names.items()}


def _sectors_in_name(folder: Path) -> str:
    """Return the number of sectors in the name of a folder's table; 42 where there is none yet.

    Raises
    ------
    InputError
        If there are several tables: which one the study means cannot be known.
    """
    found = sorted(path.stem.removeprefix("mrio_") for path in folder.glob("mrio_*.nc"))
    found = [name for name in found if name.isdigit()]
    if len(found) > 1:
        named = " and ".join(TABLE_FILE.format(name) for name in found)
        raise InputError(named, "one table of the year", "move the other one out of the folder", file=folder)
    return found[0] if found else "42"


def read_inputs(files: Mapping[str, Path], year: int, config: Mapping) -> Inputs:
    """Return the inputs of a year, read, cut to the study's regions and held to the identities.

    Raises
    ------
    MrioError
        The first mistake found, as one sentence.
    """
    limits = config["limits"]
    table = balanced(read_netcdf(files["table"]), **config["balance"])
    if table.year != year:
        raise InputError(f"a table of {table.year}", f"one of {year}", "put the right file there", file=files["table"])
    excluded = labels.region_names(config["exclude_regions"], table.regions, "config: key 'exclude_regions'")
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
        for path in year_files(raw / str(year)).values():
            if other := lying_beside(path):
                todo = f"save it as {path.name}: it would not be read"
                raise InputError(f"a file {other}", path.name, todo, file=path.parent)
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


def take_labels(config: Mapping, raw: Path) -> None:
    """Take regions and sectors from the folder the configuration names, else from the one a table's folder brings.

    Raises
    ------
    ConfigError
        If the folders of two years bring different labels: results of one run have one set of regions.
    """
    if config.get("labels"):
        own_labels.use(config["labels"])
        return
    brought = {year: own_labels.brought_by(Path(raw) / str(year)) for year in config["years"]}
    texts = {year: folder and own_labels.texts_of(folder) for year, folder in brought.items()}
    first = config["years"][0]
    other = next((year for year in config["years"] if texts[year] != texts[first]), None)
    if other is not None:
        raise ConfigError(
            f"config: years {first} and {other} have other regions or sectors (regions.csv and sectors.csv in their "
            "folders); give each a configuration of its own, or name one folder: 'labels: <folder>'."
        )
    own_labels.use(brought[first])


def missing_inputs(config: Mapping, raw: Path) -> dict[int, list[Path]]:
    """Return year -> files that must be there and are not, for the years of the configuration that lack any.

    Socioeconomic figures may be lacking: without them a year ends with Table 2.
    """
    files = {year: year_files(Path(raw) / str(year)) for year in config["years"]}
    needed = {year: [path for what, path in of_year.items() if what not in OPTIONAL] for year, of_year in files.items()}
    missing = {year: [path for path in paths if not path.exists()] for year, paths in needed.items()}
    return {year: paths for year, paths in missing.items() if paths}


def config_entry(path: Path, year: int) -> str:
    """Return the line of the configuration that computes `year` beside the years it has, ready to paste."""
    try:
        years = read_yaml(Path(path)).get("years", [])
    except (OSError, MrioError):
        years = []
    return f"years: {sorted({*years, year})}"
