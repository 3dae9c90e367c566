"""The corpus: every way a file was ever found wrong.

:data:`REFUSED` says what the sentence must say; :data:`ACCEPTED` are files a human would accept, which must read as the
table they hold.
"""

from __future__ import annotations

import pickle

import numpy as np
from corpus import (
    EX,
    SIZE,
    archive,
    book,
    cell,
    chinese,
    csv_cell,
    drop_column,
    far_cell,
    layout,
    line,
    nc,
    put,
    pymrio,
    raw,
    residual_off,
    rewrite,
    scaled,
    swap_rows,
    text,
    transpose,
    with_member,
    with_value,
)
from workbooks import DATE, ERROR, FORMULA_WITHOUT_RESULT, LOGICAL, Xml

LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(1000)

#: name -> (builder, what the sentence says)
REFUSED = {
    # not the file it should be
    "no file": (lambda folder: (folder / "t.xlsx", layout(folder)), ["found no such file", "check the path"]),
    "a folder": (lambda folder: (folder, layout(folder)), ["found a folder, expected the file of a workbook"]),
    "zero bytes": (raw(b""), ["found an empty file (0 bytes)"]),
    "text as xlsx": (raw(b"region,sector\n1,2\n"), ["found text, not a workbook"]),
    "web page as xls": (raw(b"<html><table></table></html>", "t.xls"), ["found a web page or XML, not a workbook"]),
    "PDF": (raw(b"%PDF-1.7 x\0"), ["found a PDF, not a workbook"]),
    "pickle": (raw(pickle.dumps({"Z": 1})), ["found a pickle, not a workbook"]),
    "any zip": (raw(archive({"a.txt": b"x"})), ["found a zip archive that is no workbook"]),
    "OpenDocument": (raw(archive({"content.xml": b"x"})), ["found an OpenDocument file", "save it as .xlsx"]),
    "binary workbook": (raw(archive({"xl/workbook.bin": b"x"})), ["found an .xlsb workbook", "save it as .xlsx"]),
    "password": (raw(LOCKED), ["found a workbook locked with a password"]),
    "truncated": (book(after=lambda data: data[: len(data) // 2]), ["found a workbook that is cut short or damaged"]),
    "truncated xls": (raw(LOCKED[:8] + bytes(100), "t.xls"), ["found a workbook that is cut short or damaged"]),
    "oversized": (book(far_cell), ["found 900,000 rows x 16,384 columns, expected at most 20,000,000 cells"]),
    # not the sheet, year, unit or classification it should be
    "wrong sheet": (book(sheet="Sheet1"), ["found the sheets 'Note', 'Sheet1', expected a sheet 'English_Version'"]),
    "wrong year": (
        book(put("heads", 0, 0, "MRIO table 2015")),
        ["found the year 2015 in the heading", "expected 2017"],
    ),
    "stated unit": (book(put("heads", 0, 0, "2017 单位：亿元")), ["found the unit '2017 单位：亿元' (100M CNY)"]),
    "unit off by 10^4": (book(table=scaled(1e4)), ["the unit is probably off by 10^4"]),
    "unit off by 10^-4": (book(table=scaled(1e-4)), ["the unit is probably off by 10^4"]),
    "other classification": (
        book(put("body", 1, 1, "Construction")),
        ["row 6", "expected the name of sector construction", "out of step"],
    ),
    "no headings": (
        book(lambda made: made.heads.clear() or made.body.clear()),
        ["found no row of a sector under the headings"],
    ),
    # labels
    "missing sector row": (book(lambda made: made.body.pop(8)), ["found no row of sector 'construction' in Hebei"]),
    "missing sector column": (book(drop_column(5)), ["found no column of sector 'construction' in Beijing"]),
    "duplicated row": (
        book(lambda made: made.body.insert(1, list(made.body[1]))),
        ["row 7 is 'Beijing industry' a second time (first: row 6)"],
    ),
    "missing province": (
        book(lambda made: made.body.__delitem__(slice(6, 12))),
        ["2 provinces in the rows, expected 3: Hebei missing"],
    ),
    "misspelt province": (
        book(put("body", 6, 0, "Hebai")),
        ["row 11: 'Hebai' is not a province", "did you mean 'Hebei'?"],
    ),
    "province of no layout": (
        book(put("body", 6, 0, "Hainan")),
        ["Hebei missing"],
    ),
    "province without heading": (book(put("heads", 1, 3, None)), ["column D: found no province"]),
    "missing final demand": (book(drop_column(3 + SIZE + 4)), ["found no column of category 'inventory' in Beijing"]),
    "missing output": (book(drop_column(EX + 3)), ["found no column of account 'output'"]),
    "missing value added": (
        book(lambda made: made.foot.__delitem__(slice(4, 7))),
        ["found no row of component 'depreciation'"],
    ),
    "unknown column": (
        book(lambda made: [made.heads[2].__setitem__(EX, None), made.heads[3].__setitem__(EX, "EXX")]),
        ["column AK: found the heading 'EXX'"],
    ),
    "unknown column with numbers": (
        book(lambda made: [made.heads[3].append("Statistical discrepancy"), made.body[0].append(1.0)]),
        ["column AO: found the heading 'Statistical discrepancy'", "add it to the layout"],
    ),
    "column without heading": (
        book(lambda made: made.body[0].append(1.0)),
        ["numbers without a heading in this column"],
    ),
    "unknown row with numbers": (
        book(lambda made: made.foot.append([None, "Water use (m3)", None, 1.0])),
        ["found the heading 'Water use (m3)'"],
    ),
    # cells
    "text n.a.": (cell("n.a."), ["row 7 (Beijing construction), column E (Beijing industry): found the text 'n.a.'"]),
    "thousands separator": (cell("1,234.5"), ["found the number '1,234.5' stored as text"]),
    "number as text": (cell("1234.5"), ["found the number '1234.5' stored as text"]),
    "row of numbers as text": (
        book(lambda made: made.body[3].__setitem__(slice(3, None), list(map(repr, made.body[3][3:])))),
        ["row 8 (Beijing transport), column D (Beijing agriculture): found the number", "stored as text"],
    ),
    "blank": (cell(None), ["found an empty cell, expected a number; nothing is coerced"]),
    "date": (cell(DATE), ["found the date or time 2017-01-01"]),
    "formula error": (cell(ERROR), ["found the formula error #REF!"]),
    "formula never calculated": (cell(FORMULA_WITHOUT_RESULT), ["found a formula whose result is not stored"]),
    "logical": (cell(LOGICAL), ["found the logical value True"]),
    "full-width digits": (cell("１２３"), ["found the text '１２３' (full-width digits)"]),
    "infinity": (cell(Xml("<c><v>1E400</v></c>")), ["found the value inf"]),
    "merged cells": (
        book(put("body", 2, 4, None), merged=("D7:E7",)),
        ["found a cell inside the merged cells D7:E7"],
    ),
    "blank export": (
        cell(None, row=0, column=EX),
        ["row 5 (Beijing agriculture), column AK (exports): found an empty"],
    ),
    # numbers that do not add up
    "swapped blocks": (book(swap_rows), ["adds up to", "the table is broken, or an account is missing"]),
    "transposed Z": (book(transpose), ["the rows and columns of Z are swapped, transpose it"]),
    "residual 10% off": (book(residual_off), ["row Hebei industry adds up to", "relative 0.1, limit 1e-06"]),
    "imports twice": (
        book(lambda made: made.foot[0].__setitem__(3, 3 * made.foot[0][3])),
        ["column Beijing agriculture adds up to"],
    ),
    # canonical netCDF
    "NaN": (with_value("Z", (0, 1, 2, 3), np.nan), ["1 cells are no finite numbers, the first at Z Beijing industry"]),
    "negative infinity": (with_value("Y", (2, 0, 0, 0), -np.inf), ["Y Tibet agriculture > Beijing rural"]),
    "negative output": (with_value("output", (1, 1), -5.0), ["row Hebei industry adds up to"]),
    "netCDF cut short": (nc(after=lambda data: data[:3000]), ["found a file that is not netCDF-4 or is cut short"]),
    "text as netCDF": (
        lambda folder: (raw(b"hello there", "t.nc")(folder)[0], "netcdf"),
        ["found a file that is not netCDF-4"],
    ),
    "netCDF without output": (nc(lambda data: data.drop_vars("output")), ["found no variable 'output'"]),
    "netCDF with a stranger": (
        nc(lambda data: data.assign(exprts=data["exports"])),
        ["variable 'exprts' (did you mean"],
    ),
    "netCDF without labels": (nc(lambda data: data.drop_vars("sector")), ["found no labels of sector"]),
    "netCDF labels differ": (
        nc(lambda data: data.assign_coords(to_region=["Hebei", "Beijing", "Tibet"])),
        ["labels of to_region differ"],
    ),
    "netCDF in two units": (
        nc(lambda data: data.assign(exports=data["exports"].assign_attrs(unit="CNY"))),
        ["exports is in 'CNY', the table"],
    ),
    "netCDF without year": (
        nc(lambda data: data.drop_attrs(deep=False).assign_attrs(unit="10k CNY")),
        ["found year None"],
    ),
    # matrix CSV
    "CSV with semicolons": (
        text(lambda lines: [t.replace(",", ";") for t in lines]),
        ["cells separated by semicolons", "save it as CSV with commas"],
    ),
    "CSV cut short": (text(lambda lines: [*lines[:9], lines[9][:40]]), ["row 10: found", "the file is cut short"]),
    "CSV binary": (text(lambda lines: [*lines, "\0"]), ["found binary data"]),
    "CSV without unit": (
        text(lambda lines: [t for t in lines if "unit" not in t]),
        ["line '# unit: ...' at the top: found no unit"],
    ),
    "CSV of unknown unit": (
        text(line(3, lambda t: "# unit: 10kCMY")),
        ["found unit '10kCMY'", "expected a size of a currency, e.g. CNY"],
    ),
    "CSV without year": (
        text(line(2, lambda t: "# year: last")),
        ["found year 'last', expected a line '# year: 2017'"],
    ),
    "CSV of another format": (text(line(1, lambda t: "# format: mrio long CSV 1")), ["found format 'mrio long CSV 1'"]),
    "CSV metadata without colon": (text(line(2, lambda t: "# 2017")), ["row 2: found the line '2017'"]),
    "CSV unknown account": (
        text(lambda lines: [t.replace(",exports,", ",exprts,") for t in lines]),
        ["'exprts' in the header"],
    ),
    "CSV unknown row": (
        text(lambda lines: [*lines, ",subsidies" + lines[-1].partition("surplus")[2]]),
        ["the row 'subsidies'"],
    ),
    "CSV row twice": (text(lambda lines: [*lines, lines[-1]]), ["'value_added surplus' given twice"]),
    "CSV NaN": (text(csv_cell(12, 5, "nan")), ["row 12", "column F", "found the text 'nan'"]),
    "CSV infinity": (text(csv_cell(12, 5, "-inf")), ["found the text '-inf'"]),
    "CSV underscore": (text(csv_cell(12, 5, "1_000")), ["found the text '1_000'"]),
    "CSV dash": (text(csv_cell(12, 5, "-")), ["found the text '-'"]),
    # long CSV
    "long CSV unknown variable": (
        text(lambda lines: [*lines, "exprts,Beijing,industry,,,1"], "long-csv"),
        ["the variable 'exprts' (did you mean"],
    ),
    "long CSV unknown sector": (
        text(lambda lines: [*lines, "Z,Beijing,industy,Hebei,industry,1"], "long-csv"),
        ["column C: found the sector 'industy' (did you mean 'industry'?) in Z"],
    ),
    "long CSV cell twice": (text(lambda lines: [*lines, lines[-1]], "long-csv"), ["a second time"]),
    "long CSV text": (
        text(lambda lines: [*lines[:-1], lines[-1] + "x"], "long-csv"),
        ["column F (value): found the text"],
    ),
    "long CSV header": (
        text(lambda lines: [t.replace("variable,", "name,") for t in lines], "long-csv"),
        ["found the header"],
    ),
    "long CSV without output": (
        text(lambda lines: [t for t in lines if not t.startswith("output")], "long-csv"),
        ["found no line of 'output'"],
    ),
    "long CSV line of seven": (text(lambda lines: [*lines, lines[-1] + ",1"], "long-csv"), ["lines of unequal length"]),
    # pymrio folders
    "pymrio without Y": (
        pymrio(rewrite("file_parameters.json", '"Y": {', '"y": {')),
        ["found no table 'Y', expected Z, Y and unit"],
    ),
    "pymrio as pickle": (
        pymrio(rewrite("file_parameters.json", '"Z.txt"', '"Z.pkl"')),
        ["found the file Z.pkl, expected text files"],
    ),
    "pymrio unit": (
        pymrio(rewrite("unit.txt", "10k CNY", "M shells", -1)),
        ["found unit 'M shells'", "expected a size of a currency"],
    ),
    "pymrio labels": (pymrio(rewrite("Z.txt", "Hebei", "Henan", 1)), ["labels of rows and columns differ"]),
}

#: name -> builder of a file that must read as the whole table.
ACCEPTED = {
    "workbook": book(),
    "xlsx named xls": book(name="t.xls"),
    "macro workbook": book(name="t.xlsm", after=lambda data: with_member(data, "xl/vbaProject.bin", b"\0macro")),
    "CSV in GBK with Chinese labels": text(chinese, encoding="gbk"),
    "CSV in GB18030": text(chinese, encoding="gb18030"),
    "CSV in UTF-8 with BOM": text(chinese, encoding="utf-8-sig"),
    "CSV in UTF-16": text(chinese, encoding="utf-16"),
    "CSV with Windows line ends": text(lambda lines: lines, newline="\r\n"),
    "CSV with old Mac line ends": text(lambda lines: lines, newline="\r"),
    "CSV saved by a spreadsheet": text(
        lambda lines: [t + "," * (40 - t.count(",")) if t[0] == "#" else t for t in lines]
    ),
    "CSV with rows in another order": text(lambda lines: [*lines[:7], *lines[7:25][::-1], *lines[25:]]),
    "long CSV with Windows line ends in GBK": text(chinese, "long-csv", "gbk", "\r\n"),
}
