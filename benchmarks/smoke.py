"""A gross regression of the solver, told by the same run's LAPACK: ``python benchmarks/smoke.py``; exits with 1 if so.

All accounts of five stressors of 62 regions x 42 sectors, flows by product included, over one LU factorisation of the
same size in double precision.  Seconds belong to a machine, the ratio hardly does; each counts by its fastest turn.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import numpy as np
from programs import labelled, ours
from scipy.linalg import lu_factor
from tables import economy

#: What the accounts took of LU on two cores, and how much more is a gross regression.
MEASURED, FACTOR = 2.0, 2.0
TURNS = 5


def fastest(work: Callable[[], object]) -> float:
    """Return the seconds of the fastest turn, after one to warm up."""
    taken = []
    for _ in range(TURNS + 1):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken[1:])


def main() -> None:
    made = economy(62, 42)
    table, F = labelled(made)
    matrix = np.eye(made.x.size) - made.Z.reshape(made.x.size, -1) / made.x.ravel()
    accounts, factored = fastest(lambda: ours(table, F, True)), fastest(lambda: lu_factor(matrix))
    ratio = accounts / factored
    print(
        f"accounts of {made.x.size} sectors: {accounts:.2f} s, {ratio:.2f} times one LU of LAPACK (measured {MEASURED})"
    )
    if ratio > FACTOR * MEASURED:
        sys.exit(f"error: that is more than {FACTOR:g} times what was measured: the solver has lost its lead.")


if __name__ == "__main__":
    main()
