"""What the pre-flight found of a configuration and its inputs, remembered by the contents of all that it may read.

A second look costs no second reading: while the configuration, every file of data, the labels in use, the code and the
libraries are what they were, the inputs are as sound as they were.  Only what passed is remembered.
"""

from __future__ import annotations

import hashlib
import json
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mrio import own_labels
from mrio.places import data_dir
from mrio.study import memory
from mrio.study.draw_jobs import file_of_sources
from mrio.study.year_folder import take_labels

if TYPE_CHECKING:
    from mrio.study.inputs import Inputs

#: Under which name it is kept.
NAME = "preflight.json"
LIBRARIES = ("numpy", "pandas", "pydantic", "scipy", "xarray")
#: Refuses what it finds wrong in a configuration and the folder of data.
Check = Callable[[Mapping[str, Any], Path], None]


@dataclass(frozen=True)
class Year:
    """What the rules ask of a year: has it socioeconomic figures, population; were its flows estimated here."""

    socioeconomic: bool
    population: bool
    estimated: bool


@dataclass(frozen=True)
class Checked:
    """Inputs that passed: what the rules ask of each year, what is doubtful, and the sources that are drawn alone."""

    years: Mapping[int, Year]
    doubts: list[str]
    drawn_alone: list[str]


def checked(config: Mapping[str, Any], data: Path = Path("data"), besides: Sequence[Check] = ()) -> Checked:
    """Return what the rules need to know of the inputs, all of them held to everything a job will ask of them.

    Parameters
    ----------
    config : mapping
        As :func:`mrio.study.config.check_config` returns it.
    data : path
        The folder with ``raw`` and ``reference``.
    besides : sequence of callable
        Checks of other rooms, of the configuration and the folder: what is refused there is refused here.

    Raises
    ------
    MrioError
        The first mistake found, as one sentence.
    """
    take_labels(config, data / "raw")
    key = contents(config, data)
    kept = memory.recalled(NAME, key)
    if kept is None:
        return _read(config, data, besides, key)
    years = {int(year): Year(**known) for year, known in kept["years"].items()}
    return Checked(years, kept["doubts"], kept["drawn_alone"])


def contents(config: Mapping[str, Any], data: Path) -> str:
    """Return the sha256 of everything that decides whether the inputs pass: values, files of data, labels, and code."""
    named = [Path(value) for value in config.values() if isinstance(value, str) and value]
    labels = own_labels.in_use()
    shipped = [*sorted(data_dir().glob("*.csv")), data_dir() / "concordances", data_dir() / "evidence"]
    files = memory.sum_of([data, *([labels] if labels else []), *named, *shipped])
    about = [sys.version, *(version(name) for name in LIBRARIES), str(labels), files, memory.code()]
    return hashlib.sha256(json.dumps([config, about], sort_keys=True, default=str).encode()).hexdigest()


def _read(config: Mapping[str, Any], data: Path, besides: Sequence[Check], key: str) -> Checked:
    # only here: what reads and checks takes longer to load than all the rest of a look at nothing new
    from mrio.study.draw_files import drawn_alone
    from mrio.study.inputs import preflight
    from mrio.study.side_inputs import check_side_inputs

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        inputs = preflight(config, data / "raw")
        doubts = check_side_inputs(config, inputs, data)
        for check in besides:
            check(config, data)
        alone = drawn_alone(file_of_sources(data / "raw")) if config.get("uncertainty") else []
    years = {year: _asked(of_year) for year, of_year in inputs.items()}
    for warning in caught:
        print(f"note: {warning.message}", file=sys.stderr)
    if not caught:  # what was warned of is to be read again
        passed = {year: asdict(known) for year, known in years.items()}
        memory.keep(NAME, key, {"years": passed, "doubts": doubts, "drawn_alone": alone})
    return Checked(years, doubts, alone)


def _asked(of_year: Inputs) -> Year:
    figures = of_year.socioeconomic
    return Year(figures is not None, figures is not None and "population" in figures, of_year.table.estimated)
