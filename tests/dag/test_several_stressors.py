"""The finished tiny study asked for SO2 as well: nothing of CO2 is computed again, Tables 1 and 2 show both."""

import json
import re
import shutil

import numpy as np
import openpyxl
import pandas as pd
import pytest
from tiny_study import run, would_run

from mrio.outputs.table_files import read_tables

pytestmark = pytest.mark.pipeline
#: Of a copy, whose modules lie elsewhere, only times can say what is up to date.
TIMES = ("--rerun-triggers", "mtime")
BOTH = ("--config", "stressors=[CO2,SO2]")
MADE = ["table1_transfers.csv", "table2_responsibility.csv", "tables.xlsx", "print/table1_transfers_zh.md",
        "atlas.html"]  # fmt: skip


@pytest.fixture(scope="module")
def study(finished_study, tmp_path_factory):
    """Return a copy of the finished study with emissions of SO2, two kt per Mt of CO2 in Hebei and none elsewhere."""
    root = tmp_path_factory.mktemp("stressors") / "study"
    shutil.copytree(finished_study, root)
    emissions = root / "data" / "raw" / "2017" / "emissions_42.csv"
    table = pd.read_csv(emissions, dtype=str).assign(stressor="SO2", unit="kt").drop(columns="raw_coal")
    table["total"] = (2 * (table["region"] == "Hebei") * table["total"].astype(float)).round(9)
    table.to_csv(emissions.with_name("emissions_42_SO2.csv"), index=False)
    return root


@pytest.fixture(scope="module")
def made(study):
    asked = [f"results/2017/{name}" for name in MADE]
    assert would_run(study, *asked, *TIMES) == set()
    assert would_run(study, *asked, *TIMES, *BOTH) == {"stressors", "model_tables", "workbook", "print_table", "atlas"}
    done = run(study, *asked, *TIMES, *BOTH)
    assert done.returncode == 0, done.stderr
    return study / "results" / "2017"


def test_the_columns_of_co2_are_those_of_the_study_alone(made, finished_study):
    for name in MADE[:2]:
        alone = pd.read_csv(finished_study / "results" / "2017" / name, encoding="utf-8-sig", dtype=str)
        both = pd.read_csv(made / name, encoding="utf-8-sig", dtype=str)
        numbers = [column for column in alone if not column.startswith("province")]
        pd.testing.assert_frame_equal(both[[f"CO2_{column}" for column in numbers]].set_axis(numbers, axis=1),
                                      alone[numbers])  # fmt: skip


def test_another_stressor_is_conserved_and_goes_from_where_it_is_emitted(made):
    table, shared = (table.set_index("province") for table in read_tables(made / name for name in MADE[:2]).values())
    of_CO2 = float(table.loc["Hebei", "CO2_production_Mt"])
    np.testing.assert_allclose(table["SO2_production_kt"], [0, 2 * of_CO2, 0, 2 * of_CO2], rtol=1e-8)
    for variant in ("eebt_six", "eebt_42", "mrio_six", "mrio_42", "gross_six", "gross_42"):
        total = table.loc["Total"]
        parts = ("consumption", "exports", "excluded", "residual", "zero_output")
        assert sum(total[f"SO2_{variant}_{part}_kt"] for part in parts) == pytest.approx(2 * of_CO2, rel=1e-8)
        assert total[f"SO2_{variant}_net_transfer_kt"] == pytest.approx(0, abs=1e-6)
    # all is emitted in Hebei, so what it ships under EEBT is what it ships of CO2
    assert table.loc["Hebei", "SO2_eebt_42_outflow_kt"] == pytest.approx(
        2 * float(table.loc["Hebei", "CO2_eebt_42_outflow_Mt"]), rel=1e-8)  # fmt: skip
    assert table.loc["Beijing", "SO2_mrio_42_net_transfer_kt"] > 0 > table.loc["Hebei", "SO2_mrio_42_net_transfer_kt"]
    assert shared.loc["Total", "SO2_eebt_42_shared_kt"] == pytest.approx(2 * of_CO2, rel=1e-8)


def test_the_atlas_has_the_tables_of_each_and_all_else_of_co2(made, finished_study):
    now, alone = (atlas_of(folder) for folder in (made, finished_study / "results" / "2017"))
    assert now["stressors"] == ["CO2", "SO2"] and alone["stressors"] == []
    names = [column["name"] for column in now["tables"][0]["columns"]]
    assert "SO2_eebt_six_net_transfer_kt" in names and "CO2_eebt_six_net_transfer_Mt" in names
    assert {key: now[key] for key in ("flows", "accounts", "schemes")} == {
        key: alone[key] for key in ("flows", "accounts", "schemes")
    }


def atlas_of(folder):
    """Return what the atlas of 2017 knows."""
    page = (folder / "atlas.html").read_text(encoding="utf-8")
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S).group(1)
    return json.loads(data)["results"]["2017"]


def test_the_workbook_and_the_print_have_a_page_of_each(made):
    book = openpyxl.load_workbook(made / "tables.xlsx")
    names = {"Table 1", "Table 1 CO2 MRIO six", "Table 1 SO2 EEBT six", "Table 2 SO2 MRIO six", "Table 3"}
    assert names <= set(book.sheetnames)
    sheet = book["Table 1 SO2 EEBT six"]
    assert "Embodied SO2 transfers" in sheet["A1"].value and "(kt)" in sheet["C4"].value
    table = pd.read_csv(made / "table1_transfers.csv", encoding="utf-8-sig").set_index("province")
    assert sheet["C7"].value == pytest.approx(table.loc["Hebei", "SO2_production_kt"], rel=1e-9)
    printed = (made / "print" / "table1_transfers_zh.md").read_text(encoding="utf-8")
    assert "隐含SO2转移量" in printed and "隐含CO2转移量" in printed and "（千吨）" in printed


def test_a_stressor_without_a_file_stops_the_run_with_what_to_type(study):
    stopped = run(study, "--dry-run", "--config", "stressors=[CO2,SO3]")
    assert stopped.returncode != 0
    assert "no emissions_42_SO3.csv (did you mean 'SO2'?)" in stopped.stderr
    assert "write 'stressors: [CO2]'" in stopped.stderr
