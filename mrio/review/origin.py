"""Where results come from: every input by its sha256, configuration, code, policies, warnings, environment.

No dates and no absolute paths: the same inputs, code and machine give the same bytes.
"""

from __future__ import annotations

import platform
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import metadata
from os import PathLike
from pathlib import Path

import h5py
import numpy as np
import pandas as pd
import scipy.linalg
import threadpoolctl

from mrio.errors import InputError
from mrio.review.code_files import sha256

#: What decides the numbers, beside the interpreter: their versions are recorded.
PACKAGES = ("numpy", "scipy", "pandas", "xarray", "h5netcdf", "h5py", "matplotlib", "snakemake", "xlsxwriter")


def read_table_attrs(path: str | PathLike) -> dict[str, str]:
    """Return the attributes of a canonical netCDF table, as text."""
    try:
        with h5py.File(path, "r") as file:
            attrs = {name: file.attrs[name] for name in file.attrs if not name.startswith("_")}
    except OSError:
        found, todo = "a file that is not netCDF-4 or is cut short", "run snakemake again"
        raise InputError(found, "a table of the pipeline", todo, file=path) from None
    return {name: str(value.item() if isinstance(value, np.ndarray) else value) for name, value in attrs.items()}


def environment() -> dict:
    """Return interpreter, machine, package versions and the BLAS behind numpy and scipy."""
    np.linalg.inv(np.eye(2)), scipy.linalg.inv(np.eye(2))  # each loads its library with its first use
    libraries = [
        {key: str(found[key]) for key in ("user_api", "internal_api", "version", "architecture") if found.get(key)}
        for found in threadpoolctl.threadpool_info()
        if found["user_api"] == "blas"
    ]
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "blas": sorted(libraries, key=str),
        "packages": {name: metadata.version(name) for name in PACKAGES},
    }


@dataclass(frozen=True)
class Run:
    """A run of the pipeline for one year, or for the series of all its years.

    Attributes
    ----------
    year : int or None
        None for the series.
    config : mapping
        The whole configuration that was used.
    code : mapping
        From :func:`mrio.review.code_files.code_state`.
    study : str
        Name of the study, "" for the default one.
    """

    year: int | None
    config: Mapping
    code: Mapping
    study: str = ""


def provenance(
    run: Run,
    inputs: Iterable[Path],
    outputs: Mapping[str, Path],
    table_attrs: Mapping[str, object],
    checks: pd.DataFrame,
) -> dict:
    """Return the provenance of a year's results, or of the series.

    Parameters
    ----------
    run : Run
    inputs : paths
        Raw files, relative to the project.
    outputs : mapping
        Name in the folder of results -> the file.
    table_attrs : mapping
        Attributes of the table, where every policy leaves its trace.
    checks : DataFrame
        The validation report: what failed without stopping the run is a warning.
    """
    failed = checks[~checks["passed"].astype(bool)]
    return {
        "year": run.year,
        "study": run.study,
        "software": {"name": "mrio", **run.code},
        "inputs": {path.as_posix(): {"sha256": sha256(path), "bytes": path.stat().st_size} for path in sorted(inputs)},
        "config": dict(run.config),
        "policies": {name: str(value) for name, value in sorted(table_attrs.items())},
        "warnings": [
            {"check": str(row.check), "level": str(row.level), "message": str(row.message)}
            for row in failed.itertuples(index=False)
        ],
        "environment": environment(),
        "outputs": {name: sha256(path) for name, path in sorted(outputs.items())},
    }


def flattened(record: Mapping, prefix: str = "") -> dict[str, str]:
    """Return a nested record as dotted name -> text, so that two can be held side by side."""
    flat: dict[str, str] = {}
    for key, value in record.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            flat |= flattened(value, f"{name}.")
        else:
            flat[name] = str(value)
    return flat


def changes(one: Mapping, other: Mapping, skip: Iterable[str] = ("outputs",)) -> pd.DataFrame:
    """Return what differs between two provenances: columns name, one, other; an absent entry is empty."""
    left, right = (flattened({k: v for k, v in record.items() if k not in skip}) for record in (one, other))
    names = [name for name in dict.fromkeys([*left, *right]) if left.get(name, "") != right.get(name, "")]
    return pd.DataFrame({"name": names, "one": [left.get(n, "") for n in names],
                         "other": [right.get(n, "") for n in names]})  # fmt: skip
