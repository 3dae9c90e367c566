"""Prices and incomes of another size than any known are computed with a warning, whatever the year."""

from __future__ import annotations

import warnings

import pytest
import xarray as xr

import mrio


def by_region(values: list[float], **attrs: str) -> xr.DataArray:
    return xr.DataArray(values, {"region": ["A", "B", "C"]}, ["region"], attrs=attrs)


NETS, ENGEL = by_region([5.0, -3.0, -2.0], unit="Mt"), by_region([0.25, 0.3, 0.35])
GDP = by_region([129e3, 60e3, 30e3])

#: What is another size -> (per-capita GDP, options, part of the warning).
ODD = {
    "GDP in 10^4 yuan, no unit": (GDP * 1e-4, {}, "per-capita GDP is 6 CNY in the middle of all regions, 0.000101"),
    "GDP in 10^4 called yuan": (by_region([12.9, 6.0, 3.0], unit="CNY"), {}, "check that both are whole units of one"),
    "GDP in thousands": (GDP * 1e-3, {}, "per-capita GDP is 60 CNY"),
    "GDP of the province for that per head": (GDP * 1e4, {}, "10,057 times the curve's G, 59,660"),
    "G in 10^4": (GDP, {"curve": {"G": 5.966}}, "10,057 times the curve's G, 5.97"),
    "dollars with a G of yuan": (by_region([190.0, 90.0, 45.0], unit="USD"), {}, "per-capita GDP is 90 USD"),
    "price of a million": (GDP, {"price": 1e6}, "carbon_price is 1,000,000 yuan/t, 10,000 times the study's 100"),
    "price in 10^4 yuan": (GDP, {"price": 0.01}, "carbon_price is 0.01 yuan/t"),
    "a slope of nothing": (GDP, {"curve": {"a": 100.0}}, "curve: 1 / (1 + a exp(-b t)) is 0.0117"),
    "price per kg": (GDP, {"price": 0.1}, "check that it is yuan per tonne"),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_another_size_is_said(name):
    gdp, options, said = ODD[name]
    with pytest.warns(UserWarning, match="check") as caught:
        mrio.compensation(NETS, gdp, ENGEL, **options)
    assert any(said in str(one.message) for one in caught), [str(one.message) for one in caught]


#: What is as it should be, or for which no size is known.
USUAL = {
    "yuan": (GDP, {}), "a low price": (GDP, {"price": 20}), "no price": (GDP, {"price": 0}),
    "a high price": (GDP, {"price": 1000}), "of 1997": (by_region([6e3, 4e3, 2.2e3]), {}),
    "a price of another currency": (by_region([5e7, 4e7, 9e7], unit="IDR"), {"price": 3e5, "curve": {"G": 6e7}}),
    "a curve without income": (GDP * 1e-4, {"curve": "pearl"}),
}  # fmt: skip


@pytest.mark.parametrize("name", USUAL)
def test_a_usual_size_is_not(name):
    gdp, options = USUAL[name]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        mrio.compensation(NETS, gdp, ENGEL, **options)


@pytest.mark.parametrize(("nets", "said"), [
    ([5.0, 3.0, 2.0], "net transfers of all regions have the same sign"),
    ([5e6, -3e6, -2e6], "143 times the CO2 of the world"),
])  # fmt: skip
def test_what_is_no_net_transfer_in_mt_is_said(nets, said):
    with pytest.warns(UserWarning) as caught:
        mrio.compensation(by_region(nets, unit="Mt"), GDP, ENGEL)
    assert any(said in str(one.message) for one in caught)


@pytest.mark.parametrize(("factor", "warned"), [(1, False), (10, True), (1000, True), (0.01, True)])
def test_emissions_of_another_size_beside_a_table_are_said(repo, factor, warned):
    table = mrio.read_table(repo / "data/raw/2017/mrio_six.csv", "matrix-csv")
    F = (table.output * 4e-7 * factor).assign_attrs(unit="Mt")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        mrio.accounts(table, F)
    assert sum("emissions over output are" in str(one.message) for one in caught) == warned
