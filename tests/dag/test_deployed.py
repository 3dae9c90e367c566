"""From a folder with nothing but own data and an own configuration to Tables 1-3, in two commands."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import xarray as xr
import yaml
from deploying import TABLES, published, two_commands
from tiny_study import rules_of, tiny_inputs

from mrio.formats.netcdf import read_netcdf

pytestmark = pytest.mark.pipeline
PROGRAMS = Path(sys.executable).parent


@pytest.fixture
def folder(finished_study, tmp_path):
    """Return a folder with own data of a year and an own configuration, those of the finished study."""
    root = tmp_path / "own"
    shutil.copytree(finished_study / "data" / "raw" / "2017", root / "data" / "raw" / "2017")
    shutil.copy2(finished_study / "config" / "config.yaml", root / "mine.yaml")
    return root


def called(folder, *command, **environment):
    without = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    made = subprocess.run([PROGRAMS / command[0], *command[1:]], cwd=folder, env={**without, **environment},
                          capture_output=True, text=True, timeout=600, check=False)  # fmt: skip
    assert made.returncode == 0, made.stderr[-3000:]
    return made


@pytest.mark.study
def test_two_commands_in_an_own_folder_make_the_tables_of_the_project_to_the_byte(
    repo, folder, finished_study, tmp_path
):
    elsewhere = published(repo, tmp_path / "published")
    for command in two_commands("mine.yaml"):
        called(folder, *command, **elsewhere)
    for name in TABLES:
        path = Path("results", "2017", f"{name}.csv")
        assert (folder / path).read_bytes() == (finished_study / path).read_bytes(), name
    assert not (folder / "mrio").exists() and not (folder / "data" / "raw" / "provinces.csv").exists()


def test_the_snakefile_of_the_page_finds_own_data_and_the_code_of_a_checkout(repo, folder):
    (text,) = re.findall(r"```python\n(.*?)```", (repo / "docs" / "deploy.md").read_text(encoding="utf-8"), re.DOTALL)
    (folder / "workflow").mkdir()
    used = text.replace("/path/to/the/project", str(repo))
    assert used != text
    (folder / "workflow" / "Snakefile").write_text(used, encoding="utf-8")
    (folder / "config").mkdir()
    shutil.copy2(folder / "mine.yaml", folder / "config" / "config.yaml")
    shown = called(folder, "snakemake", "--cores", "2", "--dry-run")
    assert {"table", "draws", "model_tables", "compensation"} <= rules_of(shown)


def test_the_small_study_of_the_repository_is_what_its_maker_writes(repo, tmp_path):
    tiny_inputs(tmp_path / "2017")
    names = sorted(path.name for path in (tmp_path / "2017").iterdir())
    small = repo / ".test" / "data" / "raw" / "2017"
    assert sorted(path.name for path in small.iterdir()) == names
    for name in names:
        if name.endswith(".csv"):
            assert (small / name).read_text(encoding="utf-8") == (tmp_path / "2017" / name).read_text(encoding="utf-8")
    made, kept = (read_netcdf(folder / "mrio_42.nc").data for folder in (tmp_path / "2017", small))
    xr.testing.assert_allclose(made, kept, rtol=1e-12)


@pytest.mark.study
def test_the_small_study_of_the_repository_runs(repo, tmp_path):
    shutil.copytree(
        repo / ".test", tmp_path / "test", ignore=shutil.ignore_patterns("results", "figures", ".snakemake")
    )
    called(repo, "snakemake", "--cores", "2", "--directory", str(tmp_path / "test"))
    assert {f"{name}.csv" for name in TABLES} <= {path.name for path in (tmp_path / "test/results/2017").iterdir()}


def test_the_repository_has_what_the_workflow_catalogue_looks_for(repo):
    usage = yaml.safe_load((repo / ".snakemake-workflow-catalog.yml").read_text(encoding="utf-8"))["usage"]
    assert set(usage) == {"software-stack-deployment", "mandatory-flags", "report"}
    for name in ("README.md", "LICENSE", "config/README.md", "config/config.yaml", "workflow/Snakefile"):
        assert (repo / name).is_file(), name
