"""Parts of the estimate held against their definitions written cell by cell."""

from __future__ import annotations

import dataclasses
from itertools import product

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from drawn_study import small_parts, spoiled
from strategies import random_table

from mrio.analysis.sources import DrawNoise
from mrio.errors import EstimationError, InputError, LabelError
from mrio.estimation.errors_of_estimate import EstimateErrors
from mrio.estimation.known_flows import known_blocks
from mrio.estimation.margins import margins_of, on_grid
from mrio.estimation.oddities import official_oddities
from mrio.estimation.official_reports import reports_of
from mrio.estimation.options import EstimatorOptions
from mrio.estimation.parts import nearness
from mrio.estimation.priors import mixed_seed, prior_seed, read_prior
from mrio.estimation.redraw import drawn_table
from mrio.estimation.rows import rows_of
from mrio.estimation.transit import remove_transit
from mrio.estimation.trial.baselines import literal_table, scaled_table
from mrio.estimation.trial.scoring import scores
from mrio.estimation.trial.spoiling import degrade
from mrio.estimation.update import YearMargins, update_table
from mrio.table.provincial import collapse

OPTIONS = EstimatorOptions()


# -- the errors of reports --------------------------------------------------------------------------------------------
def reported(seed=0):
    tables, _ = spoiled(seed)
    m = margins_of(tables)
    return rows_of(tables, m), m


def national(rows, factor=1.1):
    return {name: factor * rows[name].sum(0) for name in ("intermediate", "consumption", "formation")} | {
        name: factor * np.maximum(rows[name], 0).sum(0) for name in ("exports", "imports")
    }


@pytest.mark.parametrize(("totals", "services"), [(False, None), (True, None), (True, [True, False, False, True])])
def test_every_report_has_the_error_of_its_kind(totals, services):
    rows, m = reported()
    totals = national(rows) if totals else {}
    services = None if services is None else np.array(services)
    found, o = reports_of(rows, m, OPTIONS, totals, services), OPTIONS
    level = found.rows
    for r, i in np.ndindex(m.output.shape):
        x, out, into = m.output[r, i], m.outflow[:, i].sum(), m.inflow[:, i].sum()
        outflow, inflow = m.outflow[r, i] * (into / out) ** 0.5, m.inflow[r, i] * (out / into) ** 0.5
        assert level.net_outflow[r, i] == pytest.approx(outflow - inflow)
        uses = level.intermediate[r, i] + level.consumption[r, i] + level.formation[r, i]
        supply, demand = x - m.exports[r, i] - m.inventory[r, i] - m.residual[r, i], m.uses[r, i] - m.imports[r, i]
        loose = o.service_residual if services is not None and services[i] else 1.0
        expected = {
            "intermediate": o.intermediate_error * (level.intermediate[r, i] * uses) ** 0.5,
            "consumption": o.final_error * (level.consumption[r, i] * uses) ** 0.5,
            "formation": o.final_error * (level.formation[r, i] * uses) ** 0.5,
            "inventory": np.hypot(o.inventory_error * rows.inventory[r, i], o.inventory_floor * x) if totals else 0,
            "exports": o.foreign_error * level.exports[r, i] if totals else 0,
            "imports": o.foreign_error * level.imports[r, i] if totals else 0,
            "net_outflow": np.linalg.norm(
                [o.trade_error * outflow, o.trade_error * inflow, o.trade_floor * supply, o.trade_floor * demand]
            ),
            "residual": np.hypot(
                o.residual_error * loose * max(x, m.uses[r, i], abs(m.inventory[r, i])), rows.residual[r, i]
            ),
        }
        for name, error in expected.items():
            assert found.error[name][r, i] == pytest.approx(error, rel=1e-9), name


def test_the_trade_of_what_is_neither_made_nor_used_is_doubted_by_its_trade_alone():
    rows, m = reported()
    m = m.replace(output=m.output.copy(), uses=m.uses.copy())
    m.output[0, 0], m.uses[0, 0] = m.exports[0, 0] + m.inventory[0, 0] + m.residual[0, 0] - 5.0, m.imports[0, 0] - 5.0
    found = reports_of(rows, m, OPTIONS, {}, None)
    out, into = m.outflow[:, 0].sum(), m.inflow[:, 0].sum()
    sides = m.outflow[0, 0] * (into / out) ** 0.5, m.inflow[0, 0] * (out / into) ** 0.5
    assert found.error.net_outflow[0, 0] == pytest.approx(OPTIONS.trade_error * np.hypot(*sides))


def test_totals_by_region_are_scaled_to_the_nations():
    rows, m = reported()
    plain, levelled = (reports_of(rows, m, OPTIONS, totals, None) for totals in ({}, national(rows, 1.25)))
    for name in ("consumption", "formation"):
        (total, error), (more, error_of_more) = plain.demand[name], levelled.demand[name]
        np.testing.assert_allclose(total, rows[name].sum(1))
        np.testing.assert_allclose(more, 1.25 * total)
        np.testing.assert_allclose([*error, *error_of_more], OPTIONS.demand_error * np.array([*total, *more]))


def test_reports_are_raised_to_the_nations_total_as_far_as_regions_can():
    rows, m = reported()
    same = reports_of(rows, m, OPTIONS, national(rows, 1.1), None).rows
    for name in ("intermediate", "consumption", "formation"):
        np.testing.assert_allclose(same[name], 1.1 * rows[name])
    for name, size in (("exports", m.output - np.maximum(m.inventory, 0)), ("imports", m.uses)):
        total = np.zeros(4)
        for factor in (0.5, 2.0, 4.0):
            total = factor * rows[name].sum(0)
            found = reports_of(rows, m, OPTIONS, {name: total}, None).rows[name]
            room = 0.95 * size
            assert (found <= room * (1 + 1e-12)).all() and (found >= 0).all()
            met = total < 0.9 * room.sum(0)
            np.testing.assert_allclose(found.sum(0)[met], total[met], rtol=1e-3)
            if (factor * rows[name] <= room).all() and factor <= 3:
                np.testing.assert_allclose(found, factor * rows[name])


def test_an_export_is_raised_to_three_times_its_report_and_the_rest_shared_by_size():
    rows, m = reported()
    exports = np.zeros_like(m.exports)
    exports[1, 2] = 1.0
    rows, m = rows.replace(exports=exports), m.replace(exports=exports, inventory=0 * m.inventory)
    found = reports_of(rows, m, OPTIONS, {"exports": np.array([0.0, 0, 13, 0])}, None).rows.exports
    shared = 10 * m.output[:, 2] / m.output[:, 2].sum()
    np.testing.assert_allclose(found[:, 2], np.add(shared, [0, 3, 0, 0]))
    assert (found[:, [0, 1, 3]] == 0).all()


# -- priors, distances, known flows -----------------------------------------------------------------------------------
def test_nearness_is_the_log_of_the_distance_over_the_geometric_mean():
    km = np.array([[0.0, 2, 4], [2, 0, 8], [4, 8, 0]])
    np.testing.assert_allclose(nearness(km, 3), np.log(np.array([[1, 0.5, 1], [0.5, 1, 2], [1, 2, 1]])))
    assert (nearness(None, 3) == np.zeros((3, 3))).all() and nearness(km[:1, :1], 1).tolist() == [[0.0]]


def test_a_prior_counts_by_its_weight_at_the_size_of_the_seed():
    seed, prior = np.full((2, 2, 2), 2.0), np.zeros((2, 2, 2))
    prior[0] = [[0, 30], [10, 0]]
    found = mixed_seed(seed, prior, 0.75)
    np.testing.assert_allclose(found[0], [[0.5, 0.5 + 4.5], [0.5 + 1.5, 0.5]])  # 8 shared 3 : 1
    np.testing.assert_allclose(found[1], 2.0)  # of which the prior knows nothing


def test_an_earlier_table_is_a_prior_without_its_inventories():
    table = random_table(1, 3, 4)
    found = prior_seed(table, table.regions[::-1], table.sectors)
    for i, (r, s) in product(range(4), product(range(3), repeat=2)):
        sent = table.Z.values[r, i, s].sum() + table.Y.values[r, i, s, :4].sum()
        assert found[i, 2 - r, 2 - s] == pytest.approx(sent if r != s else 0)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("北京,天津,1\n北京,天津,2", "row 3"),
        ("北京,天津,-1", "row 2"),
        ("北京,天津,1\n天津,北京,inf", "row 3"),
        ("北京,天津,much", "row 2"),
    ],
)
def test_a_wrong_cell_of_a_freight_matrix_is_named(tmp_path, rows, sentence):
    path = tmp_path / "freight.csv"
    path.write_text(f"region,to_region,value\n{rows}\n", encoding="utf-8")
    with pytest.raises(InputError, match=sentence):
        read_prior(path, collapse(random_table(1, 2, 2, region_labels=["Beijing", "Tianjin"])))


def test_a_freight_matrix_is_read_in_the_order_of_the_tables(tmp_path):
    path = tmp_path / "freight.csv"
    path.write_text("region,to_region,value\nTianjin,北京,5\nBeijing,Tianjin,0\n", encoding="utf-8")
    prov = collapse(random_table(1, 3, 2, region_labels=["Beijing", "Tianjin", "Hebei"]))
    np.testing.assert_array_equal(read_prior(path, prov), [[0, 0, 0], [5, 0, 0], [0, 0, 0]])


def test_blocks_hold_the_cells_they_name_and_an_empty_weight_is_one():
    known = pd.DataFrame(
        {
            "sector": ["b", "*"],
            "region": ["x+y", "z"],
            "to_region": ["*", "x"],
            "value": [3, 4],
            "weight": [np.nan, 0.5],
        }
    )
    whole, half = known_blocks(known, ["x", "y", "z"], ["a", "b"])
    cells = np.arange(18).reshape(2, 3, 3)
    assert set(whole.cells) == {cells[1, 0, 1], cells[1, 0, 2], cells[1, 1, 0], cells[1, 1, 2]}
    assert set(half.cells) == {cells[0, 2, 0], cells[1, 2, 0]}
    assert (whole.value, whole.weight, half.value, half.weight) == (3.0, 1.0, 4.0, 0.5)


@pytest.mark.parametrize(("value", "weight"), [(-1, 1), (np.inf, 1), (np.nan, 1), (1, -0.1), (1, 1.1)])
def test_a_known_flow_or_weight_that_cannot_be_is_refused(value, weight):
    row = {"sector": "a", "region": "x", "to_region": "y", "value": value, "weight": weight}
    with pytest.raises(EstimationError, match="known flow of a from x to y"):
        known_blocks(pd.DataFrame([row]), ["x", "y"], ["a"])
    with pytest.raises(LabelError, match="no column 'value'"):
        known_blocks(pd.DataFrame([row]).drop(columns="value"), ["x", "y"], ["a"])


# -- a table drawn again ----------------------------------------------------------------------------------------------
def test_the_pattern_is_flow_over_its_margins_and_of_silent_regions_what_nearness_lets_expect():
    parts = small_parts(0)
    flows, used = parts.trade.flows.copy(), parts.used
    outflow, inflow = used.outflow.copy(), used.inflow.copy()
    flows[0, 1], outflow[1, 0] = 0.0, 0.0  # region 1 sends out nothing of product 0
    flows[2, :, 3], inflow[3, 2] = 0.0, 0.0  # region 3 takes in nothing of product 2
    trade = dataclasses.replace(parts.trade, flows=flows, beta=1.5)
    found = dataclasses.replace(parts, trade=trade, used=used.replace(outflow=outflow, inflow=inflow)).pattern
    near = parts.trade.nearness
    for i, r, s in np.ndindex(flows.shape):
        there = {
            (a, b): np.log(flows[i, a, b] / outflow[a, i] / inflow[b, i]) + 1.5 * near[a, b]
            for a, b in product(range(4), repeat=2)
            if flows[i, a, b] > 0
        }
        whole = np.mean(list(there.values()))
        row, column = ([v for pair, v in there.items() if pair[side] == at] for side, at in ((0, r), (1, s)))
        if r == s:
            expected = 0.0
        elif row and column:
            expected = flows[i, r, s] / outflow[r, i] / inflow[s, i] if (r, s) in there else 0.0
        else:
            usual = (np.mean(row) if row else whole) + (np.mean(column) if column else whole) - whole
            expected = np.exp(usual - 1.5 * near[r, s])
        assert found[i, r, s] == pytest.approx(expected, rel=1e-9, abs=1e-300)


def test_a_drawn_exponent_moves_flows_by_nearness_alone():
    parts = small_parts(1)
    plain = drawn_table(parts, EstimateErrors(), DrawNoise(0, 0)).origins
    noise = DrawNoise(0, 0)
    z = noise("distance", (1,))[0]
    moved = drawn_table(parts, EstimateErrors(distance=0.4), noise).origins
    near = parts.trade.nearness
    for i in range(4):
        for r, q, s, t in product(range(4), repeat=4):
            if len({r, q, s, t}) == 4 and min(plain[i, [r, r, q, q], [s, t, s, t]]) > 1e-3:
                before = plain[i, r, s] * plain[i, q, t] / plain[i, r, t] / plain[i, q, s]
                after = moved[i, r, s] * moved[i, q, t] / moved[i, r, t] / moved[i, q, s]
                apart = near[r, s] + near[q, t] - near[r, t] - near[q, s]
                assert after / before == pytest.approx(np.exp(-0.4 * z * apart), rel=1e-4)


def test_a_table_of_origins_adds_up_like_its_cells():
    table = drawn_table(small_parts(2), EstimateErrors(cells=0.2, own_cell=0.5), DrawNoise(1, 0))
    Z, Y = table.dense()
    groups = np.array([[1.0, 0, 1, 0], [0, 1, 0, 1]])
    residual = table.output - table.exports - Z.sum((2, 3)) - Y.sum((2, 3))
    np.testing.assert_allclose(table.residual, residual, atol=1e-9 * table.output.max())
    for kept in (table, table.keeping([0, 2, 3])):
        here = [0, 1, 2, 3] if kept is table else [0, 2, 3]
        found, away = kept.added_up(groups), [r for r in range(4) if r not in here]
        some = np.ix_(here, range(4), here)
        np.testing.assert_allclose(found["Z"], np.einsum("gi,risj,hj->rgsh", groups, Z[some], groups), rtol=1e-9)
        np.testing.assert_allclose(found["Y"], np.einsum("gi,ris->rgs", groups, Y[some].sum(3)), rtol=1e-9)
        left = Z[here][:, :, away].sum((2, 3)) + Y[here][:, :, away].sum((2, 3))
        np.testing.assert_allclose(found["excluded"], left @ groups.T, atol=1e-6)
        for name in ("exports", "output", "value_added", "inventory"):
            np.testing.assert_allclose(found[name], getattr(table, name)[here] @ groups.T)
        np.testing.assert_allclose(found["residual"], residual[here] @ groups.T, atol=1e-6)
    again = table.keeping([0, 2, 3]).keeping([0, 1])
    left = table.keeping([0, 2]).excluded
    np.testing.assert_allclose(again.excluded, left, rtol=1e-9)


# -- another year -----------------------------------------------------------------------------------------------------
def year(table, growth, **changes):
    va = (table.data["value_added"] * growth).sum("component")
    final = (table.Y.sum(("region", "sector")) + table.data["imports_final"]).rename(to_region="region")
    return YearMargins(**{"year": 2018, "value_added": va, "final": final * growth, **changes})


def test_a_table_grown_alike_is_the_old_one_times_the_growth():
    table = random_table(2, 3, 4)
    grown = update_table(table, year(table, 1.2))
    for name in ("Z", "Y", "exports", "imports", "imports_final", "value_added", "residual", "output"):
        np.testing.assert_allclose(grown.data[name], 1.2 * table.data[name], rtol=1e-6, atol=1e-3)
    assert grown.data.attrs["final_scaled"] == pytest.approx(1.0, abs=1e-9) and grown.year == 2018


def test_a_given_margin_stands_in_place_of_its_growth():
    table = random_table(2, 3, 4)
    more, less = table.exports.sum("sector"), table.data["imports"].sum("to_sector")
    output = table.output * np.array([1.02, 1.0, 1.01])[:, None]
    grown = update_table(table, year(table, 1.0, exports=more * [1.1, 1, 1], output=output))
    np.testing.assert_allclose(grown.data["exports"], table.data["exports"] * np.array([1.1, 1, 1])[:, None])
    np.testing.assert_allclose(grown.output, output)
    by_region = output.sum("sector") / table.output.sum("sector")
    np.testing.assert_allclose(grown.data["imports"], table.data["imports"] * by_region.rename(region="to_region"))
    np.testing.assert_allclose(grown.data["value_added"].sum("component"), table.data["value_added"].sum("component"))
    whole = less + table.data["imports_final"].sum("category")
    given = update_table(table, year(table, 1.0, imports=(whole * [1.05, 1, 1]).rename(to_region="region")))
    np.testing.assert_allclose(
        given.data["imports_final"], table.data["imports_final"] * np.array([1.05, 1, 1])[:, None]
    )


# -- the estimator's trial and what is odd ----------------------------------------------------------------------------
def test_spoiled_margins_are_those_of_the_practices():
    prov = collapse(random_table(0, 6, 4, residual=False))
    m, made = margins_of(prov), margins_of(degrade(prov, 0, net_only=2, transit=2, apart=False))
    both = np.minimum(m.outflow, m.inflow)
    kinds = {"net": 0, "transit": 0, "as it was": 0}
    for r in range(6):
        cases = {
            "net": (m.outflow[r] - both[r], m.inflow[r] - both[r]),
            "transit": (m.outflow[r] + 0.3 * m.output[r], m.inflow[r] + 0.3 * m.output[r]),
            "as it was": (m.outflow[r], m.inflow[r]),
        }
        fits = [
            k
            for k, (out, into) in cases.items()
            if np.allclose(made.outflow[r], out) and np.allclose(made.inflow[r], into)
        ]
        assert len(fits) == 1
        kinds[fits[0]] += 1
    assert kinds == {"net": 2, "transit": 2, "as it was": 2}
    ratios = np.sqrt([1.44, 0.75, 1.64, 0.95])
    apart = margins_of(degrade(prov, 0, net_only=0, transit=0))
    for i, ratio in enumerate(ratios):
        kept = apart.uses[:, i] > 0.0501 * m.uses[:, i]
        np.testing.assert_allclose(apart.outflow[kept, i], m.outflow[kept, i] * ratio, rtol=1e-9)
        np.testing.assert_allclose(apart.inflow[kept, i], m.inflow[kept, i] / ratio, rtol=1e-9)
        assert kept.any()
    assert (apart.uses >= 0.05 * m.uses * (1 - 1e-9)).all() and apart.outflow.min() >= 0
    np.testing.assert_allclose(apart.gap(), 0, atol=1e-6 * m.output.max())
    again = margins_of(degrade(prov, 0, net_only=0, transit=0, shuffled=True))
    assert not np.allclose(again.outflow, apart.outflow)


def test_scores_are_shares_of_what_is_true():
    truth = random_table(4, 3, 4)
    F = xr.DataArray(np.ones((3, 4)), {"region": truth.regions, "sector": truth.sectors}, attrs={"unit": "Mt"})
    data = truth.data.copy(deep=True)
    here = data["Y"].values
    moved = 0.5 * here[0, 0, 1, 0]
    here[0, 0, 1, 0] -= moved
    here[2, 0, 1, 0] += moved
    data["residual"].values[0, 0] += moved
    data["residual"].values[2, 0] -= moved
    found = scores(type(truth)(data), truth, F)
    sent = truth.Z.values.sum(3) + truth.Y.values[..., :4].sum(3)
    whole = sum(sent[r, :, s].sum() for r, s in product(range(3), repeat=2) if r != s)
    assert found["trade"] == pytest.approx(2 * moved / whole)
    assert found["consumption_eebt"] > 0 and found["net_eebt"] > 0


def test_plain_estimates_take_outflow_as_inflow_says_or_both_as_their_mean():
    table = random_table(0, 4, 3, residual=False)
    prov = degrade(collapse(table), 0, net_only=0, transit=0)
    m, _ = remove_transit(margins_of(prov))
    for make, total in (
        (literal_table, m.inflow.sum(0)),
        (scaled_table, 0.5 * (m.inflow.sum(0) + m.outflow.sum(0))),
    ):
        made = collapse(make(prov, None, OPTIONS))
        into = np.minimum(m.inflow * total / m.inflow.sum(0), m.demand)
        np.testing.assert_allclose(made.data["inflow"].values.sum(0), into.sum(0), rtol=0.03)


def test_oddities_are_named_where_they_are_beyond_their_limits():
    table = random_table(3, 3, 4, residual=False, negative_inventory=False)
    prov = collapse(table)
    m = margins_of(prov)
    share = m.inventory.sum(1) / prov.value_added.values.sum((0, 2))
    said = " ".join(official_oddities(prov))
    for region, part in zip(prov.regions, share, strict=True):
        assert (f"{region} {part:.0%}" in said) == (abs(part) > 0.05)
    data = prov.data.copy(deep=True)
    x = data["output"].values
    x[1, 2] = 1e-10 * x.mean()
    assert f"output next to zero: {prov.regions[1]} {prov.sectors[2]}" in " ".join(official_oddities(type(prov)(data)))
    assert "output next to zero" not in said


def test_the_grid_is_a_power_of_two_of_all_output():
    assert on_grid(np.array([3.0, 5.0])) == 2.0**-38 and on_grid(np.array([4.5, 4.5])) == 2.0**-37
