"""How long the questions take that are asked of the equations, against one Leontief solve on the same machine.

Run: ``python benchmarks/analysis.py``; it writes its section of benchmarks/results.md.  Decomposition and linkages are
timed at 31 x 42, paths at 9,800 sectors in a process of their own, whose peak memory is theirs alone; Z is on disk.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import xarray as xr
from tables import Economy, economy

from mrio.algebra.leontief import Leontief
from mrio.analysis.decomposition import Observation, decompose
from mrio.analysis.extraction import Whole, cell_losses, extract
from mrio.analysis.linkages import sector_linkages
from mrio.analysis.paths import Network, largest_paths
from mrio.table.interregional import Table

RESULTS = Path(__file__).with_name("results.md")
HEADING = "## Questions asked of the equations"
RUNS = 5
REGIONS, SECTORS = 31, 42
#: 49 x 200 = 9,800 sectors.
LARGE = (49, 200)


def observation(made: Economy, year: int, seed: int) -> Observation:
    """Return an economy as a table with emissions and population."""
    R, n = made.x.shape
    regions, sectors = [f"r{r}" for r in range(R)], [f"s{i}" for i in range(n)]
    table = Table.from_arrays(made.Z, made.Y[..., None], output=made.x, regions=regions, sectors=sectors,
                              categories=["final"], year=year)  # fmt: skip
    F = xr.DataArray(made.F[0], {"region": regions, "sector": sectors}, ("region", "sector"), attrs={"unit": "Mt"})
    people = np.random.default_rng(seed).uniform(500, 10_000, R)
    return Observation(table, F, xr.DataArray(people, {"region": regions}, ("region",)))


def median(job: Callable[[], object]) -> float:
    """Return the median wall seconds of RUNS after one warm-up."""
    job()
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        job()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def at_provincial_size() -> dict[str, float]:
    """Return seconds of each question at 31 x 42, and of one solve with a right-hand side per province."""
    first, last = (observation(economy(REGIONS, SECTORS, seed=k), 2012 + 5 * k, k) for k in (0, 1))
    Y = last.table.Y.values.reshape(REGIONS * SECTORS, REGIONS)
    whole = Whole.of(last.table, last.F)
    return {
        "one Leontief solve (factored, 31 right-hand sides)": median(lambda: Leontief(last.table).solve(Y)),
        "decomposition: six factors, all pairs, Shapley and both polar forms": median(lambda: decompose(first, last)),
        "linkages of all 1,302 sectors": median(lambda: sector_linkages(last.table, last.F)),
        "extraction of one province": median(lambda: extract(whole, ["r0"])),
        "extraction of each of the 1,302 sectors": median(lambda: cell_losses(whole)),
    }


def at_large_size() -> dict[str, float]:
    """Return seconds, peak memory and the share found of 1,000 paths at 9,800 sectors, each run in its own process."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "Z.npy"
        made = economy(*LARGE, stressors=1, path=path)
        np.savez(Path(folder) / "rest.npz", x=made.x, F=made.F[0], d=made.Y[:, :, 0])
        del made
        done = subprocess.run([sys.executable, __file__, "--paths", folder], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def paths_alone(folder: Path) -> dict[str, float]:
    """Return what :func:`at_large_size` reports, in this process."""
    rest = np.load(folder / "rest.npz")
    x, d = rest["x"].reshape(-1), rest["d"].reshape(-1)
    f = rest["F"].reshape(-1) / x
    Z = np.load(folder / "Z.npy", mmap_mode="r").reshape(x.size, x.size)
    start = time.perf_counter()
    Leontief(Z, x).solve_transposed(f)
    solve = time.perf_counter() - start
    start = time.perf_counter()
    found = largest_paths(Network.of(Z, x, f), d, count=1000)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return {"solve": solve, "seconds": seconds, "GB": peak, "paths": len(found.nodes),
            "share": float(found.values.sum() / found.total)}  # fmt: skip


def section(small: dict[str, float], large: dict[str, float]) -> str:
    """Return the section of results.md."""
    solve = next(iter(small.values()))
    lines = [HEADING, "", "`python benchmarks/analysis.py` wrote this. Seconds belong to the machine, the ratio to one "
             "solve at the same size does not.", "", "| question | s | solves |", "| --- | ---: | ---: |"]  # fmt: skip
    lines += [f"| {name} | {seconds:.3f} | {seconds / solve:.1f} |" for name, seconds in small.items()]
    lines += [
        f"| 1,000 largest paths at 9,800 sectors | {large['seconds']:.1f} | {large['seconds'] / large['solve']:.1f} |"
    ]
    lines += ["", f"Paths: {large['paths']:,} found, {large['share']:.1%} of the footprint, peak memory of the process "
              f"{large['GB']:.2f} GB with Z (0.77 GB) on disk."]  # fmt: skip
    return "\n".join(lines) + "\n"


def main() -> None:
    if sys.argv[1:2] == ["--paths"]:
        print(json.dumps(paths_alone(Path(sys.argv[2]))))
        return
    text = section(at_provincial_size(), at_large_size())
    kept = RESULTS.read_text(encoding="utf-8").split(HEADING)[0].rstrip("\n")
    RESULTS.write_text(f"{kept}\n\n{text}", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
