"""ProvincialTables: identities, refusals, collapse; the reader of the official workbooks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from strategies import balanced_tables

from mrio.errors import BalanceError, InputError, LabelError
from mrio.table.interregional import Table
from mrio.table.provincial import ProvincialTables, collapse


def two_regions() -> Table:
    """One product, two regions: r0 delivers 10 to itself and 5 to r1's industry, r1 2 to r0's final demand."""
    Z = np.zeros((2, 1, 2, 1))
    Z[0, 0, 0, 0], Z[0, 0, 1, 0], Z[1, 0, 1, 0] = 10, 5, 7
    Y = np.zeros((2, 1, 2, 1))
    Y[0, 0, 0, 0], Y[1, 0, 0, 0], Y[1, 0, 1, 0] = 20, 2, 30
    return Table.from_arrays(
        Z, Y, imports=[[3.0], [4.0]], regions=["r0", "r1"], sectors=["s"], categories=["c"], year=2000
    )


def test_collapse_by_hand():
    prov = collapse(two_regions())
    assert prov.Z.values.ravel().tolist() == [10, 12]
    assert prov.final.values.ravel().tolist() == [22, 30]
    assert prov.outflow.values.ravel().tolist() == [5, 2]
    assert prov.inflow.values.ravel().tolist() == [2, 5]
    assert prov.foreign_inputs.values.ravel().tolist() == [3, 4]
    assert prov.output.values.ravel().tolist() == [35, 39]


@given(balanced_tables())
def test_collapse_keeps_both_identities_and_national_trade(table):
    prov = collapse(table)
    scale = max(prov.output.values.sum(), 1.0)
    assert abs(prov.row_gap()).max() < 1e-9 * scale
    assert abs(prov.column_gap()).max() < 1e-9 * scale
    np.testing.assert_allclose(prov.outflow.sum("region"), prov.inflow.sum("region"), atol=1e-9 * scale)
    prov.check()


def test_a_table_that_misses_its_total_is_refused_by_name():
    data = collapse(two_regions()).data.copy(deep=True)
    data["outflow"].values[1, 0] += 1
    with pytest.raises(BalanceError, match="r1, sector s: the row"):
        ProvincialTables(data).check()


def test_a_missing_number_is_refused_by_name():
    data = collapse(two_regions()).data.copy(deep=True)
    data["inflow"].values[0, 0] = np.nan
    with pytest.raises(InputError, match="found a cell that is no finite number, inflow r0 s, expected"):
        ProvincialTables(data)


def test_a_wrong_shape_names_the_labels():
    with pytest.raises(LabelError, match="outflow has shape"):
        ProvincialTables.from_arrays(
            np.zeros((1, 2, 2)), np.zeros((1, 2, 1)), outflow=[0.0], inflow=np.zeros((1, 2)),
            output=np.zeros((1, 2)), value_added=np.zeros((1, 2)), regions=["r"], sectors=["a", "b"],
            categories=["c"], year=2000,
        )  # fmt: skip
