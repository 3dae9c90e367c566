"""The house: rooms of the library in the order data passes through them, and what may be imported from where."""

import ast
from pathlib import Path

import pytest

#: An import only points to a room above its own.  `estimation` stands below `equations`, not above as data passes,
#: because its trial scores estimated tables by their accounts; `algebra` knows no table and stands above `table`, whose
#: checks ask it for eigenvalues.
ROOMS = [
    "distribution", "places", "errors", "sums_named", "choosable", "front_door", "saving", "frames", "schema_words",
    "strict", "currencies", "units", "own_labels", "labels", "words", "algebra", "table", "formats", "emissions",
    "equations", "estimation", "analysis", "study", "outputs", "review", "forests", "settlement", "cli",
]  # fmt: skip


@pytest.fixture(scope="module")
def package(repo):
    return repo / "mrio"


def modules(package: Path) -> dict[str, Path]:
    """Return dotted name -> file of every module below the front door."""
    names = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package.parent).with_suffix("").parts
        names[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    names.pop("mrio")
    names.pop("mrio.__main__")
    return names


def imports(path: Path, names: dict[str, Path]) -> set[str]:
    """Return the modules of the library a module imports, wherever in its text."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "mrio":
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                found.add(inner if inner in names else node.module)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.split(".")[0] == "mrio"}
    return found


def test_the_rooms_are_those_of_the_list(package):
    rooms = {path.stem for path in package.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert rooms - {"__init__", "__main__"} == set(ROOMS)


def test_an_import_only_points_to_a_room_above(package):
    names = modules(package)
    back = [
        f"{name} imports {target}"
        for name, path in names.items()
        for target in imports(path, names)
        if target == "mrio" or ROOMS.index(target.split(".")[1]) > ROOMS.index(name.split(".")[1])
    ]
    assert back == []


def test_there_is_no_circle(package):
    names = modules(package)
    waiting = {name: imports(path, names) & set(names) for name, path in names.items()}
    while free := [name for name, needs in waiting.items() if not needs & set(waiting)]:
        for name in free:
            del waiting[name]
    assert waiting == {}


def test_no_two_modules_of_the_house_share_a_name(package):
    stems = [path.stem for path in modules(package).values() if path.stem != "__init__"]
    assert sorted({stem for stem in stems if stems.count(stem) > 1}) == []


def test_no_public_function_has_the_name_of_a_module(package):
    import mrio

    names = modules(package)
    stems = {path.stem for path in names.values()} | {name.rpartition(".")[2] for name in names}
    hidden = [
        f"{name}.{node.name}"
        for name, path in names.items()
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_") and node.name in stems
    ]
    assert hidden == []
    assert not set(mrio.__all__) & stems


def test_every_room_says_what_belongs_there(package):
    for path in package.rglob("__init__.py"):
        if path.parent != package:
            text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
            assert "elong" in text and text.count(".") >= 2, path
