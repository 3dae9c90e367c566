"""Shared responsibility: every tonne once, alpha by hand, the edges alpha = 0 and 1."""

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from strategies import random_emissions, random_table, tables_with_emissions

from mrio.equations.flows import accounts
from mrio.equations.sharing import local_value_added_share, outflow_value, responsibility
from mrio.errors import ConfigError
from mrio.table.interregional import Table


def chain():
    """A (two products) sells product 2 to B; product 2 of A needs 30 of product 1 of A and 20 of B's product 1.

    A: x1 = 60 (v 60), x2 = 100 (inputs 30 own, 20 from B, v 50); B: x1 = 70 (v 70), x2 = 0.
    """
    Z = np.zeros((2, 2, 2, 2))
    Z[0, 0, 0, 1], Z[1, 0, 0, 1] = 30, 20
    Y = np.zeros((2, 2, 2, 1))
    Y[0, 0, 0, 0], Y[0, 1, 0, 0], Y[0, 1, 1, 0], Y[1, 0, 1, 0] = 30, 40, 60, 50
    return Table.from_arrays(Z, Y, regions=["A", "B"], sectors=["1", "2"], categories=["use"], year=2017)


def test_alpha_by_hand():
    alpha = local_value_added_share(chain())
    # product 2 of A: own value added .5, and .3 of product 1 of A which is all value added; B's .2 is not local
    np.testing.assert_allclose(alpha, [[1.0, 0.8], [1.0, 0.0]])
    assert alpha.attrs["outside_unit_interval"] == []


def test_shares_by_hand():
    table = chain()
    F = xr.DataArray([[6.0, 10], [7, 0]], {"region": ["A", "B"], "sector": ["1", "2"]}, attrs={"unit": "Mt"})
    result = accounts(table, F, method="eebt")
    # a unit of A's product 2 carries .1 + .3 x .1 = .13; A -> B .13 x 60 = 7.8; B -> A .1 x 20 = 2
    np.testing.assert_allclose(result["flows"], [[0.1 * 30 + 0.13 * 40, 7.8], [2, 5]])
    shared = responsibility(table, result)
    np.testing.assert_allclose(shared["kept"], [0.8 * 7.8, 1.0 * 2])
    np.testing.assert_allclose(shared["taken_over"], [0.0, 0.2 * 7.8])
    np.testing.assert_allclose(shared["shared"], [8.2 + 6.24, 5 + 2 + 1.56])
    np.testing.assert_allclose(shared["alpha_region"], [0.8, 1.0])
    # A draws 2 and sends 7.8: net-in, shows its own alpha; B is net-out and shows 1 - alpha of A
    np.testing.assert_allclose(shared["share"], [0.8, 0.2])
    np.testing.assert_allclose(outflow_value(table).sum(("sector", "to_region")), [60, 20])


@pytest.mark.parametrize(("method", "by"), [("eebt", "product"), ("eebt", "province"), ("mrio", "province"),
                                            ("mrio", "origin")])  # fmt: skip
@given(case=tables_with_emissions())
def test_every_tonne_is_shared_once(method, by, case):
    table, F, F_Y = case
    result = accounts(table, F, F_Y, method=method)
    scale = float(result["production"].sum())
    for alpha_exports in (1.0, 0.4):
        shared = responsibility(table, result, by=by, alpha_exports=alpha_exports)
        total = float(shared["shared"].sum() + shared["rest_of_world"].sum())
        assert total == pytest.approx(scale, rel=1e-10, abs=1e-12)
        by_sector = shared["allocated_by_sector"].sum("sector")
        np.testing.assert_allclose(by_sector, shared["kept"] + shared["taken_over"], rtol=1e-9, atol=1e-9 * scale)
        rest = (1 - alpha_exports) * float((result["exports"] + result["excluded"]).sum())
        assert float(shared["rest_of_world"].sum()) == pytest.approx(rest, rel=1e-10, abs=1e-12)


@given(case=tables_with_emissions())
def test_alpha_lies_between_0_and_1_where_value_added_is_not_negative(case):
    table, _, _ = case
    alpha = local_value_added_share(table)
    assert (table.value_added.values.sum(0) >= 0).all()
    assert ((alpha > -1e-9) & (alpha < 1 + 1e-9)).all()


def test_negative_value_added_is_reported_not_clipped():
    table = chain()
    data = table.data.copy(deep=True)
    data["value_added"][0, 0, 1] = -60.0
    alpha = local_value_added_share(Table(data))
    assert float(alpha[0, 1]) == pytest.approx(-0.3)
    assert alpha.attrs["outside_unit_interval"] == ["A 2"]


def test_one_region_answers_for_everything():
    table = random_table(seed=1, regions=1)
    F, _ = random_emissions(table)
    result = accounts(table, F, method="eebt")
    shared = responsibility(table, result)
    np.testing.assert_allclose(shared["shared"], result["production"])
    assert float(shared["alpha_region"][0]) == 0.0  # nothing flows out, so there is nothing to weight by


def test_what_cannot_be_shared_is_refused():
    table = random_table(seed=1)
    F, _ = random_emissions(table)
    with pytest.raises(ConfigError, match="needs method 'eebt'"):
        responsibility(table, accounts(table, F, method="mrio"), by="product")
    with pytest.raises(ConfigError, match="at every border"):
        responsibility(table, accounts(table, F, method="gross"))
    with pytest.raises(ConfigError, match="expected a number from 0 to 1"):
        responsibility(table, accounts(table, F, method="eebt"), alpha_exports=1.5)
