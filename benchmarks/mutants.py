"""Mutation testing: change one operator of the library at a time and see whether the nearest tests notice.

``python benchmarks/mutants.py [--count 300] [--seed 1] [--room equations ...]`` draws mutants of the modules of
``mrio/`` (pages, figures and words aside), runs for each the test files that import its module, and prints the score
of every room and the survivors; tests that fail on the code as it is would notice every mutant, so they are run first
(``--trust`` leaves that out).  A process that has loaded numpy, pandas, xarray and pytest once is forked for every
mutant; nothing is written to the sources.  Mutants listed in ``mutants_equivalent.txt`` change nothing that can be
observed and do not count.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib.abc
import importlib.util
import os
import random
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests"
EQUIVALENT = Path(__file__).with_name("mutants_equivalent.txt")
#: Rooms and modules whose output is looked at, not computed.
ASIDE = (
    "mrio/outputs/",
    "mrio/words/",
    "mrio/cli/",
    "mrio/review/",
    "mrio/forests/plots.py",
    "mrio/settlement/chart.py",
)
#: Test files that start other programs, or take longer than a mutant is worth.
FAR = ("dag", "browser", "project", "outputs")
#: Seconds after which a mutant that loops for ever counts as noticed.
TIME_LIMIT = 180
#: Keywords that only guard against mistakes of the caller: ``zip(strict=True)``.
GUARDS = ("strict", "kw_only", "frozen", "show_default")
SWAPS = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.MatMult: ast.Mult,
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One change: the node of a module by its number in the walk, its line, and what becomes of it."""

    module: str
    node: int
    line: int
    text: str
    change: str

    @property
    def key(self) -> str:
        return f"{self.module}: {self.text} [{self.change}]"

    @property
    def room(self) -> str:
        """The part of the library it stands in; modules beside the rooms are one."""
        parts = self.module.split("/")
        return parts[1] if len(parts) > 2 else "beside"


def changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Yield what a node can become: (name, changed copy)."""
    changed = copy.deepcopy(node)
    operator = getattr(node, "op", None) or (
        node.ops[0] if isinstance(node, ast.Compare) and len(node.ops) == 1 else None
    )
    swap = SWAPS.get(type(operator))
    if swap and isinstance(node, ast.Compare):
        changed.ops = [swap()]
    elif swap:
        changed.op = swap()
    if swap:
        yield f"{type(operator).__name__} -> {swap.__name__}", changed
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.Not | ast.Invert):
        yield f"drop {type(node.op).__name__}", changed.operand
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        changed.value = not node.value
        yield f"{node.value} -> {changed.value}", changed
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        changed.value = node.value + 1
        yield f"{node.value} -> {changed.value}", changed
    elif isinstance(node, ast.If | ast.IfExp):
        changed.test = ast.UnaryOp(ast.Not(), changed.test)
        yield "negate if", changed


def skipped(tree: ast.Module) -> set[int]:
    """Return the nodes that are no computation: annotations, messages, decorators, guards that sound input passes."""
    out: set[int] = set()
    for node in ast.walk(tree):
        parts = [
            getattr(node, "annotation", None),
            getattr(node, "returns", None),
            *getattr(node, "decorator_list", []),
        ]
        parts += [node] if isinstance(node, ast.JoinedStr | ast.Raise) else []
        parts += [node] if isinstance(node, ast.keyword) and node.arg in GUARDS else []
        for part in filter(None, parts):
            out |= {id(inner) for inner in ast.walk(part)}
    return out


def mutants_of(path: Path) -> list[Mutant]:
    """Return every mutant of a module."""
    source = path.read_text(encoding="utf-8")
    tree, lines, found = ast.parse(source), source.splitlines(), []
    out = skipped(tree)
    for number, node in enumerate(ast.walk(tree)):
        if id(node) in out or not hasattr(node, "lineno"):
            continue
        for name, _ in changes(node):
            found.append(Mutant(str(path.relative_to(ROOT)), number, node.lineno, lines[node.lineno - 1].strip(), name))
    return found


def mutated(mutant: Mutant) -> ast.Module:
    """Return the tree of the module with the change made."""
    tree = ast.parse((ROOT / mutant.module).read_text(encoding="utf-8"))
    target = list(ast.walk(tree))[mutant.node]
    new = next(changed for name, changed in changes(target) if name == mutant.change)
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if value is target:
                setattr(parent, field, new)
            elif isinstance(value, list) and any(item is target for item in value):
                value[:] = [new if item is target else item for item in value]
    return ast.fix_missing_locations(tree)


def nearest_tests(module: str) -> list[str]:
    """Return the test files that import a module, or those of its room; the shortest first."""
    dotted = module.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    files = [path for path in sorted(TESTS.rglob("test_*.py")) if path.parent.name not in FAR]
    pattern = re.compile(rf"(from|import) {re.escape(dotted)}\b")
    near = [path for path in files if pattern.search(path.read_text(encoding="utf-8"))]
    room = [path for path in files if path.parent.name == module.split("/")[1]]
    return [str(path) for path in sorted({*near, *(room if len(near) < 2 else [])}, key=lambda p: p.stat().st_size)]


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports the changed tree in place of one module."""

    def __init__(self, mutant: Mutant):
        self.path = ROOT / mutant.module
        self.name = mutant.module.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        self.tree = mutated(mutant)

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


def start(mutant: Mutant | None, tests: list[str]) -> int:
    """Return the process that runs the tests on a mutant."""
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        _child(mutant, tests)
    return child


def sound(chosen: list[Mutant]) -> bool:
    """Return whether the tests of the mutants pass on the code as it is."""
    files = {name: None for mutant in chosen for name in nearest_tests(mutant.module)}
    return os.waitstatus_to_exitcode(os.waitpid(start(None, list(files)), 0)[1]) == 0


def verdicts(chosen: list[Mutant], jobs: int) -> Iterator[tuple[Mutant, str]]:
    """Yield every mutant with ``noticed``, ``survived`` or ``timeout``, `jobs` processes at a time."""
    waiting, running = list(reversed(chosen)), {}
    while waiting or running:
        while waiting and len(running) < jobs:
            mutant = waiting.pop()
            running[start(mutant, nearest_tests(mutant.module))] = mutant, time.monotonic()
        time.sleep(0.02)
        for child, (mutant, since) in list(running.items()):
            done, status = os.waitpid(child, os.WNOHANG)
            late = time.monotonic() - since > TIME_LIMIT
            if late and not done:
                os.killpg(child, signal.SIGKILL)
                os.waitpid(child, 0)
            if done or late:
                del running[child]
                survived = bool(done) and os.waitstatus_to_exitcode(status) == 0
                yield mutant, "survived" if survived else "noticed" if done else "timeout"


def _child(mutant: Mutant | None, tests: list[str]) -> None:
    import pytest

    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, 1)
    os.dup2(devnull, 2)
    code = 1
    try:
        if mutant is not None:
            sys.meta_path.insert(0, Finder(mutant))
        quick = ["-m", "not slow and not browser and not pipeline", "-p", "no:cacheprovider", "-n", "0"]
        code = pytest.main(["-x", "-q", *quick, *tests])
    finally:
        os._exit(int(code))


def preload() -> None:
    """Load what every test needs, but nothing of the library itself."""
    for name in (
        "numpy",
        "scipy.linalg",
        "scipy.sparse.linalg",
        "pandas",
        "xarray",
        "h5netcdf",
        "hypothesis",
        "pytest",
        "yaml",
    ):
        importlib.import_module(name)


def draw(rooms: list[str], count: int, seed: int) -> list[Mutant]:
    """Return a random sample of the mutants, those that change nothing aside."""
    known = set(EQUIVALENT.read_text(encoding="utf-8").splitlines()) if EQUIVALENT.exists() else set()
    paths = [
        path for path in sorted((ROOT / "mrio").rglob("*.py")) if not str(path.relative_to(ROOT)).startswith(ASIDE)
    ]
    paths = [path for path in paths if not rooms or any(room in str(path.relative_to(ROOT)) for room in rooms)]
    pool = [mutant for path in paths for mutant in mutants_of(path) if mutant.key not in known]
    return sorted(random.Random(seed).sample(pool, min(count, len(pool))), key=lambda m: (m.module, m.line))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--room", action="append", default=[], help="part of a path below mrio/; repeatable")
    parser.add_argument("--trust", action="store_true", help="do not run the tests on the code as it is first")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    os.chdir(ROOT)
    sys.path[:0] = [str(ROOT), str(TESTS / "support")]
    preload()
    chosen, started = draw(options.room, options.count, options.seed), time.monotonic()
    if not (options.trust or sound(chosen)):
        sys.exit("tests fail on the code as it is: no mutant can be told from it; run 'make quick'")
    found: dict[str, Counter[str]] = {}
    for mutant, verdict in verdicts(chosen, options.jobs):
        found.setdefault(mutant.room, Counter())[verdict] += 1
        if verdict != "noticed":
            print(f"{verdict:8}  {mutant.module}:{mutant.line}: {mutant.text}  [{mutant.change}]", flush=True)
    for room, counts in [*sorted(found.items()), ("in all", sum(found.values(), Counter()))]:
        noticed, every = counts.total() - counts["survived"], counts.total()
        print(f"{room:12} {noticed:4} of {every:4} noticed ({noticed / every:.0%}), {counts['timeout']} by time")
    print(f"{time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
