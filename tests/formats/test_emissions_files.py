"""Emission, socioeconomic and concordance CSVs: read back equal, and refused by file, row and column."""

from __future__ import annotations

import itertools
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from python_calamine import CalamineWorkbook

from mrio import labels
from mrio.errors import BalanceError, InputError, LabelError, UnitError
from mrio.formats.concordances import read_concordance
from mrio.formats.inputs.emission_files import emission_dataset, read_emissions, write_emissions
from mrio.formats.inputs.socioeconomic import read_socioeconomic
from mrio.formats.workbooks.inventory import fuels


def dataset(seed=0, regions=("Beijing", "Hebei"), names=("raw_coal", "process")):
    rng = np.random.default_rng(seed)
    sectors = labels.sectors("six")["code"].tolist()

    def cube(dim, codes):
        coords = {"region": list(regions), "fuel": list(names), dim: list(codes)}
        values = np.rint(rng.gamma(0.5, 20.0, [len(c) for c in coords.values()]) * 1e9) / 1e9
        return xr.DataArray(values, coords, list(coords))

    return emission_dataset(
        cube("sector", sectors), cube("household", ["urban", "rural"]), year=2017, scheme="six", source="a.csv"
    )


@pytest.fixture
def path(tmp_path):
    return write_emissions(dataset(), tmp_path / "a.csv")


def changed(path, old, new, count=1):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")
    return path


# -- emissions ---------------------------------------------------------------------------------------------------------
def test_what_is_written_reads_back_equal_and_has_the_same_bytes(path, tmp_path):
    read = read_emissions(path, scheme="six", year=2017)
    xr.testing.assert_identical(read, dataset())
    assert write_emissions(read, tmp_path / "b.csv").read_bytes() == path.read_bytes()


def test_totals_in_the_file_are_exact_sums(path):
    for row in pd.read_csv(path, dtype=str).itertuples():
        assert Decimal(row.raw_coal) + Decimal(row.process) == Decimal(row.total)


@pytest.mark.parametrize("dress", ["gbk", "bom-crlf", "shuffled", "spreadsheet"])
def test_a_file_a_person_saved_again_reads_the_same(path, dress):
    expected = read_emissions(path, scheme="six")
    lines = path.read_text(encoding="utf-8").splitlines()
    if dress == "gbk":
        path.write_bytes("\n".join(lines).replace("Beijing", "北京").encode("gbk"))
    elif dress == "bom-crlf":
        path.write_bytes(("\ufeff" + "\r\n".join([*lines, "", ""])).encode())
    elif dress == "shuffled":
        path.write_text("\n".join([lines[0], *lines[:0:-1]]), encoding="utf-8")
    else:
        path.write_text("\n".join(lines).replace("Hebei", "130000"), encoding="utf-8")
    xr.testing.assert_identical(read_emissions(path, scheme="six"), expected)


def test_a_sector_code_that_lost_its_zero_is_understood(tmp_path):
    codes = labels.sectors("42")["code"].tolist()
    made = emission_dataset(
        xr.DataArray(np.ones((1, 1, 42)), {"region": ["Hebei"], "fuel": ["coke"], "sector": codes}),
        xr.DataArray(np.ones((1, 1, 2)), {"region": ["Hebei"], "fuel": ["coke"], "household": ["urban", "rural"]}),
        year=2017, scheme="42", source="c.csv",
    )  # fmt: skip
    path = changed(write_emissions(made, tmp_path / "c.csv"), "Hebei,01,", "Hebei,1,")
    assert float(read_emissions(path)["F"].sel(region="Hebei", sector="01")) == 1.0


def test_another_unit_is_converted(path):
    expected = read_emissions(path, scheme="six")
    table = pd.read_csv(path)
    for column in ("raw_coal", "process", "total"):
        table[column] *= 1e3
    table.assign(unit="kt CO2").to_csv(path, index=False)
    xr.testing.assert_allclose(read_emissions(path, scheme="six"), expected, rtol=1e-12)


def test_a_file_without_fuels_has_one_total(path):
    pd.read_csv(path).drop(columns=["raw_coal", "process"]).to_csv(path, index=False)
    read = read_emissions(path, scheme="six")
    assert read["fuel"].values.tolist() == ["total"]
    xr.testing.assert_allclose(read["F"], dataset()["F"], rtol=1e-12)


@pytest.mark.parametrize(
    ("old", "new", "error", "message"),
    [
        ("Hebei", "Hebbei", LabelError, r"a.csv, row 10: 'Hebbei' is not a province .* \(did you mean 'Hebei'\?\)"),
        ("Hebei,trade", "Hebei,trades", LabelError, r"row 14: sector 'trades' is unknown \(did you mean 'trade'\?\)"),
        ("2017", "2016", InputError, "row 2: found year 2016, expected year 2017"),
        (
            "Mt CO2",
            "Mt C",
            UnitError,
            r"row 2, column unit: found unit 'Mt C' \(did you mean 'Mt CO2'\?\), expected one of t CO2, kt CO2",
        ),
        ("total", "sum", InputError, "found no column 'total'"),
        ("process", "raw_coal", InputError, "row 1: found column 'raw_coal' twice"),
        (
            "2017,Hebei,agriculture",
            "2017,Beijing,agriculture",
            LabelError,
            "row 10: Beijing agriculture is given twice",
        ),
        (
            "Beijing,industry,Mt CO2,",
            "Beijing,industry,Mt CO2,n.a.",
            InputError,
            r"row 3, column E \(raw_coal\): found",
        ),
        ("Beijing,industry,Mt CO2,", "Beijing,industry,Mt CO2,-", InputError, "row 3, column raw_coal: found -"),
        ("Beijing,industry,Mt CO2,", "Beijing,industry,Mt CO2,9", BalanceError, "row 3: fuels add up to"),
        ("Beijing,industry,Mt CO2,", "Beijing,industry,Mt CO2,,", InputError, "row 3: found 8 cells, expected 7"),
    ],
)
def test_a_broken_emission_file_is_refused_by_place(path, old, new, error, message):
    with pytest.raises(error, match=message):
        read_emissions(changed(path, old, new), scheme="six", year=2017)


def test_provinces_of_file_and_table_must_agree(path):
    both = ["Beijing", "Hebei"]
    assert read_emissions(path, both[::-1], "six")["region"].values.tolist() == both[::-1]
    with pytest.raises(LabelError, match="no emissions of Tibet; add the rows or exclude the province"):
        read_emissions(path, [*both, "Tibet"], "six")
    with pytest.raises(LabelError, match="emissions of Hebei, which the table does not have"):
        read_emissions(path, ["Beijing"], "six")


def test_a_missing_sector_is_refused(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(lines[:-1]), encoding="utf-8")
    with pytest.raises(LabelError, match="Hebei has no row for sector 'rural'; a sector without emissions is 0"):
        read_emissions(path, scheme="six")


# -- socioeconomic -----------------------------------------------------------------------------------------------------
SOCIO = """year,region,variable,value,unit,status,source
2017,Beijing,gdp,28014.94,100M CNY,verified,a yearbook
2017,Beijing,population,2171,10k persons,verified,a yearbook
2017,Beijing,gdp_per_capita,128994,CNY,unverified,a yearbook
2017,Beijing,engel,0.2017,ratio,unverified,a yearbook
2017,河北,gdp,34016.32,100M CNY,verified,a yearbook
2017,河北,population,7520,10k persons,verified,a yearbook
2017,河北,gdp_per_capita,45387,CNY,verified,a yearbook
2017,河北,engel,25.35,%,verified,a yearbook
"""


@pytest.fixture
def socio(tmp_path):
    path = tmp_path / "s.csv"
    path.write_text(SOCIO, encoding="utf-8")
    return path


def test_figures_come_with_unit_and_status(socio):
    read = read_socioeconomic(socio, ["Hebei", "Beijing"], 2017)
    assert read["region"].values.tolist() == ["Hebei", "Beijing"]
    assert float(read["engel"].sel(region="Hebei")) == pytest.approx(0.2535)
    assert read["gdp"].attrs["status"] == "verified" and read["engel"].attrs["status"] == "unverified"
    assert read_socioeconomic(socio, ["Hebei"])["engel"].attrs["status"] == "verified"
    assert {name: read[name].attrs["unit"] for name in read.data_vars} == {
        "gdp": "100M CNY", "population": "10k persons", "gdp_per_capita": "CNY", "engel": "ratio",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "error", "message"),
    [
        ("28014.94", "280149400", UnitError, "GDP over population of Beijing is 1e\\+04 times the per-capita GDP"),
        ("128994,CNY", "128994,USD", UnitError, "column unit of gdp_per_capita: found unit 'USD'"),
        ("0.2017,ratio", "20.17,ratio", UnitError, "engel of Beijing is 20.17 ratio, expected between 0 and 1"),
        ("engel", "angel", LabelError, r"variable 'angel' is unknown \(did you mean 'engel'\?\)"),
        ("2171", "2 171", InputError, r"row 3, column D \(value\): found the number '2 171' stored as text"),
        ("unverified", "maybe", InputError, "found status 'maybe', expected verified or unverified"),
        ("2017,Beijing", "2016,Beijing", InputError, "row 2: found year 2016, expected year 2017"),
        ("河北,engel", "Beijing,engel", LabelError, "row 9: engel of Beijing is given twice"),
        ("2017,河北,engel,25.35,%,verified,a yearbook\n", "", LabelError, "no engel of Hebei; add the rows"),
    ],
)
def test_broken_socioeconomic_figures_are_refused(socio, old, new, error, message):
    with pytest.raises(error, match=message):
        read_socioeconomic(changed(socio, old, new), year=2017)


def test_the_engel_coefficient_must_be_there(socio):
    socio.write_text("\n".join(line for line in SOCIO.splitlines() if "engel" not in line), encoding="utf-8")
    with pytest.raises(InputError, match="found no variable 'engel', expected rows of gdp_per_capita, engel"):
        read_socioeconomic(socio)


# -- classifications and concordances --------------------------------------------------------------------------------
FOLDER = labels.data_dir() / "concordances"
PARTITIONS = sorted(p.stem for p in FOLDER.glob("*_to_*.csv"))


@pytest.mark.parametrize("name", PARTITIONS)
def test_every_concordance_is_a_partition_onto_its_target(name):
    scheme, target = name.split("_to_")
    mapping = labels.concordance(scheme, target)
    groups = labels.partition(labels.sectors(scheme)["code"].tolist(), mapping)
    households = {"households"} if scheme == "ceads" else set()
    assert set(groups) - households == set(labels.sectors(target)["code"]), "every group is used, and no other"


@pytest.mark.parametrize("scheme", ["42", "42-2012"])
def test_going_by_thirty_sectors_ends_in_the_same_six(scheme):
    thirty, six = labels.concordance(scheme, "30"), labels.concordance(scheme, "six")
    onward = labels.concordance("30", "six")
    assert {code: onward[thirty[code]] for code in thirty} == six


def test_thirty_sectors_are_those_of_the_published_tables_by_hand():
    thirty = labels.concordance("42", "30")
    assert all(thirty[code] == code for code in (f"{k:02d}" for k in range(1, 16)))
    codes = {"16": "16", "17": "16", "18": "17", "19": "18", "20": "19", "21": "20", "22": "21", "23": "21", "24": "22"}
    codes |= {
        "25": "23",
        "26": "23",
        "27": "24",
        "28": "26",
        "29": "25",
        "30": "27",
        "34": "28",
        "35": "29",
        "36": "29",
    }
    assert {code: thirty[code] for code in codes} == codes
    assert {thirty[code] for code in ("31", "32", "33", *map(str, range(37, 43)))} == {"30"}


def bridge(scheme):
    return pd.read_csv(FOLDER / f"ceads_split_{scheme}.csv", dtype=str)


@pytest.mark.parametrize("scheme", ["42", "42-2012"])
def test_the_bridge_reaches_every_sector_and_splits_only_inside_one_of_the_six(scheme):
    links = bridge(scheme)
    assert set(links["to"]) == set(labels.sectors(scheme)["code"])
    assert set(links["from"]) == set(labels.sectors("ceads")["code"]) - {"urban", "rural"}
    ceads, six = labels.concordance("ceads", "six"), labels.concordance(scheme, "six")
    assert all(ceads[source] == six[code] for source, code in links.itertuples(index=False))


@pytest.mark.parametrize(("scheme", "groups"), [("42", "ceads-groups"), ("42-2012", "ceads-groups-2012")])
def test_the_common_groups_are_the_finest_that_need_no_split(scheme, groups):
    """Two sectors share a group exactly if a chain of bridge links joins them."""
    links = list(bridge(scheme).itertuples(index=False, name=None))
    joined = {node: {node} for link in links for node in (("ceads", link[0]), ("io", link[1]))}
    for source, code in links:
        union = joined["ceads", source] | joined["io", code]
        for node in union:
            joined[node] = union
    of = {"ceads": labels.concordance("ceads", groups), "io": labels.concordance(scheme, groups)}
    for one, other in itertools.combinations(joined, 2):
        assert (of[one[0]][one[1]] == of[other[0]][other[1]]) == (other in joined[one])


def test_the_classification_of_2012_differs_where_it_should():
    new, old = (labels.sectors(s)["name_zh"].tolist() for s in ("42", "42-2012"))
    assert set(new) - set(old) == {"其他制造产品和废品废料", "研究和试验发展", "综合技术服务"}
    assert set(old) - set(new) == {"其他制造产品", "废品废料", "科学研究和技术服务"}


@pytest.mark.parametrize("year,scheme", [(2017, "42"), (2012, "42-2012")])
def test_sector_names_are_those_of_the_official_tables(shared_data, year, scheme):
    for path in sorted((shared_data / "provincial_io" / str(year)).glob("*.xls")):
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)
        head = next(k for k, row in enumerate(rows) if row[0] == "代码")
        names = [str(row[1]).replace(" ", "") for row in rows[head + 1 : head + 43]]
        assert names == labels.sectors(scheme)["name_zh"].tolist(), path.name


def test_a_users_concordance_is_read_or_refused(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("from,to\n01,a\n02,b\n03,b\n", encoding="utf-8")
    assert read_concordance(path) == {"01": "a", "02": "b", "03": "b"}
    path.write_text("from,to\n01,a\n02,b\n01,b\n", encoding="utf-8")
    with pytest.raises(LabelError, match=r"row 4: sector '01' goes to 'b', but above it went to 'a'"):
        read_concordance(path)
    path.write_text("from,to\n01,\n", encoding="utf-8")
    with pytest.raises(InputError, match="row 2, column to: found an empty cell"):
        read_concordance(path)


def test_every_fuel_has_names_a_carrier_and_products():
    carriers = pd.read_csv(FOLDER / "carrier_products.csv", dtype=str)
    for scheme in ("42", "42-2012"):
        chosen = carriers[carriers["scheme"] == scheme]
        assert set(fuels()["carrier"]) == set(chosen["carrier"])
        assert set(chosen["product"]) <= set(labels.sectors(scheme)["code"])
        names = labels.sectors(scheme)["name_zh"]
        assert {names[code] for code in chosen["product"]} == {
            "煤炭采选产品", "石油和天然气开采产品", "石油、炼焦产品和核燃料加工品", "燃气生产和供应",
        }  # fmt: skip
