"""Tables, figures and page of the analysis tools: what stands in them and that it adds up."""

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import xarray as xr
from strategies import random_emissions, random_table

from mrio import labels
from mrio.analysis.decomposition import Observation, chained
from mrio.analysis.extraction import Whole, cell_losses, extract
from mrio.analysis.linkages import sector_linkages
from mrio.analysis.paths import largest_paths
from mrio.analysis.tracing import demand_of, supply_network
from mrio.analysis.trade_value_added import gains, value_added_accounts
from mrio.equations.flows import accounts
from mrio.errors import LabelError
from mrio.outputs import analysis_tables as tables
from mrio.outputs import paths_tables, sector_labels
from mrio.outputs.decomposition_tables import decomposition_pairs, decomposition_table
from mrio.outputs.figures.analysis_figures import change_arrows, decomposition_bars, key_sector_map
from mrio.outputs.paths_page import paths_html
from mrio.outputs.years import write_series

REGIONS, SECTORS = ["Hebei", "Beijing", "Guangdong"], labels.sectors("six")["code"].tolist()


def year(number, seed):
    table = random_table(seed, 3, 6, region_labels=REGIONS, sector_labels=SECTORS, scheme="six", year=number)
    return Observation(table, random_emissions(table, seed)[0])


@pytest.fixture(scope="module")
def seen():
    return year(2017, 1)


@pytest.fixture(scope="module")
def steps():
    return chained([year(2007, 3), year(2012, 2), year(2017, 1)])


@pytest.fixture(scope="module")
def found(seen):
    return largest_paths(supply_network(seen.table, seen.F), demand_of(seen.table, "Hebei"), count=25)


def test_every_row_of_the_decomposition_adds_up_and_the_steps_to_the_whole(steps):
    rows = decomposition_table(steps)
    factors = ["intensity_Mt", "technology_Mt", "trade_Mt", "mix_Mt", "volume_Mt"]
    assert rows[factors].sum(axis=1).to_numpy() == pytest.approx(rows["change_Mt"].to_numpy(), abs=1e-9)
    assert (rows["end_Mt"] - rows["start_Mt"]).to_numpy() == pytest.approx(rows["change_Mt"].to_numpy(), abs=1e-12)
    assert rows[["from", "to"]].drop_duplicates().to_numpy().tolist() == [[2007, 2012], [2012, 2017], [2007, 2017]]
    whole = rows[(rows["from"] == 2007) & (rows["to"] == 2017)].set_index(["quantity", "province"])
    parts = rows[rows["to"] - rows["from"] == 5].groupby(["quantity", "province"], sort=False)[factors].sum()
    assert whole[factors].to_numpy() == pytest.approx(parts.loc[whole.index].to_numpy(), abs=1e-9)
    assert set(rows["prices"]) == {"current"} and set(rows["sectors"]) == {"six"}
    assert (rows.loc[rows["province"] == "Hebei", "province_zh"] == "河北").all()


def test_pairs_hold_every_flow_and_what_leaves_the_provinces(steps):
    rows = decomposition_pairs(steps)
    assert len(rows) == 2 * 3 * 7
    by_province = rows[rows["to"] == 2017].groupby("province", sort=False)["change_Mt"].sum()
    first, last = year(2012, 2), year(2017, 1)
    assert by_province.loc[REGIONS].to_numpy() == pytest.approx((last.F.sum("sector") - first.F.sum("sector")).values)


def test_paths_end_with_all_others_and_are_read_as_goods_move(seen, found):
    rows = paths_tables.paths_table(found, seen.table, "Hebei")
    assert rows["emissions_Mt"].sum() == pytest.approx(found.total)
    assert rows["share"].sum() == pytest.approx(1)
    assert rows.iloc[-1]["chain"] == "all other paths"
    longest = rows[rows["tier"] >= 1].iloc[0]
    path = found.nodes[int(longest["rank"]) - 1]
    emitter = f"{REGIONS[path[-1] // 6]} {labels.sectors('six')['name'].iloc[path[-1] % 6]}"
    assert longest["chain"].startswith(emitter + paths_tables.ARROW)
    assert (
        longest["chain_zh"].split(paths_tables.ARROW)[0].startswith(labels.province_name(REGIONS[path[-1] // 6], "zh"))
    )
    chains = paths_tables.chains_table(found, seen.table, "Hebei")
    assert chains["emissions_Mt"].sum() == pytest.approx(rows["emissions_Mt"].iloc[:-1].sum())
    assert chains["paths"].sum() == 25
    both = paths_tables.stacked_tables(paths_tables.paths_table, {"Hebei": found, "Beijing": found}, seen.table)
    assert both["destination"].value_counts().to_dict() == {"Hebei": 26, "Beijing": 26}


def test_linkages_and_losses_are_in_the_units_their_columns_say(seen):
    whole = Whole.of(seen.table, seen.F)
    made, lost = sector_linkages(seen.table, seen.F), cell_losses(whole)
    rows = tables.linkages_table(made, lost, seen.table)
    assert len(rows) == 18
    at = rows[(rows["province"] == "Beijing") & (rows["sector"] == SECTORS[2])].iloc[0]
    content = float(made["carbon_backward"].sel(region="Beijing", sector=SECTORS[2]))
    assert at["carbon_backward_t_per_10k_CNY"] == pytest.approx(content * 1e6)  # the table is in 10^4 yuan
    taken = extract(whole, ["Beijing"], [SECTORS[2]])["production"]
    by_province = taken.sel(state="before") - taken.sel(state="after")
    assert at["extraction_loss_Mt"] == pytest.approx(float(by_province.sum()))
    elsewhere = float(by_province.drop_sel(region="Beijing").sum())
    assert at["extraction_loss_elsewhere_Mt"] == pytest.approx(elsewhere)


def test_the_extraction_table_has_every_province_of_every_case(seen):
    whole = Whole.of(seen.table, seen.F)
    rows = tables.extraction_table({("province", "Hebei"): extract(whole, ["Hebei"]),
                                    ("sector", "2"): extract(whole, sectors=[SECTORS[1]])})  # fmt: skip
    assert rows[["extracted", "name"]].drop_duplicates().to_numpy().tolist() == [["province", "Hebei"], ["sector", "2"]]
    gone = rows[(rows["name"] == "Hebei") & (rows["province"] == "Hebei")].iloc[0]
    assert gone["production_after_Mt"] == gone["consumption_after_Mt"] == 0 < gone["production_Mt"]


def test_value_added_and_links_are_in_the_units_their_columns_say(seen):
    made = accounts(seen.table, seen.F)
    money = value_added_accounts(seen.table)
    rows = tables.value_added_table(gains(money, made)).set_index("province")
    assert rows["value_added_out_100M_CNY"].to_numpy() == pytest.approx(money["outflow"].values / 1e4)
    ratio = made["outflow"].values * 1e6 / money["outflow"].values  # t per 10^4 yuan
    assert rows["carbon_per_value_added_out_t_per_10k_CNY"].to_numpy() == pytest.approx(ratio)
    assert rows["carbon_gain_Mt"].sum() == pytest.approx(0, abs=1e-9)
    pairs = tables.value_added_pairs(gains(money, made))
    assert len(pairs) == 6 and pairs["carbon_Mt"].sum() == pytest.approx(float(made["outflow"].sum()))
    links = tables.network_table(made["flows"], [0.1, 1e9])
    assert links.loc[links["threshold_Mt"] == 1e9, "degree_out"].tolist() == [0, 0, 0]


def test_inequality_is_per_head_in_tonnes(seen):
    made = accounts(seen.table, seen.F)
    heads = xr.DataArray([7000.0, 2000.0, 11000.0], {"region": REGIONS}, ("region",))
    groups = {"Hebei": "East", "Beijing": "East", "Guangdong": "South"}
    rows = tables.inequality_table(made, heads, groups).set_index(["quantity", "with_households"])
    mean = float(made["consumption"].sum()) * 1e6 / (20000 * 1e4)
    assert rows.loc[("consumption", False), "mean_t_per_head"] == pytest.approx(mean)
    assert rows["theil_total"].to_numpy() == pytest.approx((rows["theil_between"] + rows["theil_within"]).to_numpy())


@pytest.mark.parametrize("language", ["en", "zh"])
def test_figures_are_drawn_in_both_languages(steps, seen, language):
    drawn = decomposition_bars(steps, "net_transfer", language)
    legend = [text.get_text() for text in drawn.axes[0].get_legend().get_texts()]
    assert len(legend) == 5
    net = accounts(seen.table, seen.F)["net_transfer"]
    arrows = change_arrows(net.assign_attrs(year=2012), (2 * net).assign_attrs(year=2017), language)
    assert len(arrows.axes[0].texts) == 3
    kinds = key_sector_map(
        sector_linkages(seen.table, seen.F), sector_labels.sector_names(seen.table, language), language
    )
    assert len(kinds.axes[0].get_xticklabels()) == 6
    plt.close("all")


def test_bars_end_where_their_terms_add_up(steps):
    drawn = decomposition_bars(steps[:1], "production")
    axes = drawn.axes[0]
    change = np.zeros(3)
    for bars in axes.containers:
        for k, bar in enumerate(bars):
            change[k] += bar.get_width()
    assert axes.lines[0].get_xdata() == pytest.approx(change)
    plt.close("all")


def test_the_page_of_paths_is_the_same_every_time_and_speaks_both_languages(seen, found):
    pages = [paths_html({"Hebei": found}, seen.table, "zh") for _ in range(2)]
    assert pages[0] == pages[1]
    assert '<html lang="zh">' in pages[0] and "cdn" not in pages[0].split("<body>")[0].lower()
    assert "Final demand of Hebei" in paths_html({"Hebei": found}, seen.table, "en")


def test_a_series_copies_cells_as_they_are_written(tmp_path):
    for name, text in (("2012", "province,code\nHebei,01\n"), ("2017", "province,code,more\nHebei,02,'=1\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "t.csv").write_text(text, encoding="utf-8-sig")
    out = tmp_path / "series.csv"
    write_series([tmp_path / "2012" / "t.csv", tmp_path / "2017" / "t.csv"], out)
    assert out.read_text(encoding="utf-8-sig") == "year,province,code,more\n2012,Hebei,01,\n2017,Hebei,02,'=1\n"
    assert len(pd.read_csv(out)) == 2 and Path(out).exists()


def test_an_unknown_destination_or_origin_is_refused(seen):
    with pytest.raises(LabelError, match=r"destination 'Hebai' is unknown \(did you mean 'Hebei'\?\)"):
        demand_of(seen.table, "Hebai")
    with pytest.raises(LabelError, match="origin 'Tibet' is not a province of the table"):
        supply_network(seen.table, seen.F, "Tibet")
    assert demand_of(seen.table, "exports") == pytest.approx(seen.table.exports.values.reshape(-1))
