"""The example of five regions of another country, copied and with its data written."""

import os
import shutil
import subprocess
import sys

from mrio import own_labels


def five_regions(repo, root):
    """Copy the example to a folder, write its data there, and return the folder."""
    kept = shutil.ignore_patterns("*.nc", "emissions_*.csv", "socioeconomic.csv", "results", "figures", "logs")
    shutil.copytree(repo / "examples" / "five-regions", root, ignore=kept)
    year = root / "data" / "raw" / "2020"
    environment = {**os.environ, own_labels.VARIABLE: str(year)}
    subprocess.run([sys.executable, str(root / "write_data.py")], env=environment, check=True, timeout=120)
    return root


def run_example(repo, root, *arguments):
    """Run the workflow of the checkout in the example's folder, from its own configuration."""
    where = [
        "--snakefile",
        str(repo / "workflow" / "Snakefile"),
        "--directory",
        str(root),
        "--configfile",
        str(root / "config.yaml"),
    ]
    command = [sys.executable, "-m", "snakemake", *arguments, "--cores", "2", "--nocolor", *where]
    fixed = {"PYTHONPATH": str(repo), "OMP_NUM_THREADS": "1"}
    return subprocess.run(command, cwd=repo, env={**os.environ, **fixed}, capture_output=True, text=True, timeout=600,
                          check=False)  # fmt: skip
