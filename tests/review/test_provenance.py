"""Where results come from, whether they come out the same to the byte, and how verify and diff say that they do not."""

import json
import shutil
import subprocess

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from tiny_study import run, tiny_study

from mrio.cli.main import program
from mrio.outputs.table_files import write_table
from mrio.review.code_files import code_state
from mrio.review.origin import changes, flattened
from mrio.review.results import read_provenance

#: Another machine as far as one can be another: time zone, hash seed, terminal, length of the path.
ELSEWHERE = {"TZ": "Asia/Shanghai", "PYTHONHASHSEED": "2", "COLUMNS": "200"}
#: Every kind of product; the other figures are drawn and saved by the same functions.
TARGETS = [f"results/2017/{name}" for name in ("provenance.json", "atlas.html", "print/table1_transfers_zh.tex")]
TARGETS += ["figures/2017/compensation_zh.png"]

pytestmark = pytest.mark.pipeline


@pytest.fixture(scope="module")
def twins(repo, finished_study, tmp_path_factory):
    """The finished study, and a second run of it from nothing, elsewhere."""
    root = tiny_study(repo, tmp_path_factory.mktemp("a-much-longer-name-of-a-folder") / "study")
    other = run(root, "--forceall", "--", *TARGETS, **ELSEWHERE)
    assert other.returncode == 0, other.stderr
    return finished_study, root


def products(root):
    found = [path for folder in ("results", "figures") for path in (root / folder).rglob("*") if path.is_file()]
    return {path.relative_to(root).as_posix(): path for path in found}


@pytest.mark.study
def test_forced_runs_in_two_clean_folders_are_equal_to_the_byte(twins):
    one, other = (products(root) for root in twins)
    assert set(other) <= set(one)
    kinds = {path.suffix for path in other.values()}
    assert {".csv", ".xlsx", ".png", ".svg", ".pdf", ".nc", ".html", ".json", ".tex", ".md"} <= kinds
    assert [name for name in other if one[name].read_bytes() != other[name].read_bytes()] == []


def test_provenance_names_inputs_options_code_and_results_and_no_place_or_time(finished_study):
    text = (finished_study / "results" / "2017" / "provenance.json").read_text(encoding="utf-8")
    record = json.loads(text)
    assert str(finished_study) not in text
    inputs = {"data/raw/2017/mrio_42.nc", "data/raw/provinces.csv", "data/reference/liao2022/table1.csv"}
    assert inputs <= set(record["inputs"])
    assert record["config"]["methods"] == ["eebt", "mrio", "gross"]
    assert record["software"]["commit"] is None  # a copy, no checkout
    assert len(record["software"]["code_sha256"]) == 64
    assert {"numpy", "snakemake"} <= set(record["environment"]["packages"])
    assert {found["user_api"] for found in record["environment"]["blas"]} <= {"blas"}
    assert {"table1_transfers.csv", "accounts.nc", "comparison.csv", "tables.xlsx"} <= set(record["outputs"])


@pytest.mark.study
def test_verify_names_the_file_row_and_column_that_differ(twins, tmp_path, monkeypatch):
    folder = tmp_path / "2017"
    shutil.copytree(twins[0] / "results" / "2017", folder)
    path = folder / "table1_transfers.csv"
    table = pd.read_csv(path, encoding="utf-8-sig")
    table.loc[1, "eebt_six_net_transfer_Mt"] *= 1.5
    write_table(table, path)
    (folder / "regions.csv").unlink()
    record = read_provenance(folder)
    chosen = ("accounts.nc", "table1_transfers.csv", "table2_responsibility.csv", "regions.csv")
    record["outputs"] = {name: record["outputs"][name] for name in chosen}
    (folder / "provenance.json").write_text(json.dumps(record), encoding="utf-8")
    monkeypatch.chdir(twins[0])
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    made = CliRunner().invoke(program, ["verify", str(folder)])
    assert made.exit_code == 1, made.output
    lines = {tuple(line.split()[:2]) for line in made.output.splitlines()}
    assert {("equal", "accounts.nc"), ("equal", "table2_responsibility.csv"), ("missing", "regions.csv"),
            ("edited", "table1_transfers.csv"), ("differs", "table1_transfers.csv:")} <= lines  # fmt: skip
    assert "1 cells, the largest at Hebei, eebt_six_net_transfer_Mt" in made.output
    assert "(-33.3%)" in made.output
    assert "2 of 4 files differ" in made.output


def test_verify_outside_a_project_and_without_provenance_says_so(finished_study, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = CliRunner().invoke(program, ["verify", str(tmp_path)])
    assert made.exit_code == 1
    assert "provenance.json: found no such file" in made.output
    made = CliRunner().invoke(program, ["verify", str(finished_study / "results" / "2017")])
    assert "found no workflow/Snakefile, expected the project's folder" in made.output


@pytest.mark.study
def test_diff_lists_the_cells_that_moved_and_what_is_behind_them(twins, tmp_path):
    here = twins[0] / "results" / "2017"
    same = CliRunner().invoke(program, ["diff", str(here), str(twins[1] / "results" / "2017")])
    assert same.exit_code == 0
    assert same.output.count("no cell differs") == 3
    assert "are the same" in same.output
    other = tmp_path / "other"
    shutil.copytree(here, other)
    path = other / "table3_compensation.csv"
    table = pd.read_csv(path, encoding="utf-8-sig")
    table["eebt_six_amount_100M_CNY"] *= 0.5
    write_table(table, path)
    record = read_provenance(other)
    record["config"]["carbon_price"] = 50
    record["inputs"]["data/raw/2017/mrio_42.nc"]["sha256"] = "0" * 64
    (other / "provenance.json").write_text(json.dumps(record), encoding="utf-8")
    made = CliRunner().invoke(program, ["diff", str(here), str(other), "--out", str(tmp_path / "moved.csv")])
    assert "table3_compensation.csv: 4 cells differ" in made.output
    assert "config.carbon_price: 100 -> 50" in made.output
    assert "inputs.data/raw/2017/mrio_42.nc.sha256" in made.output
    moved = pd.read_csv(tmp_path / "moved.csv", encoding="utf-8-sig")
    assert set(moved["row"]) == {"Beijing", "Hebei", "Guangdong", "Total"}
    np.testing.assert_allclose(moved["relative"].abs(), 0.5)


def test_compare_makes_again_what_the_pipeline_made(finished_study, tmp_path, monkeypatch):
    monkeypatch.chdir(finished_study)
    made = CliRunner().invoke(program, ["compare", "results/2017", "--out", str(tmp_path / "c"), "--language", "zh"])
    assert made.exit_code == 0, made.output
    folder = finished_study / "results" / "2017"
    assert (tmp_path / "c.csv").read_bytes() == (folder / "comparison.csv").read_bytes()
    assert (tmp_path / "c.md").read_bytes() == (folder / "comparison_zh.md").read_bytes()
    made = CliRunner().invoke(program, ["compare", str(tmp_path)])
    assert "provenance.json: found no such file" in made.output


def test_changes_show_what_only_one_side_has():
    one = {"a": {"b": 1}, "c": [1, 2], "outputs": {"x": 1}}
    found = changes(one, {"a": {"b": 2, "d": 3}, "c": [1, 2], "outputs": {}})
    assert found.values.tolist() == [["a.b", "1", "2"], ["a.d", "", "3"]]
    assert flattened({"a": {"b": {"c": 1}}}) == {"a.b.c": "1"}


def test_the_code_is_known_by_its_commit_and_by_its_content(repo, tmp_path):
    (tmp_path / "workflow").mkdir()
    for name in ("workflow/Snakefile", "requirements.lock"):
        shutil.copy2(repo / name, tmp_path / name)
    bare = code_state(tmp_path)
    assert bare["commit"] is None
    assert bare["dirty"] is None
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"]):
        subprocess.run([*git, *command], cwd=tmp_path, check=True, capture_output=True)
    clean = code_state(tmp_path)
    assert len(clean["commit"]) == 40
    assert (clean["dirty"], clean["code_sha256"]) == (False, bare["code_sha256"])
    (tmp_path / "workflow" / "Snakefile").write_text("# edited\n", encoding="utf-8")
    edited = code_state(tmp_path)
    assert edited["dirty"]
    assert edited["code_sha256"] != clean["code_sha256"]
    (tmp_path / "inner").mkdir()
    assert code_state(tmp_path / "inner")["commit"] is None  # a folder inside another checkout is not that checkout
