"""A folder of text files of 49 regions x 200 sectors (9,800 rows, as pymrio writes it): time and memory of reading.

``python benchmarks/text_folder.py`` writes made-up flows into a temporary folder in one process and reads them in
another.  Z takes .77 GB in memory and .87 GB as text.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from mrio.formats.any_table import read_table
from mrio.formats.pymrio_text import table_parameters, write_column, write_json, write_matrix

REGIONS, SECTORS = 49, 200
#: What the peak may be above the imports, in bytes per byte of Z.
LIMIT = 1.2


def write(folder: Path) -> None:
    """Write random flows of the wanted size, a row at a time."""
    rng = np.random.default_rng(49)
    regions = [f"R{r:02d}" for r in range(REGIONS)]
    products = [(r, f"S{i:03d}") for r in regions for i in range(SECTORS)]
    row, column = ("region", "sector"), ("region", "category")
    flows = (rng.lognormal(0, 2, len(products)).round(6) for _ in products)
    write_matrix(folder / "Z.txt", row, products, row, products, flows)
    finals = [(r, "final") for r in regions]
    write_matrix(
        folder / "Y.txt", row, products, column, finals, rng.lognormal(3, 2, (len(products), REGIONS)).round(6)
    )
    write_column(folder / "unit.txt", row, products, "unit", ["M EUR"] * len(products))
    files = table_parameters(Z=(2, 2), Y=(2, 2), unit=(2, 1))
    write_json(folder / "file_parameters.json", {"files": files, "systemtype": "IOSystem"})
    write_json(folder / "metadata.json", {})


def read(folder: Path) -> None:
    """Read the folder; print the time, and the peak of memory above the imports by the size of Z."""
    before, begun = _peak(), time.perf_counter()
    table = read_table(folder, "pymrio", 2017, checked=False)
    ratio = (_peak() - before) / table.Z.nbytes
    text, took = (folder / "Z.txt").stat().st_size / 1e9, time.perf_counter() - begun
    print(f"{len(table.Z) * SECTORS} rows, {text:.2f} GB of text: {took:.1f} s, peak {ratio:.2f} x Z")
    sys.exit(0 if ratio <= LIMIT else f"the peak is above {LIMIT} x Z")


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    if len(sys.argv) == 3:
        {"write": write, "read": read}[sys.argv[1]](Path(sys.argv[2]))
    else:
        with tempfile.TemporaryDirectory() as place:
            for step in ("write", "read"):
                subprocess.run([sys.executable, __file__, step, place], check=True)
