"""The folder format of pymrio: a table goes out to it and comes back equal.

Owns how the accounts of a :class:`~mrio.table.interregional.Table` appear there.  Z, Y, x and the units are pymrio's
own.  What leaves the table (exports, excluded regions, residual) are final demand categories of a region ``outside``,
so that pymrio's x = Z 1 + Y 1 holds; what enters beside Z (imports, excluded regions, value added by component) are the
rows of the extension ``factor_inputs``.  Sectors are labelled ``01 Agriculture``, because pymrio would read ``01`` as a
number. Year, classification and other attributes travel in the description of the metadata.  pymrio itself saves 12
digits.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from mrio import labels
from mrio.errors import InputError, LabelError, UnitError
from mrio.formats.pymrio_extensions import FACTOR_INPUTS, read_extension, write_pymrio_extensions
from mrio.formats.pymrio_text import (
    FOLDER,
    matrix_of,
    read_column,
    read_json,
    table_parameters,
    write_column,
    write_json,
    write_matrix,
)
from mrio.formats.text_cells import read_text_rows
from mrio.formats.text_matrix import Labels, check_complete
from mrio.table.interregional import Table
from mrio.units import conversion, currency_of, known_money, money_or_none

OUTSIDE = "outside"
OUTSIDE_ACCOUNTS = ("exports", "excluded_out", "residual")
INPUT_ACCOUNTS = {"imports": "imports_final", "excluded_in": "excluded_in_final"}


def write_pymrio_folder(
    table: Table, folder: str | PathLike[str], extensions: Mapping[str, xr.Dataset] | None = None
) -> Path:
    """Write a table as the folder that ``pymrio.load_all`` reads (a memorandum of imports by product is left out).

    `extensions` are stressors with units of their own, by name, as
    :func:`mrio.formats.pymrio_extensions.read_pymrio_extensions` returns them.
    """
    folder = Path(folder)
    named = _sector_labels(table)
    products = [(r, named[i]) for r in table.regions for i in table.sectors]
    finals = [(r, c) for r in table.regions for c in table.categories] + [(OUTSIDE, a) for a in OUTSIDE_ACCOUNTS]
    size, extension = len(products), folder / FACTOR_INPUTS
    d = {name: variable.values for name, variable in table.variables().items()}
    Y = np.hstack([d["Y"].reshape(size, -1), *(d[name].reshape(size, 1) for name in OUTSIDE_ACCOUNTS)])
    inputs = {name: d[name] for name in INPUT_ACCOUNTS} | dict(zip(table.components, d["value_added"], strict=True))
    F_Y = np.zeros((len(inputs), len(finals)))
    for k, final in enumerate(INPUT_ACCOUNTS.values()):
        F_Y[k, : d[final].size] = d[final].ravel()
    sector, category, stressors = ("region", "sector"), ("region", "category"), [(name,) for name in inputs]
    write_matrix(folder / "Z.txt", sector, products, sector, products, d["Z"].reshape(size, size))
    write_matrix(folder / "Y.txt", sector, products, category, finals, Y)
    write_column(folder / "x.txt", sector, products, "indout", d["output"].ravel())
    write_column(folder / "unit.txt", sector, products, "unit", [table.unit] * size)
    F = [values.ravel() for values in inputs.values()]
    write_matrix(extension / "F.txt", ("stressor",), stressors, sector, products, F)
    write_matrix(extension / "F_Y.txt", ("stressor",), stressors, category, finals, F_Y)
    write_column(extension / "unit.txt", ("stressor",), stressors, "unit", [table.unit] * len(inputs))
    write_pymrio_extensions(extensions or {}, table, folder, named, finals)
    about = json.dumps({"attributes": table.data.attrs, "sectors": named}, ensure_ascii=False)
    meta = {"description": about, "name": f"mrio {table.year}", "system": "pxp", "version": str(table.year)}
    write_json(folder / "metadata.json", meta | {"history": []})
    main = table_parameters(Z=(2, 2), Y=(2, 2), x=(2, 1), unit=(2, 1))
    write_json(folder / "file_parameters.json", {"files": main, "systemtype": "IOSystem"})
    side = table_parameters(F=(1, 2), F_Y=(1, 2), unit=(1, 1))
    parameters = {"files": side, "systemtype": "Extension", "name": FACTOR_INPUTS}
    write_json(extension / "file_parameters.json", parameters)
    return folder


def read_pymrio_folder(folder: Path, year: int | None = None) -> Table:
    """Return the table in a folder saved by pymrio as text files.

    A folder this library wrote comes back whole, also after pymrio loaded and saved it.  Of any other, Z, Y and the
    rows of ``factor_inputs`` that are money (as value added) are read, and `year` must be given.  Its other extensions
    are read by :func:`mrio.formats.pymrio_extensions.read_pymrio_extensions`.

    Raises
    ------
    InputError, LabelError, UnitError
        Naming the file, row and column.
    """
    folder = Path(folder)
    parameters = _parameters_of(folder)
    rows, columns, Z = matrix_of(folder, parameters, "Z").read()
    if rows != columns:
        raise LabelError(f"{folder / 'Z.txt'}: the labels of rows and columns differ; they must be the same.")
    rows_Y, finals, Y = matrix_of(folder, parameters, "Y").read()
    if rows_Y != rows:
        raise LabelError(f"{folder / 'Y.txt'}: the labels of the rows differ from those of Z; they must be the same.")
    about, coded = _about(folder, year)
    regions, sectors = (list(dict.fromkeys(label[k] for label in rows)) for k in (0, 1))
    categories = list(dict.fromkeys(label[1] for label in finals if label[0] != OUTSIDE))
    check_complete(folder / "Z.txt", rows, [(r, i) for r in regions for i in sectors])
    own = [label for label in finals if label[0] != OUTSIDE]
    # the order of Y's columns does not matter, they are picked by label
    check_complete(folder / "Y.txt", sorted(own), sorted((r, c) for r in regions for c in categories))
    at = {label: k for k, label in enumerate(finals)}
    given: dict[str, Any] = {"Z": Z, "Y": Y[:, [at[r, c] for r in regions for c in categories]]}
    given |= {name: Y[:, at[OUTSIDE, name]] for name in OUTSIDE_ACCOUNTS if (OUTSIDE, name) in at}
    if "x" in parameters:
        given["output"] = read_column(folder, parameters, "x", rows)
    unit = _unit(folder, parameters)
    given |= _inputs(folder, rows, regions, categories, unit)
    year, scheme = int(about.pop("year")), about.pop("scheme", "")
    about.pop("unit", None)
    return Table.from_arrays(
        **given, regions=regions, sectors=[coded.get(label, label) for label in sectors], categories=categories,
        year=year, unit=unit, scheme=scheme, attrs=about,
    )  # fmt: skip


def _sector_labels(table: Table) -> dict[str, str]:
    """Return sector -> the label pymrio sees, which never looks like a number."""
    try:
        names = labels.sectors(table.scheme)["name"].to_dict() if table.scheme else {}
    except LabelError:
        names = {}
    return {code: f"{code} {names[code]}" if code in names else (f"sector {code}" if code.isdigit() else code)
            for code in table.sectors}  # fmt: skip


def _parameters_of(folder: Path) -> dict:
    files = read_json(folder / "file_parameters.json").get("files", {})
    for name in ("Z", "Y", "unit"):
        if name not in files:
            raise InputError(f"no table {name!r}", f"Z, Y and unit of {FOLDER}", "save the whole system", file=folder)
    other = [table["name"] for table in files.values() if not table["name"].endswith(".txt")]
    if other:
        raise InputError(f"the file {other[0]}", "text files", "save with table_format='txt': nothing else is opened",
                         file=folder)  # fmt: skip
    return files


def _unit(folder: Path, parameters: Mapping) -> str:
    path = folder / parameters["unit"]["name"]
    units = {line[-1] for line in read_text_rows(path, FOLDER, delimiter="\t")[1:]}
    if len(units) > 1:
        raise UnitError(f"{path}: found the units {', '.join(sorted(units))}, expected one for all rows; convert them.")
    return known_money(next(iter(units), None), path)


def _about(folder: Path, year: int | None) -> tuple[dict, dict]:
    """Return the attributes and the codes of sector labels a folder of this library carries, else the year alone."""
    try:
        about = json.loads(read_json(folder / "metadata.json").get("description") or "")
        return dict(about["attributes"]), {label: code for code, label in about["sectors"].items()}
    except (json.JSONDecodeError, KeyError, TypeError):
        if year is None:
            raise InputError(
                "no year in metadata.json", "a table of a known year", "give year= (--year)", file=folder
            ) from None
        return {"year": year}, {}


def _inputs(folder: Path, rows: list[Labels], regions: list[str], categories: list[str], unit: str) -> dict[str, Any]:
    """Return imports, excluded inputs and value added of the extension ``factor_inputs``; nothing if there is none.

    Only rows of money are inputs of the table; persons and other physical units stay with the extension.
    """
    if not (folder / FACTOR_INPUTS).is_dir():
        return {}
    extension = read_extension(folder / FACTOR_INPUTS, rows)
    money = [k for k, one in enumerate(extension.units) if money_or_none(one) is not None]
    place = folder / FACTOR_INPUTS / "unit.txt"
    stated = [known_money(extension.units[k], place) for k in money]
    other = next((one for one in stated if currency_of(one) != currency_of(unit)), None)
    if other is not None:
        raise UnitError(f"{place}: found {other}, expected {currency_of(unit)}, the currency of unit.txt of the table.")
    sizes = [conversion(one, unit) for one in stated]
    names = [extension.stressors[k] for k in money]
    F = extension.F[money] * np.array(sizes)[:, None]
    given: dict[str, Any] = {name: F[names.index(name)] for name in INPUT_ACCOUNTS if name in names}
    components = [name for name in names if name not in INPUT_ACCOUNTS]
    if components:
        shape = (len(components), len(regions), F.shape[1] // len(regions))
        added = np.array([F[names.index(k)] for k in components]).reshape(shape)
        given |= {"value_added": added, "components": components}
    if extension.F_Y is not None:
        at = [extension.finals.index((r, c)) for r in regions for c in categories]
        F_Y = extension.F_Y[money] * np.array(sizes)[:, None]
        given |= {final: F_Y[names.index(name)][at] for name, final in INPUT_ACCOUNTS.items() if name in names}
    return given
