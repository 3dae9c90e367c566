"""What accounts refuse, in a sentence: labels, values, tables that do not balance, a large residual."""

import numpy as np
import pytest
from strategies import random_emissions, random_table

from mrio.equations.flows import accounts, assert_residual_small
from mrio.equations.scopes import net_transfer
from mrio.errors import BalanceError, ConfigError, LabelError
from mrio.table.interregional import Table


def test_wrong_labels_and_values_are_refused_in_a_sentence():
    table = random_table(seed=1)
    F, _ = random_emissions(table)
    with pytest.raises(LabelError, match="have no region"):
        accounts(table, F.isel(region=slice(1, None)))
    with pytest.raises(ConfigError, match="did you mean 'eebt'"):
        accounts(table, F, method="eebtt")
    broken = F.copy()
    broken[0, 0] = np.nan
    with pytest.raises(BalanceError, match="not a number at"):
        accounts(table, broken)
    with pytest.raises(BalanceError, match="carry no unit"):
        accounts(table, F.drop_attrs())
    with pytest.raises(ConfigError, match="needs accounts made with imports="):
        net_transfer(accounts(table, F), "exports-less-imports")


def test_a_table_that_does_not_balance_is_refused():
    table = random_table(seed=1)
    F, _ = random_emissions(table)
    data = table.data.copy(deep=True)
    data["exports"] = data["exports"] * 1.01 + 1
    with pytest.raises(BalanceError, match="miss its production"):
        accounts(Table(data), F, method="mrio")


def test_a_large_residual_is_refused():
    table = random_table(seed=1)
    F, _ = random_emissions(table)
    result = accounts(table, F)
    share = float(abs(result["residual"]).sum()) / float(result["production"].sum())
    assert_residual_small(result, share * 1.01)
    with pytest.raises(BalanceError, match=r"limits\.residual_carbon"):
        assert_residual_small(result, share * 0.99)
    # a tenth too much here and a tenth too little there is not nothing
    result["residual"] = result["residual"].copy(data=np.array([0.1, -0.1, 0.0]) * float(result["production"].sum()))
    with pytest.raises(BalanceError, match=r"carries 20% of production.*most in r0"):
        assert_residual_small(result, 0.19)
