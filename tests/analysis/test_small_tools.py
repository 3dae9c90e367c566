"""Trade in value added, inequality and the network view: hand cases and identities."""

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import random_emissions, random_table, tables_with_emissions

from mrio.analysis.choices import compare_choices
from mrio.analysis.evaluation import DrawnSystem, _shared
from mrio.analysis.factors import _size
from mrio.analysis.inequality import gini, theil, theil_by_group
from mrio.analysis.networks import network
from mrio.analysis.trade_value_added import gains, value_added_accounts
from mrio.equations.flows import accounts
from mrio.errors import BalanceError, ConfigError
from mrio.table.interregional import Table


@settings(max_examples=25)
@given(tables_with_emissions())
def test_all_value_added_is_embodied_in_some_use_and_gains_cancel(given_):
    table, F, _ = given_
    money = value_added_accounts(table)
    v = table.value_added.values.sum(0)
    outside = money["exports"] + money["excluded"] + money["residual"]
    assert (money["flows"].sum("to_region") + outside).values == pytest.approx(v.sum(1), rel=1e-8, abs=1e-6)
    made = gains(money, accounts(table, F))
    assert float(made["value_added_gain"].sum()) == pytest.approx(0, abs=1e-9 * max(abs(v).sum(), 1))
    assert float(made["carbon_gain"].sum()) == pytest.approx(0, abs=1e-9 * max(float(F.sum()), 1))
    assert np.isfinite(made["carbon_per_value_added"].values).all()


def test_value_added_between_provinces_against_the_inverse():
    table = random_table(2, 3, 2)
    F, _ = random_emissions(table)
    x = table.output.values.reshape(-1)
    L = np.linalg.inv(np.eye(6) - table.Z.values.reshape(6, 6) / x)
    X = L @ table.Y.values.sum(3).reshape(6, 3)
    V = (table.value_added.values.sum(0).reshape(6, 1) / x[:, None] * X).reshape(3, 2, 3).sum(1)
    E = (F.values.reshape(6, 1) / x[:, None] * X).reshape(3, 2, 3).sum(1)
    made = gains(value_added_accounts(table), accounts(table, F))
    off = ~np.eye(3, dtype=bool)
    assert made["value_added"].values[off] == pytest.approx(V[off])
    assert (made["value_added"].values[~off] == 0).all()
    assert made["carbon_per_value_added"].values[off] == pytest.approx(E[off] / V[off])
    sent = np.where(off, V, 0).sum(1)
    assert made["value_added_out"].values == pytest.approx(sent)
    assert made["carbon_per_value_added_out"].values == pytest.approx(np.where(off, E, 0).sum(1) / sent)
    assert made["value_added_gain"].attrs["unit"] == "10k CNY" and made["carbon_gain"].attrs["unit"] == "Mt"
    assert made["carbon_per_value_added_in"].attrs["unit"] == "Mt per 10k CNY"


def test_inequality_by_hand():
    assert gini([1, 1, 1], [1, 2, 3]) == pytest.approx(0)
    assert gini([0, 1], [1, 1]) == pytest.approx(0.5)
    assert gini([1, 3], [3, 1]) == pytest.approx(0.25)  # Lorenz: 3/4 of the people have 1/2
    assert theil([2, 2], [1, 5]) == pytest.approx(0)
    assert theil([0, 1], [1, 1]) == pytest.approx(np.log(2))
    assert gini([0, 0], [1, 1]) == theil([0, 0], [1, 1]) == 0


@given(st.lists(st.tuples(st.floats(0, 50), st.floats(0.1, 9), st.sampled_from("abc")), min_size=1, max_size=9))
def test_theil_is_what_lies_between_and_within_groups_and_does_not_depend_on_scale(people):
    values, weights, groups = (np.array(column) for column in zip(*people, strict=True))
    parts = theil_by_group(values, weights, groups.tolist())
    assert parts["between"] + parts["within"] == pytest.approx(parts["total"], abs=1e-9)
    assert min(parts.values()) >= -1e-12 and 0 <= gini(values, weights) + 1e-12 < 1 + 1e-9
    assert theil(7 * values, 3 * weights) == pytest.approx(parts["total"], abs=1e-9)
    lorenz = sorted(zip(values, weights, strict=True))
    y, w = (np.array(column) for column in zip(*lorenz, strict=True))
    if y @ w > 0:
        held, crowd = np.cumsum(y * w) / (y @ w), w / w.sum()
        area = float(crowd @ (held + np.concatenate([[0], held[:-1]])))
        assert gini(values, weights) == pytest.approx(1 - area, abs=1e-9)


def test_inequality_refuses_what_has_no_meaning():
    with pytest.raises(BalanceError, match="a positive population everywhere; found -1 and 1"):
        gini([-1, 2], [1, 1])
    with pytest.raises(BalanceError, match="found 1 and 0"):
        theil([1, 2], [0, 1])


def test_the_network_counts_links_of_at_least_the_threshold():
    table = random_table(2, 3, 2)
    flows = accounts(table, random_emissions(table)[0])["flows"]
    flows.values[:] = [[9, 2, 1], [0, 9, 3], [0.5, 2, 9]]
    made = network(flows, 2)
    assert made["degree_out"].values.tolist() == [1, 1, 1] and made["degree_in"].values.tolist() == [0, 2, 1]
    assert made["strength_out"].values.tolist() == [3, 3, 2.5] and made["strength_in"].values.tolist() == [0.5, 4, 4]
    assert made["largest_to"].values.tolist() == ["r1", "r2", "r1"]
    assert made["largest_from"].values.tolist() == ["r2", "r0", "r1"]
    assert made.attrs["links"] == 3
    with pytest.raises(ConfigError, match="the threshold of a link is 0, expected above 0"):
        network(flows, 0)


def test_choices_stand_one_under_the_other_numbered_through():
    base = xr.DataArray([1.0, -2.0], {"region": ["a", "b"]}, name="net_transfer", attrs={"unit": "Mt"})
    found = compare_choices(base, [("price", "50", 2 * base), ("curve", "flat", -base)])
    assert found.index.tolist() == [0, 1, 2, 3] and found["choice"].tolist() == ["price"] * 2 + ["curve"] * 2
    assert found["changes_sign"].tolist() == [False, False, True, True]
    assert found["rank_change"].tolist() == [0, 0, -1, 1]


def test_what_is_emitted_without_output_is_answered_for_where_it_is():
    rng = np.random.default_rng(0)
    names = ("home", "exports", "excluded", "residual")
    parts = {name: rng.random(3) for name in names} | {"flows": rng.random((3, 3))}
    idle = np.array([0.0, 7.0, 2.0])
    without, drawn = (_shared(parts, DrawnSystem(None, None, None, z), np.full(3, 0.4), 1.0) for z in (0 * idle, idle))
    np.testing.assert_allclose(drawn - without, idle)
    between = parts["flows"].sum() - np.trace(parts["flows"])
    assert drawn.sum() == pytest.approx(sum(parts[name].sum() for name in names) + between + idle.sum())


def test_a_province_without_demand_has_no_size_and_one_of_inventory_alone_is_refused():
    table = random_table(0, 3, 4, negative_inventory=True)
    Y, stock = table.Y.values.copy(), table.categories.index("inventory")
    Y[:, :, 1] = 0.0
    assert _size(Table(table.data.assign(Y=table.Y.copy(data=Y.copy()))))[1] == 0.0
    Y[0, 0, 1, stock] = 1.0
    with pytest.raises(BalanceError, match="final demand of r1 is inventory change alone"):
        _size(Table(table.data.assign(Y=table.Y.copy(data=Y))))
