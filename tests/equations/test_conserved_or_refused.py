"""Results that do not add up are refused by place and amount, whatever the sum that fails."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from strategies import random_emissions, random_table

from mrio.analysis.tracing import demand_of
from mrio.equations.conservation import assert_conserved
from mrio.equations.definitions import METHODS
from mrio.equations.flows import accounts, prepare
from mrio.equations.imports import _assert_balanced
from mrio.equations.sharing import _assert_adds_up, outflow_value
from mrio.errors import BalanceError, LabelError


@pytest.fixture
def made():
    table = random_table(2, 3, 4)
    F, F_Y = random_emissions(table)
    return accounts(table, F, F_Y)


def moved(result, name, by, **where):
    values = result[name].copy(deep=True)
    values.loc[where] += by
    return result.assign({name: values})


@pytest.mark.parametrize("unit", [1.0, 2.0**-40])
def test_what_is_lost_is_named_by_place_and_amount(made, unit):
    made = made.map(lambda values: values * unit, keep_attrs=True)
    whole = float(made["production"].sum())
    assert_conserved(made)
    with pytest.raises(BalanceError, match=r"flows of r1 miss its production by -"):
        assert_conserved(moved(made, "flows", 1e-3 * whole, region="r1", to_region="r2"))
    with pytest.raises(BalanceError, match=r"what leaves the provinces miss production by -.*expected 0"):
        assert_conserved(moved(made, "consumption", 1e-3 * whole, region="r1"))
    with pytest.raises(BalanceError, match=r"interprovincial net transfers sum to \d.*expected 0"):
        assert_conserved(moved(made, "inflow", 1e-3 * whole, region="r1"))
    for name, where in (("consumption", {"region": "r1"}), ("inflow", {"region": "r0"})):
        assert_conserved(moved(made, name, 1e-11 * whole, **where))
        assert_conserved(moved(made, name, 1e-3 * whole, **where), tolerance=1e-2)


def test_sectors_that_miss_their_province_are_refused_by_its_name():
    regions, sectors = ["r0", "r1"], ["a", "b"]
    kept = xr.DataArray([3.0, 5.0], {"region": regions})
    by_sector = xr.DataArray([[1.0, 2.0], [3.0, 3.0]], {"region": regions, "sector": sectors})
    right = {"kept": kept, "taken_over": 0 * kept + [0, 1.0], "allocated_by_sector": by_sector}
    _assert_adds_up(right)
    _assert_adds_up({"kept": kept})
    with pytest.raises(BalanceError, match=r"miss what r1 keeps and takes over by 0\.5"):
        _assert_adds_up({**right, "allocated_by_sector": by_sector + np.array([[0, 0.001], [0.5, 0]])})
    per_stressor = {name: values.expand_dims(stressor=["CO2", "CH4"]) for name, values in right.items()}
    wrong = per_stressor["allocated_by_sector"].copy(deep=True)
    wrong[1, 0, 1] += 0.25
    with pytest.raises(BalanceError, match=r"miss what r0 keeps and takes over by 0\.25"):
        _assert_adds_up({**per_stressor, "allocated_by_sector": wrong})


@pytest.mark.parametrize("unit", [1.0, 2.0**-60])
def test_imports_that_are_not_all_found_again_are_refused_in_any_unit(unit):
    by_region = {"imports": unit * np.array([3.0, 4]), "imports_entered": unit * np.array([3.0, 6])}
    _assert_balanced(by_region, np.array(2.0 * unit))
    with pytest.raises(BalanceError, match="emissions embodied in imports miss what entered by"):
        _assert_balanced(by_region, np.array(1.999 * unit))
    _assert_balanced({name: 0 * values for name, values in by_region.items()}, np.array(0.0))


def test_a_label_of_emissions_that_the_table_lacks_is_held_against_the_tables():
    table = random_table(1, 2, 3, region_labels=["Beijing", "Hebei"])
    F, _ = random_emissions(table)
    more = xr.concat([F, F.isel(region=[0]).assign_coords(region=["Tianjin"])], "region").assign_attrs(F.attrs)
    with pytest.raises(LabelError, match=r"F name region 'Tianjin', which the table does not have"):
        accounts(table, more)
    close = xr.concat([F, F.isel(region=[0]).assign_coords(region=["Hebeii"])], "region").assign_attrs(F.attrs)
    with pytest.raises(LabelError, match=r"'Hebeii', which the table does not have \(did you mean 'Hebei'\?\)"):
        accounts(table, close)


def test_demand_is_that_of_a_province_or_of_what_stands_outside():
    table = random_table(1, 3, 2).drop_regions(["r2"])
    np.testing.assert_array_equal(demand_of(table, "r1"), table.Y.values[:, :, 1].sum(2).ravel())
    for name, account in (("exports", "exports"), ("excluded", "excluded_out"), ("residual", "residual")):
        np.testing.assert_array_equal(demand_of(table, name), table.data[account].values.ravel())
    with pytest.raises(LabelError, match=r"'export' is unknown \(did you mean 'exports'\?\)"):
        demand_of(table, "export")


def test_what_leaves_a_province_goes_abroad_only_where_that_is_asked_for():
    table = random_table(1, 3, 2)
    inside, all_ = outflow_value(table), outflow_value(table, with_exports=True)
    assert inside["to_region"].values.tolist() == table.regions
    np.testing.assert_array_equal(all_.sel(to_region="abroad"), table.exports)
    np.testing.assert_array_equal(all_.sel(to_region=table.regions), inside)
    assert (np.diagonal(inside.values, axis1=0, axis2=2) == 0).all()


@pytest.mark.parametrize("name", sorted(METHODS))
def test_flows_by_product_are_made_unless_they_are_not_wanted(name):
    table = random_table(1, 3, 2)
    system = prepare(table, random_emissions(table)[0])
    made, less = METHODS[name](system), METHODS[name](system, by_product=False)
    assert "flows_by_product" in made and "flows_by_product" not in less
    for account in less:
        np.testing.assert_allclose(less[account], made[account], rtol=1e-9, atol=1e-12)
