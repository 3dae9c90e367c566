"""Fixtures of the linear algebra."""

import pytest

from mrio.algebra.leontief import solvers


@pytest.fixture
def narrow(monkeypatch):
    """Cut even small tables into several bands, so that the sweeps have something to do."""
    of = solvers.Panels.of
    monkeypatch.setattr("mrio.algebra.leontief.system.Panels.of", lambda Z, shape, height: of(Z, shape, 4))
