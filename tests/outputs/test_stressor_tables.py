"""Tables of several stressors: the columns of each in its own unit, equal to its table alone."""

import numpy as np
import pytest
import xarray as xr
from made_up import made_up_results

from mrio.outputs.columns import Column, named
from mrio.outputs.tables import responsibility_table, transfers_table


@pytest.mark.parametrize(("result", "make"), [("accounts", transfers_table), ("responsibility", responsibility_table)])
def test_stressors_stand_side_by_side_with_their_units(result, make):
    one, other = (made_up_results(seed=seed)[result] for seed in (1, 2))
    both = xr.concat([one, other], xr.DataArray(["CO2", "SO2"], dims="stressor", name="stressor"))
    both = both.drop_vars("unit", errors="ignore").assign_coords(unit=("stressor", ["Mt", "kt"]))
    table = make(both)
    alone = make(other.assign_attrs(unit="kt").assign_coords(stressor="SO2"))
    of_second = [label for label in table if isinstance(label, Column) and label.stressor == "SO2"]
    np.testing.assert_allclose(table[of_second].to_numpy(float), alone[of_second].to_numpy(float))
    names = list(named(table).columns)
    assert len(names) == len(set(names)) and names.count("province") == 1
    ending = "net_transfer" if result == "accounts" else "shared"
    assert f"CO2_eebt_six_{ending}_Mt" in names and f"SO2_eebt_six_{ending}_kt" in names
