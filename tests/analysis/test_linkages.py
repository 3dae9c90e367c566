"""Linkages against dense inverses, and what must hold of them on any table."""

import numpy as np
import pytest
from hypothesis import given, settings
from strategies import random_emissions, random_table, tables_with_emissions

from mrio.analysis.linkages import KINDS, sector_linkages
from mrio.table.interregional import Table


def dense(table, F):
    """Return backward and forward linkages, plain and in carbon, from the two inverses themselves."""
    x = table.output.values.reshape(-1)
    Z = table.Z.values.reshape(x.size, x.size)
    size = np.where(x > 0, x, 1)
    L = np.linalg.inv(np.eye(x.size) - Z / size)
    G = np.linalg.inv(np.eye(x.size) - Z / size[:, None])
    f = np.where(x > 0, F.values.reshape(-1), 0) / size
    return {"backward": L.sum(0), "forward": G.sum(1), "carbon_backward": f @ L, "carbon_forward": G @ f}


@settings(max_examples=25)
@given(tables_with_emissions())
def test_linkages_are_those_of_the_leontief_and_ghosh_inverses(given_):
    table, F, _ = given_
    made = sector_linkages(table, F)
    for name, expected in dense(table, F).items():
        assert made[name].values.reshape(-1) == pytest.approx(expected, rel=1e-9, abs=1e-15), name
        index = made[f"{name}_index"].values[table.output.values > 0]
        assert index.size == 0 or made[name].values.max() == 0 or index.mean() == pytest.approx(1)
    idle = table.output.values == 0
    assert (made["kind"].values[idle] == "none").all()
    assert set(np.unique(made["kind"].values[~idle])) <= set(KINDS.values())


def test_the_mean_draws_as_much_as_it_enables():
    """x-weighted forward linkages and Y-weighted backward ones: L's content counted by row or by column."""
    table = random_table(3)
    F, _ = random_emissions(table)
    made = sector_linkages(table, F)
    x = table.output.values
    final = table.Y.values.sum((2, 3)) + table.exports.values + table.residual.values
    assert float((made["carbon_backward"] * final).sum()) == pytest.approx(float(F.sum()))
    primary = x - table.Z.values.sum((0, 1))
    assert float((made["carbon_forward"] * primary).sum()) == pytest.approx(float(F.sum()))


def test_an_output_that_is_rounding_does_not_drown_the_mean():
    """A row whose residual takes back what it delivers leaves 1e-9 of output: its sales shares mean nothing."""
    table = random_table(3, zero_sectors=1)
    F, _ = random_emissions(table)
    r, i = np.argwhere(table.output.values == 0)[0]
    data = table.data.copy(deep=True)
    data["output"][r, i] = 1e-12
    data["Z"][r, i, 0, (i + 1) % 4] = 30.0
    data["residual"][r, i] = -30.0
    made = sector_linkages(Table(data), F)
    assert made["kind"].values[r, i] == "none" and float(made["forward"][r, i]) == 1
    assert float(made["forward_index"].max()) < 10


def test_units_and_kinds_are_said():
    table = random_table(1, 3, 4, zero_sectors=1)
    F, _ = random_emissions(table)
    made = sector_linkages(table, F)
    assert made["carbon_forward"].attrs["unit"] == "Mt per 10k CNY"
    both = (made["carbon_backward_index"] > 1) & (made["carbon_forward_index"] > 1)
    assert ((made["kind"] == "key") == both).all()


def test_a_sector_is_key_by_what_it_draws_and_enables_above_the_mean():
    named = {(True, True): "key", (True, False): "backward", (False, True): "forward", (False, False): "weak"}
    kinds = set()
    for seed in range(20):
        some = random_table(seed, 2, 4)
        found = sector_linkages(some, random_emissions(some, seed)[0])
        above = [(found[f"carbon_{name}_index"] > 1).values.ravel().tolist() for name in ("backward", "forward")]
        assert found["kind"].values.ravel().tolist() == [named[pair] for pair in zip(*above, strict=True)]
        kinds |= set(found["kind"].values.ravel())
        if kinds == set(named.values()):
            break
    assert kinds == set(named.values())
