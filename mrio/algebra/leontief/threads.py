"""How many cores a solve may use, and how it uses them.

Sweeps over the bands of a table are shared out in large pieces among a few threads, each of which calls BLAS on one
core: never more than the caller allowed.  Factorisations, and the solves and residuals that go with them, are few large
calls and are left to the threads of SciPy's BLAS; numpy's has threads of its own, and two such sets compete.

Without threadpoolctl (the library alone, without its extras) BLAS cannot be held: work is not shared out.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, nullcontext
from functools import cache

import numpy as np
import scipy.linalg.lapack  # noqa: F401  (loads SciPy's BLAS, so that the controller below sees it)

try:
    from threadpoolctl import ThreadpoolController
except ModuleNotFoundError:
    ThreadpoolController = None

#: Systems below this many sectors are solved on one core: the meeting of threads would take longer than the work.
SMALL = 400


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()


@cache
def _pool(threads: int) -> ThreadPoolExecutor:
    """Return threads that are kept: new ones would first have to find memory for everything they do."""
    return ThreadPoolExecutor(threads, thread_name_prefix="leontief")


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_pool.cache_clear)


def allowed() -> int:
    """Return how many cores this process may use: what BLAS was given, and never more than the machine grants.

    BLAS takes its number from ``OMP_NUM_THREADS`` or ``OPENBLAS_NUM_THREADS`` (Snakemake sets them to the
    rule's ``threads``) or from an enclosing ``threadpoolctl.threadpool_limits``.
    """
    if ThreadpoolController is None:
        return 1
    blas = [lib["num_threads"] for lib in _controller().info() if lib["user_api"] == "blas"]
    granted = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min([granted, *blas]))


def one_core() -> AbstractContextManager:
    """Hold BLAS to one core: for many small calls, or while each thread makes its own."""
    return nullcontext() if ThreadpoolController is None else _controller().limit(limits=1, user_api="blas")


def cores_for(size: int) -> AbstractContextManager:
    """Hold BLAS to one core if the matrices of this many rows are too small to be worth a second."""
    return one_core() if size < SMALL else nullcontext()


class Team:
    """The allowed cores as a ``with`` block, inside which BLAS is held to one core.

    Attributes
    ----------
    threads : int
    """

    def __enter__(self) -> Team:
        self.threads = allowed()
        self._held = ExitStack()
        self._held.enter_context(one_core())
        return self

    def __exit__(self, *error: object) -> None:
        self._held.close()

    def map(self, work: Callable, *pieces: list) -> list:
        """Return ``[work(*p) for p in zip(*pieces)]``, shared out."""
        alone = self.threads == 1 or len(pieces[0]) < 2
        return list(map(work, *pieces) if alone else _pool(self.threads).map(work, *pieces))

    def split(self, work: Callable[[int, int], None], size: int) -> None:
        """Call work(start, stop) for ranges that make up 0 to size; two a core, so that a late one can be helped."""
        parts = 1 if self.threads == 1 else min(2 * self.threads, max(size, 1))
        edges = np.linspace(0, size, parts + 1).astype(int).tolist()
        self.map(work, edges[:-1], edges[1:])
