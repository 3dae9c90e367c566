"""Which tests reach which line of ``mrio/``: the quick tests are run once under a tracer, and the answer is kept.

What a fixture of a module or of the session reaches counts for every test that uses it; values kept by
``functools.cache`` are forgotten before every test, so that none is served by the test before it.  Lines that run when
the library is imported, or when tests are gathered, are kept apart: a change of theirs is seen only by a process that
imports anew.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import hashlib
import os
import pickle
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests"
LIBRARY = str(ROOT / "mrio") + os.sep
#: Test files that start other programs, or look at pages and figures.
FAR = ("browser", "dag", "outputs", "project", "release", "slurm", "support")
QUICK = ["-q", "-s", "-m", "not slow and not browser and not pipeline", "-p", "no:cacheprovider", "-n", "0"]


@dataclass
class Reach:
    """What the tests of one file reach: test -> (seconds, lines by module); and the lines run before any test."""

    tests: dict[str, tuple[float, dict[str, frozenset[int]]]] = field(default_factory=dict)
    imported: dict[str, frozenset[int]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)


def test_files() -> list[Path]:
    """Return the test files that mutants are held against."""
    return [path for path in sorted(TESTS.rglob("test_*.py")) if path.parent.name not in FAR]


def caches() -> list:
    """Return the functions whose answers are kept, of the library and of the tests."""
    kept = [each for each in gc.get_objects() if isinstance(each, functools._lru_cache_wrapper)]
    code = [(each, getattr(each.__wrapped__, "__code__", None)) for each in kept]
    return [each for each, of in code if of and of.co_filename.startswith((LIBRARY, str(TESTS)))]


class Recorder:
    """A plugin of pytest that notes the lines every test reaches."""

    def __init__(self):
        self.sinks: list[set[tuple[str, int]]] = [set()]
        self.own: dict[str, set] = {}
        self.seconds: dict[str, float] = defaultdict(float)
        self.fixtures: dict[int, set] = {}
        self.failed: list[str] = []
        self.items: list = []
        self.caches: list = []

    def trace(self, frame, event, arg):
        if not frame.f_code.co_filename.startswith(LIBRARY):
            return None
        self.sinks[-1].add((frame.f_code.co_filename, frame.f_lineno))
        return self.line

    def line(self, frame, event, arg):
        if event == "line":
            self.sinks[-1].add((frame.f_code.co_filename, frame.f_lineno))
        return self.line

    @contextlib.contextmanager
    def into(self, sink: set) -> Iterator[None]:
        self.sinks.append(sink)
        try:
            yield
        finally:
            self.sinks.pop()

    def pytest_collection_finish(self, session):
        self.items, self.caches = list(session.items), caches()

    def pytest_runtest_protocol(self, item, nextitem):
        for cached in self.caches:
            cached.cache_clear()

    def pytest_fixture_setup(self, fixturedef, request):
        return None

    def pytest_runtest_logreport(self, report):
        self.seconds[report.nodeid] += report.duration
        if report.failed:
            self.failed.append(report.nodeid)

    def reach(self) -> Reach:
        out = Reach(imported=by_module(self.sinks[0]), failed=self.failed)
        for item in self.items:
            lines = set(self.own.get(item.nodeid, ()))
            for definitions in item._fixtureinfo.name2fixturedefs.values():
                for definition in definitions:
                    lines |= self.fixtures.get(id(definition), set())
            out.tests[item.nodeid] = self.seconds[item.nodeid], by_module(lines)
        return out


def by_module(lines: set[tuple[str, int]]) -> dict[str, frozenset[int]]:
    """Return the lines by the module they stand in."""
    out: dict[str, set[int]] = defaultdict(set)
    for name, line in lines:
        out[str(Path(name).relative_to(ROOT))].add(line)
    return {name: frozenset(numbers) for name, numbers in out.items()}


def record(path: Path) -> Reach:
    """Return what the tests of a file reach, by running them in this process."""
    import pytest

    class Plugin(Recorder):
        @pytest.hookimpl(wrapper=True)
        def pytest_runtest_protocol(self, item, nextitem):
            super().pytest_runtest_protocol(item, nextitem)
            with self.into(self.own.setdefault(item.nodeid, set())):
                return (yield)

        @pytest.hookimpl(wrapper=True)
        def pytest_fixture_setup(self, fixturedef, request):
            if fixturedef.scope == "function":
                return (yield)
            with self.into(self.fixtures.setdefault(id(fixturedef), set())):
                return (yield)

    recorder = Plugin()
    threading.settrace(recorder.trace)
    sys.settrace(recorder.trace)
    ended = pytest.main([*QUICK, str(path)], plugins=[recorder])
    sys.settrace(None)
    threading.settrace(None)
    reach = recorder.reach()
    if ended not in (0, 1, pytest.ExitCode.NO_TESTS_COLLECTED):
        reach.failed.append(f"{path.name} ({ended!r})")
    return reach


def reaches(jobs: int, kept: Path) -> dict[str, Reach]:
    """Return test file -> what its tests reach; where that and the tests are as before, they are not run again."""
    old: dict[str, tuple[str, Reach]] = pickle.loads(kept.read_bytes()) if kept.exists() else {}
    names = [str(path) for path in test_files()]
    out = {name: old[name] for name in names if name in old and old[name][0] == state(name, old[name][1])}
    waiting, running, started = [name for name in names if name not in out], {}, time.monotonic()
    waiting.sort(key=lambda name: Path(name).stat().st_size)
    while waiting or running:
        while waiting and len(running) < jobs:
            name, part = waiting.pop(), kept.with_suffix(f".{len(waiting)}")
            running[_fork(name, part)] = name, part
        child, _ = os.wait()
        name, part = running.pop(child)
        reach = pickle.loads(part.read_bytes())
        part.unlink()
        out[name] = state(name, reach), reach
        kept.write_bytes(pickle.dumps(out))
    if time.monotonic() - started > 1:
        print(f"what every test reaches: {time.monotonic() - started:.0f} s", flush=True)
    return {name: reach for name, (_, reach) in out.items()}


def state(name: str, reach: Reach) -> str:
    """Return a hash of a test file, of what all tests share, and of the modules its tests reach."""
    reached = {module for _, lines in reach.tests.values() for module in lines}
    shared = [TESTS / "conftest.py", *sorted((TESTS / "support").glob("*.py"))]
    return digest([Path(name), *shared, *(ROOT / module for module in sorted(reached))])


def _fork(name: str, part: Path) -> int:
    child = os.fork()
    if child == 0:
        try:
            silence()
            part.write_bytes(pickle.dumps(record(Path(name))))
        finally:
            os._exit(0)
    return child


def silence() -> None:
    """Send what this process prints to nowhere."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, 1)
    os.dup2(devnull, 2)


def digest(paths: list[Path]) -> str:
    """Return a hash of the files' bytes and names."""
    total = hashlib.sha256()
    for path in paths:
        total.update(str(path).encode() + (path.read_bytes() if path.exists() else b""))
    return total.hexdigest()
