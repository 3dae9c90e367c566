"""Random single edits of every committed input: none moves Tables 1 to 3 by more than 1% without a word."""

from __future__ import annotations

import json
import os
import random
import shutil
import warnings
from pathlib import Path

import h5py
import numpy as np
import pytest
import xarray as xr
from fuzzing import FACTORS, edited

from mrio.equations.flows import accounts, prepare
from mrio.equations.payment import compensation
from mrio.equations.sharing import responsibility
from mrio.errors import MrioError
from mrio.formats.datapackage_file import changed_files
from mrio.settlement.folder import settle_folder
from mrio.study.config import read_config
from mrio.study.grid import at_resolution
from mrio.study.inputs import Inputs, read_inputs
from mrio.study.side_inputs import check_side_inputs
from mrio.study.year_folder import year_files

pytestmark = pytest.mark.slow
#: Text of a year -> columns that are the labels of a row.
KEYS = {"emissions_42.csv": 5, "socioeconomic.csv": 3}
#: Edits of each file; MRIO_EDITS=100 for a longer run.
EDITS = int(os.environ.get("MRIO_EDITS", "4"))


def edit_table(path: Path, rng: random.Random) -> None:
    """Scale one cell, row or block of a variable of a table."""
    with h5py.File(path, "r+") as file:
        name = rng.choice(["Z", "Y", "exports", "output", "value_added", "imports"])
        values = file[name][...]
        at = tuple(rng.randrange(size) for size in values.shape[: rng.randint(1, values.ndim)])
        values[at] = np.rint(values[at] * rng.choice(FACTORS)).astype(values.dtype)
        file[name][...] = values


def tables(inputs: Inputs) -> xr.Dataset:
    """Return what Tables 1 to 3 print of the study's own definition at six sectors."""
    six, F = at_resolution(inputs.table, inputs.emissions["F"], "six")
    made = accounts(six, F, inputs.emissions["F_Y"], method="eebt", system=prepare(six, F))
    shared = responsibility(six, made)
    figures = inputs.socioeconomic
    money = compensation(made["net_transfer"], figures["gdp_per_capita"], figures["engel"])
    parts = {"consumption": made["consumption"], "net_transfer": made["net_transfer"], "household": made["household"]}
    return xr.Dataset(parts | {"shared": shared["shared"], "share": shared["share"], "amount": money["amount"]})


def moved(one: xr.Dataset, other: xr.Dataset) -> float:
    """Return the largest change of a number of the tables, of its own size or the mean size of its column."""
    change = [abs(other[k] - one[k]) / np.maximum(abs(one[k]), abs(one[k]).mean()) for k in one.data_vars]
    return max(float(part.max()) for part in change)


@pytest.fixture(scope="module")
def clean(repo):
    config = read_config(repo / "config" / "config.yaml")
    inputs = read_inputs(year_files(repo / "data/raw/2017"), 2017, config)
    return config, set(inputs.report.notes()), tables(inputs)


def silent(folder: Path, clean) -> float:
    """Return how far the tables of edited inputs move without an error or a warning; 0 where something was said."""
    config, notes, expected = clean
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            inputs = read_inputs(year_files(folder), 2017, config)
        except MrioError:
            return 0.0
        if caught or set(inputs.report.notes()) - notes:
            return 0.0
        return moved(expected, tables(inputs))


@pytest.mark.parametrize("name", [*KEYS, "mrio_42.nc"])
@pytest.mark.parametrize("described", [True, False], ids=["described", "not described"])
def test_no_edit_moves_the_tables_in_silence(repo, tmp_path, clean, name, described):
    source, rng = repo / "data/raw/2017", random.Random(f"{name} {described}")
    found = []
    for k in range(EDITS):
        folder = tmp_path / str(k)
        folder.mkdir()
        for path in [*year_files(source).values(), source / "datapackage.json"]:
            if described or path.suffix != ".json":
                shutil.copy2(path, folder / path.name)
        if name.endswith(".nc"):
            edit_table(folder / name, rng)
        else:
            text = (source / name).read_text(encoding="utf-8")
            (folder / name).write_text(edited(text, rng, KEYS[name]), encoding="utf-8")
        found.append(silent(folder, clean))
    # a file of one's own has no description: there evidence and identities see all but few single cells
    assert sum(change > 0.01 for change in found) <= (0 if described else EDITS // 4), found


def committed(repo: Path) -> list[str]:
    """Return every input under data, relative to it."""
    kinds = {".csv", ".nc", ".yaml"}
    return sorted(p.relative_to(repo / "data").as_posix() for p in (repo / "data").rglob("*") if p.suffix in kinds)


def test_every_committed_input_is_described_as_it_is(repo):
    """So that any edit of any of them is a warning on the tables, whatever it is."""
    described = set()
    for package in (repo / "data").rglob("datapackage.json"):
        paths = [resource["path"] for resource in json.loads(package.read_text(encoding="utf-8"))["resources"]]
        assert changed_files(package.parent, paths) == []
        described |= {(package.parent / path).relative_to(repo / "data").as_posix() for path in paths}
    assert [name for name in committed(repo) if name not in described] == []


@pytest.mark.parametrize(
    "folder", ["raw", "raw/2012", "raw/2017", "raw/regional", "raw/settlement/yuanmou", "reference"]
)
def test_an_edit_of_any_described_file_is_noticed(repo, tmp_path, folder):
    source, rng = repo / "data" / folder, random.Random(folder)
    resources = json.loads((source / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    names = [resource["path"] for resource in resources]
    shutil.copy2(source / "datapackage.json", tmp_path)
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        content = bytearray((source / name).read_bytes())
        content[rng.randrange(len(content))] ^= 1
        (tmp_path / name).write_bytes(content)
    assert changed_files(tmp_path, names) == [tmp_path / name for name in names]


def side_checks(data: Path, config: dict, inputs: Inputs) -> list[str]:
    """Return what the pipeline says before its jobs of what stands beside the years, or the sentence that refuses."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            notes = check_side_inputs(config, {2017: inputs}, data)
            outcome = settle_folder(data / "raw/settlement/yuanmou")
        except MrioError as error:
            return [str(error)]
    refused = [] if outcome.refusal is None else [str(outcome.refusal)]
    return [*notes, *refused, *(str(one.message) for one in caught)]


@pytest.mark.parametrize("folder", ["raw/regional", "raw/settlement/yuanmou", "reference"])
def test_an_edit_beside_the_years_is_said_by_the_pipeline(repo, tmp_path, clean, folder):
    config, _, _ = clean
    inputs = read_inputs(year_files(repo / "data/raw/2017"), 2017, config)
    shutil.copytree(repo / "data", tmp_path / "data", ignore=shutil.ignore_patterns("201*", "evidence"))
    assert side_checks(tmp_path / "data", config, inputs) == []
    rng, files = random.Random(folder), sorted((tmp_path / "data" / folder).glob("*.csv"))
    for path in rng.sample(files, min(EDITS // 2, len(files))):
        text = path.read_text(encoding="utf-8")
        other = text
        while other.rstrip() == text.rstrip():
            other = edited(text, rng, 2)
        path.write_text(other, encoding="utf-8")
        assert side_checks(tmp_path / "data", config, inputs), path.name
        path.write_text(text, encoding="utf-8")
