"""What is handed to the library in another kind, order, unit or year: taken by its labels, or refused in a sentence."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from corpus import whole
from strategies import random_emissions

import mrio
from mrio.errors import MrioError
from mrio.labels import distances

TABLE = whole()
F, F_Y = random_emissions(TABLE)
ACCOUNTS = mrio.accounts(TABLE, F, F_Y, method="eebt")
NET = ACCOUNTS["net_transfer"]
GDP = xr.DataArray([129e3, 45e3, 39e3], {"region": TABLE.regions}, ("region",), attrs={"unit": "CNY"})
ENGEL = xr.DataArray([0.2, 0.25, 0.45], {"region": TABLE.regions}, ("region",), attrs={"unit": "ratio"})
KM = xr.DataArray(
    distances(TABLE.regions), {"region": TABLE.regions, "to_region": TABLE.regions}, ("region", "to_region")
)


def accounts(table=TABLE, F=F, F_Y=F_Y, method="eebt"):
    return mrio.accounts(table, F, F_Y, method=method)


def shared(**options):
    return mrio.responsibility(TABLE, ACCOUNTS, **options)


def money(net=NET, gdp=GDP, engel=ENGEL, **options):
    return mrio.compensation(net, gdp, engel, **options)


def backwards(values: xr.DataArray) -> xr.DataArray:
    return values.isel(region=slice(None, None, -1))


REFUSED = {
    "F as frame": (lambda: accounts(F=F.to_pandas()), "emissions F are a DataFrame, expected a DataArray"),
    "F as numbers": (lambda: accounts(F=F.values), "emissions F are a ndarray, expected a DataArray"),
    "F as path": (lambda: accounts(F="emissions.csv"), "emissions F are a str"),
    "F as logical values": (lambda: accounts(F=F > 0), "emissions F are of type bool, expected real numbers"),
    "F as text": (lambda: accounts(F=F.astype(str)), "expected real numbers"),
    "F complex": (lambda: accounts(F=F.astype(complex)), "emissions F are of type complex128"),
    "F as objects": (lambda: accounts(F=F.astype(object)), "emissions F are of type object"),
    "F below zero": (lambda: accounts(F=-F - 1), "expected at least 0"),
    "F not a number": (lambda: accounts(F=F * np.nan), "emissions F are not a number at"),
    "F without a unit": (lambda: accounts(F=F.drop_attrs()), "emissions F carry no unit"),
    "F of another year": (lambda: accounts(F=F.assign_attrs(year=2012)), "F are of 2012, the table of 2017"),
    "F in other sectors": (lambda: accounts(F=F.assign_attrs(scheme="42")), "F are in the sectors of '42'"),
    "F without a region": (lambda: accounts(F=F.isel(region=slice(1))), "emissions F have no region"),
    "F by other names": (lambda: accounts(F=F.rename(region="province")), "F have dimensions"),
    "F_Y of another year": (
        lambda: accounts(F=F.assign_attrs(year=2017), F_Y=F_Y.assign_attrs(year=2012)), "F_Y is of 2012, F of 2017",
    ),
    "F_Y in another unit": (lambda: accounts(F_Y=F_Y.assign_attrs(unit="kt")), "emissions F_Y are in kt, F in Mt"),
    "F_Y as series": (lambda: accounts(F_Y=F_Y.to_series()), "emissions F_Y are a Series"),
    "F_Y as a number": (lambda: accounts(F_Y=5.0), "emissions F_Y are a float"),
    "table as path": (lambda: accounts(table="t.nc"), "the table is a str, expected a Table; mrio.read_table(path)"),
    "table as dataset": (lambda: accounts(table=TABLE.data), "the table is a Dataset, expected a Table"),
    "several methods": (lambda: accounts(method=["eebt", "mrio"]), "method ['eebt', 'mrio'] is unknown"),
    "imports of another word": (
        lambda: mrio.accounts(TABLE, F, imports="domestic"),
        "imports 'domestic' is unknown; known: excluded, province, national.",
    ),
    "alpha as text": (lambda: shared(alpha_exports="1"), "alpha_exports is '1', expected a number from 0 to 1."),
    "alpha as a truth": (lambda: shared(alpha_exports=True), "alpha_exports is True, expected a number from 0 to 1."),
    "a word for no": (lambda: shared(weight_exports="no"), "weight_exports is 'no', expected True or False."),
    "GDP of another year": (
        lambda: money(gdp=GDP.assign_attrs(year=2012)), "net transfer is of 2017, per-capita GDP of 2012; take all",
    ),
    "Engel of another year": (
        lambda: money(gdp=GDP.assign_attrs(year=2017), engel=ENGEL.assign_attrs(year="2012")),
        "net transfer is of 2017, Engel coefficient of 2012; take all of one year.",
    ),
    "emissions of a year in words": (
        lambda: accounts(F=F.assign_attrs(year="2017年")), "the year of F is stated as '2017年', expected a whole",
    ),
    "Engel of a year in words": (
        lambda: money(engel=ENGEL.assign_attrs(year="last")), "the year of Engel coefficient is stated as 'last'",
    ),
    "F_Y of a year and a half": (lambda: accounts(F_Y=F_Y.assign_attrs(year=2017.5)), "the year of F_Y is stated"),
    "gaps of a percentage": (lambda: mrio.balanced(TABLE, limit=5), "limit is 5, expected a share of output, from 0"),
    "gaps as text": (lambda: mrio.balanced(TABLE, limit="1e-6"), "limit is '1e-6', expected a share of output"),
    "gaps of no number": (lambda: mrio.balanced(TABLE, limit=float("nan")), "limit is nan, expected a share"),
    "gaps of a path": (lambda: mrio.balanced("t.nc"), "the table is a str, expected a Table"),
    "accounts collapsed": (lambda: mrio.collapse(ACCOUNTS), "the table is a Dataset, expected a Table"),
    "an estimate of a table": (
        lambda: mrio.estimate_table(TABLE), "the tables are a Table, expected ProvincialTables; mrio.read_provincial",
    ),
    "a system of words": (lambda: mrio.Leontief([["a"]], [1]), "Z holds what is no number (could not convert string"),
    "output in words": (lambda: mrio.Leontief([[0]], ["much"]), "the output holds what is no number"),
    "demand in words": (lambda: mrio.Leontief([[0]], [1]).solve(["much"]), "the right-hand side holds what is no"),
    "method in capitals": (lambda: accounts(method="EEBT"), "method 'EEBT' is unknown (did you mean 'eebt'?)"),
    "accounts of no table": (lambda: mrio.responsibility(TABLE, TABLE), "the accounts are a Table, expected what"),
    "arguments exchanged": (lambda: mrio.responsibility(ACCOUNTS, TABLE), "the table is a Dataset, expected a Table"),
    "accounts of other regions": (
        lambda: mrio.responsibility(TABLE.drop_regions(["Tibet"]), ACCOUNTS), "region 'Tibet' is in one of the two",
    ),
    "accounts of another year": (
        lambda: mrio.responsibility(TABLE, ACCOUNTS.assign_attrs(year=2012)), "accounts are of 2012, the table of 2017",
    ),
    "GDP as series": (lambda: money(gdp=GDP.to_series()), "per-capita GDP is a Series, expected a DataArray (region)"),
    "GDP as numbers": (lambda: money(gdp=GDP.values), "per-capita GDP is a ndarray"),
    "GDP as one number": (lambda: money(gdp=59660.0), "per-capita GDP is a float"),
    "GDP as text": (lambda: money(gdp=GDP.astype(str)), "along ('region',), expected a DataArray (region) of numbers"),
    "GDP in 10^4 yuan": (lambda: money(gdp=GDP.assign_attrs(unit="10k CNY")), "has unit '10k CNY', expected whole"),
    "GDP of nothing": (lambda: money(gdp=GDP * 0), "per-capita GDP of Beijing is 0.0, expected yuan per head"),
    "Engel in per cent": (lambda: money(engel=ENGEL * 100), "Engel coefficient of Beijing is 20.0, expected a share"),
    "net transfer as series": (lambda: money(net=NET.to_series()), "net transfer is a Series"),
    "net transfer in kt": (lambda: money(net=NET.assign_attrs(unit="kt")), "net transfer has unit 'kt'"),
    "price as text": (lambda: money(price="100"), "price is '100', expected a number"),
    "price not a number": (lambda: money(price=float("nan")), "price is nan"),
    "price by year": (lambda: money(price={2017: 100}), "price is {2017: 100}"),
    "curve of nothing": (lambda: money(curve=None), "curve is None, expected the name of a preset"),
    "curve as number": (lambda: money(curve=5), "curve is 5, expected the name of a preset"),
    "curve misspelt": (lambda: money(curve="liao"), "curve 'liao' is unknown (did you mean"),
    "a region as text": (lambda: TABLE.drop_regions("Tibet"), "the regions to drop are 'Tibet', expected a list"),
    "no list of regions": (lambda: TABLE.drop_regions(None), "the regions to drop are None"),
    "every region": (lambda: TABLE.drop_regions(TABLE.regions), "all regions of the table would be dropped"),
    "a table without a path": (lambda: mrio.read_table(None), "the path of a table is None, expected text or a path"),
    "a table without a layout": (lambda: mrio.read_table("t.nc", layout=None), "the layout of a table is None"),
    "validation of a path": (lambda: mrio.validate("t.nc"), "the table is a str, expected a Table"),
    "validation with a frame": (lambda: mrio.validate(TABLE, F.to_pandas()), "emissions F are a DataFrame"),
    "a system of a path": (lambda: mrio.Leontief("t.nc"), "a system of a str needs the output beside it"),
    "distances as numbers": (lambda: mrio.estimate_table(mrio.collapse(TABLE), KM.values), "distances are a ndarray"),
    "distances as frame": (lambda: mrio.estimate_table(mrio.collapse(TABLE), KM.to_pandas()), "are a DataFrame"),
    "distances without names": (
        lambda: mrio.estimate_table(mrio.collapse(TABLE), KM.drop_vars(["region", "to_region"])), "carry no names",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_taken_is_refused_in_a_sentence(name):
    call, said = REFUSED[name]
    with pytest.raises(MrioError) as caught:
        call()
    assert said in str(caught.value) and str(caught.value).endswith("."), str(caught.value)


TAKEN = {
    "F transposed": lambda: accounts(F=F.T)["net_transfer"],
    "F in another order": lambda: accounts(F=backwards(F))["net_transfer"],
    "F_Y in another order": lambda: accounts(F_Y=backwards(F_Y))["net_transfer"],
    "a method beside others": lambda: accounts(method="eebt")["net_transfer"],
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_has_labels_is_taken_by_them(name):
    xr.testing.assert_allclose(TAKEN[name]().drop_attrs(), NET.drop_attrs(), rtol=1e-12)


def test_accounts_in_another_order_are_shared_all_the_same():
    turned = ACCOUNTS.isel(region=slice(None, None, -1), to_region=slice(None, None, -1))
    shared, again = mrio.responsibility(TABLE, ACCOUNTS), mrio.responsibility(TABLE, turned)
    xr.testing.assert_allclose(shared, again, rtol=1e-12)
    xr.testing.assert_allclose(money(gdp=backwards(GDP), engel=backwards(ENGEL))["amount"], money()["amount"])


@pytest.mark.parametrize("year", [None, "last", 20.17, ""])
def test_a_table_is_of_a_whole_year(year):
    with pytest.raises(MrioError, match="expected a whole number such as 2017"):
        mrio.Table.from_arrays([[1.0]], [[1.0]], regions=["A"], sectors=["all"], categories=["use"], year=year)
    made = mrio.Table.from_arrays([[1.0]], [[1.0]], regions=["A"], sectors=["all"], categories=["use"], year="2017")
    assert made.year == 2017


def test_a_table_is_added_up_to_its_own_scheme_as_it_is():
    assert TABLE.aggregate(sectors="six").scheme == "six"
    np.testing.assert_array_equal(TABLE.aggregate(sectors="six").Z.values, TABLE.Z.values)
