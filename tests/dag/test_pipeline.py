"""The DAG on a tiny study: what it makes, what an edit reruns, and how it stops on bad input."""

import os
import re
import shutil

import numpy as np
import pandas as pd
import pytest
from PIL import Image
from tiny_study import rules_of, run, would_run

from mrio.errors import BalanceError, MrioError
from mrio.formats.netcdf import read_netcdf, write_netcdf
from mrio.study.config import read_config
from mrio.study.inputs import preflight
from mrio.table.interregional import Table

pytestmark = pytest.mark.pipeline


@pytest.fixture(scope="module")
def study(finished_study):
    """The finished study; what a test changes in it, the test puts back."""
    return finished_study


def test_every_product_is_made_and_a_second_run_does_nothing(study):
    results = {path.name for path in (study / "results" / "2017").iterdir()}
    assert {"table.nc", "validation.csv", "accounts.nc", "table1_transfers.csv", "table2_responsibility.csv",
            "table3_compensation.csv", "tables.xlsx"} <= results  # fmt: skip
    figures = {path.name for path in (study / "figures" / "2017").iterdir()}
    assert {f"figure1_emissions_zh.{kind}" for kind in ("png", "svg", "pdf")} <= figures
    assert (study / "results" / "2017" / "brief_zh.html").read_text(encoding="utf-8").count("<img ") == 3
    assert would_run(study) == set()


def test_nothing_is_cut_at_the_edges_of_any_figure(study):
    drawn = sorted((study / "figures").rglob("*.png"))
    for path in drawn:
        page = np.asarray(Image.open(path).convert("L"))
        edges = np.concatenate([page[:4].ravel(), page[-4:].ravel(), page[:, :4].ravel(), page[:, -4:].ravel()])
        assert edges.min() == 255, path.name
    assert len(drawn) > 10


def test_the_tables_hold_the_conservation_laws(study):
    table = pd.read_csv(study / "results" / "2017" / "table1_transfers.csv", encoding="utf-8-sig")
    total = table.iloc[-1]
    assert total["province"] == "Total"
    for variant in ("eebt_six", "eebt_42", "mrio_six", "mrio_42", "gross_six", "gross_42"):
        parts = ("consumption", "exports", "excluded", "residual", "zero_output")
        assert sum(total[f"{variant}_{p}_Mt"] for p in parts) == pytest.approx(total["production_Mt"], rel=1e-8)
        assert total[f"{variant}_net_transfer_Mt"] == pytest.approx(0, abs=1e-6)
    shared = pd.read_csv(study / "results" / "2017" / "table2_responsibility.csv", encoding="utf-8-sig").iloc[-1]
    assert shared["eebt_42_shared_Mt"] == pytest.approx(total["production_Mt"], rel=1e-8)
    money = pd.read_csv(study / "results" / "2017" / "table3_compensation.csv", encoding="utf-8-sig").iloc[:-1]
    implied = -money["eebt_six_net_transfer_Mt"] * money["coefficient"]
    np.testing.assert_allclose(money["eebt_six_amount_100M_CNY"], implied, rtol=1e-8)


def test_a_new_price_reruns_compensation_and_what_reads_it(study):
    reruns = would_run(study, "--config", "carbon_price=50")
    assert "compensation" in reruns
    assert not reruns & {"table", "model", "model_tables"}


def test_an_edited_equation_reruns_what_uses_it(study):
    reruns = after_an_edit(study, "mrio/equations/payment.py", "\n# an edit\n")
    assert "compensation" in reruns
    assert not reruns & {"table", "model", "model_tables"}


def test_an_edited_template_rebuilds_the_page_and_says_that_the_code_changed(study):
    assert after_an_edit(study, "mrio/outputs/atlas/page.css", "\n/* an edit */\n") == {"atlas", "provenance"}


def after_an_edit(study, name, edit):
    """Return the rules that would run with some text at the end of a file, which is left as it was."""
    path = study / name
    before = path.read_text(encoding="utf-8")
    try:
        path.write_text(before + edit, encoding="utf-8")
        return would_run(study)
    finally:
        path.write_text(before, encoding="utf-8")
        os.utime(path, (0, 0))


EMISSIONS, MONEY = "emissions_42.csv", "socioeconomic.csv"
#: What is wrong -> file, (pattern, replacement) or None to remove it, part of the sentence.
BROKEN = {
    "a missing file": (EMISSIONS, None, "emissions_42.csv, expected every input"),
    "an unknown province": (EMISSIONS, ("Hebei", "Hebie"), "'Hebie' is not a province of mainland China"),
    "not a number": (EMISSIONS, (r"(Hebei,05,Mt CO2,)[^,]+", r"\1NaN"), "emissions_42.csv, row 50, column"),
    "a text cell": (MONEY, ("60000", "n.a."), "socioeconomic.csv, row 4, column"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_bad_input_is_named_in_one_sentence(study, tmp_path, case):
    name, change, message = BROKEN[case]
    shutil.copytree(study / "data" / "raw" / "2017", tmp_path / "2017")
    path = tmp_path / "2017" / name
    if change is None:
        path.unlink()
    else:
        before = path.read_text(encoding="utf-8")
        path.write_text(re.sub(*change, before, count=1), encoding="utf-8")
        assert path.read_text(encoding="utf-8") != before
    with pytest.raises(MrioError) as caught:
        preflight(read_config(study / "config" / "config.yaml"), tmp_path)
    assert message in str(caught.value)


def test_a_table_that_does_not_balance_is_refused(study, tmp_path):
    shutil.copytree(study / "data" / "raw" / "2017", tmp_path / "2017")
    path = tmp_path / "2017" / "mrio_42.nc"
    data = read_netcdf(path).data.copy(deep=True)
    data["exports"][1, 4] += 0.02 * data["output"][1, 4]
    write_netcdf(Table(data), path)
    with pytest.raises(BalanceError, match="Hebei 05"):
        preflight(read_config(study / "config" / "config.yaml"), tmp_path)


def test_a_stopped_run_says_one_sentence_and_loses_nothing(study, tmp_path):
    kept = {path: path.stat().st_mtime_ns for path in (study / "results").rglob("*") if path.is_file()}
    path = study / "data" / "raw" / "2017" / EMISSIONS
    away = path.rename(path.with_suffix(".away"))
    try:
        missing = run(study)
    finally:
        away.rename(path)
    unknown = run(study, "--config", "carbon_prise=1")
    (tmp_path / "twice.yaml").write_text("carbon_price: 50\ncarbon_price: 60\n", encoding="utf-8")
    twice = run(study, "--configfile", str(tmp_path / "twice.yaml"))
    sentences = (
        "emissions_42.csv",
        "did you mean 'carbon_price'?",
        "row 2: found the key 'carbon_price' a second time",
    )
    for stopped, message in zip((missing, unknown, twice), sentences, strict=True):
        assert stopped.returncode == 1
        errors = [line for line in stopped.stderr.splitlines() if line.startswith("error: ")]
        assert len(errors) == 1
        assert message in errors[0]
        assert "Traceback" not in stopped.stderr
    assert kept == {path: path.stat().st_mtime_ns for path in (study / "results").rglob("*") if path.is_file()}


def test_a_year_without_socioeconomic_figures_stops_at_table_2(study):
    path = study / "data" / "raw" / "2017" / "socioeconomic.csv"
    away = path.with_suffix(".away")
    path.rename(away)
    try:
        shown = run(study, "--dry-run")
    finally:
        away.rename(path)
    assert "has no data/raw/2017/socioeconomic.csv, so Table 3 is not made" in shown.stderr
    assert "compensation" not in rules_of(shown)
