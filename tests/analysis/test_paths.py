"""Structural paths against brute force over all chains, and exact remainders on random tables."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import random_emissions, random_table
from systems import random_system

from mrio.analysis.paths import Network, group_chains, largest_paths, tier_totals
from mrio.errors import ConfigError, LeontiefError


def parts(seed, regions=2, sectors=2, **kind):
    table = random_table(seed, regions, sectors, **kind)
    F, _ = random_emissions(table, seed)
    N = table.output.size
    x = table.output.values.reshape(N)
    f = np.divide(F.values.reshape(N), x, out=np.zeros(N), where=x > 0)
    d = table.Y.sel(to_region="r0").values.sum(2).reshape(N)
    return table.Z.values.reshape(N, N), x, f, d


def traced(Z, x, f, d, **asked):
    return largest_paths(Network.of(Z, x, f), d, **asked)


def brute_force(Z, x, f, d, tiers):
    """Return path -> emissions of every path of up to `tiers` steps, one product of cells at a time."""
    A = np.divide(Z, x, out=np.zeros_like(Z), where=x > 0)
    found = {}
    for length in range(1, tiers + 2):
        for path in product(range(len(x)), repeat=length):
            value = d[path[0]]
            for buyer, supplier in pairwise(path):
                value *= A[supplier, buyer]
            found[path] = value * f[path[-1]]
    return found


@pytest.mark.parametrize("seed", range(6))
def test_the_largest_paths_are_those_of_brute_force_in_their_order(seed):
    kind = {"zero_sectors": seed % 2, "negative_inventory": bool(seed % 3)}
    Z, x, f, d = parts(seed, **kind)
    every = brute_force(Z, x, f, d, tiers=6)
    found = traced(Z, x, f, d, count=60)
    short = {path: v for path, v in zip(found.nodes, found.values, strict=True) if path in every}
    assert len(short) >= 40  # the others are longer than brute force goes
    assert list(short.values()) == pytest.approx([every[path] for path in short], rel=1e-12)
    expected = sorted((abs(value) for value in every.values()), reverse=True)[: len(short)]
    assert [abs(value) for value in short.values()] == pytest.approx(expected, rel=1e-12)  # ties in any order


def test_negative_cells_keep_their_sign_and_are_ranked_by_size():
    Z, x, f, d = parts(3)
    Z = Z.copy()
    Z[0, 1] *= -1
    d = d * np.array([1, -1, 1, 1])
    every = brute_force(Z, x, f, d, tiers=6)
    found = traced(Z, x, f, d, count=20)
    expected = sorted(map(abs, every.values()), reverse=True)[:20]
    assert np.abs(found.values) == pytest.approx(expected, rel=1e-12)
    assert found.values.min() < 0
    assert found.values == pytest.approx([every[path] for path in found.nodes], rel=1e-12)


@settings(max_examples=25)
@given(st.integers(0, 9999), st.integers(1, 3), st.integers(1, 4), st.integers(0, 2), st.integers(1, 200))
def test_paths_and_remainder_are_the_total(seed, regions, sectors, zero_sectors, count):
    Z, x, f, d = parts(seed, regions, sectors, zero_sectors=zero_sectors)
    found = traced(Z, x, f, d, count=count)
    A = np.divide(Z, x, out=np.zeros_like(Z), where=x > 0)
    dense = f @ np.linalg.inv(np.eye(len(x)) - A) @ d
    assert found.values.sum() + found.remainder == pytest.approx(dense, rel=1e-12, abs=1e-12)
    sizes = np.abs(found.values)
    assert (np.diff(sizes) <= 1e-15 * sizes[:1].max(initial=0)).all()
    assert len(set(found.nodes)) == len(found.nodes) <= count
    A_power = [f @ np.linalg.matrix_power(A, t) @ d for t in range(len(found.tiers))]
    assert found.tiers == pytest.approx(A_power, rel=1e-10, abs=1e-12)


def test_many_paths_leave_little_of_the_total():
    Z, x, f, d = parts(8)
    found = traced(Z, x, f, d, count=100_000, share=0.999)
    assert len(found.nodes) < 100_000
    assert found.values.sum() >= 0.999 * found.total > found.values[:-1].sum()
    assert tier_totals(Network.of(Z, x, f), d, 60).sum() == pytest.approx(found.total, rel=1e-9)


def test_a_flow_has_the_paths_that_end_in_its_origin():
    Z, x, f, d = parts(2, 3, 2)
    origin = np.arange(6) // 2 == 1
    found = traced(Z, x, np.where(origin, f, 0), d, count=50)
    assert {path[-1] // 2 for path in found.nodes} == {1}
    dense = np.where(origin, f, 0) @ np.linalg.inv(np.eye(6) - Z / x) @ d
    assert found.total == pytest.approx(dense, rel=1e-12)


def test_chains_of_sectors_add_up_paths_through_any_province():
    Z, x, f, d = parts(2, 3, 2)
    found = traced(Z, x, f, d, count=80)
    grouped = group_chains(found.nodes, found.values, 2)
    assert sum(amount for amount, _ in grouped.values()) == pytest.approx(found.values.sum())
    assert sum(number for _, number in grouped.values()) == 80
    by_hand = sum(v for path, v in zip(found.nodes, found.values, strict=True) if [k % 2 for k in path] == [1, 0])
    assert grouped[1, 0][0] == pytest.approx(by_hand)


def test_nothing_emitted_or_bought_has_no_path():
    Z, x, f, d = parts(1)
    for nothing in (traced(Z, x, 0 * f, d), traced(Z, x, f, 0 * d)):
        assert nothing.nodes == [] and nothing.total == nothing.remainder == 0
        assert nothing.tiers.tolist() == [0.0]  # the first is there, whatever there is in it


def test_what_cannot_be_asked_is_refused():
    Z, x, f, d = parts(1)
    for asked in ({"count": 0}, {"share": 0}, {"share": 1.1}):
        with pytest.raises(ConfigError, match="asked for"):
            traced(Z, x, f, d, **asked)
    Z = np.array([[0, 20.0], [20.0, 0]])
    with pytest.raises(LeontiefError, match="a loop of industries buys more of itself than it makes"):
        traced(Z, np.array([10.0, 10.0]), np.ones(2), np.ones(2))


def test_a_large_system_ends_and_reads_few_columns():
    Z, x = random_system(1, 10, 20)
    N = x.size
    Z, x = Z.reshape(N, N), x.reshape(N)
    rng = np.random.default_rng(1)
    found = traced(Z, x, rng.random(N), rng.random(N), count=500)
    assert len(found.nodes) == 500 and abs(found.remainder) < found.total


def test_paths_end_with_the_one_that_meets_the_share():
    Z, x, f = np.zeros((4, 4)), np.ones(4), np.ones(4)
    found = traced(Z, x, f, np.array([4.0, 2, 1, 1]), share=0.75)
    assert found.nodes == [(0,), (1,)] and found.total == 8.0
    assert len(traced(Z, x, f, np.array([4.0, 2, 1, 1]), share=0.76).nodes) == 3
