"""Stressors beside CO2: a file each, held against table and configuration; a case by hand; every one conserved."""

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from strategies import random_emissions, random_table

from mrio import labels
from mrio.errors import BalanceError, MrioError
from mrio.formats.inputs.emission_files import emission_dataset, read_emissions, write_emissions
from mrio.study.grid_model import Choices, model_grid
from mrio.study.grid_stressors import beside_others
from mrio.study.stressor_inputs import check_stressors, read_stressors
from mrio.study.year_folder import other_files
from mrio.table.interregional import Table

PROVINCES = ["Beijing", "Hebei"]
SIX = labels.sectors("six")["code"].tolist()
CONFIG = {"stressors": ["CO2", "SO2", "energy"], "policies": {"zero_output": "keep"}}
UNITS = {"SO2": "kt", "energy": "TJ"}


def write(F, path, stressor, unit, households=0.25):
    """Write emissions of production, and the same of each kind of household in every province."""
    fuels = F.expand_dims(fuel=["total"]).transpose("region", "fuel", "sector").drop_attrs()
    homes = {"region": F["region"].values, "fuel": ["total"], "household": ["urban", "rural"]}
    F_Y = xr.DataArray(np.full([len(of) for of in homes.values()], households), homes, tuple(homes))
    made = emission_dataset(fuels, F_Y, year=2017, scheme=F.attrs["scheme"], stressor=stressor, unit=unit)
    return write_emissions(made, path)


@pytest.fixture
def by_hand(tmp_path):
    """Return a table in which half of what Hebei makes goes to Beijing, and the folder with its emissions."""
    Z, Y, size = np.zeros((12, 12)), np.zeros((12, 2)), len(SIX)
    at = SIX.index("industry")
    Z[size + at, at], Y[at, 0], Y[size + at, 1] = 50, 100, 50
    table = Table.from_arrays(Z, Y, regions=PROVINCES, sectors=SIX, categories=["use"], year=2017, scheme="six")
    for stressor, unit, values in (("CO2", "Mt", (7, 10)), ("SO2", "kt", (3, 4)), ("energy", "TJ", (0, 60))):
        F = xr.zeros_like(table.output).assign_attrs(scheme="six")
        F.values[:, at] = values
        write(F, tmp_path / f"emissions_6{'' if stressor == 'CO2' else '_' + stressor}.csv", stressor, unit)
    return table, tmp_path / "emissions_6.csv"


def test_a_case_by_hand(by_hand):
    table, emissions = by_hand
    check_stressors(emissions, table, CONFIG)
    read = read_stressors(other_files(emissions, CONFIG), table)
    made = model_grid(table, read["F"], read["F_Y"], Choices(["eebt", "mrio"], ["six"]))
    assert dict(zip(made.accounts["stressor"].values, made.accounts["unit"].values, strict=True)) == UNITS
    nets = made.accounts["net_transfer"].sel(resolution="six")
    for definition in ("eebt", "mrio"):  # half of 4 kt and of 60 TJ
        np.testing.assert_allclose(nets.sel(definition=definition, stressor="SO2"), [2, -2])
        np.testing.assert_allclose(nets.sel(definition=definition, stressor="energy"), [30, -30])
    np.testing.assert_allclose(made.accounts["household"].isel(resolution=0, definition=0), 0.5)
    # Hebei's product is all value added, so Hebei answers for all it sends
    answered = made.shared["shared"].sel(resolution="six", definition="eebt", stressor="SO2")
    np.testing.assert_allclose(answered, [3, 4])


@pytest.fixture(scope="module")
def models():
    """Return production of a random study, and its model of CO2, of SO2 alone, and of SO2 and energy at once."""
    table = random_table(seed=6, regions=3, sectors=42, scheme="42", region_labels=[*PROVINCES, "Guangdong"],
                         sector_labels=labels.sectors("42")["code"].tolist())  # fmt: skip
    F, F_Y = random_emissions(table)
    other, homes = (F**2).assign_attrs(unit="kt"), (3 * F_Y).assign_attrs(unit="kt")
    choices = Choices(["eebt", "mrio", "gross"], ["six", "42"])
    both = {"stressor": list(UNITS), "unit": ("stressor", list(UNITS.values()))}
    several = [xr.concat([of.drop_attrs()] * 2, "stressor").assign_coords(both) for of in (other, homes)]
    made = [model_grid(table, *of, choices) for of in ((F, F_Y), (other, homes), several)]
    return float(other.sum()), *made


def test_every_stressor_is_conserved(models):
    production, _, _, made = models
    outside = made.accounts["exports"] + made.accounts["excluded"] + made.accounts["residual"]
    borne = made.accounts["consumption"] + outside + made.accounts["zero_output"]
    np.testing.assert_allclose(borne.sum("region"), production, rtol=1e-9)
    np.testing.assert_allclose(made.accounts["net_transfer"].sum("region"), 0, atol=1e-9 * production)
    answered = (made.shared["shared"] + made.shared["rest_of_world"]).sum("region")
    np.testing.assert_allclose(answered, production, rtol=1e-9)


@pytest.mark.parametrize("stressor", UNITS)
def test_a_stressor_among_several_is_as_it_is_alone(models, stressor):
    _, _, alone, made = models
    for several, one in ((made.accounts, alone.accounts), (made.shared, alone.shared.drop_vars("beneficiary"))):
        found = several.sel(stressor=stressor).drop_vars(["stressor", "unit"])
        assert set(found) == set(one)
        for name, expected in one.items():
            ordered, scale = found[name].transpose(*expected.dims), float(abs(expected).max())
            np.testing.assert_allclose(ordered, expected, rtol=1e-9, atol=1e-12 * scale, err_msg=name)


def test_others_stand_beside_co2_in_the_order_asked_for_and_without_its_intervals(models):
    _, of_CO2, _, made = models
    first = of_CO2.accounts.assign(net_transfer_sd=of_CO2.accounts["net_transfer"])
    beside = beside_others(first, made.accounts, ["SO2", "CO2", "energy"])
    assert dict(zip(beside["stressor"].values, beside["unit"].values, strict=True)) == {**UNITS, "CO2": "Mt"}
    assert beside["stressor"].values.tolist() == ["SO2", "CO2", "energy"]
    xr.testing.assert_equal(beside["net_transfer"].sel(stressor="CO2", drop=True), first["net_transfer"])
    assert np.isnan(beside["net_transfer_sd"].sel(stressor="SO2")).all()


#: What is wrong -> column and its values in the file of SO2, part of the sentence.
WRONG = {
    "another stressor": ("stressor", "NOx", "row 2, column stressor: found stressor 'NOx', expected 'SO2'; a file "
                         "holds one stressor: choose that stressor's, emissions_<n>.csv for CO2"),
    "the unit of CO2": ("unit", "Mt CO2", "row 2, column unit: found unit 'Mt CO2', expected the unit of SO2, such as"),
    "money": ("unit", "10k CNY", "found unit '10k CNY', expected the unit of SO2"),
    "no unit": ("unit", "", "column unit"),
    "another scheme": ("scheme", "30", "scheme"),
    "another year": ("year", "2012", "choose the file of that year"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_a_file_states_is_held_against_table_and_configuration(by_hand, case):
    table, emissions = by_hand
    column, value, message = WRONG[case]
    path = emissions.with_name("emissions_6_SO2.csv")
    pd.read_csv(path, dtype=str).assign(**{column: value}).to_csv(path, index=False)
    with pytest.raises(MrioError) as caught:
        check_stressors(emissions, table, CONFIG)
    assert "emissions_6_SO2.csv" in str(caught.value) and message in str(caught.value)


def test_a_stressor_without_a_file_is_refused_with_what_there_is(by_hand):
    table, emissions = by_hand
    with pytest.raises(MrioError) as caught:
        check_stressors(emissions, table, {**CONFIG, "stressors": ["CO2", "SO3", "energy"]})
    assert "no emissions_6_SO3.csv (did you mean 'SO2'?), expected the file of stressor 'SO3'" in str(caught.value)
    assert "write 'stressors: [CO2, energy]'" in str(caught.value)


def test_co2_never_reads_another_stressor_and_idle_sectors_are_judged(by_hand):
    table, emissions = by_hand
    with pytest.raises(MrioError, match="expected 'CO2'"):
        read_emissions(emissions.with_name("emissions_6_SO2.csv"), scheme="six")
    path = emissions.with_name("emissions_6_SO2.csv")
    idle = pd.read_csv(path, dtype=str)
    idle.loc[idle["sector"] == "services", "total"] = "1"
    idle.to_csv(path, index=False)
    check_stressors(emissions, table, CONFIG)
    with pytest.raises(BalanceError, match="services"):
        check_stressors(emissions, table, {**CONFIG, "policies": {"zero_output": "refuse"}})
