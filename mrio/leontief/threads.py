"""How many cores a solve may use, and how it uses them.

Right-hand sides are independent, so they are shared out among a few threads and each thread calls BLAS on
one core.  That needs no meeting point inside a solve (BLAS threads meet several thousand times, and stand
still whenever another job holds one of the cores) and never runs more threads than the caller allowed.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from functools import cache

import numpy as np
import scipy.linalg.lapack  # noqa: F401  (loads SciPy's BLAS, so that the controller below sees it)
from threadpoolctl import ThreadpoolController

#: Rows that are worth a thread of their own: with fewer, reading Z is what takes the time, and BLAS shares that better.
LEAST = 8

#: Systems below this many sectors are solved on one core: the meeting of threads would take longer than the work.
SMALL = 400


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()


def allowed() -> int:
    """Cores this process may use: what BLAS was given, and never more than the machine grants.

    BLAS takes its number from ``OMP_NUM_THREADS`` or ``OPENBLAS_NUM_THREADS`` (Snakemake sets them to the
    rule's ``threads``) or from an enclosing ``threadpoolctl.threadpool_limits``.
    """
    blas = [lib["num_threads"] for lib in _controller().info() if lib["user_api"] == "blas"]
    granted = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min([granted, *blas]))


def one_core() -> AbstractContextManager:
    """Hold BLAS to one core: for many small calls, or while each thread makes its own."""
    return _controller().limit(limits=1, user_api="blas")


def cores_for(size: int) -> AbstractContextManager:
    """Hold BLAS to one core if the matrices of this many rows are too small to be worth a second."""
    return one_core() if size < SMALL else nullcontext()


def by_rows(work: Callable[..., np.ndarray], most: int, *arrays: np.ndarray) -> np.ndarray:
    """Apply `work` to the rows of one or more matrices, `most` rows at a time, on all allowed cores.

    Parameters
    ----------
    work : callable
        Takes as many arrays (k, N) and returns one (k, N).  It may call numpy's products but nothing of LAPACK,
        which SciPy's wrappers do not let two threads enter safely.
    most : int
        Largest number of rows a call of `work` gets.
    arrays : ndarray (K, N)
    """
    threads, rows = allowed(), len(arrays[0])
    parts = min(max(-(-rows // most), min(threads, rows // LEAST), 1), max(rows, 1))
    pieces = [np.array_split(a, parts) for a in arrays]
    if parts == 1:
        return work(*arrays)
    if threads == 1:
        with one_core():
            return np.concatenate([work(*piece) for piece in zip(*pieces, strict=True)])
    with one_core(), ThreadPoolExecutor(threads) as pool:
        return np.concatenate(list(pool.map(work, *pieces)))
