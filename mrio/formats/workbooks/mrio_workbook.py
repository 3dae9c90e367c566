"""Reader of published interprovincial workbooks (provinces x sectors in one sheet), described by a layout file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from mrio import labels
from mrio.errors import LabelError
from mrio.formats.workbooks.headings import Headings, find_headings
from mrio.formats.workbooks.opening import open_sheet
from mrio.formats.workbooks.stated import TOTALS_TOLERANCE, check_unit, remarks, stated_year
from mrio.formats.workbooks.vocabulary import Item
from mrio.table.interregional import Table


def read_mrio_workbook(path: Path, layout: Mapping, year: int | None = None) -> Table:
    """Return the table in a published workbook.

    Parameters
    ----------
    path : Path
    layout : mapping
        Of kind ``mrio-workbook`` (:func:`mrio.formats.workbooks.layouts.load_layout`).
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
    what = f"a workbook in layout {layout['name']!r}"
    sheet = open_sheet(path, layout["sheets"], what, layout.get("blanks", "refuse"))
    year = stated_year(sheet, layout["year"], year)
    check_unit(sheet, layout["unit"])
    headings = find_headings(sheet, layout, regional=True)
    regions = _regions(headings, layout)
    sectors = labels.sectors(str(layout["scheme"]))["code"].tolist()
    categories = list(layout["columns"]["final_demand"])
    arrays = _read(headings, layout, regions, sectors, categories)
    notes = _totals(headings, layout, arrays, regions, sectors)
    notes += [f"{sheet.blanks_read:,} empty cells read as zero"] if sheet.blanks_read else []
    components = arrays.pop("components")
    attrs = {"layout": layout["name"], "source": layout.get("source", "")}
    attrs |= {"reader_notes": "; ".join(notes)} if notes else {}
    return Table.from_arrays(
        **arrays, regions=regions, sectors=sectors, categories=categories, components=components, year=year,
        unit=layout["unit"], scheme=str(layout["scheme"]), attrs=attrs,
    )  # fmt: skip


def _regions(headings: Headings, layout: Mapping) -> list[str]:
    """Return the provinces in official order, refusing a table that lacks one or has one too many."""
    without = set(layout.get("regions_without", []))
    expected = [name for name in labels.regions().index if name not in without]
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


def _read(
    headings: Headings, layout: Mapping, regions: Sequence[str], sectors: Sequence[str], categories: Sequence[str]
) -> dict:
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
    given = [name for name in components if ("", Item("component", name)) in headings.rows]
    if not given and ("", Item("total", "value_added_total")) in headings.rows:
        row = headings.row("total", "value_added_total")
        return {"value_added": _line(headings, row, columns).reshape(1, *shape), "components": ["total"]}
    lines = [_line(headings, headings.row("component", name), columns) for name in components]
    return {"value_added": np.stack(lines).reshape(-1, *shape), "components": components}


def _totals(
    headings: Headings, layout: Mapping, arrays: Mapping, regions: Sequence[str], sectors: Sequence[str]
) -> list[str]:
    """Return remarks on stated sums that miss their parts (sheets differ in whether these hold foreign trade)."""
    products = [(r, i) for r in regions for i in sectors]
    inputs, final = arrays["Z"].sum(0), arrays["Y"].sum(1)
    parts = {
        "intermediate_use": [arrays["Z"].sum(1)],
        "final_use": [final + arrays["exports"], final],
        "intermediate_input": [inputs + arrays.get("imports", 0), inputs],
        "value_added_total": [arrays["value_added"].sum(0).ravel()],
        "total_input": [arrays["output"]],
    }
    rows = [headings.row("sector", i, r) for r, i in products]
    columns = [headings.column("sector", j, s) for s, j in products]
    tolerance = layout.get("totals_tolerance", TOTALS_TOLERANCE)
    return list(remarks(headings, rows, columns, parts, [" ".join(pair) for pair in products], tolerance))
