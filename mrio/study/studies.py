"""Studies side by side: ``studies/<name>.yaml`` states what differs from ``config/config.yaml``, and nothing else.

Results of a study are in ``results/<name>``, figures in ``figures/<name>``, so that a price of 60 never overwrites one
of 100.  What a study has in common with the default one is computed once, in ``results/<year>``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

from mrio.errors import ConfigError, did_you_mean
from mrio.strict import read_yaml
from mrio.study.config import check_config

FOLDER = Path("studies")
#: Folders of results that are not a study's.
TAKEN = ("regional", "series", "settlement", "validation")
#: Keys of the configuration that move the table, the model or the draws.
COMPUTED_BY = (
    "exclude_regions", "policies", "balance", "limits", "plausible", "labels", "methods", "resolutions", "scope",
    "foreign_imports", "responsibility", "uncertainty",
)  # fmt: skip


def study_named(asked: object, configfiles: Sequence[str | PathLike[str]]) -> str:
    """Return the study a run is of: the one asked for by name, or whose file was given; "" for the default study.

    Raises
    ------
    ConfigError
        If there is no such study: which there are; or if several are asked for.
    InputError
        If its file is no YAML.
    """
    given = [Path(path) for path in configfiles if Path(path).parent.name == FOLDER.name]
    if asked is None and not given:
        return ""
    names = list(dict.fromkeys([*([] if asked is None else [str(asked)]), *(path.stem for path in given)]))
    if len(names) > 1:
        raise ConfigError(f"the studies {' and '.join(names)} are asked for at once; a run is of one: name one.")
    name = names[0]
    there = sorted(path.stem for path in FOLDER.glob("*.yaml"))
    if name not in there:
        known = f"there are {', '.join(there)}" if there else f"{FOLDER} holds none"
        raise ConfigError(f"study {name!r} is unknown{did_you_mean(name, there)}: {known}; write {FOLDER}/{name}.yaml.")
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", name) or name in TAKEN:
        raise ConfigError(
            f"a study cannot be called {name!r}, expected letters, figures, - and _, a letter first, and none of "
            f"{', '.join(TAKEN)}; rename {FOLDER}/{name}.yaml."
        )
    read_yaml(study_file(name))
    return name


def study_file(name: str) -> Path:
    """Return where a study says what differs."""
    return FOLDER / f"{name}.yaml"


def folders_of(name: str, config: Mapping[str, Any], default: str | PathLike[str]) -> dict[str, str]:
    """Return the folders of a study by the names that the rules call them by.

    Parameters
    ----------
    name : str
        "" for the default study.
    config : mapping
        Its whole configuration, checked.
    default : path
        The configuration of the default study, with which it may have the table, the model and the draws in common.

    Returns
    -------
    dict
        ``results``, ``figures``, ``logs``, ``benchmarks``, and for what is in common ``computed``, ``computed_logs``,
        ``computed_benchmarks``.
    """
    own = f"/{name}" if name else ""
    common = "" if not name or agrees(config, check_config(read_yaml(Path(default)), default)) else own
    return {
        "results": f"results{own}", "figures": f"figures{own}", "logs": f"logs{own}",
        "benchmarks": f"benchmarks/rules{own}", "computed": f"results{common}", "computed_logs": f"logs{common}",
        "computed_benchmarks": f"benchmarks/rules{common}",
    }  # fmt: skip


def agrees(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Return whether two configurations give the same table, model and draws."""
    return all(one.get(key) == other.get(key) for key in COMPUTED_BY)
