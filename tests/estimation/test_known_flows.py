"""Known flows by hand: what is met, in any unit, at zero, where blocks overlap, and when the search gives up."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from mrio.errors import EstimationError
from mrio.estimation import known_flows
from mrio.estimation.known_flows import PATIENCE, known_blocks, with_known_blocks

REGIONS, SECTORS = ["x", "y", "z"], ["a"]


def given(flows, *rows):
    """Return flows (1, R, R) in which what the rows (from, to, value[, weight]) say holds."""
    names = ["region", "to_region", "value", "weight"][: len(rows[0])]
    known = pd.DataFrame([("a", *row) for row in rows], columns=["sector", *names])
    blocks = known_blocks(known, REGIONS, SECTORS)
    return with_known_blocks(flows, blocks, flows.sum(2).T, flows.sum(1).T)[0]


@pytest.fixture
def even():
    """Return one product of which every region sends 10 to each of the others."""
    return 10 * (1 - np.eye(3))[None]


@pytest.mark.parametrize("unit", [2.0**-40, 1.0, 2.0**40])
def test_a_known_flow_is_met_in_any_unit(even, unit):
    # x sends 20 and takes 20, so does everyone: 12 from x to y leave 8 to z, which is sent 12 by y, who sends x 8
    found = given(unit * even, ("x", "y", 12 * unit))
    np.testing.assert_allclose(found / unit, [[0, 12, 8], [8, 0, 12], [12, 8, 0]], atol=1e-6)


@pytest.mark.parametrize(("weight", "met"), [(0.0, 10.0), (0.25, 10.5), (1.0, 12.0)])
def test_a_weight_of_nothing_leaves_and_one_of_all_meets(even, weight, met):
    assert given(even, ("x", "y", 12.0, weight))[0, 1] == pytest.approx(met, abs=1e-6)


@pytest.mark.parametrize("unit", [2.0**-40, 1.0])
def test_nothing_may_be_known_of_a_pair_that_does_not_trade(unit):
    # x neither sends nor takes: what is known of it is nothing, and y and z trade on
    flows = unit * np.array([[[0.0, 0, 0], [0, 0, 5], [5, 0, 0]]])
    found = given(flows, ("x", "y", 0.0), ("y", "z", 5.0 * unit))
    np.testing.assert_allclose(found, flows[0], rtol=1e-12)


def test_a_small_value_is_a_value(even):
    assert given(even, ("x", "y", 0.5))[0, 1] == pytest.approx(0.5, abs=1e-6)


def test_sums_that_share_a_cell_are_both_met():
    flows = np.array([[[0.0, 4, 6], [3, 0, 9], [8, 2, 0]]])
    found = given(flows, ("x+z", "y", 6.0), ("x", "y+z", 10.0), ("x", "y", 4.5))
    np.testing.assert_allclose(found.sum(0), flows[0].sum(0), rtol=1e-6)
    np.testing.assert_allclose(found.sum(1), flows[0].sum(1), rtol=1e-6)
    assert found[0, 1] == pytest.approx(4.5, abs=1e-6) and found[0, 1] + found[2, 1] == pytest.approx(6)


@pytest.fixture
def sweeps(monkeypatch):
    """Return a list that grows by one with every sweep."""
    seen, plain = [], known_flows._sums
    monkeypatch.setattr(known_flows, "_sums", lambda *given: (seen.append(1), plain(*given))[1])
    return seen


@pytest.mark.parametrize("unit", [2.0**-40, 1.0])
def test_the_search_ends_at_the_second_look_that_finds_the_same_miss(even, unit, sweeps):
    with pytest.raises(EstimationError, match=r"a from x to y: .* contradicts outflow, inflow"):
        given(unit * even, ("x", "y", 25 * unit))  # x sends 20
    assert len(sweeps) == 2 * PATIENCE


def test_what_comes_nearer_slowly_is_waited_for(even, sweeps):
    assert given(even, ("x", "y", 18.0))[0, 1] == pytest.approx(18, abs=1e-6)
    assert len(sweeps) > 4 * PATIENCE


def test_what_is_met_already_takes_one_sweep(even, sweeps):
    np.testing.assert_allclose(given(even, ("x", "y", 10.0)), even[0], rtol=1e-12)
    assert len(sweeps) == 1
