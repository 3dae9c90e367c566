"""What each rule took in the last runs (benchmarks/rules/*.tsv) -> workflow/needs.tsv, which jobs on a cluster ask by.

Of several years, jobs or tables of a rule the largest counts: run it after `make` with the default study (and
``--config years=[2012,2017]`` for what several years take).
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
#: What a benchmark's name has beside the rule's.
WILDCARDS = re.compile(r"^\d{4}_|^series_(?=.)|_\d{4}-\d{4}$|(?<=^settlement)_.*|(?<=print_table)\d.*")


def measured(folder: Path) -> pd.DataFrame:
    """Return the largest resident memory (MB) and the longest processor time (seconds) of each rule."""
    rows = [
        {"rule": WILDCARDS.sub("", path.stem), **pd.read_csv(path, sep="\t").iloc[0]} for path in folder.glob("*.tsv")
    ]
    table = pd.DataFrame(rows).rename(columns={"max_rss": "MB", "cpu_time": "seconds"})
    return table.groupby("rule")[["MB", "seconds"]].max().apply(lambda column: column.astype(float).round().astype(int))


if __name__ == "__main__":
    measured(ROOT / "benchmarks" / "rules").to_csv(ROOT / "workflow" / "needs.tsv", sep="\t", lineterminator="\n")
