"""Results read by their own reader are what xarray reads."""

import h5py
import numpy as np
import pytest
import xarray as xr

from mrio.formats.result_files import read_dataset


def made() -> xr.Dataset:
    """Of every kind a result has: numbers with gaps, counts, truths, words, scalars, an axis without names."""
    rng = np.random.default_rng(0)
    flows = rng.random((2, 3, 3))
    flows[0, 1, 2] = np.nan
    return xr.Dataset(
        {
            "flows": (
                ("definition", "region", "to_region"),
                flows,
                {"unit": "Mt", "price": 100.0, "years": [2012, 2017]},
            ),
            "rank": (("region",), np.array([3, 1, 2], dtype="<i4"), {"year": 2017}),
            "pays": (("region",), np.array([True, False, True])),
            "fund": ((), 5.5, {"unit": "100M CNY"}),
            "drawn": (("draw", "region"), rng.random((4, 3)).astype("<f4")),
            "verdict": (("region",), np.array(["支付", "", "receives"], dtype=object)),
        },
        {
            "region": ["North", "South", "内蒙古"],
            "to_region": ["North", "South", "内蒙古"],
            "definition": ["eebt", "mrio"],
            "unit": ("definition", ["Mt", "kt"]),
            "resolution": "six",
        },
        {"title": "Tables", "price": 100.0, "weights": [0.25, 0.75], "year": 2017},
    )


@pytest.mark.parametrize("packed", [False, True])
def test_a_result_is_read_as_xarray_reads_it(tmp_path, packed):
    path = tmp_path / "made.nc"
    encoding = {"flows": {"dtype": "i4", "scale_factor": 0.01, "_FillValue": -1, "zlib": True}} if packed else {}
    made().to_netcdf(path, engine="h5netcdf", encoding=encoding)
    known, read = xr.load_dataset(path, engine="h5netcdf"), read_dataset(path)
    xr.testing.assert_identical(read, known)
    assert list(read.data_vars) == list(known.data_vars) and list(read.dims) == list(known.dims)
    for name, variable in known.variables.items():
        assert read[name].dtype == variable.dtype, name
        assert {key: type(value) for key, value in read[name].attrs.items()} == {
            key: type(value) for key, value in variable.attrs.items()
        }


def test_a_file_that_is_cut_short_or_none_is_refused(tmp_path):
    path = tmp_path / "made.nc"
    with pytest.raises(OSError, match=r"made\.nc"):
        read_dataset(path)
    made().to_netcdf(path, engine="h5netcdf")
    path.write_bytes(path.read_bytes()[:3000])
    with pytest.raises(OSError, match=r"made\.nc|truncated"):
        read_dataset(path)
    with h5py.File(tmp_path / "grouped.nc", "w") as file:
        file.create_group("inner")
    with pytest.raises(ValueError, match="'inner' is a group"):
        read_dataset(tmp_path / "grouped.nc")
