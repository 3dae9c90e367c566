"""Hypothetical extraction against tables with the rows and columns taken out, and what must hold on any table."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import random_emissions, random_table, tables_with_emissions

from mrio.analysis.extraction import Whole, cell_losses, extract
from mrio.equations.flows import accounts
from mrio.errors import ConfigError, LabelError

OUTSIDE = ("exports", "excluded_out", "residual")


def dense(table, F, gone, left):
    """Return E[r, destination] with the nodes `gone` struck out of A and demand: one inverse of what remains."""
    x, (R, n) = table.output.values.reshape(-1), table.output.shape
    A = np.divide(table.Z.values.reshape(x.size, x.size), x, out=np.zeros((x.size, x.size)), where=x > 0)
    d = np.hstack([table.Y.values.sum(3).reshape(x.size, R), *(table.data[k].values.reshape(-1, 1) for k in OUTSIDE)])
    o = ~gone
    X = np.zeros_like(d)
    X[o] = np.linalg.inv(np.eye(o.sum()) - A[np.ix_(o, o)]) @ (d * left)[o]
    f = np.divide(F.values.reshape(-1), x, out=np.zeros_like(x), where=x > 0)
    return (f[:, None] * X).reshape(R, n, -1).sum(1)


def some(draw_from, pick):
    return [label for k, label in enumerate(draw_from) if pick >> k & 1]


@settings(max_examples=40)
@given(tables_with_emissions(), st.integers(0, 15), st.integers(0, 31))
def test_accounts_are_those_of_the_system_without_the_rows_and_columns(given_, which, what):
    table, F, _ = given_
    regions, sectors = some(table.regions, which), some(table.sectors, what)
    whole = Whole.of(table, F)
    if not regions and not sectors:
        with pytest.raises(ConfigError, match="nothing is named"):
            extract(whole)
        return
    made = extract(whole, regions, sectors)
    R, n = table.output.shape
    gone = np.zeros((R, n), bool)
    gone[np.ix_([r in (regions or table.regions) for r in table.regions],
                [i in (sectors or table.sectors) for i in table.sectors])] = True  # fmt: skip
    left = np.array([float(bool(sectors) or r not in regions) for r in table.regions] + [1.0] * 3)
    expected = dense(table, F, gone.reshape(-1), left)
    scale = float(F.sum()) or 1.0
    assert made["flows"].sel(state="after").values == pytest.approx(expected, rel=1e-9, abs=1e-11 * scale)
    nets = made["net_transfer"].sum("region")
    assert abs(nets).max() <= 1e-10 * scale
    # imports instead, made by the same technology, save nothing
    kept = whole.m @ (whole.demand * left)
    assert (made["flows"].sel(state="after").sum("region") + made["imported"]).values == pytest.approx(
        kept, rel=1e-9, abs=1e-10 * scale
    )


@pytest.mark.parametrize("of", ["regions", "sectors"])
def test_extraction_of_everything_gives_zero(of):
    table = random_table(4, 3, 4, zero_sectors=1)
    F, _ = random_emissions(table)
    made = extract(Whole.of(table, F), **{of: getattr(table, of)})
    for name in ("production", "consumption", "exports", "net_transfer"):
        assert (made[name].sel(state="after") == 0).all()


def test_before_is_the_accounts_of_the_table():
    table = random_table(4)
    F, _ = random_emissions(table)
    made, result = extract(Whole.of(table, F), ["r1"]).sel(state="before"), accounts(table, F)
    for name in ("production", "consumption", "exports", "net_transfer"):
        assert made[name].values == pytest.approx(result[name].values, rel=1e-10), name


def test_every_cell_loses_what_its_own_extraction_takes():
    table = random_table(6, 3, 3, zero_sectors=1)
    F, _ = random_emissions(table)
    whole = Whole.of(table, F)
    lost = cell_losses(whole)
    for region in table.regions:
        for sector in table.sectors:
            made = extract(whole, [region], [sector])["production"]
            expected = made.sel(state="before") - made.sel(state="after")
            got = lost.sel(of_region=region, of_sector=sector)
            assert got.values == pytest.approx(expected.values, rel=1e-9, abs=1e-12)


def test_what_is_not_there_cannot_be_taken_out():
    table = random_table(1, region_labels=["Hebei", "Henan", "Hubei"])
    whole = Whole.of(table, random_emissions(table)[0])
    with pytest.raises(LabelError, match=r"province 'Hebai' cannot be extracted.*did you mean 'Hebei'"):
        extract(whole, ["Hebai"])
    with pytest.raises(LabelError, match="sector 's9' cannot be extracted"):
        extract(whole, sectors=["s9"])
