"""An estimate drawn again with errors: without errors it is the estimate; with them every identity still holds."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from drawn_study import small_parts, spoiled
from hypothesis import given
from hypothesis import strategies as st

from mrio.analysis.sources import DrawNoise
from mrio.errors import EstimationError, InputError
from mrio.estimation.chain import estimate_flows, estimate_with_account
from mrio.estimation.errors_of_estimate import EstimateErrors
from mrio.estimation.evidence.alternatives import BELIEVED, NO_DOUBT
from mrio.estimation.making_parts import estimate_parts
from mrio.estimation.options import EstimatorOptions
from mrio.estimation.parts_file import read_parts, write_parts
from mrio.estimation.redraw import drawn_table
from mrio.estimation.redrawn_rows import drawn_rows
from mrio.estimation.rows import ACCOUNTS, Rows
from mrio.table.provincial import ProvincialTables, collapse

ERRORS = EstimateErrors(
    reports=1.0, structure=0.5, hauling_region=0.4, hauling_product=0.2, hauling_cell=0.4, distance=0.3, pattern=0.5,
    cells=0.2, own_column=0.3, own_cell=0.5,
)  # fmt: skip
NONE = EstimateErrors()


@pytest.mark.parametrize("seed", [0, 3])
def test_without_errors_the_draw_is_the_estimate(seed):
    tables, km = spoiled(seed)
    table = estimate_with_account(tables, km).table
    Z, Y = drawn_table(estimate_parts(tables, km), NONE, DrawNoise(0, 0)).dense()
    np.testing.assert_allclose(Z, table.Z.values, atol=1e-7 * table.Z.values.max())
    np.testing.assert_allclose(Y, table.Y.values, atol=1e-7 * table.Y.values.max())


def with_imports(tables):
    """Return the tables with three tenths of all inflow booked as imports from abroad."""
    moved = 0.3 * tables.data["inflow"]
    data = tables.data.assign(inflow=tables.data["inflow"] - moved, imports=tables.data["imports"] + moved)
    return ProvincialTables(data)


@pytest.mark.parametrize("seed", [0, 2])
def test_what_is_imported_is_nobodys_origin(seed):
    tables, km = spoiled(seed)
    tables = with_imports(tables)
    made, parts = estimate_with_account(tables, km).table, estimate_parts(tables, km)
    table = drawn_table(parts, NONE, DrawNoise(0, 0))
    Z, Y = table.dense()
    np.testing.assert_allclose(Z, made.Z.values, atol=1e-7 * made.Z.values.max())
    np.testing.assert_allclose(Y, made.Y.values, atol=1e-7 * made.Y.values.max())
    found = made.imports.values.sum() + made.imports_final.values.sum()
    booked = sum(float(tables.data[name].sum()) for name in ("imports", "foreign_inputs", "foreign_final"))
    assert float(tables.data["foreign_final"].sum()) > 0 and found == pytest.approx(booked, rel=1e-6)
    # of every product all uses but the imports come from a province, in draws with errors of what users take, too
    table = drawn_table(parts, ERRORS.only("own_column", "own_cell", "pattern"), DrawNoise(seed, 1))
    Z, Y = table.dense()
    stored = table.inventory
    np.testing.assert_allclose(
        Z.sum((0, 3)).T + Y.sum((0, 3)).T - stored, parts.rows.uses - parts.rows.imports, rtol=1e-6, atol=1e-3
    )


def test_another_choice_is_kept_as_what_it_differs_by():
    tables, km = spoiled(1)
    parts = estimate_parts(tables, km)
    believing = estimate_flows(tables, km, EstimatorOptions(full_doubt=NO_DOUBT))
    rows, share = parts.alternatives[BELIEVED]
    found = Rows(*(parts.rows[name] + rows[name] for name in ACCOUNTS))
    np.testing.assert_allclose(found.flat(), believing.reconciled.rows.flat(), atol=1e-6 * parts.used.output.max())
    np.testing.assert_allclose(parts.hauling.share + share, believing.hauling.share)
    assert list(parts.alternatives) == [BELIEVED] and np.abs(rows.flat()).max() > 1


@pytest.mark.parametrize("seed", [0, 2])
def test_uses_of_a_draw_are_those_of_its_rows(seed):
    tables, km = spoiled(seed)
    parts, errors, noise = estimate_parts(with_imports(tables), km), ERRORS.only("reports"), DrawNoise(seed, 2)
    rows, table = drawn_rows(parts, errors, noise)[0], drawn_table(parts, errors, noise)
    Z, Y = table.dense()
    found = Z.sum((0, 3)).T + Y.sum((0, 3)).T - table.inventory
    assert np.abs(rows.consumption - parts.rows.consumption).max() > 1.0
    np.testing.assert_allclose(found.T, (rows.uses - rows.imports).T, rtol=1e-3, atol=1e-3 * found.max())


@given(seed=st.integers(0, 40), draw=st.integers(0, 5))
def test_a_draw_keeps_output_inputs_and_national_trade(seed, draw):
    parts = small_parts(seed % 4)
    table = drawn_table(parts, ERRORS, DrawNoise(seed, draw))
    Z, _ = table.dense()
    # every industry uses in all what it did, less what it imports; nobody uses a negative amount of others' products
    assert (Z.sum((0, 1)) <= parts.uses.inputs * (1 + 1e-9)).all()
    assert table.output is parts.used.output
    away = table.away_Z.sum(2) + table.away_Y.sum(2)
    assert (away >= -1e-9 * parts.used.output.max()).all()
    assert table.origins.min() >= 0
    np.testing.assert_allclose(table.origins.sum(1)[away.T > 1e-6 * away.max()], 1.0)
    # what balancing leaves over is small, and in the residual
    assert np.abs(table.residual).sum() < 0.1 * table.output.sum()


@given(seed=st.integers(0, 30))
def test_drawn_rows_meet_every_identity(seed):
    parts = small_parts(seed % 4)
    rows, _ = drawn_rows(parts, ERRORS.only("reports"), DrawNoise(seed, 1))
    before, after = (layout_sums(parts, one) for one in (parts.rows, rows))
    np.testing.assert_allclose(after, before, atol=1e-2 * np.abs(parts.rows.flat()).max())


def layout_sums(parts, rows):
    return parts.posterior.equal @ rows.flat()


def test_where_official_sums_agree_reports_are_certain():
    tables, km = spoiled(0)
    parts = estimate_parts(tables, km)
    assert parts.posterior.factor > 0
    exact = estimate_parts(collapse(estimate_with_account(tables, km).table), km)
    assert exact.posterior.factor == 0
    rows, _ = drawn_rows(exact, ERRORS.only("reports"), DrawNoise(1, 1))
    np.testing.assert_array_equal(rows.flat(), exact.rows.flat())


def test_deviations_grow_with_the_noise_and_keep_identities():
    parts = small_parts()
    noise = np.random.default_rng(0).standard_normal(parts.posterior.observations)
    moved = parts.posterior.deviations(noise)
    assert np.abs(moved).max() > 0
    np.testing.assert_allclose(parts.posterior.deviations(2 * noise), 2 * moved, atol=1e-6 * np.abs(moved).max())
    np.testing.assert_allclose(parts.posterior.equal @ moved, 0, atol=1e-6 * np.abs(moved).max() * len(ACCOUNTS))


def test_deviations_have_the_spread_of_the_least_squares_solution():
    """The covariance of draws is that of the constrained fit, computed densely from its definition."""
    posterior = dataclasses.replace(small_parts().posterior, factor=1.0)
    W = posterior.weights.toarray()[:, posterior.free]
    E = posterior.equal.toarray()[:, posterior.free]
    _, values, rows = np.linalg.svd(E)
    free = rows[(values > 1e-9 * values.max()).sum() :].T  # directions in which nothing that must not move moves
    G = W @ free
    spread = free @ np.linalg.pinv(G.T @ G) @ free.T * posterior.scale**2
    rng = np.random.default_rng(1)
    drawn = np.stack([posterior.deviations(rng.standard_normal(posterior.observations)) for _ in range(4000)])
    found, expected = drawn[:, posterior.free].std(0), np.sqrt(np.diag(spread))
    big = expected > 0.05 * expected.max()
    np.testing.assert_allclose(found[big], expected[big], rtol=0.1)


def test_own_use_of_users_averages_to_that_of_the_region():
    parts = small_parts()
    plain, drawn = (drawn_table(parts, e, DrawNoise(0, 2)) for e in (NONE, ERRORS.only("own_cell", "own_column")))
    own = [one.own_Z.sum(2) + one.own_Y.sum(2) for one in (plain, drawn)]
    np.testing.assert_allclose(own[1], own[0], rtol=1e-8, atol=1e-6 * own[0].max())
    assert np.abs(drawn.own_Z - plain.own_Z).max() > 1e-3 * plain.own_Z.max()


def test_the_file_brings_the_parts_back(tmp_path):
    parts = small_parts()
    beside = tmp_path / "table"
    beside.write_text("table")
    first, second = (write_parts(parts, tmp_path / name, table=beside).read_bytes() for name in ("a.nc", "b.nc"))
    assert first == second
    back = read_parts(tmp_path / "a.nc", table=beside)
    made = [drawn_table(p, ERRORS, DrawNoise(5, 1)) for p in (parts, back)]
    np.testing.assert_allclose(made[1].own_Z, made[0].own_Z, rtol=1e-3, atol=1e-4 * made[0].own_Z.max())
    assert list(back.alternatives) == list(parts.alternatives)
    beside.write_text("another table")
    with pytest.raises(InputError, match="parts of another table"):
        read_parts(tmp_path / "a.nc", table=beside)


def test_an_earlier_table_as_prior_has_no_parts():
    tables, km = spoiled()
    with pytest.raises(EstimationError, match="freight matrix"):
        estimate_parts(tables, km, prior=estimate_with_account(tables, km).table)
