"""The regional picture: the committed figures, the print they come from, and what a second inventory makes possible."""

from __future__ import annotations

import hashlib
import json

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from mrio.errors import InputError, LabelError, UnitError
from mrio.forests.regional import beside_published, group_table, largest_share, province_table
from mrio.formats.inputs.regional_files import (
    read_growth_rate,
    read_inventories,
    read_regional,
    read_regional_published,
)
from mrio.words.regional_words import REASONS

HEADER = "year,region,variable,value,unit,printed_share_percent,status,source\n"


@pytest.fixture(scope="module")
def folder(repo):
    return repo / "data" / "raw" / "regional"


@pytest.fixture(scope="module")
def data(folder):
    names = ("forest_stock_2018", "land_use_2019", "emissions_2019", "gdp_2019")
    return xr.merge([read_regional(folder / f"{name}.csv") for name in names], join="outer")


@pytest.fixture(scope="module")
def stocks(folder):
    return [inventory["forest_stock"] for inventory in read_inventories([folder / "forest_stock_2018.csv"])]


@pytest.fixture(scope="module")
def picture(data, stocks):
    provinces = province_table(data, stocks)
    return provinces, group_table(provinces)


def test_every_file_is_described_by_its_sum(folder):
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    described = {r["path"]: r["hash"] for r in package["resources"]}
    found = {p.name: "sha256:" + hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.glob("*.csv")}
    assert described == found
    assert next(r for r in package["resources"] if r["name"] == "gdp-2019")["status"].startswith("UNVERIFIED")


def test_what_is_recalled_is_carried_as_unverified(data):
    assert data["gdp"].attrs["status"] == "unverified"
    assert {data[name].attrs["status"] for name in ("forest_stock", "built_land", "emissions")} == {"verified"}


def test_forest_and_land_shares_agree_with_every_printed_digit(picture):
    provinces, _ = picture
    for name in ("forest_stock", "agricultural_land", "built_land"):
        difference = provinces[f"{name}_share_percent"] - provinces[f"{name}_share_printed_percent"]
        assert provinces[f"{name}_share_printed_percent"].notna().all()
        assert difference.abs().max() < 0.00501, name


def test_groups_add_up_to_their_provinces(picture):
    provinces, groups = picture
    assert groups["provinces"].tolist() == [11, 8, 12, 31]
    for column in ("emissions_Mt", "gdp_100M_CNY", "forest_stock_10k_m3", "stored_CO2_Mt", "built_land_1000_ha"):
        assert (
            groups[column].iloc[:3].sum()
            == pytest.approx(groups[column].iloc[3])
            == pytest.approx(provinces[column].sum())
        )
    assert groups["stored_CO2_Mt"].iloc[3] == pytest.approx(91.86e2 * 44 / 12)
    assert groups["without_emissions"].tolist() == ["", "", "Tibet", "Tibet"]


def test_the_published_figures_stand_beside_ours(repo, picture):
    published = read_regional_published(repo / "data" / "reference" / "regional_picture.csv")
    table = beside_published(published, *picture).set_index("id")
    assert len(table) == 24 and table["reason"].str.len().min() > 5
    differ = table[~table["agrees"]]
    assert differ["item"].tolist() == ["emissions", "emissions_share", "largest_eight_share", "intensity"]
    assert differ["computed"].round(2).tolist() == [4901.57, 45.12, 51.34, 0.91]
    # the East's published emissions over our GDP give the published intensity: the edition explains it
    east = picture[1].set_index("group").loc["East"]
    assert round(4917.24 * 100 / east["gdp_100M_CNY"], 2) == 0.92


def test_the_eight_largest_emitters_are_those_the_source_names_in_its_order(picture):
    named = ["Shandong", "Hebei", "Jiangsu", "Inner Mongolia", "Guangdong", "Shanxi", "Liaoning", "Henan"]
    assert largest_share(picture[0])[1] == named


def test_gdp_without_emissions_is_not_in_an_intensity(picture):
    west = picture[1].set_index("group").loc["West"]
    assert west["intensity_10kt_per_100M_CNY"] == pytest.approx(1.543, abs=5e-4)  # the print's 1.54
    assert 100 * west["emissions_Mt"] / west["gdp_100M_CNY"] == pytest.approx(1.530, abs=5e-4)  # with Tibet's GDP


def test_without_a_second_inventory_there_is_no_sink(picture):
    for table in picture:
        assert table["sink_Mt_per_year"].isna().all() and table["emissions_after_sink_Mt"].isna().all()
        assert table["sink_basis"].str.startswith("not available: found one forest inventory (2018)").all()


def test_a_second_inventory_gives_sinks_and_emissions_after_them(data, stocks, folder, tmp_path):
    earlier = (folder / "forest_stock_2018.csv").read_text(encoding="utf-8").replace("2018,", "2013,")
    lines = [line.split(",") for line in earlier.splitlines()]
    lines[1:] = [[*cells[:3], f"{0.9 * float(cells[3]):.4f}", *cells[4:]] for cells in lines[1:]]
    path = tmp_path / "forest_stock_2013.csv"
    path.write_text("\n".join(",".join(cells) for cells in lines) + "\n", encoding="gbk")
    inventories = [i["forest_stock"] for i in read_inventories([folder / "forest_stock_2018.csv", path])]
    assert [stock.attrs["year"] for stock in inventories] == [2013, 2018]
    provinces = province_table(data, inventories)
    groups = group_table(provinces).set_index("group")
    # a tenth of 1,705,819.59 x 10^4 m3 in five years at 1.6 t/m3
    assert groups.at["Total", "sink_Mt_per_year"] == pytest.approx(0.1 * 17058.1959 * 1.6 / 5, rel=1e-6)
    tibet = provinces.set_index("region").loc["Tibet"]
    assert tibet["sink_Mt_per_year"] > 0 and np.isnan(tibet["emissions_after_sink_Mt"])
    assert groups.at["East", "emissions_after_sink_Mt"] == pytest.approx(4901.5749 - 0.1 * 2261.8789 * 1.6 / 5)


def test_a_growth_rate_does_where_there_is_one_inventory(data, stocks):
    provinces = province_table(data, stocks, rate=0.03)
    assert provinces["sink_Mt_per_year"].sum() == pytest.approx(0.03 * 17058.1959 * 1.6)
    assert set(provinces["sink_basis"]) == {"growth rate on stock 2018"}


def row(**changes) -> str:
    cells = {"year": "2013", "region": "河北", "variable": "forest_stock", "value": "1", "unit": "10k m3", "share": "",
             "status": "verified", "source": "x", **changes}  # fmt: skip
    return ",".join(cells.values()) + "\n"


def test_growth_rates_come_as_a_number_or_by_province(tmp_path, folder):
    assert read_growth_rate(None) is None and read_growth_rate(0.02) == 0.02
    path = tmp_path / "growth.csv"
    cells = {"variable": "growth_rate", "unit": "% per year"}
    path.write_text(HEADER + row(value="2.5", **cells) + row(region="Yunnan", value="-1", **cells), encoding="utf-8")
    assert read_growth_rate(path).values.tolist() == [0.025, -0.01]
    with pytest.raises(InputError, match="no variable 'growth_rate'"):
        read_growth_rate(folder / "gdp_2019.csv")


def test_units_are_converted(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        HEADER + row(value="1.5", unit="100M m3") + row(region="Yunnan", value="20000", unit="m3"), encoding="utf-8"
    )
    stock = read_regional(path)["forest_stock"]
    assert stock.sel(region="Hebei") == 15000 and stock.sel(region="Yunnan") == pytest.approx(2)
    assert stock.attrs["unit"] == "10k m3"


@pytest.mark.parametrize(
    ("rows", "error", "words"),
    [
        (row(region="Taiwan"), LabelError, "row 2"),
        (row() + row(region="Hebei"), LabelError, "row 3: forest_stock of Hebei is given twice"),
        (
            row(unit="ha"),
            UnitError,
            "row 2, column unit of forest_stock: found unit 'ha' of area, expected one of m3, 10k m3",
        ),
        (row(variable="forest"), InputError, "did you mean 'forest_stock'"),
        (row(value="-1"), InputError, "expected 0 or more"),
        (row(value=""), InputError, "a number"),
        (row(value="１"), InputError, "full-width"),
        (row(status="sure"), InputError, "verified or unverified"),
        (row() + row(region="Yunnan", year="2014"), InputError, "one year per file"),
    ],
)
def test_a_bad_row_is_named(tmp_path, rows, error, words):
    path = tmp_path / "a.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    with pytest.raises(error) as raised:
        read_regional(path)
    assert words in str(raised.value)


def test_two_inventories_of_one_year_are_refused(folder, tmp_path):
    twin = tmp_path / "copy.csv"
    twin.write_bytes((folder / "forest_stock_2018.csv").read_bytes())
    with pytest.raises(InputError, match=r"second inventory of 2018 \(the first is forest_stock_2018.csv\)"):
        read_inventories([folder / "forest_stock_2018.csv", twin])
    with pytest.raises(InputError, match="no variable 'forest_stock'"):
        read_inventories([folder / "gdp_2019.csv"])


def test_a_published_item_nobody_computes_is_refused(picture):
    strange = pd.DataFrame([{"id": "X", "item": "area", "group": "East", "value": 1.0, "decimals": 0}])
    with pytest.raises(InputError, match="published item X"):
        beside_published(strange, *picture)


@pytest.mark.parametrize(
    ("ours", "agrees"), [(1.05, True), (0.95, True), (1.0500001, False), (0.9499999, False), (np.nan, False)]
)
def test_figures_agree_up_to_half_of_the_last_digit_printed(ours, agrees):
    printed = {"id": "i", "item": "emissions", "group": "East", "year": 2019, "unit": "Mt", "value": 1.0, "decimals": 1,
               "place": "p. 1", "source": "s"}  # fmt: skip
    groups = pd.DataFrame({"group": ["East"], "emissions_Mt": [ours]})
    (found,) = beside_published(pd.DataFrame([printed]), pd.DataFrame(), groups).to_dict("records")
    why = "agrees" if agrees else "missing" if np.isnan(ours) else "edition"
    assert (found["agrees"], found["reason"], found["reason_zh"]) == (agrees, *REASONS.both(why))


def test_groups_stand_in_the_order_of_their_first_provinces_and_the_total_below(picture):
    provinces = picture[0].iloc[::-1]
    order = list(dict.fromkeys(provinces["group"]))
    assert group_table(provinces)["group"].tolist() == [*order, "Total"] and order != sorted(order)


def test_the_committed_figures_are_those_of_the_source_files(shared_data, data):
    table = pd.read_csv(shared_data / "stats" / "seed004_tables.csv")
    from mrio import labels

    table.index = [labels.province(name) for name in table["province"]]
    columns = {
        "forest_stock": "forest_stock_2018_1e4m3", "agricultural_land": "agri_land_1e3ha",
        "built_land": "built_land_1e3ha", "emissions": "ceads2019_total_Mt", "gdp": "gdp2019_1e8yuan_memory",
    }  # fmt: skip
    for name, column in columns.items():
        pd.testing.assert_series_equal(
            data[name].to_series(),
            table[column].reindex(data["region"].values),
            check_names=False,
            check_index_type=False,
        )


def test_emissions_are_the_totals_of_the_inventories(shared_data, data):
    from mrio.formats.workbooks.inventory import read_inventory

    inventory = read_inventory(shared_data / "ceads_inventory" / "ceads_prov_2019.xlsx", 2019)
    totals = inventory.groupby("region")["emissions"].sum()
    ours = data["emissions"].to_series().dropna()
    assert set(ours.index) == set(totals.index) and len(ours) == 30
    assert (ours - totals.reindex(ours.index)).abs().max() < 1e-3  # Mt; the totals are kept to 10^-4
