"""The balanced fund and the roles after sinks, at the edges where nobody pays or nobody receives."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from strategies import random_emissions, random_table

from mrio.equations.flows import accounts
from mrio.equations.fund import balanced_fund, payments_between
from mrio.equations.payment import Curve, coefficient, compensation
from mrio.equations.walk import reconcile_definitions
from mrio.errors import BalanceError, ConfigError
from mrio.forests.after_sinks import compensation_after_sink, transfer_after_sink


def test_receipts_are_scaled_to_what_is_paid_and_nothing_moves_without_both_sides():
    amounts = np.array([[-5.0, 0, 0], [0, 3, 0], [-2, 1, 3], [0, 0, 0]])
    np.testing.assert_allclose(balanced_fund(amounts), [[0, 0, 0], [0, 0, 0], [-2, 0.5, 1.5], [0, 0, 0]])


def test_one_payer_pays_every_receiver_its_due():
    received, seed = payments_between(np.array([-4.0, 1.0, 3.0]), np.array([[0.0, 1, 1], [5, 0, 0], [9, 0, 0]]), "abc")
    np.testing.assert_allclose(received, [[0, -1, -3], [1, 0, 0], [3, 0, 0]])
    assert seed == "bilateral nets"
    received, seed = payments_between(np.array([-4.0, 1.0, 3.0]), np.array([[0.0, 9, 1], [5, 0, 0], [9, 0, 0]]), "abc")
    np.testing.assert_allclose(received, [[0, -1, -3], [1, 0, 0], [3, 0, 0]])
    assert seed == "inflow"  # a draws more from b than b from a, but its net from b is the other way
    still, _ = payments_between(np.zeros(3), np.ones((3, 3)), "abc")
    assert (still == 0).all()


def test_a_province_that_neither_pays_nor_receives_is_called_so():
    at = {"region": ["Beijing", "Hebei", "Shanxi", "Tibet"]}
    nets = xr.DataArray([2.0, -2.0, 0.0, 1.0], at, attrs={"unit": "Mt"})
    sink = xr.DataArray([2.0, 1.0, 1.0, 0.0], at, attrs={"unit": "Mt"})
    found = transfer_after_sink(nets, sink)
    assert found["role"].values.tolist() == ["pays", "receives", "neither", "pays"]
    assert found["role_after_sink"].values.tolist() == ["neither", "receives", "receives", "pays"]
    money = xr.Dataset({"net_transfer": nets, "coefficient": nets * 0 + 0.5, "amount": -nets * 0.5})
    table = compensation_after_sink(money, sink, "a basis", 100.0)
    assert table.columns[:2].tolist() == ["region", "region_zh"]
    np.testing.assert_allclose(table["amount_after_sink_100M_CNY"], [0, 1.5, 0.5, -0.5, 1.5])
    assert table.iloc[-1]["net_transfer_after_sink_Mt"] == pytest.approx(-3) and table.iloc[-1]["role"] == ""
    none = compensation_after_sink(money, None, "", 100.0)
    assert none["sink_Mt_per_year"].isna().all() and (none["role_after_sink"] == "").all()


def test_a_walk_that_misses_by_a_billionth_of_production_does_not_arrive():
    table = random_table(1, 3, 4)
    F, F_Y = random_emissions(table)
    made = [accounts(table, F, F_Y, method=method) for method in ("eebt", "mrio", "gross")]
    reconcile_definitions(*made)
    size = float(made[0]["production"].sum())
    for by, arrives in ((0.5e-9, True), (2e-9, False)):
        off = made[1].assign(home=made[1]["home"] + by * size)
        if arrives:
            reconcile_definitions(made[0], off, made[2])
        else:
            with pytest.raises(BalanceError, match="the walk to the mrio net transfer misses it by"):
                reconcile_definitions(made[0], off, made[2])


@pytest.mark.parametrize(("a", "b", "G"), [(-1, 1, 1), (1, -1, 1), (1, 1, 0), (1, 1, -1), (np.inf, 1, 1), (True, 1, 1)])
def test_a_curve_that_is_none_is_refused(a, b, G):
    with pytest.raises(ConfigError, match="expected a number"):
        Curve(a=a, b=b, G=G)
    assert Curve(a=0, b=0, G=0.5).at(1.0, 0.3) == 2.0


def test_the_curve_and_its_pearl_by_hand():
    curve = Curve(a=2.0, b=0.5, G=50e3)
    assert curve.at(100e3, 0.4) == pytest.approx(2.0 / (1 + 2 * np.exp(-0.2)))
    pearl = Curve(a=2.0, b=0.5, G=50e3, pearl=True)
    assert pearl.at(100e3, 0.25) == pytest.approx(1 / (1 + 2 * np.exp(-0.5)))


@pytest.mark.parametrize(("gdp", "engel", "said"), [
    (50e3, 0.0, "Engel coefficient of A is 0"), (50e3, 1.0, "Engel coefficient of A is 1"),
    (0.0, 0.3, "GDP of A is 0"), (np.inf, 0.3, "GDP of A is inf"), (np.nan, 0.3, "GDP of A is nan"),
])  # fmt: skip
def test_figures_at_their_bounds_are_refused(gdp, engel, said):
    at = {"region": ["A"]}
    with pytest.raises(BalanceError, match=said):
        coefficient(xr.DataArray([gdp], at), xr.DataArray([engel], at), "logistic")


@pytest.mark.parametrize("price", [-1.0, np.inf, np.nan, True, "100"])
def test_a_price_that_is_none_is_refused(price):
    at = {"region": ["A"]}
    with pytest.raises(ConfigError, match="price is"):
        compensation(
            xr.DataArray([1.0], at, attrs={"unit": "Mt"}), xr.DataArray([5e4], at), xr.DataArray([0.3], at), price
        )


def test_a_fund_of_payers_alone_keeps_what_it_takes_in():
    at = {"region": ["A", "B"]}
    gdp, engel = xr.DataArray([5e4, 6e4], at), xr.DataArray([0.3, 0.2], at)
    made = compensation(xr.DataArray([1.0, 2.0], at, attrs={"unit": "Mt"}), gdp, engel, 0)
    assert made.attrs["receipts_scale"] == 0.0 and float(made["fund"]) == 0.0
    made = compensation(xr.DataArray([1.0, 2.0], at, attrs={"unit": "Mt"}), gdp, engel)
    assert made.attrs["receipts_scale"] == 0.0 and float(made["receipts"]) == 0.0
    assert float(made["fund"]) == float(made["payments"]) == pytest.approx(-float(made["amount"].sum()))
    assert (made["balanced"] == 0).all()
    both = compensation(xr.DataArray([1.0, -2.0], at, attrs={"unit": "Mt"}), gdp, engel)
    assert both.attrs["receipts_scale"] == pytest.approx(float(both["payments"] / both["receipts"]))
    assert float(both["fund"]) == pytest.approx(float(both["payments"]) - float(both["receipts"]))
