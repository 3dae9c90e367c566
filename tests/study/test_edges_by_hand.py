"""Where the numbers of a study end: one resolution and definition, prices without a value, lines that run on."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
import yaml
from tiny_study import tiny_inputs

from mrio.analysis.results_vector import Asked, Results
from mrio.strict import _not_yaml
from mrio.study import inputs
from mrio.study.grid_money_intervals import payment_intervals
from mrio.study.typed_values import prices_by_year
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
    monkeypatch.setattr(inputs, "plausibility_checks", lambda *given: [])
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
    found = inputs.read_inputs(files, 2017, config)
    line = found.report.checks.set_index("check").loc["exclusions that match nothing"]
    assert not line["passed"] and "Tibet" in line["message"] and "Hebei" not in line["message"]
    assert found.table.regions == ["Beijing", "Guangdong"]
