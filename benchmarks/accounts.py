"""How long the whole accounting takes at 42 sectors, after reading: three definitions, shares and every scheme.

Run: ``python benchmarks/accounts.py``.  Prints the median of seven runs in CPU and wall seconds, and over one LU
factorisation of I - A on this machine, because machines differ more than versions of the code do.
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path

import numpy as np
import scipy.linalg

from mrio.equations.flows import accounts, prepare
from mrio.equations.other_schemes import schemes
from mrio.equations.sharing import responsibility
from mrio.equations.walk import reconcile_definitions
from mrio.formats.inputs.emission_files import read_emissions
from mrio.formats.netcdf import read_netcdf

RAW = Path(__file__).resolve().parent.parent / "data" / "raw" / "2017"
RUNS = 7


def everything(table, F, F_Y) -> None:
    """Three definitions with flows by origin and by product, their walk, shared responsibility and all schemes."""
    system = prepare(table, F)
    made = {name: accounts(table, F, F_Y, method=name, system=system) for name in ("eebt", "mrio", "gross")}
    reconcile_definitions(made["eebt"], made["mrio"], made["gross"])
    for name in ("eebt", "mrio"):
        shared = responsibility(table, made[name], local=system.local)
        schemes(table, F, made[name], shared, system)


def median_of(job) -> tuple[float, float]:
    """Return (wall, CPU) seconds, medians of RUNS after one warm-up."""
    job()
    times = []
    for _ in range(RUNS):
        wall, cpu = time.perf_counter(), time.process_time()
        job()
        times.append((time.perf_counter() - wall, time.process_time() - cpu))
    return tuple(statistics.median(column) for column in zip(*times, strict=True))


def main() -> None:
    table = read_netcdf(RAW / "mrio_42.nc")
    emissions = read_emissions(RAW / "emissions_42.csv", regions=table.regions, scheme="42", year=2017)
    N = table.output.size
    x = table.output.values.reshape(-1)
    A = np.divide(table.Z.values.reshape(N, N), x, out=np.zeros((N, N)), where=x > 0)
    lu = median_of(lambda: scipy.linalg.lu_factor(np.eye(N) - A))
    full = median_of(lambda: everything(table, emissions["F"], emissions["F_Y"]))
    ratio = full[0] / lu[0]
    print(f"{N} x {N}: all accounts {full[0]:.3f} s wall ({full[1]:.3f} s CPU), {ratio:.1f} LU factorisations")


if __name__ == "__main__":
    main()
