"""How far ahead of forming the inverse: ``python benchmarks/leontief.py [--sizes 1302 2604] [--mapped 20000]``.

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
from programs import difference, labelled, lu_reference, ours, pymrio_accounts, pymrio_own_flows, pymrio_system
from tables import Economy, economy

HERE = Path(__file__).resolve().parent
SIZES = {1302: (31, 42), 2604: (62, 42), 9114: (217, 42), 9800: (49, 200), 20000: (160, 125)}
REPEATS = {1302: 15, 2604: 7, 9114: 3, 9800: 3}


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
    table, F = labelled(e)
    times = {"ours": [], "ours by product": [], "pymrio": []}
    results = {}
    for turn in range(repeats + 1):
        io = pymrio_system(e)
        works = {
            "ours": lambda: results.__setitem__("ours", ours(table, F, False)),
            "ours by product": lambda: results.__setitem__("ours by product", ours(table, F, True)),
            "pymrio": lambda io=io: results.__setitem__("pymrio", pymrio_accounts(io, e)),
        }
        for name, work in works.items():
            time.sleep(0.1)  # the BLAS threads of the one before wind down
            taken = seconds(work)
            if turn:
                times[name].append(taken)
        del io, works
    reference, own = lu_reference(e), None
    if e.x.size < 5000:  # beyond, its N x N accounts of every stressor do not fit
        io = pymrio_system(e)
        own = seconds(lambda: results.__setitem__("own", {"flows": pymrio_own_flows(io, e)}))
    return {
        "seconds": {name: statistics.median(values) for name, values in times.items()} | {"own": own},
        "difference": {name: difference(result, reference) for name, result in results.items()},
        "LU": reference["LU"],
        "LU single": reference["LU single"],
    }


def crossover() -> list[dict]:
    """Processor time of both methods on one core: few right-hand sides to many."""
    from threadpoolctl import threadpool_limits

    from mrio.algebra.leontief.system import Leontief

    rows = []
    with threadpool_limits(1):
        for R, n in ((15, 20), (31, 42), (46, 64), (49, 100)):
            e, N = economy(R, n), R * n
            for k in (R + 6, 6 * R):
                Y = np.random.default_rng(0).random((N, k))
                row = {"N": N, "k": k}
                for method in ("lu", "krylov"):
                    turns = []
                    for _ in range(3):
                        start = time.process_time()
                        Leontief(e.Z, e.x, method=method).solve(Y)
                        turns.append(time.process_time() - start)
                    row[method] = min(turns)
                rows.append(row)
    return rows


def peak(folder: Path, program: str) -> dict:
    """Largest resident memory of this process over the bytes of Z (which it holds)."""
    import resource

    e = load(folder)
    if program == "pymrio":
        pymrio_accounts(pymrio_system(e), e)
    else:
        ours(*labelled(e), program == "ours by product")
    return {"ratio": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / e.Z.nbytes}


def mapped(folder: Path) -> dict:
    """A table left on disk: time and the largest memory of the process that is not page cache."""
    from mrio.equations.flows import accounts, prepare

    (table, F), most, done = labelled(load(folder, mapped=True)), [0], threading.Event()

    def watch():
        while not done.wait(0.05):
            status = Path("/proc/self/status").read_text()
            most[0] = max(most[0], int(status.split("RssAnon:")[1].split()[0]) * 1024)

    watcher = threading.Thread(target=watch)
    watcher.start()
    start = time.perf_counter()
    system = prepare(table, F)
    result = accounts(table, F, system=system, by_product=False)
    taken = time.perf_counter() - start
    done.set()
    watcher.join()
    forward, backward = result["flows"].sum(("region", "to_region")), result["D_cba"].sum(("region", "sector"))
    gap = float((abs(forward - backward) / backward).max())
    return {"seconds": taken, "bytes": most[0], "bound": system.full.error_bound, "gap": gap}


def draws(folder: Path) -> dict:
    """1,000 draws of the intensities at 1302, sharing one factorisation, and 1,000 of all cells of Z at 180 x 180."""
    from mrio.algebra.leontief.draws import flows_of, flows_of_tables
    from mrio.algebra.leontief.system import Leontief

    e, rng = load(folder), np.random.default_rng(0)
    R, n = e.x.shape
    f = e.F[0] / e.x * rng.lognormal(0, 0.2, (1000, R, n))

    def intensities():
        system = Leontief(e.Z, e.x)
        flows_of(f, system.solve(e.Y.reshape(R * n, R)).reshape(R, n, R))
        system.solve_transposed(f.reshape(1000, R * n))

    small = economy(30, 6)
    Z = small.Z * rng.lognormal(0, 0.1, (1000, 30, 6, 30, 6))
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


def run(task: str, *arguments: str):
    """One task in a process of its own."""
    command = [sys.executable, str(HERE / "leontief.py"), "--task", task, *arguments]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])


def table(head: str, rows: list[list]) -> str:
    """A Markdown table, right-aligned; `head` holds the column names separated by a bar."""
    columns = head.split(" | ")
    lines = [columns, ["---:"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def machine_line(machine: dict) -> str:
    here = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, numpy {np.__version__}"
    limits = (
        f"{machine['double']:.0f} GFlop/s in double and {machine['single']:.0f} in single precision, "
        f"LU of 2944 x 2944 in {machine['lu']:.2f} s, {machine['bandwidth']:.0f} GB/s of memory"
    )
    return (
        f"`make bench` wrote this: {here}. Both programs ran in one process, in turn; ratios are what matters, seconds "
        f"belong to this machine, whose limits in the same run were {limits}."
    )


def speed_table(rows: dict[int, dict]) -> str:
    lines = []
    for N, row in rows.items():
        a, b, theirs, own = (row["seconds"].get(name) for name in ("ours", "ours by product", "pymrio", "own"))
        way, way_ratio = (f"{own:.2f}", f"{own / a:.0f}") if own else ("-", "-")
        ratios = [f"**{theirs / a:.1f}**", f"**{theirs / b:.1f}**", way_ratio]
        double, single = row["LU"], row["LU single"]
        ratios.append(f"{theirs / single:.1f}")
        lines.append([N, f"{a:.3f}", f"{b:.3f}", f"{theirs:.3f}", way, f"{double:.3f}", f"{single:.3f}", *ratios])
    head = (
        "sectors | A, s | B, s | pymrio, s | its own way, s | LU alone, s | in single, s | pymrio / A | pymrio / B | "
        "its own way / A | pymrio / LU in single"
    )
    return table(head, lines)


def quality_table(rows: dict[int, dict]) -> str:
    lines = []
    for N, row in rows.items():
        d, p = row["difference"], row["peak"]
        names = ("ours", "ours by product", "pymrio")
        lines.append([N, *(f"{d[name]:.0e}" for name in names), *(f"{p[name]:.2f}" for name in names)])
    return table("sectors | difference A | B | pymrio | memory A | B | pymrio", lines)


def crossover_table(crossing: list[dict]) -> str:
    rows = [[c["N"], c["k"], f"{c['lu']:.3f}", f"{c['krylov']:.3f}", f"{c['lu'] / c['krylov']:.2f}"] for c in crossing]
    return table("sectors | k | LU, s | Krylov, s | LU / Krylov", rows)


def mapped_line(N: int, row: dict) -> str:
    return (
        f"{N} x {N} left on disk ({8 * N * N / 1e9:.1f} GB, memory map), accounts A: {row['seconds']:.0f} s, "
        f"{row['bytes'] / 1e9:.1f} GB of memory beside the page cache, error at most {row['bound']:.0e}, `f (L Y)` and "
        f"`(f L) Y` agree to {row['gap']:.0e}."
    )


EXPLAINED = """Five stressors: production, consumption by purchased product, imports, exports by sector, bilateral
flows. pymrio: `calc_all`, and bilateral flows from its L by numpy, the cheapest way there is; its own way: bilateral
flows by diagonal stressors, as it documents them. A: imports by emitting sector. B: imports and every bilateral flow by
purchased product as well, as pymrio gives imports. LU alone: LAPACK in double precision, no accounts; in single: the
same in single precision, which is what a factorisation that is refined may be held against."""


def report(machine: dict, rows: dict, large: dict, monte_carlo: dict | None, crossing: list[dict]) -> str:
    parts = ["# Speed and memory against forming the inverse", machine_line(machine), EXPLAINED, speed_table(rows)]
    parts += [
        "Largest relative difference of any account from LU in double precision, and peak memory of the process over "
        "the bytes of Z, interpreter and libraries included:",
        quality_table(rows),
        *(mapped_line(N, row) for N, row in large.items()),
    ]
    if monte_carlo:
        parts.append(
            f"Draws: 1,000 of the intensities at 1302 (flows and multipliers) {monte_carlo['intensities']:.2f} s; "
            f"1,000 of every cell of Z at 180 x 180 {monte_carlo['tables']:.2f} s."
        )
    parts += [
        "Where the choice of method turns: processor time on one core to make the system and solve k right-hand sides.",
        crossover_table(crossing),
    ]
    return "\n\n".join(parts) + "\n"


def write(folder: Path, N: int) -> None:
    e = economy(*SIZES[N], path=folder / "Z.npy")
    np.savez(folder / "rest.npz", Y=e.Y, F=e.F, x=e.x)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=[1302, 2604, 9114, 9800], choices=list(REPEATS))
    parser.add_argument("--mapped", type=int, nargs="*", default=[20000], choices=list(SIZES))
    parser.add_argument("--output", type=Path, default=HERE / "results.md")
    parser.add_argument("--task", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.task:
        name, *arguments = options.task
        tasks = {
            "limits": limits,
            "crossover": crossover,
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
    text = report(machine, rows, large, monte_carlo, run("crossover"))
    others = options.output.read_text(encoding="utf-8").partition("\n## ") if options.output.exists() else ("", "", "")
    options.output.write_text(
        text.rstrip("\n") + "\n" + "".join(others[1:]), encoding="utf-8"
    )  # sections of others stay


if __name__ == "__main__":
    main()
