"""``estimate_parts.nc`` of a year: what its table was estimated from, compact, so that estimates can be drawn.

The pipeline has no provincial workbooks, so ``mrio estimate`` leaves the parts beside the table they belong to.
Numbers are kept in single precision: results are drawn as differences to the same parts without errors.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from os import PathLike
from pathlib import Path

import numpy as np
import scipy.sparse as sp
import xarray as xr

from mrio.estimation.margins import Margins
from mrio.estimation.openness import CrossHauling
from mrio.estimation.parts import EstimateParts, Labels, Trade, Uses
from mrio.estimation.posterior import Posterior
from mrio.estimation.rows import ACCOUNTS, Rows
from mrio.formats.inputs.parts_mark import FORMAT, check_parts, table_digest
from mrio.formats.result_files import read_dataset

MARGINS = [field.name for field in fields(Margins)]
CELL, PAIR = ("region", "sector"), ("sector", "region", "to_region")
#: Variables of cross-hauling and their dimensions.
HAULING = {"share": CELL, "reported": CELL, "modelled": CELL, "honest": ("region",), "suspicion": ("region",)}


def write_parts(parts: EstimateParts, path: str | PathLike[str], *, table: str | PathLike[str]) -> Path:
    """Write the parts of an estimate with the sha256 of the file of its table; the same parts give the same bytes."""
    posterior, path = parts.posterior, Path(path)
    variables: dict[str, tuple[tuple[str, ...], np.ndarray]] = {
        "rows": (("account", *CELL), np.stack([parts.rows[name] for name in ACCOUNTS])),
        "used": (("margin", *CELL), np.stack([getattr(parts.used, name) for name in MARGINS])),
        **{name: (dims, getattr(parts.hauling, name)) for name, dims in HAULING.items()},
        "Z": ((*CELL, "to_sector"), parts.uses.Z),
        "final": ((*CELL, "category"), parts.uses.final),
        "inputs": (CELL, parts.uses.inputs),
        "value_added": (CELL, parts.uses.value_added),
        "flows": (PAIR, parts.trade.flows),
        "nearness": (("region", "to_region"), parts.trade.nearness),
        "moves": (("alternative", "moved", *CELL), _moves(parts)),
        **{f"weights_{part}": ((f"weight_{part}",), array) for part, array in _sparse(posterior.weights).items()},
        **{f"equal_{part}": ((f"equality_{part}",), array) for part, array in _sparse(posterior.equal).items()},
        "free": (("cell",), posterior.free.astype(np.int8)),
    }
    numbers = {"doubt": parts.hauling.doubt, "beta": parts.trade.beta, "scale": posterior.scale,
               "factor": posterior.factor}  # fmt: skip
    # in single precision like the arrays: the last digits of a double differ between machines
    numbers = {name: float(np.float32(number)) for name, number in numbers.items()}
    told = {name: getattr(parts.labels, name) for name in ("unit", "year", "scheme")}
    attrs = {"format": FORMAT, "table_sha256": table_digest(table), **told, **numbers}
    coords = {"region": list(parts.labels.regions), "sector": list(parts.labels.sectors),
              "category": list(parts.labels.categories), "alternative": list(parts.alternatives)}  # fmt: skip
    data = xr.Dataset(variables, {name: np.array(value, dtype=object) for name, value in coords.items()}, attrs)
    kinds = {"f": "f4", "i": "i4"}
    encoding = {
        name: {"zlib": True, "shuffle": True, "complevel": 6, "_FillValue": None,
               "dtype": "i1" if name == "free" else kinds[array.dtype.kind]}
        for name, (_, array) in variables.items()
    }  # fmt: skip
    data.to_netcdf(path, engine="h5netcdf", encoding=encoding)
    return path


def _moves(parts: EstimateParts) -> np.ndarray:
    """Return how rows and, last, cross-hauling move under every alternative, (A, accounts + 1, R, n)."""
    shape = (0, len(ACCOUNTS) + 1, *parts.used.output.shape)
    made = [np.stack([*(rows[name] for name in ACCOUNTS), share]) for rows, share in parts.alternatives.values()]
    return np.array(made) if made else np.zeros(shape)


def _sparse(matrix: sp.csr_array) -> dict[str, np.ndarray]:
    return {"indptr": matrix.indptr, "indices": matrix.indices, "data": matrix.data}


def read_parts(path: str | PathLike[str], table: str | PathLike[str] | None = None) -> EstimateParts:
    """Return the parts of an estimate.

    Parameters
    ----------
    path : path
    table : path, optional
        The table they must belong to.

    Raises
    ------
    InputError
        A file that holds no parts, or those of another table.
    """
    check_parts(path, table)
    data = read_dataset(path)
    v = {str(name): _double(variable.values) for name, variable in data.data_vars.items()}
    regions, sectors, categories = (data[name].values.tolist() for name in ("region", "sector", "category"))
    return EstimateParts(
        labels=Labels(regions, sectors, categories, data.attrs["unit"], int(data.attrs["year"]), data.attrs["scheme"]),
        rows=Rows(*v["rows"]),
        used=Margins(**dict(zip(MARGINS, v["used"], strict=True))),
        hauling=CrossHauling(**{name: v[name] for name in HAULING}, doubt=float(data.attrs["doubt"])),
        uses=Uses(v["Z"], v["final"], v["inputs"], v["value_added"]),
        trade=Trade(v["flows"], v["nearness"], float(data.attrs["beta"])),
        posterior=_posterior(v, data.attrs),
        alternatives={
            str(name): (Rows(*move[:-1]), move[-1])
            for name, move in zip(data["alternative"].values.tolist(), v["moves"], strict=True)
        },
    )


def _double(values: np.ndarray) -> np.ndarray:
    return values.astype(float) if values.dtype.kind == "f" else values


def _posterior(v: Mapping[str, np.ndarray], attrs: Mapping) -> Posterior:
    cells = len(v["free"])
    weights, equal = (_csr(v, name, cells) for name in ("weights", "equal"))
    return Posterior(weights, equal, v["free"].astype(bool), float(attrs["scale"]), float(attrs["factor"]))


def _csr(v: Mapping[str, np.ndarray], name: str, cells: int) -> sp.csr_array:
    data, indices, starts = (v[f"{name}_{part}"] for part in ("data", "indices", "indptr"))
    return sp.csr_array((data, indices, starts), shape=(len(starts) - 1, cells))
