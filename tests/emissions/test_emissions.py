"""Inventory -> F and F_Y: by hand, and what must hold for any inventory and key."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from mrio import labels
from mrio.emissions.allocation import energy_purchases, inventory_array, national_key, split_inventory
from mrio.emissions.inventories import aggregate_emissions, inventory_emissions, sector_emissions
from mrio.errors import BalanceError, EstimationError, InputError, LabelError
from mrio.formats.inputs.emission_keys import HOUSEHOLDS
from mrio.labels import fuels

BRIDGE = pd.DataFrame({"from": ["farms", "trade", "trade"], "to": ["01", "28", "30"]})


def emitted(values, regions=("A", "B"), sources=("farms", "trade"), carriers=("coal", "gas")):
    coords = {"region": list(regions), "source": list(sources), "fuel": list(carriers)}
    return xr.DataArray(np.asarray(values, float), coords, list(coords))


def weights(values, regions=("A", "B"), carriers=("coal", "gas"), sectors=("01", "28", "30")):
    coords = {"region": list(regions), "fuel": list(carriers), "sector": list(sectors)}
    return xr.DataArray(np.asarray(values, float), coords, list(coords))


E = emitted([[[1, 0], [4, 6]], [[2, 0], [8, 0]]])
KEY = weights([[[9, 30, 10], [9, 0, 5]], [[9, 0, 0], [9, 1, 1]]])
FALLBACK = weights([[[0, 1, 1], [0, 1, 1]], [[0, 1, 3], [0, 1, 1]]])


def test_a_source_is_split_fuel_by_fuel_by_hand():
    F = split_inventory(E, BRIDGE, KEY, FALLBACK)["F"]
    np.testing.assert_array_equal(F.sel(region="A", fuel="coal"), [1, 3, 1])  # 4 Mt by 30 : 10
    np.testing.assert_array_equal(F.sel(region="A", fuel="gas"), [0, 0, 6])  # all gas is bought by 30


def test_the_fallback_steps_in_only_where_the_key_is_empty_and_is_reported():
    result = split_inventory(E, BRIDGE, KEY, FALLBACK)
    np.testing.assert_array_equal(result["F"].sel(region="B", fuel="coal"), [2, 2, 6])  # 8 Mt by 1 : 3
    assert result.attrs == {"fallback_cells": 1, "fallback_Mt": 8.0}
    assert float(result["by_fallback"].sel(region="B", source="trade", fuel="coal")) == 8.0


def test_key_and_fallback_both_empty_is_refused_only_where_something_is_to_split():
    nothing = FALLBACK * 0
    with pytest.raises(EstimationError, match=r"B: 8 Mt of coal from source 'trade' cannot be split"):
        split_inventory(E, BRIDGE, KEY, nothing)
    clean = E.copy()
    clean.loc["B", "trade", "coal"] = 0
    assert float(split_inventory(clean, BRIDGE, KEY, nothing)["F"].sum()) == float(clean.sum())


@pytest.mark.parametrize(
    ("bridge", "message"),
    [
        (BRIDGE[:1], "source 'trade' of the inventory has no sector"),
        (pd.concat([BRIDGE, pd.DataFrame({"from": ["mines"], "to": ["01"]})]), "source 'mines', which the inventory"),
        (BRIDGE.replace("30", "31"), "sector '31', which the key does not have"),
        (BRIDGE.replace("30", "28"), "links trade to 28 twice"),
    ],
)
def test_a_bridge_that_misses_or_repeats_is_refused(bridge, message):
    with pytest.raises(LabelError, match=message):
        split_inventory(E, bridge, KEY, FALLBACK)


@pytest.mark.parametrize("weight", [-1.0, np.nan, np.inf])
def test_a_weight_that_is_no_weight_is_refused(weight):
    key = KEY.copy()
    key.loc["A", "gas", "28"] = weight
    with pytest.raises(InputError, match=r"in the key \(A, gas, 28\)"):
        split_inventory(E, BRIDGE, key, FALLBACK)


def test_a_key_without_a_province_is_refused():
    with pytest.raises(LabelError, match="the key has no region 'B'"):
        split_inventory(E, BRIDGE, KEY.sel(region=["A"]), FALLBACK)


amounts = st.floats(0, 1e4, allow_subnormal=False).map(lambda v: v if v > 1e-9 else 0.0)


@given(st.lists(amounts, min_size=8, max_size=8), st.lists(amounts, min_size=12, max_size=12))
def test_totals_by_province_and_fuel_are_conserved(emissions, key):
    E = emitted(np.reshape(emissions, (2, 2, 2)))
    F = split_inventory(E, BRIDGE, weights(np.reshape(key, (2, 2, 3))), FALLBACK)["F"]
    np.testing.assert_allclose(F.sum("sector"), E.sum("source"), rtol=1e-12, atol=1e-12)
    assert (F.values >= 0).all()
    np.testing.assert_array_equal(F.sel(sector="01"), E.sel(source="farms"))


@given(st.permutations(["01", "28", "30"]), st.permutations(["A", "B"]), st.floats(1e-3, 1e3))
def test_label_order_and_scale_of_the_key_do_not_matter(sectors, regions, scale):
    expected = split_inventory(E, BRIDGE, KEY, FALLBACK)["F"]
    shuffled = KEY.sel(sector=sectors, region=regions) * scale
    other = split_inventory(E, BRIDGE[::-1], shuffled, FALLBACK.sel(sector=sectors))["F"]
    xr.testing.assert_allclose(other.sel(sector=expected["sector"]), expected, rtol=1e-12)


def test_a_split_that_loses_something_is_noticed(monkeypatch):
    monkeypatch.setattr("mrio.emissions.allocation._shares", lambda weights, *_: weights * 0)
    with pytest.raises(BalanceError, match=r"A, coal: .* Mt went into the split and .* Mt came out"):
        split_inventory(E, BRIDGE, KEY, FALLBACK)


def test_energy_purchases_follow_the_carrier_by_hand():
    coords = {"region": ["A"], "sector": ["02", "11", "24"], "to_sector": ["02", "11", "24"]}
    Z = xr.DataArray(np.arange(1.0, 10).reshape(1, 3, 3), coords, list(coords))
    key = energy_purchases(Z, {"solid": ["02"], "any": ["02", "11"]}, {"raw_coal": "solid", "process": "any"})
    np.testing.assert_array_equal(key.sel(region="A", fuel="raw_coal"), [1, 2, 3])
    np.testing.assert_array_equal(key.sel(region="A", fuel="process"), [5, 7, 9])  # electricity (24) is no key


def test_energy_purchases_refuse_unknown_products_and_carriers():
    Z = xr.DataArray(np.ones((1, 1, 1)), {"region": ["A"], "sector": ["02"], "to_sector": ["02"]})
    with pytest.raises(LabelError, match="energy product '11' is no sector"):
        energy_purchases(Z, {"solid": ["11"]}, {"raw_coal": "solid"})
    with pytest.raises(LabelError, match="carrier 'liquid' has no energy product"):
        energy_purchases(Z, {"solid": ["02"]}, {"gasoline": "liquid"})


def test_national_key_is_purchases_per_output_times_output_by_hand():
    purchases = weights([[[0, 4, 0], [0, 0, 0]], [[0, 2, 3], [0, 0, 0]]])
    output = xr.DataArray([[1.0, 2, 0], [1, 1, 0]], {"region": ["A", "B"], "sector": ["01", "28", "30"]})
    key = national_key(purchases, output).sel(fuel="coal")
    np.testing.assert_array_equal(key.sel(sector="28"), [4, 2])  # 6 / 3 = 2 a unit
    np.testing.assert_array_equal(key.sel(sector="30"), [0, 0])  # nobody makes it: no key


# -- the whole inventory ----------------------------------------------------------------------------------------------
REGIONS = ["Beijing", "Hebei"]


def random_inventory(seed=0, scheme="ceads"):
    rng = np.random.default_rng(seed)
    sectors = [*labels.sectors(scheme)["code"], *(HOUSEHOLDS if scheme != "ceads" else ())]
    index = pd.MultiIndex.from_product([REGIONS, sectors, fuels().index], names=["region", "sector", "fuel"])
    values = rng.gamma(0.3, 5.0, len(index)) * (rng.random(len(index)) < 0.5)
    inventory = pd.Series(values, index, name="emissions").reset_index()
    inventory.attrs = {"unit": "Mt", "year": 2017, "source": "a test"}
    return inventory


def random_use(scheme="42", seed=1, regions=(*REGIONS, "Tibet")):
    rng = np.random.default_rng(seed)
    codes = labels.sectors(scheme)["code"].tolist()
    coords = {"region": list(regions), "sector": codes, "to_sector": codes}
    Z = xr.DataArray(rng.gamma(1.0, 5.0, (len(regions), 42, 42)), coords, list(coords))
    return Z, Z.sum("to_sector")


@pytest.mark.parametrize("scheme", ["42", "42-2012"])
def test_inventory_goes_to_42_sectors_and_two_kinds_of_household(scheme):
    inventory = random_inventory()
    made = inventory_emissions(inventory, *random_use(scheme), scheme)
    assert made["F"].dims == ("region", "sector") and made["F"].shape == (2, 42)
    assert made["region"].values.tolist() == REGIONS, "Tibet has no inventory and must not appear"
    assert {made[name].attrs["unit"] for name in made.data_vars} == {"Mt"}
    total = inventory.groupby("region", sort=False)["emissions"].sum()
    np.testing.assert_allclose(made["F"].sum("sector") + made["F_Y"], total, rtol=1e-9)
    by_fuel = inventory[~inventory["sector"].isin(HOUSEHOLDS)].groupby(["fuel", "region"])["emissions"].sum()
    for (fuel, region), value in by_fuel.items():
        assert float(made["F_by_fuel"].sel(fuel=fuel, region=region).sum()) == pytest.approx(value, abs=1e-7)
    np.testing.assert_allclose(made["F_by_fuel"].sum("fuel"), made["F"], rtol=1e-14)


def test_six_sectors_are_exactly_the_sum_of_42():
    made = inventory_emissions(random_inventory(), *random_use())
    six = aggregate_emissions(made, "six")
    kilograms = np.rint(made["F_by_fuel"].values * 1e9).astype(np.int64)
    groups = labels.concordance("42", "six")
    for k, group in enumerate(six["sector"].values):
        members = [i for i, code in enumerate(made["sector"].values) if groups[code] == group]
        np.testing.assert_array_equal(np.rint(six["F_by_fuel"].values[:, :, k] * 1e9), kilograms[:, :, members].sum(-1))
    xr.testing.assert_equal(six["F_Y"], made["F_Y"])
    assert six.attrs["scheme"] == "six"


def test_aggregating_by_a_mapping_that_is_no_partition_is_refused():
    made = inventory_emissions(random_inventory(), *random_use())
    groups = labels.concordance("42", "six")
    with pytest.raises(LabelError, match="'42' has no group"):
        aggregate_emissions(made, {k: v for k, v in groups.items() if k != "42"})
    with pytest.raises(LabelError, match="'43', which the table does not have"):
        aggregate_emissions(made, {**groups, "43": "services"})


def test_an_inventory_at_the_tables_own_sectors_needs_no_key():
    inventory = random_inventory(scheme="six")
    made = sector_emissions(inventory, "six")
    row = inventory[(inventory.region == "Hebei") & (inventory.sector == "trade")]
    assert float(made["F"].sel(region="Hebei", sector="trade")) == pytest.approx(row["emissions"].sum(), abs=1e-7)
    with pytest.raises(LabelError, match="sector 'agriculture' is in only one"):
        sector_emissions(inventory, "42")


def test_an_incomplete_or_repeated_inventory_is_refused():
    inventory = random_inventory()
    with pytest.raises(LabelError, match="no value for Beijing, C01, gasoline"):
        inventory_array(inventory[~((inventory.sector == "C01") & (inventory.fuel == "gasoline"))].pipe(_plus_one))
    with pytest.raises(LabelError, match="gives Beijing, C01, raw_coal twice"):
        inventory_array(pd.concat([inventory, inventory[:1]]))


def _plus_one(inventory):
    """Give Hebei the cell that Beijing lacks, so that the label itself is known."""
    row = {"region": "Hebei", "sector": "C01", "fuel": "gasoline", "emissions": 1.0}
    return pd.concat([inventory, pd.DataFrame([row])], ignore_index=True)
