"""What else is known: priors, known flows, an old table carried to a new year."""

from __future__ import annotations

from unittest.mock import Mock

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from strategies import random_table

from mrio.errors import EstimationError, LabelError
from mrio.estimation import known_flows
from mrio.estimation.chain import estimate_table, estimate_with_account
from mrio.estimation.gravity import balanced_flows
from mrio.estimation.known_flows import known_blocks, read_known_flows, with_known_blocks
from mrio.estimation.options import EstimatorOptions
from mrio.estimation.priors import read_prior
from mrio.estimation.update import YearMargins, update_table
from mrio.formats.workbooks.provincial_folder import read_provincial_tables
from mrio.table.interregional import Table
from mrio.table.provincial import ProvincialTables, collapse


def flows(table):
    """Deliveries by product, origin and destination, none to oneself."""
    shipped = (table.Z.values.sum(3) + table.Y.values[..., :-1].sum(3)).transpose(1, 0, 2)
    return shipped * (1 - np.eye(shipped.shape[1]))


def assert_closed(table):
    x, scale = table.output.values, 1e-9 * table.output.values.mean()
    row = table.Z.values.sum((2, 3)) + table.Y.values.sum((2, 3)) + table.exports.values + table.residual.values - x
    column = table.Z.values.sum((0, 1)) + table.imports.values + table.value_added.values.sum(0) - x
    assert max(abs(row).max(), abs(column).max()) <= scale


@pytest.fixture
def known_table():
    return random_table(seed=11, regions=4, sectors=3)


# -- priors -----------------------------------------------------------------------------------------------------------
def test_the_table_itself_as_prior_comes_back_in_every_cell(known_table):
    made = estimate_table(collapse(known_table), prior=known_table, prior_weight=1.0)
    scale = known_table.output.values.mean()
    np.testing.assert_allclose(made.Z, known_table.Z, atol=1e-6 * scale)
    np.testing.assert_allclose(made.Y, known_table.Y, atol=1e-6 * scale)


def test_an_older_table_beats_gravity_when_margins_have_moved(known_table):
    rng = np.random.default_rng(0)
    old = known_table
    growth = xr.DataArray(
        rng.uniform(1, 1.5, (4, 3)), {"region": old.regions, "sector": old.sectors}, ("region", "sector")
    )
    VA = old.value_added.sum("component") * growth
    demand = (old.Y.sum(("region", "sector")) + old.imports_final).rename(to_region="region")
    scale = float(VA.sum() / old.value_added.sum())
    truth = update_table(old, YearMargins(2020, VA, demand * scale))
    prov = collapse(truth)
    with_prior, gravity = (flows(estimate_table(prov, **k)) for k in ({"prior": old}, {}))
    true = flows(truth)
    assert abs(with_prior - true).sum() < 0.3 * abs(gravity - true).sum()
    assert_closed(estimate_table(prov, prior=old))


def test_a_freight_matrix_takes_the_place_of_distance(known_table):
    prov, regions = collapse(known_table), known_table.regions
    freight = xr.DataArray(np.ones((4, 4)), {"region": regions, "to_region": regions}, ("region", "to_region"))
    freight.loc["r0", "r1"] = 50.0
    plain, made = flows(estimate_table(prov)), flows(estimate_table(prov, prior=freight))
    assert (made[:, 0, 1] > 1.2 * plain[:, 0, 1]).all()
    np.testing.assert_allclose(made.sum(2), plain.sum(2), rtol=1e-6)  # margins stay


def test_a_prior_without_a_region_or_with_a_negative_flow_is_refused(known_table):
    prov, regions = collapse(known_table), known_table.regions
    matrix = xr.DataArray(-np.ones((4, 4)), {"region": regions, "to_region": regions}, ("region", "to_region"))
    with pytest.raises(EstimationError, match="from r0 to r1 is -1"):
        estimate_table(prov, prior=matrix)
    with pytest.raises(LabelError, match="the prior has no region 'r3'"):
        estimate_table(prov, prior=matrix.isel(region=slice(3)))


# -- known flows ------------------------------------------------------------------------------------------------------
def known(*rows):
    return pd.DataFrame(rows, columns=["sector", "region", "to_region", "value", "weight"])


def test_a_known_flow_holds_and_margins_stay(known_table):
    prov, true = collapse(known_table), flows(known_table)
    facts = known(("s1", "r0", "r2", true[1, 0, 2], 1.0), ("*", "r3", "r0+r1", true[:, 3, :2].sum(), 1.0))
    made, plain = flows(estimate_table(prov, known=facts)), flows(estimate_table(prov))
    assert made[1, 0, 2] == pytest.approx(true[1, 0, 2], rel=1e-6)
    assert made[:, 3, :2].sum() == pytest.approx(true[:, 3, :2].sum(), rel=1e-6)
    np.testing.assert_allclose(made.sum(2), plain.sum(2), rtol=1e-6)
    np.testing.assert_allclose(made.sum(1), plain.sum(1), rtol=1e-6)
    assert_closed(estimate_table(prov, known=facts))


def test_a_weight_goes_part_of_the_way(known_table):
    prov = collapse(known_table)
    plain = flows(estimate_table(prov))[1, 0, 2]
    half = flows(estimate_table(prov, known=known(("s1", "r0", "r2", 1.2 * plain, 0.5))))[1, 0, 2]
    assert half == pytest.approx(1.1 * plain, rel=1e-6)


@pytest.mark.parametrize(
    ("row", "error", "words"),
    [
        (("s1", "r0", "r9", 1.0, 1.0), LabelError, "'r9' is unknown"),
        (("s1", "r0", "r2", -1.0, 1.0), EstimationError, "value -1"),
        (("s1", "r0", "r2", 1e9, 1.0), EstimationError, "s1 from r0 to r2: 1e.09 contradicts"),
    ],
)
def test_known_flows_that_cannot_be_are_refused_by_name(known_table, row, error, words):
    with pytest.raises(error, match=words):
        estimate_table(collapse(known_table), known=known(row), max_iterations=500)


def doubtful(table) -> ProvincialTables:
    """Return the table's margins with inflow 30% too high everywhere; final demand takes the difference."""
    data = collapse(table).data.copy(deep=True)
    more = 0.3 * data["inflow"]
    data["inflow"] = data["inflow"] + more
    data["final"][..., 0] += more
    return ProvincialTables(data)


# -- update -----------------------------------------------------------------------------------------------------------
def margins_of(table: Table):
    demand = (table.Y.sum(("region", "sector")) + table.imports_final).rename(to_region="region")
    return {
        "value_added": table.value_added.sum("component"), "final": demand, "output": table.output,
        "exports": table.exports.sum("sector"), "imports": (table.imports.sum("to_sector")
        + table.imports_final.sum("category")).rename(to_region="region"),
    }  # fmt: skip


def test_the_same_margins_give_the_same_table(known_table):
    made = update_table(known_table, YearMargins(2018, **margins_of(known_table)))
    np.testing.assert_allclose(made.Z, known_table.Z, rtol=1e-6, atol=1e-3)
    assert made.year == 2018 and made.data.attrs["final_scaled"] == pytest.approx(1)


def test_doubling_everything_doubles_every_cell(known_table):
    double = {name: 2 * margin for name, margin in margins_of(known_table).items()}
    made = update_table(known_table, YearMargins(2018, **double))
    np.testing.assert_allclose(made.Z, 2 * known_table.Z, rtol=1e-5, atol=1e-2)
    np.testing.assert_allclose(made.value_added, 2 * known_table.value_added, rtol=1e-12)


def test_margins_that_do_not_add_up_are_refused(known_table):
    given = margins_of(known_table)
    with pytest.raises(EstimationError, match="final demand would have to be"):
        update_table(known_table, YearMargins(2018, **(given | {"final": given["final"] * 2})))
    with pytest.raises(LabelError, match="value_added has no region 'r3'"):
        short = given["value_added"].isel(region=slice(3))
        update_table(known_table, YearMargins(2018, **(given | {"value_added": short})))


def test_corrections_are_listed_by_size():
    found = estimate_with_account(doubtful(random_table(seed=3, regions=4, sectors=4, residual=False)))
    listed = found.corrections()
    assert list(listed.columns) == ["region", "sector", "account", "reported", "used", "change"]
    assert (abs(listed["change"]).diff().dropna() <= 0).all()
    inflow = listed[listed["account"] == "inflow"]
    total = float((found.account.used_inflow - found.account.reported_inflow).sum())
    assert inflow["change"].sum() == pytest.approx(total) and total < 0


# -- known flows at full size -----------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def large():
    """Return flows of 42 products between 31 regions, with their outflow and inflow."""
    rng = np.random.default_rng(0)
    flows = rng.lognormal(0, 2, (42, 31, 31)) * (1 - np.eye(31))
    return flows, flows.sum(2).T, flows.sum(1).T


def matrix(values, weight=1.0):
    """Return known totals of all pairs of 31 regions, over all products."""
    pairs = [(r, s) for r in range(31) for s in range(31) if r != s]
    return pd.DataFrame({"sector": "*", "region": [f"r{r}" for r, _ in pairs], "to_region": [f"r{s}" for _, s in pairs],
                         "value": [values[r, s] for r, s in pairs], "weight": weight})  # fmt: skip


def met(known, flows, outflow, inflow):
    blocks = known_blocks(known, [f"r{r}" for r in range(31)], [f"p{i}" for i in range(42)])
    return with_known_blocks(flows, blocks, outflow, inflow)


def test_a_full_consistent_matrix_is_met_within_forty_sweeps(large, monkeypatch):
    flows, outflow, inflow = large
    monkeypatch.setattr("mrio.estimation.known_flows.SWEEPS", 40)
    prior = balanced_flows(
        np.ones_like(flows) * (1 - np.eye(31)), outflow, inflow, EstimatorOptions(),
        products=[f"p{i}" for i in range(42)], regions=[f"r{r}" for r in range(31)],
    )  # fmt: skip
    found = met(matrix(flows.sum(0)), prior, outflow, inflow)
    np.testing.assert_allclose(found.sum(0), flows.sum(0), atol=1e-8 * flows.sum())
    np.testing.assert_allclose(found.sum(2).T, outflow, atol=1e-8 * flows.sum())


def test_an_inconsistent_matrix_is_answered_before_all_sweeps_are_done(large, monkeypatch):
    flows, outflow, inflow = large
    wrong = flows.sum(0) * np.random.default_rng(1).lognormal(0, 0.5, (31, 31))
    sweeps = Mock(wraps=known_flows._sums)
    monkeypatch.setattr(known_flows, "_sums", sweeps)
    with pytest.raises(EstimationError, match="contradicts outflow, inflow or other known flows"):
        met(matrix(wrong), flows, outflow, inflow)
    assert sweeps.call_count <= 2 * known_flows.PATIENCE
    found = met(matrix(wrong, weight=0.5), flows, outflow, inflow)  # weighted: as far as the margins let it
    assert abs(found.sum(0) - wrong).sum() < abs(flows.sum(0) - wrong).sum()
    np.testing.assert_allclose(found.sum(1).T, inflow, rtol=1e-9)


def test_known_flows_and_freight_may_be_written_in_chinese(tmp_path, shared_data):
    prov = read_provincial_tables(shared_data / "provincial_io" / "2017")
    (tmp_path / "known.csv").write_text(
        "sector,region,to_region,value\n煤炭采选产品,山西+内蒙古,河北省,5\n*,Shanxi,北京,7\n"
    )
    known = read_known_flows(tmp_path / "known.csv", prov)
    assert known[["sector", "region", "to_region"]].to_numpy().tolist() == [
        ["02", "Shanxi+Inner Mongolia", "Hebei"], ["*", "Shanxi", "Beijing"],
    ]  # fmt: skip
    (tmp_path / "known.csv").write_text("sector,region,to_region,value\n煤炭,山西,河北,5\n")
    with pytest.raises(LabelError, match="row 2: sector '煤炭' is unknown"):
        read_known_flows(tmp_path / "known.csv", prov)
    (tmp_path / "freight.csv").write_text("region,to_region,value\n山西,河北,5\nShanxi,Hebei,2\n")
    freight = read_prior(tmp_path / "freight.csv", prov)
    assert float(freight.sel(region="Shanxi", to_region="Hebei")) == 7 and float(freight.sum()) == 7
