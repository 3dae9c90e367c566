"""Analysis of a table in millionths of its money, with emissions in millionths: shares are the same, amounts scale."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from strategies import random_emissions, random_table

from mrio.algebra.leontief import Leontief
from mrio.analysis.decomposition import Observation, decompose
from mrio.analysis.drawn_systems import idle, intensity
from mrio.analysis.extraction import Whole, cell_losses, extract
from mrio.analysis.inequality import gini, theil
from mrio.analysis.linkages import sector_linkages
from mrio.analysis.networks import network
from mrio.analysis.paths import largest_paths
from mrio.analysis.tracing import demand_of, supply_network
from mrio.analysis.trade_value_added import gains, value_added_accounts
from mrio.equations.definitions import mrio_flows
from mrio.equations.flows import accounts, prepare
from mrio.equations.imports import foreign_imports
from mrio.table.interregional import Table

SMALL = 2.0**-40  # every output, flow and emission is below one


def pair(seed=0, **kind):
    """Return (table, emissions) as they are, and in the small unit."""
    table = random_table(seed, 3, 4, **kind)
    F, _ = random_emissions(table, seed)
    less = Table(table.data.map(lambda amounts: amounts * SMALL, keep_attrs=True))
    return (table, F), (less, (F * SMALL).assign_attrs(F.attrs))


@pytest.fixture(params=[0, 3])
def both(request):
    return pair(request.param, zero_sectors=1)


def test_what_an_extraction_takes_scales(both):
    (whole, small) = (Whole.of(*each) for each in both)
    for asked in ({"regions": ["r1"]}, {"sectors": ["s2"]}, {"regions": ["r0"], "sectors": ["s1"]}):
        one, other = extract(whole, **asked), extract(small, **asked)
        for name in one.data_vars:
            if one[name].dtype.kind == "f":
                size = float(np.abs(one[name]).max()) or 1.0
                found = [np.allclose(other[name] / unit, one[name], atol=1e-9 * size) for unit in (1.0, SMALL)]
                assert any(found), name
    losses = cell_losses(whole)
    np.testing.assert_allclose(cell_losses(small) / SMALL, losses, atol=1e-9 * float(losses.max()))


def test_linkages_and_kinds_stay(both):
    one, other = (sector_linkages(*each) for each in both)
    assert other["kind"].equals(one["kind"])
    for name in ("backward", "forward", "carbon_backward", "carbon_forward"):
        np.testing.assert_allclose(other[name], one[name], rtol=1e-9, atol=1e-15, err_msg=name)


def test_paths_are_the_same_and_carry_as_much_less(both):
    traced = [largest_paths(supply_network(*each), demand_of(each[0], "r1"), count=40) for each in both]
    assert traced[1].nodes == traced[0].nodes
    np.testing.assert_allclose(traced[1].values / SMALL, traced[0].values, rtol=1e-9)
    assert traced[1].total / SMALL == pytest.approx(traced[0].total)


@pytest.mark.parametrize("method", ["mrio", "eebt"])
def test_terms_of_a_decomposition_scale(method):
    # Small numbers on both sides: intensity stays, volume falls.
    first, last = pair(1, zero_sectors=1), pair(2)
    one, other = (decompose(Observation(*a), Observation(*b), method) for a, b in zip(first, last, strict=True))
    size = float(np.abs(one["terms"]).max())
    np.testing.assert_allclose(other["terms"] / SMALL, one["terms"], atol=1e-8 * size)


def test_value_added_in_trade_and_what_it_gains_scale(both):
    made, flows = [], []
    for table, F in both:
        made.append(value_added_accounts(table))
        flows.append(accounts(table, F))
    np.testing.assert_allclose(made[1]["net_transfer"] / SMALL, made[0]["net_transfer"],
                               atol=1e-9 * float(both[0][0].output.sum()))  # fmt: skip
    one, other = (gains(value, carbon) for value, carbon in zip(made, flows, strict=True))
    for name in one.data_vars:
        if one[name].dtype.kind == "f":
            found = [np.allclose(other[name] / unit, one[name], rtol=1e-6, equal_nan=True) for unit in (1.0, SMALL)]
            assert any(found), name


def test_partners_of_the_network_are_the_same(both):
    flows = [accounts(*each)["flows"] for each in both]
    at = float(np.median(flows[0].values))
    one, other = network(flows[0], at), network(flows[1], at * SMALL)
    for name in ("degree_out", "degree_in", "largest_to", "largest_from"):
        assert other[name].equals(one[name]), name


def test_imports_by_product_scale():
    results = []
    for table, F in pair(4):
        rng = np.random.default_rng(0)
        bought = table.imports.values.sum((-2, -1)) if table.imports.values.ndim > 2 else table.imports.values.sum(1)
        entered = bought + table.imports_final.values.sum(1)
        share = rng.dirichlet(np.ones(4), 3).T
        product = xr.DataArray(share * entered, dims=("sector", "to_region"), attrs={"unit": table.unit})
        named = Table(table.data.assign(imports_by_product=product))
        results.append(foreign_imports(named, prepare(named, F)))
    one, other = results
    for name in one.data_vars:
        np.testing.assert_allclose(other[name] / SMALL, one[name], rtol=1e-9, err_msg=name)


def test_who_emits_without_output_is_told_from_who_makes_little():
    F, output = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.0, SMALL], [1.0, 2.0]])
    np.testing.assert_allclose(intensity(F, output), [[0, 2 / SMALL], [3, 2]])
    np.testing.assert_allclose(idle(F, output), idle(F, np.array([[0.0, 1.0], [1.0, 1.0]])))


def test_inequality_has_no_unit():
    values, heads = np.array([1.0, 2.0, 5.0]), np.array([3.0, 1.0, 2.0])
    for measure in (gini, theil):
        plain = measure(values, heads)
        assert measure(values * SMALL, heads) == pytest.approx(plain)
        assert measure(values, heads * SMALL) == pytest.approx(plain)


def test_the_inverse_has_no_unit(both):
    one, other = (Leontief(table) for table, _ in both)
    d = np.random.default_rng(0).uniform(0, 1, both[0][0].output.size)
    np.testing.assert_allclose(other.solve(d), one.solve(d), rtol=1e-9)
    np.testing.assert_allclose(other.solve_transposed(d), one.solve_transposed(d), rtol=1e-9)
    flows = [mrio_flows(prepare(*each))["flows"] for each in both]
    np.testing.assert_allclose(flows[1] / SMALL, flows[0], rtol=1e-9, atol=1e-12 * flows[0].max())
