"""The estimate as a whole: exact where margins decide, closed everywhere, the same twice, sound on the real tables."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import balanced_tables, random_table
from threadpoolctl import threadpool_info, threadpool_limits

from mrio import labels
from mrio.errors import BalanceError
from mrio.estimation.chain import estimate_table, estimate_with_account
from mrio.estimation.evidence.gathering import read_evidence
from mrio.table.provincial import ProvincialTables, collapse

EVIDENCE = labels.data_dir() / "evidence" / "evidence.yaml"


def flows(table):
    """Deliveries by origin, product and destination (r, i, s)."""
    return table.Z.values.sum(3) + table.Y.values.sum(3)


def assert_closed(table, tolerance=1e-9):
    x = table.output.values
    scale = tolerance * max(x.mean(), 1e-12)
    row = table.Z.values.sum((2, 3)) + table.Y.values.sum((2, 3)) + table.exports.values + table.residual.values - x
    column = table.Z.values.sum((0, 1)) + table.imports.values + table.value_added.values.sum(0) - x
    assert abs(row).max() <= scale and abs(column).max() <= scale


@given(balanced_tables(), st.booleans())
def test_margins_of_a_known_table_come_back(table, with_distances):
    prov = collapse(table)
    regions = prov.regions
    km = 100.0 + abs(np.subtract.outer(np.arange(len(regions)), np.arange(len(regions))))
    distances = xr.DataArray(km, {"region": regions, "to_region": regions}, ("region", "to_region"))
    made = estimate_table(prov, distances if with_distances else None)
    assert_closed(made)
    again = collapse(made)
    scale = 1e-6 * prov.output.values.mean()
    for name in ("outflow", "inflow", "Z", "final", "exports", "residual"):
        np.testing.assert_allclose(again.data[name], prov.data[name], atol=scale)
    for name in ("output", "value_added"):
        np.testing.assert_array_equal(made.data[name], table.data[name])


def test_two_regions_leave_nothing_to_guess_about_trade():
    table = random_table(seed=3, regions=2, sectors=5)
    np.testing.assert_allclose(flows(estimate_table(collapse(table))), flows(table), rtol=1e-6, atol=1e-3)


def test_a_table_with_one_supplier_a_product_comes_back_whole():
    """Where each product has one origin for all buyers, trade coefficients hold exactly and so does every cell."""
    table = random_table(seed=5, regions=3, sectors=3, residual=False)
    Z, Y = table.Z.values.copy(), table.Y.values.copy()
    for i in range(3):
        others = [r for r in range(3) if r != i]
        Z[i, i] += Z[others, i].sum(0)
        Y[i, i] += Y[others, i].sum(0)
        Z[others, i], Y[others, i] = 0, 0
    from mrio.table.interregional import Table

    known = Table.from_arrays(
        Z, np.abs(Y), regions=table.regions, sectors=table.sectors, categories=["a", "b", "c", "d", "e"], year=2017
    )
    made = estimate_table(collapse(known))
    np.testing.assert_allclose(made.Z, known.Z, atol=1e-6 * known.output.values.mean())


@settings(max_examples=15)
@given(st.integers(0, 1000))
def test_inconsistent_margins_still_close(seed):
    rng = np.random.default_rng(seed)
    prov = spoiled(collapse(random_table(seed=seed, regions=4, sectors=5, residual=False)), rng)
    found = estimate_with_account(prov)
    assert_closed(found.table)
    np.testing.assert_array_equal(found.table.output, prov.output)
    np.testing.assert_array_equal(found.table.value_added, prov.value_added)
    assert found.table.Z.values.min() >= -1e-9 * prov.output.values.mean()
    inputs = (prov.output - prov.value_added.sum("component")).sum("sector") - prov.foreign_inputs.sum("to_sector")
    np.testing.assert_allclose(found.account.used_intermediate.sum("sector"), inputs, rtol=1e-9)


def spoiled(prov: ProvincialTables, rng) -> ProvincialTables:
    """Add transit and errors of 2% to inflow and outflow; uses take the difference, so every table still closes."""
    data = prov.data.copy(deep=True)
    before = data["inflow"] - data["outflow"]
    for name in ("inflow", "outflow"):
        data[name] = data[name] * rng.uniform(0.98, 1.02, data[name].shape)
    transit = (data["outflow"] + data["inflow"]) * (rng.random(data["outflow"].shape) < 0.1)
    data["outflow"] += transit
    data["inflow"] += transit
    data["final"][..., 0] += data["inflow"] - data["outflow"] - before
    short = np.minimum(data["final"].values[..., 0], 0)
    data["final"][..., 0] -= short
    data["inflow"] -= short
    return ProvincialTables(data)


def test_inventories_stay_at_home_and_are_never_clipped():
    table = random_table(seed=7, regions=3, sectors=4)
    made = estimate_table(collapse(table))
    inventory = made.Y.sel(category="inventory").values
    np.testing.assert_allclose(np.einsum("rir->ri", inventory), table.Y.sel(category="inventory").sum("to_region"))
    assert inventory.min() < 0
    away = inventory.copy()
    for r in range(3):
        away[r, :, r] = 0
    assert (away == 0).all()


def test_a_table_that_does_not_balance_is_not_estimated():
    prov = collapse(random_table(seed=1))
    data = prov.data.copy(deep=True)
    data["output"].values[0, 0] *= 2
    with pytest.raises(BalanceError, match="r0, sector s0"):
        estimate_table(ProvincialTables(data))


# -- the official tables of 2017 --------------------------------------------------------------------------------------
@pytest.fixture
def official(provincial_2017):
    return provincial_2017


@pytest.fixture
def found(estimated_2017):
    return estimated_2017


def capitals(regions):
    return xr.DataArray(labels.distances(regions), dims=("region", "to_region"))


@pytest.mark.slow
def test_2017_without_evidence_closes_and_keeps_value_added_output_and_foreign_trade(official):
    found = estimate_with_account(official, capitals(official.regions))  # national totals would move foreign trade
    table, account = found.table, found.account
    assert_closed(table)
    np.testing.assert_array_equal(table.output, official.output)
    np.testing.assert_array_equal(table.value_added, official.value_added)
    left = (official.exports - table.exports).sum("region") - account.re_exports.sum("region")
    assert abs(left).max() < 1.0
    imports = table.imports.sum() + table.imports_final.sum()
    # a user's imports cannot exceed its uses: corrected uses take a hundred-millionth of imports with them
    assert float(imports) == pytest.approx(float(official.imports.sum() - account.re_exports.sum()), rel=1e-7)


@pytest.mark.slow
def test_2017_is_the_same_to_the_byte_whatever_the_threads(official, found):
    with threadpool_limits(limits=1 if threads() > 1 else 2):
        again = estimate_table(official, capitals(official.regions), evidence=read_evidence(EVIDENCE, 2017))
    for name in found.table.data.data_vars:
        assert found.table.data[name].values.tobytes() == again.data[name].values.tobytes(), name


def threads():
    """Return how many threads the linear algebra uses here."""
    return max(pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas")


@pytest.mark.slow
def test_options_reach_the_estimate(official):
    near = estimate_table(official, capitals(official.regions), beta=3.0)
    far = estimate_table(official, capitals(official.regions), beta=0.0)
    km = capitals(official.regions).values
    assert (flows(near).sum(1) * km).sum() < 0.9 * (flows(far).sum(1) * km).sum()
