"""Every account, share and scheme once more, by loops and dense inverses written from the equations, not the code."""

import numpy as np
import pytest
import xarray as xr
from dense import Dense
from strategies import random_emissions, random_table

from mrio.equations.flows import accounts, prepare
from mrio.equations.imports import foreign_imports
from mrio.equations.other_schemes import OUTSIDE, schemes
from mrio.equations.sharing import outflow_value, responsibility
from mrio.table.interregional import Table

#: (seed, regions, sectors, sectors without output, a region to drop)
CASES = [
    (1, 3, 4, 0, None),
    (2, 4, 3, 2, "r1"),
    (3, 1, 4, 1, None),
    (4, 4, 1, 0, "r0"),
    (5, 1, 1, 0, None),
    (6, 5, 2, 1, "r2"),
]


@pytest.fixture(params=CASES, ids=str)
def case(request):
    seed, regions, sectors, dead, gone = request.param
    table = random_table(seed, regions, sectors, zero_sectors=dead)
    F, F_Y = random_emissions(table, seed)
    F = F.copy(data=F.values + 1.5 * (table.output.values == 0))  # what has no output may emit all the same
    total = table.imports.values.sum(1) + table.imports_final.values.sum(1)
    share = np.arange(1.0, sectors + 1)
    imported = (("sector", "to_region"), np.outer(share / share.sum(), total), {"unit": table.unit})
    table = Table(table.data.assign(imports_by_product=imported))
    if gone:
        table = table.drop_regions([gone])
        F, F_Y = F.sel(region=table.regions), F_Y.sel(region=table.regions)
    return Dense(table, F), table, F, F_Y


@pytest.mark.parametrize("method", ["eebt", "mrio", "gross"])
def test_accounts(case, method):
    dense, table, F, F_Y = case
    result = accounts(table, F, F_Y, method=method)
    scale = 1e-12 * float(F.sum())
    for name, expected in dense.expected(method).items():
        np.testing.assert_allclose(result[name], expected, rtol=1e-9, atol=scale, err_msg=name)
    np.testing.assert_array_equal(result["household"], F_Y)
    turned = F_Y.isel(region=slice(None, None, -1))  # labels, not places
    np.testing.assert_array_equal(accounts(table, F, turned, method=method)["household"], F_Y)


def sr(dense, E, by_product, alpha_of, alpha_x, beyond):
    """SR^r, one flow after the other; `alpha_of(r)` is the origin's."""
    shared = np.diag(E) + alpha_x * (beyond["exports"] + beyond["excluded"]) + beyond["residual"] + dense.idle
    for r in range(dense.R):
        for s in range(dense.R):
            if s != r:
                shared[r] += (alpha_of(r) * by_product[r, :, s]).sum() + ((1 - alpha_of(s)) * by_product[s, :, r]).sum()
    return shared


@pytest.mark.parametrize("alpha_x", [1.0, 0.3])
def test_shared_responsibility(case, alpha_x):
    dense, table, F, _ = case
    alpha, T = dense.alpha(), dense.traded()
    out = T.sum(2)
    mean = np.divide((out * alpha).sum(1), out.sum(1), out=np.zeros(dense.R), where=out.sum(1) > 0)
    scale = 1e-12 * float(F.sum())
    for method, by in (("eebt", "product"), ("mrio", "province"), ("mrio", "origin")):
        result = accounts(table, F, method=method)
        made = responsibility(table, result, alpha_exports=alpha_x, by=by)
        E, origin, product = dense.flows(method)
        parts = {"product": (product, alpha.__getitem__), "origin": (origin, alpha.__getitem__),
                 "province": (product, mean.__getitem__)}[by]  # fmt: skip
        expected = sr(dense, E, *parts, alpha_x, dense.expected(method))
        np.testing.assert_allclose(made["shared"], expected, rtol=1e-9, atol=scale, err_msg=by)
        np.testing.assert_allclose(made["alpha"], alpha, atol=1e-12)
        np.testing.assert_allclose(made["alpha_region"], mean, atol=1e-12)
        np.testing.assert_allclose(made["outflow_value_added_by_sector"], out * alpha, rtol=1e-9, atol=1e-6)
        net = result["net_transfer"].values
        for r in range(dense.R):
            drawn = T[:, :, r]
            share = 1 - (drawn * alpha).sum() / drawn.sum() if net[r] > 0 else mean[r]
            assert float(made["share"][r]) == pytest.approx(share, abs=1e-12)


def test_alpha_may_be_weighted_by_exports_too(case):
    dense, table, F, _ = case
    made = responsibility(table, accounts(table, F, method="eebt"), weight_exports=True)
    out = dense.traded().sum(2) + dense.outside["exports"]
    mean = np.divide((out * dense.alpha()).sum(1), out.sum(1), out=np.zeros(dense.R), where=out.sum(1) > 0)
    np.testing.assert_allclose(made["alpha_region"], mean, atol=1e-12)
    assert outflow_value(table, True)["to_region"].values.tolist() == [*table.regions, "abroad"]


def gallego_lenzen_by_rounds(dense):
    """Round by round: keep v / (x - own use), pass the rest on in proportion to sales to others."""
    x, own = dense.x.reshape(-1), np.diag(dense.Z)
    sold = x - own
    kept = np.divide(dense.v.reshape(-1), sold, out=np.ones(dense.N), where=sold > 0)
    reached, answered, outside = dense.F.reshape(-1).copy(), np.zeros(dense.R), 0.0
    beyond = sum(dense.outside.values()).reshape(-1)
    for _ in range(3000):
        per_sale = np.divide((1 - kept) * reached, sold, out=np.zeros(dense.N), where=sold > 0)
        answered += (kept * reached).reshape(dense.R, dense.n).sum(1) + per_sale @ dense.Y.reshape(dense.N, dense.R)
        outside += per_sale @ beyond
        reached = per_sale @ dense.Z - per_sale * own
    return answered, outside


@pytest.mark.parametrize("method", ["eebt", "mrio"])
def test_schemes(case, method):
    dense, table, F, _ = case
    result = accounts(table, F, method=method)
    made = schemes(table, F, result, responsibility(table, result))
    of = {name: made["amount"].sel(scheme=name).values for name in made["scheme"].values}
    outside = {name: float(made[OUTSIDE].sel(scheme=name)) for name in of}
    tolerance = {"rtol": 1e-9, "atol": 1e-11 * float(F.sum())}
    E, origin, _ = dense.flows(method)
    drawn, sent = E.sum(0) - np.diag(E), E.sum(1) - np.diag(E)
    production = dense.F.sum(1)
    np.testing.assert_allclose(of["producer"], production, **tolerance)
    np.testing.assert_allclose(of["consumer"], np.diag(E) + drawn + dense.idle, **tolerance)
    np.testing.assert_allclose(of["half"], production + (drawn - sent) / 2, **tolerance)
    answered, left = gallego_lenzen_by_rounds(dense)
    np.testing.assert_allclose(of["gallego_lenzen"], answered, **tolerance)
    np.testing.assert_allclose(outside["gallego_lenzen"], left, **tolerance)
    # downstream: primary inputs push emissions through sales, Ghosh inverse (I - x^-1 Z)^-1
    sales = np.divide(dense.Z, dense.x.reshape(-1, 1), out=np.zeros_like(dense.Z), where=dense.x.reshape(-1, 1) > 0)
    enabled = np.linalg.inv(np.eye(dense.N) - sales) @ dense.f.reshape(-1)
    by_value_added = (dense.v * enabled.reshape(dense.R, dense.n)).sum(1) + dense.idle
    np.testing.assert_allclose(of["income"], by_value_added, **tolerance)
    bought_outside = table.imports.values + table.excluded_in.values
    np.testing.assert_allclose(outside["income"], (bought_outside.reshape(-1) * enabled).sum(), **tolerance)
    # Kander et al. (2015): what is sent, at the average intensity of all that is sent
    away = np.array([[origin[r, :, s] * (r != s) for s in range(dense.R)] for r in range(dense.R)]).sum(1)
    output = np.divide(away, dense.f, out=np.zeros_like(away), where=dense.f > 0)
    average = np.divide(away.sum(0), output.sum(0), out=np.zeros(dense.n), where=output.sum(0) > 0)
    np.testing.assert_allclose(of["technology_adjusted"], production + drawn - (average * output).sum(1), **tolerance)


@pytest.mark.parametrize("technology", ["province", "national"])
def test_foreign_imports(case, technology):
    dense, table, F, _ = case
    made = foreign_imports(table, prepare(table, F), technology)
    product, x = table.imports_by_product.values, dense.x
    f_imported, final = np.zeros_like(x), np.zeros(dense.R)
    for s in range(dense.R):
        m = dense.m[s]
        if technology == "national":
            total = x.sum(0)
            m = np.divide((dense.m * x).sum(0), total, out=np.zeros_like(total), where=total > 0)
        content = (m * product[:, s]).sum() / product[:, s].sum()
        final[s] = content * table.imports_final.values[s].sum()
        f_imported[s] = content * table.imports.values[s]
    travelled = dense.per_output(f_imported).reshape(-1) @ dense.L
    used = travelled @ dense.Y.reshape(dense.N, dense.R)
    outside = travelled @ sum(dense.outside.values()).reshape(-1)
    np.testing.assert_allclose(made["imports_final"], final)
    np.testing.assert_allclose(made["imports_intermediate"], used)
    np.testing.assert_allclose(float(made["imports_outside"]), outside)
    np.testing.assert_allclose(made["imports_entered"], final + f_imported.sum(1))


def test_provinces_that_send_draw_or_consume_nothing_have_defined_results():
    # A sells to B and C alone, B consumes and sends nothing, C consumes nothing and exports all it makes
    Z, Y = np.zeros((3, 1, 3, 1)), np.zeros((3, 1, 3, 1))
    Z[0, 0, 1, 0], Z[0, 0, 2, 0], Y[1, 0, 1, 0], Y[0, 0, 0, 0] = 20, 30, 60, 50
    table = Table.from_arrays(Z, Y, exports=[[0], [0], [80]], regions=list("ABC"), sectors=["all"], categories=["use"],
                              year=2017)  # fmt: skip
    F = xr.DataArray([[10.0], [6], [4]], {"region": list("ABC"), "sector": ["all"]}, attrs={"unit": "Mt"})
    eebt, mrio = (accounts(table, F, method=name) for name in ("eebt", "mrio"))
    np.testing.assert_allclose(eebt["flows"], [[5, 2, 3], [0, 6, 0], [0, 0, 0]])
    np.testing.assert_allclose(mrio["flows"], [[5, 2, 0], [0, 6, 0], [0, 0, 0]])  # A's 3 leave through C
    np.testing.assert_allclose(mrio["exports"], [3, 0, 4])
    np.testing.assert_allclose(mrio["consumption"], [5, 8, 0])
    shared = responsibility(table, eebt)
    np.testing.assert_allclose(
        shared["alpha_region"], [1, 0, 0]
    )  # A's inputs are its own value added; B, C send nothing
    np.testing.assert_allclose(shared["share"], [1, 0, 0])  # B and C draw from A, which keeps everything
    np.testing.assert_allclose(shared["shared"], [10, 6, 4])
    made = schemes(table, F, eebt, shared)
    assert np.isfinite(made["amount"]).all()
    np.testing.assert_allclose(made["amount"].sum("region") + made[OUTSIDE], 20)
