"""Intervals hold: on the interregional table of 2002, spoiled as official tables are, and with a region left out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from mrio import labels
from mrio.analysis.sources import Sources
from mrio.analysis.truths_held import cases, coverage, scored, without_region
from mrio.estimation.trial.__main__ import SIC, region_distances
from mrio.formats.inputs.uncertainty_file import read_uncertainty
from mrio.formats.sic import read_sic
from mrio.table.validation.gate import validate


@pytest.fixture(scope="module")
def sic(shared_data):
    return read_sic(shared_data / SIC)


@pytest.fixture(scope="module")
def sources():
    return Sources(tuple(read_uncertainty(labels.data_dir() / "uncertainty.csv")))


def test_coverage_counts_truths_within_intervals():
    below = np.linspace(0.005, 0.995, 100)
    rows = pd.DataFrame({"case": "one", "quantity": "x", "below": below, "deviation": np.tile([0.0, 3.29], 50)})
    found = coverage(rows, ["quantity"]).loc["x"]
    assert found[["50", "80", "90", "95"]].tolist() == [50, 80, 90, 96]
    assert found["factor"] == pytest.approx(2.0, rel=0.01)


def test_a_region_left_out_is_abroad(sic):
    truth, _ = sic
    rest = without_region(truth, truth.regions[2])
    assert truth.regions[2] not in rest.regions
    assert validate(rest).ok
    assert float(rest.exports.sum()) > float(truth.exports.sum()) - float(truth.exports[2].sum())


@pytest.mark.slow
def test_intervals_hold_the_truth_where_reports_are_right_and_where_they_are_not(sic, sources):
    truth, F = sic
    km = region_distances(truth.regions)
    chosen = [case for case in cases(truth, F, 1) if case.name in ("whole", "net only", "degraded", "shuffled")]
    rows = pd.concat([scored(case, k, km, sources, 60) for k, case in enumerate(chosen)])
    for quantity, share in coverage(rows, ["quantity"])["90"].items():
        assert 80 <= share, quantity  # 85 to 97 over all cases: make validate-intervals
    # without errors of the estimate nothing is held
    none = pd.concat([scored(case, k, km, Sources(()), 20) for k, case in enumerate(chosen[-1:])])
    assert (coverage(none, ["quantity"])["90"] < 20).all()
