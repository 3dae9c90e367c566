"""Accounts: conservation laws, hand cases, textbook numbers and an independent implementation."""

import numpy as np
import pymrio
import pytest
import xarray as xr
from hypothesis import given
from strategies import random_emissions, random_table, tables_with_emissions

from mrio.equations.flows import accounts
from mrio.labels import INVENTORY
from mrio.table.interregional import Table

METHODS = ("eebt", "mrio", "gross")
RTOL = 1e-10


def scale(result):
    """A tonne count to measure errors by, never zero."""
    return float(abs(result["production"]).sum()) + 1e-30


def dense(table, F):
    """A, L, the local inverses and f by plain linear algebra: slow, and independent of mrio.algebra.leontief."""
    R, n = table.output.shape
    x = table.output.values.reshape(-1)
    A = np.divide(table.Z.values.reshape(R * n, R * n), x, out=np.zeros((R * n, R * n)), where=x > 0)
    L = np.linalg.inv(np.eye(R * n) - A)
    blocks = A.reshape(R, n, R, n)
    local = np.stack([np.linalg.inv(np.eye(n) - blocks[r, :, r, :]) for r in range(R)])
    f = np.divide(F.values.reshape(-1), x, out=np.zeros(R * n), where=x > 0).reshape(R, n)
    return L, local, f


def outside_demand(table):
    return table.exports.values + table.excluded_out.values + table.residual.values


def hand_table():
    """Two provinces, one product each: A sells 20 to B's industry and 30 to B's households, B 10 to A's households."""
    Z = np.zeros((2, 1, 2, 1))
    Z[0, 0, 1, 0] = 20
    Y = np.array([[50, 30], [10, 70]], dtype=float).reshape(2, 1, 2, 1)
    return Table.from_arrays(Z, Y, regions=["A", "B"], sectors=["all"], categories=["use"], year=2017)


def hand_emissions():
    return xr.DataArray([[10.0], [8.0]], {"region": ["A", "B"], "sector": ["all"]}, attrs={"unit": "Mt"})


def test_hand_case_by_three_definitions():
    # A: x = 100, f = .1; B: x = 80, f = .1; A^AB = 20/80; L_AB = .25 (A buys nothing from B's industry)
    table, F = hand_table(), hand_emissions()
    eebt, mrio, gross = (accounts(table, F, method=m) for m in METHODS)
    # eebt: A -> B .1 (20 + 30) = 5, home .1 x 50 = 5; B -> A .1 x 10 = 1, home 7
    np.testing.assert_allclose(eebt["flows"], [[5, 5], [1, 7]])
    # mrio: of the 20 that A sells to B's industry 20 x 10/80 = 2.5 come home in B's product: E[A,A] = .1 (50 + 2.5)
    np.testing.assert_allclose(mrio["flows"], [[5.25, 4.75], [1, 7]])
    # gross: B's product holds .1 + .25 x .1 = .125: B -> A .125 x 10 = 1.25, E[B,B] = .125 x 70
    np.testing.assert_allclose(gross["flows"], [[5, 5], [1.25, 8.75]])
    np.testing.assert_allclose(eebt["net_transfer"], [1 - 5, 5 - 1])
    np.testing.assert_allclose(mrio["net_transfer"], [-3.75, 3.75])
    np.testing.assert_allclose(gross["net_transfer"], mrio["net_transfer"])  # nothing is exported
    np.testing.assert_allclose(gross["reshipped"], [0, 0.1 * 20])
    # what B draws for its industry stands in its own product again: consumption counts it once, as the footprint does
    np.testing.assert_allclose(gross["consumption"], [5 + 1.25, 5 + 8.75 - 2])
    np.testing.assert_allclose(gross["consumption"], mrio["consumption"])
    np.testing.assert_allclose(eebt["consumption"], [6, 12])


@pytest.mark.parametrize("method", METHODS)
@given(case=tables_with_emissions())
def test_every_tonne_is_in_one_account(method, case):
    table, F, F_Y = case
    result = accounts(table, F, F_Y, method=method)  # asserts its own conservation as well
    outside = result["exports"] + result["excluded"] + result["residual"] + result["zero_output"]
    rows = result["flows"].sum("to_region") + outside - result["reshipped"]
    np.testing.assert_allclose(rows, result["production"], atol=RTOL * scale(result))
    split = result["home"] + result["sent_intermediate"] + result["sent_final"]
    np.testing.assert_allclose(split, result["flows"].sum("to_region"), atol=RTOL * scale(result))
    drawn = result["home"] + result["drawn_intermediate"] + result["drawn_final"] - result["reshipped"]
    np.testing.assert_allclose(drawn, result["consumption"], atol=RTOL * scale(result))
    np.testing.assert_allclose(result["D_cba"].sum("sector"), result["consumption"], atol=RTOL * scale(result))
    consumed = float((result["consumption"] + outside).sum())
    assert consumed == pytest.approx(float(result["production"].sum()), abs=RTOL * scale(result))
    by_sector = result["flows_by_product"].sum("sector") - result["flows_by_origin"].sum("sector")
    assert float(abs(by_sector).max()) <= RTOL * scale(result)
    assert abs(float(result["net_transfer"].sum())) <= RTOL * scale(result)
    assert all(np.isfinite(variable).all() for variable in result.data_vars.values())
    nets = result["flows"] - result["flows"].rename(region="to_region", to_region="region")
    np.testing.assert_allclose(-nets.sum("to_region"), result["net_transfer"], atol=RTOL * scale(result))


@given(case=tables_with_emissions())
def test_definitions_against_dense_algebra_and_each_other(case):
    table, F, _ = case
    L, local, f = dense(table, F)
    R, n = f.shape
    out = outside_demand(table)
    eebt, mrio, gross = (accounts(table, F, method=m) for m in METHODS)
    tolerance = RTOL * scale(eebt)
    Y = table.Y.values.sum(3)
    footprint = (f[:, :, None] * (L @ Y.reshape(R * n, R)).reshape(R, n, R)).sum(1)
    np.testing.assert_allclose(mrio["flows"], footprint, atol=tolerance)
    m_local, m = np.einsum("rk,rki->ri", f, local), (f.reshape(-1) @ L).reshape(R, n)
    through_exports = (f * (L @ out.reshape(-1)).reshape(R, n)).sum(1)
    # eq 4: what one province sends to another for the other's exports is consumption under eebt, export under mrio
    difference = through_exports.sum() - (m_local * out).sum()
    assert float(eebt["consumption"].sum() - mrio["consumption"].sum()) == pytest.approx(difference, abs=tolerance)
    # eq 5: NT_gross = NT_mrio - f [L (e + eps)] + m (e + eps)
    walk = mrio["net_transfer"].values - through_exports + (m * out).sum(1)
    np.testing.assert_allclose(gross["net_transfer"], walk, atol=tolerance)


def test_nets_agree_where_nothing_leaves_the_provinces():
    table = random_table(seed=3, exports=False, residual=False)
    F, _ = random_emissions(table)
    mrio, gross = (accounts(table, F, method=m)["net_transfer"] for m in ("mrio", "gross"))
    np.testing.assert_allclose(mrio, gross, atol=1e-12 * float(F.sum()))


def test_agrees_with_pymrio_on_its_test_table():
    peer = pymrio.load_test().calc_all()
    regions, sectors = list(peer.get_regions()), list(peer.get_sectors())
    R, n = len(regions), len(sectors)
    categories = [str(c) for c in range(peer.Y.shape[1] // R)]
    table = Table.from_arrays(peer.Z.values, peer.Y.values, regions=regions, sectors=sectors,
                              categories=categories, year=2000)  # fmt: skip
    for stressor in range(len(peer.emissions.F)):
        values = peer.emissions.F.iloc[stressor].values.reshape(R, n)
        F = xr.DataArray(values, {"region": regions, "sector": sectors}, attrs={"unit": "kg"})
        result = accounts(table, F, method="mrio")
        for name in ("D_pba", "D_cba", "D_imp", "D_exp"):
            theirs = getattr(peer.emissions, name).iloc[stressor].values.reshape(R, n)
            np.testing.assert_allclose(result[name], theirs, rtol=1e-11, atol=1e-12 * theirs.max(), err_msg=name)
    peer.by_origin = peer.emissions.diag_stressor(peer.emissions.F.index[0])
    bilateral = peer.calc_all().by_origin.D_cba
    theirs = bilateral.groupby(level=0, sort=False).sum().T.groupby(level=0, sort=False).sum().T
    F = xr.DataArray(peer.emissions.F.iloc[0].values.reshape(R, n), {"region": regions, "sector": sectors},
                     attrs={"unit": "kg"})  # fmt: skip
    np.testing.assert_allclose(accounts(table, F)["flows"], theirs.loc[regions, regions], rtol=1e-11)


def test_miller_and_blair_two_regions():
    # Miller & Blair (2009), tables 3.3 and 3.4: interregional transactions (North 3 sectors, South 2) and outputs.
    # Sectors 4 and 5 do not exist apart in the book, so both regions carry three sectors, South's third is empty.
    Z = np.zeros((2, 3, 2, 3))
    rows = [[150, 500, 50, 25, 75], [200, 100, 400, 200, 100], [300, 500, 50, 60, 40], [75, 100, 60, 200, 250],
            [50, 25, 25, 150, 100]]  # fmt: skip
    place = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1)]
    for (r, i), row in zip(place, rows, strict=True):
        for (s, j), value in zip(place, row, strict=True):
            Z[r, i, s, j] = value
    x = np.array([[1000, 2000, 1000], [1200, 800, 0]], dtype=float)
    Y = np.zeros((2, 3, 2, 1))
    Y[0, :, 0, 0], Y[1, :, 1, 0] = (x - Z.sum((2, 3)))[0], (x - Z.sum((2, 3)))[1]
    table = Table.from_arrays(Z, Y, output=x, regions=["North", "South"], sectors=["1", "2", "3"],
                              categories=["f"], year=2009)  # fmt: skip
    printed = np.array([
        [1.4234, 0.4652, 0.2909, 0.1917, 0.3041], [0.6346, 1.4237, 0.6707, 0.4092, 0.4558],
        [0.6383, 0.5369, 1.3363, 0.2501, 0.3108], [0.2672, 0.2000, 0.1973, 1.3406, 0.5473],
        [0.1468, 0.0908, 0.0926, 0.2155, 1.2538],
    ])  # fmt: skip
    F = xr.DataArray([[10.0, 20, 30], [40, 50, 0]], {"region": ["North", "South"], "sector": ["1", "2", "3"]},
                     attrs={"unit": "Mt"})  # fmt: skip
    result = accounts(table, F)
    final = Y.sum(3).reshape(6, 2)[:5]
    f = (F.values / np.where(x > 0, x, 1)).reshape(6)[:5]
    by_origin = f[:, None] * (printed @ final)
    expected = np.stack([by_origin[:3].sum(0), by_origin[3:].sum(0)])
    np.testing.assert_allclose(result["flows"], expected, rtol=5e-4)


@pytest.mark.parametrize(("scope", "sign"), [("interprovincial", 0.0), ("with-exports", -1.0)])
def test_scopes_of_the_net_transfer(scope, sign):
    table = random_table(seed=5)
    F, F_Y = random_emissions(table)
    result = accounts(table, F, F_Y, scope=scope)
    expected = result["inflow"] - result["outflow"] + sign * result["exports"]
    np.testing.assert_allclose(result["net_transfer"], expected)
    assert result["net_transfer"].attrs["scope"] == scope


def test_inventory_is_a_part_of_consumption_and_may_be_negative():
    table = random_table(seed=2)
    F, _ = random_emissions(table)
    L, _, f = dense(table, F)
    R, n = f.shape
    stock = table.Y.sel(category=INVENTORY).values.reshape(R * n, R)
    expected = (f.reshape(-1) @ L) @ stock
    np.testing.assert_allclose(accounts(table, F)["inventory"], expected)
    without = table.Y.values.copy()
    without[..., table.categories.index(INVENTORY)] = 0
    np.testing.assert_allclose(
        accounts(table, F)["consumption"].values - expected,
        ((f.reshape(-1) @ L) @ without.sum(3).reshape(R * n, R)),
    )


def test_order_of_labels_does_not_matter():
    table = random_table(seed=7)
    F, F_Y = random_emissions(table)
    straight = accounts(table, F, F_Y, method="eebt")
    turned = accounts(table.reorder(table.regions[::-1], table.sectors[::-1]), F, F_Y, method="eebt")
    again = turned.sel(region=table.regions, to_region=table.regions, sector=table.sectors)
    for name in straight.data_vars:
        np.testing.assert_allclose(again[name], straight[name], atol=1e-12 * scale(straight), err_msg=name)


def test_dropped_regions_leave_an_account():
    table = random_table(seed=8, regions=4)
    F, _ = random_emissions(table)
    gone = table.regions[1]
    kept = table.drop_regions([gone])
    F = F.sel(region=kept.regions).assign_attrs(unit="Mt")
    result = accounts(kept, F, method="eebt")
    assert float(result["excluded"].sum()) > 0
    assert float(result["production"].sum()) == pytest.approx(float(F.sum()))
