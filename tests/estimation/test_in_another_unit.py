"""Money in another unit is the same money: an estimate, a draw and an update of tiny or huge numbers, scaled back.

All units are powers of two, so that what is equal is equal to the digit, and a limit that ought to be a share of
something but is an amount shows.
"""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from drawn_study import spoiled
from strategies import random_table

from mrio.analysis.sources import DrawNoise
from mrio.estimation.chain import estimate_with_account
from mrio.estimation.errors_of_estimate import EstimateErrors
from mrio.estimation.making_parts import estimate_parts
from mrio.estimation.margins import margins_of
from mrio.estimation.openness import cross_hauling
from mrio.estimation.options import EstimatorOptions
from mrio.estimation.redraw import drawn_table
from mrio.estimation.transit import remove_transit
from mrio.estimation.trial.baselines import literal_table, scaled_table
from mrio.table.interregional import Table
from mrio.table.provincial import ProvincialTables

ERRORS = EstimateErrors(
    reports=1.0, structure=0.5, hauling_region=0.4, hauling_product=0.2, hauling_cell=0.4, distance=0.3, pattern=0.5,
    cells=0.2, own_column=0.3, own_cell=0.5,
)  # fmt: skip
UNITS = [2.0**-20, 2.0**20]


def in_unit(tables: ProvincialTables, unit: float) -> ProvincialTables:
    """Return the tables with every amount times `unit`."""
    return ProvincialTables(tables.data.map(lambda amounts: amounts * unit, keep_attrs=True))


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("seed", [0, 5])
def test_an_estimate_is_the_same_in_any_unit(seed, unit):
    tables, km = spoiled(seed)
    one, other = (estimate_with_account(each, km) for each in (tables, in_unit(tables, unit)))
    size = one.table.output.values.max()
    for name in ("Z", "Y", "exports", "residual"):
        found, expected = other.table.data[name].values / unit, one.table.data[name].values
        np.testing.assert_allclose(found, expected, atol=1e-6 * size, err_msg=name)
    assert other.bounds.equals(one.bounds)
    np.testing.assert_allclose(other.account["cross_hauling"], one.account["cross_hauling"], atol=1e-8)
    np.testing.assert_allclose(other.observations["gap"], one.observations["gap"], atol=1e-3)


def test_an_estimate_with_an_earlier_table_is_the_same_in_any_unit():
    unit, (tables, km) = UNITS[0], spoiled(3, 3)
    earlier = random_table(7, 3, 4, residual=False)
    options = EstimatorOptions(prior_weight=0.5)
    one, other = (
        estimate_with_account(
            in_unit(tables, each),
            km,
            options,
            prior=Table(earlier.data.map(lambda v, by=each: v * by, keep_attrs=True)),
        ).table
        for each in (1.0, unit)
    )
    np.testing.assert_allclose(other.Z / unit, one.Z, atol=1e-6 * one.output.values.max())


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("baseline", [literal_table, scaled_table])
def test_a_plain_baseline_is_the_same_in_any_unit(baseline, unit):
    tables, km = spoiled(1)
    one, other = (baseline(in_unit(tables, each), km, EstimatorOptions()) for each in (1.0, unit))
    np.testing.assert_allclose(other.Z / unit, one.Z, atol=1e-6 * one.output.values.max())


@pytest.mark.parametrize("unit", UNITS)
def test_transit_and_cross_hauling_are_the_same_in_any_unit(unit):
    m = margins_of(spoiled(2)[0])
    (clean, removed), (other, other_removed) = remove_transit(m), remove_transit(m.scaled(unit))
    for one, two in ((clean, other), (removed, other_removed)):
        for name, amounts in vars(one).items():
            np.testing.assert_array_equal(vars(two)[name], amounts * unit, err_msg=name)
    one, two = cross_hauling(clean, EstimatorOptions()), cross_hauling(other, EstimatorOptions())
    for field in dataclasses.fields(one):
        np.testing.assert_allclose(getattr(two, field.name), getattr(one, field.name), atol=1e-8, err_msg=field.name)


@pytest.mark.parametrize("unit", UNITS)
def test_a_draw_is_the_same_in_any_unit(unit):
    tables, km = spoiled(1)
    one, other = (
        drawn_table(estimate_parts(each, km), ERRORS, DrawNoise(3, 1)) for each in (tables, in_unit(tables, unit))
    )
    for found, expected in zip(other.dense(), one.dense(), strict=True):
        np.testing.assert_allclose(found / unit, expected, atol=1e-5 * expected.max())
