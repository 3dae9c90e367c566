"""Groups of provinces, shares of net transfers, intensities; who pays whom; sensitivity."""

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from hypothesis import given
from strategies import random_emissions, random_table, tables_with_emissions

from mrio.analysis.choices import compare_choice
from mrio.equations.flows import accounts
from mrio.equations.groups import group_accounts, grouped_study, grouping, intensity, net_shares
from mrio.equations.payment import compensation, who_pays_whom
from mrio.errors import ConfigError, EstimationError, LabelError
from mrio.labels import provinces


def test_the_published_groupings():
    names = provinces().index.tolist()
    counts = pd.Series(grouping("region3", names)).value_counts()
    assert counts.to_dict() == {"East": 11, "Middle": 8, "West": 12}
    eight = pd.Series(grouping("region8", names))
    assert eight.nunique() == 8
    assert eight["Inner Mongolia"] == "Northwest"
    assert set(eight[eight == "East Coast"].index) == {"Shanghai", "Jiangsu", "Zhejiang"}


@given(case=tables_with_emissions(min_regions=2))
def test_grouping_after_computing_equals_adding_up(case):
    table, F, F_Y = case
    result = accounts(table, F, F_Y, method="eebt")
    regions = table.regions
    groups = {r: "first" if k < 1 else "rest" for k, r in enumerate(regions)}
    grouped = group_accounts(result, groups)
    first, rest = regions[:1], regions[1:]
    across = float(result["flows"].sel(region=first, to_region=rest).sum())
    assert float(grouped["outflow"].sel(region="first")) == pytest.approx(across, abs=1e-12)
    for name in ("production", "consumption", "household", "exports"):
        assert float(grouped[name].sum()) == pytest.approx(float(result[name].sum()), abs=1e-12)
    summed = result["net_transfer"].sel(region=rest).sum()
    scale = 1e-10 * float(F.sum() + 1e-9)
    assert float(grouped["net_transfer"].sel(region="rest")) == pytest.approx(float(summed), abs=scale)
    np.testing.assert_allclose(grouped["consumption"], grouped["home"] + grouped["inflow"], atol=scale)


def test_one_group_trades_with_nobody():
    table = random_table(seed=1)
    F, _ = random_emissions(table)
    grouped = group_accounts(accounts(table, F), dict.fromkeys(table.regions, "all"))
    assert float(grouped["outflow"].sum()) == 0
    assert net_shares(grouped["net_transfer"])["share_of_net_out"].sum() == 0


def test_net_shares_by_hand():
    nets = xr.DataArray([3.0, 1.0, -1.0, -3.0], {"region": list("abcd")}, ("region",))
    shares = net_shares(nets)
    np.testing.assert_allclose(shares["share_of_net_out"], [0.75, 0.25, 0, 0])
    np.testing.assert_allclose(shares["share_of_net_in"], [0, 0, 0.25, 0.75])


def test_intensity_in_published_units():
    # East 2019: 491,724 x 10^4 t over 10^8 yuan of GDP, printed as .92
    emissions = xr.DataArray([4917.24], {"region": ["East"]}, ("region",), attrs={"unit": "Mt"})
    gdp = xr.DataArray([534_000.0], {"region": ["East"]}, ("region",), attrs={"unit": "100M CNY"})
    assert float(intensity(emissions, gdp)[0]) == pytest.approx(0.92, abs=0.001)
    with pytest.raises(LabelError, match="needs emissions in 'Mt'"):
        intensity(emissions.assign_attrs(unit="t"), gdp)


def test_a_study_by_region_has_gdp_and_intensity():
    table = random_table(seed=2, regions=3, region_labels=["Beijing", "Hebei", "Tianjin"])
    F, F_Y = random_emissions(table)
    gdp = xr.DataArray([10.0, 20.0, 30.0], {"region": table.regions}, ("region",), attrs={"unit": "100M CNY"})
    made = grouped_study(accounts(table, F, F_Y), ["region8"], gdp)["region8"]
    assert made["region"].values.tolist() == ["Beijing-Tianjin", "North Coast"]
    np.testing.assert_allclose(made["gdp"], [40, 20])
    np.testing.assert_allclose(made["intensity"], 100 * made["production"] / made["gdp"])
    turned = table.reorder(
        ["Hebei", "Tianjin", "Beijing"]
    )  # groups in another order, figures of provinces in their own
    again = grouped_study(accounts(turned, F, F_Y), ["region8"], gdp)["region8"]
    assert again["region"].values.tolist() == ["North Coast", "Beijing-Tianjin"]
    for name in ("gdp", "production", "intensity", "net_transfer"):
        np.testing.assert_allclose(again[name], made[name][::-1], err_msg=name)


def test_mistakes_in_groupings_are_named():
    with pytest.raises(ConfigError, match="did you mean 'region3'"):
        grouping("regions3", ["Beijing"])
    with pytest.raises(LabelError, match="'Atlantis' has no group"):
        grouping("region3", ["Atlantis"])


def figures(count, regions):
    gdp = xr.DataArray(np.linspace(3e4, 9e4, count), {"region": regions}, ("region",))
    engel = xr.DataArray(np.linspace(0.2, 0.4, count), {"region": regions}, ("region",))
    return gdp, engel


@given(case=tables_with_emissions())
def test_who_pays_whom_is_antisymmetric_and_adds_up(case):
    table, F, _ = case
    result = accounts(table, F, method="eebt")
    money = compensation(result["net_transfer"], *figures(len(table.regions), table.regions))
    paid = who_pays_whom(money, result["flows"])
    np.testing.assert_array_equal(paid.values, -paid.values.T)
    scale = float(abs(money["balanced"]).max())
    np.testing.assert_allclose(paid.sum("to_region"), money["balanced"], atol=1e-8 * scale + 1e-12)
    pays = (money["balanced"] < 0).values
    assert not paid.values[pays][:, pays].any()


def test_payments_that_bilateral_nets_cannot_carry_follow_what_is_drawn():
    # payers a, b; receivers c, d. By nets a can pay c alone, but must pay more than c receives: RAS would never end
    regions = list("abcd")
    E = np.zeros((4, 4))
    E[2, 0], E[3, 0], E[0, 3], E[2, 1], E[3, 1] = 5, 1, 1, 4, 6  # a draws 5 from c; with d it is even
    balanced = xr.DataArray([-3.0, -2, 1, 4], {"region": regions}, ("region",))
    flows = xr.DataArray(E, {"region": regions, "to_region": regions}, ("region", "to_region"))
    paid = who_pays_whom(xr.Dataset({"balanced": balanced}), flows)
    assert paid.attrs["seed"] == "inflow"
    np.testing.assert_allclose(paid.sum("to_region"), balanced)
    with pytest.raises(EstimationError, match="who pays whom"):
        who_pays_whom(xr.Dataset({"balanced": balanced}), flows.where(flows["region"] != "d", 0.0))


def test_who_pays_whom_follows_the_larger_bilateral_net():
    # a and b pay 3 each, c and d receive 3 each; a draws more from c than c from a (net 4 and 1), b the other way round
    regions = list("abcd")
    E = np.array([[9.0, 0, 2, 3], [0, 9, 3, 2], [6, 4, 9, 0], [4, 6, 0, 9]])
    balanced = xr.DataArray([-3.0, -3, 3, 3], {"region": regions}, ("region",))
    flows = xr.DataArray(E, {"region": regions, "to_region": regions}, ("region", "to_region"))
    paid = who_pays_whom(xr.Dataset({"balanced": balanced}), flows)
    # seed [[4, 1], [1, 4]] scaled to rows and columns of 3: what c receives from a is 3 x 4/5
    np.testing.assert_allclose(paid.sel(region="c"), [2.4, 0.6, 0, 0])
    np.testing.assert_allclose(paid.sel(region="a"), [0, 0, -2.4, -0.6])


def test_sensitivity_counts_signs_and_ranks():
    base = xr.DataArray([3.0, -1.0, 2.0], {"region": ["Beijing", "Hebei", "Tianjin"]}, ("region",), "net_transfer",
                        {"unit": "Mt"})  # fmt: skip
    other = base.copy(data=[-1.0, 4.0, 2.0])
    table = compare_choice("definition", "mrio", base, other).set_index("province")
    assert table["changes_sign"].tolist() == [True, True, False]
    assert table["rank_value"].tolist() == [1, 3, 2]
    assert table["rank_change"].tolist() == [-2, 2, 0]
