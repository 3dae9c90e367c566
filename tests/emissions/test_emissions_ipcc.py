"""The IPCC route: units, factors and conservation, by hand; and the factor an inventory was made with."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mrio.emissions.ipcc import effective_factor, emission_factors, ipcc_emissions
from mrio.errors import InputError, LabelError, UnitError
from mrio.formats.inputs.energy_balance import read_energy_balance, read_factors
from mrio.labels import fuels

#: t CO2 per t (per 10^4 m3), worked out by hand from each source's own units.
BY_HAND = {
    ("ipcc2006", "diesel_oil"): 43.0 * 20.2e-3 * 44 / 12,
    ("ndrc", "raw_coal"): 20.908 * 26.1e-3 * 0.93 * 44 / 12,
    ("ndrc", "natural_gas"): 389.31 * 15.3e-3 * 0.99 * 44 / 12,
    ("ceads", "raw_coal"): 21 * 26.32e-3 * 0.92 * 44 / 12,
    ("ceads", "natural_gas"): 389 * 15.32e-3 * 0.99 * 44 / 12,
}


@pytest.fixture(scope="module")
def table():
    return read_factors()


@pytest.fixture(scope="module")
def ndrc(table):
    return emission_factors(table, "ndrc")


@pytest.mark.parametrize(("name", "fuel"), BY_HAND)
def test_factors_by_hand(table, name, fuel):
    assert emission_factors(table, name)["factor"][fuel] == pytest.approx(BY_HAND[name, fuel], rel=1e-12)


@pytest.mark.parametrize("name", ["ipcc2006", "ndrc", "ceads"])
def test_every_set_has_a_plausible_sourced_factor_for_every_fuel(table, name):
    made = emission_factors(table, name)
    burnt = fuels()[fuels()["activity_unit"].isin(["t", "10k m3"])]
    assert sorted(made.index) == sorted(burnt.index)
    assert (made["activity_unit"] == burnt["activity_unit"][made.index]).all()
    assert made["source"].str.len().min() > 10 and set(made["confidence"]) <= {"good", "uncertain"}
    solid_and_liquid = made[made["activity_unit"] == "t"]["factor"]
    assert solid_and_liquid.between(0.7, 3.5).all(), "t CO2 per t of a fossil fuel"
    assert made[made["activity_unit"] == "10k m3"]["factor"].between(2, 23).all()


def test_an_unknown_set_or_unit_is_refused(table):
    with pytest.raises(LabelError, match=r"'nrdc' is unknown \(did you mean 'ndrc'\?\)"):
        emission_factors(table, "nrdc")
    with pytest.raises(UnitError, match="calorific value of raw_coal per t: found unit 'kcal/kg'"):
        emission_factors(table.assign(ncv_unit="kcal/kg"), "ndrc")
    with pytest.raises(UnitError, match="calorific value of coke_oven_gas per 10k m3: found unit 'kJ/kg'"):
        emission_factors(table.assign(ncv_unit="kJ/kg"), "ndrc")


def balance(*rows, **extra):
    columns = ["region", "sector", "fuel", "amount", "unit", "non_energy"]
    frame = pd.DataFrame(rows, columns=columns[: len(rows[0])]).assign(**extra)
    frame.attrs = {"year": 2017}
    return frame


def test_ten_thousand_tonnes_of_coal_by_hand(ndrc):
    made = ipcc_emissions(balance(("Hebei", "C02", "raw_coal", 1.0, "10k t")), ndrc)
    assert made["emissions"].item() == pytest.approx(0.018608, rel=1e-4)  # Mt: 10^4 t x 1.8608 t/t
    assert made.attrs == {"unit": "Mt", "year": 2017, "source": "IPCC sectoral approach"}


@pytest.mark.parametrize(
    ("fuel", "units"),
    [
        ("diesel_oil", {"t": 5e6, "kt": 5e3, "10k t": 500, "Mt": 5}),
        ("natural_gas", {"m3": 5e8, "10k m3": 5e4, "M m3": 500, "100M m3": 5}),
    ],
)
def test_the_unit_of_the_energy_does_not_matter(ndrc, fuel, units):
    made = [
        ipcc_emissions(balance(("Hebei", "C02", fuel, amount, unit)), ndrc)["emissions"].item()
        for unit, amount in units.items()
    ]
    np.testing.assert_allclose(made, made[0], rtol=1e-12)


def test_a_volume_of_a_fuel_sold_by_weight_is_refused(ndrc):
    with pytest.raises(UnitError, match="use of diesel_oil: found unit '10k m3' of volume, expected one of t, kt"):
        ipcc_emissions(balance(("Hebei", "C02", "diesel_oil", 1, "10k m3")), ndrc)


def test_non_energy_use_is_not_burnt(ndrc):
    naphtha = balance(("Hebei", "C22", "other_petroleum_products", 10, "t", 4))
    all_burnt = balance(("Hebei", "C22", "other_petroleum_products", 6, "t"))
    one, other = (ipcc_emissions(rows, ndrc)["emissions"].item() for rows in (naphtha, all_burnt))
    assert one == pytest.approx(other, rel=1e-12)
    with pytest.raises(InputError, match="an amount of at least its non-energy use"):
        ipcc_emissions(balance(("Hebei", "C22", "gasoline", 10, "t", 11)), ndrc)


def test_cement_adds_the_process(ndrc):
    cement = pd.DataFrame({"region": ["Hebei"], "sector": ["C27"], "tonnes": [1e7]})
    made = ipcc_emissions(balance(("Hebei", "C27", "raw_coal", 0, "t")), ndrc, cement)
    assert made.set_index("fuel")["emissions"]["process"] == pytest.approx(2.906)


def test_the_national_cement_output_of_2017_gives_the_inventorys_process(ndrc):
    """677.3423 Mt of process CO2 are 2330.84 Mt of cement: the scale of the published output (2.33 x 10^9 t)."""
    cement = pd.DataFrame({"region": ["China"], "sector": ["C27"], "tonnes": [2330.84e6]})
    made = ipcc_emissions(balance(("China", "C27", "raw_coal", 0, "t")), ndrc, cement)
    assert made.set_index("fuel")["emissions"]["process"] == pytest.approx(677.34, abs=0.01)


@pytest.mark.parametrize(
    ("rows", "error", "message"),
    [
        ([("Hebei", "C02", "coal", 1, "t")], LabelError, "fuel 'coal' has no factor"),
        ([("Hebei", "C02", "coke", 1, "t")] * 2, LabelError, "Hebei, C02, coke is given twice"),
        ([("Hebei", "C02", "coke", np.nan, "t")], InputError, "nan t of coke"),
        ([("Hebei", "C02", "coke", -1, "t")], InputError, "-1 t of coke"),
        (
            [("Hebei", "C02", "coke", 1, "t"), ("Hebei", "C03", "coke", 1, "t"), ("Henan", "C02", "coke", 1, "t")],
            LabelError,
            "lists no fuel for Henan, C03",
        ),
    ],
)
def test_what_cannot_be_burnt_is_refused(ndrc, rows, error, message):
    with pytest.raises(error, match=message):
        ipcc_emissions(balance(*rows), ndrc)


@settings(max_examples=15)
@given(st.lists(st.floats(0, 1e6), min_size=4, max_size=4), st.floats(0, 1e3))
def test_emissions_are_linear_in_the_energy(amounts, scale):
    factors = emission_factors(read_factors(), "ndrc")
    cells = [("Hebei", s, f) for s in ("C02", "C03") for f in ("coke", "gasoline")]
    one = ipcc_emissions(balance(*[(*c, a, "t") for c, a in zip(cells, amounts, strict=True)]), factors)
    many = ipcc_emissions(balance(*[(*c, a * scale, "t") for c, a in zip(cells, amounts, strict=True)]), factors)
    np.testing.assert_allclose(many["emissions"], one["emissions"] * scale, rtol=1e-12, atol=1e-30)
    assert one["emissions"].sum() == pytest.approx(
        sum(a * factors["factor"][f] for (_, _, f), a in zip(cells, amounts, strict=True)) / 1e6, rel=1e-12, abs=1e-30
    )


@settings(max_examples=15)
@given(st.integers(0, 10**6), st.floats(2.9, 3.2))
def test_the_effective_factor_is_recovered_from_the_grid_of_energy_statistics(seed, factor):
    rng = np.random.default_rng(seed)
    activity = rng.integers(1, 2000, 120) * 0.01  # 10^4 t, as printed
    found, agreement = effective_factor(activity * factor * 1e4 / 1e6, factor * 0.97, factor * 1.03)
    assert found == pytest.approx(factor, rel=1e-4) and agreement > 0.95


def test_emissions_without_a_grid_agree_with_no_factor():
    smooth = np.random.default_rng(3).gamma(1.0, 0.02, 400)
    assert effective_factor(smooth, 3.0, 3.2)[1] < 0.35
    with pytest.raises(InputError, match="no cell above half a grid step"):
        effective_factor(np.zeros(5), 3.0, 3.2)


# -- readers ---------------------------------------------------------------------------------------------------------
BALANCE_CSV = """year,region,sector,fuel,amount,non_energy,unit
2017,河北,C02,raw_coal,1234.5,0,10k t
2017,Hebei,urban,natural_gas,3.2,0,100M m3
"""


def test_energy_balance_csv_reads_and_burns(tmp_path, ndrc):
    path = tmp_path / "energy.csv"
    path.write_bytes(("\ufeff" + BALANCE_CSV.replace("\n", "\r\n")).encode())
    rows = read_energy_balance(path, year=2017)
    assert rows["region"].tolist() == ["Hebei", "Hebei"] and rows.attrs == {"year": 2017}
    made = ipcc_emissions(rows, ndrc).set_index(["sector", "fuel"])["emissions"]
    assert made["C02", "raw_coal"] == pytest.approx(1234.5e4 * 1.8608 / 1e6, rel=1e-4)
    assert made["urban", "natural_gas"] == pytest.approx(3.2e4 * 21.6219 / 1e6, rel=1e-4)


@pytest.mark.parametrize(
    ("old", "new", "error", "message"),
    [
        ("raw_coal", "rawcoal", LabelError, r"row 2: fuel 'rawcoal' is unknown \(did you mean 'raw_coal'\?\)"),
        ("C02", "C99", LabelError, "row 2: sector 'C99' is unknown"),
        ("1234.5", '"1,234.5"', InputError, r"row 2, column E \(amount\): found the number '1,234.5' stored as text"),
        ("2017,河北", "2016,河北", InputError, "row 2: found year 2016, expected year 2017"),
        ("河北", "河南河北", LabelError, "row 2: '河南河北' is not a province"),
        ("amount", "value", InputError, "no column 'amount'"),
    ],
)
def test_a_bad_energy_balance_is_refused_by_place(tmp_path, old, new, error, message):
    path = tmp_path / "energy.csv"
    path.write_text(BALANCE_CSV.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(error, match=message):
        read_energy_balance(path, year=2017)


@pytest.mark.parametrize(("cell", "tells"), [(0.9, False), (1.1, True), (39_999, True), (40_001, False)])
def test_cells_below_half_a_step_of_the_grid_or_beyond_its_reach_tell_nothing(cell, tells):
    """A step of 1e-4 Mt of a fuel of two tonnes: half of it is 1e-4 Mt, twenty thousand are 4 Mt."""
    if tells:
        assert effective_factor([cell * 1e-4], 2.0, 4.0, steps=11)[1] <= 1.0
    else:
        with pytest.raises(InputError, match="no cell above half a grid step"):
            effective_factor([cell * 1e-4], 2.0, 4.0, steps=11)
