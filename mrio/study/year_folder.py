"""The folder of a year: which files it holds, which are lacking, whose labels it brings.  No table is read here.

The workflow asks this each time it starts, so nothing is imported that takes long to load.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mrio import own_labels
from mrio.choosable import CO2
from mrio.errors import ConfigError, InputError, MrioError
from mrio.strict import read_yaml

#: The number of sectors stands in the name.
TABLE_FILE, EMISSIONS_FILE, SOCIOECONOMIC_FILE = "mrio_{}.nc", "emissions_{}.csv", "socioeconomic.csv"
PARTS_FILE = "estimate_parts.nc"
OBSERVED_FILE, ALTERNATIVES_FILE, ACCOUNT_FILE = "evidence.csv", "evidence_alternatives.csv", "estimate_account.csv"
#: Files without which a year is still computed: no socioeconomic figures, no Table 3; a table that was not estimated
#: here has no evidence, and no parts from which it could be drawn with errors.
OPTIONAL = ("socioeconomic", "parts", "evidence", "alternatives", "account")


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


def stressors_of(config: Mapping[str, Any]) -> list[str]:
    """Return the stressors of a configuration, CO2 alone unless stated."""
    return list(config.get("stressors", [CO2]))


def other_files(emissions: Path, config: Mapping[str, Any]) -> dict[str, Path]:
    """Return stressor -> its file beside that of CO2, for every other stressor of the configuration."""
    others = [name for name in stressors_of(config) if name != CO2]
    return {name: emissions.with_name(f"{emissions.stem}_{name}.csv") for name in others}


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
