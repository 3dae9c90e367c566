"""Which tests are held against a mutant: those that reach its statement, the nearest and quickest first."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from functools import cache
from itertools import pairwise
from pathlib import Path

from mutants_drawn import Mutant, modules, parsed
from mutants_reach import Reach

#: Seconds of tests a mutant is worth; what reaches it beyond is left out.
WORTH = 15.0
#: A test whose file imports the module comes before others that take this much less time.
NEAR = 0.3


class Nearest:
    """Chooses the tests of a mutant from what every test file reaches."""

    def __init__(self, reaches: dict[str, Reach]):
        self.reaches = reaches
        self.by_line: dict[tuple[str, int], set[tuple[str, str]]] = defaultdict(set)
        for file, reach in reaches.items():
            for test, (_, lines) in reach.tests.items():
                for module, numbers in lines.items():
                    for number in numbers:
                        self.by_line[module, number].add((file, test))

    def at_import(self, mutant: Mutant) -> bool:
        """Return whether the statement runs when the library is imported or the tests are gathered."""
        lines = statement(mutant)
        return not in_function(mutant) or any(
            not lines.isdisjoint(reach.imported.get(mutant.module, ())) for reach in self.reaches.values()
        )

    def tests(self, mutant: Mutant) -> dict[str, list[str]]:
        """Return test file -> its tests for a mutant, those that import its module and are quick first."""
        lines = {(mutant.module, line) for line in statement(mutant)} if in_function(mutant) else users(mutant)
        found = {one for line in lines for one in self.by_line.get(line, ())}
        pattern = re.compile(rf"(from|import) {re.escape(mutant.dotted)}\b")
        near = {file for file in self.reaches if pattern.search(Path(file).read_text(encoding="utf-8"))}
        if not in_function(mutant):
            found |= {(file, test) for file in near for test in self.reaches[file].tests}
        seconds = {(file, test): self.reaches[file].tests[test][0] for file, test in found}
        out, spent = defaultdict(list), 0.0
        for file, test in sorted(found, key=lambda one: (seconds[one] * (NEAR if one[0] in near else 1.0), one)):
            if spent < WORTH:
                out[file].append(test)
                spent += seconds[file, test]
        return {file: sorted(tests, key=list(self.reaches[file].tests).index) for file, tests in out.items()}


@cache
def parents(module: str) -> dict[ast.AST, ast.AST]:
    """Return node -> the node it stands in."""
    return {inner: outer for outer in ast.walk(parsed(module)) for inner in ast.iter_child_nodes(outer)}


@cache
def nodes(module: str) -> list[ast.AST]:
    return list(ast.walk(parsed(module)))


def above(mutant: Mutant) -> list[ast.AST]:
    """Return the node of a mutant and all it stands in, from the inside out."""
    out = [nodes(mutant.module)[mutant.node]]
    while out[-1] in parents(mutant.module):
        out.append(parents(mutant.module)[out[-1]])
    return out


def in_function(mutant: Mutant) -> bool:
    """Return whether the node stands in the body of a function, not among its defaults or decorators."""
    chain = above(mutant)
    return any(
        isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef) and inner in outer.body
        for inner, outer in pairwise(chain)
    )


def statement(mutant: Mutant) -> set[int]:
    """Return the lines of the statement of a mutant; of a statement with a body, those of its head."""
    node = next(node for node in above(mutant) if isinstance(node, ast.stmt))
    body = getattr(node, "body", None)
    end = max(node.lineno, body[0].lineno - 1) if isinstance(body, list) and body else node.end_lineno
    return set(range(node.lineno, end + 1))


def names_bound(node: ast.AST) -> set[str]:
    """Return the names a statement gives to something."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {node.name}
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store)}


@cache
def mentions() -> dict[str, set[tuple[str, int]]]:
    """Return name -> lines of the library where it is read."""
    out: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for module in modules():
        for node in nodes(module):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                out[node.id].add((module, node.lineno))
            elif isinstance(node, ast.Attribute):
                out[node.attr].add((module, node.lineno))
    return out


def users(mutant: Mutant) -> set[tuple[str, int]]:
    """Return the lines that use what a statement outside functions gives a name, by other such statements too."""
    chain = above(mutant)
    names = names_bound(chain[-2]) | {
        name for node in chain if isinstance(node, ast.stmt) for name in names_bound(node)
    }
    top = [node for node in parsed(mutant.module).body if not isinstance(node, ast.Import | ast.ImportFrom)]
    for _ in range(3):
        for node in top:
            read = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
            if not isinstance(node, ast.FunctionDef | ast.ClassDef) and not names.isdisjoint(read):
                names |= names_bound(node)
    lines = {line for name in names for line in mentions().get(name, ())}
    for node in chain:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            lines |= {(mutant.module, line) for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)}
    return lines
