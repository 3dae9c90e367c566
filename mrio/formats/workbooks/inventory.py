"""CEADs CO2 inventory workbooks (one sheet per province, or one per year) -> a long table of Mt CO2.

Rows and columns are found by their labels after normalising case, spaces and underscores, never by position: sheets of
one workbook differ (``Hunan2017``; all of 2019).  Both identities of a sheet are checked while reading: fuels add up to
its ``Scope 1 Total`` column and sectors to its total row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from os import PathLike
from pathlib import Path

import pandas as pd
from python_calamine import CalamineWorkbook

from mrio import labels
from mrio.errors import BalanceError, InputError, LabelError, UnitError, did_you_mean
from mrio.formats.text_cells import column_name, describe
from mrio.formats.workbooks.layouts import load_layout
from mrio.formats.workbooks.opening import Sheet, open_book, visible_sheets
from mrio.units import conversion

TOTAL = "total"
#: Region of a sheet whose name is the year alone.
COUNTRY = "China"


@cache
def _layout() -> dict:
    """Return ``config/layouts/ceads-inventory.yaml`` with its labels normalised."""
    layout = load_layout("ceads-inventory")
    listed = ("other_sheets", "total_rows", "not_counted")
    normalised = {key: [labels.normalise(label) for label in layout[key]] for key in listed}
    units = {labels.normalise(unit): conversion(unit, "Mt CO2") for unit in layout["units"]}
    return {**layout, **normalised, "units": units, "sheet_name": re.compile(layout["sheet_name"])}


def read_inventory(path: str | PathLike[str], year: int, *, tolerance: float = 1e-6) -> pd.DataFrame:
    """Return the inventories of one year.

    Parameters
    ----------
    path : path
        A CEADs workbook with one sheet per province (``Hunan2017``), or one per year for the country (``2017``).
    year : int
    tolerance : float
        Largest gap allowed between a stated total and the sum of its parts, Mt.

    Returns
    -------
    DataFrame
        Columns ``region, sector, fuel, emissions`` (Mt CO2), every combination once, provinces in official order (or
        :data:`COUNTRY` alone), sectors coded as in scheme ``"ceads"`` (``urban`` and ``rural`` are households), fuels
        as in :func:`mrio.labels.fuels`.  Provinces without a sheet (Tibet) are absent, never zero.

    Raises
    ------
    InputError, UnitError, LabelError
        A missing sheet or label, another unit, or a cell that is not a number: file, sheet and cell are named.
    BalanceError
        A total that is not the sum of its parts.
    """
    path = Path(path)
    book = open_book(path, "a CEADs inventory workbook")
    sheets: dict[str, str] = {}
    for sheet, label in _sheets_of(book, path, year).items():
        name = labels.province(label, where=f"{path}, sheet {sheet!r}") if label else COUNTRY
        if name in sheets:
            raise LabelError(f"{path}: sheets {sheets[name]!r} and {sheet!r} are both {name}; keep one.")
        sheets[name] = sheet
    if COUNTRY in sheets and len(sheets) > 1:
        raise LabelError(f"{path}: sheet {sheets[COUNTRY]!r} is of the country, others are of provinces; split them.")
    ordered = [name for name in (*labels.provinces().index, COUNTRY) if name in sheets]
    frames = [_Inventory(Sheet(path, book, sheets[name])).table(tolerance).assign(region=name) for name in ordered]
    table = pd.concat(frames, ignore_index=True)[["region", "sector", "fuel", "emissions"]]
    table.attrs = {"unit": "Mt", "year": int(year), "source": "CEADs sectoral CO2 inventory"}
    return table


def _sheets_of(book: CalamineWorkbook, path: str | PathLike[str], year: int) -> dict[str, str]:
    """Return sheet -> what its name says before the year, for the sheets of one year."""
    found, years = {}, set()
    visible = visible_sheets(book)
    for sheet in visible:
        if labels.normalise(sheet) in _layout()["other_sheets"]:
            continue
        match = _layout()["sheet_name"].match(sheet.strip())
        if match is None:
            raise InputError(
                "a name without a year",
                "names like 'Hunan2017', as a CEADs inventory has",
                "rename it",
                file=path,
                sheet=sheet,
            )
        years.add(match[2])
        if match[2] == str(year):
            found[sheet] = match[1].strip()
    shown = {labels.normalise(label) for label in found.values()}
    for sheet in (name for name in book.sheet_names if name not in visible):
        match = _layout()["sheet_name"].match(sheet.strip())
        if match and match[2] == str(year) and labels.normalise(match[1]) not in shown:
            raise InputError("a hidden sheet", "a visible one", "show it, or take it out", file=path, sheet=sheet)
    if not found:
        raise InputError(f"sheets of {', '.join(sorted(years)) or 'no year'}", f"sheets of {year}", file=path)
    return found


class _Inventory:
    """One inventory sheet, addressed by normalised labels."""

    def __init__(self, sheet: Sheet):
        self.sheet, self.cells = sheet, sheet.cells
        self.sectors = {labels.normalise(row.name): row.code for row in labels.sectors("ceads").itertuples()}
        self.fuels = {labels.normalise(row.name): row.fuel for row in labels.fuels().itertuples()}
        first_label = next(iter(self.sectors))
        total = _layout()["total_column"]
        self.header = self._row_with(labels.normalise(total), f"a header row with {total!r}")
        first_row = self._row_with(first_label, "a row 'Farming, Forestry, Animal Husbandry, ...'")
        self.label_column = [labels.normalise(v) for v in self.cells[first_row]].index(first_label)
        self.columns = self._columns()
        self.rows = self._rows()
        self.factors = {key: self._unit_factor(column) for key, column in self.columns.items()}

    def table(self, tolerance: float) -> pd.DataFrame:
        """Return the long table of the sheet, Mt, after checking both of its identities."""
        values = pd.DataFrame(
            {key: {row: self._number(row, key) for row in self.rows} for key in self.columns}, dtype=float
        )
        parts, stated = values.loc[list(self.sectors.values()), list(self.fuels.values())], values[TOTAL]
        self._check(parts.sum(axis=1), stated[parts.index], tolerance, "fuels", "row")
        self._check(values.loc[parts.index].sum(), values.loc[TOTAL], tolerance, "sectors", "column")
        long = parts.rename_axis("sector").reset_index()
        return long.melt("sector", var_name="fuel", value_name="emissions")

    def _row_with(self, label: str, expected: str) -> int:
        for k, row in enumerate(self.cells):
            if any(labels.normalise(value) == label for value in row):
                return k
        filled = any(value not in (None, "") for row in self.cells for value in row)
        found = "no such label" if filled else "an empty sheet"
        todo = "choose a CEADs inventory" if filled else "fill it in, or take it out and exclude the province"
        raise self.sheet.error(found, expected, todo)

    def _columns(self) -> dict[str, int]:
        layout = _layout()
        known = {**self.fuels, labels.normalise(layout["total_column"]): TOTAL} | dict.fromkeys(
            layout["not_counted"], ""
        )
        entries = [(k, value) for k, value in enumerate(self.cells[self.header]) if k != self.label_column]
        found = self._find(entries, known, "column")
        return {key: column for key, column in found.items() if key}

    def _rows(self) -> dict[str, int]:
        known = {**self.sectors, **dict.fromkeys(_layout()["total_rows"], TOTAL)}
        entries = [(k, row[self.label_column]) for k, row in enumerate(self.cells) if k > self.header]
        return self._find([(k, v) for k, v in entries if labels.normalise(v) != "unit"], known, "row")

    def _find(self, entries: Sequence[tuple[int, object]], known: Mapping[str, str], what: str) -> dict[str, int]:
        """Return key -> position of every known label, refusing unknown, repeated and missing ones."""
        found: dict[str, int] = {}
        for position, value in entries:
            label = labels.normalise(value)
            if not label:
                continue
            if label not in known:
                hint = did_you_mean(label, known)
                raise LabelError(
                    f"{self._where()}: {what} {str(value).strip()!r} is unknown{hint}; rename it, or take it out."
                )
            if known[label] and known[label] in found:
                raise LabelError(f"{self._where()}: {what} {str(value).strip()!r} is given twice; each appears once.")
            found[known[label]] = position
        missing = [key for key in dict.fromkeys(known.values()) if key and key not in found]
        if missing:
            names = labels.sectors("ceads")["name"].to_dict() | labels.fuels()["name"].to_dict()
            listed = ", ".join(repr(names.get(key, key)) for key in missing)
            raise LabelError(f"{self._where()}: {what} {listed} is missing; the inventory must be complete.")
        return found

    def _unit_factor(self, column: int) -> float:
        """Return the size in Mt of the unit stated under a column's header."""
        between = self.cells[self.header + 1 : min(self.rows.values())]
        stated = [str(row[column]).strip() for row in between if str(row[column]).strip()]
        units = _layout()["units"]
        if len(stated) != 1 or labels.normalise(stated[0]) not in units:
            inside = self.sheet.what_is_missing(self.header + 1, column)
            found = f"unit {stated[0]!r}" if stated else f"no unit{inside and f' ({inside})'}"
            raise UnitError(
                f"{self._where()}, column {column_name(column)}: found {found} under the header, expected 'Mt CO2' "
                "(or kt CO2, t CO2)."
            )
        return units[labels.normalise(stated[0])]

    def _number(self, row: str, key: str) -> float:
        k, c = self.rows[row], self.columns[key]
        value = self.cells[k][c]
        number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else float("nan")
        if not 0 <= number < float("inf"):
            found = self.sheet.what_is_missing(k, c) or describe(value)
            raise self.sheet.error(found, "a number of at least 0", "nothing is coerced: mend the cell", k, c)
        return number * self.factors[key]

    def _check(self, sums: pd.Series, stated: pd.Series, tolerance: float, what: str, axis: str) -> None:
        gap = (sums - stated).abs()
        if gap.max() > tolerance:
            worst = gap.idxmax()
            place = self.rows[worst] + 1 if axis == "row" else column_name(self.columns[worst])
            raise BalanceError(
                f"{self._where()}, {axis} {place}: {what} add up to {sums[worst]:.6f} Mt, but the sheet's total says "
                f"{stated[worst]:.6f} Mt; correct the cell that was changed."
            )

    def _where(self) -> str:
        return f"{self.sheet.path}, sheet {self.sheet.name!r}"
