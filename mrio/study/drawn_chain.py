"""The chain of a year's draws, from its inputs."""

from __future__ import annotations

import numpy as np
import xarray as xr

from mrio import labels
from mrio.analysis.drawn_systems import FixedTable, idle
from mrio.analysis.emission_draws import Emissions
from mrio.analysis.evaluation import DrawnSystem
from mrio.analysis.montecarlo import Chain
from mrio.analysis.results_vector import Asked
from mrio.equations.flows import prepare
from mrio.errors import LabelError
from mrio.estimation.parts import EstimateParts
from mrio.frames import read_frame
from mrio.study.grid import REPORTED, at_resolution, leaves_as_is
from mrio.study.grid_model import Choices
from mrio.table.interregional import Table


def study_chain(table: Table, emissions: xr.Dataset, parts: EstimateParts | None, choices: Choices, seed: int) -> Chain:
    """Return what a year's draws are made of.

    Parameters
    ----------
    table : Table
        Of the study's regions.
    emissions : Dataset
        As :func:`mrio.formats.inputs.emission_files.emission_dataset`.
    parts : EstimateParts, optional
        What the table was estimated from; without them the table has no errors.
    choices : Choices
    seed : int
    """
    asked = Asked(
        tuple(choices.methods), tuple(choices.resolutions), choices.scope, choices.alpha_exports, choices.weight_exports
    )
    groups = {name: _groups(table, name) for name in asked.resolutions}
    if parts is None:
        fixed = FixedTable({name: _fixed(table, emissions["F"], name) for name in asked.resolutions})
        return Chain(fixed, range(len(table.regions)), _emissions(emissions, table), groups, asked, seed)
    if list(parts.labels.sectors) != table.sectors or not set(table.regions) <= set(parts.labels.regions):
        raise LabelError("the parts of the estimate have other sectors or regions than the table; run mrio estimate.")
    kept = [list(parts.labels.regions).index(region) for region in table.regions]
    return Chain(parts, kept, _emissions(emissions, table), groups, asked, seed)


def _groups(table: Table, resolution: str) -> np.ndarray | None:
    """Return the groups of sectors of a resolution (g, n), None for the table's own sectors."""
    if leaves_as_is(table.scheme, resolution):
        return None
    mapping, codes = labels.concordance(table.scheme, resolution), labels.sectors(resolution)["code"].tolist()
    used = [code for code in codes if code in set(mapping.values())]
    return np.array([[float(mapping[sector] == code) for sector in table.sectors] for code in used])


def _fixed(table: Table, F: xr.DataArray, resolution: str) -> DrawnSystem:
    at, emitted = at_resolution(table, F, resolution)
    output, values = at.output.values, emitted.transpose("region", "sector").values
    return DrawnSystem(prepare(at, emitted), output, at.value_added.values.sum(0), idle(values, output))


def _emissions(emissions: xr.Dataset, table: Table) -> Emissions:
    by_fuel = (
        emissions["F_by_fuel"].transpose("fuel", "region", "sector").sel(region=table.regions, sector=table.sectors)
    )
    households = emissions["F_Y_by_fuel"].sum("household").transpose("fuel", "region").sel(region=table.regions)
    try:
        groups = labels.concordance(table.scheme, REPORTED) if table.scheme != REPORTED else {}
    except LabelError:  # a scheme of the user's own: every sector has activity data of its own kind
        groups = {}
    return Emissions(
        by_fuel.values, households.values, by_fuel["fuel"].values.tolist(),
        [groups.get(sector, sector) for sector in table.sectors], _split(table),
    )  # fmt: skip


def _split(table: Table) -> list[np.ndarray]:
    """Return the positions of sectors that share one sector of the inventory."""
    path = labels.data_dir() / "concordances" / f"ceads_split_{table.scheme}.csv"
    if not path.exists():
        return []
    bridge = read_frame(path, "a bridge of sectors", ("from", "to"), dtype=str, keep_default_na=False)
    members = [group.tolist() for _, group in bridge.groupby("from", sort=False)["to"] if len(group) > 1]
    return [np.array([table.sectors.index(code) for code in codes]) for codes in members]
