"""A study of three provinces that runs in seconds: its inputs, and the workflow run on them."""

import os
import re
import shutil
import subprocess
import sys

import pandas as pd
import xarray as xr
import yaml
from strategies import random_emissions, random_table

from mrio import labels
from mrio.formats.inputs.emission_files import emission_dataset, write_emissions
from mrio.formats.netcdf import write_netcdf
from mrio.table.plausibility.registry import RULES

PROVINCES = ["Beijing", "Hebei", "Guangdong"]
CODE = ("Snakefile", "workflow", "mrio", "config", "profiles")


def tiny_inputs(folder, year=2017, seed=4):
    """Write a three-province, 42-sector year of random but balanced inputs."""
    folder.mkdir(parents=True)
    table = random_table(seed=seed, regions=3, sectors=42, region_labels=PROVINCES, scheme="42", year=year,
                         sector_labels=labels.sectors("42")["code"].tolist(), residual=False)  # fmt: skip
    write_netcdf(table, folder / "mrio_42.nc")
    F, F_Y = random_emissions(table)
    by_fuel = F.expand_dims(fuel=["raw_coal"]).transpose("region", "fuel", "sector").round(9)
    households = xr.concat([F_Y, F_Y], "household").assign_coords(household=["urban", "rural"]).expand_dims("fuel")
    households = households.assign_coords(fuel=["raw_coal"]).transpose("region", "fuel", "household").round(9)
    write_emissions(emission_dataset(by_fuel, households, year=year, scheme="42"), folder / "emissions_42.csv")
    rows = [(year, p, v, x, u, "unverified", "test") for k, p in enumerate(PROVINCES) for v, x, u in
            (("gdp_per_capita", 40_000 + 20_000 * k, "CNY"), ("engel", 0.25 + 0.02 * k, "ratio"))]  # fmt: skip
    columns = ["year", "region", "variable", "value", "unit", "status", "source"]
    pd.DataFrame(rows, columns=columns).to_csv(folder / "socioeconomic.csv", index=False)


def tiny_study(repo, root):
    """Copy the project to a folder with tiny inputs of 2017 and one language, and return the folder."""
    root.mkdir(parents=True)
    for name in CODE:
        source = repo / name
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, root / name)
    shutil.copytree(repo / "data", root / "data", ignore=lambda _, names: [n for n in names if n.isdigit()])
    tiny_inputs(root / "data" / "raw" / "2017")
    config = yaml.safe_load((root / "config" / "config.yaml").read_text(encoding="utf-8"))
    config |= {"exclude_regions": [], "languages": ["zh"], "regional": None, "settlement": None,
               "uncertainty": {"draws": 20, "draws_by_source": 10, "draws_per_job": 10, "seed": 2017},
               "plausible": {rule.name: "random numbers of a test" for rule in RULES}}  # fmt: skip
    (root / "config" / "config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    return root


def two_years(repo, root, years=(2017, 2018), draws_per_job=5):
    """The same of two years, with draws in more jobs."""
    tiny_study(repo, root)
    for year in years[1:]:
        tiny_inputs(root / "data" / "raw" / str(year), year, seed=year)
    path = root / "config" / "config.yaml"
    config = yaml.safe_load(path.read_text(encoding="utf-8"))
    config |= {"years": list(years)}
    config["uncertainty"] |= {"draws_per_job": draws_per_job}
    path.write_text(yaml.safe_dump(config), encoding="utf-8")
    return root


def run(root, *arguments, **environment):
    """Run snakemake in a study with its own copy of the package, in an environment changed as told."""
    fixed = {"PYTHONPATH": str(root), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "snakemake", "--cores", "2", "--nocolor", *arguments]
    return subprocess.run(command, cwd=root, env={**os.environ, **fixed, **environment}, capture_output=True,
                          text=True, timeout=600, check=False)  # fmt: skip


def would_run(root, *arguments):
    """Return the rules a run would execute now."""
    return rules_of(run(root, "--dry-run", *arguments))


def rules_of(shown):
    """Return the rules a dry run lists."""
    assert shown.returncode == 0, shown.stderr
    stats = re.search(r"^job +count\n-+ +-+\n(.*?)^total", shown.stderr + shown.stdout, re.S | re.M)
    return {line.split()[0] for line in stats.group(1).splitlines()} - {"all"} if stats else set()
