"""What reads a year, results and configurations: small functions, one fact each."""

from __future__ import annotations

import ast

import numpy as np
import pytest
import xarray as xr

from mrio import labels, places
from mrio.errors import InputError
from mrio.places import PACKAGE
from mrio.saving import beginning_of_names
from mrio.strict import _not_yaml
from mrio.study.grid_money_intervals import fund_of
from mrio.study.grid_stressors import results_by_stem
from mrio.study.modules import _base
from mrio.study.observed import observe


def test_a_year_is_observed_with_the_population_its_file_has(repo, tmp_path):
    raw = repo / "data/raw/2017"
    table, emissions = raw / "mrio_42.nc", raw / "emissions_42.csv"
    whole = observe(table, emissions, raw / "socioeconomic.csv")
    assert whole.population["region"].values.tolist() == whole.table.regions and float(whole.population.min()) > 100
    assert observe(table, emissions).population is None
    assert observe(table, emissions, tmp_path / "none.csv").population is None
    lines = emissions.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    (tmp_path / "e.csv").write_text("".join(line for line in lines if "Beijing" not in line), encoding="utf-8")
    less = observe(table, tmp_path / "e.csv", exclude=["Beijing", "nowhere"])
    assert less.table.regions == whole.table.regions[1:] and less.F["region"].values.tolist() == less.table.regions


def test_results_of_other_stressors_stand_beside_those_of_the_same_stem(tmp_path):
    (tmp_path / "others").mkdir()
    own = xr.Dataset({"flow": ("region", [1.0, 2.0])}, {"region": ["a", "b"]}, {"unit": "Mt"})
    more = xr.Dataset({"flow": (("stressor", "region"), [[3.0, 4.0]])},
                      {"stressor": ["CH4"], "region": ["a", "b"], "unit": ("stressor", ["kt"])})  # fmt: skip
    for name in ("mrio", "eebt"):
        own.to_netcdf(tmp_path / f"{name}.nc", engine="h5netcdf")
    more.to_netcdf(tmp_path / "others/mrio.nc", engine="h5netcdf")
    found = results_by_stem([tmp_path / "mrio.nc", tmp_path / "eebt.nc"], [tmp_path / "others/mrio.nc"], ["CO2", "CH4"])
    assert found["eebt"].identical(own)
    assert found["mrio"]["stressor"].values.tolist() == ["CO2", "CH4"]
    assert found["mrio"]["unit"].values.tolist() == ["Mt", "kt"]
    assert found["mrio"]["flow"].values.tolist() == [[1, 2], [3, 4]]


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("from mrio.table import gate", ["table"]),
        ("from numpy import array", None),
        ("from . import beside", ["table", "validation"]),
        ("from .values import signs", ["table", "validation", "values"]),
        ("from ..sums import plain", ["table", "sums"]),
        ("from ... import labels", []),
    ],
)
def test_an_import_starts_from_the_package_or_so_many_folders_up(line, place):
    path = PACKAGE / "table" / "validation" / "gate.py"
    assert _base(ast.parse(line).body[0], path) == place


def test_sectors_are_named_in_either_language():
    known = labels.sectors("42").iloc[0]
    assert labels.sector_name(known["code"], "42") == known["name"]
    assert labels.sector_name(known["code"], "42", "zh") == known["name_zh"] != known["name"]


def test_distances_are_those_on_a_sphere():
    names = ["Beijing", "Shanghai", "Xinjiang", "Hainan"]
    found = labels.distances(names)
    at = labels.provinces().loc[names, ["latitude", "longitude"]].to_numpy(float) * np.pi / 180
    points = np.stack([np.cos(at[:, 0]) * np.cos(at[:, 1]), np.cos(at[:, 0]) * np.sin(at[:, 1]), np.sin(at[:, 0])], 1)
    angles = np.arccos(np.clip(points @ points.T, -1, 1))  # between the points as vectors
    np.testing.assert_allclose(found, 6371 * angles, atol=0.01)
    assert list(found.index) == list(found.columns) == names


def test_names_do_not_begin_with_a_folder_or_a_device(tmp_path):
    with pytest.raises(InputError, match="found a folder, expected the beginning of file names"):
        beginning_of_names(tmp_path)
    with pytest.raises(InputError, match="found a device"):
        beginning_of_names("/dev/null")
    (tmp_path / "there").touch()
    assert beginning_of_names(tmp_path / "there") == tmp_path / "there"
    assert beginning_of_names(tmp_path / "new") == tmp_path / "new"


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("a: 1\nb\n# why\nc: 2\n", 2),  # the line without a colon runs on into the next
        ("a: 1\n\nb c\n\nd: 2\n", 3),
        ("a: b: c\n", 1),
        ("a: 1\nb: c: d\n", 2),
        ("a:\nb: c: d\n", 2),
        ("a:\n  b: 1\n c: d: 2\n", 3),
    ],
)
def test_a_colon_that_comes_as_a_surprise_is_the_fault_of_the_line_without_one(tmp_path, text, row):
    import yaml

    with pytest.raises(yaml.YAMLError) as caught:
        yaml.safe_load(text)
    assert _not_yaml(caught.value, tmp_path / "c.yaml", text).place.row == row


@pytest.mark.parametrize("several", [1, 2])
def test_a_fund_hangs_on_incomes_and_a_curve_of_however_many_definitions(several):
    dims = {"resolution": [f"n{k}" for k in range(several)], "definition": [f"d{k}" for k in range(several)]}
    money = xr.Dataset(
        {"gdp_per_capita": ("region", [5e4, 6e4]), "engel": ("region", [0.3, 0.2]),
         "amount": (("resolution", "definition", "region"), np.zeros((several, several, 2)))},
        {**dims, "region": ["a", "b"]}, {"a": 1.0, "b": 0.574, "G": 59660.0, "pearl": 1, "price": 100.0},
    )  # fmt: skip
    fund = fund_of(money)
    assert fund.gdp_per_capita.tolist() == [5e4, 6e4] and fund.engel.tolist() == [0.3, 0.2]
    assert (fund.curve.b, fund.curve.G, fund.price) == (0.574, 59660.0, 100.0)


def test_what_ships_lies_beside_the_sources_or_else_in_the_package(tmp_path, monkeypatch):
    monkeypatch.setattr(places, "ROOT", tmp_path)
    assert places.shipped("data/x.csv", "labels_data/x.csv") == PACKAGE / "labels_data" / "x.csv"
    (tmp_path / "x.csv").write_text("", encoding="utf-8")
    assert places.shipped("x.csv", "labels_data/x.csv") == tmp_path / "x.csv"
