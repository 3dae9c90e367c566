"""Workbooks written for the tests, in the layouts tables are published in: raw XML, so that every fault can be made.

A sheet is a list of rows, a row a list of cells: None, numbers, text, :class:`Xml` for anything else.  Full-size blocks
are rendered once (:func:`render`) and put into rows as one Xml piece, which keeps the suite fast.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
from strategies import random_table

from mrio import labels
from mrio.formats.text_cells import column_name
from mrio.table.interregional import Table

_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PKG = "http://schemas.openxmlformats.org/package/2006"


class Xml(str):
    """Cells already written as XML: ``<c>...</c>``, any number of them."""


ERROR = Xml('<c t="e"><v>#REF!</v></c>')
DATE = Xml('<c s="1"><v>42736</v></c>')
LOGICAL = Xml('<c t="b"><v>1</v></c>')
FORMULA = Xml("<c><f>1+1</f><v>2</v></c>")
FORMULA_WITHOUT_RESULT = Xml("<c><f>1+1</f></c>")


def render(values) -> Xml:
    """Return numbers as the XML of consecutive cells."""
    return Xml("<c><v>" + "</v></c><c><v>".join(map(repr, np.asarray(values, dtype=float).tolist())) + "</v></c>")


def _row(number: int, row: list) -> str:
    """Return a row as XML; single cells state their reference as Excel writes it, rendered runs do not."""
    parts, column = [f'<row r="{number}">'], 0
    for cell in row:
        if not isinstance(cell, Xml):
            cell = _cell(cell)
        count = cell.count("<c>") + cell.count("<c ") + cell.count("<c/>")
        ref = f' r="{column_name(column)}{number}"' if count == 1 and ' r="' not in cell else ""
        parts.append(cell.replace("<c", f"<c{ref}", 1) if ref else cell)
        column += count
    return "".join([*parts, "</row>"])


def _cell(cell) -> str:
    if cell is None or cell == "":
        return "<c/>"
    if isinstance(cell, int | float):
        return f"<c><v>{cell!r}</v></c>"
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'


def write_xlsx(path: Path, sheets: dict[str, list[list]], merged: tuple[str, ...] = ()) -> Path:
    """Write a workbook of one or more sheets; `merged` (``"A2:A5"``) belong to every sheet."""
    names = list(sheets)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PKG}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        + f'<Override PartName="/xl/workbook.xml" ContentType="{_CT}.sheet.main+xml"/>'
        + f'<Override PartName="/xl/styles.xml" ContentType="{_CT}.styles+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{k}.xml" ContentType="{_CT}.worksheet+xml"/>'
            for k in range(1, len(names) + 1)
        )
        + "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{_PKG}/relationships"><Relationship Id="rId1" '
        f'Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_NS}" xmlns:r="{_REL}"><sheets>'
        + "".join(f'<sheet name="{escape(n)}" sheetId="{k}" r:id="rId{k}"/>' for k, n in enumerate(names, 1))
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PKG}/relationships">'
        + "".join(
            f'<Relationship Id="rId{k}" Type="{_REL}/worksheet" Target="worksheets/sheet{k}.xml"/>'
            for k in range(1, len(names) + 1)
        )
        + f'<Relationship Id="rId99" Type="{_REL}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{_NS}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
        "</styleSheet>",
    }
    merges = "".join(f'<mergeCell ref="{ref}"/>' for ref in merged)
    for k, rows in enumerate(sheets.values(), 1):
        body = "".join(_row(number, row) for number, row in enumerate(rows, 1))
        parts[f"xl/worksheets/sheet{k}.xml"] = (
            f'<worksheet xmlns="{_NS}"><sheetData>{body}</sheetData>'
            + (f'<mergeCells count="{len(merged)}">{merges}</mergeCells>' if merged else "")
            + "</worksheet>"
        )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def published_table(scheme: str = "42", regions: list[str] | None = None, sectors: list[str] | None = None, seed=0):
    """Return a balanced table of whole numbers (10^4 yuan) as published ones are: four components, a residual."""
    regions = list(labels.provinces().index) if regions is None else regions
    sectors = labels.sectors(scheme)["code"].tolist() if sectors is None else sectors
    raw = random_table(seed, len(regions), len(sectors), components=4, region_labels=regions, sector_labels=sectors)
    whole = {
        name: np.round(raw.data[name].values * 50)
        for name in ("Z", "Y", "exports", "residual", "imports", "imports_final")
    }
    output = whole["Z"].sum((2, 3)) + whole["Y"].sum((2, 3)) + whole["exports"] + whole["residual"]
    added = np.round(raw.value_added.values * 50)
    added[3] = output - whole["Z"].sum((0, 1)) - whole["imports"] - added[:3].sum(0)
    return Table.from_arrays(
        **whole, output=output, value_added=added, regions=regions, sectors=sectors, categories=list(labels.CATEGORIES),
        components=["compensation", "taxes", "depreciation", "surplus"], year=2017, unit="10k CNY", scheme=scheme,
    )  # fmt: skip


FINAL_NAMES = ["Rural household consumption", "Urban household consumption", "Government consumption",
               "Fixed capital formation", "Changes in inventories"]  # fmt: skip


class Published:
    """A table as the rows of a published sheet; change the lists, then :meth:`write`.

    Headings in rows 1-4 (title, provinces, names, codes), three label columns, then the blocks; ``heads`` and ``body``
    are lists of rows and may be altered cell by cell when `cells` is true (small tables only).  With
    ``footer="checks"`` the sheet also has the check columns and rows, and the row of CO2, that some vintages carry.
    """

    def __init__(self, table: Table, *, year=2017, tiu=False, footer="full", cells=False, names="en", blocks=None):
        self.table, self.year, self.tiu = table, year, tiu
        put = (lambda v: list(np.asarray(v, dtype=float).tolist())) if cells else (lambda v: [render(v)])
        regions, sectors = table.regions, labels.sectors(table.scheme)
        n, size = len(table.sectors), len(table.regions) * len(table.sectors)
        name_of = {c: sectors.at[c, "name" if names == "en" else "name_zh"] for c in table.sectors}
        say = (lambda r: r) if names == "en" else (lambda r: labels.province_name(r, "zh"))
        Z, Y = table.Z.values.reshape(size, size), table.Y.values.reshape(size, -1)
        z, y = blocks or ([put(row) for row in Z], [put(row) for row in Y])
        codes = list(labels.CATEGORIES.values())
        top, middle, low = [None] * 3, [None] * 3, [None] * 3
        for r in regions:
            top += [say(r)] + [None] * (n - 1)
            middle += [name_of[c] for c in table.sectors]
            low += list(table.sectors)
        if tiu:
            code = None if footer == "checks" else "TIU"
            top, middle, low = [*top, None], [*middle, "Total intermediate use"], [*low, code]
        for r in regions:
            top += [say(r)] + [None] * (len(codes) - 1)
            middle, low = middle + FINAL_NAMES, low + codes
        top += [None] * 4
        middle += ["Export", "Total Final Use", "Errors", "Gross Output"]
        low += ["EX", "TFU", "ERR", "GO"]
        if footer == "checks":
            middle += ["Proportion of errors in gross output (less than 5%)", "Gross Output Check"]
        title = [f"China interprovincial input-output table {year} (10,000 yuan)"]
        self.heads = [title, top, middle, low]
        e, eps, x = (table.data[k].values.ravel() for k in ("exports", "residual", "output"))
        totals = np.column_stack([e, Y.sum(1) + e, eps, x])
        self.body = []
        for k, (r, i) in enumerate((r, i) for r in regions for i in table.sectors):
            label = [say(r) if k % n == 0 else None, name_of[i], i]
            middle_total = put([Z[k].sum()]) if tiu else []
            self.body.append(
                [
                    *label,
                    *z[k],
                    *middle_total,
                    *y[k],
                    *put(totals[k]),
                    *(put([0.01, 0.0]) if footer == "checks" else []),
                ]
            )
        self.foot = self._footer(put, Z, footer)

    def _footer(self, put, Z, kind) -> list[list]:
        d = self.table.data
        imports, finals = d["imports"].values.ravel(), d["imports_final"].values.ravel()
        gap = [None] if self.tiu else []
        rows = [[None, "Imports", "IM", *put(imports), *gap, *put(finals)]]
        rows.append([None, "Total intermediate inputs", "TII", *put(Z.sum(0) + imports)])
        names = [
            "Conpensation of employees",
            "Net taxes on production",
            "Depreciation on the fixed capital",
            "Operationg surplus",
        ]
        for k, name in enumerate(names):
            rows.append([None, name, f"VA00{k + 1}", *put(d["value_added"].values[k].ravel())])
        rows.append([None, "Total value added", "TVA", *put(d["value_added"].values.sum(0).ravel())])
        rows.append([None, "Total inputs", "TI", *put(d["output"].values.ravel())])
        if kind == "checks":
            rows.append([None, "Gross Input", None, *put(d["output"].values.ravel())])
            rows += [[], [None, "CO2 (Mt)", None, *put(np.ones(Z.shape[0]))]]
        return rows

    def rows(self) -> list[list]:
        return [*self.heads, *self.body, *self.foot]

    def write(self, path: Path, sheet: str = "English_Version", **more) -> Path:
        return write_xlsx(path, {"Note": [["about"]], sheet: self.rows()}, **more)
