"""Deflator CSV -> price indices by year, province and sector: one row per year, province and sector, source beside it.

``index`` is the price of the year over the price of ``base_year`` (1 = no change).
"""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from pathlib import Path

import numpy as np
import xarray as xr

from mrio import labels
from mrio.errors import InputError, LabelError, did_you_mean
from mrio.formats.records import number, read_records, stated_year

#: Price over that of the base year, either way, beyond which an index is taken for a percentage.
FARTHEST = 20.0
COLUMNS = ("year", "region", "sector", "index", "base_year", "source")


def read_deflators(path: str | PathLike, year: int, regions: Sequence[str], sectors: Sequence[str]) -> xr.DataArray:
    """Return the price indices of a year.

    Parameters
    ----------
    path : path
        May hold several years; all have one base year.
    year : int
    regions, sectors : sequence of str
        Every province and sector of the table; each needs a row.

    Returns
    -------
    DataArray (region, sector)
        Price over that of the attribute ``base_year``; attribute ``source``.

    Raises
    ------
    InputError, LabelError
        A missing column or row, an index that is not above 0, two base years, an unknown province or sector.
    """
    path = Path(path)
    found: dict[tuple[str, str], float] = {}
    bases: set[str] = set()
    sources: dict[str, None] = {}
    for line, cell in read_records(path, COLUMNS, "a deflator CSV"):
        bases.add(cell["base_year"])
        if stated_year(cell, line, path) != year:
            continue
        key = (
            labels.province(cell["region"], where=f"{path}, row {line}"),
            _sector(cell["sector"], sectors, line, path),
        )
        if key in found:
            raise LabelError(f"{path}, row {line}: {' '.join(key)} is given twice in {year}; keep one.")
        found[key] = number(cell, "index", line, path)
        if found[key] <= 0:
            raise InputError(cell["index"], "an index above 0", "correct it", file=path, row=line, column="index")
        if not 1 / FARTHEST <= found[key] <= FARTHEST:
            expected = f"a price over that of the base year, near 1 ({found[key] / 100:.4g} where 100 is no change)"
            raise InputError(cell["index"], expected, "correct it", file=path, row=line, column="index")
        sources[cell["source"]] = None
    if len(bases) != 1 or not next(iter(bases)).isdigit():
        raise InputError(f"base years {', '.join(sorted(bases))}", "one base year", file=path, column="base_year")
    absent = [(region, sector) for region in regions for sector in sectors if (region, sector) not in found]
    if absent:
        raise LabelError(f"{path}: no index of {' '.join(absent[0])} in {year}; every province and sector needs one.")
    values = np.array([[found[region, sector] for sector in sectors] for region in regions])
    attrs = {"unit": "1", "base_year": int(bases.pop()), "source": "; ".join(sources)}
    return xr.DataArray(values, {"region": list(regions), "sector": list(sectors)}, ("region", "sector"), attrs=attrs)


def _sector(text: str, sectors: Sequence[str], line: int, path: Path) -> str:
    code = text.zfill(2) if text.isdigit() else text  # spreadsheets turn 01 into 1
    if code not in sectors:
        raise LabelError(f"{path}, row {line}: sector {text!r} is not one of the table{did_you_mean(code, sectors)}.")
    return code
