"""Nothing traded, nothing used, nothing added: what an estimate makes of zeros, and what it leaves as it was."""

from __future__ import annotations

import dataclasses
from unittest.mock import Mock

import numpy as np
import pytest
from drawn_study import small_parts, spoiled
from strategies import random_table

from mrio.estimation.chain import estimate_flows
from mrio.estimation.errors_of_estimate import EstimateErrors
from mrio.estimation.evidence.alternatives import BELIEVED, NO_DOUBT
from mrio.estimation.evidence.gathering import Gathered
from mrio.estimation.margins import Margins
from mrio.estimation.observations import Layout, Witness, observe
from mrio.estimation.options import EstimatorOptions
from mrio.estimation.reconcile import closed_margins
from mrio.estimation.redraw import _uses
from mrio.estimation.rows import ACCOUNTS, Rows
from mrio.estimation.trial.baselines import _scaled
from mrio.estimation.update import YearMargins, update_table
from mrio.table.interregional import Table
from mrio.table.provincial import collapse

ZERO = np.zeros((2, 1))


def column(*values: float) -> np.ndarray:
    return np.array(values, float)[:, None]


def margins(**accounts: np.ndarray) -> Margins:
    """Return margins of one product in two regions, zero where nothing is said; uses close the rows."""
    m = Margins(**{name: accounts.get(name, ZERO) for name in vars(Margins(*[ZERO] * 8))})
    return m.replace(uses=m.output - m.exports - m.net + m.imports)


def test_where_nothing_is_traded_nothing_disagrees():
    assert margins().disagreement() == 0.0


def test_what_nobody_uses_is_not_sent_to_one_who_has_no_use_for_it():
    output, net = column(100, 100), column(5, 0)
    rows = Rows(**{name: ZERO for name in ACCOUNTS}).replace(net_outflow=net, exports=column(95, 100))
    closed, _ = closed_margins(margins(output=output), rows, ZERO)
    assert not closed.inflow.any() and not closed.outflow.any()
    np.testing.assert_allclose(closed.residual, column(5, 0))


@pytest.mark.parametrize(("outflow", "inflow"), [((0, 0), (4, 2)), ((4, 2), (0, 0))])
def test_of_a_product_that_only_leaves_or_only_arrives_nothing_is_traded(outflow, inflow):
    m = margins(outflow=column(*outflow), inflow=column(*inflow), output=column(10, 10))
    scaled = _scaled(m, lambda out, into: 0.5 * (out + into))
    assert not scaled.outflow.any() and not scaled.inflow.any()


def test_final_uses_of_a_draw_grow_with_its_rows_and_stay_where_there_were_none():
    parts = small_parts(0)
    rows = parts.rows.replace(consumption=2 * parts.rows.consumption, formation=3 * parts.rows.formation)
    _, final = _uses(parts, rows, EstimateErrors(), lambda name, shape: np.zeros(shape))
    categories, before = list(parts.labels.categories), parts.uses.final
    for k, name in enumerate(categories):
        factor = {"gfcf": 3.0, "inventory": 0.0}.get(name, 2.0)
        np.testing.assert_allclose(final[..., k], factor * before[..., k], err_msg=name)
    nothing = dataclasses.replace(parts, rows=parts.rows.replace(consumption=0 * parts.rows.consumption))
    _, same = _uses(nothing, parts.rows, EstimateErrors(), lambda name, shape: np.zeros(shape))
    assert np.isfinite(same).all()


def test_another_choice_of_the_estimate_is_kept_as_the_way_to_it():
    parts, (tables, km) = small_parts(0), spoiled(0)
    other = estimate_flows(tables, km, EstimatorOptions(full_doubt=NO_DOUBT))
    rows, share = parts.alternatives[BELIEVED]
    for name in ACCOUNTS:
        there = parts.rows[name] + rows[name]
        np.testing.assert_allclose(there, other.reconciled.rows[name], atol=1e-9 * parts.used.output.max())
    np.testing.assert_allclose(parts.hauling.share + share, other.hauling.share, atol=1e-12)


def test_an_industry_that_added_no_value_shares_it_evenly_once_it_does():
    Z, Y = np.array([[10.0, 20.0], [40.0, 10.0]]), np.array([[70.0], [50.0]])
    old = Table.from_arrays(Z, Y, output=[100, 100], regions=["r"], sectors=["a", "b"], categories=["final"], year=2017,
                            value_added=[[0.0, 30.0], [0.0, 40.0]], imports=[[50.0], [0.0]],
                            components=["wages", "profits"])  # fmt: skip
    added = old.value_added.sum("component").copy(data=[[10.0, 70.0]])
    final = (old.Y.sum(("region", "sector"))).rename(to_region="region").copy(data=[[130.0]])
    made = update_table(old, YearMargins(2018, added, final, output=old.output))
    parts = made.value_added.transpose("component", "region", "sector").values[:, 0]
    np.testing.assert_allclose(parts, [[5, 30], [5, 40]])


def test_tables_that_agree_are_believed_to_the_letter_until_something_else_is_known():
    tables = collapse(random_table(2, 4, 3, residual=False))
    alone = estimate_flows(tables)
    assert not alone.reconciled.posterior.free.any()
    before = alone.reconciled.rows.consumption
    more = 1.1 * before
    layout = Layout(tables.regions, tables.sectors)
    told = observe(layout, "consumption", layout.each(), more.ravel(), 1e-6 * more.ravel(), Witness("survey", "x"))
    evidence = Mock(gather=lambda setting: Gathered(totals={}, surveyed=None, doubts=(), observations=(told,)))
    found = estimate_flows(tables, evidence=evidence).reconciled
    assert found.posterior.free.any() and found.rows.consumption.sum() > 1.05 * before.sum()


def test_errors_and_floors_are_shares_of_what_they_are_errors_of():
    options = vars(EstimatorOptions())
    shares = {name: value for name, value in options.items() if name.endswith(("_error", "_floor", "_share", "_doubt"))}
    assert len(shares) >= 10 and all(0 < value <= 1 for value in shares.values()), shares
    for floor in ("trade", "inventory"):  # what is always possible is less than what a report is off by
        assert options[f"{floor}_floor"] < options[f"{floor}_error"]
