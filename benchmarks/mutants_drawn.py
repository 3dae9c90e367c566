"""The mutants of the library: what one operator, number, truth value or condition can become."""

from __future__ import annotations

import ast
import copy
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
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
#: Keywords that guard against mistakes of the caller, or say how a text is set and where a warning points.
GUARDS = ("strict", "kw_only", "frozen", "show_default", "stacklevel", "indent")
#: Conditions of what runs only as a program, or is read by the type checker alone.
NOT_RUN = ("__name__ == '__main__'", "TYPE_CHECKING")
#: Numbers of rows, bytes, threads and sweeps that say how long something takes, not what comes of it: one more of them.
TUNING = (
    "LEAST", "SMALL", "STEPS", "SINGLE_FROM", "DENSE_UP_TO", "_ROWS", "SWEEPS", "MOST_SWEEPS", "NEWTON",
    "PATIENCE", "_TOLD_FROM",
)  # fmt: skip
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
    again: int = 1  #: the same change of the same text of a module, counted from one

    @property
    def key(self) -> str:
        again = f" ({self.again})" if self.again > 1 else ""
        return f"{self.module}: {self.text} [{self.change}]{again}"

    @property
    def room(self) -> str:
        """The part of the library it stands in; modules beside the rooms are one."""
        parts = self.module.split("/")
        return parts[1] if len(parts) > 2 else "beside"

    @property
    def dotted(self) -> str:
        return self.module.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


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
        parts += [node] if isinstance(node, ast.If) and ast.unparse(node.test) in NOT_RUN else []
        for part in filter(None, parts):
            out |= {id(inner) for inner in ast.walk(part)}
        out |= {id(inner) for inner in same_anyhow(node)}
    for node in (node for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign)):
        out |= {id(inner) for inner in ast.walk(node) if _tuning(node, inner)}
    return out


def _tuning(statement: ast.Assign | ast.AnnAssign, node: ast.AST) -> bool:
    """Return whether a node is a whole number of at least ten that a name of :data:`TUNING` is given."""
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    names = {inner.id for target in targets for inner in ast.walk(target) if isinstance(inner, ast.Name)}
    number = isinstance(node, ast.Constant) and isinstance(node.value, int) and node.value >= 10
    return number and not names.isdisjoint(TUNING)


def same_anyhow(node: ast.AST) -> Iterator[ast.AST]:
    """Yield nodes whose change gives the same: numpy takes any negative extent as the one to be found, and at zero
    both branches of ``where(x > 0, x, 0)`` are zero."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return
    if node.func.attr == "reshape":
        extents = [arg for arg in node.args if isinstance(arg, ast.UnaryOp) and isinstance(arg.op, ast.USub)]
        yield from (extent.operand for extent in extents)
    if node.func.attr == "where" and len(node.args) in (2, 3):
        value = node.args[1] if len(node.args) == 3 else node.func.value
        test, other = node.args[0], node.args[-1]
        zeros = isinstance(test, ast.Compare) and [
            ast.unparse(each) in ("0", "0.0") for each in (*test.comparators, other)
        ]
        if zeros == [True, True] and ast.unparse(test.left) == ast.unparse(value):
            yield test


@cache
def parsed(module: str) -> ast.Module:
    """Return the syntax tree of a module; no one changes it."""
    return ast.parse((ROOT / module).read_text(encoding="utf-8"))


def mutants_of(module: str) -> list[Mutant]:
    """Return every mutant of a module."""
    tree, lines = parsed(module), (ROOT / module).read_text(encoding="utf-8").splitlines()
    out, found, seen = skipped(tree), [], Counter()
    for number, node in enumerate(ast.walk(tree)):
        if id(node) in out or not hasattr(node, "lineno"):
            continue
        for name, _ in changes(node):
            text = lines[node.lineno - 1].strip()
            seen[text, name] += 1
            found.append(Mutant(module, number, node.lineno, text, name, seen[text, name]))
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


def modules() -> list[str]:
    """Return the modules of the library that compute."""
    paths = [str(path.relative_to(ROOT)) for path in sorted((ROOT / "mrio").rglob("*.py"))]
    return [path for path in paths if not path.startswith(ASIDE)]


def equivalents() -> dict[str, str]:
    """Return the mutants that change nothing to be observed, each with its reason, which stands after ``  # ``."""
    lines = EQUIVALENT.read_text(encoding="utf-8").splitlines() if EQUIVALENT.exists() else []
    entries = [line.rpartition("  # ") for line in lines if line and not line.startswith("#")]
    assert all(key and reason for key, _, reason in entries), f"{EQUIVALENT.name}: a line without its reason"
    return {key.strip(): reason for key, _, reason in entries}


def draw(rooms: list[str], count: int, seed: int) -> list[Mutant]:
    """Return a random sample of the mutants, those that change nothing aside."""
    known, every = equivalents(), [mutant for path in modules() for mutant in mutants_of(path)]
    for stale in known.keys() - {mutant.key for mutant in every}:
        print(f"{EQUIVALENT.name}: no mutant is now {stale}")
    pool = [mutant for mutant in every if mutant.key not in known]
    pool = [mutant for mutant in pool if not rooms or any(room in mutant.module for room in rooms)]
    return sorted(random.Random(seed).sample(pool, min(count, len(pool))), key=lambda m: (m.module, m.line))
