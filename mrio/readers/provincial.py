"""Official single-province input-output workbooks (one .xls a province) -> ProvincialTables.

Rows and columns are found by their codes (01.., TIU, FU101.., EX, OF, IM, IF, ERR, GO; VA001..), never by position.
A cell that holds text where a number belongs, a missing code or another unit than 万元 stops the reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from pathlib import Path

import numpy as np
from python_calamine import CalamineWorkbook

from .. import labels
from ..errors import InputError, UnitError
from ..provincial import ProvincialTables

MARGINS = {
    "exports": "EX", "outflow": "OF", "imports": "IM", "inflow": "IF", "residual": "ERR", "output": "GO"
}  # fmt: skip
VALUE_ADDED = {"VA001": "compensation", "VA002": "taxes", "VA003": "depreciation", "VA004": "surplus"}
HEADER_CODES = ("TIU", "GO")


def read_provincial_tables(folder: str | PathLike, year: int = 2017, scheme: str = "42") -> ProvincialTables:
    """Return the provincial tables of a folder of official workbooks, in official order of provinces.

    Parameters
    ----------
    folder : path
        One workbook a province; the province is read from the file name (``01-北京.xls``, ``5内蒙古.xls``).
    year : int
    scheme : str
        Sector classification of the workbooks (:func:`mrio.labels.sectors`).

    Returns
    -------
    ProvincialTables
        In 10^4 yuan; row and column identities checked.

    Raises
    ------
    InputError
        A missing folder, code or number, or a text cell: file, sheet, row and column are named.
    UnitError
        A sheet that is not in 万元.
    LabelError
        A file name that names no province, or one province twice.
    BalanceError
        A province whose row or column identity fails.
    """
    files = provincial_files(folder)
    sectors = labels.sectors(scheme)["code"].tolist()
    sheets = {name: read_sheet(path, sectors) for name, path in files.items()}
    stacked = {key: np.stack([sheet[key] for sheet in sheets.values()]) for key in next(iter(sheets.values()))}
    tables = ProvincialTables.from_arrays(
        value_added=stacked.pop("value_added").transpose(1, 0, 2),
        **stacked,
        regions=list(sheets),
        sectors=sectors,
        categories=list(labels.CATEGORIES),
        components=list(VALUE_ADDED.values()),
        year=year,
        unit="10k CNY",
        scheme=scheme,
        attrs={"source": "official provincial input-output tables"},
    )
    tables.check()
    return tables


def provincial_files(folder: str | PathLike) -> dict[str, Path]:
    """Return province -> workbook of a folder, in official order."""
    folder = Path(folder)
    paths = sorted(p for p in folder.glob("*.xls*") if not p.name.startswith((".", "~")))
    if not paths:
        raise InputError("no .xls or .xlsx workbook", "one workbook a province", "check the path", file=folder)
    found: dict[str, Path] = {}
    for path in paths:
        name = labels.province(path.stem.lstrip("0123456789-_ "), where=str(path))
        if name in found:
            raise InputError(f"a second workbook of {name} (first: {found[name].name})", "one a province", file=path)
        found[name] = path
    return {name: found[name] for name in labels.provinces().index if name in found}


def read_sheet(path: Path, sectors: Sequence[str]) -> dict[str, np.ndarray]:
    """Return the arrays of one province's workbook (first sheet), keyed as in ProvincialTables."""
    sheet = Sheet(path)
    sheet.require_unit("万元")
    return {
        "Z": sheet.block(sectors, sectors),
        "final": sheet.block(sectors, list(labels.CATEGORIES.values())),
        "value_added": sheet.block(list(VALUE_ADDED), sectors),
        **{name: sheet.block(sectors, [code])[:, 0] for name, code in MARGINS.items()},
    }


class Sheet:
    """The first sheet of a workbook, addressed by row and column codes."""

    def __init__(self, path: Path):
        book = CalamineWorkbook.from_path(str(path))
        self.path, self.name = path, book.sheet_names[0]
        self.cells = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
        header = self._header_row()
        self.columns = {_code(value): k for k, value in enumerate(self.cells[header]) if _code(value)}
        key = self._code_column(header)
        self.rows = {_code(row[key]): k for k, row in enumerate(self.cells) if k > header and _code(row[key])}

    def _header_row(self) -> int:
        for k, row in enumerate(self.cells):
            codes = {_code(value) for value in row}
            if all(code in codes for code in HEADER_CODES):
                return k
        raise InputError(
            "no header row", f"one row with the column codes {', '.join(HEADER_CODES)}", file=self.path, sheet=self.name
        )

    def _code_column(self, header: int) -> int:
        for k in range(len(self.cells[header])):
            codes = {_code(row[k]) for row in self.cells[header + 1 :]}
            if {"VA001", "TII"} <= codes:
                return k
        raise InputError("no column of row codes", "one column with codes TII, VA001", file=self.path, sheet=self.name)

    def require_unit(self, unit: str) -> None:
        """Refuse a sheet that does not state `unit` above its header."""
        stated = [str(v).replace(" ", "") for row in self.cells[:8] for v in row if "单位" in str(v)]
        if not any(text.endswith(unit) for text in stated):
            raise UnitError(
                f"{self.path}, sheet {self.name!r}: the unit line is {stated or 'missing'}, expected 单位：{unit}; "
                "convert the sheet or use its own layout."
            )

    def block(self, rows: Sequence[str], columns: Sequence[str]) -> np.ndarray:
        """Return the cells of the given row and column codes; an empty cell is zero, a text cell is refused."""
        return np.array([[self._number(r, c) for c in columns] for r in rows])

    def _number(self, row: str, column: str) -> float:
        value = self.cells[self._find(self.rows, row, "row")][self._find(self.columns, column, "column")]
        if value == "":
            return 0.0
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise InputError(
                f"text {value!r}",
                "a number",
                "correct the cell",
                file=self.path,
                sheet=self.name,
                row=row,
                column=column,
            )
        return float(value)

    def _find(self, where: dict[str, int], code: str, what: str) -> int:
        if code not in where:
            raise InputError(f"no {what} with code {code}", f"one {what} a code", file=self.path, sheet=self.name)
        return where[code]


def _code(value) -> str:
    """Return a code as text: ``1`` and ``1.0`` are ``"01"``; anything that is not a code stays as it is written."""
    if (isinstance(value, float) and value.is_integer()) or (isinstance(value, int) and not isinstance(value, bool)):
        return f"{int(value):02d}" if 0 < value < 1000 else ""
    return str(value).strip()
