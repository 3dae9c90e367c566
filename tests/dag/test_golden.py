"""Tables 1-3 of 2017 from the committed inputs, against the golden tables under tests/expected.

A difference is either a mistake or an improvement to be told in the CHANGELOG; ``make golden`` accepts it.
"""

import numpy as np
import pandas as pd
import pytest

from mrio.outputs.columns import ENDINGS, named
from mrio.outputs.tables import tables_of
from mrio.study.config import read_config
from mrio.study.grid_model import Choices, model_grid
from mrio.study.grid_payment import compensation_grid, transfer_base
from mrio.study.inputs import preflight


@pytest.fixture(scope="module")
def tables(repo):
    config = read_config(repo / "config" / "config.yaml")
    inputs = preflight(config, repo / "data" / "raw")[2017]
    F, F_Y, figures = inputs.emissions["F"], inputs.emissions["F_Y"], inputs.socioeconomic
    choices = Choices(config["methods"], config["resolutions"], **config["responsibility"])
    made = model_grid(inputs.table, F, F_Y, choices)
    base = config["compensation_base"]
    nets = transfer_base(made.accounts, None, base)
    money = compensation_grid(nets, figures, price=config["carbon_price"], curve=config["curve"])
    results = {"accounts": made.accounts, "responsibility": made.shared, "compensation": money}
    return {name: named(table) for name, table in tables_of(results).items()}


@pytest.mark.parametrize("name", ["table1_transfers", "table2_responsibility", "table3_compensation"])
def test_golden_table(repo, tables, name):
    expected = pd.read_csv(repo / "tests" / "expected" / f"{name}.csv", encoding="utf-8-sig")
    made = tables[name]
    # intervals, and the verdicts that hang on them, are those of draws
    expected = expected[[name for name in expected if not name.split("_Mt")[0].split("_100M")[0].endswith(ENDINGS)]]
    assert list(made.columns) == list(expected.columns)
    for column in (name for name in expected if not name.endswith("role")):
        if pd.api.types.is_numeric_dtype(expected[column]):
            scale = np.nanmax(np.abs(expected[column])) or 1.0
            np.testing.assert_allclose(made[column].astype(float), expected[column], rtol=1e-7, atol=1e-9 * scale,
                                       err_msg=column)  # fmt: skip
        else:
            assert made[column].fillna("").tolist() == expected[column].fillna("").tolist(), column


def test_2017_emissions_are_the_published_total(tables):
    total = tables["table1_transfers"].iloc[-1]
    # CEADs, 30 provinces, 2017: 10,171.2 Mt
    assert total["production_Mt"] + total["household_Mt"] == pytest.approx(10_171.2, abs=0.05)
