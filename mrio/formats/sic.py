"""The interregional table of the State Information Center (2002, 8 regions x 17 sectors) with CO2, as one .npz file."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

import numpy as np
import xarray as xr

from mrio.errors import InputError
from mrio.table.interregional import Table

ARRAYS = ("Z", "Y", "STK", "EX", "ERR", "X", "IM", "VA", "CO2", "regions")
CATEGORIES = ["rural", "urban", "government", "gfcf", "inventory"]


def read_sic(path: str | PathLike[str], year: int = 2002) -> tuple[Table, xr.DataArray]:
    """Return the table (10^4 yuan) and F (region, sector), Mt CO2.

    Stocks (STK) are inventory change, drawn on the own region; imports are by using industry.

    Raises
    ------
    InputError
        If the file or one of its arrays is missing.
    """
    path = Path(path)
    if not path.exists():
        raise InputError("no such file", "the .npz of the interregional table", "check the path", file=path)
    with np.load(path) as data:
        missing = [name for name in ARRAYS if name not in data]
        if missing:
            raise InputError(f"no array {missing[0]!r}", f"arrays {', '.join(ARRAYS)}", file=path)
        a = {name: data[name] for name in ARRAYS}
    regions, products = a["CO2"].shape
    sectors = [f"{k + 1:02d}" for k in range(products)]
    Y = np.zeros((regions, products, regions, len(CATEGORIES)))
    Y[..., :-1] = a["Y"].reshape(regions, products, regions, -1)
    for r in range(regions):
        Y[r, :, r, -1] = a["STK"].reshape(regions, products)[r]
    table = Table.from_arrays(
        a["Z"], Y, exports=a["EX"], residual=a["ERR"], output=a["X"], imports=a["IM"],
        value_added=a["VA"].reshape(-1, regions, products), regions=a["regions"].tolist(), sectors=sectors,
        categories=CATEGORIES, year=year, attrs={"source": "State Information Center"},
    )  # fmt: skip
    coords = {"region": table.regions, "sector": sectors}
    return table, xr.DataArray(a["CO2"], coords, ("region", "sector"), attrs={"unit": "Mt"})
