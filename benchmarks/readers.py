"""How long tables take to read and write: ``python benchmarks/readers.py``.

Writes a full 31 x 42 workbook in the published layout (with xlsxwriter, cells as Excel stores them) and its other
forms, reads each several times in turn after one warm-up, and prints a Markdown table of medians; the official
provincial workbooks are timed where $MRIO_DATA or ../shared/data has them.  CPU time stands beside wall time: on a busy
machine it is the one to compare.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import xlsxwriter

from mrio.formats.any_table import read_table
from mrio.formats.long_csv import write_long_csv
from mrio.formats.matrix_csv import write_matrix_csv
from mrio.formats.netcdf import write_netcdf
from mrio.formats.pymrio_folder import write_pymrio_folder
from mrio.formats.workbooks.provincial_folder import read_provincial_tables
from mrio.table.interregional import Table
from mrio.table.validation.gate import validate

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))

from workbooks import Published, published_table  # noqa: E402

#: Task -> seconds it may take.
TARGETS = {
    "workbook .xlsx": 2.5,
    "canonical netCDF": 0.2,
    "31 official .xls of 2017": 1.0,
    "31 official .xls of 2012": 1.0,
}


def full_table() -> Table:
    """Return a balanced 31 x 42 table whose values have two decimals, as estimates have."""
    table = published_table("42")
    return Table(table.data.map(lambda v: np.round(v * 1.37, 2), keep_attrs=True))


def write_workbook(table: Table, path: Path) -> Path:
    """Write the table in the layout of 2017 as a spreadsheet program would."""
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("English_Version")
    for number, row in enumerate(Published(table, cells=True).rows()):
        sheet.write_row(number, 0, ["" if cell is None else cell for cell in row])
    book.close()
    return path


def timed(tasks: dict[str, Callable], repeats: int) -> dict[str, tuple[float, float]]:
    """Return median wall and CPU seconds of every task; the tasks take turns."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in tasks}
    for turn in range(repeats + 1):
        for name, task in tasks.items():
            wall, cpu = time.perf_counter(), time.process_time()
            task()
            if turn:
                taken[name].append((time.perf_counter() - wall, time.process_time() - cpu))
    return {name: tuple(map(statistics.median, zip(*pairs, strict=True))) for name, pairs in taken.items()}


def main() -> None:
    """Time every reader and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=5)
    repeats = parser.parse_args().repeats
    data = Path(os.environ.get("MRIO_DATA", ROOT.parent / "shared" / "data")) / "provincial_io"
    with tempfile.TemporaryDirectory() as name:
        folder, table = Path(name), full_table()
        workbook = write_workbook(table, folder / "t.xlsx")
        files = {
            "canonical netCDF": (write_netcdf(table, folder / "t.nc"), "netcdf"),
            "matrix CSV": (write_matrix_csv(table, folder / "t.csv"), "matrix-csv"),
            "long CSV": (write_long_csv(table, folder / "l.csv"), "long-csv"),
            "pymrio folder": (write_pymrio_folder(table, folder / "p"), "pymrio"),
        }
        tasks = {"workbook .xlsx": lambda: read_table(workbook, "ceads-2017")}
        tasks |= {what: (lambda path=path, form=form: read_table(path, form)) for what, (path, form) in files.items()}
        for year in (2017, 2012):
            if (data / str(year)).is_dir():
                tasks[f"31 official .xls of {year}"] = lambda year=year: read_provincial_tables(data / str(year), year)
        tasks["validation of a 31 x 42 table"] = lambda: validate(table)
        tasks["write canonical netCDF"] = lambda: write_netcdf(table, folder / "w.nc")
        taken = timed(tasks, repeats)
        size = {"workbook .xlsx": workbook, **{what: path for what, (path, _) in files.items()}}
        print("| task | size, MB | wall, s | CPU, s | target, s |\n| --- | ---: | ---: | ---: | ---: |")
        for what, (wall, cpu) in taken.items():
            path = size.get(what)
            parts = [] if path is None else [path] if path.is_file() else [p for p in path.rglob("*") if p.is_file()]
            megabytes = f"{sum(p.stat().st_size for p in parts) / 1e6:.1f}" if parts else ""
            print(f"| {what} | {megabytes} | {wall:.2f} | {cpu:.2f} | {TARGETS.get(what, '')} |")


if __name__ == "__main__":
    main()
