"""The wheel, installed where there is no checkout: alone, and with its extras from files without any index.

``make release-check`` runs these; they build and install for minutes.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from deploying import TABLES, published, two_commands
from tables_by_hand import PRINTED, PROGRAM

pytestmark = [pytest.mark.release, pytest.mark.xdist_group("release")]


def run(*command: object, folder: Path, **changes: str) -> subprocess.CompletedProcess:
    """Run a command away from the checkout, and without its modules on the path."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | changes
    return subprocess.run(
        list(map(str, command)), cwd=folder, capture_output=True, text=True, check=False, env=environment
    )


def environment_at(folder: Path) -> Path:
    """Return the Python of a new, empty environment."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    return folder / "bin" / "python"


@pytest.fixture(scope="module")
def wheel(repo, tmp_path_factory):
    """The built wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=repo, check=True)
    return next(folder.glob("*.whl"))


def test_the_library_alone_computes_tables_1_to_3(wheel, tmp_path):
    python = environment_at(tmp_path / "bare")
    made = run(sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", python, wheel, folder=tmp_path)
    assert made.returncode == 0, made.stderr
    listed = run(sys.executable, "-m", "uv", "pip", "list", "--python", python, "--format", "freeze", folder=tmp_path)
    names = {line.partition("==")[0] for line in listed.stdout.split()}
    assert {"pydantic", "matplotlib", "snakemake", "click", "pyyaml"}.isdisjoint(names)
    assert {"numpy", "scipy", "pandas", "xarray", "h5netcdf"} <= names
    made = run(python, "-c", PROGRAM, folder=tmp_path)
    assert (made.stdout.split(), made.stderr) == (PRINTED, "")
    command = run(python, "-m", "mrio", "--help", folder=tmp_path)
    assert command.returncode == 1
    assert command.stderr.startswith("Error: the command line needs the package 'click'")


@pytest.mark.parametrize("uv", ["", "no"])
def test_a_second_machine_installs_from_files_without_an_index(repo, wheel, tmp_path, uv):
    house = repo / "wheelhouse"
    if not house.is_dir():
        made = run("make", "wheelhouse", folder=repo)
        assert made.returncode == 0, made.stderr
    second = tmp_path / "second"
    subprocess.run(["git", "clone", "--quiet", repo, second], check=True)
    nowhere = {
        "PIP_CONFIG_FILE": "/dev/null", "PIP_INDEX_URL": "file:///nowhere", "PIP_NO_CACHE_DIR": "1",
        "UV_NO_CONFIG": "1", "UV_INDEX_URL": "file:///nowhere", "UV_CACHE_DIR": str(tmp_path / "cache"),
    }  # fmt: skip
    made = run("make", f"WHEELHOUSE={house}", f"UV={uv}", ".venv/.ready", folder=second, **nowhere)
    assert made.returncode == 0, made.stderr
    # the wheel itself, with everything it needs beside it, works in an empty folder
    away, python = tmp_path / "away", second / ".venv" / "bin" / "python"
    away.mkdir()
    installed = run(python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--force-reinstall", wheel,
                    folder=away)  # fmt: skip
    assert installed.returncode == 0, installed.stderr
    assert "site-packages" in run(python, "-c", "import mrio; print(mrio.__file__)", folder=away).stdout
    check_commands(python, repo, away)
    check_module(python, repo, tmp_path)


def check_commands(python: Path, repo: Path, away: Path) -> None:
    """Run commands that need labels, layouts, evidence and published values, on the checkout's data."""

    def mrio(*command: object) -> subprocess.CompletedProcess:
        return run(python, "-m", "mrio", *command, folder=away)

    raw = repo / "data" / "raw" / "2017"
    checked = mrio("check", raw / "mrio_six.csv", "--layout", "matrix-csv", "--emissions", raw / "emissions_6.csv")
    assert checked.returncode == 0, checked.stderr
    assert checked.stdout.startswith("passed: 30 regions x 6 sectors, 2017, 10k CNY")
    assert mrio("read", raw / "mrio_six.csv", "--layout", "matrix-csv", "--out", "six.nc").returncode == 0
    assert "missing" in mrio("new-year", "2016").stdout
    compared = mrio("compare", repo / "results" / "2017", "--raw", repo / "data" / "raw")
    assert compared.returncode == 0, compared.stderr
    verified = mrio("verify", repo / "results" / "2017")
    assert verified.returncode == 1
    assert "found no workflow/Snakefile, expected the project's folder; call mrio verify there" in verified.stderr


def check_module(python: Path, repo: Path, tmp_path: Path) -> None:
    """From a folder with data and a configuration, the wheel and the workflow as a module: Tables 1-3, to the byte."""
    own, elsewhere = tmp_path / "own", published(repo, tmp_path / "published")
    shutil.copytree(repo / ".test" / "data", own / "data")
    shutil.copy2(repo / ".test" / "config" / "config.yaml", own / "mine.yaml")
    for program, *rest in two_commands("mine.yaml"):
        made = run(python.parent / program, *rest, folder=own, **elsewhere)
        assert made.returncode == 0, made.stderr[-3000:]
    assert not (own / "mrio").exists()
    beside = tmp_path / "beside"
    shutil.copytree(repo / ".test", beside, ignore=shutil.ignore_patterns("results", "figures", ".snakemake"))
    made = run(sys.executable, "-m", "snakemake", "--cores", "2", "--directory", beside, "--", "tables", folder=repo)
    assert made.returncode == 0, made.stderr[-3000:]
    for name in TABLES:
        path = Path("results", "2017", f"{name}.csv")
        assert (own / path).read_bytes() == (beside / path).read_bytes(), name


def test_the_data_package_of_the_results_is_valid_for_frictionless(repo, tmp_path):
    study, python = tmp_path / "study", environment_at(tmp_path / "reader")
    made = run(sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", python, "frictionless",
               folder=tmp_path)  # fmt: skip
    assert made.returncode == 0, made.stderr
    shutil.copytree(repo / ".test", study, ignore=shutil.ignore_patterns("results", "figures", ".snakemake"))
    package = Path("results", "2017", "datapackage.json")
    made = run(sys.executable, "-m", "snakemake", "--cores", "2", "--directory", study, "--", package, folder=repo)
    assert made.returncode == 0, made.stderr[-3000:]
    read = run(python.with_name("frictionless"), "validate", package.name, folder=(study / package).parent)
    assert read.returncode == 0, read.stdout[-3000:]
    assert read.stdout.count(" VALID ") > 15 and "INVALID" not in read.stdout
