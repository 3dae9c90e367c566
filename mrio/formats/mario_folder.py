"""The folder of text files that MARIO writes (``to_txt``): its flows are read, industry by industry.

``flows/Z.txt``, ``Y.txt``, ``V.txt`` (factors of production) and ``E.txt``, ``EY.txt`` (satellite accounts) have the
labels region, level and item; ``units.txt`` has a unit for every item.  Factors in money are value added by component.
What final users pay to factors themselves (``VY.txt``) stands in neither identity of a table and is left out.
Imports that stand among the factors are value added here, as nothing in the folder tells them apart.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from mrio.errors import InputError, LabelError
from mrio.formats.pymrio_text import read_json
from mrio.formats.text_cells import read_text_rows
from mrio.formats.text_matrix import Labels, TextMatrix, check_complete
from mrio.table.interregional import Table
from mrio.units import conversion, known_money, money_or_none

FOLDER = "a folder of flows written by MARIO"
_INDEX, _HEADING = 3, 3
#: File of flows -> the level of its rows in ``units.txt``.
LEVELS = {"Z": "Sector", "V": "Factor of production", "E": "Satellite account"}


def read_mario_folder(folder: Path, year: int | None = None) -> Table:
    """Return the table in a folder that MARIO's ``to_txt`` wrote.

    Parameters
    ----------
    folder : path
        The one that holds ``flows``.
    year : int, optional
        Needed where ``metadata.json`` states none.

    Raises
    ------
    InputError, LabelError, UnitError
        Naming the file, row and column; also for supply and use tables, and where there are coefficients alone.
    """
    folder = Path(folder)
    rows, columns, Z = _matrix(folder, "Z", _INDEX).read()
    _check_levels(folder / "flows" / "Z.txt", [*rows, *columns])
    products = _without_level(rows)
    if products != _without_level(columns):
        raise LabelError(f"{folder / 'flows' / 'Z.txt'}: the labels of rows and columns differ; they must be the same.")
    regions, sectors = _ordered(products, 0), _ordered(products, 1)
    check_complete(folder / "flows" / "Z.txt", products, [(r, i) for r in regions for i in sectors])
    rows, finals, Y = _matrix(folder, "Y", _INDEX).read()
    _check_rows(folder / "flows" / "Y.txt", rows, products)
    categories = _ordered(_without_level(finals), 1)
    check_complete(folder / "flows" / "Y.txt", _without_level(finals), [(r, c) for r in regions for c in categories])
    unit = _one_money(folder, _units(folder, "Z", sectors))
    factors, _, V = _stressors(folder, "V", products)
    units = _units(folder, "V", factors)
    money = [k for k, of in enumerate(units) if money_or_none(of) is not None]
    sizes = [conversion(known_money(units[k], folder / "flows" / "units.txt"), unit) for k in money]
    added = (V[money] * np.array(sizes)[:, None]).reshape(len(money), len(regions), len(sectors))
    return Table.from_arrays(
        Z, Y, value_added=added if money else None, components=[factors[k] for k in money] if money else None,
        output=_output(folder, products), regions=regions, sectors=sectors, categories=categories,
        year=_year(folder, year), unit=unit,
    )  # fmt: skip


def read_mario_extensions(folder: Path, table: Table) -> dict[str, xr.Dataset]:
    """Return the satellite accounts beside a table, and factors of production that are no money, in their own units.

    Parameters
    ----------
    folder : path
    table : Table
        As :func:`mrio.read_table` returns it of the same folder.

    Returns
    -------
    dict
        ``"satellite"`` and, where there are any, ``"factors"`` -> Dataset ``F (stressor, region, sector)`` and
        ``F_Y (stressor, region, category)`` with the coordinate ``unit``.
    """
    folder = Path(folder)
    products: list[Labels] = [(r, i) for r in table.regions for i in table.sectors]
    finals: list[Labels] = [(r, c) for r in table.regions for c in table.categories]
    made = {}
    for name, flows in (("satellite", "E"), ("factors", "V")):
        stressors, _, F = _stressors(folder, flows, products)
        same, _, F_Y = _stressors(folder, f"{flows}Y", finals)
        if same != stressors:
            raise LabelError(f"{folder / 'flows'}: the rows of {flows}Y.txt differ from those of {flows}.txt.")
        units = _units(folder, flows, stressors)
        keep = [k for k, of in enumerate(units) if flows == "E" or money_or_none(of) is None]
        coords: dict[str, Any] = {
            "stressor": [stressors[k] for k in keep], "region": table.regions, "sector": table.sectors,
            "category": table.categories, "unit": ("stressor", [units[k] for k in keep]),
        }  # fmt: skip
        shape = (len(keep), len(table.regions), -1)
        values = {"F": (("stressor", "region", "sector"), F[keep].reshape(shape)),
                  "F_Y": (("stressor", "region", "category"), F_Y[keep].reshape(shape))}  # fmt: skip
        if keep:
            made[name] = xr.Dataset(values, coords)
    return made


def _matrix(folder: Path, name: str, index: int) -> TextMatrix:
    path = folder / "flows" / f"{name}.txt"
    if not path.exists():
        raise InputError(f"no flows/{name}.txt", FOLDER, "write it with to_txt(path, flows=True, include_meta=True)",
                         file=folder)  # fmt: skip
    return TextMatrix(path, FOLDER, index, _HEADING, _delimiter(path))


def _delimiter(path: Path) -> str:
    """Return the separator of a file, which MARIO lets a user choose: what follows the first word, Region."""
    with path.open("rb") as raw:
        first = raw.readline(64).decode("utf-8-sig", "replace")
    return first[6:7] if first.startswith("Region") and first[6:7] in (",", ";", "\t", "|") else ","


def _without_level(found: list[Labels]) -> list[Labels]:
    return [(label[0], label[-1]) for label in found]


def _ordered(found: list[Labels], k: int) -> list[str]:
    return list(dict.fromkeys(label[k] for label in found))


def _check_levels(path: Path, found: list[Labels]) -> None:
    """Refuse all but industries: a supply and use table has activities and commodities."""
    levels = sorted({label[1] for label in found})
    if levels != ["Sector"]:
        todo = "turn it into an input-output table with MARIO's to_iot, and write that"
        raise InputError(f"the levels {', '.join(levels)}", "Sector alone, industry by industry", todo, file=path)


def _check_rows(path: Path, rows: list[Labels], products: list[Labels]) -> None:
    if _without_level(rows) != products:
        raise LabelError(f"{path}: the labels of the rows differ from those of Z; they must be the same.")


def _stressors(folder: Path, name: str, columns: list[Labels]) -> tuple[list[str], list[Labels], np.ndarray]:
    """Return the rows of factors or satellite accounts, whose columns must be those of Z (or of Y)."""
    rows, found, values = _matrix(folder, name, 1).read()
    if _without_level(found) != columns:
        other = "Y" if name.endswith("Y") else "Z"
        raise LabelError(f"{folder / 'flows' / f'{name}.txt'}: the columns differ from those of {other}.txt.")
    return [label[0] for label in rows], found, values


def _output(folder: Path, products: list[Labels]) -> np.ndarray | None:
    """Return output by product where the folder has it; else it is the total of the row."""
    if not (folder / "flows" / "X.txt").exists():
        return None
    path = folder / "flows" / "X.txt"
    rows, _, X = TextMatrix(path, FOLDER, _INDEX, 0, _delimiter(path)).read()
    _check_rows(path, rows, products)
    return X[:, 0]


def _units(folder: Path, flows: str, items: list[str]) -> list[str]:
    """Return the unit of every item of a file of flows; items of two levels may have one name.

    Raises
    ------
    InputError
        If there is no file, or an item stands in it not at all or twice.
    """
    path, level = folder / "flows" / "units.txt", LEVELS[flows]
    if not path.exists():
        raise InputError("no flows/units.txt", FOLDER, "write the folder again with MARIO's to_txt", file=folder)
    with path.open("rb") as raw:
        marks = raw.readline(64).decode("utf-8-sig", "replace")
    lines = read_text_rows(path, FOLDER, delimiter=marks[:1] or ",")
    stated = [(line[1], line[2]) for line in lines[1:] if len(line) == 3 and line[0] == level]
    for item in items:
        count = [name for name, _ in stated].count(item)
        if count != 1:
            found = f"{count or 'no'} rows of {level} {item!r}"
            raise InputError(found, f"one row '{level}, {item}, its unit'", "state its unit once", file=path)
    return [dict(stated)[item] for item in items]


def _one_money(folder: Path, units: list[str]) -> str:
    """Return the unit of money of all sectors."""
    path, stated = folder / "flows" / "units.txt", sorted(set(units))
    if len(stated) > 1:
        found = f"the units {', '.join(stated)} of sectors"
        raise InputError(found, "one unit of money", "convert them", file=path)
    return known_money(stated[0], path)


def _year(folder: Path, year: int | None) -> int:
    """Return the year that the metadata state, else the one asked for."""
    path = folder / "metadata.json"
    stated = read_json(path, FOLDER).get("year") if path.exists() else None
    if stated is None and year is None:
        raise InputError("no year in metadata.json", "a table of a known year", "give year= (--year)", file=folder)
    return int(stated if stated is not None else year or 0)
