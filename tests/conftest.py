"""Fixtures every test file may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from strategies import random_table

settings.register_profile("mrio", deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("mrio")


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
