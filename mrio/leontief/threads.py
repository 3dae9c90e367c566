"""How many cores a solve may use, and how it uses them.

Work is shared out in large pieces among a few threads, each of which calls BLAS on one core.  They hardly ever meet
(BLAS's own threads meet thousands of times a solve, and stand still whenever another job holds one of the cores), are
never more than the caller allowed, and do not compete with the two sets of threads that numpy's and SciPy's BLAS keep.
Only numpy's products may be called so; SciPy's wrappers of LAPACK are not safe to enter twice.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
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


@cache
def _pool(threads: int) -> ThreadPoolExecutor:
    """Threads that are kept: new ones would first have to find memory for everything they do."""
    return ThreadPoolExecutor(threads, thread_name_prefix="leontief")


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_pool.cache_clear)


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


@contextmanager
def team() -> Iterator[Callable[..., list]]:
    """Give ``spread(work, *pieces)``: a map over pieces on all allowed cores, ``spread.threads`` of them.

    BLAS is held to one core throughout.
    """
    threads = allowed()

    def spread(work: Callable, *pieces: list) -> list:
        few = threads == 1 or len(pieces[0]) < 2
        return list(map(work, *pieces) if few else _pool(threads).map(work, *pieces))

    spread.threads = threads
    with one_core():
        yield spread


def by_rows(work: Callable[..., np.ndarray], *arrays: np.ndarray) -> np.ndarray:
    """Apply `work` to the rows of one or more matrices, shared out among all allowed cores.

    Parameters
    ----------
    work : callable
        Takes as many arrays (k, N) and returns one (k, N).
    arrays : ndarray (K, N)
    """
    parts = max(min(allowed(), len(arrays[0]) // LEAST), 1)
    if parts == 1:
        return work(*arrays)
    with team() as spread:
        return np.concatenate(spread(work, *(np.array_split(a, parts) for a in arrays)))
