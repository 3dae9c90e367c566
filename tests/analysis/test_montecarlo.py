"""The Monte Carlo over the whole chain: no errors give the results, sums are conserved, variances add up."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_study import GROUPS, all_sources, small_chain, spoiled
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import random_emissions, random_table

from mrio.analysis.intervals import variance_shares
from mrio.analysis.montecarlo import drawn_differences
from mrio.analysis.results_vector import BY_PROVINCE
from mrio.analysis.sources import DrawNoise, Sources
from mrio.equations.flows import accounts, prepare
from mrio.equations.sharing import responsibility
from mrio.errors import ConfigError
from mrio.estimation.chain import estimate_table

NOTHING = Sources(())


@pytest.fixture(scope="module")
def chain():
    return small_chain()


def test_degenerate_errors_give_the_results_exactly(chain):
    assert not drawn_differences(chain, NOTHING, range(3)).any()
    assert not drawn_differences(chain, all_sources(0.0), range(3)).any()


@pytest.mark.parametrize("kept", [4, 3])
def test_the_chain_without_errors_is_the_study(kept):
    """Accounts and shares of the estimated table by the labelled equations, at its own sectors."""
    chain = small_chain(kept=kept)
    table = estimate_table(*spoiled())
    F, F_Y = random_emissions(random_table(0, 4, 4, residual=False))
    regions = table.regions[:kept]
    table = table.drop_regions(table.regions[kept:])
    F, F_Y = F.sel(region=regions), F_Y.sel(region=regions)
    found = chain.results.unpacked(chain.without_errors)
    system = prepare(table, F)
    for k, method in enumerate(chain.asked.methods):
        made = accounts(table, F, F_Y, method=method, system=system)
        for name in (*BY_PROVINCE, "flows"):
            np.testing.assert_allclose(found[name][1, k], made[name].values, atol=1e-5 * float(F.sum()), err_msg=name)
        if method != "gross":
            shared = responsibility(table, made, local=system.local)
            np.testing.assert_allclose(found["share"][1, k], shared["share"], atol=1e-6)
            np.testing.assert_allclose(found["shared"][1, k], shared["shared"], atol=1e-5 * float(F.sum()))
            np.testing.assert_allclose(found["alpha_region"][1], shared["alpha_region"], atol=1e-6)


def test_groups_of_sectors_are_the_added_up_table():
    chain, table = small_chain(), estimate_table(*spoiled())
    F, _ = random_emissions(random_table(0, 4, 4, residual=False))
    groups = dict(zip(table.sectors, ("x", "x", "y", "y"), strict=True))
    grouped = table.aggregate(sectors=groups)
    added = grouped.output.copy(data=F.values @ GROUPS.T).assign_attrs(unit="Mt")
    found = chain.results.unpacked(chain.without_errors)
    for k, method in enumerate(chain.asked.methods):
        made = accounts(grouped, added, method=method)
        np.testing.assert_allclose(found["net_transfer"][0, k], made["net_transfer"], atol=1e-5 * float(F.sum()))


@settings(max_examples=10)
@given(draw=st.integers(0, 10_000))
def test_every_draw_conserves_emissions(draw):
    chain = small_chain()
    found = chain.results.unpacked(chain.without_errors + drawn_differences(chain, all_sources(), [draw])[0])
    scale = found["production"].sum()
    np.testing.assert_allclose(found["net_transfer"].sum(-1), 0, atol=1e-9 * scale)
    outside = found["exports"] + found["excluded"] + found["residual"]
    np.testing.assert_allclose((found["consumption"] + outside).sum(-1), scale, rtol=1e-9)
    # alpha_x is 1: what is shared is all production
    np.testing.assert_allclose(found["shared"].sum(-1), scale, rtol=1e-9)


def test_a_draw_has_the_same_bytes_whatever_is_drawn_beside_it(chain):
    some = drawn_differences(chain, all_sources(), [3, 4, 5])
    assert drawn_differences(chain, all_sources(), [4]).tobytes() == some[1].tobytes()
    assert not np.array_equal(some[0], some[1])


def test_doubling_the_variance_of_a_source_adds_its_share(chain):
    """The sum of what sources do alone grows by the share of the one whose variance doubles."""
    sources, draws = all_sources(0.2), range(150)  # small enough to be linear
    names = ["emission_factors", "activity", "pattern"]
    net = {name: nets(chain, sources.only([name]), draws) for name in names}
    shares = variance_shares(net)["activity"]
    doubled = net | {"activity": nets(chain, sources.scaled("activity", 2**0.5).only(["activity"]), draws)}
    total, grown = (sum(one.var(axis=0, ddof=1) for one in of.values()) for of in (net, doubled))
    np.testing.assert_allclose(grown / total - 1, shares, rtol=0.02)
    together = nets(chain, sources.only(names), draws).var(axis=0, ddof=1)
    np.testing.assert_allclose(together, total, rtol=0.5)  # independent sources add up, but for sampling


def nets(chain, sources, draws):
    return chain.results.unpacked(drawn_differences(chain, sources, draws))["net_transfer"][:, 1, 1]


def test_a_factor_moves_all_provinces_alike_and_households_too(chain):
    only = all_sources().only(["emission_factors"])
    found = chain.results.unpacked(drawn_differences(chain, only, range(50)))
    grown = found["production"] / chain.results.unpacked(chain.without_errors)["production"]
    np.testing.assert_allclose(grown, grown[:, :1] * np.ones(4), rtol=1e-9)


def test_keys_keep_the_total_of_every_province(chain):
    found = chain.results.unpacked(drawn_differences(chain, all_sources().only(["allocation"]), range(5)))
    np.testing.assert_allclose(found["production"], 0, atol=1e-9)
    assert np.abs(found["net_transfer"]).max() > 0


def test_an_unknown_source_is_refused():
    with pytest.raises(ConfigError, match=r"no source 'patern'.*did you mean 'pattern'"):
        all_sources().only(["patern"])


def test_noise_is_normal_and_named():
    noise = DrawNoise(1, 2)
    values = noise("pattern", (20000,))
    assert abs(values.mean()) < 0.03
    assert abs(values.std() - 1) < 0.03
    assert not np.array_equal(values, noise("distance", (20000,)))
    np.testing.assert_array_equal(values, DrawNoise(1, 2)("pattern", (20000,)))
