"""Accounts of many stressors at once: equal to one at a time, conserved each on its own, with its own unit."""

from dataclasses import replace
from tracemalloc import get_traced_memory, start, stop

import numpy as np
import pymrio
import pytest
import xarray as xr
from strategies import random_emissions, random_table

from mrio.algebra.leontief.system import Leontief
from mrio.equations.alignment import each_stressor
from mrio.equations.definitions import mrio_flows
from mrio.equations.flows import accounts, assert_residual_small, prepare
from mrio.equations.payment import compensation
from mrio.equations.sharing import responsibility
from mrio.errors import BalanceError, LabelError, UnitError
from mrio.table.interregional import Table

METHODS = ("eebt", "mrio", "gross")
UNITS = ["Mt", "kt", "PJ"]


@pytest.fixture
def three(table):
    """Return a table, three stressors with a unit each, and their households."""
    F = xr.concat([random_emissions(table, seed=seed)[0] for seed in range(3)], dim="stressor")
    names = {"stressor": ["CO2", "SO2", "energy"], "unit": ("stressor", UNITS)}
    F = F.drop_attrs().assign_coords(names)
    F_Y = xr.DataArray(np.arange(9.0).reshape(3, 3), {**names, "region": table.regions}, ("stressor", "region"))
    return table, F, F_Y


@pytest.mark.parametrize("method", METHODS)
def test_each_stressor_has_the_accounts_it_has_alone(three, method):
    table, F, F_Y = three
    together = accounts(table, F, F_Y, method=method)
    for k, unit in enumerate(UNITS):
        alone_F, alone_F_Y = (v.isel(stressor=k, drop=True).assign_attrs(unit=unit) for v in (F, F_Y))
        alone = accounts(table, alone_F, alone_F_Y, method=method)
        one = together.isel(stressor=k)
        assert set(one.data_vars) == set(alone.data_vars) and str(one["unit"].values) == unit
        for name, values in alone.data_vars.items():
            assert together[name].dims == ("stressor", *values.dims), name
            np.testing.assert_allclose(one[name], values, rtol=1e-10, atol=1e-12 * float(alone_F.sum()), err_msg=name)
        if method != "gross":
            shared, expected = (responsibility(table, r) for r in (together, alone))
            for name, values in expected.data_vars.items():
                found = shared[name].isel(stressor=k) if "stressor" in shared[name].dims else shared[name]
                np.testing.assert_allclose(found, values, rtol=1e-9, atol=1e-12 * float(alone_F.sum()), err_msg=name)


def test_one_unit_of_all_stays_an_attribute(three):
    table, F, _ = three
    made = accounts(table, F.drop_vars("unit").assign_attrs(unit="Mt"))
    assert made["flows"].attrs["unit"] == made.attrs["unit"] == "Mt" and "unit" not in made.coords
    assert [one.attrs["unit"] for _, one in each_stressor(made)] == ["Mt"] * 3


def test_foreign_imports_of_each_stressor(three):
    table, F, _ = three
    by_product = np.ones((4, 3)) * table.imports.values.sum(1) / 4
    data = table.data.assign(imports_by_product=(("sector", "to_region"), by_product, {"unit": table.unit}))
    made = accounts(Table(data), F, imports="national")
    alone = accounts(Table(data), F.isel(stressor=1),
                     imports="national")  # fmt: skip
    for name in ("imports", "imports_final", "imports_entered", "imports_outside"):
        np.testing.assert_allclose(made[name].isel(stressor=1), alone[name], rtol=1e-12)


def test_without_products_the_rest_is_the_same(three):
    table, F, _ = three
    for method in METHODS:
        whole, less = accounts(table, F, method=method), accounts(table, F, method=method, by_product=False)
        assert set(whole.data_vars) - set(less.data_vars) == {"flows_by_product", "D_imp"}
        for name, values in less.data_vars.items():
            np.testing.assert_allclose(values, whole[name], rtol=1e-9, atol=1e-12 * float(F.max()), err_msg=name)


def test_a_lack_in_one_stressor_is_not_hidden_by_another(three):
    table, F, _ = three
    made = accounts(table, F)
    shares = [float(abs(one["residual"]).sum() / one["production"].sum()) for _, one in each_stressor(made)]
    small = F["stressor"][int(np.argmin(shares))]
    made = accounts(table, F.where(F["stressor"] != small, 1e6 * F))
    assert_residual_small(made, max(shares) * 1.01)
    with pytest.raises(BalanceError, match="carries"):
        assert_residual_small(made, max(shares) * 0.99)


def test_mistakes_are_named(three):
    table, F, F_Y = three
    with pytest.raises(LabelError, match=r"dimensions \('gas', 'region', 'sector'\)"):
        accounts(table, F.rename(stressor="gas"))
    with pytest.raises(LabelError, match="stressor 'CO2' twice"):
        accounts(table, F.assign_coords(stressor=["CO2", "CO2", "x"]))
    with pytest.raises(LabelError, match="no stressor 'energy'"):
        accounts(table, F, F_Y.isel(stressor=slice(2)))
    with pytest.raises(LabelError, match=r"F_Y have dimensions \('region',\)"):
        accounts(table, F, F_Y.isel(stressor=0, drop=True))
    with pytest.raises(UnitError, match="F_Y are in PJ, kt, Mt, F in Mt, kt, PJ"):
        accounts(table, F, F_Y.assign_coords(unit=("stressor", UNITS[::-1])))
    with pytest.raises(BalanceError, match="carry no unit"):
        accounts(table, F.drop_vars("unit"))
    ones = xr.DataArray(np.ones(3), {"region": table.regions})
    with pytest.raises(LabelError, match=r"choose one of the others with \.sel"):
        compensation(accounts(table, F)["net_transfer"], ones, 0.3 * ones)
    priced = compensation(accounts(table, F)["net_transfer"].sel(stressor="CO2"), ones, 0.3 * ones)
    assert priced["amount"].dims == ("region",)
    with pytest.raises(BalanceError, match="unit 'kt', expected 'Mt'"):
        compensation(accounts(table, F)["net_transfer"].sel(stressor="SO2"), ones, 0.3 * ones)


def test_nothing_of_the_size_of_z_is_allocated_by_krylov():
    table = random_table(seed=0, regions=20, sectors=60, categories=["use"])
    F = xr.concat([random_emissions(table, seed=seed)[0] for seed in range(2)], dim="stressor")
    system = replace(prepare(table, F), full=Leontief(table, method="krylov"))
    start()
    mrio_flows(system, by_product=False)
    peak = get_traced_memory()[1]
    stop()
    assert peak < 0.7 * table.Z.nbytes


def test_accounts_are_those_of_pymrio_on_its_own_test_table():
    io = pymrio.load_test().calc_all()
    regions, sectors = list(io.get_regions()), list(io.get_sectors())
    Y = io.Y.T.groupby("region", sort=False).sum().T.to_numpy()
    table = Table.from_arrays(
        io.Z.to_numpy(),
        Y,
        output=io.x.to_numpy().ravel(),
        regions=regions,
        sectors=sectors,
        categories=["use"],
        year=2017,
    )
    theirs = io.emissions
    coords = {"stressor": [" ".join(name) for name in theirs.F.index], "region": regions, "sector": sectors}
    F = xr.DataArray(theirs.F.to_numpy().reshape(-1, len(regions), len(sectors)), coords, attrs={"unit": "kg"})
    made = accounts(table, F)
    for name in ("D_cba", "D_pba", "D_imp", "D_exp"):
        expected = getattr(theirs, name).to_numpy()
        np.testing.assert_allclose(made[name].values.reshape(expected.shape), expected, rtol=1e-10, err_msg=name)
