"""Mean and spread of the study's results over tables."""

from __future__ import annotations

import numpy as np
from strategies import random_emissions, random_table

from mrio import labels
from mrio.study.grid_model import Choices, model_grid
from mrio.study.grid_spread import spread_grid


def test_mean_and_spread_of_two_tables_by_hand():
    codes = labels.sectors("42")["code"].tolist()
    tables = [random_table(seed=k, regions=3, sectors=42, sector_labels=codes, scheme="42") for k in (1, 2)]
    F, F_Y = random_emissions(tables[0])
    choices = Choices(["eebt", "mrio"], ["six"])
    found = spread_grid(tables, F, F_Y, choices)
    nets = np.stack([model_grid(table, F, F_Y, choices).accounts["net_transfer"].values for table in tables])
    np.testing.assert_allclose(found["net_transfer"].sel(statistic="mean"), nets.mean(0))
    np.testing.assert_allclose(found["net_transfer"].sel(statistic="sd"), abs(nets[0] - nets[1]) / np.sqrt(2))
    assert {"share", "alpha_region", "shared"} <= set(found.data_vars)
    assert found["net_transfer"].attrs["unit"] == "Mt"


def test_gross_has_no_share():
    codes = labels.sectors("42")["code"].tolist()
    tables = [random_table(seed=k, regions=2, sectors=42, sector_labels=codes, scheme="42") for k in (1, 2)]
    F, F_Y = random_emissions(tables[0])
    found = spread_grid(tables, F, F_Y, Choices(["mrio", "gross"], ["six"]))
    assert np.isnan(found["share"].sel(definition="gross")).all()
    assert np.isfinite(found["share"].sel(definition="mrio")).all()
