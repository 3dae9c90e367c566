"""The matrix CSV of a table, written and read: one matrix a person can open, as an accountant would lay it out."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path

import numpy as np

from mrio.errors import InputError, did_you_mean
from mrio.formats.metadata_lines import attr_lines, further_attrs, parse_attrs
from mrio.formats.text_cells import Corner, column_name, number_text, numbers, read_text_rows, without_empty_columns
from mrio.frames import refuse_separator
from mrio.labels import unique
from mrio.saving import whole_text
from mrio.sums_named import is_sum
from mrio.table.interregional import Table

FORMAT = "mrio matrix CSV 1"
#: Account columns and rows, in order; imports_by_product is a memorandum beside the products.
ACCOUNT_COLUMNS = ("exports", "excluded_out", "residual", "output")
MEMO_COLUMN = "imports_by_product"
ACCOUNT_ROWS = {"imports": ("imports", "imports_final"), "excluded_in": ("excluded_in", "excluded_in_final")}
VALUE_ADDED = "value_added"
_WHAT = "a matrix CSV table"
#: Region (or ``value_added``, or nothing) and sector, category, component or account of a row or column.
Label = tuple[str, str]


def write_matrix_csv(table: Table, path: str | PathLike[str]) -> Path:
    """Write a table as one CSV matrix: every row and column of the table as an accountant would lay it out.

    Lines ``# key: value`` (format, year, unit, scheme ...); two header rows (region; sector, category or account); two
    label columns (the same).  Rows: supplies by region and sector, then ``imports`` and ``excluded_in`` by user, then
    one ``value_added`` row per component.  Columns: users by region and sector, final demand by region and category,
    then ``exports``, ``excluded_out``, ``residual``, ``output`` and, where known, ``imports_by_product`` (of the row's
    region and product).  Cells that have no meaning are empty.  Numbers are written so that they read back equal.
    UTF-8 with a byte order mark, so that Excel shows Chinese labels.
    """
    path = Path(path)
    with whole_text(path, "utf-8-sig") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        stream.writelines(attr_lines(table, FORMAT))
        writer.writerows(_header(table))
        writer.writerows(_supply_rows(table))
        writer.writerows(_account_rows(table))
    return path


def _header(table: Table) -> tuple[list[str], list[str]]:
    users = [(r, j) for r in table.regions for j in table.sectors]
    final = [(r, c) for r in table.regions for c in table.categories]
    accounts = [("", a) for a in ACCOUNT_COLUMNS] + ([("", MEMO_COLUMN)] if MEMO_COLUMN in table.data else [])
    top, bottom = zip(*[("region", ""), ("", "sector"), *users, *final, *accounts], strict=True)
    return list(top), list(bottom)


def _supply_rows(table: Table) -> Iterator[list[str]]:
    size = len(table.regions) * len(table.sectors)
    blocks = [table.data["Z"].values.reshape(size, -1), table.data["Y"].values.reshape(size, -1)]
    blocks += [table.data[a].values.reshape(size, 1) for a in ACCOUNT_COLUMNS]
    if MEMO_COLUMN in table.data:
        blocks.append(table.data[MEMO_COLUMN].values.T.reshape(size, 1))
    labels = [[r, i] for r in table.regions for i in table.sectors]
    for label, values in zip(labels, np.hstack(blocks), strict=True):
        yield label + [number_text(value) for value in values]


def _account_rows(table: Table) -> Iterator[list[str]]:
    accounts = len(ACCOUNT_COLUMNS) + (MEMO_COLUMN in table.data)
    final = len(table.regions) * len(table.categories)
    for row, (by_industry, by_category) in ACCOUNT_ROWS.items():
        values = np.concatenate([table.data[by_industry].values.ravel(), table.data[by_category].values.ravel()])
        yield ["", row, *(number_text(value) for value in values), *[""] * accounts]
    for component, added in zip(table.components, table.value_added.values, strict=True):
        values = added.ravel()
        yield [VALUE_ADDED, component, *(number_text(value) for value in values), *[""] * (final + accounts)]


def read_matrix_csv(path: Path) -> Table:
    """Return the table in a matrix CSV; the order of rows and columns inside each block may differ.

    Raises
    ------
    InputError
        Naming the line and column of what is missing, unknown or not a number.
    UnitError
        If the unit line is missing or unknown.
    """
    path = Path(path)
    rows = read_text_rows(path, _WHAT)
    attrs, first = parse_attrs([",".join(row) for row in rows], path, FORMAT)
    body = without_empty_columns(rows[first:])
    if body and len(body[0]) < 3:
        refuse_separator([",".join(body[0])], path, first + 1)
    if len(body) < 3:
        raise InputError("no table under the metadata lines", "two header rows and the supply rows", file=path)
    _check_width(body, path, first)
    _check_regions(body, path, first)
    return _table(_Matrix(path, first, body), attrs)


def _check_width(body: list[list[str]], path: Path, first: int) -> None:
    for k, row in enumerate(body):
        said = [cell for cell in row if cell.strip()]
        if len(said) == 1 and k > 1 and row[0].strip():
            todo = "take it out, if it is a note" + ("; else the file is cut short" if len(row) < len(body[0]) else "")
            raise InputError(
                f"{said[0].strip()!r} alone in its row", f"{len(body[0])} cells", todo, file=path, row=first + k + 1
            )
        if len(row) != len(body[0]):
            raise InputError(
                f"{len(row)} cells", f"{len(body[0])} as in the header row",
                "the file is cut short or a comma is missing", file=path, row=first + k + 1,
            )  # fmt: skip


def _check_regions(body: list[list[str]], path: Path, first: int) -> None:
    """Refuse sectors whose region stands in the first of their rows alone, as merged cells leave it."""
    alone = Counter(row[1] for row in body[2:] if not row[0])
    for k, row in enumerate(body[2:]):
        if not row[0] and alone[row[1]] > 1:
            todo = "write it in every row: merged cells keep it in the first"
            found = f"{row[1]!r} without a region"
            raise InputError(found, "a region and its sector", todo, file=path, row=first + k + 3)


class _Matrix:
    """The labelled grid of text, and how to cut a block of numbers out of it."""

    def __init__(self, path: Path, first: int, body: Sequence[list[str]]):
        self.path, self.first, self.cells = path, first, [row[2:] for row in body[2:]]
        self.columns: list[Label] = list(zip(body[0][2:], body[1][2:], strict=True))
        self.lines: list[Label] = [(row[0], row[1]) for row in body[2:]]
        self.column_at = self._index(self.columns, "column")
        self.line_at = self._index(self.lines, "row")

    def _index(self, pairs: Sequence[Label], what: str) -> dict[Label, int]:
        unique([" ".join(filter(None, pair)) for pair in pairs], f"{self.path}: {what}")
        return {pair: k for k, pair in enumerate(pairs)}

    def block(self, lines: Sequence[Label], columns: Sequence[Label]) -> np.ndarray:
        """Return the numbers where the labelled lines and columns cross."""
        rows = [self._at(self.line_at, line, "row") for line in lines]
        picked = [self._at(self.column_at, column, "column") for column in columns]
        block = np.empty((len(rows), len(picked)))
        contiguous = picked == list(range(picked[0], picked[0] + len(picked))) if picked else True
        for k, row in enumerate(rows):
            cells = self.cells[row]
            chosen = cells[picked[0] : picked[-1] + 1] if picked and contiguous else [cells[c] for c in picked]
            block[k] = self._numbers(row, chosen, picked)
        return block

    def _numbers(self, row: int, cells: Sequence[str], picked: Sequence[int]) -> np.ndarray:
        line = [" ".join(self.lines[row]).strip()]
        try:
            return numbers([cells], Corner(self.path, self.first + 2 + row, row_labels=line))[0]
        except InputError:  # name the column as it stands in the file
            for c, cell in zip(picked, cells, strict=True):
                label = [" ".join(self.columns[c]).strip()]
                numbers([[cell]], Corner(self.path, self.first + 2 + row, c + 2, row_labels=line, column_labels=label))
            raise

    def _at(self, index: Mapping[Label, int], pair: Label, what: str) -> int:
        if pair not in index:
            label = " ".join(filter(None, pair))
            hint = did_you_mean(label, [" ".join(filter(None, known)) for known in index])
            raise InputError(f"no {what} {label!r}{hint}", "every region with every sector, category and account",
                             file=self.path)  # fmt: skip
        return index[pair]


def _table(matrix: _Matrix, attrs: dict[str, str]) -> Table:
    _check_no_totals(matrix)
    supplies = [pair for pair in matrix.lines if pair[0] not in ("", VALUE_ADDED)]
    users = [pair for pair in matrix.columns if pair[0]]
    regions, sectors = (list(dict.fromkeys(pair[k] for pair in supplies)) for k in (0, 1))
    categories = list(dict.fromkeys(label for _, label in users if label not in set(sectors)))
    components = [label for name, label in matrix.lines if name == VALUE_ADDED]
    _check_known(matrix, set(supplies), set(regions))
    products = [(r, i) for r in regions for i in sectors]
    finals = [(s, c) for s in regions for c in categories]
    given = {"Z": matrix.block(products, products), "Y": matrix.block(products, finals)}
    for account in ACCOUNT_COLUMNS:
        given[account] = matrix.block(products, [("", account)])
    if ("", MEMO_COLUMN) in matrix.column_at:
        by_region = matrix.block(products, [("", MEMO_COLUMN)]).reshape(len(regions), len(sectors))
        given[MEMO_COLUMN] = by_region.T
    for row, (by_industry, by_category) in ACCOUNT_ROWS.items():
        given[by_industry] = matrix.block([("", row)], products)
        given[by_category] = matrix.block([("", row)], finals)
    added = [matrix.block([(VALUE_ADDED, k)], products) for k in components]
    shape = (len(components), len(regions), len(sectors))
    return Table.from_arrays(
        **given, value_added=np.concatenate(added).reshape(shape), regions=regions, sectors=sectors,
        categories=categories, components=components, year=int(attrs["year"]), unit=attrs["unit"],
        scheme=attrs.get("scheme", ""), attrs=further_attrs(attrs),
    )  # fmt: skip


def _check_no_totals(matrix: _Matrix) -> None:
    """Refuse a row or column that has a region and nothing of it: a sum somebody added."""
    for what, pairs, first in (("row", matrix.lines, matrix.first + 3), ("column", matrix.columns, 2)):
        for k, (region, label) in enumerate(pairs):
            if region and (not label or (is_sum(region) and is_sum(label))):
                row, column = (first + k, None) if what == "row" else (None, column_name(first + k))
                todo = "take sums out: they are made where they are needed"
                raise InputError(
                    f"{region!r} without a sector"
                    if not label
                    else f"the sum {' '.join(dict.fromkeys((region, label)))!r}",
                    "a region and its sector",
                    todo,
                    file=matrix.path,
                    row=row,
                    column=column,
                )


def _check_known(matrix: _Matrix, supplies: set[Label], regions: set[str]) -> None:
    """Refuse rows and columns that belong to no block, and a table without value added."""
    known_lines = {("", row) for row in ACCOUNT_ROWS}
    for k, pair in enumerate(matrix.lines):
        if pair[0] == "" and pair not in known_lines:
            raise InputError(f"the row {pair[1]!r}", f"a region, {VALUE_ADDED} or one of {', '.join(ACCOUNT_ROWS)}",
                             file=matrix.path, row=matrix.first + k + 3)  # fmt: skip
    accounts = {*ACCOUNT_COLUMNS, MEMO_COLUMN}
    for k, (region, label) in enumerate(matrix.columns):
        if (region and region not in regions) or (not region and label not in accounts):
            lacking = {name for name, _ in matrix.columns if name and name not in regions}
            hint = did_you_mean(region or label, regions | accounts) if len(lacking) < 2 else ""
            todo = f"rows of {len(lacking)} regions are missing: the file is cut short" if len(lacking) > 1 else ""
            raise InputError(f"{region or label!r} in the header{hint}", "a region of the rows or an account", todo,
                             file=matrix.path, row=matrix.first + 1, column=column_name(k + 2))  # fmt: skip
    if not supplies or not any(name == VALUE_ADDED for name, _ in matrix.lines):
        raise InputError(f"no supply rows or no {VALUE_ADDED} rows", _WHAT, file=matrix.path)
