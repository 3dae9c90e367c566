"""Emissions of stressors beside CO2: a file for each in a year's folder, and all of them as one Dataset.

A file holds one stressor, as each comes from a source of its own, with its own unit and fuels: ``emissions_42.csv`` is
of CO2, ``emissions_42_SO2.csv`` of SO2.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import xarray as xr

from mrio.choosable import CO2
from mrio.errors import InputError, did_you_mean
from mrio.formats.inputs.emission_files import read_emissions
from mrio.study.year_folder import other_files, stressors_of
from mrio.table.interregional import Table
from mrio.table.policies import apply_policies


def read_stressors(files: Mapping[str, Path], table: Table) -> xr.Dataset:
    """Return F (stressor, region, sector) and F_Y (stressor, region), a unit for each in the coordinate ``unit``.

    Raises
    ------
    MrioError
        As :func:`mrio.formats.inputs.emission_files.read_emissions`, for rows of another stressor too.
    """
    read = [
        read_emissions(path, table.regions, table.scheme, table.year, name)[["F", "F_Y"]]
        for name, path in files.items()
    ]
    along = xr.DataArray([*files], dims="stressor", name="stressor")
    joined = xr.concat(read, along, join="exact", combine_attrs="drop")
    for variable in joined.data_vars.values():
        variable.attrs = {}
    joined["F"].attrs = {name: read[0]["F"].attrs[name] for name in ("year", "scheme")}
    return joined.assign_coords(unit=("stressor", [data["F"].attrs["unit"] for data in read]))


def check_stressors(emissions: Path, table: Table, config: Mapping[str, Any]) -> None:
    """Refuse a stressor without a file, and whatever is wrong in one, before any job.

    Raises
    ------
    MrioError
        The first mistake found, as one sentence.
    """
    files = other_files(emissions, config)
    for name, path in files.items():
        if not path.exists():
            raise _no_file(name, path, emissions, config)
    if files:
        F = read_stressors(files, table)["F"]
        for k in range(F.sizes["stressor"]):
            apply_policies(table, F.isel(stressor=k), zero_output=config["policies"]["zero_output"])


def _no_file(name: str, path: Path, emissions: Path, config: Mapping[str, Any]) -> InputError:
    """Return the refusal of a stressor without a file, with what is there instead."""
    beside = sorted(emissions.parent.glob(f"{emissions.stem}_*.csv"))
    there = [found.stem.removeprefix(f"{emissions.stem}_") for found in beside]
    kept = [stressor for stressor in stressors_of(config) if stressor == CO2 or stressor in there]
    return InputError(
        f"no {path.name}{did_you_mean(name, there)}", f"the file of stressor {name!r}",
        f"make it as docs/data.md says, or write 'stressors: [{', '.join(kept)}]'", file=path.parent,
    )  # fmt: skip
