"""The package says which version it is, and its wheel carries everything the library reads."""

import tomllib
from zipfile import ZipFile

import pytest
import yaml
from hatchling.builders.wheel import WheelBuilder

import mrio

#: What the library reads that is no module, and that it types its definitions.
CARRIED = {
    "mrio/py.typed",
    "mrio/labels_data/provinces.csv",
    "mrio/layouts_data/ceads-2017.yaml",
    "mrio/outputs/figures/print.mplstyle",
    "mrio/outputs/atlas/page.js",
}


def test_version_is_the_same_wherever_it_is_written(repo):
    project = tomllib.loads((repo / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = yaml.safe_load((repo / "CITATION.cff").read_text(encoding="utf-8"))
    assert mrio.__version__ == project["version"] == citation["version"]


@pytest.mark.slow
def test_the_wheel_carries_every_module_and_what_they_read(repo, tmp_path):
    (wheel,) = WheelBuilder(str(repo)).build(directory=str(tmp_path), versions=["standard"])
    with ZipFile(wheel) as file:
        names = set(file.namelist())
    modules = {path.relative_to(repo).as_posix() for path in (repo / "mrio").rglob("*.py")}
    assert modules | CARRIED <= names
