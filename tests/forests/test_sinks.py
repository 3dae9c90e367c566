"""Forest sinks: two factors not to be confused, a stock that is no flow, transfers after sinks, plots by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from mrio.equations.payment import compensation
from mrio.errors import InputError, LabelError, UnitError
from mrio.forests.after_sinks import compensation_after_sink, transfer_after_sink
from mrio.forests.known_sinks import sinks_where_known
from mrio.forests.plots import annual_change, occupancy_loss, plot_carbon, plot_credit, plot_parameters, plot_table
from mrio.forests.stocks import average_factor, forest_sink, sink_of_change, sink_of_growth, stored_carbon
from mrio.formats.inputs.regional_files import read_species

REGIONS = ["Beijing", "Hebei", "Yunnan"]


def stock(values, year=2018, unit="10k m3", regions=REGIONS):
    return xr.DataArray(values, {"region": regions}, ("region",), attrs={"unit": unit, "year": year})


def mt(values, regions=REGIONS):
    return xr.DataArray(np.array(values, float), {"region": regions}, ("region",), attrs={"unit": "Mt"})


# -- provinces ---------------------------------------------------------------------------------------------------


def test_the_average_factor_of_the_ninth_inventory_is_1_97():
    assert average_factor(stock([1_705_819.59, 0, 0])) == pytest.approx(1.9745, abs=5e-5)
    assert average_factor(stock([1_756_022.99, 0, 0])) == pytest.approx(1.918, abs=5e-4)  # with HK, Macao, Taiwan


def test_stored_carbon_adds_up_to_the_carbon_of_the_inventory():
    stocks = stock([100.0, 200.0, 700.0])
    stored = stored_carbon(stocks, average_factor(stocks, carbon=1e6))
    assert float(stored.sum()) == pytest.approx(44 / 12)  # 10^6 t C in Mt CO2
    assert stored.attrs["unit"] == "Mt"


def test_a_hundred_million_m3_more_takes_up_160_mt():
    change = sink_of_change(stock([0.0, 0, 0], 2013), stock([10_000.0, 0, 0], 2014))
    assert float(change[0]) == pytest.approx(160.0)
    over_five_years = sink_of_change(stock([0.0, 0, 0], 2013), stock([10_000.0, 0, -0.0], 2018))
    assert float(over_five_years[0]) == pytest.approx(32.0)


def test_a_forest_that_shrinks_is_a_source():
    assert sink_of_change(stock([10.0, 0, 0], 2013), stock([5.0, 0, 0], 2018))[0] < 0


def test_one_stock_is_no_flow():
    with pytest.raises(InputError, match=r"one forest inventory \(2018\).*times the marginal factor is not a sink"):
        forest_sink([stock([1.0, 2, 3])])
    with pytest.raises(InputError, match="no forest inventory"):
        forest_sink([])
    with pytest.raises(InputError, match="not a flow"):
        sink_of_change(stock([1.0, 2, 3]), stock([1.0, 2, 3]))


def test_a_stated_growth_rate_makes_a_sink_and_a_percentage_is_refused():
    assert forest_sink([stock([10_000.0, 0, 0])], 0.02)[0] == pytest.approx(3.2)
    rates = xr.DataArray([0.01, 0.02, 0.03], {"region": REGIONS[::-1]}, ("region",))
    assert sink_of_growth(stock([10_000.0, 0, 0]), rates)[0] == pytest.approx(4.8)  # matched by name
    for wrong in (2.0, -0.5, np.nan):
        with pytest.raises(UnitError, match=r"a fraction such as 0\.02"):
            sink_of_growth(stock([1.0, 2, 3]), wrong)


def test_two_inventories_come_before_a_stated_rate_and_the_last_two_before_earlier_ones():
    inventories = [stock([0.0, 0, 0], 2008), stock([0.0, 0, 0], 2013), stock([50_000.0, 0, 0], 2018)]
    sink = forest_sink(inventories, 0.02)
    assert float(sink[0]) == pytest.approx(160.0)
    assert sink.attrs["basis"] == "change of stock 2013-2018"


def test_units_and_provinces_are_checked():
    with pytest.raises(UnitError, match="'m3', expected '10k m3'"):
        stored_carbon(stock([1.0, 2, 3], unit="m3"), 1.97)
    with pytest.raises(LabelError, match="Yunnan in one only"):
        sink_of_change(stock([1.0, 2], 2013, regions=REGIONS[:2]), stock([1.0, 2, 3], 2018))


# -- transfers after sinks ---------------------------------------------------------------------------------------


def test_a_payer_with_a_sink_pays_less_and_may_receive_and_a_receiver_receives_more():
    after = transfer_after_sink(mt([10, 5, -15]), mt([4, 8, 2]))
    assert after["net_transfer_after_sink"].values.tolist() == [6, -3, -17]
    assert after["role"].values.tolist() == ["pays", "pays", "receives"]
    assert after["role_after_sink"].values.tolist() == ["pays", "receives", "receives"]


@given(st.lists(st.tuples(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3)), min_size=3, max_size=3))
def test_the_sum_falls_by_the_sinks(pairs):
    transfer, sink = (mt(values) for values in zip(*pairs, strict=True))
    after = transfer_after_sink(transfer, sink)["net_transfer_after_sink"]
    assert float(after.sum()) == pytest.approx(float(transfer.sum() - sink.sum()), abs=1e-9)


def test_sinks_are_matched_by_name_and_must_be_complete_and_in_mt():
    sink = mt([2, 8, 4], REGIONS[::-1])
    assert transfer_after_sink(mt([10, 5, -15]), sink)["net_transfer_after_sink"].values.tolist() == [6, -3, -17]
    with pytest.raises(LabelError, match="no sink of Hebei, Yunnan"):
        transfer_after_sink(mt([1, 2, 3]), mt([1], ["Beijing"]))
    with pytest.raises(UnitError, match="sink has unit '10k t'"):
        transfer_after_sink(mt([1, 2, 3]), mt([1, 2, 3]).assign_attrs(unit="10k t"))


def test_compensation_with_and_without_sinks_side_by_side():
    gdp = xr.DataArray([1e5, 5e4, 4e4], {"region": REGIONS}, ("region",), attrs={"unit": "CNY"})
    engel = xr.DataArray([0.2, 0.3, 0.3], {"region": REGIONS}, ("region",), attrs={"unit": "1"})
    money, sink = compensation(mt([10, 5, -15]), gdp, engel, price=80.0), mt([4, 8, 2])
    table = compensation_after_sink(money, sink, "a basis", 80.0).set_index("region")
    again = compensation(mt([6, -3, -17]), gdp, engel, price=80.0)["amount"]  # on the adjusted transfers themselves
    assert table["amount_after_sink_100M_CNY"].iloc[:3].tolist() == pytest.approx(again.values.tolist())
    assert table["amount_100M_CNY"].iloc[:3].tolist() == pytest.approx(money["amount"].values.tolist())
    assert table["role_after_sink"].tolist() == ["pays", "receives", "receives", ""]
    assert table.at["Total", "net_transfer_after_sink_Mt"] == pytest.approx(-14)
    assert table.at["Total", "amount_after_sink_100M_CNY"] == pytest.approx(float(again.sum()))
    without = compensation_after_sink(money, None, "not available: why", 80.0).set_index("region")
    assert without["amount_after_sink_100M_CNY"].isna().all() and without["sink_Mt_per_year"].isna().all()
    assert set(without["sink_basis"]) == {"not available: why"} and set(without["role_after_sink"]) == {""}
    written = sinks_where_known(without.reset_index())  # as a file: no empty columns, and the reason once
    assert [name for name in written if "sink" in name] == ["sink_basis"]
    assert written["sink_basis"].tolist() == ["not available: why", "", "", ""]
    assert sinks_where_known(table.reset_index()).equals(table.reset_index())
    pd.testing.assert_series_equal(without["amount_100M_CNY"], table["amount_100M_CNY"])


def test_every_definition_has_a_total_of_its_own():
    gdp = xr.DataArray([1e5, 5e4, 4e4], {"region": REGIONS}, ("region",))
    money = compensation(mt([10, 5, -15]), gdp, gdp * 0 + 0.3)
    grid = xr.concat([money, -money], xr.DataArray(["mrio", "eebt"], dims="definition", name="definition"))
    table = compensation_after_sink(grid, mt([4, 8, 2]), "x", 100.0)
    assert table["region"].tolist() == [*REGIONS, "Total"] * 2
    assert table["definition"].tolist() == ["mrio"] * 4 + ["eebt"] * 4 and table.index.tolist() == list(range(8))
    assert table.loc[table["region"] == "Total", "net_transfer_after_sink_Mt"].tolist() == pytest.approx([-14, -14])
    for some in (grid, grid.isel(definition=[0])):
        assert compensation_after_sink(some, None, "x", 100.0)["sink_Mt_per_year"].isna().all()


def test_a_table_of_one_province_has_its_total_and_names_in_both_languages():
    gdp = xr.DataArray([1e5], {"region": ["Beijing"]}, ("region",))
    table = compensation_after_sink(compensation(mt([0], ["Beijing"]), gdp, gdp * 0 + 0.3), None, "x", 100.0)
    assert table["region"].tolist() == ["Beijing", "Total"]
    assert table["region_zh"].tolist() == ["北京", "合计"]


# -- plots -------------------------------------------------------------------------------------------------------

PLOT = {"area": 10.0, "volume": 30.0, "density": 0.5, "bef": 1.5, "root_ratio": 0.4, "carbon_fraction": 0.47}


def test_a_plot_by_hand():
    # 10 ha x 30 m3/ha x 0.5 t/m3 = 150 t stems; x 1.5 = 225 above ground; x 1.4 = 315 in all; x 0.47 = 148.05 t C
    assert plot_carbon(**PLOT) == pytest.approx(148.05 * 44 / 12)
    growth = annual_change(plot_carbon(**PLOT), plot_carbon(**{**PLOT, "volume": 36.0}), 3)
    assert growth == pytest.approx(148.05 * 44 / 12 * 0.2 / 3)
    assert plot_credit(growth, baseline=6.19, leakage=1.0) == pytest.approx((36.19 - 7.19) * 0.9)
    assert occupancy_loss(542.85, 36.19, 20) == pytest.approx(542.85 + 723.8)
    assert occupancy_loss(542.85, 36.19, 0) == 542.85


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("density", 500.0),
        ("carbon_fraction", 47.0),
        ("bef", 0.5),
        ("root_ratio", 28.0),
        ("volume", -1.0),
        ("area", np.nan),
    ],
)
def test_a_value_in_another_unit_is_refused(name, value):
    with pytest.raises(UnitError, match=f"{name} of a plot is .*check its unit"):
        plot_carbon(**{**PLOT, name: value})
    with pytest.raises(UnitError, match=name):
        plot_carbon(**{**PLOT, name: np.array([PLOT[name], value])})


def test_time_must_pass_and_risk_is_a_fraction():
    for years in (0, -3, np.nan):
        with pytest.raises(InputError, match="more than 0"):
            annual_change(1.0, 2.0, years)
    with pytest.raises(UnitError, match=r"0\.10 for 10%"):
        plot_credit(1.0, risk=10)
    with pytest.raises(InputError, match="loss horizon"):
        occupancy_loss(1.0, 1.0, -1)


def test_plot_tables_carry_their_units():
    plots = pd.DataFrame({
        "plot": ["P1", "P2"], "area_ha": [10.0, 1.0], "volume_m3_per_ha": [30.0, 30.0], "density_t_per_m3": 0.5,
        "bef": 1.5, "root_ratio": 0.4, "carbon_fraction": 0.47,
    })  # fmt: skip
    local = plots.drop(columns=["area_ha", "volume_m3_per_ha", "density_t_per_m3"]).assign(
        area_mu=[150.0, 15.0], volume_m3_per_mu=2.0, density_kg_per_m3=500.0
    )
    assert plot_table(plots)["carbon_t"].tolist() == pytest.approx([542.85, 54.285])
    assert plot_table(local)["carbon_t"].tolist() == pytest.approx([542.85, 54.285])
    with pytest.raises(UnitError, match="density of the plots is missing; expected a column density_t_per_m3 or"):
        plot_table(plots.drop(columns="density_t_per_m3"))
    with pytest.raises(UnitError, match="area of the plots is given twice"):
        plot_table(plots.assign(area_mu=1.0))


@pytest.fixture(scope="module")
def species(repo):
    return read_species(repo / "data" / "raw" / "settlement" / "species.csv")


def test_only_sure_defaults_are_used_unless_one_asks_for_less(species):
    measured = {"density": 0.6, "bef": 1.4, "root_ratio": 0.5}
    found = plot_parameters(species, "台湾相思", given=measured)
    assert found == {**measured, "carbon_fraction": 0.47}
    with pytest.raises(InputError, match="a default of low confidence only for density of 余甘子"):
        plot_parameters(species, "余甘子")
    assert set(plot_parameters(species, "Dalbergia sissoo", confidence="low")) == {*measured, "carbon_fraction"}
    with pytest.raises(LabelError, match="did you mean 'Acacia confusa'"):
        plot_parameters(species, "Acacia confussa")


def test_every_default_has_a_source_and_a_credible_unit(species):
    assert species["source"].str.len().min() > 10
    for name in species["species"].unique():
        assert plot_carbon(area=1.0, volume=10.0, **plot_parameters(species, name, confidence="low")) > 0
    assert set(species.loc[species["source"].str.contains("recalled"), "confidence"]) == {"low"}


def test_the_growth_of_the_first_batch_is_that_of_a_dry_valley(species):
    """2.5606 t/ha/a after a 10% deduction is 1.6 m3/ha/a of acacia: a plausibility check, not a reproduction."""
    per_m3 = plot_carbon(area=1.0, volume=1.0, **plot_parameters(species, "台湾相思", confidence="low"))
    assert 1.2 < 2.5606 / 0.9 / per_m3 < 2.0


def test_species_tables_are_checked(tmp_path):
    path = tmp_path / "species.csv"
    path.write_text("species,latin,parameter,value,unit,confidence,source\nA,a,bef,1.5,-,sure,x\n", encoding="utf-8")
    with pytest.raises(InputError, match="confidence 'sure'"):
        read_species(path)
    path.write_text(
        "species,latin,parameter,value,unit,confidence,source\n" + "A,a,bef,1.5,-,low,x\n" * 2, encoding="utf-8"
    )
    with pytest.raises(LabelError, match="given twice"):
        read_species(path)
