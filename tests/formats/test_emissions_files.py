"""Emission CSVs: read back equal, and refused by file, row and column."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from changing import changed

from mrio import labels
from mrio.errors import BalanceError, InputError, LabelError, UnitError
from mrio.formats.inputs.emission_files import emission_dataset, read_emissions, write_emissions


def dataset(seed=0, regions=("Beijing", "Hebei"), names=("raw_coal", "process")):
    rng = np.random.default_rng(seed)
    sectors = labels.sectors("six")["code"].tolist()

    def cube(dim, codes):
        coords = {"region": list(regions), "fuel": list(names), dim: list(codes)}
        values = np.rint(rng.gamma(0.5, 20.0, [len(c) for c in coords.values()]) * 1e9) / 1e9
        return xr.DataArray(values, coords, list(coords))

    return emission_dataset(
        cube("sector", sectors), cube("household", ["urban", "rural"]), year=2017, scheme="six", source="a.csv"
    )


@pytest.fixture
def path(tmp_path):
    return write_emissions(dataset(), tmp_path / "a.csv")


def test_what_is_written_reads_back_equal_and_has_the_same_bytes(path, tmp_path):
    read = read_emissions(path, scheme="six", year=2017)
    xr.testing.assert_identical(read, dataset())
    assert write_emissions(read, tmp_path / "b.csv").read_bytes() == path.read_bytes()


def test_totals_in_the_file_are_exact_sums(path):
    for row in pd.read_csv(path, dtype=str).itertuples():
        assert Decimal(row.raw_coal) + Decimal(row.process) == Decimal(row.total)


@pytest.mark.parametrize("dress", ["gbk", "bom-crlf", "shuffled", "spreadsheet"])
def test_a_file_a_person_saved_again_reads_the_same(path, dress):
    expected = read_emissions(path, scheme="six")
    lines = path.read_text(encoding="utf-8").splitlines()
    if dress == "gbk":
        path.write_bytes("\n".join(lines).replace("Beijing", "北京").encode("gbk"))
    elif dress == "bom-crlf":
        path.write_bytes(("\ufeff" + "\r\n".join([*lines, "", ""])).encode())
    elif dress == "shuffled":
        path.write_text("\n".join([lines[0], *lines[:0:-1]]), encoding="utf-8")
    else:
        path.write_text("\n".join(lines).replace("Hebei", "130000"), encoding="utf-8")
    xr.testing.assert_identical(read_emissions(path, scheme="six"), expected)


def test_a_sector_code_that_lost_its_zero_is_understood(tmp_path):
    codes = labels.sectors("42")["code"].tolist()
    made = emission_dataset(
        xr.DataArray(np.ones((1, 1, 42)), {"region": ["Hebei"], "fuel": ["coke"], "sector": codes}),
        xr.DataArray(np.ones((1, 1, 2)), {"region": ["Hebei"], "fuel": ["coke"], "household": ["urban", "rural"]}),
        year=2017, scheme="42", source="c.csv",
    )  # fmt: skip
    path = changed(write_emissions(made, tmp_path / "c.csv"), "Hebei,01,", "Hebei,1,")
    assert float(read_emissions(path)["F"].sel(region="Hebei", sector="01")) == 1.0


def test_another_unit_is_converted(path):
    expected = read_emissions(path, scheme="six")
    table = pd.read_csv(path)
    for column in ("raw_coal", "process", "total"):
        table[column] *= 1e3
    table.assign(unit="kt CO2").to_csv(path, index=False)
    xr.testing.assert_allclose(read_emissions(path, scheme="six"), expected, rtol=1e-12)


def test_a_file_without_fuels_has_one_total(path):
    pd.read_csv(path).drop(columns=["raw_coal", "process"]).to_csv(path, index=False)
    read = read_emissions(path, scheme="six")
    assert read["fuel"].values.tolist() == ["total"]
    written = write_emissions(read, path.with_name("b.csv"))
    xr.testing.assert_equal(read_emissions(written, scheme="six"), read)
    xr.testing.assert_allclose(read["F"], dataset()["F"], rtol=1e-12)


@pytest.mark.parametrize(
    ("old", "new", "error", "message"),
    [
        ("Hebei", "Hebbei", LabelError, r"a.csv, row 10: 'Hebbei' is not a province .* \(did you mean 'Hebei'\?\)"),
        ("Hebei,trade", "Hebei,trades", LabelError, r"row 14: sector 'trades' is unknown \(did you mean 'trade'\?\)"),
        ("2017", "2016", InputError, "row 2: found year 2016, expected year 2017"),
        (
            "Mt CO2",
            "Mt C",
            UnitError,
            r"row 2, column unit: found unit 'Mt C', tonnes of carbon, expected CO2: multiply by 44/12",
        ),
        ("total", "sum", InputError, "found no column 'total'"),
        ("process", "raw_coal", InputError, "row 1: found column 'raw_coal' twice"),
        (
            "CO2,Hebei,agriculture",
            "CO2,Beijing,agriculture",
            LabelError,
            "row 10: Beijing agriculture is given twice",
        ),
        (
            "Beijing,industry,Mt CO2,",
            "Beijing,industry,Mt CO2,n.a.",
            InputError,
            r"row 3, column G \(raw_coal\): found",
        ),
        ("Beijing,industry,Mt CO2,", "Beijing,industry,Mt CO2,-", InputError, "row 3, column raw_coal: found -"),
        ("Beijing,industry,Mt CO2,", "Beijing,industry,Mt CO2,9", BalanceError, "row 3: fuels add up to"),
        ("Beijing,industry,Mt CO2,", "Beijing,industry,Mt CO2,,", InputError, "row 3: found 10 cells, expected 9"),
    ],
)
def test_a_broken_emission_file_is_refused_by_place(path, old, new, error, message):
    with pytest.raises(error, match=message):
        read_emissions(changed(path, old, new), scheme="six", year=2017)


def test_provinces_of_file_and_table_must_agree(path):
    both = ["Beijing", "Hebei"]
    assert read_emissions(path, both[::-1], "six")["region"].values.tolist() == both[::-1]
    with pytest.raises(LabelError, match="no emissions of Tibet; add the rows or exclude the province"):
        read_emissions(path, [*both, "Tibet"], "six")
    with pytest.raises(LabelError, match="emissions of Hebei, which the table does not have"):
        read_emissions(path, ["Beijing"], "six")


def test_a_missing_sector_is_refused(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(lines[:-1]), encoding="utf-8")
    with pytest.raises(LabelError, match="Hebei has no row for sector 'rural'; a sector without emissions is 0"):
        read_emissions(path, scheme="six")


# -- scheme, year, unit and stressor are stated, and held against the table --------------------------------------------
def official(tmp_path, scheme, year=2017):
    """Return a file of Hebei in one of the classifications of 42 sectors, whose codes are the same."""
    codes = labels.sectors(scheme)["code"].tolist()
    places = {"region": ["Hebei"], "fuel": ["coke"]}
    made = emission_dataset(
        xr.DataArray(np.ones((1, 1, 42)), {**places, "sector": codes}),
        xr.DataArray(np.ones((1, 1, 2)), {**places, "household": ["urban", "rural"]}),
        year=year, scheme=scheme, source="a.csv",
    )  # fmt: skip
    return write_emissions(made, tmp_path / f"{scheme}.csv")


def without(path, *names):
    """Make the file an older one, without some columns."""
    pd.read_csv(path, dtype=str).drop(columns=list(names)).to_csv(path, index=False)
    return path


SCHEMES = ("42", "42-2012")


@pytest.mark.parametrize("made", SCHEMES)
@pytest.mark.parametrize("wanted", SCHEMES)
def test_emissions_in_another_classification_of_as_many_sectors_never_pass(tmp_path, made, wanted):
    path = official(tmp_path, made)
    if made == wanted:
        assert read_emissions(path, ["Hebei"], wanted).attrs["scheme"] == made == read_emissions(path).attrs["scheme"]
        return
    with pytest.raises(InputError, match=rf"row 2, column scheme: found scheme '{made}', expected '{wanted}'.*'mrio"):
        read_emissions(path, ["Hebei"], wanted)


@pytest.mark.parametrize("made", SCHEMES)
def test_an_older_file_whose_codes_leave_a_choice_is_refused(tmp_path, made):
    path = without(official(tmp_path, made), "scheme", "stressor")
    with pytest.raises(InputError, match=r"no column 'scheme', expected .*42 or 42-2012.*the table is in 42-2012"):
        read_emissions(path, ["Hebei"], "42-2012")


def test_an_older_file_that_leaves_none_is_read_with_one_warning(path):
    expected = read_emissions(path, scheme="six")
    without(path, "scheme", "stressor")
    with pytest.warns(UserWarning, match=r"'scheme' and 'stressor'; taken for .*'six', .* and CO2") as said:
        xr.testing.assert_identical(read_emissions(path, scheme="six"), expected)
    assert len(said) == 1
    with pytest.raises(InputError, match=r"found the sectors of 'six', expected those of '42'; .*'mrio emissions"):
        read_emissions(path, scheme="42")


@pytest.mark.parametrize("column", ["scheme", "stressor", "year", "unit"])
def test_one_row_of_another_kind_is_refused(path, column):
    table = pd.read_csv(path, dtype=str)
    other = {"scheme": "42", "stressor": "SO2", "year": "2012", "unit": "t CO2"}[column]
    table.loc[7, column] = other
    table.to_csv(path, index=False)
    with pytest.raises((InputError, UnitError), match=rf"row 9.*{other}"):
        read_emissions(path, scheme="six", year=2017)


def test_another_stressor_keeps_its_unit_and_never_passes_for_co2(path):
    table = pd.read_csv(path, dtype=str).assign(stressor="SO2", unit="kt")
    table.to_csv(path, index=False)
    with pytest.raises(InputError, match="row 2, column stressor: found stressor 'SO2', expected 'CO2'"):
        read_emissions(path, scheme="six")
    read = read_emissions(path, scheme="six", stressor="SO2")
    np.testing.assert_array_equal(read["F"], dataset()["F"])
    assert read["F"].attrs["unit"] == "kt" and read.attrs["stressor"] == "SO2"
    assert write_emissions(read, path.with_name("b.csv")).read_bytes() == path.read_bytes()


def test_a_spreadsheet_keeps_what_the_file_states(tmp_path):
    """Excel reads 42 as a number and 42-2012 as text, and gives both back as they were."""
    for scheme in SCHEMES:
        path = official(tmp_path, scheme)
        pd.read_csv(path).to_excel(tmp_path / "a.xlsx", index=False)
        pd.read_excel(tmp_path / "a.xlsx", engine="calamine").to_csv(path, index=False)
        assert read_emissions(path, ["Hebei"], scheme)["F"].sizes["sector"] == 42


def test_another_stressor_in_a_unit_of_co2_is_refused_not_scaled(tmp_path, repo):
    source = (repo / "data" / "raw" / "2017" / "emissions_6.csv").read_text(encoding="utf-8-sig")
    path = tmp_path / "emissions_6_CH4.csv"
    path.write_text(source.replace(",CO2,", ",CH4,").replace("Mt CO2", "kt CO2"), encoding="utf-8")
    with pytest.raises(
        InputError, match="row 2, column unit: found unit 'kt CO2', expected the unit of CH4, such as kt"
    ):
        read_emissions(path, stressor="CH4")
    path.write_text(source.replace(",CO2,", ",CH4,").replace("Mt CO2", "kt"), encoding="utf-8")
    assert read_emissions(path, stressor="CH4").F.attrs["unit"] == "kt"
