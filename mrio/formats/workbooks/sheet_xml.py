"""What the XML of an .xlsx says that its cells do not: how far a sheet is used, and which formulas have no result."""

from __future__ import annotations

import html
import re
import zipfile
from pathlib import Path

_FORMULA_ERROR = re.compile(r'<c r="([A-Z]+\d+)"[^>]*t="e"[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>(#[^<]*)</v>')
_FORMULA_ALONE = re.compile(r'<c r="([A-Z]+\d+)"[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>')
_REFERENCE = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]+)(\d+)"')
_ROW = re.compile(rb'<(?:\w+:)?row\s[^>]*?\br="(\d+)"')


def used_range(path: Path, sheet: str) -> tuple[int, int]:
    """Return the rows and columns an .xlsx sheet uses, from the last cell of every row; (0, 0) where it is not .xlsx.

    (The dimension a sheet states may be absent or wrong; an .xls cannot have more than 65,536 x 256 cells.)
    """
    rows = columns = 0
    for line in _sheet_xml(path, sheet).split(b"</row>"):
        last = line.rfind(b"<c ")
        for found in _REFERENCE.finditer(line, max(last, 0)):  # without rows as Excel writes them: every cell
            rows, columns = max(rows, int(found.group(2))), max(columns, _column_number(found.group(1)))
        for found in _ROW.finditer(line, 0, 400):
            rows = max(rows, int(found.group(1)))
    return rows, columns


def _column_number(name: bytes) -> int:
    number = 0
    for letter in name:
        number = number * 26 + letter - 64
    return number


def _sheet_xml(path: Path, sheet: str) -> bytes:
    """Return the XML of a sheet of an .xlsx; empty where the file is not one, or does not say where the sheet is."""
    try:
        with zipfile.ZipFile(path) as archive:
            book = archive.read("xl/workbook.xml").decode("utf-8")
            links = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8")
            return archive.read(_sheet_target(book, links, sheet))
    except (OSError, KeyError, zipfile.BadZipFile, UnicodeDecodeError):
        return b""


def failed_formulas(path: Path, sheet: str) -> dict[str, str]:
    """Return the cells of an .xlsx that hold no value because of their formula, with what to say of them."""
    text = _sheet_xml(path, sheet).decode("utf-8", "replace")
    failed = {cell: f"the formula error {error}" for cell, error in _FORMULA_ERROR.findall(text)}
    return {cell: "a formula whose result is not stored" for cell in _FORMULA_ALONE.findall(text)} | failed


def _sheet_target(book: str, links: str, sheet: str) -> str:
    """Return the path of a sheet's XML inside the archive; KeyError if the workbook does not say."""
    names = {
        html.unescape(name): link for name, link in re.findall(r'<sheet [^>]*?name="([^"]*)"[^>]*?r:id="([^"]*)"', book)
    }
    targets = {}
    for tag in re.findall(r"<Relationship [^>]*>", links):
        fields = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        targets[fields.get("Id")] = fields.get("Target", "")
    target = targets[names[sheet]]
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
