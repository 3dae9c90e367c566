"""The library with numpy, scipy, pandas, xarray and h5netcdf alone: Tables 1-3, and what needs more says so."""

import subprocess
import sys

import pytest
from tables_by_hand import PRINTED
from tables_by_hand import PROGRAM as TABLES

#: Every other package is as if it were not there.
ABSENT = """
import importlib.abc, sys, tomllib
from pathlib import Path

from packaging.requirements import Requirement

project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
extras = (one for extra in project["optional-dependencies"].values() for one in extra)
MODULES = {"python-calamine": "python_calamine", "pyyaml": "yaml"}
ABSENT = {MODULES.get(name := Requirement(one).name, name) for one in extras}


class Absent(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ABSENT:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


sys.meta_path.insert(0, Absent())
"""
REFUSED = """
print(mrio.validate(table).ok, mrio.read_table("data/raw/2017/mrio_six.csv", "matrix-csv").year)
for refused in (lambda: mrio.estimate_table, lambda: mrio.read_table("book.xlsx", "ceads-2017")):
    try:
        refused()
    except mrio.errors.MrioError as error:
        print(error)
import mrio.__main__
mrio.__main__.main()
"""


@pytest.fixture(scope="module")
def run(repo):
    """Tables 1-3 and what is refused, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", ABSENT + TABLES + REFUSED], cwd=repo, capture_output=True, text=True, check=False
    )


def test_tables_1_to_3_are_computed_from_arrays(run):
    assert run.stdout.splitlines()[:3] == PRINTED
    assert run.stdout.splitlines()[3] == "True 2017"


def test_what_needs_more_says_what_brings_it(run):
    estimate, book = run.stdout.splitlines()[4:6]
    assert estimate.startswith("mrio.estimate_table needs the package ")
    assert book.startswith("layout 'ceads-2017' needs the package 'pydantic', which is not installed; 'pip install ")
    assert run.returncode == 1
    assert run.stderr.splitlines()[-1].startswith("Error: the command line needs the package 'click', which is not")
