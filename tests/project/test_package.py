"""The package says which version it is, and its wheel carries everything the library reads."""

import json
import re
import tomllib
from zipfile import ZipFile

import pytest
import yaml
from hatchling.builders.wheel import WheelBuilder

import mrio
from mrio.distribution import NAME

#: What the library reads that is no module, and that it types its definitions.
CARRIED = {
    "mrio/py.typed",
    "mrio/labels_data/provinces.csv",
    "mrio/labels_data/uncertainty.csv",
    "mrio/layouts_data/ceads-2017.yaml",
    "mrio/reference_data/paper_published_values.csv",
    "mrio/outputs/figures/print.mplstyle",
    "mrio/outputs/atlas/page.js",
}


@pytest.fixture(scope="module")
def project(repo):
    """The project's own part of pyproject.toml."""
    return tomllib.loads((repo / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def read_json(path):
    return json.loads(path.read_text(encoding="utf-8"))


def test_version_is_the_same_wherever_it_is_written(repo, project):
    citation = yaml.safe_load((repo / "CITATION.cff").read_text(encoding="utf-8"))
    codemeta, zenodo = read_json(repo / "codemeta.json"), read_json(repo / ".zenodo.json")
    assert {project["version"], citation["version"], codemeta["version"], zenodo["version"]} == {mrio.__version__}
    headings = re.findall(r"^## (\S+) \((\S+)\)$", (repo / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == (mrio.__version__, citation["date-released"])


def test_a_citation_says_the_same_wherever_it_is_written(repo, project):
    citation = yaml.safe_load((repo / "CITATION.cff").read_text(encoding="utf-8"))
    codemeta, zenodo = read_json(repo / "codemeta.json"), read_json(repo / ".zenodo.json")
    assert project["name"] == codemeta["name"] == NAME
    assert citation["title"] == zenodo["title"]
    assert project["description"] == codemeta["description"] == zenodo["description"]
    assert citation["keywords"] == codemeta["keywords"] == zenodo["keywords"]
    names = [author["name"] for author in citation["authors"]]
    assert names == [one["name"] for one in project["authors"]] == [one["name"] for one in codemeta["author"]]
    assert names == [one["name"] for one in zenodo["creators"]]
    doi = citation["references"][0]["doi"]
    assert codemeta["referencePublication"].endswith(doi)
    assert zenodo["related_identifiers"][0]["identifier"] == doi
    assert citation["license"] == project["license"] == zenodo["license"] == codemeta["license"].rpartition("/")[2]


@pytest.mark.slow
def test_the_wheel_carries_every_module_and_what_they_read(repo, tmp_path):
    (wheel,) = WheelBuilder(str(repo)).build(directory=str(tmp_path), versions=["standard"])
    with ZipFile(wheel) as file:
        names = set(file.namelist())
    modules = {path.relative_to(repo).as_posix() for path in (repo / "mrio").rglob("*.py")}
    assert modules | CARRIED <= names
