"""A study in a folder of its own that imports the workflow of a repository, as snakedeploy writes it."""

import shutil
import subprocess
from pathlib import Path

#: An address of this form is what snakedeploy and Snakemake take for a repository; git is told that it lies elsewhere.
ADDRESS = "https://github.com/somebody/carbon"
TABLES = ("table1_transfers", "table2_responsibility", "table3_compensation")


def published(repo: Path, root: Path) -> dict[str, str]:
    """Write the repository as others see it, without the package, so that the installed one is taken.

    Returns
    -------
    dict
        Environment variables by which git and Snakemake find it at :data:`ADDRESS`.
    """
    root.mkdir()
    for name in ("workflow", "config", "profiles"):
        shutil.copytree(repo / name, root / name)
    shutil.copy2(repo / "LICENSE", root)
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for command in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-qm", "x"], ["tag", "v1"]):
        subprocess.run([*git, *command], cwd=root, check=True, capture_output=True)
    return {"XDG_CACHE_HOME": str(root.parent / "cache"), "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_VALUE_0": ADDRESS,
            "GIT_CONFIG_KEY_0": f"url.file://{root}.insteadOf"}  # fmt: skip


def two_commands(configuration: str) -> list[list[str]]:
    """Return what a user types in the own folder: deploy the workflow, and run it with the own configuration."""
    return [
        ["snakedeploy", "deploy-workflow", ADDRESS, ".", "--tag", "v1"],
        ["snakemake", "--cores", "2", "--configfile", configuration, "--", "tables"],
    ]
