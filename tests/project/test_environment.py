"""environment.yml (conda) and pyproject.toml (the lock's source) name the same packages and bounds."""

import re
import tomllib

import yaml

#: conda's name where it differs.
CONDA = {"matplotlib": "matplotlib-base", "snakemake": "snakemake-minimal"}


def bounds(requirement):
    name, bound = re.fullmatch(r"([A-Za-z0-9_-]+)(.*)", requirement).groups()
    return CONDA.get(name, name), bound


def test_conda_and_lock_ask_for_the_same_packages(repo):
    project = tomllib.loads((repo / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    wanted.append("python" + project["project"]["requires-python"])
    conda = yaml.safe_load((repo / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    assert dict(map(bounds, wanted)) == dict(map(bounds, conda))


def test_the_lock_holds_every_package(repo):
    locked = {p["name"] for p in tomllib.loads((repo / "uv.lock").read_text(encoding="utf-8"))["package"]}
    project = tomllib.loads((repo / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    assert {re.match(r"[A-Za-z0-9_-]+", w).group() for w in wanted} <= locked
