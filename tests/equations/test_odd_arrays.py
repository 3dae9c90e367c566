"""Arrays as they are handed to the library by mistake: each ends in a sentence, or is said."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from types import SimpleNamespace

import pytest
import xarray as xr

import mrio
from mrio.errors import MrioError
from mrio.formats.inputs.emission_files import read_emissions
from mrio.formats.inputs.socioeconomic import read_socioeconomic

Given = SimpleNamespace


@pytest.fixture(scope="module")
def given(repo) -> Given:
    folder = repo / "data/raw/2017"
    table = mrio.read_table(folder / "mrio_42.nc", "netcdf")
    emissions = read_emissions(folder / "emissions_42.csv", table.regions, table.scheme, 2017)
    figures = read_socioeconomic(folder / "socioeconomic.csv", table.regions)
    F, F_Y = emissions["F"], emissions["F_Y"]
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # what is as it should be is not doubted
        made = mrio.accounts(table, F, F_Y, method="eebt")
        mrio.compensation(made["net_transfer"], figures["gdp_per_capita"], figures["engel"])
    return Given(table=table, F=F, F_Y=F_Y, gdp=figures["gdp"], income=figures["gdp_per_capita"],
                 engel=figures["engel"], net=made["net_transfer"])  # fmt: skip


def Mt(data: xr.DataArray) -> xr.DataArray:
    return data.assign_attrs(unit="Mt")


def notes(of: Given, F: xr.DataArray) -> list[str]:
    return mrio.validate(of.table, F).notes()


Call = Callable[[Given], object]
#: What was handed over -> (call, part of the warning).
DOUBTED: dict[str, tuple[Call, str]] = {
    "carbon dioxide twice over": (lambda g: mrio.accounts(g.table, Mt(g.F * 44 / 12)), "3.67 times the 240 of its inv"),
    "values in the order of another list": (lambda g: mrio.accounts(g.table, g.F.copy(data=g.F.values[::-1])),
        "Hainan: 739 Mt, 18.2 times the 40.7 of its inventory of 2017"),
    "households in kt": (lambda g: mrio.accounts(g.table, g.F, Mt(g.F_Y * 1000)), "Jiangsu households: 18,971 Mt"),
    "production for households": (lambda g: mrio.accounts(g.table, g.F, Mt(g.F.sum("sector"))), "Ningxia households"),
    "GDP for that per head": (lambda g: mrio.compensation(g.net, g.gdp.drop_attrs(), g.engel),
        "per-capita GDP of the largest province is 34.2 times the least, and 5 is usual: check that it is per head"),
}  # fmt: skip


@pytest.mark.parametrize("name", DOUBTED)
def test_what_may_be_is_said(given, name):
    call, said = DOUBTED[name]
    with pytest.warns(UserWarning) as caught:
        call(given)
    assert any(said in str(one.message) for one in caught), [str(one.message) for one in caught]


#: What was handed over -> (call, part of the sentence).
REFUSED: dict[str, tuple[Call, str]] = {
    "transfers without names": (
        lambda g: mrio.compensation(xr.DataArray(g.net.values, dims="region", attrs=g.net.attrs), g.income, g.engel),
        "net transfer has no names of its regions"),
    "a province twice": (lambda g: mrio.compensation(g.net, xr.concat([g.income, g.income[:1]], "region"), g.engel),
        "per-capita GDP of Beijing is given twice; keep one"),
    "emissions of stressors": (lambda g: mrio.validate(g.table, g.F.expand_dims(stressor=["CO2"])),
        "emissions F has dimensions ('stressor', 'region', 'sector'), expected ('region', 'sector')"),
    "GDP without labels": (lambda g: mrio.validate(g.table, g.F, g.gdp.to_series()), "gdp is a Series, expected"),
    "a tolerance below zero": (lambda g: mrio.validate(g.table, tolerance=-1), "tolerance is -1, expected a number ab"),
    "a tolerance as text": (lambda g: mrio.validate(g.table, tolerance="1e-6"), "tolerance is '1e-6', expected"),
    "no limit": (lambda g: mrio.validate(g.table, residual_limit=float("nan")), "residual_limit is nan, expected"),
    "emissions that are missing": (lambda g: mrio.validate(g.table, g.F.where(g.F > 0.01)).raise_for_errors(),
        "cells are no number of at least 0, the first nan at Beijing 02"),
    "emissions below zero": (lambda g: mrio.validate(g.table, -g.F).raise_for_errors(), "no number of at least 0"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_is_refused(given, name):
    call, said = REFUSED[name]
    with pytest.raises(MrioError) as caught:
        call(given)
    assert said in str(caught.value), str(caught.value)


def test_validation_doubts_what_accounts_doubt(given):
    assert notes(given, given.F) == notes(given, Mt(given.F * 1000).assign_attrs(unit="kt"))
    assert any("3.67 times the 240 of its inventory" in note for note in notes(given, Mt(given.F * 44 / 12)))
    assert any("791 times the 0.5 of the nation" in note for note in notes(given, Mt(given.F * 1000)))
