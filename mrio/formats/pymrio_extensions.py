"""Extensions of a folder of pymrio: stressors with units of their own, in and out, as many as there are.

An extension is a Dataset ``F(stressor, region, sector)`` and, where it has one, ``F_Y(stressor, region, category)``,
with the unit of every stressor in the coordinate ``unit``; :func:`mrio.equations.flows.accounts` takes its F as it is.
Physical units are kept as they are written.  ``factor_inputs`` holds the table's own accounts of money, which are not
repeated here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import xarray as xr

from mrio.errors import LabelError
from mrio.formats.pymrio_text import (
    FOLDER,
    matrix_of,
    read_json,
    table_parameters,
    write_column,
    write_json,
    write_matrix,
)
from mrio.formats.text_cells import read_text_rows
from mrio.formats.text_matrix import Labels
from mrio.table.interregional import Table
from mrio.units import money_or_none

FACTOR_INPUTS = "factor_inputs"


@dataclass(frozen=True)
class Extension:
    """An extension as its files have it: stressors and their units, F, and F_Y with the labels of its columns."""

    stressors: list[str]
    units: list[str]
    F: np.ndarray
    F_Y: np.ndarray | None
    finals: list[Labels]


def read_extension(folder: Path, products: list[Labels]) -> Extension:
    """Return the extension in a folder, whose columns must be the products of Z.

    Raises
    ------
    LabelError
        If columns or the rows of its units are others.
    """
    parameters = read_json(folder / "file_parameters.json").get("files", {})
    stressors, columns, F = matrix_of(folder, parameters, "F").read()
    if columns != products:
        raise LabelError(f"{folder / 'F.txt'}: the columns differ from those of Z; they must be the same.")
    path = folder / parameters["unit"]["name"]
    stated = {tuple(line[:-1]): line[-1] for line in read_text_rows(path, FOLDER, delimiter="\t")[1:]}
    without = [" ".join(name) for name in stressors if name not in stated]
    if without:
        raise LabelError(f"{path}: no unit of {without[0]!r}; add its row.")
    F_Y, finals = None, list[Labels]()
    if "F_Y" in parameters:
        rows, finals, F_Y = matrix_of(folder, parameters, "F_Y").read()
        if rows != stressors:
            raise LabelError(f"{folder / 'F_Y.txt'}: the rows differ from those of F; they must be the same.")
    return Extension([" ".join(name) for name in stressors], [stated[name] for name in stressors], F, F_Y, finals)


def read_pymrio_extensions(folder: Path, table: Table) -> dict[str, xr.Dataset]:
    """Return the extensions beside a table in a folder saved by pymrio, by the name of their folder.

    Parameters
    ----------
    folder : path
    table : Table
        As :func:`mrio.read_table` returns it of the same folder: its regions and sectors, in its order.
    """
    folder = Path(folder)
    # Z's columns are its rows, and need no number read
    rows = matrix_of(folder, read_json(folder / "file_parameters.json")["files"], "Z").columns()
    names = [path.parent.name for path in sorted(folder.glob("*/file_parameters.json"))]
    found = {name: _dataset(read_extension(folder / name, rows), rows, table, name == FACTOR_INPUTS) for name in names}
    return {name: data for name, data in found.items() if data.sizes["stressor"]}


def _dataset(extension: Extension, products: list[Labels], table: Table, inputs: bool) -> xr.Dataset:
    """Return an extension with the table's labels; of factor inputs, what is no money."""
    keep = [k for k, unit in enumerate(extension.units) if not (inputs and money_or_none(unit) is not None)]
    shape = (len(keep), len(table.regions), len(table.sectors))
    regions = list(dict.fromkeys(label[0] for label in products))
    stored = list(dict.fromkeys(label[1] for label in products))
    coded = {label: code for label in stored for code in table.sectors if label in (code, f"sector {code}")}
    coded |= {label: code for label in stored for code in table.sectors if label.startswith(f"{code} ")}
    coords = {"stressor": [extension.stressors[k] for k in keep], "region": regions,
              "sector": [coded.get(label, label) for label in stored],
              "unit": ("stressor", [extension.units[k] for k in keep])}  # fmt: skip
    F = xr.DataArray(extension.F[keep].reshape(shape), coords, ("stressor", "region", "sector"))
    data = xr.Dataset({"F": F.sel(region=table.regions, sector=table.sectors)})
    if extension.F_Y is None:
        return data
    lacking = [f"{r} {c}" for r in table.regions for c in table.categories if (r, c) not in extension.finals]
    if lacking:
        raise LabelError(f"F_Y of {', '.join(extension.stressors[:3])}: no column {lacking[0]!r} as in Y; add it.")
    own = [[extension.finals.index((r, c)) for c in table.categories] for r in table.regions]
    values = extension.F_Y[keep][:, np.array(own, dtype=int)]
    return data.assign_coords(category=table.categories).assign(F_Y=(("stressor", "region", "category"), values))


def write_pymrio_extensions(
    extensions: Mapping[str, xr.Dataset], table: Table, folder: Path, sectors: Mapping[str, str],
    finals: Sequence[Labels],
) -> None:  # fmt: skip
    """Write extensions into the folder of a table.

    Parameters
    ----------
    extensions : mapping
        Name of the folder -> Dataset, as :func:`read_pymrio_extensions` returns it.
    table, folder : Table, Path
    sectors : mapping
        Sector -> the label pymrio sees.
    finals : list
        Region and category of the columns of Y.
    """
    products = [(r, sectors[i]) for r in table.regions for i in table.sectors]
    own = {(r, c) for r in table.regions for c in table.categories}
    for name, data in extensions.items():
        if name == FACTOR_INPUTS:
            raise LabelError(f"extension {name!r} is the table's own; give physical inputs another name.")
        F = data["F"].transpose("stressor", "region", "sector").sel(region=table.regions, sector=table.sectors)
        stressors = [(str(stressor),) for stressor in F["stressor"].values]
        write_matrix(folder / name / "F.txt", ("stressor",), stressors, ("region", "sector"), products,
                     F.values.reshape(len(stressors), -1))  # fmt: skip
        write_column(folder / name / "unit.txt", ("stressor",), stressors, "unit", map(str, data["unit"].values))
        tables = {"F": (1, 2), "unit": (1, 1)}
        if "F_Y" in data:
            at = [k for k, final in enumerate(finals) if final in own]
            F_Y = np.zeros((len(stressors), len(finals)))
            ordered = data["F_Y"].transpose("stressor", "region", "category")
            F_Y[:, at] = ordered.sel(region=table.regions, category=table.categories).values.reshape(len(stressors), -1)
            write_matrix(folder / name / "F_Y.txt", ("stressor",), stressors, ("region", "category"), finals, F_Y)
            tables["F_Y"] = (1, 2)
        parameters = {"files": table_parameters(**tables), "systemtype": "Extension", "name": name}
        write_json(folder / name / "file_parameters.json", parameters)
