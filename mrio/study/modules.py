"""Which modules of this package a script uses: inputs of its rule, so that editing an equation reruns what it moves."""

from __future__ import annotations

import ast
import hashlib
from functools import cache
from pathlib import Path

from mrio.places import PACKAGE, ROOT
from mrio.study import memory

#: Under which name it is kept.
NAME = "modules.json"


def used_modules(script: Path) -> list[str]:
    """Return the package files a script imports, directly or through others, relative to the project, sorted.

    The package's own ``__init__`` only lends names and is left out; so is a sub-package's where only one of its modules
    is asked for.  What was found is kept until the code changes.
    """
    read = hashlib.sha256(Path(script).read_bytes()).hexdigest()
    found = memory.recalled(NAME, memory.code()) or {}
    if read not in found:
        found[read] = _followed(Path(script))
        memory.keep(NAME, memory.code(), found)
    return found[read]


def _followed(script: Path) -> list[str]:
    seen: set[Path] = set()
    waiting = list(_imports(script))
    while waiting:
        module = waiting.pop()
        if module not in seen:
            seen.add(module)
            waiting += _imports(module)
    return sorted(str(module.relative_to(ROOT)) for module in seen)


@cache
def _imports(path: Path) -> tuple[Path, ...]:
    found: set[Path | None] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {_file(alias.name.split(".")[1:]) for alias in node.names if alias.name.split(".")[0] == "mrio"}
        elif isinstance(node, ast.ImportFrom):
            base = _base(node, path)
            if base is not None:
                for alias in node.names:
                    found.add(_file([*base, alias.name]) or _file(base))
    return tuple(sorted(file for file in found if file not in (None, path, PACKAGE / "__init__.py")))


def _base(node: ast.ImportFrom, path: Path) -> list[str] | None:
    """Return the dotted place below the package an import starts from, or None if it is another package's."""
    name = node.module.split(".") if node.module else []
    if node.level == 0:
        return name[1:] if name[:1] == ["mrio"] else None
    folder = path.parent
    for _ in range(node.level - 1):
        folder = folder.parent
    return [*folder.relative_to(PACKAGE).parts, *name]


def _file(parts: list[str]) -> Path | None:
    """Return the file of a module or sub-package, or None where the name is not a module."""
    stem = PACKAGE.joinpath(*parts)
    if stem.with_suffix(".py").is_file() and parts:
        return stem.with_suffix(".py")
    return stem / "__init__.py" if (stem / "__init__.py").is_file() else None
