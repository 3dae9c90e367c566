"""A published workbook of 30 provinces x 30 sectors, from the file to the tables of the pipeline."""

import numpy as np
import pandas as pd
import pytest
import xarray as xr
import yaml
from click.testing import CliRunner
from five_regions import run_example
from strategies import random_emissions
from workbooks import Published, published_table

from mrio import labels
from mrio.cli.main import program
from mrio.equations.flows import accounts
from mrio.formats.inputs.emission_files import emission_dataset, write_emissions
from mrio.formats.netcdf import read_netcdf
from mrio.table.plausibility.registry import RULES

pytestmark = pytest.mark.study
YEAR = 2010


@pytest.fixture(scope="module")
def study(repo, tmp_path_factory):
    root = tmp_path_factory.mktemp("thirty")
    folder = root / "data" / "raw" / str(YEAR)
    regions = [name for name in labels.provinces().index if name != "Tibet"]
    published = Published(published_table("30", regions), year=YEAR, names="zh").write(root / "t.xlsx", "Table")
    folder.mkdir(parents=True)
    asked = ["read", str(published), "--layout", "regions-30x30", "--out", str(folder / "mrio_30.nc")]
    read = CliRunner().invoke(program, asked)
    assert read.exit_code == 0, read.output
    table = read_netcdf(folder / "mrio_30.nc")
    F, _ = random_emissions(table)
    homes = {"region": regions, "fuel": ["raw_coal"], "household": ["urban", "rural"]}
    none = xr.DataArray(np.zeros((30, 1, 2)), homes, tuple(homes))
    fuels = F.expand_dims(fuel=["raw_coal"]).transpose("region", "fuel", "sector").round(9)
    write_emissions(emission_dataset(fuels, none, year=YEAR, scheme="30"), folder / "emissions_30.csv")
    config = yaml.safe_load((repo / "examples" / "five-regions" / "config.yaml").read_text(encoding="utf-8"))
    config |= {"years": [YEAR], "resolutions": ["six", "30"], "groupings": ["region8"], "methods": ["eebt", "mrio"],
               "limits": {**config["limits"], "residual_carbon": 0.9, "residual_output": 0.9}, "languages": ["en"],
               "plausible": {rule.name: "random numbers of a test" for rule in RULES}}  # fmt: skip
    (root / "config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    made = run_example(repo, root, f"results/{YEAR}/table1_transfers.csv", f"results/{YEAR}/table2_sectors.csv")
    assert made.returncode == 0, made.stderr
    return root, table, F


def test_thirty_sectors_are_a_resolution_of_their_own(study):
    root, table, F = study
    result = pd.read_csv(root / "results" / str(YEAR) / "table1_transfers.csv", encoding="utf-8-sig").iloc[:-1]
    here = accounts(table, F.round(9), method="mrio")["net_transfer"].values
    np.testing.assert_allclose(result["mrio_30_net_transfer_Mt"], here, atol=1e-6)
    six = table.aggregate(sectors="six")
    assert not np.allclose(result["mrio_six_net_transfer_Mt"], here, atol=1e-3)
    assert six.output.sum() == table.output.sum()
    sectors = pd.read_csv(root / "results" / str(YEAR) / "table2_sectors.csv", encoding="utf-8-sig")
    assert set(sectors["resolution"].astype(str)) == {"six", "30"} and len(set(sectors["sector"])) == 6
