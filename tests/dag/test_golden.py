"""Tables 1-3 of 2017 from the committed inputs, against the golden tables under tests/expected.

A difference is either a mistake or an improvement to be told in the CHANGELOG; ``make golden`` accepts it.
"""

import numpy as np
import pandas as pd
import pytest

from mrio.formats.inputs.spread_file import read_spread
from mrio.outputs.tables import compensation_table, responsibility_table, transfers_table, with_spread
from mrio.study.config import read_config
from mrio.study.grid_accounts import accounts_grid
from mrio.study.grid_payment import compensation_grid, transfer_base
from mrio.study.grid_sharing import responsibility_grid
from mrio.study.grid_spread import amount_deviation
from mrio.study.inputs import preflight


@pytest.fixture(scope="module")
def tables(repo):
    config = read_config(repo / "config" / "config.yaml")
    inputs = preflight(config, repo / "data" / "raw")[2017]
    F, F_Y, figures = inputs.emissions["F"], inputs.emissions["F_Y"], inputs.socioeconomic
    grid = {"methods": config["methods"], "resolutions": config["resolutions"]}
    made = accounts_grid(inputs.table, F, F_Y, **grid)
    shared, _ = responsibility_grid(inputs.table, F, **grid, **config["responsibility"])
    nets = transfer_base(made, None, config["compensation_base"])
    money = compensation_grid(nets, figures, price=config["carbon_price"], curve=config["curve"])
    deviation = read_spread(repo / "data" / "raw" / "2017" / "spread.csv")
    beside = {name: name for name in ("consumption", "net_transfer")}
    amounts = amount_deviation(deviation, money)
    return {
        "table1_transfers": with_spread(transfers_table(made), deviation, beside),
        "table2_responsibility": with_spread(
            responsibility_table(shared), deviation, {"alpha": "alpha_region", "shared": "shared"}
        ),
        "table3_compensation": with_spread(compensation_table(money), amounts, {"amount": "amount"}),
    }


@pytest.mark.parametrize("name", ["table1_transfers", "table2_responsibility", "table3_compensation"])
def test_golden_table(repo, tables, name):
    expected = pd.read_csv(repo / "tests" / "expected" / f"{name}.csv", encoding="utf-8-sig")
    made = tables[name]
    assert list(made.columns) == list(expected.columns)
    for column in expected:
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
