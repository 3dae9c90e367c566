"""Units do not matter: a table in millionths of its money, with emissions in millionths, has the same accounts."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from drawn_study import spoiled
from strategies import random_emissions, random_table

from mrio.equations.flows import accounts
from mrio.equations.other_schemes import beneficiary, schemes
from mrio.equations.sharing import responsibility
from mrio.estimation.chain import estimate_table
from mrio.table.interregional import Table
from mrio.table.provincial import ProvincialTables

SMALL = 2.0**-40  # every output, flow and emission is below one


def times(data: xr.Dataset, factor: float) -> xr.Dataset:
    return data.map(lambda variable: variable * factor, keep_attrs=True)


@pytest.mark.parametrize("method", ["eebt", "mrio", "gross"])
@pytest.mark.parametrize("seed", [0, 5])
def test_accounts_and_responsibility_are_those_of_any_unit(method, seed):
    table = random_table(seed, 3, 4, zero_sectors=1)
    F, F_Y = random_emissions(table)
    less = Table(times(table.data, SMALL))
    whole, part = accounts(table, F, F_Y, method=method), accounts(less, F * SMALL, F_Y * SMALL, method=method)
    size = float(F.sum())
    for name in whole.data_vars:
        np.testing.assert_allclose(part[name] / SMALL, whole[name], atol=1e-9 * size, err_msg=str(name))
    if method == "gross":
        return
    one, other = responsibility(table, whole, alpha_exports=0.4), responsibility(less, part, alpha_exports=0.4)
    for name in ("alpha", "alpha_region", "share"):
        np.testing.assert_allclose(other[name], one[name], atol=1e-9, err_msg=name)
    np.testing.assert_allclose(other["shared"] / SMALL, one["shared"], atol=1e-9 * size)
    np.testing.assert_allclose(beneficiary(part, other), beneficiary(whole, one), rtol=1e-9)
    made, small = schemes(table, F, whole, one), schemes(less, F * SMALL, part, other)
    np.testing.assert_allclose(small["amount"] / SMALL, made["amount"], atol=1e-8 * size)
    np.testing.assert_allclose(small["outside"] / SMALL, made["outside"], atol=1e-8 * size)


def test_an_estimate_is_that_of_any_unit():
    tables, km = spoiled(0)
    whole = estimate_table(tables, km)
    part = estimate_table(ProvincialTables(times(tables.data, SMALL)), km)
    for name in ("Z", "Y", "exports", "imports", "residual"):
        np.testing.assert_allclose(part.data[name] / SMALL, whole.data[name], atol=1e-6 * float(whole.output.max()))
