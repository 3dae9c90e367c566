"""Readers: a published file becomes a labelled table, or a sentence that says why not.

Owns :func:`read_table`, the one door for MRIO tables whatever their layout.  Regions come out in official order
(where they are provinces) and sectors in the order of their scheme, so the order in the file never matters.
"""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from .. import labels
from ..errors import ConfigError, InputError, LabelError, did_you_mean
from ..table import Table
from .matrix import read_matrix_csv
from .netcdf import read_netcdf

READERS = {"netcdf": read_netcdf, "matrix-csv": read_matrix_csv}


def read_table(path: str | PathLike, layout: str = "netcdf") -> Table:
    """Return the MRIO table in a file.

    Parameters
    ----------
    path : path
        The file (or folder, for layouts that are one).
    layout : str
        How the file is laid out: ``"netcdf"`` or ``"matrix-csv"``.

    Raises
    ------
    InputError, LabelError, UnitError
        Naming the file, row and column that cannot be read, and what was expected there.
    ConfigError
        If the layout is unknown.
    """
    path = Path(path)
    if layout not in READERS:
        known = ", ".join(READERS)
        raise ConfigError(f"layout {layout!r} is unknown{did_you_mean(layout, READERS)}; known: {known}.")
    if not path.exists():
        raise InputError("no such file", f"a table in layout {layout!r}", "check the path", file=path)
    return in_official_order(READERS[layout](path))


def in_official_order(table: Table) -> Table:
    """Return the table with provinces in official order and sectors in the order of the table's scheme.

    A table whose regions are not all provinces, or whose scheme is not one of the project's, keeps its own order.
    """
    official = labels.provinces().index.tolist()
    regions = table.regions
    if set(regions) <= set(official):
        regions = [name for name in official if name in set(regions)]
    sectors = table.sectors
    order = _scheme_order(table.scheme)
    if set(sectors) <= set(order):
        sectors = [code for code in order if code in set(sectors)]
    if regions == table.regions and sectors == table.sectors:
        return table
    return table.reorder(regions, sectors)


def _scheme_order(scheme: str) -> list[str]:
    try:
        return labels.sectors(scheme)["code"].tolist()
    except LabelError:
        return []
