"""Compensation: units, signs, presets against the method's own figures, the fund."""

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from mrio.equations.payment import CURVES, Curve, coefficient, compensation, curve_named, who_pays_whom
from mrio.errors import BalanceError, ConfigError, LabelError, UnitError


def by_region(values, unit="1", regions=None):
    regions = regions or [f"r{k}" for k in range(len(values))]
    return xr.DataArray(np.array(values, float), {"region": regions}, ("region",), attrs={"unit": unit})


def test_one_megatonne_at_100_yuan_is_a_hundred_million_yuan():
    flat = Curve(a=0, b=0, G=50_000)  # rho = K
    money = compensation(by_region([-1.0, 2.0], "Mt"), by_region([50_000, 25_000], "CNY"), by_region([0.3, 0.3]),
                         price=100, curve=flat)  # fmt: skip
    np.testing.assert_allclose(money["amount"], [1.0, -1.0])  # receives 1 x 1; pays 2 x .5
    assert money["amount"].attrs["unit"] == "100M CNY"


def test_coefficient_by_hand():
    # K = 126634 / 59660 = 2.12259, t = .25146: 2.12259 / (1 + exp(-.25146)) = 1.19403
    rho = coefficient(by_region([126_634]), by_region([0.25146]), "logistic")
    assert float(rho[0]) == pytest.approx(1.19403, abs=2e-5)
    pearl = coefficient(by_region([126_634]), by_region([0.25]), "pearl")
    assert float(pearl[0]) == pytest.approx(1 / (1 + np.exp(-1)))


def test_presets_and_their_aliases():
    assert curve_named("liao2022") == CURVES["liao2022-b"] == Curve(a=1.0, b=0.574, G=59_660)
    assert curve_named({"preset": "logistic", "b": 2.0}) == Curve(a=1.0, b=2.0, G=59_660)
    with pytest.raises(ConfigError, match="did you mean 'liao2022'"):
        curve_named("lio2022")


@given(st.lists(st.floats(-500, 500).filter(lambda v: v == 0 or abs(v) > 1e-6), min_size=1, max_size=8))
def test_fund_and_balanced_fund(nets):
    count = len(nets)
    money = compensation(by_region(nets, "Mt"), by_region([40_000] * count), by_region([0.3] * count))
    assert float(money["fund"]) == pytest.approx(-float(money["amount"].sum()), abs=1e-9)
    assert np.sign(money["amount"].values).tolist() == (-np.sign(nets)).tolist()
    if min(nets) < 0 < max(nets):
        assert float(money["balanced"].sum()) == pytest.approx(0, abs=1e-9)
    doubled = compensation(by_region(nets, "Mt"), by_region([40_000] * count), by_region([0.3] * count), price=200)
    np.testing.assert_allclose(doubled["amount"], 2 * money["amount"])


@pytest.mark.parametrize("nets", [[3.0, 5.0], [-3.0, -5.0], [0.0, 0.0]])
def test_a_balanced_fund_with_one_side_only_moves_nothing(nets):
    money = compensation(by_region(nets, "Mt"), by_region([40_000] * 2), by_region([0.3] * 2))
    np.testing.assert_array_equal(money["balanced"], [0.0, 0.0])
    flows = xr.DataArray(np.ones((2, 2)), {"region": ["r0", "r1"], "to_region": ["r0", "r1"]})
    np.testing.assert_array_equal(who_pays_whom(money, flows), np.zeros((2, 2)))


def test_presets_give_the_coefficients_of_four_published_amounts():
    # Shanghai, Guangdong, Inner Mongolia, Shandong: K = per-capita GDP / 59660, Engel coefficient; the coefficients are
    # worked out apart from this code as K / (1 + exp(-b t)) with b = .574 and b = 1, and with G = 63000 for 59660
    K, engel = by_region([2.12259, 1.35655, 1.06879, 1.22037]), by_region([0.25146, 0.33510, 0.27475, 0.27285])
    expected = {
        "liao2022-b": [1.13775, 0.74331, 0.57645, 0.65787],
        "logistic": [1.19403, 0.79087, 0.60735, 0.69292],
        "liao2022-G": [1.13073, 0.74894, 0.57515, 0.65618],
        "liao2022": [1.13775, 0.74331, 0.57645, 0.65787],
    }
    for preset, rho in expected.items():
        np.testing.assert_allclose(coefficient(59_660 * K, engel, preset), rho, atol=1e-5, err_msg=preset)


def test_figures_are_taken_by_province_not_by_place():
    nets = by_region([-1.0, 2.0], "Mt")
    gdp, engel = by_region([60_000, 30_000, 1], regions=["r1", "r0", "r9"]), by_region([0.2, 0.4], regions=["r1", "r0"])
    money = compensation(nets, gdp, engel)
    np.testing.assert_array_equal(money["gdp_per_capita"], [30_000, 60_000])
    straight = compensation(nets, by_region([30_000, 60_000]), by_region([0.4, 0.2]))
    np.testing.assert_array_equal(money["amount"], straight["amount"])


def test_mistakes_are_named():
    nets, gdp, engel = by_region([1.0], "Mt"), by_region([50_000]), by_region([0.3])
    with pytest.raises(BalanceError, match="net transfer of r0 is nan"):
        compensation(by_region([np.nan], "Mt"), gdp, engel)
    with pytest.raises(BalanceError, match=r"Engel coefficient of r0 is 29\.3"):
        compensation(nets, gdp, by_region([29.3]))
    with pytest.raises(BalanceError, match="expected 'Mt'"):
        compensation(by_region([1.0], "t"), gdp, engel)
    with pytest.raises(ConfigError, match="price is -1, expected a number of yuan per tonne"):
        compensation(nets, gdp, engel, price=-1)
    with pytest.raises(LabelError, match="per-capita GDP of r0 is missing"):
        compensation(nets, by_region([1.0], regions=["other"]), engel)
    with pytest.raises(BalanceError, match="per-capita GDP of r0 is 0"):
        compensation(nets, by_region([0.0]), engel)
    with pytest.raises(ConfigError, match=r"curve\.G is 0, expected a number above 0"):
        Curve(a=1, b=1, G=0)
    with pytest.raises(ConfigError, match=r"curve\.a is nan"):
        compensation(nets, gdp, engel, curve={"preset": "logistic", "a": np.nan})
    with pytest.raises(ConfigError, match=r"'curve\.bb' is unknown \(did you mean 'b'\?\)"):
        compensation(nets, gdp, engel, curve={"bb": 1})


@pytest.mark.parametrize(("unit", "expected"), [("10k CNY", "'CNY'"), ("k EUR", "'EUR'"), ("persons", "'CNY'")])
def test_gdp_in_another_size_than_a_whole_currency_is_refused(unit, expected):
    nets, engel = by_region([-1.0, 2.0], "Mt"), by_region([0.3, 0.3])
    with pytest.raises(UnitError, match=f"per-capita GDP has unit '{unit}', expected whole units .* {expected}"):
        compensation(nets, by_region([5.0, 2.5], unit), engel)
    assert compensation(nets, by_region([5e4, 2.5e4], "EUR"), engel)["amount"].attrs["unit"] == "100M EUR"
