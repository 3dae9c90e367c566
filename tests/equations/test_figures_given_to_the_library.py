"""What the library is given as arrays, as somebody in a hurry gives it: said in a warning or refused."""

import warnings

import numpy as np
import pandas as pd
import pytest
import xarray as xr

import mrio
from mrio.errors import MrioError
from mrio.formats.inputs.emission_files import read_emissions
from mrio.formats.inputs.socioeconomic import read_socioeconomic
from mrio.labels import partition


@pytest.fixture(scope="module", params=[2017])
def given(repo, request):
    folder = repo / "data/raw" / str(request.param)
    table = mrio.read_table(folder / "mrio_six.csv", "matrix-csv", checked=False)
    emissions = read_emissions(folder / "emissions_6.csv", table.regions, "six", request.param)
    statistics = read_socioeconomic(folder / "socioeconomic.csv", table.regions, request.param)
    net = mrio.accounts(table, emissions["F"], emissions["F_Y"]).net_transfer
    return {"table": table, "F": emissions["F"], "F_Y": emissions["F_Y"], "net": net,
            "gdp": statistics["gdp_per_capita"], "engel": statistics["engel"]}  # fmt: skip


def said(call):
    """Return what a call refuses or warns of."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            call()
        except MrioError as error:
            return str(error)
    return " ".join(str(one.message) for one in caught)


def of_region(values, region, factor):
    changed = values.copy(deep=True)
    changed.loc[{"region": region}] = changed.loc[{"region": region}] * factor
    return changed


def paid(given, **changed):
    of = given | changed
    return said(lambda: mrio.compensation(of["net"], of["gdp"], of["engel"]))


def counted(given, **changed):
    of = given | changed
    return said(lambda: mrio.accounts(of["table"], of["F"], of["F_Y"]))


def test_clean_figures_say_nothing(given):
    assert paid(given) == "" == counted(given)


PAID = {
    "GDP of one province x10": (lambda g: {"gdp": of_region(g["gdp"], "Hebei", 10)}, "Hebei: 453,870 CNY, 10 times"),
    "GDP of one province x1.2": (lambda g: {"gdp": of_region(g["gdp"], "Hebei", 1.2)}, "1.2 times the 4"),
    "GDP of two provinces exchanged": (
        lambda g: {"gdp": of_region(of_region(g["gdp"], "Beijing", 28497 / 128994), "Gansu", 128994 / 28497)}, "Gansu"),
    "Engel one a tenth": (lambda g: {"engel": of_region(g["engel"], "Hebei", 0.1)},
                          "Hebei engel: 0.0253 (ratio), 0.0865 times the nation's"),
    "Engel all a hundredth": (lambda g: {"engel": (g["engel"] / 100).assign_attrs(g["engel"].attrs)}, "the nation's"),
    "a net transfer x5": (lambda g: {"net": of_region(g["net"], "Hebei", 5)}, "add up to -408 Mt, not to zero"),
    "a province left out": (lambda g: {"net": g["net"][:29]}, "a province is missing, or a figure was changed"),
}  # fmt: skip


@pytest.mark.parametrize("name", PAID)
def test_what_is_paid_for_and_by_is_held_to_what_is_known(given, name):
    change, sentence = PAID[name]
    assert sentence in paid(given, **change(given))


def test_net_transfers_with_exports_need_not_add_up(given):
    net = given["net"].assign_attrs(scope="with-exports")
    assert paid(given, net=of_region(net, "Hebei", 5)) == ""


def test_figures_of_no_stated_year_are_held_to_no_year(given):
    gdp, engel = (given[name].drop_attrs().assign_attrs(unit="CNY") for name in ("gdp", "engel"))
    assert paid(given, gdp=of_region(gdp, "Hebei", 1.2), engel=engel) == ""


def test_urban_figures_are_held_to_urban_ones(given):
    assert paid(given, engel=given["engel"].rename("engel_urban")) == ""


COUNTED = {
    "sectors shifted by one": (lambda F: F.copy(data=np.roll(F.values, 1, axis=1)), "check those rows"),
    "two sectors exchanged": (lambda F: F.copy(data=F.values[:, [0, 3, 2, 1, 4, 5]]), "of its inventory of 2017"),
    "one sector of a province x2": (
        lambda F: F.where((F["region"] != "Hebei") | (F["sector"] != "transport"), 2 * F), "Hebei transport"),
    "a region twice": (lambda F: F.assign_coords(region=["Beijing", *F["region"].values[:-1]]),
                       "emissions F name region 'Beijing' twice; keep one"),
    "a frame": (lambda F: F.to_pandas(), "xarray.DataArray(F, dims=('region', 'sector')).assign_attrs(unit='Mt')"),
    "a frame in another order": (lambda F: F.to_pandas()[::-1], "which keeps its labels"),
    "a series": (lambda F: F.to_series(), "make one: F.to_xarray().assign_attrs(unit='Mt')"),
    "numbers": (lambda F: F.values, "xarray.DataArray(F, coords=..., dims=('region', 'sector')"),
}  # fmt: skip


@pytest.mark.parametrize("name", COUNTED)
def test_emissions_are_held_to_what_is_known(given, name):
    change, sentence = COUNTED[name]
    changed = change(given["F"])
    F = changed.assign_attrs(given["F"].attrs) if isinstance(changed, xr.DataArray) else changed
    assert sentence in counted(given, F=F)


def test_what_the_sentence_on_frames_says_works(given):
    shuffled = given["F"].to_pandas().sample(frac=1, random_state=1)
    plain = xr.DataArray(shuffled, dims=("region", "sector")).assign_attrs(unit="Mt")
    arrays = [plain, given["F"].to_series().sample(frac=1, random_state=2).to_xarray().assign_attrs(unit="Mt")]
    known = mrio.accounts(given["table"], given["F"]).net_transfer
    for F in arrays:
        assert np.array_equal(mrio.accounts(given["table"], F).net_transfer, known)


GROUPS = {"A": "East", "B": "West"}


@pytest.mark.parametrize("nothing", [float("nan"), None, "", " ", np.nan, pd.NA])
def test_a_region_in_no_group_is_not_lost(nothing):
    with pytest.raises(MrioError, match=r"region 'B' has the group .*, which is no name; fill it in"):
        partition(["A", "B"], GROUPS | {"B": nothing}, "region")


@pytest.mark.parametrize("groups", [["East", "West"], pd.Series(GROUPS)])
def test_groups_are_a_mapping(groups):
    with pytest.raises(MrioError, match=r"the groups are a .*, expected a mapping of region to group: dict\(...\)"):
        partition(["A", "B"], groups, "region")


def test_groups_that_are_numbers_are_taken():
    assert partition(["A", "B"], {"A": 0, "B": 1}) == [0, 1]
