"""Classifications and concordances: partitions, bridges, and those of a user."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from mrio import labels
from mrio.errors import InputError, LabelError
from mrio.formats.concordances import read_concordance
from mrio.labels import fuels

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
