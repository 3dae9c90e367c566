"""The study's grid and what its tables say: definitions side by side, each labelled as what it is."""

import numpy as np
import pytest
from strategies import CATEGORIES, random_emissions, random_table

from mrio.analysis.results_vector import Asked, Results
from mrio.equations.flows import accounts
from mrio.labels import concordance, province_name, sectors
from mrio.outputs.columns import column, named
from mrio.outputs.printed_pages import ON_PAPER, pages
from mrio.outputs.tables import responsibility_table, transfers_table
from mrio.study.grid_intervals import account_intervals, share_intervals
from mrio.study.grid_model import Choices, model_grid
from mrio.study.grid_payment import transfer_base
from mrio.study.grid_walks import walks
from mrio.table.interregional import Table
from mrio.words.page_words import MEANINGS
from mrio.words.variant_words import METHODS as SAID

METHODS = ("eebt", "mrio", "gross")
GRID = (METHODS, ("six", "42"))
PROVINCES = ["Beijing", "Hebei", "Inner Mongolia"]


@pytest.fixture(scope="module")
def study():
    """Return a small study: three provinces, the official 42 sectors, imports by product."""
    table = random_table(seed=6, regions=3, sectors=42, region_labels=PROVINCES, scheme="42",
                         sector_labels=sectors("42")["code"].tolist(), categories=CATEGORIES)  # fmt: skip
    imported = table.imports.values.sum(1) + table.imports_final.values.sum(1)
    by_product = np.outer(np.linspace(1, 2, 42) / np.linspace(1, 2, 42).sum(), imported)
    table = Table(table.data.assign(imports_by_product=(("sector", "to_region"), by_product, {"unit": table.unit})))
    return table, *random_emissions(table)


@pytest.fixture(scope="module")
def model(study):
    return model_grid(*study, Choices(*GRID))


@pytest.fixture(scope="module")
def made(model):
    return model.accounts


def test_totals_add_up_at_both_resolutions_and_under_every_definition(study, made):
    F = study[1]
    outside = made["exports"] + made["excluded"] + made["residual"] + made["zero_output"]
    np.testing.assert_allclose((made["consumption"] + outside).sum("region"), float(F.sum()), rtol=1e-12)
    np.testing.assert_allclose(made["D_pba"].sum(("region", "sector")), float(F.sum()), rtol=1e-12)
    np.testing.assert_allclose(made["flows_by_product"].sum("sector"), made["flows"], rtol=1e-9, atol=1e-12)
    # six sectors and 42 added up are two computations, not one
    at = made["flows"].sel(definition="eebt")
    assert float(abs(at.sel(resolution="six") - at.sel(resolution="42")).max()) > 1e-3
    walk = walks(made)
    np.testing.assert_allclose(walk["mrio"], made["net_transfer"].sel(definition="mrio"), atol=1e-9)


def test_what_holds_of_one_definition_is_not_said_of_all(model):
    shared = model.shared
    assert shared["definition"].values.tolist() == ["eebt", "mrio"]  # gross cannot be shared
    assert "alpha_by" not in shared.attrs  # by product under eebt, by province under mrio
    assert shared.attrs["alpha_exports"] == 1.0 and shared.attrs["year"] == 2017
    printed = {
        page.definition: page for page in pages("table2_responsibility", responsibility_table(shared), {"year": 2017})
    }
    assert "product shipped" in printed["eebt"].notes[1][0]
    assert "province they come from" in printed["mrio"].notes[1][0]


def test_every_page_says_what_its_definition_means(made):
    table = transfers_table(made)
    printed = pages("table1_transfers", table, {"year": 2017})
    assert list(dict.fromkeys(page.definition for page in printed)) == list(METHODS)
    assert len({page.notes[1] for page in printed}) == len(METHODS)
    stems, definitions = zip(*(key.split(".") for key in MEANINGS), strict=True)
    assert set(stems) <= set(ON_PAPER) and set(definitions) <= set(SAID)


def test_table_1_is_the_accounts_in_megatonnes(made):
    table = named(transfers_table(made)).set_index("province")
    assert table.loc["Hebei", "province_zh"] == province_name("Hebei", "zh") == "河北"
    for definition in METHODS:
        for resolution in ("six", "42"):
            at = made.sel(definition=definition, resolution=resolution)
            for name in ("consumption", "outflow", "inflow", "net_transfer", "exports"):
                column = table[f"{definition}_{resolution}_{name}_Mt"]
                np.testing.assert_allclose(column[PROVINCES], at[name])
                assert column["Total"] == pytest.approx(float(at[name].sum()), abs=1e-9)
    assert not [name for name in table if "imports" in name]


def test_imports_are_shown_where_they_are_asked_for(study):
    given = {"scope": "exports-less-imports", "imports": "national"}
    table = named(transfers_table(model_grid(*study, Choices(*GRID, **given)).accounts)).set_index("province")
    for variant in ("eebt_six", "mrio_42"):
        at = {
            name: table[f"{variant}_{name}_Mt"] for name in ("inflow", "outflow", "exports", "imports", "net_transfer")
        }
        np.testing.assert_allclose(
            at["inflow"] - at["outflow"] - at["exports"] + at["imports"], at["net_transfer"], atol=1e-9
        )
        assert at["imports"]["Total"] > 0


def test_what_is_compensated_may_be_responsibility_beyond_production(model):
    made, shared = model.accounts, model.shared
    beyond = transfer_base(made, shared, "shared")
    assert beyond.attrs["unit"] == "Mt" and "beyond own production" in beyond.attrs["long_name"]
    np.testing.assert_allclose(beyond.sum("region"), 0, atol=1e-9)
    at = {"resolution": "six", "definition": "eebt"}
    # SR - P = taken over less passed on
    passed_on = made["outflow"].sel(at) - shared["kept"].sel(at)
    np.testing.assert_allclose(beyond.sel(at), shared["taken_over"].sel(at) - passed_on, atol=1e-9)


def test_an_interval_stands_behind_its_column(model):
    """Intervals come with accounts and shares from their draws; what was not drawn has no column."""
    drawn = Results(Asked(*GRID), len(PROVINCES))
    differences = np.random.default_rng(0).standard_normal((200, drawn.size))
    known = model.accounts.merge(account_intervals(model.accounts, differences))
    table = transfers_table(known)
    labels = list(table.columns)
    at = labels.index(column("net_transfer", "six", "mrio"))
    assert [label.quantity for label in labels[at : at + 4]] == [
        f"net_transfer{e}" for e in ("", "_p05", "_p95", "_sd")
    ]
    value, low, high, sd = (table[label].iloc[:-1] for label in labels[at : at + 4])
    np.testing.assert_allclose(high - value, 1.645, atol=0.5)
    np.testing.assert_allclose(value - low, 1.645, atol=0.5)
    np.testing.assert_allclose(sd, 1.0, atol=0.2)
    assert np.isnan(table[labels[at + 1]].iloc[-1])  # intervals do not add up
    shares = responsibility_table(model.shared.merge(share_intervals(model.accounts, model.shared, differences)))
    assert column("alpha_p05", "six") in shares and column("shared_sd", "six", "eebt") in shares
    assert not [label for label in transfers_table(model.accounts) if "_p05" in str(label)]


def test_thirty_sectors_lie_between_six_and_the_tables_own(study):
    table, F, F_Y = study
    made = model_grid(table, F, F_Y, Choices(("mrio",), ("six", "30", "42"))).accounts.sel(definition="mrio")
    assert made["resolution"].values.tolist() == ["six", "30", "42"]
    np.testing.assert_allclose(made["production"].sum("region"), float(F.sum()), rtol=1e-12)
    thirty = table.aggregate(sectors="30")
    groups = [concordance("42", "30")[sector] for sector in table.sectors]
    emitted = np.stack([F.values[:, [g == name for g in groups]].sum(1) for name in thirty.sectors], 1)
    by_hand = accounts(thirty, thirty.output.copy(data=emitted).assign_attrs(unit="Mt"), method="mrio")
    np.testing.assert_allclose(made["flows"].sel(resolution="30"), by_hand["flows"], rtol=1e-10)
    assert float(abs(made["flows"].sel(resolution="30") - made["flows"].sel(resolution="42")).max()) > 1e-3
