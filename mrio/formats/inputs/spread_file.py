"""``spread.csv`` of a year: the standard deviation of results over an ensemble of estimated tables.

The pipeline has no provincial tables and cannot make it, so ``mrio estimate`` leaves it beside the table it belongs to.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from os import PathLike
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr

from mrio.errors import InputError, LabelError
from mrio.formats.records import number
from mrio.formats.text_cells import read_text
from mrio.saving import whole_text

_WHAT = "a spread of mrio estimate"
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
    lines = read_text(path, _WHAT).splitlines()
    about = dict(line[2:].split(": ", 1) for line in lines if line.startswith("# ") and ": " in line)
    if "table_sha256" not in about or not about.get("members", "").isdigit():
        raise InputError("no lines '# members:' and '# table_sha256:'", "a spread of mrio estimate", file=path, row=1)
    if table is not None and about["table_sha256"] != table_digest(table):
        raise InputError(
            "the spread of another table", f"that of {table}", "run mrio estimate again, or remove this file", file=path
        )
    rows = _rows(lines, path)
    twice = rows[rows.duplicated(KEYS)]
    if len(twice):
        raise LabelError(f"{path}: {' '.join(twice.iloc[0][KEYS])} is given twice; each must appear once.")
    data = rows.set_index(KEYS).to_xarray()
    absent = [region for region in regions or () if region not in data["region"].values]
    if absent:
        raise LabelError(f"{path}: no spread of {', '.join(absent)}; run mrio estimate again, or remove this file.")
    for name, variable in data.data_vars.items():
        variable.attrs["unit"] = "1" if name in RATIOS else "Mt"
    data = data.sel(region=list(regions)) if regions is not None else data
    return data.assign_attrs(members=int(about["members"]))


def _rows(lines: Sequence[str], path: Path) -> pd.DataFrame:
    """Return the rows under the lines of remarks: keys as text, deviations as numbers, empty cells as not made."""
    first = next((k for k, line in enumerate(lines) if not line.startswith("#")), len(lines))
    header, *rows = list(csv.reader(lines[first:])) or [[]]
    missing = [name for name in KEYS if name not in header]
    if missing or not rows:
        found = f"no column {missing[0]!r}" if missing else "no rows"
        raise InputError(found, f"columns {', '.join(KEYS)} and deviations", file=path, row=first + 1)
    made = []
    for line, row in enumerate(rows, start=first + 2):
        if len(row) != len(header):
            raise InputError(f"{len(row)} cells", f"{len(header)}, as in the header", file=path, row=line)
        cells = dict(zip(header, row, strict=True))
        numbered = {name: cells[name] for name in header if name not in KEYS}
        made.append({key: cells[key] for key in KEYS} | {
            name: number(numbered, name, line, path) if cell else np.nan for name, cell in numbered.items()
        })  # fmt: skip
    return pd.DataFrame(made, columns=header)
