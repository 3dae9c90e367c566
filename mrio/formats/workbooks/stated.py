"""Statements: what a sheet says of itself (its year, its unit, its sums), held against what is expected of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from mrio import labels
from mrio.currencies import stated_money
from mrio.errors import UnitError
from mrio.formats.workbooks.headings import HEAD_ROWS, Headings
from mrio.formats.workbooks.opening import Sheet
from mrio.formats.workbooks.vocabulary import Item
from mrio.units import currency_of, money_unit

#: A stated sum may miss its parts by this much, relative, before the reader remarks on it.
TOTALS_TOLERANCE = 1e-5
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
#: Units that no layout can state.
_UNREAD = re.compile(r"百元|美元|thousand|dollars?|USD", re.IGNORECASE)
#: What stands before the unit itself.
_BEFORE_UNIT = re.compile(r".*?(?:单位|units?)\s*[:\uff1a]?\s*", re.IGNORECASE)
_UNIT = re.compile(r"单位|unit|元|yuan|rmb|cny|eur|usd|dollar", re.IGNORECASE)


def stated_year(sheet: Sheet, expected: int | str, asked: int | None) -> int:
    """Return the year of a sheet, refusing one whose name or heading states another than the layout or the caller.

    Parameters
    ----------
    expected : int or ``"stated"``
        What the layout says.
    asked : int, optional
        What the caller says; it overrules the layout.
    """
    texts = [sheet.name, *(cell for row in sheet.cells[:HEAD_ROWS] for cell in row if isinstance(cell, str))]
    stated = {int(found) for text in texts for found in _YEAR.findall(text)}
    wanted = asked if asked is not None else (expected if isinstance(expected, int) else None)
    if wanted is None:
        if len(stated) != 1:
            found = f"the years {sorted(stated)}" if stated else "no year"
            raise sheet.error(found, "one year in the heading", "state it: --year, or year: in the layout")
        return stated.pop()
    if stated - {wanted}:
        years = ", ".join(map(str, sorted(stated)))
        found = f"the year{'s' * (len(stated) > 1)} {years} in the heading or sheet name"
        todo = "choose the file or the layout of that year ('mrio new-year YEAR --table FILE' names it)"
        raise sheet.error(found, str(wanted), todo if wanted not in stated else "take out the year that is not meant")
    return int(wanted)


def check_province(sheet: Sheet, province: str) -> None:
    """Refuse a sheet whose title or name is of another province than its file."""
    texts = [(None, sheet.name), *((r, cell) for r, row in enumerate(sheet.cells[:HEAD_ROWS]) for cell in row)]
    for row, text in texts:
        if not isinstance(text, str) or (row is not None and not _YEAR.search(text)):
            continue
        named = labels.provinces_in(text)
        if named and province not in named:
            found, todo = f"{', '.join(named)} in {text.strip()!r}", "rename the file, or open the right workbook"
            raise sheet.error(found, f"{province}, as the file is named", todo, row)


def check_unit(sheet: Sheet, unit: str) -> None:
    """Refuse a sheet whose heading states another unit than the layout's."""
    for r, row in enumerate(sheet.cells[:HEAD_ROWS]):
        for cell in row:
            if not isinstance(cell, str) or not _UNIT.search(cell):
                continue
            stated = _stated_unit(cell, unit)
            if stated != unit:
                raise UnitError(
                    f"{sheet.path}, sheet {sheet.name!r}, row {r + 1}: found the unit {cell.strip()!r} ({stated}),"
                    f" expected {unit}; state the unit in the layout, or convert the sheet if it alone has that unit."
                )


def _stated_unit(cell: str, unit: str) -> str:
    """Return the unit a heading states, that of the layout where it names a currency without a size, or none."""
    found = stated_money(_BEFORE_UNIT.sub("", cell).strip(" ()\uff08\uff09")) or money_unit(cell)
    if found is None:
        return (_UNREAD.search(cell) or [unit])[0]
    return unit if found == currency_of(unit) else found


def remarks(
    headings: Headings, rows: Sequence[int], columns: Sequence[int], parts: Mapping[str, Sequence],
    spoken: Sequence[str], tolerance: float,
) -> Iterator[str]:  # fmt: skip
    """Yield a remark for every stated sum that misses its parts.

    Parameters
    ----------
    rows, columns : positions of the products in the rows and in the columns
    parts : mapping
        Total of the layout -> the sums it may be, one per product, as sheets differ (with or without foreign trade).
    spoken : names of the products
    """
    for name, readings in parts.items():
        key = ("", Item("total", name))
        if key in headings.columns:
            stated = headings.sheet.block(rows, [headings.columns[key]])[:, 0]
        elif key in headings.rows:
            stated = headings.sheet.block([headings.rows[key]], columns)[0]
        else:
            continue
        scale = np.maximum(np.abs(stated), np.abs(stated).mean() * 1e-3 + 1e-9)
        gaps = min((np.abs(stated - parts) / scale for parts in readings), key=lambda gap: gap.max())
        at = int(np.argmax(gaps))
        if gaps[at] > tolerance:
            yield f"stated {name.replace('_', ' ')} of {spoken[at]} misses its parts by {gaps[at]:.2g} of itself"
