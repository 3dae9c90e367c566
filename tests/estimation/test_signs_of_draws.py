"""Every error of a draw by itself: which way it moves what, that means stay, and what bounds take."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from drawn_study import small_parts
from scipy.stats import norm

from mrio.estimation.errors_of_estimate import EstimateErrors
from mrio.estimation.redraw import _averaging_to, _margins, drawn_table
from mrio.estimation.redrawn_rows import LEAST, NOT_NEGATIVE, _squashed, _within, drawn_rows, drawn_share
from mrio.estimation.rows import ACCOUNTS, Rows


def one_error(source, at, size=1.0):
    """Return noise that is zero but for one number."""

    def noise(name, shape):
        numbers = np.zeros(shape)
        if name == source:
            numbers[at] = size
        return numbers

    return noise


def drawn(parts, error, at, size=1.0):
    """Return the cells by origin of a draw with one error of one."""
    table = drawn_table(parts, EstimateErrors(**{error: 0.5}), one_error(error, at, size))
    Z, Y = table.dense()
    return Z, Y, table


@pytest.fixture
def parts():
    return small_parts(0)


@pytest.fixture
def plain(parts):
    table = drawn_table(parts, EstimateErrors(), one_error("", 0))
    return (*table.dense(), table)


@pytest.mark.parametrize("at", [(0, 1, 2), (3, 0, 0)])
def test_an_error_of_a_cell_is_the_share_by_which_its_row_and_column_have_more_of_it(parts, plain, at):
    s, i, j = at
    (Z, _, _), (more, _, _) = plain, drawn(parts, "cells", at)
    before, after = Z.sum(0)[i, s], more.sum(0)[i, s]
    other = (j + 1) % 4
    assert after[j] > before[j] and after[other] < before[other]
    # odds of the cell against any other of its row and column grow by exp(0.5), whatever balancing does
    uses = [np.moveaxis(drawn_uses, 1, 0) for drawn_uses in (Z.sum(0), more.sum(0))]
    k = (i + 1) % 4
    ratios = [u[s, i, j] * u[s, k, other] / (u[s, i, other] * u[s, k, j]) for u in uses]
    assert ratios[1] / ratios[0] == pytest.approx(np.exp(0.5), rel=0.3)


def test_an_error_of_a_flow_has_more_delivered_there(parts, plain):
    i, r, s = 2, 0, 3
    before, after = plain[2].origins, drawn(parts, "pattern", (i, r, s))[2].origins
    assert after[i, r, s] > before[i, r, s] and after[i, r, s] < np.exp(0.5) * before[i, r, s] * 1.01
    np.testing.assert_allclose(np.delete(after, i, 0), np.delete(before, i, 0), atol=1e-9)


@pytest.mark.parametrize("way", [1.0, -1.0])
def test_an_error_of_a_user_has_it_draw_more_from_its_own_region_of_every_product(parts, plain, way):
    s, j = 1, 2
    before, after = plain[0], drawn(parts, "own_column", (s, 0, j), way)[0]
    share = [Z[s, :, s, j] / Z[:, :, s, j].sum(0) for Z in (before, after)]
    inside = (share[0] > 0.01) & (share[0] < 0.99)
    assert inside.any() and (way * (share[1] - share[0])[inside] > 0).all()


def test_an_error_of_a_users_cell_is_of_that_product_alone(parts, plain):
    s, i, j = 1, 0, 2
    before, after = plain[0], drawn(parts, "own_cell", (s, i, j))[0]
    share = [Z[s, :, s, j] / Z[:, :, s, j].sum(0) for Z in (before, after)]
    assert share[1][i] > share[0][i]
    np.testing.assert_allclose(np.delete(share[1], i), np.delete(share[0], i), rtol=1e-6)


def test_shares_of_own_use_average_to_what_the_rows_say_however_near_to_nothing_or_all():
    rng = np.random.default_rng(0)
    own = np.array([[1e-5, 0.01, 0.5, 0.99, 1 - 1e-5, 0.0, 1.0]])
    odds, weight = rng.normal(0, 1, (1, 7, 5)), rng.uniform(0.5, 2, (1, 7, 5))
    found = _averaging_to(own, odds, weight)
    np.testing.assert_allclose((found * weight).sum(2) / weight.sum(2), own, rtol=1e-9)
    np.testing.assert_array_equal(found[0, 5:], np.repeat([[0.0], [1.0]], 5, axis=1))
    drawn_odds = np.log(found[0, :5] / (1 - found[0, :5]))
    np.testing.assert_allclose(drawn_odds - drawn_odds[:, :1], odds[0, :5] - odds[0, :5, :1], atol=1e-6)
    nobody = _averaging_to(own, odds, np.zeros_like(weight))
    np.testing.assert_array_equal(nobody, np.repeat(own[..., None], 5, axis=2))


def test_deviations_of_what_cannot_be_negative_stay_below_its_size_both_ways(parts):
    size = parts.used.output.max()
    moved = np.random.default_rng(1).normal(0, size, len(parts.rows.flat()))
    found, back = _squashed(parts, moved), _squashed(parts, -moved)
    np.testing.assert_array_equal(found, -back)  # so that no bound shifts the mean
    by_account = dict(zip(ACCOUNTS, found.reshape(len(ACCOUNTS), *parts.used.output.shape), strict=True))
    given = dict(zip(ACCOUNTS, moved.reshape(len(ACCOUNTS), *parts.used.output.shape), strict=True))
    for name, deviations in by_account.items():
        if name in NOT_NEGATIVE:
            assert (np.abs(deviations) <= (1 - LEAST) * np.abs(parts.rows[name])).all(), name
        else:
            np.testing.assert_array_equal(deviations, given[name], err_msg=name)
    small = 1e-6 * np.abs(parts.rows.flat())
    np.testing.assert_allclose(_squashed(parts, small), small, rtol=1e-6)


def test_nobody_sends_abroad_more_than_it_makes_or_takes_in_more_than_it_uses():
    parts = small_parts(0)
    shape = parts.used.output.shape
    zero, one = np.zeros(shape), np.ones(shape)
    rows = Rows(intermediate=6 * one, consumption=3 * one, formation=one, inventory=2 * one, exports=8 * one,
                imports=3 * one, net_outflow=zero, residual=1 * one)  # fmt: skip
    here = dataclasses.replace(parts, rows=rows, used=parts.used.replace(output=12 * one))
    assert _within(here, rows) is rows
    # 12 made, 2 stored, 1 residual: 9 to send abroad, of which a fiftieth stays
    more = rows.replace(exports=20 * one, imports=20 * one, consumption=-5 * one)
    found = _within(here, more)
    np.testing.assert_allclose(found.exports, 0.98 * 9)
    np.testing.assert_allclose(found.consumption, LEAST * 3)
    np.testing.assert_allclose(found.imports, 0.98 * (6 + LEAST * 3 + 1))
    np.testing.assert_array_equal(found.residual, more.residual)


def test_a_draw_goes_part_of_the_way_to_another_choice_of_the_estimate(parts):
    share = np.linspace(0.01, 0.2, parts.used.output.size).reshape(parts.used.output.shape)
    nothing = parts.rows.replace(**{name: 0 * parts.rows[name] for name in ACCOUNTS})
    here = dataclasses.replace(parts, alternatives={"a": (nothing, -share), "b": (nothing, share)})

    def drawn_at(*chances):
        given = lambda name, shape: norm.ppf(chances) if name == "structure" else np.zeros(shape)  # noqa: E731
        return drawn_rows(here, EstimateErrors(structure=0.5), given)[1]

    np.testing.assert_allclose(drawn_at(0.4, 0.9, 0.25), 0.25 * share)
    np.testing.assert_allclose(drawn_at(0.4, 0.1, 0.75), -0.75 * share)
    assert (drawn_at(0.6, 0.9, 0.25) == 0).all()  # half of the draws stay with the study's choice


def test_a_report_is_believed_as_often_as_neither_the_tables_nor_the_region_are_doubted(parts):
    hauling = dataclasses.replace(parts.hauling, doubt=0.5, suspicion=np.array([0.0, 0.2, 0.4, 1.0]))
    here = dataclasses.replace(parts, hauling=hauling)
    # half of the draws doubt all reports; of the other half, as many as the region is suspected
    for chance, modelled in ((0.49, [1, 1, 1, 1]), (0.55, [0, 1, 1, 1]), (0.65, [0, 0, 1, 1]), (0.75, [0, 0, 0, 1])):
        drawn_at = norm.ppf(chance)
        share = drawn_share(
            here, EstimateErrors(hauling_cell=1e-9),
            lambda name, shape, at=drawn_at: np.full(shape, at if name == "hauling_practice" else 0.0),
        )  # fmt: skip
        expected = np.where(np.array(modelled)[:, None] > 0, hauling.modelled, hauling.reported)
        np.testing.assert_allclose(share, expected, rtol=1e-6)
        assert not np.allclose(hauling.modelled, hauling.reported)


def accounts(**given):
    """Return rows (R, 1); accounts not given are zero."""
    size = len(next(iter(given.values())))
    return Rows(**{name: np.array(given.get(name, [0.0] * size), float)[:, None] for name in ACCOUNTS})


def margins(unit, output, uses, share=0.0, **given):
    rows = accounts(**{name: np.multiply(values, unit) for name, values in given.items()})
    output, uses = (unit * np.array(values, float)[:, None] for values in (output, uses))
    m = _margins(output, rows, np.full(output.shape, share), uses)
    np.testing.assert_allclose(m.gap(), 0.0, atol=1e-12 * unit)
    np.testing.assert_allclose(m.net.sum(0), 0.0, atol=1e-12 * unit)
    return {name: (values / unit).ravel() for name, values in vars(m.replace(output=output)).items()}


@pytest.mark.parametrize("unit", [1.0, 2.0**-20])
def test_what_a_nation_is_out_of_balance_by_falls_on_who_could_send_or_take_it(unit):
    # The third makes nothing: it takes in the 4 it uses, not the 3 reported. 5 - 2 - 4 leaves 1 to be found, by the
    # first and second, who could serve themselves with 6 and 8.
    m = margins(unit, [10, 8, 0], [7, 12, 4], imports=[1.0, 0, 0], net_outflow=[5.0, -2, -3])
    np.testing.assert_allclose(m["outflow"], [5 + 6 / 14, 0, 0])
    np.testing.assert_allclose(m["inflow"], [0, 2 - 8 / 14, 4])
    np.testing.assert_allclose(m["residual"], [10 - 6 - 5 - 6 / 14, 8 - 12 + 2 - 8 / 14, 0], atol=1e-12)
    np.testing.assert_allclose(m["imports"], [1, 0, 0])


@pytest.mark.parametrize("unit", [1.0, 2.0**-20])
def test_nobody_sends_what_it_has_not_got_or_takes_what_it_does_not_use(unit):
    # The first exports and stores all it makes and more, the second imports all it uses and more: neither trades, and
    # of the third and fourth one sends what the other takes.
    m = margins(
        unit, [10, 10, 9, 4], [0, 3, 4, 9], exports=[8.0, 0, 1, 0], inventory=[3.0, 0, 1, 0], residual=[1.0, 0, 1, 0],
        imports=[0.0, 5, 0, 0], net_outflow=[4.0, -2, 5, -5],
    )  # fmt: skip
    np.testing.assert_allclose(m["outflow"], [0, 0, 5, 0])
    np.testing.assert_allclose(m["inflow"], [0, 0, 0, 5])
    np.testing.assert_allclose(m["uses"], [0, 5, 4, 9])  # what is imported beyond all uses is used
    # the third makes 9, of which 3 go elsewhere: it cannot send 8
    m = margins(
        unit, [10, 10, 9, 4], [0, 3, 4, 9], exports=[8.0, 0, 1, 0], inventory=[3.0, 0, 1, 0], residual=[1.0, 0, 1, 0],
        imports=[0.0, 5, 0, 0], net_outflow=[4.0, -2, 8, -6],
    )  # fmt: skip
    np.testing.assert_allclose([m["outflow"].sum(), m["inflow"].sum()], 6.0)


@pytest.mark.parametrize("unit", [1.0, 2.0**-20])
def test_cross_hauling_is_a_share_of_what_a_region_could_serve_itself(unit):
    m = margins(unit, [10, 8, 9], [6, 10, 11], share=0.1, net_outflow=[4.0, -2, -2])
    np.testing.assert_allclose(m["outflow"], [4 + 0.6, 0.8, 0.9])
    np.testing.assert_allclose(m["inflow"], [0.6, 2.8, 2.9])
