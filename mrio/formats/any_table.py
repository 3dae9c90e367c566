"""Readers: a published file becomes a labelled table, or a sentence that says why not.

Owns :func:`read_table`, the one door for MRIO tables whatever their layout.  Regions come out in official order
(where they are provinces) and sectors in the order of their scheme, so the order in the file never matters.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from os import PathLike
from pathlib import Path

from mrio import labels
from mrio.errors import ConfigError, InputError, LabelError, needing_extras
from mrio.frames import lying_beside
from mrio.table.interregional import Table
from mrio.table.validation.gate import identity_report

#: Kinds of layout that hold an MRIO table.
TABLE_KINDS = ("netcdf", "matrix-csv", "long-csv", "pymrio-folder", "mario-folder", "mrio-workbook")

#: Layouts of this project's own files, each a kind of its own.
OWN_FILES = ("netcdf", "matrix-csv", "long-csv")


def read_table(
    path: str | PathLike[str], layout: str | PathLike[str] = "netcdf", year: int | None = None, *, checked: bool = True
) -> Table:
    """Return the MRIO table in a file, with a warning where its rows or columns do not add up.

    Parameters
    ----------
    path : path
        The file (or folder, for layouts that are one).
    layout : str or path
        How the file is laid out: a name of ``config/layouts`` (``"netcdf"``, ``"matrix-csv"``, ``"ceads-2017"`` ...) or
        the path of a layout file of your own.
    year : int, optional
        The year the table must be of; needed where neither layout nor file states one.
    checked : bool
        Whether to warn of rows and columns that do not add up; False leaves that to
        :func:`mrio.table.validation.gate.validate`.

    Raises
    ------
    InputError, LabelError, UnitError
        Naming the file, row and column that cannot be read, and what was expected there.
    ConfigError
        If the layout is unknown.

    Examples
    --------
    >>> table = read_table("data/raw/2017/mrio_six.csv", layout="matrix-csv")
    >>> len(table.regions), table.scheme, table.year, table.unit
    (30, 'six', 2017, '10k CNY')
    """
    for what, given in (("path", path), ("layout", layout)):
        if not isinstance(given, str | PathLike):
            raise ConfigError(f"the {what} of a table is {given!r}, expected text or a path.")
    path, described = Path(path), _described(layout)
    if described["kind"] not in TABLE_KINDS:
        raise ConfigError(f"layout {described['name']!r} describes no MRIO table but a {described['kind']}.")
    if not path.exists():
        other = lying_beside(path)
        todo = f"{other} lies beside it: rename it, or name it" if other else "check the path"
        raise InputError("no such file", f"a table in layout {described['name']!r}", todo, file=path)
    try:
        table = in_official_order(_read(path, described, year))
    except LabelError as error:
        raise error if str(path) in str(error) else LabelError(f"{path}: {error}") from None
    if year is not None and str(table.year) != str(year):
        raise InputError(f"a table of {table.year}", f"one of {year}", "choose the file of that year", file=path)
    if checked:
        _say_what_does_not_add_up(table, path)
    return table


def _described(layout: str | PathLike[str]) -> Mapping:
    """Return what a layout says; the files of this project need no layout file, nor the packages that read one."""
    if layout in OWN_FILES:
        return {"kind": layout, "name": layout}
    with needing_extras(f"layout {str(layout)!r}"):
        from mrio.formats.workbooks.layouts import load_layout

        return load_layout(layout)


def _say_what_does_not_add_up(table: Table, path: Path) -> None:
    """Warn of the first identity a table misses: reading it is no proof that it is sound."""
    failed = identity_report(table).failed("error")
    if len(failed):
        todo = "the table was read all the same: mrio.validate says all that is wrong, mrio.balanced moves rounding"
        warnings.warn(f"{path}: {failed.iloc[0]['message']}; {todo}.", stacklevel=3)


def _read(path: Path, layout: Mapping, year: int | None) -> Table:
    """Return the table by the reader of the layout's kind."""
    match layout["kind"]:
        case "netcdf":
            from mrio.formats.netcdf import read_netcdf

            return read_netcdf(path)
        case "matrix-csv":
            from mrio.formats.matrix_csv import read_matrix_csv

            return read_matrix_csv(path)
        case "long-csv":
            from mrio.formats.long_csv import read_long_csv

            return read_long_csv(path)
        case "pymrio-folder":
            from mrio.formats.pymrio_folder import read_pymrio_folder

            return read_pymrio_folder(path, year)
        case "mario-folder":
            from mrio.formats.mario_folder import read_mario_folder

            return read_mario_folder(path, year)
        case _:
            from mrio.formats.workbooks.mrio_workbook import read_mrio_workbook

            return read_mrio_workbook(path, layout, year)


def in_official_order(table: Table) -> Table:
    """Return the table with its labels as the library writes them, and in official order.

    Provinces may come in any known spelling (河北, Hebei, 130000), sectors of a known scheme without their leading zero
    (spreadsheets turn 01 into 1).  A table whose regions are not all provinces, or whose scheme is not one of the
    project's, keeps its own labels and order.
    """
    regions, codes = _provinces(table.regions), _scheme_codes(table.scheme)
    sectors = [code.zfill(2) if code not in codes and code.isdigit() else code for code in table.sectors]
    if codes and not set(sectors) & set(codes):
        found = f"no sector of its scheme {table.scheme!r}, but {sectors[0]!r}, {sectors[-1]!r} ..."
        raise LabelError(f"the table has {found}; state the scheme its sectors are of, or leave it away.")
    if not set(sectors) <= set(codes):
        sectors, codes = table.sectors, table.sectors
    if regions != table.regions or sectors != table.sectors:
        names = {"region": regions, "to_region": regions, "sector": sectors, "to_sector": sectors}
        table = Table(table.data.assign_coords(names))
    official = labels.regions().index.tolist()
    order = [name for name in official if name in set(regions)] if set(regions) <= set(official) else regions
    sector_order = [code for code in codes if code in set(sectors)]
    same = order == table.regions and sector_order == table.sectors
    return table if same else table.reorder(order, sector_order)


def _provinces(regions: list[str]) -> list[str]:
    """Return the English names of the regions if every one is a province, else the regions as they are."""
    try:
        return [labels.province(region) for region in regions]
    except LabelError:
        return regions


def _scheme_codes(scheme: str) -> list[str]:
    try:
        return labels.sectors(scheme)["code"].tolist() if scheme else []
    except LabelError:
        return []
