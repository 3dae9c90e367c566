"""Official single-province input-output workbooks (one per province) -> ProvincialTables.

Rows and columns are found by the codes and names a layout states (``config/layouts/provincial-<year>.yaml``), never by
position.  A cell that is no number, a missing code, province or sector, or another unit stops the reading.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np

from mrio import labels
from mrio.errors import InputError, LabelError
from mrio.formats.inputs.foreign_trade import move_mixed_trade, read_foreign_trade
from mrio.formats.workbooks.headings import Headings, find_headings
from mrio.formats.workbooks.layouts import load_layout
from mrio.formats.workbooks.opening import open_sheet
from mrio.formats.workbooks.stated import TOTALS_TOLERANCE, check_province, check_unit, remarks, stated_year
from mrio.table.provincial import ProvincialTables

TRADE = ("exports", "outflow", "imports", "inflow")


def read_provincial_tables(
    folder: str | PathLike[str], year: int = 2017, scheme: str | None = None, *,
    layout: str | PathLike[str] | None = None, foreign_trade: str | PathLike[str] | None = None,
) -> ProvincialTables:  # fmt: skip
    """Return the provincial tables of a folder of official workbooks, in official order, both identities checked.

    Parameters
    ----------
    folder : path
        One workbook per province; the province is read from the file name (``01-北京.xls``, ``5内蒙古.xls``).
    year : int
        Must be the one the sheets state.
    scheme : str, optional
        Sector classification the caller counts on; another one in the layout is refused.
    layout : str or path, optional
        Default: ``provincial-<year>``.
    foreign_trade : path, optional
        CSV of the foreign trade of provinces whose workbook does not tell it from interprovincial trade
        (:func:`mrio.formats.inputs.foreign_trade.read_foreign_trade`).

    Returns
    -------
    ProvincialTables
        Attributes: ``not_separable``, the provinces whose foreign and interprovincial trade are booked together and
        stay so (all of it counts as interprovincial); ``trade_separated``, those that `foreign_trade` told apart;
        ``reader_notes``, stated sums that miss their parts.

    Raises
    ------
    InputError, UnitError, LabelError, BalanceError
        A missing folder, code, number or province, another unit, an identity that fails: the place is named.

    Examples
    --------
    >>> read_provincial_tables("provincial_io/2017")  # doctest: +SKIP
    <ProvincialTables 31 regions x 42 sectors, 2017, 10k CNY: Z, final, exports, ...>
    >>> read_provincial_tables("config", year=2017)
    Traceback (most recent call last):
    ...
    mrio.errors.InputError: config: found no .xls or .xlsx workbook, expected one workbook per province; check the path.
    """
    described = load_layout(layout or f"provincial-{year}")
    if scheme is not None and scheme != str(described["scheme"]):
        raise LabelError(f"layout {described['name']!r} has the sector scheme {described['scheme']!r}, not {scheme!r}.")
    files = provincial_files(folder, described)
    given = read_foreign_trade(foreign_trade, year, described) if foreign_trade is not None else None
    read = {name: _read_sheet(path, name, described, year) for name, path in files.items()}
    tables = _side_by_side(read, described, given, year)
    tables.check(place=folder)
    return tables


def _side_by_side(
    read: Mapping[str, tuple[dict[str, np.ndarray], list[str]]], layout: Mapping, foreign: Mapping | None, year: int
) -> ProvincialTables:
    """Return the tables of all provinces as one, foreign and interprovincial trade apart where that is known."""
    notes = [f"{name}: {note}" for name, (_, remarked) in read.items() for note in remarked]
    sheets = [arrays for arrays, _ in read.values()]
    stacked = {key: np.stack([arrays[key] for arrays in sheets]) for key in sheets[0]}
    booked = {key: stacked.pop(key) for key in TRADE}
    trade, marks = move_mixed_trade(booked, list(read), layout, foreign)
    about = {"source": "official provincial input-output tables", "layout": layout["name"], **marks}
    about |= {"reader_notes": "; ".join(notes)} if notes else {}
    arrays: dict[str, Any] = {**stacked, **trade, "value_added": stacked["value_added"].transpose(1, 0, 2)}
    return ProvincialTables.from_arrays(
        **arrays, regions=list(read), sectors=labels.sectors(str(layout["scheme"]))["code"].tolist(),
        categories=list(layout["columns"]["final_demand"]), components=list(layout["rows"]["value_added"]),
        year=year, unit=layout["unit"], scheme=str(layout["scheme"]), attrs=about,
    )  # fmt: skip


def provincial_files(folder: str | PathLike[str], layout: Mapping) -> dict[str, Path]:
    """Return province -> workbook of a folder, in official order; every province of the layout must have one."""
    folder = Path(folder)
    known = (".xls", ".xlsx", ".xlsm")
    paths = sorted(p for p in folder.glob("*") if p.suffix.lower() in known and not p.name.startswith((".", "~")))
    if not paths:
        raise InputError("no .xls or .xlsx workbook", "one workbook per province", "check the path", file=folder)
    found: dict[str, Path] = {}
    for path in paths:
        name = _named(path)
        if name in found:
            raise InputError(
                f"a second workbook of {name} (first: {found[name].name})",
                "one per province",
                "move one out of the folder",
                file=path,
            )
        found[name] = path
    expected = [name for name in labels.regions().index if name not in layout.get("regions_without", [])]
    missing = [name for name in expected if name not in found]
    if missing:
        others = [p.name for p in sorted(folder.iterdir()) if p.suffix.lower() not in known]
        lying = next((name for name in others if set(labels.provinces_in(name)) & set(missing)), None)
        todo = (
            f"save {lying} as .xlsx" if lying else "add them or name them under regions_without of a layout of your own"
        )
        raise LabelError(
            f"{folder}: {len(found)} workbooks, expected {len(expected)}; no workbook of {', '.join(missing)}; {todo}."
        )
    return {name: found[name] for name in expected}


def _named(path: Path) -> str:
    """Return the province a workbook is named after, alone or among other words."""
    stem = path.stem.strip("0123456789-_ 年")
    named = labels.provinces_in(stem)
    if len(named) == 1:
        return named[0]
    try:
        return labels.province(stem)
    except LabelError:
        found = "a workbook named after no province" if not named else f"a workbook named after {' and '.join(named)}"
        todo = "rename it, or move it out of the folder"
        raise InputError(found, "one per province, such as '03-河北.xls'", todo, file=path) from None


def _read_sheet(path: Path, province: str, layout: Mapping, year: int) -> tuple[dict[str, np.ndarray], list[str]]:
    """Return one workbook's arrays, keyed as in ProvincialTables, and remarks on its stated sums."""
    what = f"a workbook in layout {layout['name']!r}"
    sheet = open_sheet(path, layout.get("sheets", []), what, layout.get("blanks", "refuse"))
    check_province(sheet, province)
    stated_year(sheet, layout["year"], year)
    check_unit(sheet, layout["unit"])
    headings = find_headings(sheet, layout, regional=False)
    sectors = labels.sectors(str(layout["scheme"]))["code"].tolist()
    finals = list(layout["columns"]["final_demand"])
    accounts = [name for name in layout["columns"] if name != "final_demand"]
    components = list(layout["rows"]["value_added"])
    rows = [headings.row("sector", i) for i in sectors]
    columns = [headings.column("sector", j) for j in sectors]
    wanted = [*columns, *(headings.column("category", c) for c in finals)]
    wanted += [headings.column("account", name) for name in accounts]
    supply = sheet.block(rows, wanted, sectors, [*sectors, *finals, *accounts])
    n, m = len(sectors), len(finals)
    arrays = {"Z": supply[:, :n], "final": supply[:, n : n + m]}
    arrays |= {name: supply[:, n + m + k] for k, name in enumerate(accounts)}
    arrays["value_added"] = sheet.block(
        [headings.row("component", k) for k in components], columns, components, sectors
    )
    notes = _remarks(headings, layout, arrays, rows, columns, sectors)
    notes += [f"{sheet.blanks_read:,} empty cells read as zero"] if sheet.blanks_read else []
    return arrays, notes


def _remarks(
    headings: Headings, layout: Mapping, arrays: Mapping[str, np.ndarray], rows: Sequence[int], columns: Sequence[int],
    sectors: Sequence[str],
) -> list[str]:  # fmt: skip
    """Return remarks on stated sums that miss their parts."""
    final, consumption = arrays["final"].sum(1), arrays["final"][:, :3].sum(1)
    parts = {
        "intermediate_use": [arrays["Z"].sum(1)],
        "household_consumption": [arrays["final"][:, :2].sum(1)],
        "consumption": [consumption],
        "capital_formation": [final - consumption],
        "final_use": [final + arrays["exports"] + arrays["outflow"]],
        "intermediate_input": [arrays["Z"].sum(0)],
        "value_added_total": [arrays["value_added"].sum(0)],
        "total_input": [arrays["output"]],
    }
    tolerance = layout.get("totals_tolerance", TOTALS_TOLERANCE)
    return list(remarks(headings, rows, columns, parts, [f"sector {i}" for i in sectors], tolerance))
