"""Limits of size, so that a newcomer can read any part at a sitting: modules, functions and their parameters."""

import ast

import pytest

#: Lines of a module, lines of a function with its docstring, parameters of a function below the front door.
MODULE, FUNCTION, PARAMETERS = 250, 50, 6
#: The front door: what a user calls with keywords may take as many as it has choices.  Beside these, click's commands,
#: whose parameters are the options of the command line.
FRONT_DOOR = {
    "accounts",
    "collapse",
    "compensation",
    "estimate_table",
    "Leontief.__init__",
    "ProvincialTables.from_arrays",
    "Table.from_arrays",
    "read_provincial_tables",
    "read_table",
    "responsibility",
    "validate",
}


@pytest.fixture(scope="module")
def modules(repo) -> dict[str, ast.Module]:
    """Return name -> syntax tree of every module of the library."""
    paths = sorted((repo / "mrio").rglob("*.py"))
    return {str(path.relative_to(repo)): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def functions(tree: ast.Module):
    """Yield (name, function) of every function of a module, methods of top-level classes as ``Class.method``."""
    owners = {id(part): node.name for node in tree.body if isinstance(node, ast.ClassDef) for part in node.body}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{owners[id(node)]}.{node.name}" if id(node) in owners else node.name, node


def parameters(node: ast.FunctionDef) -> int:
    """Return how many parameters a caller passes: all but ``self`` and ``cls``."""
    names = [one.arg for one in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
    return len(names) - (names[:1] in (["self"], ["cls"]))


def is_command(node: ast.FunctionDef) -> bool:
    return any(ast.unparse(decorator).startswith("click.command") for decorator in node.decorator_list)


def test_no_module_is_long(repo, modules):
    lengths = {name: len((repo / name).read_text(encoding="utf-8").splitlines()) for name in modules}
    assert {name: lines for name, lines in lengths.items() if lines > MODULE} == {}


def test_no_function_is_long(modules):
    long = {
        f"{module}: {name}": lines
        for module, tree in modules.items()
        for name, node in functions(tree)
        if (lines := node.end_lineno - node.lineno + 1) > FUNCTION
    }
    assert long == {}


def test_no_function_below_the_front_door_takes_many_parameters(modules):
    many = {
        f"{module}: {name}": count
        for module, tree in modules.items()
        for name, node in functions(tree)
        if (count := parameters(node)) > PARAMETERS and not is_command(node) and name not in FRONT_DOOR
    }
    assert many == {}


def test_the_front_door_is_that_of_the_package():
    import mrio

    public = {name for name in mrio.__all__ if callable(getattr(mrio, name))}
    owners, _, methods = zip(*(name.partition(".") for name in FRONT_DOOR), strict=True)
    assert set(owners) <= public
    assert all(hasattr(getattr(mrio, owner), method) for owner, method in zip(owners, methods, strict=True) if method)


def test_the_measures_see_what_they_measure():
    tree = ast.parse("class A:\n    def f(self, a, *, b):\n        pass\n\n@click.command('x')\ndef g(a):\n    pass\n")
    found = {name: (parameters(node), is_command(node)) for name, node in functions(tree)}
    assert found == {"A.f": (2, False), "g": (1, True)}
