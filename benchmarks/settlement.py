"""How long a register of 100,000 events takes: ``python benchmarks/settlement.py [events] [runs]``.

Writes a register folder (lots, daily prices, certificates, applications, occupancies, monitoring, replacements) to a
temporary place and times three steps apart: reading the CSV sheets, replaying all events, writing all statements.
Both drawing orders run interleaved in one process; the table shows medians of processor time.  Drawing pro rata, every
purchase touches every lot, so it is measured with the 13 lots of one batch; first in, first out with 390.
"""

from __future__ import annotations

import csv
import random
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from mrio.settlement.folder import write_statements
from mrio.settlement.register_files import read_sheets
from mrio.settlement.replaying import replay
from mrio.settlement.rules import Rules
from mrio.settlement.sheets import OWNERS, SHEETS, headers

RULES = {"county": "元谋县", "receipt_prefix": "YM", "developer": "D", "species": ["台湾相思"]}
LOTS = {"fifo": 390, "pro_rata": 13}
FIRST = date(2026, 1, 5)


def write_register(folder: Path, events: int, lots: int) -> None:
    """Write a register of exactly `events` events over three years, nearly half of them settlements."""
    random.seed(20260105)
    certificates = events // 20
    days = 365 * 3
    settled = (events - lots * 2 - days - certificates - 1) // 2
    rest = events - lots * 2 - days - certificates - 1 - settled
    sheets = {name: [] for name in [*SHEETS, "owners"]}
    sheets["factors"] = [[FIRST, "0.5366", "benchmark"]]
    sheets["prices"] = [[FIRST + timedelta(k), f"{90 + random.random() * 20:.2f}", "", ""] for k in range(days)]
    for k in range(lots):
        growth = f"{random.uniform(0.9, 1.0) * 330_000 / lots:.6f}"
        lot = [
            FIRST,
            f"L{k}",
            f"P{k}",
            f"T{k % 3}",
            "台湾相思",
            "2020-01-01",
            "40000",
            "联合开发",
            "2025-12-01",
            "2025-12-20",
        ]
        sheets["lots"].append([*lot, 0, "2026-01-01", growth, "2030-12-31"])
        sheets["owners"] += [[f"P{k}", f"G{k}", "collective", "0.7"], [f"P{k}", "D", "developer", "0.3"]]
        measured = f"{float(growth) * random.uniform(0.9, 1.1):.6f}"
        sheets["monitoring"].append([date(2029, 2, 1), f"L{k}", measured, "benchmark"])
    face = [FIRST, "2028-12-31"]
    sheets["certificates"] = [
        [FIRST, f"C{k}", f"A{k}", "元谋县", "绿电绿证", "5", "MWh", "", *face] for k in range(certificates)
    ]
    for k in range(settled):
        day = FIRST + timedelta(1 + k * (days - 2) // settled)
        offset = ["0.5", f"C{k}"] if k < certificates else ["0", ""]
        sheets["applications"].append(
            [day, f"N{k}", f"A{k}", "benchmark", "0.1", f"{random.uniform(2, 8):.6f}", *offset]
        )
    sheets["occupancies"] = [
        [FIRST + timedelta(days), f"O{k}", f"N{k % settled}", "0.1" if k < settled else "0"] for k in range(rest)
    ]
    for name, rows in sheets.items():
        sheet = OWNERS if name == "owners" else SHEETS[name]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow([column.header for column in sheet.columns])
            writer.writerows(rows)


def timed(step, *arguments):
    """Return the processor time of a step, in seconds (elapsed time on an idle machine), and its result."""
    start = time.process_time()
    result = step(*arguments)
    return time.process_time() - start, result


def main(events: int = 100_000, runs: int = 5) -> None:
    """Time `runs` rounds of both drawing orders and print medians."""
    layout = {n: ([c.header for c in s.columns], headers(s), s.absent) for n, s in {**SHEETS, "owners": OWNERS}.items()}
    seconds: dict[tuple[str, str], list[float]] = {}
    with tempfile.TemporaryDirectory() as place:
        folders = {drawing: Path(place) / drawing for drawing in LOTS}
        for drawing, folder in folders.items():
            folder.mkdir()
            write_register(folder, events, LOTS[drawing])
        for drawing, folder in [*folders.items()] * runs:
            rules = Rules.from_mapping({**RULES, "drawing": drawing})
            read, sheets = timed(read_sheets, folder, layout, ("owners", "lots"))
            played, outcome = timed(replay, sheets, rules)
            assert outcome.refusal is None and outcome.applied == events, outcome.refusal
            wrote, _ = timed(write_statements, outcome, folder / "statements", "both")
            for step, took in (("read", read), ("replay", played), ("write", wrote)):
                seconds.setdefault((drawing, step), []).append(took)
    print(f"{events:,} events, median of {runs} runs, processor seconds")
    for drawing, lots in LOTS.items():
        medians = [statistics.median(seconds[drawing, step]) for step in ("read", "replay", "write")]
        print("{:9} {:4} lots: read {:.2f}, replay {:.2f}, write {:.2f}".format(drawing, lots, *medians))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
