"""Mutation testing: change one operator of the library at a time and see whether the nearest tests notice.

``python benchmarks/mutants.py [--count 300] [--seed 1] [--room equations ...]`` draws mutants of the modules of
``mrio/`` (pages, figures and words aside), runs for each the quick tests that reach its statement, the nearest first,
and prints the score of every room and the survivors.  Which test reaches what is found by running the tests once under
a tracer; that is kept in ``build/`` and made again for what has changed.  Tests that fail on the code as it is would
notice every mutant, so none may.  Nothing is written to the sources.  Mutants listed with their reasons in
``mutants_equivalent.txt`` change nothing that can be observed and do not count.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import time
from collections import Counter

#: A database of failing examples would serve the next mutant what the last one was caught with.
os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = os.path.join(os.devnull, "none")

from mutants_drawn import ROOT, draw
from mutants_nearest import Nearest, in_function
from mutants_reach import TESTS, reaches
from mutants_trial import Trial, verdicts


def preload() -> None:
    """Load what every test needs, but nothing of the library itself."""
    for name in "numpy scipy.linalg scipy.sparse.linalg pandas xarray h5netcdf hypothesis pytest yaml".split():
        importlib.import_module(name)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--room", action="append", default=[], help="part of a path below mrio/; repeatable")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    os.chdir(ROOT)
    sys.path[:0] = [str(ROOT), str(TESTS / "support")]
    preload()
    (ROOT / "build").mkdir(exist_ok=True)
    reached, started = reaches(options.jobs, ROOT / "build" / "mutants_reach.pickle"), time.monotonic()
    if failed := [test for reach in reached.values() for test in reach.failed]:
        sys.exit(f"tests fail on the code as it is: no mutant can be told from it: {', '.join(failed)}")
    nearest = Nearest(reached)
    trials = [Trial(mutant, nearest.tests(mutant)) for mutant in draw(options.room, options.count, options.seed)]
    found: dict[str, Counter[str]] = {}
    for trial, verdict in verdicts(trials, options.jobs, nearest.at_import, in_function):
        mutant = trial.mutant
        found.setdefault(mutant.room, Counter())[verdict] += 1
        if verdict != "noticed":
            told = verdict if trial.tests else "no test"
            print(f"{told:8}  {mutant.module}:{mutant.line}: {mutant.key.partition(': ')[2]}", flush=True)
    for room, counts in [*sorted(found.items()), ("in all", sum(found.values(), Counter()))]:
        noticed, every = counts["noticed"] + counts["timeout"], counts.total()
        print(f"{room:12} {noticed:4} of {every:4} noticed ({noticed / every:.0%}), {counts['timeout']} by time")
    print(f"{time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
