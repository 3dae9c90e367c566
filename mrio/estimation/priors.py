"""What may take the place of gravity: an earlier table, or a freight matrix, as prior of the flows."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from os import PathLike
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr

from mrio import labels
from mrio.errors import EstimationError, InputError, LabelError, did_you_mean
from mrio.estimation.margins import inventory_columns
from mrio.formats.netcdf import read_netcdf
from mrio.frames import read_frame
from mrio.table.interregional import Table
from mrio.table.provincial import ProvincialTables

#: Columns of a freight matrix in a CSV.
FREIGHT_COLUMNS = ["region", "to_region", "value"]


def prior_seed(prior: Table | xr.DataArray, regions: Sequence[str], sectors: Sequence[str]) -> np.ndarray:
    """Return prior flows (n, R, R), zero on the diagonal.

    Parameters
    ----------
    prior : Table or DataArray
        An interregional table of another year with the same regions and sectors, or a matrix (region, to_region),
        e.g. freight in tonnes, the same for every product, or (sector, region, to_region).  Only ratios matter.

    Raises
    ------
    LabelError
        If regions or sectors are missing.
    EstimationError
        If a flow is negative or not a number.
    """
    if isinstance(prior, Table):
        stock = inventory_columns(prior.categories)
        shipped = prior.Z.sum("to_sector") + prior.Y.isel(category=np.flatnonzero(~stock)).sum("category")
        prior = shipped.transpose("sector", "region", "to_region")
    wanted: dict[Hashable, list[str]] = {"region": list(regions), "to_region": list(regions), "sector": list(sectors)}
    for dim in prior.dims:
        missing = [label for label in wanted[dim] if label not in prior[dim].values]
        if missing:
            raise LabelError(f"the prior has no {dim} {missing[0]!r}{did_you_mean(missing[0], prior[dim].values)}.")
    prior = prior.sel({dim: wanted[dim] for dim in prior.dims})
    if "sector" not in prior.dims:
        prior = prior.expand_dims(sector=wanted["sector"])
    values = prior.transpose("sector", "region", "to_region").values * (1.0 - np.eye(len(regions)))
    bad = np.argwhere(~(values >= 0))
    if len(bad):
        i, r, s = bad[0]
        raise EstimationError(f"the prior flow of {sectors[i]} from {regions[r]} to {regions[s]} is {values[i, r, s]}.")
    return values


def mixed_seed(seed: np.ndarray, prior: np.ndarray, weight: float) -> np.ndarray:
    """Return `weight` of the prior and the rest of the seed, both of the size of the seed in every product.

    A product of which the prior knows nothing keeps its seed.
    """
    size, known = seed.sum((1, 2)), prior.sum((1, 2))
    share = np.where(known > 0, weight, 0.0)[:, None, None]
    of_size = prior * np.divide(size, known, out=np.zeros_like(known), where=known > 0)[:, None, None]
    return share * of_size + (1 - share) * seed


def _check_freight(rows: pd.DataFrame, path: Path) -> None:
    """Refuse a pair that stands twice, and a value that is no number of at least 0."""
    values = pd.to_numeric(rows["value"], errors="coerce").to_numpy(float)
    for k in np.flatnonzero(~((values >= 0) & (values < np.inf)))[:1]:
        found = f"the value {rows['value'].iloc[k]!r}"
        raise InputError(found, "a number of at least 0", "correct it", file=path, row=int(k) + 2, column="value")
    twice = rows.duplicated(["region", "to_region"])
    for k in np.flatnonzero(twice)[:1]:
        raise InputError("a pair a second time", "each pair once", "keep one", file=path, row=int(k) + 2)


def read_prior(path: str | PathLike, prov: ProvincialTables) -> Table | xr.DataArray:
    """Return an earlier table (``.nc``), or a matrix from a CSV with columns region, to_region and value.

    Provinces may be written in Chinese or English; a pair that is not there has no flow.
    """
    path = Path(path)
    if path.suffix == ".nc":
        return read_netcdf(path)
    rows = read_frame(path, "an earlier matrix", FREIGHT_COLUMNS)
    _check_freight(rows, path)
    for name in ("region", "to_region"):
        rows[name] = [labels.province(label, where=f"{path}, row {k + 2}") for k, label in enumerate(rows[name])]
    matrix = rows.pivot_table(index="region", columns="to_region", values="value", aggfunc="sum")
    matrix = matrix.reindex(index=prov.regions, columns=prov.regions).fillna(0.0)
    return xr.DataArray(matrix.to_numpy(float), {"region": prov.regions, "to_region": prov.regions},
                        ("region", "to_region"))  # fmt: skip
