"""Random single edits of every committed input: none moves Tables 1 to 3 by more than 1% without a word."""

from __future__ import annotations

import random
import shutil
import warnings
from pathlib import Path

import h5py
import numpy as np
import pytest
import xarray as xr

from mrio.equations.flows import accounts, prepare
from mrio.equations.payment import compensation
from mrio.equations.sharing import responsibility
from mrio.errors import MrioError
from mrio.formats.datapackage_file import changed_files, label_files
from mrio.study.config import read_config
from mrio.study.grid import at_resolution
from mrio.study.inputs import Inputs, read_inputs, year_files

pytestmark = pytest.mark.slow
TEXTS = ("emissions_42.csv", "socioeconomic.csv")
#: Edits of each file; the table and the other years cost more.
EDITS = 8
FACTORS = (0.5, 0.9, 1.1, 2, 10, 1000)


def numeric(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def edited(text: str, rng: random.Random) -> str:
    """Return a CSV after one edit: scale, swap, shift, delete, paste or retype."""
    lines = text.splitlines()
    body = range(3 if text.startswith("#") else 1, len(lines))
    a, b = rng.sample(body, 2)
    keep = 5 if "stressor" in lines[0] else 3  # the labels of a row
    kind = rng.choice(["scale", "scale row", "swap", "shift", "delete", "paste", "retype"])
    cells = [lines[a].split(","), lines[b].split(",")]
    if kind in ("scale", "scale row"):
        factor = rng.choice(FACTORS)
        at = [k for k, cell in enumerate(cells[0]) if numeric(cell) and float(cell) and k >= keep]
        chosen = at if kind == "scale row" else rng.sample(at, min(1, len(at)))
        lines[a] = ",".join(repr(float(c) * factor) if k in chosen else c for k, c in enumerate(cells[0]))
    elif kind == "swap":  # what follows the labels of two rows
        lines[a] = ",".join(cells[0][:keep] + cells[1][keep:])
        lines[b] = ",".join(cells[1][:keep] + cells[0][keep:])
    elif kind == "shift":
        lines[a] = ",".join([*cells[0][:-1], "", cells[0][-1]])
    elif kind == "delete":
        del lines[a]
    elif kind == "paste":
        lines[a] = ",".join(cells[0][:keep] + cells[1][keep:])
    else:
        digits = [k for k, character in enumerate(lines[a]) if character.isdigit()]
        at = rng.choice(digits)
        lines[a] = lines[a][:at] + rng.choice("0123456789") + lines[a][at + 1 :]
    return "\n".join(lines) + "\n"


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


@pytest.mark.parametrize("name", [*TEXTS, "mrio_42.nc"])
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
            (folder / name).write_text(edited(text, rng), encoding="utf-8")
        found.append(silent(folder, clean))
    # a file of one's own has no description: there evidence and identities see all but few single cells
    assert sum(change > 0.01 for change in found) <= (0 if described else EDITS // 4), found


@pytest.mark.parametrize("seed", range(8))
def test_an_edit_of_a_label_table_is_noticed(repo, tmp_path, seed):
    source, rng = repo / "data/raw", random.Random(seed)
    names = label_files(source)
    for name in [*names, "datapackage.json"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source / name, tmp_path / name)
    assert changed_files(tmp_path, names) == []
    name = rng.choice(names)
    text = (tmp_path / name).read_text(encoding="utf-8")
    (tmp_path / name).write_text(text.replace(",", ", ", 1), encoding="utf-8")
    assert changed_files(tmp_path, names) == [tmp_path / name]
