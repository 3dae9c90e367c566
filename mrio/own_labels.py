"""Label tables of one's own: regions and sectors of another country, in a folder that brings both.

Owns the two files, ``regions.csv`` and ``sectors.csv``, and which folder is in use.  That is a matter of the whole
process and of those it starts, so it stands in the environment (:data:`VARIABLE`): the jobs of a run take the labels
the run was started with.  What is asked of labels is asked of :mod:`mrio.labels`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from mrio.errors import InputError, LabelError
from mrio.frames import read_frame

if TYPE_CHECKING:
    import pandas as pd

VARIABLE = "MRIO_LABELS"
REGIONS, SECTORS = "regions.csv", "sectors.csv"
#: Columns of regions.csv that must be there, and those that may be left out; every other column is a grouping, and one
#: called ``<grouping>_zh`` says what its groups are called in Chinese.
NEEDED = ("name", "name_zh")
OPTIONAL = ("code", "full_zh", "abbreviation", "aliases")
PLACES = ("latitude", "longitude", "tile_row", "tile_column")
_SECTOR_COLUMNS = ("scheme", "code", "name", "name_zh")


def in_use() -> Path | None:
    """Return the label folder in use, None where labels are China's."""
    folder = os.environ.get(VARIABLE)
    return Path(folder) if folder else None


def use(folder: str | os.PathLike[str] | None) -> None:
    """Take labels from a folder from now on, in this process and in those it starts; None: China's.

    Raises
    ------
    InputError, LabelError
        If the folder lacks one of the two files, or one of them is not what it should be: file and column are named.
    """
    if folder is None:
        os.environ.pop(VARIABLE, None)
        return
    path = Path(folder).resolve()
    regions_of(path)
    sectors_of(path)
    os.environ[VARIABLE] = str(path)


@contextmanager
def using(folder: str | os.PathLike[str] | None) -> Iterator[None]:
    """Take labels from a folder for as long as the context lasts."""
    before = in_use()
    use(folder)
    try:
        yield
    finally:
        use(before)


def brought_by(folder: Path) -> Path | None:
    """Return the folder if it brings label tables of its own, else None; one of the two files alone is refused."""
    found = [name for name in (REGIONS, SECTORS) if (Path(folder) / name).exists()]
    if len(found) == 1:
        lacking = SECTORS if found == [REGIONS] else REGIONS
        raise InputError(f"{found[0]} without {lacking}", f"both {REGIONS} and {SECTORS}", f"add {lacking}",
                         file=folder)  # fmt: skip
    return Path(folder) if found else None


@cache
def regions_of(folder: Path) -> pd.DataFrame:
    """Return the regions of a folder in the order of its regions.csv, indexed by English name."""
    from pandas import to_numeric  # where labels are China's, no table is read

    path = folder / REGIONS
    table = _read(path, NEEDED)
    for name in OPTIONAL:
        if name not in table:
            table[name] = ""
    for name in (name for name in PLACES if name in table):
        numbers = to_numeric(table[name], errors="coerce")
        if numbers.isna().any():
            row = int(numbers.isna().to_numpy().argmax())
            raise InputError(f"{table[name].iloc[row]!r}", "a number", file=path, row=row + 2, column=name)
        table[name] = numbers
    _check_names(table, path)
    return table.set_index("name", drop=False).rename_axis(index=None)


@cache
def sectors_of(folder: Path) -> pd.DataFrame:
    """Return the sectors of a folder: columns scheme, code, name, name_zh."""
    path = folder / SECTORS
    table = _read(path, _SECTOR_COLUMNS)
    twice = table.duplicated(["scheme", "code"])
    if twice.any():
        row = int(twice.to_numpy().argmax())
        scheme, code = table.iloc[row][["scheme", "code"]]
        raise LabelError(f"{path}, row {row + 2}: sector {code!r} of scheme {scheme!r} is given twice.")
    return table


def texts_of(folder: Path) -> tuple[str, ...]:
    """Return the text of both files, by which two folders are told apart."""
    return tuple((Path(folder) / name).read_text(encoding="utf-8-sig") for name in (REGIONS, SECTORS))


def schemes() -> list[str]:
    """Return the sector schemes of the label folder in use."""
    folder = in_use()
    return [] if folder is None else sectors_of(folder)["scheme"].unique().tolist()


def groupings(table: pd.DataFrame) -> list[str]:
    """Return the groupings of a table of regions, the coarsest first."""
    other = ("code", *NEEDED, *OPTIONAL, *PLACES)
    found = [str(name) for name in table if name not in other and not str(name).endswith("_zh")]
    return sorted(found, key=lambda name: table[name].nunique())


def _read(path: Path, columns: Sequence[str]) -> pd.DataFrame:
    what = f"one of the label tables {REGIONS} and {SECTORS}"
    table = read_frame(path, what, columns, dtype=str, keep_default_na=False)
    for name in columns:
        if (table[name] == "").any():
            row = int((table[name] == "").to_numpy().argmax())
            raise InputError("an empty cell", f"a {name} for every row", "fill it in", file=path, row=row + 2,
                             column=name)  # fmt: skip
    return table


def _check_names(table: pd.DataFrame, path: Path) -> None:
    """Refuse a spelling that means two regions."""
    meant: dict[str, str] = {}
    for row in table.itertuples():
        for spelling in filter(None, (row.name, row.name_zh, row.full_zh, row.code, *row.aliases.split("|"))):
            if meant.setdefault(spelling.casefold(), row.name) != row.name:
                raise LabelError(f"{path}: {spelling!r} means {meant[spelling.casefold()]} and {row.name}; keep one.")
    twice = table["name"].duplicated()
    if twice.any():
        raise LabelError(f"{path}: region {table.loc[twice, 'name'].iloc[0]!r} is given twice; keep one.")
