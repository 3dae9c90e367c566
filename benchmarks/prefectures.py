"""A table of 313 regions x 42 sectors (13,146 rows): written, then read, checked and accounted, with peak memory.

``python benchmarks/prefectures.py`` writes a made-up balanced table into a temporary folder in one process, and reads,
validates and accounts it (footprint) in another, whose peak of resident memory it prints.  Z alone takes 1.4 GB.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import xarray as xr

from mrio.equations.flows import accounts
from mrio.formats.any_table import read_table
from mrio.formats.netcdf import write_netcdf
from mrio.table.interregional import Table
from mrio.table.validation.gate import validate

REGIONS, SECTORS = 313, 42
#: What a peak may be, GB.
LIMIT = 4.0


def write(path: Path) -> None:
    """Write a balanced table whose inputs come from the own region and, evenly, from all others."""
    rng = np.random.default_rng(313)
    size = rng.lognormal(0, 1, REGIONS)
    technology = rng.random((SECTORS, SECTORS)) ** 3
    technology *= 0.55 / technology.sum(0)
    output = 1e6 * size[:, None] * rng.uniform(0.5, 1.5, SECTORS)
    supplier = 0.4 * size / size.sum()
    Z = np.empty((REGIONS, SECTORS, REGIONS, SECTORS))
    for r in range(REGIONS):
        share = np.full(REGIONS, supplier[r])
        share[r] += 0.6
        np.multiply(technology[:, None, :], (share[:, None] * output)[None], out=Z[r])
    left = output - Z.sum((2, 3))
    Y = np.zeros((REGIONS, SECTORS, REGIONS, 1))
    Y[np.arange(REGIONS), :, np.arange(REGIONS), 0] = np.maximum(left, 0)
    table = Table.from_arrays(
        Z, Y, residual=np.minimum(left, 0), output=output, regions=[f"R{r:03d}" for r in range(REGIONS)],
        sectors=[f"S{i:02d}" for i in range(SECTORS)], categories=["final"], year=2017,
    )  # fmt: skip
    write_netcdf(table, path)


def account(path: Path) -> None:
    """Read, check and account the table; print what each step took and the peak."""
    begun = time.perf_counter()

    def told(what: str) -> None:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(f"{what}: {time.perf_counter() - begun:.1f} s since the start, peak {peak:.2f} GB", flush=True)

    table = read_table(path, checked=False)
    told("read")
    report = validate(table)
    told(f"checked (identities {'hold' if not len(report.failed('error')) else 'fail'})")
    F = xr.DataArray(
        np.random.default_rng(1).random((REGIONS, SECTORS)), {"region": table.regions, "sector": table.sectors},
        ("region", "sector"), attrs={"unit": "Mt"},
    )  # fmt: skip
    made = accounts(table, F, method="mrio", by_product=False)
    told(f"accounted (production {float(made['production'].sum()):.6g} Mt)")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    sys.exit(0 if peak <= LIMIT else f"the peak is above {LIMIT} GB")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        {"write": write, "account": account}[sys.argv[1]](Path(sys.argv[2]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            for step in ("write", "account"):
                subprocess.run([sys.executable, __file__, step, str(Path(folder) / "table.nc")], check=True)
