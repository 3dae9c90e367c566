"""Drawn emissions and results of arrays, against their definitions."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_study import small_chain
from strategies import random_emissions, random_table

from mrio.analysis.emission_draws import Emissions, drawn_emissions
from mrio.analysis.evaluation import DrawnSystem, evaluated
from mrio.analysis.results_vector import BY_PROVINCE, Asked
from mrio.analysis.sources import DrawNoise, Sources
from mrio.equations.flows import accounts, prepare
from mrio.equations.sharing import responsibility
from mrio.formats.inputs.uncertainty_file import Parameter


def sources(**scales):
    return Sources(tuple(Parameter("s", name, "normal", value, "t") for name, value in scales.items()))


@pytest.mark.parametrize("common", [True, False])
@pytest.mark.parametrize("key", [0.0, 0.3, 1.0])
def test_emissions_are_drawn_by_fuel_group_and_key(common, key):
    rng = np.random.default_rng(1)
    by_fuel, households = rng.uniform(1, 2, (2, 3, 4)), rng.uniform(1, 2, (2, 3))
    by_fuel[0, 1, [1, 2]] = 0.0  # nothing to split anew
    made = Emissions(by_fuel, households, ("coal", "gas"), ("a", "b", "a", "b"), [np.array([1, 2])], common)
    scales = {"emission_factor.coal": 0.2, "activity.a": 0.1, "activity.b": 0.3, "activity.household": 0.4,
              "allocation.key": key}  # fmt: skip
    noise = DrawNoise(3, 5)
    F, F_Y = drawn_emissions(made, sources(**scales), noise)

    def drawn(z, spread):
        return np.exp(spread * z - spread**2 / 2)

    factors, activity = noise("emission_factors", (2, 1 if common else 3)), noise("activity", (3, 2))
    home, split = noise("activity_households", (3,)), noise("allocation", (2, 3, 4))
    for r in range(3):
        whole = 0.0
        for g, spread in enumerate((0.2, 0.0)):
            factor = drawn(factors[g, 0 if common else r], spread)
            whole += households[g, r] * factor
        assert F_Y[r] == pytest.approx(whole * drawn(home[r], 0.4))
        for i in range(4):
            total = 0.0
            for g, spread in enumerate((0.2, 0.0)):
                value = by_fuel[g, r, i]
                if key and i in (1, 2):
                    parts = [by_fuel[g, r, k] * drawn(split[g, r, k], key) for k in (1, 2)]
                    value = by_fuel[g, r, [1, 2]].sum() * parts[i - 1] / sum(parts) if sum(parts) else 0.0
                total += value * drawn(factors[g, 0 if common else r], spread)
            group = i % 2
            assert F[r, i] == pytest.approx(total * drawn(activity[r, group], (0.1, 0.3)[group]))


@pytest.mark.parametrize("scope", ["interprovincial", "with-exports", "exports-less-imports"])
@pytest.mark.parametrize(("alpha_exports", "weight_exports"), [(1.0, False), (0.3, True)])
def test_results_of_arrays_are_those_of_the_labelled_equations(scope, alpha_exports, weight_exports):
    table = random_table(3, 3, 4, zero_sectors=1)
    F, F_Y = random_emissions(table)
    table = table.drop_regions([])
    system = prepare(table, F)
    x = table.output.values
    idle = np.where(x == 0, F.values, 0.0).sum(1)
    asked = Asked(("eebt", "mrio", "gross"), ("own",), scope, alpha_exports, weight_exports)
    drawn = DrawnSystem(system, x, table.value_added.values.sum(0), idle)
    found = evaluated([drawn], F.values.sum(1), F_Y.values, asked)
    np.testing.assert_array_equal(found["household"], F_Y.values)
    np.testing.assert_array_equal(found["production"], F.values.sum(1))
    for k, method in enumerate(asked.methods):
        made = accounts(table, F, F_Y, method=method)
        net = made["inflow"] - made["outflow"] - (0.0 if scope == "interprovincial" else made["exports"])
        np.testing.assert_allclose(found["net_transfer"][0, k], net, atol=1e-9)
        for name in set(BY_PROVINCE) - {"net_transfer"}:
            np.testing.assert_allclose(found[name][0, k], made[name], atol=1e-9, err_msg=name)
        if method != "gross":
            parts = responsibility(table, made.assign(net_transfer=net), alpha_exports=alpha_exports,
                                   weight_exports=weight_exports)  # fmt: skip
            np.testing.assert_allclose(found["shared"][0, k], parts["shared"], atol=1e-9)
            np.testing.assert_allclose(found["share"][0, k], parts["share"], atol=1e-9)
            np.testing.assert_allclose(found["alpha_region"][0], parts["alpha_region"], atol=1e-12)
            np.testing.assert_allclose(found["outflow_value"][0], parts["outflow"], rtol=1e-12)
            np.testing.assert_allclose(found["outflow_value_added"][0], parts["outflow_value_added"], rtol=1e-12)


def test_a_chain_of_another_scope_counts_exports_too():
    plain, more = small_chain(), small_chain(scope="with-exports")
    one, two = (chain.results.unpacked(chain.without_errors) for chain in (plain, more))
    np.testing.assert_allclose(two["net_transfer"], one["net_transfer"] - one["exports"], atol=1e-9)
    np.testing.assert_array_equal(two["flows"], one["flows"])


def test_scales_and_choices_are_read_by_name():
    table = Sources((Parameter("a", "x", "normal", 0.5, "t"), Parameter("b", "y", "choice", ("p", "q"), "t")))
    assert (table.scale("x"), table.scale("y"), table.scale("z")) == (0.5, 0.0, 0.0)
    assert (table.choice("x"), table.choice("y"), table.choice("z")) == ((), ("p", "q"), ())
    doubled = table.scaled("a", 2.0)
    assert doubled.scale("x") == 1.0 and doubled.choice("y") == ("p", "q") and table.scaled("b", 2.0) == table
    assert table.only(["a"]).names == ["a"]
