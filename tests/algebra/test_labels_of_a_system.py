"""A system of labelled arrays: what stands in another order than the rows of Z is refused, never solved as it lies."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from mrio.algebra.leontief.system import Leontief
from mrio.errors import LeontiefError

NAMES = ["a", "b", "c"]
Z = pd.DataFrame([[10.0, 20, 0], [5, 5, 30], [0, 10, 10]], NAMES, NAMES)
X = pd.Series([100.0, 80, 60], NAMES)
Y = pd.Series([1.0, 2, 3], NAMES)
OTHER = ["b", "a", "c"]
PAIRS = pd.MultiIndex.from_product([["r", "s"], ["a", "b"]])


def solved_by_hand():
    return np.linalg.solve(np.eye(3) - Z.to_numpy() / X.to_numpy(), Y)


@pytest.mark.parametrize("make", [
    lambda: Leontief(Z, X).solve(Y),
    lambda: Leontief(Z.loc[OTHER, OTHER], X[OTHER]).solve(Y[OTHER])[[1, 0, 2]],
    lambda: Leontief(Z, X).solve(Y.to_numpy()),
    lambda: Leontief(Z.reset_index(drop=True).T.reset_index(drop=True).T, X.to_numpy()).solve(Y),
])  # fmt: skip
def test_labels_in_one_order_and_none_at_all_are_solved(make):
    np.testing.assert_allclose(make(), solved_by_hand(), rtol=1e-12)


@pytest.mark.parametrize(("make", "said"), [
    (lambda: Leontief(Z[OTHER], X), "columns of Z have 'b' in place 1 where the rows of Z have 'a': put all in"),
    (lambda: Leontief(Z, X[OTHER]), "outputs have 'b' in place 1 where the rows of Z have 'a'"),
    (lambda: Leontief(Z, X.rename({"c": "d"})), "outputs have 'd' in place 3 where the rows of Z have 'c'"),
    (lambda: Leontief(Z, X).solve(Y[OTHER]), "right-hand sides have 'b' in place 1 where the rows of Z have 'a'"),
    (lambda: Leontief(Z, X).solve(Y[OTHER].to_frame()), "right-hand sides have 'b' in place 1"),
    (lambda: Leontief(Z, X).solve_transposed(Y[OTHER]), "right-hand sides have 'b' in place 1"),
    (lambda: Leontief(Z, X).solve_transposed(Y[OTHER].to_frame().T), "right-hand sides have 'b' in place 1"),
])  # fmt: skip
def test_another_order_or_another_name_is_refused(make, said):
    with pytest.raises(LeontiefError, match=said.replace("(", r"\(")):
        make()


def test_pairs_of_region_and_sector_are_held_against_each_other():
    coords = {"region": ["r", "s"], "sector": ["a", "b"], "to_region": ["r", "s"], "to_sector": ["a", "b"]}
    flows = xr.DataArray(np.arange(16.0).reshape(2, 2, 2, 2), coords)
    x = xr.DataArray(np.full((2, 2), 100.0), {"region": ["r", "s"], "sector": ["a", "b"]})
    system = Leontief(flows, x)
    demand = pd.Series([1.0, 2, 3, 4], PAIRS)
    np.testing.assert_allclose(system.solve(demand), system.solve(demand.to_numpy()))
    with pytest.raises(LeontiefError, match="outputs have 's a' in place 1 where the rows of Z have 'r a'"):
        Leontief(flows, x.sel(region=["s", "r"]))
    with pytest.raises(LeontiefError, match="columns of Z have 'r b' in place 1 where the rows of Z have 'r a'"):
        Leontief(flows.sel(to_sector=["b", "a"]), x)
    with pytest.raises(LeontiefError, match="right-hand sides have 's a' in place 1 where the rows of Z have 'r a'"):
        system.solve(demand[PAIRS[[2, 3, 0, 1]]])


def test_numbers_that_count_the_rows_in_another_order_are_refused():
    flows, output = Z.reset_index(drop=True).T.reset_index(drop=True).T, X.reset_index(drop=True)
    np.testing.assert_allclose(Leontief(flows, output).solve(Y.to_numpy()), solved_by_hand(), rtol=1e-12)
    with pytest.raises(LeontiefError, match="outputs have 2 in place 1 where the rows of Z have 0"):
        Leontief(flows, output.sort_values())
    with pytest.raises(LeontiefError, match="outputs have 2 in place 1"):
        Leontief(Z.to_numpy(), output.sort_values())


@pytest.mark.parametrize("count", ["many", 0, 2.5])
def test_the_number_of_right_hand_sides_is_a_whole_one(count):
    with pytest.raises(LeontiefError, match=f"right_hand_sides is {count!r}, expected a whole number above 0"):
        Leontief(Z, X, right_hand_sides=count)


def test_a_single_region_has_sectors_alone():
    flows = xr.DataArray(Z.to_numpy(), {"sector": NAMES, "to_sector": NAMES}, ("sector", "to_sector"))
    x = xr.DataArray(X.to_numpy(), {"sector": NAMES}, ("sector",))
    np.testing.assert_allclose(Leontief(flows, x).solve(Y), solved_by_hand(), rtol=1e-12)
    with pytest.raises(LeontiefError, match="columns of Z have 'b' in place 1 where the rows of Z have 'a'"):
        Leontief(flows.sel(to_sector=OTHER), x)
    with pytest.raises(LeontiefError, match="outputs have 'b' in place 1 where the rows of Z have 'a'"):
        Leontief(flows, x.sel(sector=OTHER))
