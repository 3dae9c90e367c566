"""Sensitivity by hand: which alternatives are made, what they say, and who changes sign or rank."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import xarray as xr
from strategies import random_emissions, random_table

from mrio.analysis.choices import compare_choice
from mrio.equations.flows import accounts
from mrio.equations.payment import CURVES
from mrio.labels import sectors
from mrio.study.grid import add_up
from mrio.study.grid_choices import PRICES, study_sensitivity
from mrio.study.grid_payment import Terms, compensation_grid
from mrio.study.grid_variants import _as_demand, variant_nets
from mrio.table.interregional import Table
from mrio.words.figure_words import FIGURES

REGIONS = ["Beijing", "Hebei", "Shanxi"]
GRID = {"resolution": ["six", "42"], "definition": ["eebt", "mrio", "gross"]}


def by_region(values, name="net_transfer"):
    return xr.DataArray(np.array(values, float), {"region": REGIONS}, ("region",), name, {"unit": "Mt"})


def grid(values):
    """Return a variable (resolution, definition, region): the values, one more with every definition and resolution."""
    data = np.array(values, float) + np.arange(2)[:, None, None] * 10 + np.arange(3)[None, :, None]
    return (("resolution", "definition", "region"), data, {"unit": "Mt"})


@pytest.fixture
def made():
    outflow, inflow = [10.0, 60.0, 50.0], [50.0, 40.0, 30.0]
    data = {"outflow": grid(outflow), "inflow": grid(inflow), "exports": grid([5.0, 6.0, 7.0])}
    data |= {"production": grid([100.0, 200.0, 300.0]), "net_transfer": grid([40.0, -20.0, -20.0])}
    return xr.Dataset(data, {**GRID, "region": REGIONS}, {"unit": "Mt"})


@pytest.fixture
def shared(made):
    chosen = made["production"].sel(definition=["eebt", "mrio"])
    return xr.Dataset({"shared": chosen + by_region([5.0, -3.0, -2.0])})


@pytest.fixture
def figures():
    return xr.Dataset({
        "gdp_per_capita": by_region([120000.0, 45000.0, 42000.0]).assign_attrs(unit="CNY"),
        "engel": by_region([0.20, 0.25, 0.24]).assign_attrs(unit="ratio"),
        "engel_urban": by_region([0.19, 0.26, 0.25]).assign_attrs(unit="ratio"),
    })  # fmt: skip


STUDY = {"definition": "eebt", "resolution": "six", "scope": "interprovincial"}
TERMS = Terms(100.0, {"preset": "liao2022", "engel": "all"})


def test_rank_one_is_the_largest_and_equal_values_share_a_rank():
    rows = compare_choice("scope", "other", by_region([40, -20, -20]), by_region([-1, 5, 0])).set_index("province")
    assert rows["rank_value"].tolist() == [1, 2, 2]
    assert rows["rank_alternative_value"].tolist() == [3, 1, 2]
    assert rows["rank_change"].tolist() == [-2, 1, 0]
    assert rows["changes_sign"].tolist() == [True, True, False]  # zero has no sign to change
    assert rows.loc["Hebei", ["quantity", "unit", "province_zh"]].tolist() == ["net_transfer", "Mt", "河北"]


def test_every_alternative_is_held_against_the_studys_own_choice(made, shared):
    rows = study_sensitivity(made, shared, None, TERMS)
    asked = list(dict.fromkeys(zip(rows["choice"], rows["alternative"], strict=True)))
    assert asked == [
        ("definition", "mrio"), ("definition", "gross"), ("resolution", "42"),
        ("scope", "with-exports"), ("base", "shared"),
    ]  # fmt: skip
    values = rows.set_index(["choice", "alternative", "province"])["alternative_value"]
    assert values["definition", "gross", "Beijing"] == 42
    assert values["resolution", "42", "Hebei"] == -10
    assert values["scope", "with-exports", "Shanxi"] == -20 - 7
    assert values["base", "shared", "Hebei"] == -3
    assert (rows["value"].to_numpy().reshape(-1, 3) == [40, -20, -20]).all()


def test_the_scope_of_the_study_is_no_alternative_and_other_accounts_come_as_variants(made, shared):
    rows = study_sensitivity(made, shared, None, TERMS, "with-exports")
    assert set(rows.loc[rows["choice"] == "scope", "alternative"]) == {"interprovincial"}
    made_too = study_sensitivity(made.assign(imports=made["exports"] * 2), shared, None, TERMS)
    known = made_too.set_index(["alternative", "province"])["alternative_value"]
    assert known["exports-less-imports", "Hebei"] == -20 - 6 + 12
    literal = ("scope", "exports-less-imports", by_region([-20 - 6 + 12, 0, 0]))
    both = study_sensitivity(made, shared, None, TERMS, variants=[literal])
    values = both.set_index(["alternative", "province"])["alternative_value"]
    assert values["exports-less-imports", "Beijing"] == -20 - 6 + 12


def test_prices_that_are_tried_are_those_the_figure_names():
    english, chinese = FIGURES.both("choice_price")
    said = f"{min(PRICES):g} to {max(PRICES):g}", f"{min(PRICES):g}至{max(PRICES):g}"
    assert said[0] in english and said[1] in chinese
    assert all(price % 50 == 0 for price in PRICES) and sorted(set(PRICES)) == list(PRICES)


def test_a_definition_that_cannot_be_shared_has_no_alternative_base(made, shared):
    gross = made.sel(definition=["gross", "eebt"])
    rows = study_sensitivity(gross, shared, None, TERMS)
    assert "base" not in set(rows["choice"]) and rows["value"].iloc[0] == 42


@pytest.mark.parametrize("base, net", [("net_transfer", [40, -20, -20]), ("shared", [5, -3, -2])])
def test_amounts_follow_the_base_the_other_curves_and_urban_households(made, shared, figures, base, net):
    rows = study_sensitivity(made, shared, figures, replace(TERMS, base=base))
    amounts = rows[rows["quantity"] == "amount"]
    asked = list(dict.fromkeys(zip(amounts["choice"], amounts["alternative"], strict=True)))
    assert rows.index.tolist() == list(range(len(rows)))
    assert {"definition", "resolution", "scope"} <= {choice for choice, _ in asked} or base == "shared"
    assert ("base" in {choice for choice, _ in asked}) and len(asked) == len(set(asked))
    terms = [pair for pair in asked if pair[0] in ("curve", "engel")]
    assert terms == [("curve", name) for name in CURVES if name != "liao2022-b"] + [("engel", "urban")]
    assert {float(at) for choice, at in asked if choice == "price"} == set(PRICES) - {TERMS.price}
    nets = by_region(net).expand_dims(resolution=["six"], definition=["eebt"]).assign_attrs(unit="Mt")
    for choice, alternative, curve in (
        ("curve", "pearl", {"preset": "pearl", "engel": "all"}),
        ("engel", "urban", {"preset": "liao2022", "engel": "urban"}),
    ):
        own = compensation_grid(nets, figures, price=100.0, curve=curve)["amount"].values.ravel()
        at = amounts[(amounts["choice"] == choice) & (amounts["alternative"] == alternative)]
        np.testing.assert_allclose(at["alternative_value"], own)
        expected = compensation_grid(nets, figures, price=100.0, curve=TERMS.curve)["amount"].values.ravel()
        np.testing.assert_allclose(at["value"], expected)
    without = study_sensitivity(made, shared, figures.drop_vars("engel_urban"), replace(TERMS, base=base))
    assert "engel" not in set(without["choice"])


def test_variants_are_held_beside_the_study_and_keep_what_is_conserved():
    """Sectors, scope, residual, exports and inventory counted otherwise: nets between provinces still sum to zero."""
    table = random_table(4, 3, 42, region_labels=REGIONS, scheme="42", sector_labels=sectors("42")["code"].tolist())
    imported = table.imports.values.sum(1) + table.imports_final.values.sum(1)
    by_product = np.outer(np.full(42, 1 / 42), imported)
    told = Table(table.data.assign(imports_by_product=(("sector", "to_region"), by_product, {"unit": table.unit})))
    F, _ = random_emissions(table)
    made = {(choice, name): net for choice, name, net in variant_nets(told, F, **STUDY)}
    assert "scope" not in {choice for choice, _, _ in variant_nets(table, F, **STUDY)}  # its imports are not told
    assert set(choice for choice, _ in made) == {"resolution", "scope", "residual", "exports", "inventory"}
    for (choice, name), net in made.items():
        assert net.attrs["unit"] == "Mt", (choice, name)
        if choice != "scope":
            assert abs(float(net.sum())) < 1e-9 * float(F.sum()), (choice, name)
    six = add_up(F.to_dataset(name="F"), "42", "six")["F"].assign_attrs(F.attrs)
    own = accounts(table.aggregate(sectors="six"), six, method="eebt")["net_transfer"]
    assert float(abs(made["inventory", "left out of demand"] - own).max()) < 1e-9  # drawn on the own province
    assert float(abs(made["resolution", "30"] - own).max()) > 0


@pytest.mark.parametrize("categories", [["use"], ["households", "gfcf"]])
def test_exports_as_demand_are_the_exporting_provinces_own_and_output_stays(categories):
    table = random_table(1, 2, 2, categories=categories)
    moved = _as_demand(table, "exports")
    before, after = table.Y.sum("category").values, moved.Y.sum("category").values
    for r in range(2):
        np.testing.assert_allclose(after[r, :, r] - before[r, :, r], table.exports.values[r])
        np.testing.assert_array_equal(after[r, :, 1 - r], before[r, :, 1 - r])
    assert not moved.exports.values.any() and moved.output.equals(table.output)
