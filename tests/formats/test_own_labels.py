"""Label tables of one's own: what they must hold, and what is asked of them."""

import pytest

from mrio import labels, own_labels
from mrio.equations.groups import coarsest_groups, grouping
from mrio.errors import ConfigError, InputError, LabelError
from mrio.outputs.geography import by_region, group_names, tiles
from mrio.study.grid import reported
from mrio.study.year_folder import take_labels, year_files

REGIONS = "name,name_zh,aliases,area,area_zh\nNorth,北,N|Norden,Coast,沿海\nSouth,南,,Inland,内陆\n"
SECTORS = "scheme,code,name,name_zh\n2,P,Production,生产\n2,S,Services,服务\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "regions.csv").write_text(REGIONS, encoding="utf-8")
    (tmp_path / "sectors.csv").write_text(SECTORS, encoding="utf-8")
    return tmp_path


def test_labels_come_from_the_folder_while_it_is_in_use(folder):
    with own_labels.using(folder):
        assert labels.regions().index.tolist() == ["North", "South"]
        assert labels.province("norden") == "North" and labels.province_name("South", "zh") == "南"
        assert labels.sectors("2")["name_zh"].tolist() == ["生产", "服务"]
        assert labels.sectors("six").index[0] == "agriculture"  # those that ship stay
        assert grouping("area", ["South"]) == {"South": "Inland"} == coarsest_groups(["South"])
        assert by_region(["South", "North"]) == (["South", "North"], ["Inland", "Coast"])
        assert group_names("Coast") == ("Coast", "沿海")
        assert tiles(["North", "South"]) == {"North": (0, 0), "South": (0, 1)}
        with pytest.raises(LabelError, match=r"'Hebei' is not a region of .*regions\.csv; expected e\.g\. 'North' or"):
            labels.province("Hebei")
        with pytest.raises(ConfigError, match="grouping 'region3' is unknown; known: area"):
            grouping("region3", ["North"])
    assert labels.province("河北") == "Hebei" and len(labels.regions()) == 31


@pytest.mark.parametrize(
    ("name", "text", "error", "says"),
    [
        ("regions.csv", "name\nNorth\n", InputError, "regions.csv, row 1: found no column 'name_zh'"),
        ("regions.csv", "name,name_zh\nNorth,\n", InputError, "row 2, column"),
        ("regions.csv", "name,name_zh\nNorth,北\nNorth,南\n", LabelError, "'North' is given twice"),
        ("regions.csv", "name,name_zh,aliases\nNorth,北,S\nSouth,南,S\n", LabelError, "'S' means North and South"),
        ("regions.csv", "name,name_zh,tile_row\nNorth,北,one\n", InputError, "found 'one', expected a number"),
        ("sectors.csv", SECTORS + "2,S,Again,又\n", LabelError, "row 4: sector 'S' of scheme '2' is given twice"),
    ],
)
def test_a_label_table_with_a_mistake_is_refused(folder, name, text, error, says):
    (folder / name).write_text(text, encoding="utf-8")
    own_labels.regions_of.cache_clear()
    own_labels.sectors_of.cache_clear()
    with pytest.raises(error) as caught:
        own_labels.use(folder)
    assert says in str(caught.value)
    assert own_labels.in_use() is None


def test_a_folder_brings_both_tables_or_none(folder):
    assert own_labels.brought_by(folder) == folder
    (folder / "sectors.csv").unlink()
    with pytest.raises(InputError, match=r"found regions\.csv without sectors\.csv, expected both"):
        own_labels.brought_by(folder)
    (folder / "regions.csv").unlink()
    assert own_labels.brought_by(folder) is None


def test_years_with_other_labels_are_not_one_study(folder, tmp_path):
    raw = tmp_path / "raw"
    for year, text in ((2019, REGIONS), (2020, REGIONS), (2021, REGIONS.replace("South", "East"))):
        (raw / str(year)).mkdir(parents=True)
        (raw / str(year) / "regions.csv").write_text(text, encoding="utf-8")
        (raw / str(year) / "sectors.csv").write_text(SECTORS, encoding="utf-8")
    with own_labels.using(None):
        take_labels({"years": [2019, 2020]}, raw)
        assert own_labels.in_use() == raw / "2019"
        with pytest.raises(ConfigError, match="years 2019 and 2021 have other regions or sectors"):
            take_labels({"years": [2019, 2021]}, raw)
        take_labels({"years": [2021], "labels": str(folder)}, raw)
        assert own_labels.in_use() == folder


def test_the_table_is_found_by_the_number_of_its_sectors(tmp_path):
    assert year_files(tmp_path)["table"].name == "mrio_42.nc"
    (tmp_path / "mrio_10.nc").touch()
    assert [year_files(tmp_path)[what].name for what in ("table", "emissions")] == ["mrio_10.nc", "emissions_10.csv"]


def test_results_are_reported_where_all_resolutions_meet(folder):
    assert reported("42", ["six", "30", "42"]) == "six" and reported("42-2012", ["30", "42"]) == "six"
    assert reported("30", ["30"]) == "six"
    with pytest.raises(ConfigError, match=r"names '42', to which a table in sector scheme '30' does not add up"):
        reported("30", ["six", "42"])
    with own_labels.using(folder):
        assert reported("2", ["2"]) == "2"
