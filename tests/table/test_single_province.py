"""The report on provincial tables: gaps, trade apart, transit and negative cells, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from strategies import random_table

from mrio.table.provincial import ProvincialTables, collapse
from mrio.table.validation.single_province import validate_provincial


@pytest.fixture
def tables():
    return collapse(random_table(1, 3, 4))


def moved(tables, name, at, by):
    values = tables.data[name].values.copy()
    values[at] += by
    return ProvincialTables(tables.data.assign({name: tables.data[name].copy(data=values)}))


def line(report, check):
    return report.checks.set_index("check").loc[check]


def test_sound_tables_pass(tables):
    report = validate_provincial(tables)
    assert report.ok and report.about == {"year": 2017, "unit": "10k CNY", "regions": 3, "sectors": 4}
    assert line(report, "outflow against inflow").value == pytest.approx(0, abs=1e-12)
    assert "every row adds up to its output within" in line(report, "row balance").message


@pytest.mark.parametrize(
    ("name", "what", "at", "sign"), [("exports", "row", (1, 2), -1), ("foreign_inputs", "column", (2, 0), -1)]
)
def test_a_gap_is_named_with_its_size_over_the_mean_output(tables, name, what, at, sign):
    by = 0.01 * float(tables.output.mean())
    report = validate_provincial(moved(tables, name, at, by))
    check = line(report, f"{what} balance")
    assert not check.passed and check.level == "error" and check.value == pytest.approx(0.01)
    assert check.worst == f"r{at[0]} s{at[1]}"
    assert (
        check.message == f"{what} r{at[0]} s{at[1]} misses its output by {sign * by:,.6g} 10k CNY: check that workbook"
    )
    other = line(report, "column balance" if what == "row" else "row balance")
    assert other.passed
    cells = report.cells[report.cells["check"] == f"{what} balance"]
    assert len(cells) == 10 and (cells["relative"].diff().dropna() <= 0).all()
    first = cells.iloc[0]
    assert (first["region"], first["sector"]) == (f"r{at[0]}", f"s{at[1]}")
    assert first["gap"] == pytest.approx(sign * by) and first["relative"] == pytest.approx(0.01)
    assert first["output"] == tables.output.values[at]
    assert validate_provincial(moved(tables, name, at, by), 0.0101).ok


def test_national_trade_apart_and_transit_are_facts_not_faults(tables):
    x, e, out = tables.output.values, tables.exports.values, tables.outflow.values
    by = x[1, 2] - e[1, 2] - out[1, 2] + 7.0
    report = validate_provincial(moved(tables, "outflow", (1, 2), by))
    apart, transit = line(report, "outflow against inflow"), line(report, "transit")
    assert (
        apart.value == pytest.approx(by / x.sum()) and apart.passed and f"{by / x.sum():.2%} of output" in apart.message
    )
    before = int((out + e > x).sum())
    assert transit.value == before + 1 and transit.passed
    none = moved(tables, "outflow", np.s_[:], -out)
    none = line(validate_provincial(moved(none, "exports", np.s_[:], -e)), "transit")
    assert (none.value, none.worst) == (0, "") and "most at" not in none.message
    only = moved(moved(tables, "outflow", np.s_[:], -out), "exports", np.s_[:], -e)
    most = line(
        validate_provincial(moved(moved(only, "outflow", (2, 1), x[2, 1] + 9.0), "exports", (0, 3), x[0, 3] + 1)),
        "transit",
    )
    assert most.value == 2 and most.message.endswith("(transit), most at r2 s1")


@pytest.mark.parametrize(
    ("name", "level"), [("output", "error"), ("Z", "warning"), ("inflow", "warning"), ("final", "info")]
)
def test_negative_cells_are_graded_by_what_they_are(tables, name, level):
    at = (0,) * tables.data[name].ndim
    value = float(tables.data[name].values[at])
    clean = line(validate_provincial(moved(tables, "final", np.s_[..., 4], 1e6)), f"negative {name}")
    assert clean.passed and clean.message == f"{name}: no negative cell"
    check = line(validate_provincial(moved(tables, name, at, -value - 1e7)), f"negative {name}")
    assert check.level == level and check.passed == (level == "info") and "the largest -1e+07 at r0 s0" in check.message
    assert check.value >= 1 and clean.value == 0 and clean.worst == ""
