"""Where the numbers of a study end: one resolution and definition, prices without a value, lines that run on."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
import yaml
from tiny_study import tiny_inputs

from mrio.analysis.results_vector import Asked, Results
from mrio.errors import ConfigError
from mrio.strict import _not_yaml
from mrio.study.grid_intervals import share_intervals
from mrio.study.grid_money_intervals import payment_intervals
from mrio.study.inputs import read_inputs
from mrio.study.typed_values import CAPTIONS, EVERY, formats_of_known, prices_by_year
from mrio.study.year_folder import year_files

REGIONS = ["a", "b", "c"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ({"2017:60": None}, {"2017": 60}),
        ({"2017:60": ""}, {"2017": 60}),
        ({"2017:60": 5}, {"2017:60": 5}),  # a value and a colon: refused later, and not read as 60
        ({"2017": None}, {"2017": None}),
        ({2017: "60.5"}, {"2017": 60.5}),
    ],
)
def test_a_price_is_split_off_a_year_only_where_none_stands_beside_it(typed, read):
    assert prices_by_year(typed) == read


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("carbon_price 60\nyears: [2017]\n", 1),  # runs on into the line whose colon surprises
        ("carbon_price 60\nyears: [2017]\nprice: 2\n", 1),
        ("carbon_price 60\nyears: [2017]\nlimits:\n", 1),
        ("limits:\n  one: 1\n    two: 2\n", 3),
        ("one: x\n  two: 2\n", 2),
        ("a\nb\nc: 1\n", 2),
    ],
)
def test_a_line_without_its_colon_is_the_one_that_is_named(tmp_path, text, row):
    with pytest.raises(yaml.YAMLError) as caught:
        yaml.safe_load(text)
    assert f"row {row}" in str(_not_yaml(caught.value, tmp_path / "config.yaml", text))


def test_payments_of_one_resolution_and_definition_have_their_intervals():
    grid, size = (("resolution", ["42"]), ("definition", ["mrio"])), Results(Asked(["mrio"], ["42"]), 3).size
    flows = np.array([[0.0, 3, 4], [5, 0, 1], [6, 3, 0]])
    owed = np.array([[0.0, -2, -3], [2, 0, 0], [3, 0, 0]])  # a pays b two and c three, who receive them
    where = {**dict(grid), "region": REGIONS, "to_region": REGIONS}
    accounts = xr.Dataset({"flows": (list(where), flows[None, None])}, where)
    payments = xr.Dataset({"paid": (list(where), owed[None, None], {"unit": "100M CNY"})}, where)
    balanced = np.broadcast_to([-5.0, 2.0, 3.0], (4, 1, 1, 3))
    found = payment_intervals(payments, accounts, balanced, np.zeros((4, size)))
    for name in ("paid_p05", "paid_p95"):
        np.testing.assert_allclose(found[name].values[0, 0], owed, atol=1e-9)


def test_a_region_that_is_excluded_and_not_there_is_doubted(tmp_path, monkeypatch):
    monkeypatch.setattr("mrio.study.inputs.plausibility_checks", lambda *given: [])
    folder = tmp_path / "2017"
    tiny_inputs(folder)
    emissions = folder / "emissions_42.csv"
    lines = emissions.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    emissions.write_text("".join(line for line in lines if "Hebei" not in line), encoding="utf-8")
    config = {
        "exclude_regions": ["Hebei", "Tibet"],
        "limits": {"residual_output": 0.05},
        "balance": {"rounding": "residual", "limit": 1e-6},
        "policies": {"residual": "keep", "zero_output": "keep"},
    }
    files = year_files(folder) | {"socioeconomic": tmp_path / "none.csv"}
    found = read_inputs(files, 2017, config)
    line = found.report.checks.set_index("check").loc["exclusions that match nothing"]
    assert not line["passed"] and "Tibet" in line["message"] and "Hebei" not in line["message"]
    assert found.table.regions == ["Beijing", "Guangdong"]


def test_a_figure_that_there_is_may_be_written_otherwise_and_no_other():
    figure = next(iter(CAPTIONS))
    asked = {EVERY: ["png"], figure: ["pdf"]}
    assert formats_of_known(asked) == asked
    with pytest.raises(ConfigError, match="names 'figure of nothing', which is no figure"):
        formats_of_known({EVERY: ["png"], "figure of nothing": ["pdf"]})
    with pytest.raises(ConfigError, match="does not say what figures are written in"):
        formats_of_known({figure: ["pdf"]})


def test_shares_of_value_added_have_intervals_whatever_the_definition():
    grid, names = {"resolution": ["42"]}, ["eebt", "mrio"]
    accounts = xr.Dataset(coords={**grid, "definition": names, "region": REGIONS})
    of, each = ("resolution", "region"), ("resolution", "definition", "region")
    alike = {name: (("definition", *of), np.ones((2, 1, 3)), {"unit": "1"})
             for name in ("alpha_region", "outflow_value_added", "outflow")}  # fmt: skip
    shared = xr.Dataset(alike | {name: (each, np.ones((1, 2, 3)), {"unit": "1"}) for name in ("share", "shared")},
                        {**grid, "definition": names, "region": REGIONS})  # fmt: skip
    differences = np.zeros((4, Results(Asked(names, ["42"]), 3).size))
    found = share_intervals(accounts, shared, differences)
    assert found["alpha_region_p05"].dims == of and set(found["alpha_region_p05"].coords) == set(of)
    assert found["share_p95"].dims == each and (found["outflow_p50"] == 1).all()
