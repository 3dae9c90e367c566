"""Where results come from, whether they come out the same to the byte, and how verify and diff say that they do not."""

import json
import os
import shutil
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
import xarray as xr
import yaml
from click.testing import CliRunner
from tiny_study import CODE, tiny_inputs

from mrio.cli.main import program
from mrio.outputs.tables import write_table
from mrio.review.differences import dataset_differences, table_differences
from mrio.review.origin import changes, code_state, flattened
from mrio.review.results import read_provenance, read_result

#: Two machines as far as one can be two: time zone, hash seed, terminal, length of the path.
ENVIRONMENTS = ({"TZ": "UTC", "PYTHONHASHSEED": "1", "COLUMNS": "80"},
                {"TZ": "Asia/Shanghai", "PYTHONHASHSEED": "2", "COLUMNS": "200"})  # fmt: skip
#: Every kind of product; the other figures are drawn and saved by the same functions.
TARGETS = [f"results/2017/{name}" for name in ("provenance.json", "atlas.html", "print/table1_transfers_zh.tex")]
TARGETS += ["figures/2017/compensation_zh.png"]


def project(repo, root):
    """Copy the project with tiny inputs of 2017, one language and the study's definition at six sectors."""
    root.mkdir(parents=True)
    for name in CODE:
        source = repo / name
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, root / name)
    shutil.copytree(repo / "data", root / "data", ignore=lambda _, names: [n for n in names if n.isdigit()])
    tiny_inputs(root / "data" / "raw" / "2017")
    config = yaml.safe_load((root / "config" / "config.yaml").read_text(encoding="utf-8"))
    config |= {
        "exclude_regions": [],
        "languages": ["zh"],
        "methods": ["eebt"],
        "resolutions": ["six"],
        "regional": None,
        "settlement": None,
    }
    (root / "config" / "config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def twins(repo, tmp_path_factory):
    """Two clean folders, each run from nothing, at the same time."""
    roots = [project(repo, tmp_path_factory.mktemp(name) / "study") for name in ("a", "a-much-longer-name-of-a-folder")]
    runs = []
    for root, changed in zip(roots, ENVIRONMENTS, strict=True):
        environment = {**os.environ, **changed, "PYTHONPATH": str(root), "OMP_NUM_THREADS": "1"}
        command = [sys.executable, "-m", "snakemake", "--cores", "1", "--nocolor", "--forceall", "--", *TARGETS]
        runs.append(subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.PIPE,
                                     stderr=subprocess.STDOUT, text=True))  # fmt: skip
    for run in runs:
        output, _ = run.communicate(timeout=300)
        assert run.returncode == 0, output
    return roots


def products(root):
    found = [path for folder in ("results", "figures") for path in (root / folder).rglob("*") if path.is_file()]
    return {path.relative_to(root).as_posix(): path for path in found}


def test_forced_runs_in_two_clean_folders_are_equal_to_the_byte(twins):
    one, other = (products(root) for root in twins)
    assert sorted(one) == sorted(other)
    kinds = {path.suffix for path in one.values()}
    assert {".csv", ".xlsx", ".png", ".svg", ".pdf", ".nc", ".html", ".json", ".tex", ".md"} <= kinds
    assert [name for name in one if one[name].read_bytes() != other[name].read_bytes()] == []


def test_provenance_names_inputs_options_code_and_results_and_no_place_or_time(twins):
    text = (twins[0] / "results" / "2017" / "provenance.json").read_text(encoding="utf-8")
    record = json.loads(text)
    assert str(twins[0]) not in text
    inputs = {"data/raw/2017/mrio_42.nc", "data/raw/provinces.csv", "data/reference/liao2022/table1.csv"}
    assert inputs <= set(record["inputs"])
    assert record["config"]["methods"] == ["eebt"]
    assert record["software"]["commit"] is None  # a copy, no checkout
    assert len(record["software"]["code_sha256"]) == 64
    assert {"numpy", "snakemake"} <= set(record["environment"]["packages"])
    assert {found["user_api"] for found in record["environment"]["blas"]} <= {"blas"}
    assert {"table1_transfers.csv", "accounts.nc", "comparison.csv", "tables.xlsx"} <= set(record["outputs"])


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


def test_verify_outside_a_project_and_without_provenance_says_so(twins, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = CliRunner().invoke(program, ["verify", str(tmp_path)])
    assert made.exit_code == 1
    assert "provenance.json: found no such file" in made.output
    made = CliRunner().invoke(program, ["verify", str(twins[0] / "results" / "2017")])
    assert "found no Snakefile, expected the project's folder" in made.output


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


def test_compare_makes_again_what_the_pipeline_made(twins, tmp_path, monkeypatch):
    monkeypatch.chdir(twins[0])
    made = CliRunner().invoke(program, ["compare", "results/2017", "--out", str(tmp_path / "c"), "--language", "zh"])
    assert made.exit_code == 0, made.output
    folder = twins[0] / "results" / "2017"
    assert (tmp_path / "c.csv").read_bytes() == (folder / "comparison.csv").read_bytes()
    assert (tmp_path / "c.md").read_bytes() == (folder / "comparison_zh.md").read_bytes()
    made = CliRunner().invoke(program, ["compare", str(tmp_path)])
    assert "provenance.json: found no such file" in made.output


# -- differences, by hand --------------------------------------------------------------------------------------------
TABLE = pd.DataFrame({"province": ["A", "B"], "x": [100.0, 200.0], "y": [1.0, np.nan], "role": ["pays", "receives"]})


def test_tables_are_matched_by_label_not_position():
    assert len(table_differences(TABLE, TABLE.iloc[::-1])) == 0
    found = table_differences(TABLE, pd.DataFrame({"province": ["B", "C"], "x": [200.0, 3.0], "z": [1.0, 2.0]}))
    only = {(line.row, line.column): (line.one, line.other) for line in found.itertuples()}
    assert only[("C", "")] == ("absent", "present")
    assert only[("A", "")] == ("present", "absent")
    assert only[("", "z")] == ("absent", "present")
    assert len(found) == 5  # and the columns y and role


def test_rounding_is_no_difference_and_a_missing_number_is_one():
    other = TABLE.assign(x=TABLE["x"] * (1 + 1e-11))
    assert len(table_differences(TABLE, other)) == 0
    assert len(table_differences(TABLE, other, tolerance=0.0)) == 2
    noise = pd.DataFrame({"province": ["A", "T"], "x": [100.0, -2e-13]})
    assert len(table_differences(noise, noise.assign(x=[100.0, 7e-13]))) == 0  # a total that is zero
    gone = table_differences(TABLE, TABLE.assign(y=[np.nan, np.nan]))
    assert (gone.iloc[0]["row"], gone.iloc[0]["column"], gone.iloc[0]["other"]) == ("A", "y", "nan")


def test_the_largest_relative_difference_comes_first_with_its_size():
    other = TABLE.assign(x=[101.0, 100.0], role=["pays", "pays"])
    found = table_differences(TABLE, other)
    assert found["column"].tolist() == ["role", "x", "x"]
    worst = found.iloc[1]
    assert worst[["row", "one", "other", "difference", "relative"]].tolist() == ["B", "200", "100", -100.0, -0.5]


def test_rows_told_apart_by_several_labels():
    one = pd.DataFrame({"definition": ["eebt", "mrio"], "province": ["A", "A"], "x": [1.0, 2.0]})
    found = table_differences(one, one.assign(x=[1.0, 3.0]))
    assert found["row"].tolist() == ["mrio"]  # enough to tell the rows apart


def test_arrays_are_compared_by_label():
    one = xr.Dataset({"flows": (("region", "to_region"), np.eye(2))}, {"region": ["A", "B"], "to_region": ["A", "B"]})
    other = one.copy(deep=True)
    assert dataset_differences(one, other)[0] == 0
    other["flows"][0, 1] = 0.25
    count, found = dataset_differences(one, other)
    assert count == 1
    assert found.iloc[0][["row", "column", "one", "other"]].tolist() == ["A, B", "flows", "0", "0.25"]
    count, found = dataset_differences(one, one.isel(region=[0]))
    assert count == 1
    assert found.iloc[0]["column"] == "flows"


def test_a_workbook_is_compared_cell_by_cell(tmp_path):
    import xlsxwriter

    for name, value in (("a", 1.0), ("b", 2.0)):
        with xlsxwriter.Workbook(str(tmp_path / f"{name}.xlsx")) as book:
            sheet = book.add_worksheet("Table 1")
            sheet.write_string(0, 0, "Beijing")
            sheet.write_number(1, 1, value)
    found = table_differences(*(read_result(tmp_path / f"{name}.xlsx") for name in "ab"))
    assert found[["row", "column", "one", "other"]].values.tolist() == [["Table 1 B2", "number", "1", "2"]]


def test_changes_show_what_only_one_side_has():
    one = {"a": {"b": 1}, "c": [1, 2], "outputs": {"x": 1}}
    found = changes(one, {"a": {"b": 2, "d": 3}, "c": [1, 2], "outputs": {}})
    assert found.values.tolist() == [["a.b", "1", "2"], ["a.d", "", "3"]]
    assert flattened({"a": {"b": {"c": 1}}}) == {"a.b.c": "1"}


def test_the_code_is_known_by_its_commit_and_by_its_content(repo, tmp_path):
    for name in ("Snakefile", "uv.lock"):
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
    (tmp_path / "Snakefile").write_text("# edited\n", encoding="utf-8")
    edited = code_state(tmp_path)
    assert edited["dirty"]
    assert edited["code_sha256"] != clean["code_sha256"]
    (tmp_path / "inner").mkdir()
    assert code_state(tmp_path / "inner")["commit"] is None  # a folder inside another checkout is not that checkout
