"""What is written reads back equal, byte for byte and label for label."""

from __future__ import annotations

import time

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from strategies import balanced_tables, random_table

from mrio import labels
from mrio.equations.flows import accounts
from mrio.errors import InputError, LabelError, UnitError
from mrio.formats.any_table import read_table
from mrio.formats.long_csv import write_long_csv
from mrio.formats.matrix_csv import write_matrix_csv
from mrio.formats.netcdf import write_netcdf
from mrio.formats.pymrio_extensions import read_pymrio_extensions
from mrio.formats.pymrio_folder import write_pymrio_folder
from mrio.table.interregional import Table

PROVINCES = ["Beijing", "Hebei", "Inner Mongolia"]


def on_grid(table: Table) -> Table:
    return Table(table.data.map(lambda v: np.round(v, 2), keep_attrs=True))


@settings(max_examples=8)
@given(balanced_tables())
def test_netcdf_reads_back_equal(tmp_path_factory, table):
    path = tmp_path_factory.mktemp("nc") / "table.nc"
    for each in (table, on_grid(table)):
        xr.testing.assert_identical(read_table(write_netcdf(each, path)).data, each.data)


@settings(max_examples=8)
@given(balanced_tables())
def test_matrix_csv_reads_back_equal(tmp_path_factory, table):
    path = write_matrix_csv(table, tmp_path_factory.mktemp("csv") / "table.csv")
    xr.testing.assert_identical(read_table(path, "matrix-csv").data, table.data)


@settings(max_examples=8)
@given(balanced_tables())
def test_long_csv_reads_back_equal(tmp_path_factory, table):
    path = write_long_csv(table, tmp_path_factory.mktemp("csv") / "table.csv")
    xr.testing.assert_identical(read_table(path, "long-csv").data, table.data)


def test_long_csv_lines_may_come_in_any_order(table, tmp_path):
    path = write_long_csv(table, tmp_path / "t.csv")
    lines = path.read_text("utf-8-sig").splitlines()
    head = next(k for k, line in enumerate(lines) if line.startswith("variable")) + 1
    outputs = [line for line in lines[head:] if line.startswith("output")]
    rest = [line for line in lines[head:] if not line.startswith("output")]
    path.write_text("\n".join([*lines[:head], *rest[::-1], *outputs]), encoding="utf-8")
    xr.testing.assert_identical(read_table(path, "long-csv").data, table.data)


@settings(max_examples=8)
@given(balanced_tables(min_sectors=2))
def test_pymrio_folder_reads_back_equal(tmp_path_factory, table):
    folder = write_pymrio_folder(table, tmp_path_factory.mktemp("pymrio"))
    xr.testing.assert_identical(read_table(folder, "pymrio").data, table.data)


def test_a_table_goes_out_to_pymrio_and_comes_back(tmp_path):
    pymrio = pytest.importorskip("pymrio")
    codes = labels.sectors("six")["code"].tolist()
    table = random_table(4, 3, 6, region_labels=PROVINCES, sector_labels=codes, scheme="six", zero_sectors=1)
    table = table.drop_regions(["Hebei"])
    system = pymrio.load_all(write_pymrio_folder(table, tmp_path / "out"))
    np.testing.assert_allclose(system.x.to_numpy().ravel(), table.output.values.ravel(), rtol=1e-10)
    system.x = None
    system.calc_system()
    np.testing.assert_allclose(system.x.to_numpy().ravel(), table.output.values.ravel(), rtol=1e-10)
    system.save_all(tmp_path / "back")
    back = read_table(tmp_path / "back", "pymrio")
    xr.testing.assert_allclose(back.data, table.data, rtol=1e-10)
    assert back.data.attrs == table.data.attrs and back.sectors == codes


def test_any_pymrio_system_reads_with_its_year_currency_and_extensions(tmp_path):
    pymrio = pytest.importorskip("pymrio")
    system = pymrio.load_test()
    system.save_all(tmp_path / "m")
    with pytest.raises(InputError, match=r"found no year in metadata.json"):
        read_table(tmp_path / "m", "pymrio")
    table = read_table(tmp_path / "m", "pymrio", year=2010)
    np.testing.assert_allclose(table.Z.values.reshape(48, 48), system.Z.to_numpy(), rtol=1e-10)
    assert table.data["component"].values.tolist() == ["Value Added"] and table.regions[0] == "reg1"
    assert table.unit == "M USD"
    extensions = read_pymrio_extensions(tmp_path / "m", table)
    assert list(extensions) == ["emissions"] and extensions["emissions"]["unit"].values.tolist() == ["kg", "kg"]
    np.testing.assert_allclose(extensions["emissions"]["F"].values.reshape(2, 48), system.emissions.F, rtol=1e-10)
    system.factor_inputs.unit["unit"] = "M.EUR"
    system.save_all(tmp_path / "euros")
    with pytest.raises(UnitError, match=r"factor_inputs.unit.txt: found M EUR, expected USD"):
        read_table(tmp_path / "euros", "pymrio", year=2010)


def test_extensions_go_out_to_pymrio_and_come_back_with_their_units(tmp_path):
    pymrio = pytest.importorskip("pymrio")
    table = random_table(4, 2, 3, region_labels=["Beijing", "Hebei"], sector_labels=["01", "02", "03"], unit="M EUR")
    rng = np.random.default_rng(1)
    coords = {"stressor": ["SO2", "water", "jobs"], "region": table.regions, "sector": table.sectors,
              "unit": ("stressor", ["kt", "M m3", "1000 p"])}  # fmt: skip
    F = xr.DataArray(rng.random((3, 2, 3)), coords, ("stressor", "region", "sector"))
    used = rng.random((3, 2, len(table.categories)))
    physical = xr.Dataset({"F": F}).assign_coords(category=table.categories)
    physical = physical.assign(F_Y=(("stressor", "region", "category"), used))
    given = {"emissions": physical.isel(stressor=[0]), "resources": physical.isel(stressor=[1, 2])}
    folder = write_pymrio_folder(table, tmp_path / "out", given)
    back = read_pymrio_extensions(folder, read_table(folder, "pymrio"))
    assert list(back) == list(given)
    for name, data in given.items():
        xr.testing.assert_identical(back[name], data)
    system = pymrio.load_all(folder)
    system.save_all(tmp_path / "again")
    again = read_pymrio_extensions(tmp_path / "again", read_table(tmp_path / "again", "pymrio"))
    xr.testing.assert_allclose(again["resources"], given["resources"], rtol=1e-10)
    made = accounts(table, back["resources"]["F"])
    assert made["unit"].values.tolist() == ["M m3", "1000 p"]


def test_an_extension_whose_households_lack_a_column_is_refused(tmp_path):
    table = random_table(4, 2, 3, sector_labels=["01", "02", "03"])
    F = xr.DataArray(np.ones((1, 2, 3)), {"stressor": ["SO2"], "region": table.regions, "sector": table.sectors,
                     "unit": ("stressor", ["kt"])}, ("stressor", "region", "sector"))  # fmt: skip
    given = xr.Dataset({"F": F}).assign_coords(category=table.categories)
    given = given.assign(F_Y=(("stressor", "region", "category"), np.ones((1, 2, len(table.categories)))))
    folder = write_pymrio_folder(table, tmp_path / "out", {"emissions": given})
    path = folder / "emissions" / "F_Y.txt"
    name = table.categories[0]
    path.write_text(path.read_text(encoding="utf-8").replace(name, f"{name}s"), encoding="utf-8")
    with pytest.raises(LabelError, match=rf"F_Y of SO2: no column '{table.regions[0]} {name}' as in Y"):
        read_pymrio_extensions(folder, read_table(folder, "pymrio", checked=False))


def test_persons_among_factor_inputs_are_no_value_added(tmp_path):
    table = random_table(4, 2, 3, components=2)
    folder = write_pymrio_folder(table, tmp_path / "out")
    path = folder / "factor_inputs" / "unit.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines[:-1], lines[-1].replace("10k CNY", "1000 p")]) + "\n", encoding="utf-8")
    back = read_table(folder, "pymrio", checked=False)
    assert back.data["component"].values.tolist() == table.data["component"].values.tolist()[:-1]
    assert read_pymrio_extensions(folder, back)["factor_inputs"]["unit"].values.tolist() == ["1000 p"]


def test_netcdf_has_the_same_bytes_when_written_twice(table, tmp_path):
    write_netcdf(table, tmp_path / "a.nc")
    time.sleep(1.1)
    assert (tmp_path / "a.nc").read_bytes() == write_netcdf(table, tmp_path / "b.nc").read_bytes()


def test_values_on_the_grid_are_packed_and_exact_even_beyond_32_bits(table, tmp_path):
    data = on_grid(table).data
    data["output"] = data["output"].copy(data=np.full(data["output"].shape, 123_456_789.01))
    path = write_netcdf(Table(data), tmp_path / "t.nc")
    with xr.open_dataset(path, engine="h5netcdf", mask_and_scale=False) as stored:
        assert (stored["Z"].dtype, stored["output"].dtype) == (np.int32, np.int64)
    xr.testing.assert_identical(read_table(path).data, data)


def test_the_order_of_provinces_in_the_file_does_not_matter(tmp_path):
    table = random_table(3, 3, 4, region_labels=PROVINCES)
    shuffled = table.reorder(PROVINCES[::-1])
    for write, layout in ((write_netcdf, "netcdf"), (write_matrix_csv, "matrix-csv")):
        back = read_table(write(shuffled, tmp_path / layout), layout)
        xr.testing.assert_identical(back.data, table.data)


def test_matrix_csv_carries_accounts_and_attributes(tmp_path):
    table = random_table(3, 3, 4, region_labels=PROVINCES).drop_regions(["Hebei"])
    products = table.data.assign(imports_by_product=(("sector", "to_region"), np.arange(8.0).reshape(4, 2)))
    products["imports_by_product"].attrs = {"unit": "10k CNY", "long_name": "foreign imports by product"}
    back = read_table(write_matrix_csv(Table(products), tmp_path / "t.csv"), "matrix-csv")
    xr.testing.assert_identical(back.data, products)
    assert back.data.attrs["excluded_regions"] == "Hebei"


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("n.a.", "the text 'n.a.'"),
        ("", "an empty cell"),
        ("1,234.5", "the number '1,234.5' stored as text"),
        ("１２", "full-width digits"),
        ("1_000", "the text '1_000'"),
        ("nan", "the text 'nan'"),
        ("inf", "the text 'inf'"),
    ],
)
def test_matrix_csv_names_the_cell_that_is_no_number(table, tmp_path, cell, says):
    path = write_matrix_csv(table, tmp_path / "t.csv")
    lines = path.read_text("utf-8-sig").splitlines()
    cells = lines[7].split(",")
    cells[3] = f'"{cell}"'
    lines[7] = ",".join(cells)
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_table(path, "matrix-csv")
    assert says in str(caught.value)
    assert f"{path}, row 8 (r0 s1), column D (r0 s1)" in str(caught.value)


def test_labels_of_a_spreadsheet_are_understood(tmp_path):
    codes = labels.sectors("42")["code"].tolist()[:4]
    table = random_table(3, 3, 4, region_labels=PROVINCES, sector_labels=codes, scheme="42")
    chinese, numbers = ["北京市", "河北", "内蒙"], [code.lstrip("0") for code in codes]
    names = {"region": chinese, "to_region": chinese, "sector": numbers, "to_sector": numbers}
    spoken = Table(table.data.assign_coords(names))
    for write, layout in ((write_matrix_csv, "matrix-csv"), (write_long_csv, "long-csv")):
        xr.testing.assert_equal(read_table(write(spoken, tmp_path / layout), layout).data, table.data)
