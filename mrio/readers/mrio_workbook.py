"""Reader of published interprovincial workbooks (provinces x sectors in one sheet), described by a layout file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from .. import labels
from ..errors import LabelError, UnitError
from ..table import Table
from .headings import Headings, find_headings
from .workbook import Sheet, open_sheet

#: A stated sum may miss its parts by this much, relative, before the reader remarks on it.
TOTALS_TOLERANCE = 1e-6
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_UNIT_WORDS = {
    "100M CNY": r"亿元|100\s*million|hundred million|10\^?8",
    "10k CNY": r"万元|10[, ]?000|(?:10|ten)[- ]thousand|10\^?4",
    "M CNY": r"百万|million",
}


def read_mrio_workbook(path: Path, layout: Mapping, year: int | None = None) -> Table:
    """Return the table in a published workbook.

    Parameters
    ----------
    path : Path
    layout : mapping
        Of kind ``mrio-workbook`` (:func:`mrio.readers.layouts.load_layout`).
    year : int, optional
        Needed where the layout's year is ``stated`` and the sheet does not state one.

    Returns
    -------
    Table
        Provinces and sectors in official order.  Stated sums that miss their parts are listed in the attribute
        ``reader_notes``, which the validation report repeats.

    Raises
    ------
    InputError, LabelError, UnitError
        Naming file, sheet and cell.
    """
    sheet = open_sheet(path, layout["sheets"], f"a workbook in layout {layout['name']!r}")
    headings = find_headings(sheet, layout, regional=True)
    year = stated_year(sheet, headings.head, layout["year"], year)
    check_unit(sheet, headings.head, layout["unit"])
    regions = _regions(headings, layout)
    sectors = labels.sectors(str(layout["scheme"]))["code"].tolist()
    categories = list(layout["columns"]["final_demand"])
    arrays = _read(headings, layout, regions, sectors, categories)
    notes = list(_totals(headings, layout, arrays, regions, sectors))
    components = arrays.pop("components")
    attrs = {"layout": layout["name"], "source": layout.get("source", "")}
    attrs |= {"reader_notes": "; ".join(notes)} if notes else {}
    return Table.from_arrays(
        **arrays, regions=regions, sectors=sectors, categories=categories, components=components, year=year,
        unit=layout["unit"], scheme=str(layout["scheme"]), attrs=attrs,
    )  # fmt: skip


def stated_year(sheet: Sheet, head: Sequence[Sequence], expected: int | str, asked: int | None) -> int:
    """Return the year of a sheet, refusing one whose name or heading states another than the layout or the caller."""
    texts = [sheet.name, *(str(cell) for row in head for cell in row if isinstance(cell, str))]
    stated = {int(found) for text in texts for found in _YEAR.findall(text)}
    wanted = asked if asked is not None else (expected if isinstance(expected, int) else None)
    if wanted is None:
        if len(stated) != 1:
            found = f"the years {sorted(stated)}" if stated else "no year"
            raise sheet.error(found, "one year in the heading", "state it: --year, or year: in the layout")
        return stated.pop()
    if stated and wanted not in stated:
        found = f"the year {', '.join(map(str, sorted(stated)))} in the heading or sheet name"
        raise sheet.error(found, str(wanted), "choose the file or the layout of that year")
    return int(wanted)


def check_unit(sheet: Sheet, head: Sequence[Sequence], unit: str) -> None:
    """Refuse a sheet whose heading states another unit than the layout's."""
    for r, row in enumerate(head):
        for cell in row:
            if not isinstance(cell, str) or not re.search(r"单位|unit|元|yuan|rmb|cny", cell, re.IGNORECASE):
                continue
            stated = next((u for u, words in _UNIT_WORDS.items() if re.search(words, cell, re.IGNORECASE)), unit)
            if stated != unit:
                raise UnitError(
                    f"{sheet.path}, sheet {sheet.name!r}, row {r + 1}: found the unit {cell.strip()!r} ({stated}),"
                    f" expected {unit}; state the unit in the layout."
                )


def _regions(headings: Headings, layout: Mapping) -> list[str]:
    """Return the provinces in official order, refusing a table that lacks one or has one too many."""
    without = set(layout.get("regions_without", []))
    expected = [name for name in labels.provinces().index if name not in without]
    found = set(headings.regions())
    place = f"{headings.sheet.path}, sheet {headings.sheet.name!r}"
    missing = [name for name in expected if name not in found]
    if missing:
        raise LabelError(
            f"{place}: {len(found)} provinces in the rows, expected {layout['regions']}: {', '.join(missing)} missing."
        )
    extra = [name for name in found if name not in expected]
    if extra:
        raise LabelError(f"{place}: {extra[0]} is in the rows, but layout {layout['name']!r} has no such province.")
    return expected


def _read(headings: Headings, layout: Mapping, regions, sectors, categories) -> dict:
    """Return every block of the sheet as arrays named as in Table.from_arrays, and the components."""
    products = [(r, i) for r in regions for i in sectors]
    finals = [(s, c) for s in regions for c in categories]
    rows = [headings.row("sector", i, r) for r, i in products]
    accounts = [name for name, words in layout["columns"].items() if name != "final_demand" and words is not None]
    columns = [headings.column("sector", j, s) for s, j in products]
    columns += [headings.column("category", c, s) for s, c in finals]
    columns += [headings.column("account", name) for name in accounts]
    spoken = [" ".join(pair) for pair in products], [" ".join(pair) for pair in (*products, *finals)] + accounts
    supply = headings.sheet.block(rows, columns, *spoken)
    n, m = len(products), len(finals)
    arrays = {"Z": supply[:, :n], "Y": supply[:, n : n + m]}
    arrays |= {name: supply[:, n + m + k] for k, name in enumerate(accounts)}
    if layout["rows"].get("imports") is not None:
        row = headings.row("account", "imports")
        arrays["imports"] = _line(headings, row, columns[:n])
        if any(headings.sheet.cells[row][c] != "" for c in columns[n : n + m]):
            arrays["imports_final"] = _line(headings, row, columns[n : n + m])
    return arrays | _value_added(headings, layout, columns[:n], (len(regions), len(sectors)))


def _line(headings: Headings, row: int, columns: Sequence[int]) -> np.ndarray:
    return headings.sheet.block([row], columns)[0]


def _value_added(headings: Headings, layout: Mapping, columns: Sequence[int], shape: tuple[int, int]) -> dict:
    """Return value added by component, or in total where the sheet gives only that."""
    components = list(layout["rows"]["value_added"])
    given = [name for name in components if ("", ("component", name)) in headings.rows]
    if not given and ("", ("total", "value_added_total")) in headings.rows:
        row = headings.row("total", "value_added_total")
        return {"value_added": _line(headings, row, columns).reshape(1, *shape), "components": ["total"]}
    lines = [_line(headings, headings.row("component", name), columns) for name in components]
    return {"value_added": np.stack(lines).reshape(-1, *shape), "components": components}


def _totals(headings: Headings, layout: Mapping, arrays: Mapping, regions, sectors) -> Iterator[str]:
    """Yield a remark for every stated sum that misses its parts (with or without foreign trade, as sheets differ)."""
    products = [(r, i) for r in regions for i in sectors]
    rows = [headings.row("sector", i, r) for r, i in products]
    columns = [headings.column("sector", j, s) for s, j in products]
    by_column = {
        "intermediate_use": [arrays["Z"].sum(1)],
        "final_use": [arrays["Y"].sum(1) + arrays["exports"], arrays["Y"].sum(1)],
    }
    inputs = arrays["Z"].sum(0)
    by_row = {
        "intermediate_input": [inputs + arrays.get("imports", 0), inputs],
        "value_added_total": [arrays["value_added"].sum(0).ravel()],
        "total_input": [arrays["output"]],
    }
    tolerance = layout.get("totals_tolerance", TOTALS_TOLERANCE)
    for name, readings in (by_column | by_row).items():
        where = headings.columns if name in by_column else headings.rows
        at = where.get(("", ("total", name)))
        if at is None:
            continue
        block = headings.sheet.block(rows, [at])[:, 0] if name in by_column else _line(headings, at, columns)
        remark = _compared(block, readings, [" ".join(pair) for pair in products], tolerance)
        if remark:
            yield f"stated {name.replace('_', ' ')} {remark}"


def _compared(stated: np.ndarray, readings: Sequence[np.ndarray], spoken: Sequence[str], tolerance: float) -> str:
    scale = np.maximum(np.abs(stated), np.abs(stated).mean() * 1e-3 + 1e-9)
    gaps = min((np.abs(stated - parts) / scale for parts in readings), key=lambda gap: gap.max())
    at = int(np.argmax(gaps))
    return "" if gaps[at] <= tolerance else f"of {spoken[at]} misses its parts by {gaps[at]:.2g} of itself"
