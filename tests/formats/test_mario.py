"""The folder MARIO writes, read by its labels: what it means, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from mrio import read_table
from mrio.errors import InputError, LabelError, UnitError
from mrio.formats.mario_folder import read_mario_extensions

PRODUCTS = [("North", "farms"), ("North", "works"), ("South", "farms"), ("South", "works")]
FINALS = [("North", "homes"), ("South", "homes")]
Z = np.array([[1, 2, 0, 3], [4, 5, 6, 0], [0, 1, 2, 2], [3, 0, 1, 4.0]])
Y = np.array([[10, 4], [5, 20], [0, 15], [12, 1.0]])
WAGES = np.array([6.0, 7, 8, 9])


def head(labels, level: str, index: int, mark: str) -> list[str]:
    """Return the heading rows of a matrix and the row that names the labels at its left."""
    rows = [("Region", [region for region, _ in labels]), ("Level", [level] * len(labels)),
            ("Item", [item for _, item in labels])]  # fmt: skip
    blank = [""] * (index - 1)
    lines = [mark.join([name, *blank, *cells]) for name, cells in rows]
    return [*lines, mark.join([*("Region", "Level", "Item")[-index:], *[""] * len(labels)])]


def matrix(path: Path, names, labels, level: str, values, mark: str) -> None:
    """Write a matrix with `names` at its left."""
    body = [mark.join([*name, *map(repr, row)]) for name, row in zip(names, values.tolist(), strict=True)]
    path.write_text("\n".join([*head(labels, level, len(names[0]), mark), *body]) + "\n", encoding="utf-8")


@pytest.fixture
def folder(tmp_path, request):
    """A folder of two regions with two sectors in million euros, wages and jobs, and carbon dioxide."""
    mark = getattr(request, "param", ",")
    flows = tmp_path / "made" / "flows"
    flows.mkdir(parents=True)
    rows = [(region, "Sector", item) for region, item in PRODUCTS]
    profit = Z.sum(1) + Y.sum(1) - Z.sum(0) - WAGES
    V = np.array([WAGES * 1000, profit * 1000, [1, 2, 3, 4.0]])
    matrix(flows / "Z.txt", rows, PRODUCTS, "Sector", Z, mark)
    matrix(flows / "Y.txt", rows, FINALS, "Consumption category", Y, mark)
    matrix(flows / "V.txt", [("wages",), ("profit",), ("jobs",)], PRODUCTS, "Sector", V, mark)
    matrix(
        flows / "VY.txt", [("wages",), ("profit",), ("jobs",)], FINALS, "Consumption category", np.zeros((3, 2)), mark
    )
    matrix(flows / "E.txt", [("CO2",)], PRODUCTS, "Sector", np.array([[9, 8, 7, 6.0]]), mark)
    matrix(flows / "EY.txt", [("CO2",)], FINALS, "Consumption category", np.array([[2, 3.0]]), mark)
    X = [mark.join([*row, repr(x)]) for row, x in zip(rows, (Z.sum(1) + Y.sum(1)).tolist(), strict=True)]
    (flows / "X.txt").write_text("\n".join([mark.join(("Region", "Level", "Item", "production")), *X]) + "\n")
    units = [("Sector", "farms", "M EUR"), ("Sector", "works", "M EUR"), ("Factor of production", "wages", "1000 EUR"),
             ("Factor of production", "profit", "1000 EUR"), ("Factor of production", "jobs", "1000 p"),
             ("Satellite account", "CO2", "kt")]  # fmt: skip
    (flows / "units.txt").write_text("\n".join([mark.join(("", "", "unit")), *map(mark.join, units)]) + "\n")
    (tmp_path / "made" / "metadata.json").write_text(json.dumps({"table": "IOT", "year": 2019}), encoding="utf-8")
    return tmp_path / "made"


@pytest.mark.parametrize("folder", [",", "\t", ";"], indirect=True)
def test_flows_factors_and_satellites_are_read_in_their_units(folder):
    table = read_table(folder, "mario")
    assert (table.regions, table.sectors, table.categories) == (["North", "South"], ["farms", "works"], ["homes"])
    assert (table.year, table.unit) == (2019, "M EUR")
    np.testing.assert_array_equal(table.Z.values.reshape(4, 4), Z)
    np.testing.assert_array_equal(table.Y.values.reshape(4, 2), Y)
    np.testing.assert_allclose(table.value_added.sel(component="wages").values.ravel(), WAGES)
    assert table.data["component"].values.tolist() == ["wages", "profit"]  # jobs are no money
    beside = read_mario_extensions(folder, table)
    assert {name: data["unit"].values.tolist() for name, data in beside.items()} == {
        "satellite": ["kt"],
        "factors": ["1000 p"],
    }
    np.testing.assert_array_equal(beside["satellite"]["F"].values.ravel(), [9, 8, 7, 6])
    np.testing.assert_array_equal(beside["satellite"]["F_Y"].values.ravel(), [2, 3])
    np.testing.assert_array_equal(beside["factors"]["F"].values.ravel(), [1, 2, 3, 4])


def edited(folder: Path, name: str, old: str, new: str) -> Path:
    """Return the folder after one edit of a file."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "old", "new", "error", "sentence"),
    [
        (
            "flows/Z.txt",
            ",Sector,",
            ",Activity,",
            InputError,
            "found the levels Activity, Sector, expected Sector alone",
        ),
        ("flows/Z.txt", "4.0,5.0,", "4.0,", InputError, r"Z.txt, row 6: found 6 cells, expected 7 as in the header"),
        (
            "flows/Z.txt",
            "4.0,5.0,",
            "4.0,,",
            InputError,
            r"row 6 \(North Sector works\), column E .*found an empty cell",
        ),
        ("flows/Y.txt", "South,Sector,works", "South,Sector,mines", LabelError, "differ from those of Z"),
        ("flows/V.txt", "farms,works", "works,farms", LabelError, "V.txt: the columns differ from those of Z.txt"),
        ("flows/units.txt", "works,M EUR", "works,M USD", InputError, "found the units M EUR, M USD of sectors"),
        ("flows/units.txt", "M EUR", "persons", UnitError, "found unit 'persons'"),
        ("flows/units.txt", "1000 EUR", "1000 USD", UnitError, "USD"),
        (
            "flows/units.txt",
            "Factor of production,wages,1000 EUR\n",
            "",
            InputError,
            "units.txt: found no rows of Factor of production 'wages', expected one row",
        ),
        ("flows/units.txt", "Sector,works", "Sector,farms", InputError, "found 2 rows of Sector 'farms'"),
        ("metadata.json", "2019", "null", InputError, "found no year in metadata.json"),
        ("metadata.json", "}", "", InputError, "metadata.json: found text that is no JSON"),
    ],
)
def test_what_is_no_table_is_refused_by_its_place(folder, name, old, new, error, sentence):
    with pytest.raises(error, match=sentence):
        read_table(edited(folder, name, old, new), "mario")


def test_coefficients_alone_are_refused_with_what_to_type(folder):
    (folder / "flows").rename(folder / "coefficients")
    with pytest.raises(InputError, match=r"found no flows/Z.txt.*to_txt\(path, flows=True"):
        read_table(folder, "mario")


def test_a_factor_named_like_a_sector_keeps_a_unit_of_its_own(folder):
    edited(folder, "flows/V.txt", "jobs,", "works,")
    edited(folder, "flows/VY.txt", "jobs,", "works,")
    edited(folder, "flows/units.txt", "Factor of production,jobs", "Factor of production,works")
    table = read_table(folder, "mario")
    assert table.unit == "M EUR" and table.data["component"].values.tolist() == ["wages", "profit"]
    assert read_mario_extensions(folder, table)["factors"]["unit"].values.tolist() == ["1000 p"]


def test_output_is_that_of_the_folder_where_it_states_one_else_the_total_of_the_row(folder):
    path = folder / "flows" / "X.txt"
    total = Z.sum(1) + Y.sum(1)
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[1] = lines[1].replace(repr(float(total[0])), repr(float(total[0]) + 2))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.warns(UserWarning, match="row North farms adds up to 2 M EUR less than its output"):
        table = read_table(folder, "mario")
    np.testing.assert_allclose(table.output.values.ravel(), np.add(total, [2, 0, 0, 0]))
    path.unlink()
    np.testing.assert_allclose(read_table(folder, "mario").output.values.ravel(), total)


def test_the_year_is_the_one_stated_else_the_one_asked_for(folder):
    assert read_table(folder, "mario").year == read_table(folder, "mario", year=2019).year == 2019
    with pytest.raises(InputError, match="found a table of 2019, expected one of 2012"):
        read_table(folder, "mario", year=2012)
    (folder / "metadata.json").unlink()
    assert read_table(folder, "mario", year=2012).year == 2012
    with pytest.raises(InputError, match="no year in metadata"):
        read_table(folder, "mario")
