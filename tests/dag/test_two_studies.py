"""Two studies of one folder: the price of one never touches the other, and what they have in common is made once."""

import shutil

import pandas as pd
import pytest
from click.testing import CliRunner
from tiny_study import run, would_run

from mrio.cli.main import program
from mrio.review.results import read_provenance

pytestmark = pytest.mark.pipeline
#: Of a copy, whose modules lie elsewhere, only times can say what is up to date.
TIMES = ("--rerun-triggers", "mtime")
PRICED = ("--config", "study=price60")
MADE = ["table1_transfers.csv", "table3_compensation.csv", "accounts.nc"]


@pytest.fixture(scope="module")
def study(finished_study, tmp_path_factory):
    """Return a copy of the finished study, with a second one at 60 yuan."""
    root = tmp_path_factory.mktemp("two") / "study"
    shutil.copytree(finished_study, root)
    (root / "studies").mkdir(exist_ok=True)
    (root / "studies" / "price60.yaml").write_text("carbon_price: 60\n", encoding="utf-8")
    (root / "studies" / "whole.yaml").write_text("uncertainty: {seed: 7}\n", encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def priced(study):
    """Make the second study and return what the first one's files were before."""
    before = {path: path.read_bytes() for path in (study / "results" / "2017").rglob("*") if path.is_file()}
    done = run(study, *(f"results/price60/2017/{name}" for name in MADE), *TIMES, *PRICED)
    assert done.returncode == 0, done.stderr
    return before


def test_only_what_the_price_moves_or_lies_in_its_folder_is_made(study):
    asked = [f"results/price60/2017/{name}" for name in MADE]
    assert would_run(study, *asked, *TIMES, *PRICED) == {"intervals", "model_tables", "compensation"}
    whole = [f"results/whole/2017/{name}" for name in MADE]
    assert {"table", "model", "draws"} < would_run(study, *whole, *TIMES, "--config", "study=whole")


def test_the_first_study_is_as_it_was(study, priced):
    assert {path for path, content in priced.items() if path.read_bytes() != content} == set()
    assert would_run(study, *(f"results/2017/{name}" for name in MADE), *TIMES) == set()


def test_amounts_follow_the_price_and_all_else_is_equal(study, priced):
    one, other = (
        pd.read_csv(study / folder / "2017" / "table3_compensation.csv", encoding="utf-8-sig").set_index("province")
        for folder in ("results", "results/price60")
    )
    pd.testing.assert_series_equal(other["eebt_six_amount_100M_CNY"], 0.6 * one["eebt_six_amount_100M_CNY"], atol=1e-6)
    same = [study / folder / "2017" / "table1_transfers.csv" for folder in ("results", "results/price60")]
    assert same[0].read_bytes() == same[1].read_bytes()


@pytest.mark.study
def test_diff_says_that_the_price_is_behind_what_moved(study, priced, monkeypatch):
    done = run(study, "results/price60/2017/provenance.json", *TIMES, *PRICED)
    assert done.returncode == 0, done.stderr
    record = read_provenance(study / "results" / "price60" / "2017")
    assert (record["study"], record["config"]["carbon_price"]) == ("price60", 60)
    assert "table.nc" in record["outputs"]
    for name in ("table.nc", "validation.html"):  # the folder is whole
        same = [study / folder / "2017" / name for folder in ("results", "results/price60")]
        assert same[0].read_bytes() == same[1].read_bytes()
    assert {"paths.csv", "linkages.csv", "atlas.html", "print/table1_transfers_zh.md"} <= set(record["outputs"])
    monkeypatch.chdir(study)
    said = CliRunner().invoke(program, ["diff", "results/2017", "results/price60/2017"])
    assert "config.carbon_price: 100 -> 60" in said.output
    compared = CliRunner().invoke(program, ["compare", "results/price60/2017"])
    assert compared.exit_code == 0, compared.output
    assert "table3_compensation.csv: 4 cells differ" in said.output or "cells differ" in said.output


def test_a_study_that_is_not_there_ends_the_run_with_those_that_are(study):
    stopped = run(study, "--dry-run", "--config", "study=price6")
    assert stopped.returncode != 0
    assert (
        "error: study 'price6' is unknown (did you mean 'price60'?): there are price60, whole; write" in stopped.stderr
    )
