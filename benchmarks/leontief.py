"""How far ahead of forming the inverse: ``python benchmarks/leontief.py [--sizes 1302 2944 9800] [--mapped 20000]``.

For every size one process holds one table and lets both programs compute the same accounts of five stressors in turn,
after one warm-up; medians of wall time. Peak memory is that of a process of its own for each program and size. The
machine's own limits (products, LU, reading memory) are measured in the same run. Writes benchmarks/results.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from tables import Economy, economy

HERE = Path(__file__).resolve().parent
SIZES = {1302: (31, 42), 2944: (46, 64), 9800: (49, 200), 20000: (160, 125)}
REPEATS = {1302: 15, 2944: 7, 9800: 3}


# -- the two programs ----------------------------------------------------------------------------------


def ours(e: Economy, by_product: bool) -> dict[str, np.ndarray]:
    from mrio.footprint import footprints
    from mrio.leontief import Leontief

    result = footprints(Leontief(e.Z, e.x), e.Y, e.F, by_product=by_product)
    names = ("flows", "D_pba", "D_exp", "D_cba", "D_imp")
    return {name: getattr(result, name) for name in names if getattr(result, name) is not None}


def pymrio_system(e: Economy):
    """The table as pymrio's system; building it is not timed."""
    import pandas as pd
    import pymrio

    R, n = e.x.shape
    regions, sectors = [f"r{r}" for r in range(R)], [f"s{i}" for i in range(n)]
    index = pd.MultiIndex.from_product([regions, sectors], names=["region", "sector"])
    demand = pd.MultiIndex.from_product([regions, ["final demand"]], names=["region", "category"])
    stressors = pd.Index([f"k{k}" for k in range(len(e.F))], name="stressor")
    io = pymrio.IOSystem(
        Z=pd.DataFrame(e.Z.reshape(R * n, R * n), index, index, copy=False),
        Y=pd.DataFrame(e.Y.reshape(R * n, R), index, demand),
    )
    io.emissions = pymrio.Extension(
        "emissions",
        F=pd.DataFrame(e.F.reshape(-1, R * n), stressors, index),
        unit=pd.DataFrame({"unit": ["t"] * len(e.F)}, index=stressors),
    )
    return io


def pymrio_accounts(io, e: Economy) -> dict[str, np.ndarray]:
    """calc_all, and bilateral flows in the cheapest way its results allow: S (L Y) by region with numpy."""
    R, n = e.x.shape
    io.calc_all()
    X = (io.L.to_numpy() @ e.Y.reshape(R * n, R)).reshape(R, n, R)
    f = io.emissions.S.to_numpy().reshape(-1, R, n)
    accounts = {
        name: getattr(io.emissions, name).to_numpy().reshape(-1, R, n) for name in ("D_pba", "D_exp", "D_cba", "D_imp")
    }
    return accounts | {"flows": np.matmul(f.transpose(1, 0, 2), X).transpose(1, 0, 2)}


def lu_reference(e: Economy) -> dict[str, np.ndarray]:
    """The same accounts from LAPACK's LU in double precision."""
    from scipy.linalg import lu_factor, lu_solve

    R, n = e.x.shape
    N, K = R * n, len(e.F)
    factor = lu_factor(np.eye(N) - e.Z.reshape(N, N) / e.x.ravel(), overwrite_a=True)
    X = lu_solve(factor, e.Y.reshape(N, R)).reshape(R, n, R)
    f = e.F / e.x
    rows = np.zeros((K, R, R, n))
    rows[:, np.arange(R), np.arange(R)] = f
    content = lu_solve(factor, rows.reshape(K * R, N).T, trans=1).T.reshape(K, R, R, n)
    by_product = np.einsum("krqj,qjs->krsj", content, e.Y, optimize=True)
    away = 1 - np.eye(R)
    return {
        "flows": np.einsum("kri,ris->krs", f, X, optimize=True),
        "D_pba": f * X.sum(2),
        "D_exp": f * np.einsum("ris,rs->ri", X, away, optimize=True),
        "D_cba": by_product.sum(1),
        "D_imp": np.einsum("krsj,rs->ksj", by_product, away, optimize=True),
    }


def difference(one: dict, other: dict) -> float:
    """Largest relative difference of any account."""
    return max(float((np.abs(one[k] - other[k]) / np.abs(other[k])).max()) for k in one.keys() & other.keys())


# -- measuring -----------------------------------------------------------------------------------------


def load(folder: Path, mapped: bool = False) -> Economy:
    Z = np.load(folder / "Z.npy", mmap_mode="r" if mapped else None)
    rest = np.load(folder / "rest.npz")
    return Economy(Z, rest["Y"], rest["F"], rest["x"])


def seconds(work: Callable) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(folder: Path, repeats: int) -> dict:
    """Both programs in turn on one table, and how far their accounts are from LU's."""
    e = load(folder)
    times = {"ours": [], "ours by product": [], "pymrio": []}
    results = {}
    for turn in range(repeats + 1):
        io = pymrio_system(e)
        works = {
            "ours": lambda: results.__setitem__("ours", ours(e, False)),
            "ours by product": lambda: results.__setitem__("ours by product", ours(e, True)),
            "pymrio": lambda io=io: results.__setitem__("pymrio", pymrio_accounts(io, e)),
        }
        for name, work in works.items():
            taken = seconds(work)
            if turn:
                times[name].append(taken)
        del io, works
    reference = lu_reference(e)
    return {
        "seconds": {name: statistics.median(values) for name, values in times.items()},
        "difference": {name: difference(result, reference) for name, result in results.items()},
        "gigaflops": product_rate(1500, float),
    }


def peak(folder: Path, program: str) -> dict:
    """Largest resident memory of this process over the bytes of Z (which it holds)."""
    import resource

    e = load(folder)
    if program == "pymrio":
        pymrio_accounts(pymrio_system(e), e)
    else:
        ours(e, program == "ours by product")
    return {"ratio": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / e.Z.nbytes}


def mapped(folder: Path) -> dict:
    """A table left on disk: time and the largest memory of the process that is not page cache."""
    from mrio.footprint import footprints
    from mrio.leontief import Leontief

    e, most, done = load(folder, mapped=True), [0], threading.Event()

    def watch():
        while not done.wait(0.05):
            status = Path("/proc/self/status").read_text()
            most[0] = max(most[0], int(status.split("RssAnon:")[1].split()[0]) * 1024)

    watcher = threading.Thread(target=watch)
    watcher.start()
    result = []
    taken = seconds(lambda: result.append(footprints(Leontief(e.Z, e.x), e.Y, e.F, by_product=False)))
    done.set()
    watcher.join()
    bounds = [c.bound for c in result[0].certificates]
    return {"seconds": taken, "bytes": most[0], "bound": max(bounds), "gap": result[0].duality_gap}


def draws(folder: Path) -> dict:
    """1,000 draws of the intensities at 1302 and 1,000 of the cells of Z at 180 x 180."""
    from mrio.footprint import flows_of, flows_of_tables
    from mrio.leontief import Leontief

    e, rng = load(folder), np.random.default_rng(0)
    R, n = e.x.shape
    f = e.F[0] / e.x * rng.lognormal(0, 0.2, (1000, R, n))

    def intensities():
        system = Leontief(e.Z, e.x)
        flows_of(f, system.solve(e.Y.reshape(R * n, R)).reshape(R, n, R))
        system.solve_transposed(f.reshape(1000, R * n))

    small = economy(30, 6)
    Z = small.Z * rng.lognormal(0, 0.1, (1000, 1, 1, 30, 6))
    x = Z.sum((3, 4)) + small.Y.sum(2)
    tables = lambda: flows_of_tables(Z, x, small.Y, small.F[0] / small.x)  # noqa: E731
    return {
        "intensities": statistics.median(seconds(intensities) for _ in range(3)),
        "tables": statistics.median(seconds(tables) for _ in range(3)),
    }


def product_rate(N: int, dtype: type) -> float:
    """Best of five dense products, in 10^9 operations a second."""
    a = np.random.default_rng(0).random((N, N)).astype(dtype)
    return 2 * N**3 / min(seconds(lambda: a @ a) for _ in range(5)) / 1e9


def limits() -> dict:
    from scipy.linalg import lu_factor

    matrix = np.random.default_rng(0).random((2944, 2944)) + 2944 * np.eye(2944)
    big = np.ones(32_000_000)
    return {
        "double": product_rate(2500, float),
        "single": product_rate(2500, np.float32),
        "lu": min(seconds(lambda: lu_factor(matrix)) for _ in range(3)),
        "bandwidth": big.nbytes / min(seconds(big.sum) for _ in range(5)) / 1e9,
    }


# -- the report ----------------------------------------------------------------------------------------


def run(task: str, *arguments: str) -> dict:
    """One task in a process of its own."""
    command = [sys.executable, str(HERE / "leontief.py"), "--task", task, *arguments]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])


def report(machine: dict, rows: dict[int, dict], large: dict[int, dict], monte_carlo: dict | None) -> str:
    lines = [
        "# Speed and memory against forming the inverse",
        "",
        f"`make bench` wrote this: {platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}, numpy {np.__version__}. Ratios are between runs in one process, taken in turn; "
        "seconds belong to this machine only.",
        "",
        f"The machine in the same run: {machine['double']:.0f} GFlop/s in double and {machine['single']:.0f} in single "
        f"precision (products of 2500 x 2500), LU of 2944 x 2944 in {machine['lu']:.2f} s, "
        f"{machine['bandwidth']:.0f} GB/s reading memory on one core.",
        "",
        "Five stressors: production, consumption by purchased product, imports, exports by sector, bilateral flows.",
        "pymrio: `calc_all`, and bilateral flows from its L by numpy, the cheapest way there is. *A*: imports by",
        "emitting sector. *B*: imports and every bilateral flow by purchased product as well, as pymrio gives imports.",
        "",
        "| sectors | pymrio, s | A, s | pymrio / A | B, s | pymrio / B | worst account, A | B | pymrio |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for N, row in rows.items():
        t, d = row["seconds"], row["difference"]
        lines.append(
            f"| {N} | {t['pymrio']:.3f} | {t['ours']:.3f} | **{t['pymrio'] / t['ours']:.1f}** "
            f"| {t['ours by product']:.3f} | **{t['pymrio'] / t['ours by product']:.1f}** "
            f"| {d['ours']:.0e} | {d['ours by product']:.0e} | {d['pymrio']:.0e} |"
        )
    lines += [
        "",
        "Worst account: largest relative difference of any account from LAPACK's LU in double precision.",
        "",
        "Peak memory of the process over the bytes of Z, interpreter and libraries included:",
        "",
        "| sectors | Z, MB | pymrio | A | B |",
        "| ---: | ---: | ---: | ---: | ---: |",
    ]
    for N, row in rows.items():
        p = row["peak"]
        lines.append(
            f"| {N} | {8 * N * N / 1e6:.0f} | {p['pymrio']:.1f} | {p['ours']:.2f} | {p['ours by product']:.2f} |"
        )
    for N, row in large.items():
        lines += [
            "",
            f"{N} x {N} left on disk ({8 * N * N / 1e9:.1f} GB, memory map), accounts A: {row['seconds']:.0f} s, "
            f"{row['bytes'] / 1e9:.1f} GB of memory beside the page cache, error at most {row['bound']:.0e}, "
            f"`f (L Y)` and `(f L) Y` agree to {row['gap']:.0e}.",
        ]
    if monte_carlo:
        lines += [
            "",
            f"Draws: 1,000 of the intensities at 1302 (flows and multipliers) {monte_carlo['intensities']:.2f} s; "
            f"1,000 of every column of Z at 180 x 180 {monte_carlo['tables']:.2f} s.",
        ]
    return "\n".join(lines) + "\n"


def write(folder: Path, N: int) -> None:
    e = economy(*SIZES[N], path=folder / "Z.npy")
    np.savez(folder / "rest.npz", Y=e.Y, F=e.F, x=e.x)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=[1302, 2944, 9800], choices=list(REPEATS))
    parser.add_argument("--mapped", type=int, nargs="*", default=[20000], choices=list(SIZES))
    parser.add_argument("--output", type=Path, default=HERE / "results.md")
    parser.add_argument("--task", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.task:
        name, *arguments = options.task
        tasks = {
            "limits": limits,
            "compare": lambda folder, repeats: compare(Path(folder), int(repeats)),
            "peak": lambda folder, program: peak(Path(folder), program),
            "mapped": lambda folder: mapped(Path(folder)),
            "draws": lambda folder: draws(Path(folder)),
        }
        print(json.dumps(tasks[name](*arguments)))
        return
    machine, rows, large, monte_carlo = run("limits"), {}, {}, None
    for N in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder), N)
            rows[N] = run("compare", folder, str(REPEATS[N]))
            rows[N]["peak"] = {
                name: run("peak", folder, name)["ratio"] for name in ("pymrio", "ours", "ours by product")
            }
            monte_carlo = run("draws", folder) if N == 1302 else monte_carlo
        print(N, rows[N], flush=True)
    for N in options.mapped:
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder), N)
            large[N] = run("mapped", folder)
        print(N, large[N], flush=True)
    options.output.write_text(report(machine, rows, large, monte_carlo), encoding="utf-8")


if __name__ == "__main__":
    main()
