"""Evidence beside a table in another unit of money, or beside a tiny economy, says the same of it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from mrio.errors import ConfigError
from mrio.estimation.evidence.gathering import Evidence
from mrio.estimation.evidence.pieces import Piece, Setting
from mrio.estimation.margins import Margins
from mrio.estimation.observations import Layout, joined
from mrio.estimation.official_reports import reports_of
from mrio.estimation.options import EstimatorOptions
from mrio.estimation.rows import ACCOUNTS, Rows

NAMES = ("intermediate", "consumption", "formation", "inventory", "exports", "imports")


def setting(size: float, unit: str = "10k CNY") -> Setting:
    """Return two regions and two products with imports, of which the second region does not make the second."""
    made = size * np.array([[100.0, 50.0], [300.0, 0.0]])
    uses, zero = size * np.array([[90.0, 60.0], [320.0, 15.0]]), np.zeros((2, 2))
    exports, imports = size * np.array([[12.0, 4], [30, 0]]), size * np.array([[2.0, 14], [50, 15]])
    rows = Rows(0.5 * uses, 0.3 * uses, 0.2 * uses, zero, exports, imports, zero, zero)
    return Setting(Layout(["r0", "r1"], ["a", "b"]), "two", unit, rows,
                   Margins(uses, zero, exports, imports, zero, zero, zero, made))  # fmt: skip


def pieces(size: float) -> Evidence:
    """Return one piece of every kind whose facts are amounts of money."""
    facts = pd.DataFrame({
        "sector": ["b", "a"], "output": [200.0, 200.0], "intermediate": [90.0, 100.0], "consumption": [60.0, 60.0],
        "formation": [40.0, 20.0], "inventory": [2.0, 4.0], "exports": [10.0, 20.0], "imports": [2.0, 4.0],
    })  # fmt: skip
    facts[facts.columns[1:]] *= size
    errors = {f"{name}_error": 0.1 for name in NAMES} | {"residual_error": 0.01, "total_error": 0.02}
    power = pd.DataFrame({"province": ["r1", "r0"], "generation": [190.0, 48.0], "consumption": [150.0, 100.0]})
    about = {"product": {"two": "a"}, "error": 0.1, "floor": 0.01}
    known = pd.DataFrame({"account": ["exports"], "region": ["*"], "sector": ["a"], "value": [44.0 * size],
                          "error": [2.0 * size], "unit": ["10k CNY"]})  # fmt: skip
    nothing = pd.DataFrame()
    spot = pd.DataFrame({"scheme": ["two"], "sector": ["b"], "net_spread": [0.1], "cross_hauling": [0.02]})
    return Evidence((
        Piece("nation", "national", "a table", facts, errors),
        Piece("final", "final_totals", "accounts", nothing, {"consumption_error": 0.04, "formation_error": 0.06}),
        Piece("stock", "plausible", "the nation", nothing, {"error": 0.01}),
        Piece("power", "physical", "a balance", power, about),
        Piece("spot", "local", "a survey", spot, {"odds_error": 0.6}),
        Piece("fact", "sums", "a book", known),
    ))  # fmt: skip


@pytest.mark.parametrize(("size", "unit", "scale"), [(2.0**-30, "10k CNY", 2.0**-30), (1e-4, "100M CNY", 1.0)])
def test_observations_and_totals_are_those_of_any_unit(size, unit, scale):
    # in 100 M yuan the amounts of the table are a ten-thousandth; the facts stay as they are written
    one = pieces(1.0).gather(setting(1.0))
    other = pieces(scale).gather(setting(size, unit))
    for name, totals in one.totals.items():
        np.testing.assert_allclose(other.totals[name] / size, totals, rtol=1e-9, err_msg=name)
    seen, again = joined(one.observations), joined(other.observations)
    assert again.about.equals(seen.about) and len(seen) > 20
    np.testing.assert_allclose(again.value / size, seen.value, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(again.error / size, seen.error, rtol=1e-9)


def test_accounts_at_the_size_of_the_nation_add_up_to_it():
    here = setting(1.0)
    found = pieces(1.0).gather(here)
    seen = joined(found.observations)
    for name in ("consumption", "formation"):
        mine = (seen.about["evidence"] == "final") & (seen.about["account"] == name)
        by_region = seen.value[mine.to_numpy()]
        assert by_region.sum() == pytest.approx(found.totals[name].sum())
        share = here.rows[name].sum(1) / here.rows[name].sum()
        np.testing.assert_allclose(by_region / by_region.sum(), share)
    stock = (seen.about["evidence"] == "stock").to_numpy()
    # 8 of the 400 of a, 0.5 of the 50 of b; nothing is said of b in the region that makes none
    np.testing.assert_allclose(seen.value[stock], [100 * 8 / 400, 50 * 0.5 / 50, 300 * 8 / 400])
    np.testing.assert_allclose(seen.error[stock], [1.0, 0.5, 3.0])


def test_the_order_of_pieces_matters_where_one_needs_anothers_totals():
    first, *_ = pieces(1.0).pieces
    stock = Piece("stock", "plausible", "the nation", pd.DataFrame(), {"error": 0.01})
    with pytest.raises(ConfigError, match="put a piece of kind 'national' before it"):
        Evidence((stock,)).gather(setting(1.0))
    assert joined(Evidence((first, stock)).gather(setting(1.0)).observations).about["evidence"].eq("stock").any()


@pytest.mark.parametrize("with_totals", [True, False])
def test_reports_and_their_errors_are_those_of_any_unit(with_totals):
    made = []
    for size in (1.0, 2.0**-30):
        here = setting(size)
        totals = pieces(size).gather(here).totals if with_totals else {}
        made.append(reports_of(here.rows, here.margins, EstimatorOptions(), totals, np.array([False, True])))
    one, other = made
    for name in ACCOUNTS:
        np.testing.assert_allclose(other.rows[name] / 2.0**-30, one.rows[name], rtol=1e-9, err_msg=name)
        np.testing.assert_allclose(other.error[name] / 2.0**-30, one.error[name], rtol=1e-9, err_msg=name)
    for name, (total, error) in one.demand.items():
        np.testing.assert_allclose(np.array(other.demand[name]) / 2.0**-30, [total, error], rtol=1e-9)
    if with_totals:
        # exports of a, 42 reported, are 40 of the nation's 400; imports of b rise no further than uses let them
        np.testing.assert_allclose(one.rows.exports.sum(0)[0], pieces(1.0).gather(setting(1.0)).totals["exports"][0])
        assert (one.rows.imports <= setting(1.0).margins.uses).all()


def test_an_account_of_which_nothing_is_reported_stays_nothing_whatever_the_nation_has():
    here = setting(1.0)
    rows = here.rows.replace(formation=np.zeros((2, 2)), consumption=0.5 * here.margins.uses)
    found = pieces(1.0).gather(Setting(here.layout, here.scheme, here.unit, rows, here.margins))
    reports = reports_of(rows, here.margins, EstimatorOptions(), found.totals, None)
    assert [values.tolist() for values in reports.demand["formation"]] == [[0, 0], [0, 0]]
    seen = joined(found.observations)
    mine = (seen.about["evidence"] == "final") & (seen.about["account"] == "formation")
    assert not mine.any()  # of a total of nothing there is no error to give
