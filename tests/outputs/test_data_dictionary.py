"""Every column of every CSV has a meaning, on a page and in a data package whose schemas the files fit."""

import json
from pathlib import Path

import pandas as pd
import pytest

from mrio.outputs.data_dictionary import PAGE, columns_page, datapackage, meaning


def test_a_name_is_taken_apart(repo):
    (english, chinese), unit = meaning("eebt_six_net_transfer_p05_Mt")
    assert english == "Net transfer, 5% quantile" and "5%" in chinese and unit == "Mt"
    assert meaning("mrio_six_amount_100M_USD")[1] == "10^8 USD"
    assert meaning("liao2022-b_amount_100M_CNY")[1] == "10^8 yuan"
    assert meaning("receiver_zh")[0] == ("Province that receives, in Chinese", "受偿省份（中文）")
    assert meaning("no_such_thing_Mt") is None


def test_columns_of_other_stressors_say_which_and_in_which_unit():
    stressors = ["CO2", "SO2", "solid_waste"]
    (english, chinese), unit = meaning("SO2_eebt_six_net_transfer_p05_kt", stressors)
    assert english == "SO2: net transfer, 5% quantile" and chinese.startswith("SO2：") and unit == "kt"
    assert meaning("solid_waste_six_outflow_10k_t", stressors)[1] == "10k t"
    assert meaning("CO2_production_Mt", stressors)[1] == "Mt"
    assert meaning("SO2_six_outflow_kt") is None
    assert meaning("SO2_no_such_thing_kt", stressors) is None


@pytest.mark.parametrize("name", ["table1_transfers", "table2_responsibility", "table3_compensation"])
def test_every_column_of_tables_1_to_3_has_a_meaning(repo, name):
    columns = pd.read_csv(repo / "tests" / "expected" / f"{name}.csv", encoding="utf-8-sig").columns
    assert [column for column in columns if meaning(column) is None] == []


def test_the_page_is_that_of_the_words(repo):
    assert (repo / PAGE).read_text(encoding="utf-8") == columns_page()


def test_the_package_describes_what_is_in_the_files(tmp_path):
    table = pd.DataFrame({"province": ["Beijing", "Hebei"], "eebt_six_home_Mt": [1.5, None], "rank": [1, 2],
                          "passed": [True, False], "note": [None, None]})  # fmt: skip
    path = tmp_path / "made_up.csv"
    table.to_csv(path, index=False, encoding="utf-8-sig")
    package = json.loads(json.dumps(datapackage([path], tmp_path, "results-2017")))
    (resource,) = package["resources"]
    assert resource["path"] == "made_up.csv" and resource["bytes"] == path.stat().st_size
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    assert list(fields) == list(table.columns)
    assert [field["type"] for field in fields.values()] == ["string", "number", "integer", "boolean", "string"]
    assert fields["eebt_six_home_Mt"]["unit"] == "Mt" and fields["eebt_six_home_Mt"]["title"]
    assert Path(resource["path"]).name == resource["path"]
