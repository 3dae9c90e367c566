"""The Leontief system against numbers printed in Miller & Blair (2009), its own algebra, and exact fractions."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from systems import random_system
from threadpoolctl import threadpool_info, threadpool_limits

from mrio.algebra.leontief import solvers, threads
from mrio.algebra.leontief.system import Leontief
from mrio.errors import LeontiefError

# Miller & Blair (2009), Input-Output Analysis, 2nd ed.: the two-sector example of ch. 2 ...
Z2 = np.array([[150.0, 500.0], [200.0, 100.0]])
X2 = np.array([1000.0, 2000.0])
# ... and the interregional example of ch. 3, regions L (three sectors) and M (two).
Z5 = np.array([
    [150, 500, 50, 25, 75],
    [200, 100, 400, 200, 100],
    [300, 500, 50, 60, 40],
    [75, 100, 60, 200, 250],
    [50, 25, 25, 150, 100],
], dtype=float)  # fmt: skip
X5 = np.array([1000.0, 2000.0, 1000.0, 1200.0, 800.0])
L5 = np.array([
    [1.4234, 0.4652, 0.2909, 0.1917, 0.3041],
    [0.6346, 1.4237, 0.6707, 0.4092, 0.4558],
    [0.6383, 0.5369, 1.3363, 0.2501, 0.3108],
    [0.2672, 0.2000, 0.1973, 1.3406, 0.5473],
    [0.1468, 0.0908, 0.0926, 0.2155, 1.2538],
])  # fmt: skip


# -- printed numbers -----------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["lu", "krylov"])
def test_the_two_sector_example_of_miller_and_blair_chapter_2(method):
    system = Leontief(Z2, X2, method=method)
    np.testing.assert_allclose(system.inverse(), [[1.2541, 0.3300], [0.2640, 1.1221]], atol=5e-5)
    np.testing.assert_allclose(system.solve([600.0, 1500.0]), [1247.5, 1841.6], atol=0.05)
    np.testing.assert_allclose(system.A_column_sums, [0.35, 0.30])
    np.testing.assert_allclose(system.solve_transposed(np.ones(2)), [1.5181, 1.4521], atol=1e-4)


@pytest.mark.parametrize("method", ["lu", "krylov"])
def test_the_interregional_example_of_miller_and_blair_chapter_3(method):
    np.testing.assert_allclose(Leontief(Z5, X5, method=method).inverse(), L5, atol=5e-5)


def test_the_local_inverse_of_region_L_of_chapter_3():
    Z = np.zeros((1, 3, 1, 3))
    Z[0, :, 0, :] = Z5[:3, :3]
    local = Leontief(Z, X5[None, :3]).local()
    printed = [[1.3651, 0.4253, 0.2509], [0.5273, 1.3481, 0.5954], [0.5698, 0.4890, 1.2885]]
    np.testing.assert_allclose(local.inverse()[0], printed, atol=5e-5)
    np.testing.assert_allclose(local.solve([[100.0, 0, 0]])[0], [136.51, 52.73, 56.98], atol=0.005)


# -- what is refused, and how it is said ---------------------------------------------------------------

LABELS = {"regions": ["Hebei", "Hainan"], "sectors": ["01", "02"]}
X4 = np.array([100.0, 100.0, 100.0, 100.0])


def flat_table(value=10.0):
    return np.full((4, 4), value)


def test_zero_output_is_listed_and_its_column_of_A_is_zero():
    Z = flat_table()
    Z[3], Z[:, 3] = 0, 0
    system = Leontief(Z, [100.0, 100.0, 100.0, 0.0], **LABELS)
    assert system.zero_output == ["Hainan 02"]
    assert system.A_column_sums[3] == 0
    np.testing.assert_array_equal(system.inverse()[3], [0, 0, 0, 1])


@pytest.mark.parametrize(
    "cell, message",
    [((0, 3), "Hainan 02 has no output but buys inputs of 10"), ((3, 0), "Hainan 02 .* delivers to Hebei 01")],
)
def test_a_sector_without_output_that_buys_or_delivers_is_refused_by_name(cell, message):
    Z = np.zeros((4, 4))
    Z[cell] = 10
    with pytest.raises(LeontiefError, match=message):
        Leontief(Z, [100.0, 100.0, 100.0, 0.0], **LABELS)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_cell_that_is_no_number_is_named(value):
    Z = flat_table()
    Z[2, 1] = value
    with pytest.raises(LeontiefError, match=f"Z holds {value} in row Hainan 01, column Hebei 02"):
        Leontief(Z, X4, **LABELS)


@pytest.mark.parametrize("value", [-5.0, np.nan])
def test_output_below_zero_or_missing_is_named(value):
    with pytest.raises(LeontiefError, match=f"output of Hainan 01 is {value:g}"):
        Leontief(flat_table(), [100.0, 100.0, value, 100.0], **LABELS)


@pytest.mark.parametrize("method", ["lu", "krylov"])
@pytest.mark.parametrize("own, radius", [(101.0, "1.01"), (100.0, "1,")])
def test_an_unproductive_or_singular_system_names_the_column_at_fault_not_the_largest_buyer(method, own, radius):
    Z = np.zeros((4, 4))
    Z[2, 2] = own  # uses more of itself than it makes
    Z[2, 3] = 130.0  # buys more than it makes, and from the one at fault, yet does no harm itself
    with pytest.raises(LeontiefError, match=f"spectral radius of A is {radius}.* Hainan 01 .buys 1") as error:
        Leontief(Z, X4, method=method, **LABELS).solve(np.ones(4))
    assert "Hainan 02" not in str(error.value)


def test_a_column_that_buys_more_than_it_makes_is_no_harm_in_a_productive_system():
    Z = np.zeros((4, 4))
    Z[0, 3] = 130.0
    system = Leontief(Z, X4)
    np.testing.assert_allclose(system.solve([0, 0, 0, 10.0]), [13, 0, 0, 10])
    assert system.certificate.rigorous


def test_shapes_and_right_hand_sides_are_checked():
    with pytest.raises(LeontiefError, match=r"Z has shape \(4, 3\), expected 4 x 4"):
        Leontief(np.zeros((4, 3)), X4)
    system = Leontief(flat_table(), X4, **LABELS)
    with pytest.raises(LeontiefError, match="expected 4 rows"):
        system.solve(np.ones((2, 2, 2)))
    with pytest.raises(LeontiefError, match="nan at Hebei 02"):
        system.solve_transposed([[0, 0, 0, 0], [0, np.nan, 0, 0]])
    with pytest.raises(LeontiefError, match=r"method 'kryloff' is unknown .did you mean 'krylov'"):
        Leontief(flat_table(), X4, method="kryloff")
    with pytest.raises(LeontiefError, match="before the first solve"):
        _ = system.error_bound


def test_no_right_hand_side_and_zero_right_hand_sides_have_defined_solutions():
    system = Leontief(flat_table(), X4)
    assert system.solve(np.zeros((4, 0))).shape == (4, 0)
    np.testing.assert_array_equal(system.solve(np.zeros((4, 2))), 0)
    assert system.error_bound == 0
    X = system.solve(np.array([[0.0, 1], [0, 0], [0, 0], [0, 0]]))
    np.testing.assert_array_equal(X[:, 0], 0)
    assert (X[:, 1] > 0).all()


# -- where Z lies, and on how many cores ---------------------------------------------------------------


def test_z_may_lie_in_a_memory_map_or_a_file_behind_xarray(tmp_path, narrow):
    Z, x = random_system(1, 6, 8, zero=True)
    Y = np.random.default_rng(0).random((48, 3))
    expected = Leontief(Z, x).solve(Y)
    np.save(tmp_path / "Z.npy", Z)
    xr.DataArray(Z, dims=("region", "sector", "to_region", "to_sector"), name="Z").to_netcdf(tmp_path / "Z.nc")
    with xr.open_dataset(tmp_path / "Z.nc") as file:
        sources = {
            "memory map": np.load(tmp_path / "Z.npy", mmap_mode="r"),
            "xarray": file["Z"],
            "single precision": Z.astype(np.float32),
            "other order": np.asfortranarray(Z),
            "view": np.concatenate([Z, Z])[:6],
        }
        for name, source in sources.items():
            rtol = 1e-5 if name == "single precision" else 1e-11
            system = Leontief(source, x, method="krylov")
            np.testing.assert_allclose(system.solve(Y), expected, rtol=rtol, err_msg=name)
            assert system._panels.in_memory == (name != "xarray")


def test_bands_hold_whole_regions_or_parts_of_large_ones():
    Z = np.arange(36.0**2).reshape(3, 12, 3, 12)
    sources = (Z, xr.DataArray(Z), Z[:, :, ::-1, :])
    for height, edges in ((5, [0, 4, 8, 12, 16, 20, 24, 28, 32, 36]), (13, [0, 12, 24, 36]), (25, [0, 24, 36])):
        for source in sources:
            panels = solvers.Panels.of(source, (3, 12), height)
            assert list(panels.edges) == edges
            whole = np.asarray(source).reshape(36, 36)
            np.testing.assert_array_equal(np.concatenate([rows for _, _, rows in panels]), whole)


def test_a_solve_uses_no_more_cores_than_allowed_and_leaves_blas_as_it_was(monkeypatch, narrow):
    monkeypatch.setattr(threads, "SMALL", 0)
    Z, x = random_system(1, 6, 4)
    with threadpool_limits(1):
        assert threads.allowed() == 1
    rows, seen = np.arange(40.0).reshape(20, 2), []

    def work(part):
        seen.extend(lib["num_threads"] for lib in threadpool_info() if lib["user_api"] == "blas")
        return part

    with threadpool_limits(2):
        before = {lib["filepath"]: lib["num_threads"] for lib in threadpool_info()}
        with threads.Team() as team:
            np.testing.assert_array_equal(np.concatenate(team.map(work, [rows[:9], rows[9:]])), rows)
            team.split(lambda a, b: work(rows[a:b]), 20)
        assert set(seen) == {1}
        Leontief(Z, x, method="krylov").solve(np.ones((24, 20)))
        assert {lib["filepath"]: lib["num_threads"] for lib in threadpool_info()} == before
