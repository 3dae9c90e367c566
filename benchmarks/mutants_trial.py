"""Holds mutants against their tests, one process for each.

Most are tried in forks of one process that has gathered the tests: the function that is changed is given its new code
there.  What runs when the library is imported is tried in a process that imports the changed module anew.
"""

from __future__ import annotations

import gc
import importlib.abc
import importlib.util
import os
import shutil
import signal
import sys
import tempfile
import time
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from mutants_drawn import ROOT, Mutant, mutated
from mutants_reach import QUICK, caches, silence

#: Seconds after which a mutant that loops for ever counts as noticed.
TIME_LIMIT = 120
#: How a process ends that could not try its mutant.
BROKEN = 70
VERDICTS = {0: "survived", BROKEN: "broken"}


@dataclass(frozen=True)
class Trial:
    """A mutant and the tests it is held against: test file -> tests."""

    mutant: Mutant
    tests: dict[str, list[str]]

    @property
    def names(self) -> list[str]:
        return [test for tests in self.tests.values() for test in tests]


def pool(trials: list[Trial], jobs: int, run: Callable[[Trial], None]) -> Iterator[tuple[int, str]]:
    """Yield (number of the trial, verdict), every trial in a fork of this process, `jobs` at a time.

    `run` returns when the tests pass on the mutant and ends the process when they do not.
    """
    waiting, running = list(range(len(trials)))[::-1], {}
    while waiting or running:
        while waiting and len(running) < jobs:
            number, folder = waiting.pop(), tempfile.mkdtemp(prefix="mutant")
            child = os.fork()
            if child == 0:
                _child(trials[number], run, folder)
            running[child] = number, folder, time.monotonic()
        time.sleep(0.005)
        for child, (number, folder, since) in list(running.items()):
            done, status = os.waitpid(child, os.WNOHANG)
            late = time.monotonic() - since > TIME_LIMIT
            if late and not done:
                os.killpg(child, signal.SIGKILL)
                os.waitpid(child, 0)
            if done or late:
                del running[child]
                shutil.rmtree(folder, ignore_errors=True)
                yield number, VERDICTS.get(os.waitstatus_to_exitcode(status), "noticed") if done else "timeout"


def _child(trial: Trial, run: Callable[[Trial], None], folder: str) -> None:
    code = BROKEN
    try:
        os.setpgid(0, 0)
        os.environ["PYTEST_DEBUG_TEMPROOT"] = folder
        silence()
        run(trial)
        code = 0
    finally:
        os._exit(code)


class Server:
    """A plugin of pytest: in place of the tests gathered it runs, in a fork for each, the trials."""

    def __init__(self, trials: list[Trial], jobs: int, report: Callable[[int, str], None]):
        self.trials, self.jobs, self.report = trials, jobs, report
        self.failing = False

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = {item.nodeid: item for item in session.items}
        self.caches = caches()
        self.functions: dict[tuple[str, str, int], list] = {}
        for function in gc.get_objects():
            if isinstance(function, types.FunctionType):
                code = function.__code__
                key = code.co_filename, code.co_qualname, code.co_firstlineno
                self.functions.setdefault(key, []).append(function)
        gc.freeze()
        for number, verdict in pool(self.trials, self.jobs, self.run):
            self.report(number, verdict)
        return True

    def run(self, trial: Trial) -> None:
        """Run the tests of a trial in this process, which ends with the first that fails."""
        self.failing = True
        patch(trial.mutant, self.functions)
        for cached in self.caches:
            cached.cache_clear()
        items = [self.items[name] for name in trial.names]
        for item, following in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if self.failing and report.failed:
            os._exit(1)


def outer_functions(code: types.CodeType) -> Iterator[types.CodeType]:
    """Yield the functions of a module and of its classes, not those within functions."""
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            if inner.co_flags & 0x2:  # CO_NEWLOCALS: a function; the body of a class has names of its own
                yield inner
            else:
                yield from outer_functions(inner)


def patch(mutant: Mutant, functions: dict[tuple[str, str, int], list]) -> None:
    """Give the function that is changed its new code."""
    path = str(ROOT / mutant.module)
    new = outer_functions(compile(mutated(mutant), path, "exec"))
    old = outer_functions(compile((ROOT / mutant.module).read_text(encoding="utf-8"), path, "exec"))
    changed = [code for code, before in zip(new, old, strict=True) if code != before]
    for code in changed:
        for function in functions[path, code.co_qualname, code.co_firstlineno]:
            function.__code__ = code


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports the changed tree in place of one module."""

    def __init__(self, mutant: Mutant):
        self.path, self.name, self.tree = ROOT / mutant.module, mutant.dotted, mutated(mutant)

    def find_spec(self, fullname, path=None, target=None):
        if fullname != self.name:
            return None
        package = self.path.name == "__init__.py"
        return importlib.util.spec_from_file_location(
            fullname, self.path, loader=self, submodule_search_locations=[str(self.path.parent)] if package else None
        )

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        exec(compile(self.tree, str(self.path), "exec"), module.__dict__)


def run_imported(trial: Trial) -> None:
    """Run the tests of a trial in this process, into which the changed module is imported."""

    class Chosen:
        def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
            items[:] = [item for item in items if item.nodeid in names]

    names = set(trial.names)
    sys.meta_path.insert(0, Finder(trial.mutant))
    if pytest.main(["-x", *QUICK, *trial.tests], plugins=[Chosen()]) not in (0, pytest.ExitCode.NO_TESTS_COLLECTED):
        os._exit(1)


def in_place(trials: list[Trial], jobs: int) -> Iterator[tuple[int, str]]:
    """Yield the verdicts on mutants of functions' bodies."""
    files = sorted({file for trial in trials for file in trial.tests})
    reading, writing = os.pipe()
    server = os.fork()
    if server == 0:
        try:
            silence()
            report = Server(trials, jobs, lambda n, verdict: os.write(writing, f"{n} {verdict}\n".encode()) and None)
            pytest.main([*QUICK, *files], plugins=[report])
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as lines:
        for line in lines:
            number, verdict = line.split()
            yield int(number), verdict
    os.waitpid(server, 0)


def verdicts(trials: list[Trial], jobs: int, at_import: Callable[[Mutant], bool], in_function: Callable) -> Iterator:
    """Yield (trial, verdict) of every trial; by import what is imported and survives, or is not there, in place."""
    again = []
    quick = [trial for trial in trials if in_function(trial.mutant) and trial.tests]
    for number, verdict in in_place(quick, jobs) if quick else ():
        if verdict == "broken" or (verdict == "survived" and at_import(quick[number].mutant)):
            again.append(quick[number])
        else:
            yield quick[number], verdict
    again += [trial for trial in trials if not in_function(trial.mutant) and trial.tests]
    for number, verdict in pool(again, jobs, run_imported):
        yield again[number], verdict
    for trial in trials:
        if not trial.tests:
            yield trial, "survived"
