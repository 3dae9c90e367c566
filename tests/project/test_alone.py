"""The library with numpy, scipy, pandas, xarray and h5netcdf alone: Tables 1-3, and what needs more says so."""

import subprocess
import sys

import pytest

#: Every other package is as if it were not there.
PROGRAM = """
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
import xarray as xr

import mrio

table = mrio.Table.from_arrays([[20, 10], [5, 40]], [[60, 10], [20, 35]], exports=[0, 20], year=2017,
                               regions=["North", "South"], sectors=["all"], categories=["final"])
F = xr.DataArray([[3.0], [5.0]], {"region": table.regions, "sector": table.sectors}, attrs={"unit": "Mt"})
made = mrio.accounts(table, F)
shared = mrio.responsibility(table, made)
gdp = xr.DataArray([60000.0, 30000.0], {"region": table.regions})
paid = mrio.compensation(made["net_transfer"], gdp, 0 * gdp + 0.3)
for values in (made["net_transfer"], shared["shared"], paid["amount"]):
    print(*(f"{value:.4f}" for value in values.values))
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
    """The program above, run in a process of its own."""
    return subprocess.run([sys.executable, "-c", PROGRAM], cwd=repo, capture_output=True, text=True, check=False)


def test_tables_1_to_3_are_computed_from_arrays(run):
    net, shared, paid = (list(map(float, line.split())) for line in run.stdout.splitlines()[:3])
    # L = [[.833, .125], [.0833, .667 ... by hand: A = [[.2, .0833], [.05, .3333]], f = [.03, .04167]
    assert sum(net) == pytest.approx(0, abs=1e-3) and net[0] == pytest.approx(0.9528, abs=1e-4)
    assert sum(shared) == pytest.approx(8.0, abs=1e-3)
    assert paid[0] < 0 < paid[1]
    assert run.stdout.splitlines()[3] == "True 2017"


def test_what_needs_more_says_what_brings_it(run):
    estimate, book = run.stdout.splitlines()[4:6]
    assert estimate.startswith("mrio.estimate_table needs the package ")
    assert book.startswith("layout 'ceads-2017' needs the package 'pydantic', which is not installed; 'pip install ")
    assert run.returncode == 1
    assert run.stderr.splitlines()[-1].startswith("Error: the command line needs the package 'click', which is not")
