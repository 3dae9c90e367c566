"""Results of CO2 and of the other stressors of a study, joined for the tables in which they stand side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import xarray as xr

from mrio.formats.result_files import read_dataset


def beside_others(of_CO2: xr.Dataset, others: xr.Dataset, order: Sequence[str]) -> xr.Dataset:
    """Return one Dataset of every stressor, ``stressor`` first, with the unit of each in the coordinate ``unit``.

    What is known of CO2 alone, as intervals are, is NaN for the others.

    Parameters
    ----------
    of_CO2, others : Dataset
        Accounts or shared responsibility of one year, of CO2 and with a dimension ``stressor``.
    order : sequence of str
        The stressors as the configuration lists them.
    """
    own = [name for name in order if name not in others["stressor"]]
    first = of_CO2.expand_dims(stressor=own).assign_coords(unit=("stressor", [of_CO2.attrs["unit"]]))
    joined = xr.concat([first, others], "stressor", join="exact", combine_attrs="override")
    return joined.sel(stressor=list(order))


def results_by_stem(paths: Iterable[str], others: Iterable[str], order: Sequence[str]) -> dict[str, xr.Dataset]:
    """Return the results in netCDF files by file stem, those of other stressors beside those of CO2."""
    made = {Path(path).stem: read_dataset(path) for path in paths}
    beside = {Path(path).stem: read_dataset(path) for path in others}
    return {stem: beside_others(data, beside[stem], order) if stem in beside else data for stem, data in made.items()}
