"""Write docs/api.md from the docstrings: ``python docs/build_api.py``.  Nothing is imported, so it takes no time."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "mrio"
HEAD = """# API

Made from the docstrings by `python docs/build_api.py`; do not edit. First what `import mrio` offers, then every module
with its public names. Equations: [method.md](method.md).

"""
#: Sections of a NumPy docstring become headings of the last level.
SECTIONS = ("Parameters", "Returns", "Raises", "Attributes", "Notes")


def main() -> None:
    """Write the page."""
    (ROOT / "docs" / "api.md").write_text(page(), encoding="utf-8", newline="\n")


def page() -> str:
    """Return the whole page."""
    face = "\n".join(_entry(name, *_find(module, source)) for name, module, source in _public_face())
    modules = "\n".join(_module(path) for path in sorted(PACKAGE.rglob("*.py")) if not _empty(path))
    return f"{HEAD}## The public face\n\n{face}\n## Modules\n\n{modules}"


def _public_face() -> Iterator[tuple[str, Path, str]]:
    """Yield (public name, module file, name there) of everything the package lends, in the order of the rooms."""
    imports = [node for node in ast.walk(_tree(PACKAGE / "__init__.py")) if isinstance(node, ast.ImportFrom)]
    for node in imports:
        path = PACKAGE.joinpath(*(node.module or "").split("."))
        for alias in node.names:
            if node.level == 1 and not alias.name.startswith("_"):
                yield alias.asname or alias.name, _file(path), alias.name


def _file(stem: Path) -> Path:
    """Return the file of a module or package."""
    return stem.with_suffix(".py") if stem.with_suffix(".py").exists() else stem / "__init__.py"


def _find(path: Path, name: str) -> tuple[Path, ast.FunctionDef | ast.ClassDef]:
    """Return the file and node that define a name, following what a package passes on."""
    for node in _tree(path).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name:
            return path, node
        if isinstance(node, ast.ImportFrom) and name in [alias.asname or alias.name for alias in node.names]:
            base = path.parent if node.level else ROOT
            target = base.joinpath(*(node.module or "").split("."))
            return _find(_file(target), name)
    raise LookupError(f"{path}: no {name}")


def _entry(name: str, path: Path, node: ast.FunctionDef | ast.ClassDef) -> str:
    text = inspect.cleandoc(ast.get_docstring(node) or "")
    for section in SECTIONS:
        text = re.sub(rf"^{section}\n-+$", f"**{section}**\n", text, flags=re.M)
    text = re.sub(r"^(\w[\w, *]*) : (.+)$", r"- `\1` : \2  ", text, flags=re.M)
    text = re.sub(r"^([A-Z]\w*(?:, \w+)*)\n(?=    )", r"- `\1`  \n", text, flags=re.M)
    text = re.sub(r":\w+:`~?([^`]+)`", r"`\1`", text).replace("``", "`")
    methods = [f"- `{_signature(item)}` {_first_line(item)}" for item in _public(node)] if _is_class(node) else []
    listed = "\n**Methods**\n\n" + "\n".join(methods) + "\n" if methods else ""
    return f"### `mrio.{name}`\n\n{_source(path)}: `{_signature(node)}`\n\n{text}\n{listed}"


def _module(path: Path) -> str:
    tree = _tree(path)
    text = inspect.cleandoc(ast.get_docstring(tree) or "").split("\n\n")[0].replace("\n", " ").replace("``", "`")
    names = [f"- `{node.name}` {_first_line(node)}" for node in _public(tree)]
    return "\n".join([f"### {_source(path)}", "", re.sub(r":\w+:`~?([^`]+)`", r"`\1`", text), "", *names, ""])


def _signature(node: ast.FunctionDef | ast.ClassDef) -> str:
    if _is_class(node):
        return node.name
    names = [a.arg for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
    return f"{node.name}({', '.join(name for name in names if name not in ('self', 'cls'))})"


def _first_line(node: ast.AST) -> str:
    text = (ast.get_docstring(node) or "").split("\n\n")[0].replace("\n", " ")
    return re.sub(r":\w+:`~?([^`]+)`", r"`\1`", text).replace("``", "`")


def _public(node: ast.AST) -> list:
    kinds = ast.FunctionDef | ast.ClassDef
    return [item for item in node.body if isinstance(item, kinds) and not item.name.startswith("_")]


def _is_class(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef)


def _source(path: Path) -> str:
    name = path.relative_to(ROOT).as_posix()
    return f"[{name}](../{name})"


def _empty(path: Path) -> bool:
    return path == PACKAGE / "__init__.py" or not _public(_tree(path))


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
