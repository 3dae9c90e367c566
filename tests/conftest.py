"""Fixtures every test file may use."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import xarray as xr
from hypothesis import HealthCheck, settings
from strategies import random_table
from tiny_study import run, tiny_study

from mrio import labels
from mrio.estimation.chain import estimate_with_account
from mrio.estimation.evidence.gathering import read_evidence
from mrio.formats.workbooks.provincial_folder import read_provincial_tables
from mrio.table.provincial import ProvincialTables

#: Examples a property is tried on at every run; ``--hypothesis-profile=thorough`` after a change of an equation.
EXAMPLES = {"mrio": 20, "thorough": 200}
for name, count in EXAMPLES.items():
    settings.register_profile(name, deadline=None, max_examples=count, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("mrio")


#: Marks whose tests share one costly fixture of the session.
SHARED = ("pipeline", "browser")
#: What takes long comes first, so that processes that share the work end together.
GROUPS = (*SHARED, "slow")


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Give the tests of a file to one process, likewise all that use the pipeline's run, and the browser.

    A wrapper, so that it comes first: xdist does not see groups that are named after it has looked for them.
    """
    rank = {}
    for item in items:
        marks = [mark for mark in GROUPS if item.get_closest_marker(mark)]
        rank[item] = GROUPS.index(marks[0]) if marks else len(GROUPS)
        item.add_marker(pytest.mark.xdist_group(next((mark for mark in marks if mark in SHARED), item.path.stem)))
    items.sort(key=rank.get)
    yield


@pytest.fixture(scope="session")
def repo() -> Path:
    """Return the root of the checkout."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_data(repo) -> Path:
    """Return the folder of the real source files ($MRIO_DATA or ../shared/data), or skip the test."""
    folder = Path(os.environ.get("MRIO_DATA", repo.parent / "shared" / "data"))
    if not (folder / "README.md").exists():
        pytest.skip(f"the real source files are not at {folder}; set MRIO_DATA to run this test")
    return folder


@pytest.fixture
def table():
    """Return a small balanced table: 3 regions x 4 sectors, with inventories, residual and one empty sector."""
    return random_table(seed=1, regions=3, sectors=4, zero_sectors=1)


@pytest.fixture(scope="session")
def provincial_2017(shared_data) -> ProvincialTables:
    """Return the official provincial tables of 2017."""
    return read_provincial_tables(shared_data / "provincial_io" / "2017", year=2017)


@pytest.fixture(scope="session")
def estimated_2017(provincial_2017):
    """Return the interprovincial table of 2017 estimated from the official tables, and the account of the estimate."""
    km = xr.DataArray(labels.distances(provincial_2017.regions), dims=("region", "to_region"))
    evidence = read_evidence(labels.data_dir() / "evidence" / "evidence.yaml", 2017)
    return estimate_with_account(provincial_2017, km, evidence=evidence)


@pytest.fixture(scope="session")
def finished_study(repo, tmp_path_factory) -> Path:
    """Return the folder of the tiny study after one run of the pipeline; tests leave it as they find it."""
    root = tiny_study(repo, tmp_path_factory.mktemp("finished") / "study")
    made = run(root, TZ="UTC", PYTHONHASHSEED="1", COLUMNS="80")
    assert made.returncode == 0, made.stderr
    return root
