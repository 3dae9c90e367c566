"""Builders of the corpus of broken inputs: a small table in every layout, and ways to break it.

A builder takes a folder and returns (path, layout).  The cases are in :mod:`corpus_cases`.
"""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path

import xarray as xr
from workbooks import Published, Xml, published_table

from mrio import labels
from mrio.formats.long_csv import write_long_csv
from mrio.formats.matrix_csv import write_matrix_csv
from mrio.formats.netcdf import write_netcdf
from mrio.formats.pymrio_folder import write_pymrio_folder
from mrio.table.interregional import Table

PROVINCES = ["Beijing", "Hebei", "Tibet"]
SECTORS = labels.sectors("six")["code"].tolist()
SIZE = len(PROVINCES) * len(SECTORS)
#: 0-based columns of the sheet: three label columns, then Z, final demand, EX, TFU, ERR, GO.
EX = 3 + SIZE + 5 * len(PROVINCES)


@cache
def whole() -> Table:
    """Return the table every file of the corpus holds before it is broken: 3 provinces x six sectors."""
    table = published_table("six", PROVINCES, SECTORS)
    scaled = {name: variable * 100 for name, variable in table.data.data_vars.items()}
    return Table(table.data.assign({k: v.assign_attrs(table.data[k].attrs) for k, v in scaled.items()}))


def layout(folder: Path) -> Path:
    """Return a layout file of the small workbook."""
    path = folder / "small.yaml"
    others = [name for name in labels.provinces().index if name not in PROVINCES]
    text = f"like: ceads-2017\nscheme: six\nregions: 3\nregions_without: {others}\n"
    path.write_text(text.replace("'", '"'), encoding="utf-8")
    return path


def book(change=None, *, table: Table | None = None, name="t.xlsx", sheet="English_Version", merged=(), after=None):
    """Return a builder of a workbook: `change` alters its rows, `after` its bytes."""

    def build(folder: Path):
        made = Published(table or whole(), cells=True)
        if change:
            change(made)
        path = made.write(folder / name, sheet, merged=merged)
        if after:
            path.write_bytes(after(path.read_bytes()))
        return path, layout(folder)

    return build


def raw(content: bytes, name="t.xlsx"):
    """Return a builder of a file of given bytes under the workbook layout."""

    def build(folder: Path):
        path = folder / name
        path.write_bytes(content)
        return path, layout(folder)

    return build


def cell(content, row=2, column=4):
    """Return a builder of a workbook with one cell of the body replaced (row 7, column E; Beijing construction)."""
    return book(lambda made: made.body[row].__setitem__(column, content))


def archive(content: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in content.items():
            archive.writestr(name, text)
    return stream.getvalue()


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(name, content)
    return stream.getvalue()


def far_cell(made: Published) -> None:
    made.foot.append([Xml('<c r="XFD900000"><v>1</v></c>')])


def drop_column(column):
    def change(made):
        for row in (*made.heads[1:], *made.body, *made.foot):
            if len(row) > column:
                del row[column]

    return change


def swap_rows(made):
    n = len(SECTORS)
    first, second = made.body[:n], made.body[n : 2 * n]
    for a, b in zip(first, second, strict=True):
        a[3:], b[3:] = b[3:], a[3:]


def transpose(made):
    Z = [row[3 : 3 + SIZE] for row in made.body]
    for k, row in enumerate(made.body):
        row[3 : 3 + SIZE] = [Z[j][k] for j in range(SIZE)]


def residual_off(made):
    row = made.body[7]
    row[EX + 2] += 0.1 * row[EX + 3]


def put(part, row, column, value):
    return lambda made: getattr(made, part)[row].__setitem__(column, value)


def scaled(factor: float) -> Table:
    return Table(whole().data.map(lambda v: v * factor, keep_attrs=True))


# -- text files -------------------------------------------------------------------------------------------------------
def text(change, form="matrix-csv", encoding="utf-8", newline="\n"):
    """Return a builder of a CSV: `change` takes and returns its lines."""

    def build(folder: Path):
        path = folder / "t.csv"
        write = write_matrix_csv if form == "matrix-csv" else write_long_csv
        lines = write(whole(), path).read_text("utf-8-sig").splitlines()
        path.write_bytes((newline.join(change(lines)) + newline).encode(encoding))
        return path, form

    return build


def line(number, change):
    """Return a change of one line (1-based)."""
    return lambda lines: [change(text) if k == number else text for k, text in enumerate(lines, 1)]


def csv_cell(number, column, content):
    def change(text):
        cells = text.split(",")
        cells[column] = content
        return ",".join(cells)

    return line(number, change)


def chinese(lines):
    return [text.replace("Beijing", "北京").replace("Hebei", "河北省").replace("Tibet", "西藏") for text in lines]


def nc(change=None, after=None):
    """Return a builder of a netCDF: `change` alters the dataset, `after` the bytes."""

    def build(folder: Path):
        path = write_netcdf(whole(), folder / "t.nc")
        if change:
            data = xr.load_dataset(path, engine="h5netcdf").drop_encoding()
            change(data).to_netcdf(path, engine="h5netcdf")
        if after:
            path.write_bytes(after(path.read_bytes()))
        return path, "netcdf"

    return build


def pymrio(change):
    """Return a builder of a pymrio folder: `change` takes the folder."""

    def build(folder: Path):
        target = write_pymrio_folder(whole(), folder / "p")
        change(target)
        return target, "pymrio"

    return build


def rewrite(name, old, new, count=1):
    def change(folder):
        path = folder / name
        path.write_text(path.read_text("utf-8").replace(old, new, count), encoding="utf-8")

    return change


def with_value(name, at, value):
    values = whole().data[name].values.copy()
    values[at] = value
    broken = Table(whole().data.assign({name: whole().data[name].copy(data=values)}))
    return lambda folder: (write_netcdf(broken, folder / "t.nc"), "netcdf")
