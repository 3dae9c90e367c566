"""``spread.csv`` of a year: the standard deviation of results over an ensemble of estimated tables.

The pipeline has no provincial tables and cannot make it, so ``mrio estimate`` leaves it beside the table it belongs to.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from os import PathLike
from pathlib import Path

import pandas as pd
import xarray as xr

from mrio.errors import InputError, LabelError
from mrio.saving import whole_text

KEYS = ["definition", "resolution", "region"]
#: Results without a unit; all others are in Mt.
RATIOS = ("alpha_region", "share")


def table_digest(path: str | PathLike[str]) -> str:
    """Return the sha256 of a table's file, by which a spread knows its table."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def write_spread(deviation: xr.Dataset, path: str | PathLike[str], *, members: int, table: str | PathLike[str]) -> Path:
    """Write standard deviations (resolution, definition, region) with the number of members and the table's sha256."""
    path = Path(path)
    rows = deviation.to_dataframe(dim_order=KEYS).reset_index()[[*KEYS, *deviation.data_vars]]
    with whole_text(path, "utf-8") as stream:
        stream.write(f"# members: {members}\n# table_sha256: {table_digest(table)}\n")
        rows.to_csv(stream, index=False, float_format="%.6g", lineterminator="\n")
    return path


def read_spread(
    path: str | PathLike[str], regions: Sequence[str] | None = None, table: str | PathLike[str] | None = None
) -> xr.Dataset:
    """Return the standard deviations in a file, (resolution, definition, region); attribute ``members``.

    Parameters
    ----------
    path : path
    regions : sequence of str, optional
        Provinces to return, each of which must be there.
    table : path, optional
        The table they must belong to.

    Raises
    ------
    InputError
        A file that is no spread, or one of another table.
    LabelError
        A province that is missing.
    """
    path = Path(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    about = dict(line[2:].split(": ", 1) for line in lines if line.startswith("# ") and ": " in line)
    if not {"members", "table_sha256"} <= set(about):
        raise InputError("no lines '# members:' and '# table_sha256:'", "a spread of mrio estimate", file=path, row=1)
    if table is not None and about["table_sha256"] != table_digest(table):
        raise InputError(
            "the spread of another table", f"that of {table}", "run mrio estimate again, or remove this file", file=path
        )
    rows = pd.read_csv(path, comment="#", dtype={"resolution": str})
    missing = [name for name in KEYS if name not in rows]
    if missing:
        raise InputError(f"no column {missing[0]!r}", f"columns {', '.join(KEYS)}", file=path, row=3)
    data = rows.set_index(KEYS).to_xarray()
    absent = [region for region in regions or () if region not in data["region"].values]
    if absent:
        raise LabelError(f"{path}: no spread of {', '.join(absent)}; run mrio estimate again, or remove this file.")
    for name, variable in data.data_vars.items():
        variable.attrs["unit"] = "1" if name in RATIOS else "Mt"
    data = data.sel(region=list(regions)) if regions is not None else data
    return data.assign_attrs(members=int(about["members"]))
