"""Reader of the matrix CSV, as :func:`mrio.formats.writers.write_matrix_csv` writes and describes it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from mrio.errors import InputError, did_you_mean
from mrio.formats.text_cells import column_name, numbers, read_text_rows
from mrio.formats.writers import ACCOUNT_COLUMNS, ACCOUNT_ROWS, MATRIX_FORMAT, MEMO_COLUMN, VALUE_ADDED
from mrio.labels import unique
from mrio.table.interregional import Table
from mrio.units import known_unit

_WHAT = "a matrix CSV table"


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
    attrs, first = parse_attrs([",".join(row) for row in rows], path, MATRIX_FORMAT)
    body = rows[first:]
    if body and len(body[0]) < 3 and (";" in body[0][0] or "\t" in body[0][0]):
        found = f"cells separated by {';' if ';' in body[0][0] else 'tabs'!r}"
        raise InputError(found, "commas", "save it with commas", file=path, row=first + 1)
    if len(body) < 3:
        raise InputError("no table under the metadata lines", "two header rows and the supply rows", file=path)
    _check_width(body, path, first)
    columns = list(zip(body[0][2:], body[1][2:], strict=True))
    lines = [(row[0], row[1]) for row in body[2:]]
    return _table(_Matrix(path, first, columns, lines, body), attrs)


def parse_attrs(lines: Sequence[str], path: Path, form: str) -> tuple[dict, int]:
    """Return the ``# key: value`` lines that open a file and their number; year and unit must be among them."""
    attrs, first = {}, 0
    while first < len(lines) and lines[first].lstrip('"').startswith("#"):
        line = lines[first].strip('"').lstrip("# ").rstrip(", ")
        key, colon, value = line.partition(":")
        if not colon:
            raise InputError(f"the line {line!r}", "a metadata line '# key: value'", file=path, row=first + 1)
        attrs[key.strip()] = value.strip()
        first += 1
    stated = attrs.pop("format", form)
    if stated != form:
        raise InputError(f"format {stated!r}", repr(form), "choose the layout that wrote it", file=path)
    if not attrs.get("year", "").isdigit():
        raise InputError(f"year {attrs.get('year', '')!r}", "a line '# year: 2017' at the top", file=path)
    known_unit(attrs.get("unit"), "CNY", f"{path}, line '# unit: ...' at the top")
    return attrs, first


def _check_width(body: list[list[str]], path: Path, first: int) -> None:
    for k, row in enumerate(body):
        if len(row) != len(body[0]):
            raise InputError(
                f"{len(row)} cells", f"{len(body[0])} as in the header row",
                "the file is cut short or a comma is missing", file=path, row=first + k + 1,
            )  # fmt: skip


class _Matrix:
    """The labelled grid of text, and how to cut a block of numbers out of it."""

    def __init__(self, path, first, columns, lines, body):
        self.path, self.first, self.columns, self.lines, self.body = path, first, columns, lines, body
        self.column_at = self._index(columns, "column")
        self.line_at = self._index(lines, "row")

    def _index(self, pairs, what):
        unique([" ".join(filter(None, pair)) for pair in pairs], f"{self.path}: {what}")
        return {pair: k for k, pair in enumerate(pairs)}

    def block(self, lines: list, columns: list) -> np.ndarray:
        """Return the numbers where the labelled lines and columns cross."""
        rows = [self._at(self.line_at, line, "row") for line in lines]
        picked = [self._at(self.column_at, column, "column") for column in columns]
        block = np.empty((len(rows), len(picked)))
        contiguous = picked == list(range(picked[0], picked[0] + len(picked))) if picked else True
        for k, row in enumerate(rows):
            cells = self.body[row + 2]
            chosen = cells[picked[0] + 2 : picked[-1] + 3] if contiguous else [cells[c + 2] for c in picked]
            block[k] = self._numbers(row, chosen, picked)
        return block

    def _numbers(self, row: int, cells: list[str], picked: list[int]) -> np.ndarray:
        place = {
            "file": self.path,
            "first_row": self.first + 2 + row,
            "row_labels": [" ".join(self.lines[row]).strip()],
        }
        try:
            return numbers([cells], **place)[0]
        except InputError:  # name the column as it stands in the file
            for c, cell in zip(picked, cells, strict=True):
                label = [" ".join(self.columns[c]).strip()]
                numbers([[cell]], **place, first_column=c + 2, column_labels=label)
            raise

    def _at(self, index: dict, pair: tuple[str, str], what: str) -> int:
        if pair not in index:
            label = " ".join(filter(None, pair))
            hint = did_you_mean(label, [" ".join(filter(None, known)) for known in index])
            raise InputError(f"no {what} {label!r}{hint}", "every region with every sector, category and account",
                             file=self.path)  # fmt: skip
        return index[pair]


def _table(matrix: _Matrix, attrs: dict) -> Table:
    supplies = [pair for pair in matrix.lines if pair[0] not in ("", VALUE_ADDED)]
    users = [pair for pair in matrix.columns if pair[0]]
    regions, sectors = (list(dict.fromkeys(pair[k] for pair in supplies)) for k in (0, 1))
    categories = list(dict.fromkeys(label for _, label in users if label not in set(sectors)))
    components = [label for name, label in matrix.lines if name == VALUE_ADDED]
    _check_known(matrix, set(supplies), set(regions), sectors)
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
    about = {key: value for key, value in attrs.items() if key not in ("year", "unit", "scheme")}
    return Table.from_arrays(
        **given, value_added=np.concatenate(added).reshape(shape), regions=regions, sectors=sectors,
        categories=categories, components=components, year=int(attrs["year"]), unit=attrs["unit"],
        scheme=attrs.get("scheme", ""), attrs=about,
    )  # fmt: skip


def _check_known(matrix: _Matrix, supplies: set, regions: set, sectors: list[str]) -> None:
    """Refuse rows and columns that belong to no block, and a table without value added."""
    known_lines = {("", row) for row in ACCOUNT_ROWS}
    for k, pair in enumerate(matrix.lines):
        if pair[0] == "" and pair not in known_lines:
            raise InputError(f"the row {pair[1]!r}", f"a region, {VALUE_ADDED} or one of {', '.join(ACCOUNT_ROWS)}",
                             file=matrix.path, row=matrix.first + k + 3)  # fmt: skip
    accounts = {*ACCOUNT_COLUMNS, MEMO_COLUMN}
    for k, (region, label) in enumerate(matrix.columns):
        if (region and region not in regions) or (not region and label not in accounts):
            hint = did_you_mean(region or label, regions | accounts)
            raise InputError(f"{region or label!r} in the header{hint}", "a region of the rows or an account",
                             file=matrix.path, row=matrix.first + 1, column=column_name(k + 2))  # fmt: skip
    if not supplies or not any(name == VALUE_ADDED for name, _ in matrix.lines):
        raise InputError(f"no supply rows or no {VALUE_ADDED} rows", _WHAT, file=matrix.path)
