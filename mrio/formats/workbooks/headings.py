"""Headings: which row and column of a sheet holds what, found by the labels and codes a layout states.

Owns the search.  A heading row is the row where most cells are labels of the layout; a label column likewise.  Every
column and row with numbers must be known to the layout; what is unknown, missing or there twice is refused by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mrio import labels
from mrio.errors import InputError, LabelError, did_you_mean
from mrio.formats.text_cells import column_name
from mrio.formats.workbooks.opening import Sheet
from mrio.formats.workbooks.vocabulary import Item, label_of, province_of, words_of_layout

#: Headings are looked for in this many rows and columns from A1.
HEAD_ROWS, HEAD_COLUMNS = 20, 8
#: Region (empty for accounts) and what the row or column stands for.
Key = tuple[str, Item]


@dataclass(frozen=True)
class Headings:
    """Where everything is: (region, item) -> 0-based row or column; the region is empty for accounts."""

    sheet: Sheet
    rows: Mapping[Key, int]
    columns: Mapping[Key, int]

    def row(self, kind: str, name: str, region: str = "") -> int:
        """Return the row of an item, or raise the sentence that it is missing."""
        return self._find(self.rows, "row", kind, name, region)

    def column(self, kind: str, name: str, region: str = "") -> int:
        """Return the column of an item, or raise the sentence that it is missing."""
        return self._find(self.columns, "column", kind, name, region)

    def _find(self, where: Mapping[Key, int], what: str, kind: str, name: str, region: str) -> int:
        key = (region, Item(kind, name))
        if key not in where:
            found = f"no {what} of {kind} {name!r}" + (f" in {region}" if region else "")
            raise self.sheet.error(found, f"one {what} for each that the layout states", "compare sheet and layout")
        return where[key]

    def regions(self) -> list[str]:
        """Return the regions of the rows, in the order of the sheet."""
        return list(dict.fromkeys(region for region, _ in self.rows if region))


def find_headings(sheet: Sheet, layout: Mapping, *, regional: bool) -> Headings:
    """Return where everything the layout states is in a sheet.

    Parameters
    ----------
    sheet : Sheet
    layout : mapping
        Of kind ``mrio-workbook`` or ``provincial-folder``.
    regional : bool
        Whether rows and columns carry provinces as well (an interregional table).

    Raises
    ------
    InputError, LabelError
        Naming the row or column that is unknown, missing, without heading or there twice.
    """
    row_words, column_words = words_of_layout(layout)
    cells = sheet.cells
    code_row = _best(sheet, cells[:HEAD_ROWS], column_words, "row")
    columns_first = [[row[c] for row in cells[code_row + 1 :]] for c in range(min(HEAD_COLUMNS, len(cells[0])))]
    code_column = _best(sheet, columns_first, row_words, "column")
    sector_rows = [r for r in range(code_row + 1, len(cells)) if _is_sector(cells[r][code_column], row_words)]
    if not sector_rows:
        raise sheet.error("no row of a sector under the headings", "the rows of the table", "check the sheet")
    data_row, data_column = sector_rows[0], _first_data_column(cells[code_row], column_words, code_column)
    head_rows = [code_row, *(r for r in range(data_row) if r != code_row)]
    label_columns = [code_column, *(c for c in range(data_column) if c != code_column)]
    above = [cells[r][data_column:] for r in range(data_row)]
    beside = [[row[c] for row in cells[data_row:]] for c in range(data_column)]
    column_regions, row_regions = (_filled(lines) if regional else None for lines in (above, beside))
    columns: dict[Key, int] = {}
    rows: dict[Key, int] = {}
    for c in range(data_column, len(cells[0])):
        texts = [cells[r][c] for r in head_rows]
        item = _item(texts, column_words)
        if item is None:
            _refuse_unknown(sheet, texts, [row[c] for row in cells[data_row:]], column_words, column=c)
        elif item.kind != "ignored":
            region = _region(sheet, item, column_regions, c - data_column, column=c)
            _place(sheet, columns, (region, item), c, "column")
    for r in range(data_row, len(cells)):
        texts = [cells[r][c] for c in label_columns]
        item = _item(texts, row_words)
        if item is None:
            _refuse_unknown(sheet, texts, cells[r][data_column:], row_words, row=r)
        elif item.kind != "ignored":
            _check_name(sheet, texts, item, row_words, r)
            region = _region(sheet, item, row_regions, r - data_row, row=r)
            _place(sheet, rows, (region, item), r, "row")
    return Headings(sheet, rows, columns)


def _best(sheet: Sheet, lines: Sequence[Sequence], words: Mapping[str, Item], what: str) -> int:
    """Return the first line that has (nearly) as many labels as the one with most; at least two are needed."""
    counts = [sum(label_of(cell) in words for cell in line) for line in lines]
    most = max(counts, default=0)
    if most < 2:
        other = "heading row" if what == "row" else "label column"
        raise sheet.error(
            f"no {other}",
            f"a {what} of sector codes or names such as '01'",
            "choose the layout of this workbook: 'mrio new-year YEAR --table FILE' names it",
        )
    return next(k for k, count in enumerate(counts) if count >= 0.9 * most)


def _is_sector(cell: object, words: Mapping[str, Item]) -> bool:
    item = words.get(label_of(cell))
    return item is not None and item.kind == "sector"


def _first_data_column(row: Sequence, words: Mapping[str, Item], code_column: int) -> int:
    return next(c for c in range(code_column + 1, len(row)) if _is_sector(row[c], words))


def _filled(lines: Sequence[Sequence]) -> list:
    """Return the line with most provinces, each carried on over the empty cells that follow (merged headings)."""
    best = max(lines, key=lambda line: sum(bool(province_of(label_of(cell))) for cell in line))
    filled, current = [], ""
    for cell in best:
        current = cell if cell != "" else current
        filled.append(current)
    return filled


def _region(
    sheet: Sheet, item: Item, regions: Sequence | None, at: int, *, row: int | None = None, column: int | None = None
) -> str:
    """Return the province of a row or column; empty for an account, and in a sheet of one province."""
    if regions is None or item.kind not in ("sector", "category"):
        return ""
    if regions[at] == "":
        raise sheet.error("no province", f"a province for every {item.kind}", "fill it in", row, column)
    place = f"row {row + 1}" if row is not None else f"column {column_name(column or 0)}"
    where = f"{sheet.path}, sheet {sheet.name!r}, {place}"
    return province_of(label_of(regions[at])) or labels.province(regions[at], where=where)


def _item(texts: Iterable, words: Mapping[str, Item]) -> Item | None:
    return next((words[label_of(text)] for text in texts if label_of(text) in words), None)


def _place(sheet: Sheet, found: dict[Key, int], key: Key, index: int, what: str) -> None:
    """Note where an item stands, refusing one that stands there a second time."""
    region, item = key
    if key in found:
        label = " ".join(filter(None, (region, item.name)))
        first = found[key] + 1 if what == "row" else column_name(found[key])
        raise LabelError(
            f"{sheet.path}, sheet {sheet.name!r}: {what} {index + 1 if what == 'row' else column_name(index)} is"
            f" {label!r} a second time (first: {what} {first}); each must appear once, so mend the labels."
        )
    found[key] = index


def _check_name(sheet: Sheet, texts: Sequence, item: Item, words: Mapping[str, Item], row: int) -> None:
    """Refuse a row whose code and name mean different sectors: another classification, or labels out of step."""
    named = [words[label_of(text)] for text in texts[1:] if label_of(text) in words]
    other = next((word for word in named if word.kind == item.kind == "sector" and word != item), None)
    if other:
        raise sheet.error(
            f"code {texts[0]!r} beside the name of sector {other.name}", f"the name of sector {item.name}",
            "the labels are out of step or the layout has another sector classification", row=row,
        )  # fmt: skip


def _refuse_unknown(
    sheet: Sheet, texts: Sequence, numbers: Iterable, words: Mapping[str, Item], *, row: int | None = None,
    column: int | None = None,
) -> None:  # fmt: skip
    """Refuse a row or column that holds numbers and no heading the layout knows; one without numbers is a remark."""
    if not any(isinstance(cell, float | int) and not isinstance(cell, bool) for cell in numbers):
        return
    what = "row" if column is None else "column"
    written = [str(text).strip() for text in texts if label_of(text) and not province_of(label_of(text))]
    if not written:
        raise sheet.error(f"numbers without a heading in this {what}", "a label", f"label the {what} or empty it",
                          row=row, column=column)  # fmt: skip
    hint = did_you_mean(labels.normalise(written[0]), words)
    raise InputError(
        f"the heading {written[0]!r}{hint}", "a heading the layout states", "correct it, or add it to the layout",
        file=sheet.path, sheet=sheet.name, row=row + 1 if row is not None else None,
        column=column_name(column) if column is not None else None,
    )  # fmt: skip
