"""Reconciliation of definitions, other schemes of responsibility, foreign imports: identities on random tables."""

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from strategies import random_emissions, random_table, tables_with_emissions

from mrio.equations.flows import accounts, prepare
from mrio.equations.imports import foreign_imports
from mrio.equations.other_schemes import OUTSIDE, beneficiary, gallego_lenzen, schemes
from mrio.equations.sharing import responsibility
from mrio.equations.walk import reconcile_definitions
from mrio.errors import ConfigError
from mrio.table.interregional import Table
from mrio.words.variant_words import SCHEMES


@given(case=tables_with_emissions())
def test_the_walk_between_definitions_arrives(case):
    table, F, _ = case
    made = {name: accounts(table, F, method=name) for name in ("eebt", "mrio", "gross")}
    walk = reconcile_definitions(made["eebt"], made["mrio"], made["gross"])  # asserts its own arrival
    tolerance = 1e-10 * float(F.sum() + 1e-30)
    for name in made:
        np.testing.assert_allclose(walk[name], made[name]["net_transfer"], atol=tolerance)
    for name in ("eebt", "mrio", "gross"):
        assert abs(float(walk[name].sum())) <= 10 * tolerance
    if not (table.exports.values.any() or table.residual.values.any()):
        np.testing.assert_allclose(walk["own_for_exports"], 0, atol=tolerance)
        np.testing.assert_allclose(walk["mrio"], walk["gross"], atol=10 * tolerance)


def test_feedback_and_third_provinces_by_hand():
    # A -> B -> A: A sells 20 to B's industry, B sells 10 to A's households; B's product holds 2.5 of A's 20
    Z = np.zeros((2, 1, 2, 1))
    Z[0, 0, 1, 0] = 20
    Y = np.array([[50, 30], [10, 70]], float).reshape(2, 1, 2, 1)
    table = Table.from_arrays(Z, Y, regions=["A", "B"], sectors=["all"], categories=["use"], year=2017)
    F = xr.DataArray([[10.0], [8.0]], {"region": ["A", "B"], "sector": ["all"]}, attrs={"unit": "Mt"})
    walk = reconcile_definitions(*(accounts(table, F, method=name) for name in ("eebt", "mrio", "gross")))
    np.testing.assert_allclose(walk["feedback"], [0.25, 0.0])
    np.testing.assert_allclose(walk["third_provinces"], [0.0, -0.25])
    np.testing.assert_allclose(walk["through_others_exports"], 0.0)


def test_lines_of_exports_by_hand():
    # A sells 20 to B's industry, B exports all its 80: A's 2 leave through B. f = .1 each, m_B = .1 + .25 x .1 = .125
    Z = np.zeros((2, 1, 2, 1))
    Z[0, 0, 1, 0] = 20
    Y = np.array([[80, 0], [0, 0]], float).reshape(2, 1, 2, 1)
    table = Table.from_arrays(Z, Y, exports=[[0.0], [80]], regions=["A", "B"], sectors=["all"], categories=["use"],
                              year=2017)  # fmt: skip
    F = xr.DataArray([[10.0], [8.0]], {"region": ["A", "B"], "sector": ["all"]}, attrs={"unit": "Mt"})
    walk = reconcile_definitions(*(accounts(table, F, method=name) for name in ("eebt", "mrio", "gross")))
    expected = {
        "eebt": [-2, 2], "feedback": [0, 0], "through_others_exports": [2, 0], "third_provinces": [0, -2],
        "mrio": [0, 0], "own_for_exports": [-2, -8], "content_of_exports": [0, 10], "gross": [-2, 2],
    }  # fmt: skip
    for line, values in expected.items():
        np.testing.assert_allclose(walk[line], values, atol=1e-12, err_msg=line)


@pytest.mark.parametrize("method", ["eebt", "mrio"])
@given(case=tables_with_emissions())
def test_every_scheme_adds_up_to_production(method, case):
    table, F, _ = case
    result = accounts(table, F, method=method)
    made = schemes(table, F, result, responsibility(table, result))
    assert made["scheme"].values.tolist() == list(SCHEMES)
    production = float(F.sum())
    total = made["amount"].sum("region") + made[OUTSIDE]
    np.testing.assert_allclose(total, production, rtol=1e-9, atol=1e-12)
    assert np.isfinite(made["amount"]).all()


def test_gallego_lenzen_by_hand():
    # 1 sells 50 to 2, 30 to A's households, uses 20 itself; v1 = 40, so beta1 = 40 / 80 = .5.
    # 2 sells everything (100) to A's households; v2 = 50: beta2 = .5.  F1 = 8, F2 = 2.
    Z = np.array([[20.0, 50], [0, 0]]).reshape(1, 2, 1, 2)
    Y = np.array([[30.0], [100]]).reshape(1, 2, 1, 1)
    table = Table.from_arrays(Z, Y, value_added=np.array([[40.0, 50]]), imports=np.array([[40.0, 0]]),
                              regions=["A"], sectors=["1", "2"], categories=["use"], year=2017)  # fmt: skip
    F = xr.DataArray([[8.0, 2.0]], {"region": ["A"], "sector": ["1", "2"]}, attrs={"unit": "Mt"})
    # u1 = 8: keeps 4, passes 4, of which 50/80 = 2.5 to 2 and 1.5 to households; u2 = 4.5: keeps 2.25, passes 2.25
    amount, outside = gallego_lenzen(table, F)
    assert amount[0] == pytest.approx(4 + 2.25 + 1.5 + 2.25)
    assert outside == pytest.approx(0.0)


def test_equal_technology_makes_adjusted_consumption_consumption():
    table = random_table(seed=11)
    F, _ = random_emissions(table)
    same = F.copy(data=table.output.values * np.array([1.0, 2, 3, 4]))  # one intensity a sector, everywhere
    for method in ("eebt", "mrio"):
        result = accounts(table, same, method=method)
        made = schemes(table, same, result, responsibility(table, result))["amount"]
        expected = result["production"] + result["inflow"] - result["outflow"]
        np.testing.assert_allclose(made.sel(scheme="technology_adjusted"), expected, rtol=1e-9)


def test_beneficiary_reading():
    table = random_table(seed=12)
    F, _ = random_emissions(table)
    result = accounts(table, F, method="eebt")
    shared = responsibility(table, result)
    made = beneficiary(result, shared)
    np.testing.assert_allclose(made * shared["outflow_value_added"], result["outflow"])
    assert made.attrs["unit"] == "Mt per 10k CNY"


def with_imports(table):
    """Return the table with imports by product that add up to imports by user."""
    total = table.imports.values.sum(1) + table.imports_final.values.sum(1)
    shares = np.linspace(1, 2, len(table.sectors))
    by_product = (shares / shares.sum())[:, None] * total
    names = {name: table.data[name].values for name in table.data.data_vars if name not in ("Z", "Y")}
    return Table.from_arrays(table.Z.values, table.Y.values, **names, imports_by_product=by_product,
                             regions=table.regions, sectors=table.sectors, categories=table.categories,
                             components=table.data["component"].values.tolist(), year=table.year)  # fmt: skip


@given(case=tables_with_emissions())
def test_imports_by_domestic_technology_are_all_consumed_or_leave(case):
    table, F, _ = case
    table = with_imports(table)
    for technology in ("province", "national"):
        made = foreign_imports(table, prepare(table, F), technology)  # asserts its own balance
        np.testing.assert_allclose(made["imports"], made["imports_final"] + made["imports_intermediate"])
    result = accounts(table, F, imports="national", scope="exports-less-imports")
    nets = result["inflow"] - result["outflow"] - result["exports"] + result["imports"]
    np.testing.assert_allclose(result["net_transfer"], nets)


def test_imports_need_their_products_and_a_known_technology():
    table = random_table(seed=1)
    F, _ = random_emissions(table)
    with pytest.raises(ConfigError, match="imports_by_product"):
        accounts(table, F, imports="province")
    with pytest.raises(ConfigError, match="did you mean 'national'"):
        accounts(with_imports(table), F, imports="nation")
