"""pyproject.toml, the lock and environment.yml name the same packages, within bounds, with hashes, in one version."""

import re
import shutil
import subprocess
import sys
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.version import Version

#: conda's name where it differs.
CONDA = {"matplotlib": "matplotlib-base", "snakemake": "snakemake-minimal"}
#: Faces of the figures and rules of accessibility, which conda does not have.
BY_PIP = ("fontpkg-arimo", "paperang-p2-fonts-cjk", "axe-core-python")
#: What only pip and uv need, to install a checkout.
INSTALLING = {"editables", "setuptools", "uv", "wheel"}


@pytest.fixture(scope="module")
def wanted(repo):
    """Every requirement, of the library and of its extras."""
    project = tomllib.loads((repo / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    return [Requirement(one) for one in (*project["dependencies"], *(one for extra in extras for one in extra))]


@pytest.fixture(scope="module")
def locked(repo):
    """Package -> version in the lock on Python 3.11, which the tests run on."""
    lines = (repo / "requirements.lock").read_text(encoding="utf-8").splitlines()
    found = [Requirement(line.removesuffix(" \\")) for line in lines if not line.startswith(" ")]
    python = {"python_full_version": "3.11.9", "python_version": "3.11"}
    ours = [one for one in found if one.marker is None or one.marker.evaluate(python)]
    return {one.name: str(one.specifier).removeprefix("==") for one in ours}


def test_the_lock_holds_every_package_within_its_bounds(wanted, locked):
    for one in wanted:
        assert one.specifier.contains(Version(locked[one.name])), one


def test_the_lock_has_a_hash_for_every_package_and_no_address(repo, locked):
    text = (repo / "requirements.lock").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z])", text)
    assert all("--hash=sha256:" in entry for entry in entries) and len(entries) >= len(locked)
    assert "://" not in text and "index" not in text


@pytest.mark.slow
def test_the_lock_is_what_its_command_makes(repo, tmp_path):
    (compiled,) = re.findall(r"^COMPILE := (.*)$", (repo / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    lock = shutil.copy2(repo / "requirements.lock", tmp_path / "requirements.lock")
    command = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", *compiled.split()]
    made = subprocess.run([*command, "--output-file", lock], cwd=repo, capture_output=True, text=True, check=False)
    if made.returncode:
        pytest.skip(f"no index to ask: {made.stderr.splitlines()[0]}")
    assert lock.read_text(encoding="utf-8") == (repo / "requirements.lock").read_text(encoding="utf-8")


def test_conda_installs_the_versions_of_the_lock_and_the_package(repo, wanted, locked):
    asked = yaml.safe_load((repo / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    (pip,) = (one["pip"] for one in asked if isinstance(one, dict))
    names = {one.name for one in wanted} - INSTALLING - set(BY_PIP) | {"h5py"}
    expected = {CONDA.get(name, name): f"={locked[name]}" for name in names}
    expected |= {"python": "=3.11", "pip": ""}
    found = [re.fullmatch(r"([A-Za-z0-9_-]+)(.*)", one).groups() for one in asked if isinstance(one, str)]
    assert dict(found) == expected
    assert pip == ["-e .", *(f"{name}=={locked[name]}" for name in BY_PIP)]
