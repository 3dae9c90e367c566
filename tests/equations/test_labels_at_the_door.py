"""Arrays with labels of their own are taken by label or refused; plain text, frames and other years are refused."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from strategies import random_emissions, random_table

import mrio
from mrio.errors import MrioError

TABLE = random_table(seed=1, regions=3, sectors=4)
F, F_Y = random_emissions(TABLE)
NETS = xr.DataArray([5.0, -5.0], {"region": ["A", "B"]}, ("region",), attrs={"unit": "Mt"})
GDP, ENGEL = (xr.DataArray(values, {"region": ["A", "B"]}, ("region",)) for values in ([9e4, 4e4], [0.25, 0.3]))


def negative(F):
    return F.where(F != F.max(), -1.0)


def other(F, **attrs):
    return F.assign_attrs(F.attrs | attrs)


#: What is handed in -> (call, what the sentence says).
REFUSED = {
    "F as frame": (lambda: mrio.accounts(TABLE, F.to_pandas()), "F are a DataFrame, expected a DataArray; make one"),
    "F as plain array": (lambda: mrio.accounts(TABLE, F.values), "F are a ndarray, expected a DataArray"),
    "F as text": (lambda: mrio.accounts(TABLE, "emissions.csv"), "F are a str, expected a DataArray"),
    "F as Dataset": (lambda: mrio.accounts(TABLE, F.to_dataset(name="F")), "F are a Dataset, expected a DataArray"),
    "F below zero": (lambda: mrio.accounts(TABLE, negative(F)), "expected at least 0"),
    "F of another year": (lambda: mrio.accounts(TABLE, other(F, year=2012)), "F are of 2012, the table of 2017"),
    "F in other sectors of as many codes": (
        lambda: mrio.accounts(mrio.Table(TABLE.data.assign_attrs(scheme="42-2012")), other(F, scheme="42")),
        "F are in the sectors of '42', the table in those of '42-2012'",
    ),
    "F without a unit": (lambda: mrio.accounts(TABLE, F.drop_attrs()), "F carry no unit"),
    "F of other sectors": (
        lambda: mrio.accounts(TABLE, F.assign_coords(sector=list("abcd"))), "F have no sector 's0', which the table",
    ),
    "F without a province": (lambda: mrio.accounts(TABLE, F.isel(region=[0, 1])), "F have no region 'r2'"),
    "F with a gap": (lambda: mrio.accounts(TABLE, F.where(F != F.max())), "F are not a number at"),
    "F by fuel": (lambda: mrio.accounts(TABLE, F.expand_dims(fuel=["coal"])), "dimensions ('fuel', "),
    "F_Y as series": (lambda: mrio.accounts(TABLE, F, F_Y.to_pandas()), "F_Y are a Series, expected a DataArray"),
    "F_Y as list": (lambda: mrio.accounts(TABLE, F, [1.0, 2.0, 3.0]), "F_Y are a list, expected a DataArray"),
    "F_Y in kt": (lambda: mrio.accounts(TABLE, F, other(F_Y, unit="kt")), "F_Y are in kt, F in Mt; convert one"),
    "F_Y below zero": (lambda: mrio.accounts(TABLE, F, -F_Y), "F_Y are"),
    "F_Y of another province": (
        lambda: mrio.accounts(TABLE, F, F_Y.assign_coords(region=["r0", "r1", "r9"])), "F_Y have no region 'r2'",
    ),
    "price as text": (lambda: mrio.compensation(NETS, GDP, ENGEL, price="100"), "price is '100', expected a number"),
    "price nan": (lambda: mrio.compensation(NETS, GDP, ENGEL, price=np.nan), "price is nan, expected a number"),
    "price infinite": (lambda: mrio.compensation(NETS, GDP, ENGEL, price=np.inf), "price is inf, expected a number"),
    "price below zero": (lambda: mrio.compensation(NETS, GDP, ENGEL, price=-1), "price is -1, expected a number"),
    "price a truth": (lambda: mrio.compensation(NETS, GDP, ENGEL, price=True), "price is True, expected a number"),
    "nets as series": (lambda: mrio.compensation(NETS.to_pandas(), GDP, ENGEL), "net transfer is a Series, expected"),
    "nets in kt": (lambda: mrio.compensation(other(NETS, unit="kt"), GDP, ENGEL), "net transfer has unit 'kt'"),
    "Engel in %": (lambda: mrio.compensation(NETS, GDP, ENGEL * 100), "Engel coefficient of A"),
    "GDP of another province": (
        lambda: mrio.compensation(NETS, GDP.assign_coords(region=["A", "C"]), ENGEL), "per-capita GDP of B is missing",
    ),
    "scope unknown": (lambda: mrio.accounts(TABLE, F, scope="everything"), "scope 'everything' is unknown"),
    "method unknown": (lambda: mrio.accounts(TABLE, F, method="MRIO"), "method 'MRIO' is unknown (did you mean 'mrio'"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_taken_by_label_is_refused_in_one_sentence(name):
    call, said = REFUSED[name]
    with pytest.raises(MrioError) as caught:
        call()
    assert said in str(caught.value) and str(caught.value).endswith(".")


def test_labels_decide_not_positions():
    expected = mrio.accounts(TABLE, F, F_Y)
    order = {"region": ["r2", "r0", "r1"], "sector": ["s3", "s1", "s0", "s2"]}
    for given in (F.T, F.sel(order), F.sel(order).T):
        xr.testing.assert_equal(mrio.accounts(TABLE, given, F_Y.sel(region=order["region"])), expected)
    swapped = mrio.compensation(NETS, GDP.sel(region=["B", "A"]), ENGEL.sel(region=["B", "A"]))
    xr.testing.assert_equal(swapped, mrio.compensation(NETS, GDP, ENGEL))


REGIONS, SECTORS = ["North", "South"], ["a", "b"]
LABELS = {"regions": REGIONS, "sectors": SECTORS, "categories": ["final"], "year": 2017}
Z, Y = np.arange(16.0).reshape(4, 4), np.arange(8.0).reshape(4, 2)
Z4 = xr.DataArray(
    Z.reshape(2, 2, 2, 2),
    {"region": REGIONS, "sector": SECTORS, "to_region": REGIONS, "to_sector": SECTORS},
    ("region", "sector", "to_region", "to_sector"),
)
NAMES = ["North a", "North b", "South a", "South b"]
#: What from_arrays is handed as Z -> what the sentence says.
NOT_TAKEN = {
    "a labelled frame": (pd.DataFrame(Z, NAMES, NAMES), "Z is a DataFrame labelled ['North a', 'North b'"),
    "a frame by columns": (pd.DataFrame(Z, columns=NAMES), "Z is a DataFrame labelled ['North a'"),
    "a frame of two levels": (
        pd.DataFrame(Z, pd.MultiIndex.from_product([REGIONS, SECTORS])), "which cannot be held against the table",
    ),
    "an array of other labels": (Z4.assign_coords(to_sector=["a", "c"]), "Z has other labels of to_sector than"),
    "text": ([["1", "x", "3", "4"]] * 4, "Z holds something that is no number"),
    "ragged rows": ([[1.0, 2.0], [3.0]], "Z holds something that is no number"),
    "a matrix too small": (np.ones((2, 2)), "Z has shape (2, 2)"),
}  # fmt: skip


@pytest.mark.parametrize("name", NOT_TAKEN)
def test_a_table_is_not_made_of_labels_it_cannot_check(name):
    given, said = NOT_TAKEN[name]
    with pytest.raises(MrioError) as caught:
        mrio.Table.from_arrays(given, Y, **LABELS)
    assert said in str(caught.value)


def test_a_table_is_made_by_label_where_the_array_has_them():
    expected = mrio.Table.from_arrays(Z, Y, **LABELS)
    shuffled = Z4.sel(to_region=REGIONS[::-1], sector=SECTORS[::-1]).transpose(
        "to_sector", "region", "to_region", "sector"
    )
    for given in (Z4, shuffled, pd.DataFrame(Z)):
        xr.testing.assert_equal(mrio.Table.from_arrays(given, Y, **LABELS).Z, expected.Z)


def test_results_are_no_view_of_what_was_handed_in():
    made = mrio.accounts(TABLE, F, F_Y)
    assert not any(np.shares_memory(made[name].values, given.values) for name in made for given in (F, F_Y))
