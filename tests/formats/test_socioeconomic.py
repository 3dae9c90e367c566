"""Socioeconomic CSVs: figures with unit and status, and what is refused by file, row and column."""

from __future__ import annotations

import pytest
from changing import changed

from mrio.errors import InputError, LabelError, UnitError
from mrio.formats.inputs.socioeconomic import read_socioeconomic

SOCIO = """year,region,variable,value,unit,status,source
2017,Beijing,gdp,28014.94,100M CNY,verified,a yearbook
2017,Beijing,population,2171,10k persons,verified,a yearbook
2017,Beijing,gdp_per_capita,128994,CNY,unverified,a yearbook
2017,Beijing,engel,0.2017,ratio,unverified,a yearbook
2017,河北,gdp,34016.32,100M CNY,verified,a yearbook
2017,河北,population,7520,10k persons,verified,a yearbook
2017,河北,gdp_per_capita,45387,CNY,verified,a yearbook
2017,河北,engel,25.35,%,verified,a yearbook
"""


@pytest.fixture
def socio(tmp_path):
    path = tmp_path / "s.csv"
    path.write_text(SOCIO, encoding="utf-8")
    return path


def test_figures_come_with_unit_and_status(socio):
    read = read_socioeconomic(socio, ["Hebei", "Beijing"], 2017)
    assert read["region"].values.tolist() == ["Hebei", "Beijing"]
    assert float(read["engel"].sel(region="Hebei")) == pytest.approx(0.2535)
    assert read["gdp"].attrs["status"] == "verified" and read["engel"].attrs["status"] == "unverified"
    assert read_socioeconomic(socio, ["Hebei"])["engel"].attrs["status"] == "verified"
    assert {name: read[name].attrs["unit"] for name in read.data_vars} == {
        "gdp": "100M CNY", "population": "10k persons", "gdp_per_capita": "CNY", "engel": "ratio",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "error", "message"),
    [
        ("28014.94", "280149400", UnitError, "GDP over population of Beijing is 1e\\+04 times the per-capita GDP"),
        ("128994,CNY", "128994,USD", UnitError, "row 4: found USD, expected CNY as in row 2; one currency per file"),
        ("0.2017,ratio", "20.17,ratio", UnitError, "engel of Beijing is 20.17 ratio, expected between 0 and 1"),
        ("engel", "angel", LabelError, r"variable 'angel' is unknown \(did you mean 'engel'\?\)"),
        ("2171", "2 171", InputError, r"row 3, column D \(value\): found the number '2 171' stored as text"),
        ("unverified", "maybe", InputError, "found status 'maybe', expected verified or unverified"),
        ("2017,Beijing", "2016,Beijing", InputError, "row 2: found year 2016, expected year 2017"),
        ("河北,engel", "Beijing,engel", LabelError, "row 9: engel of Beijing is given twice"),
        ("2017,河北,engel,25.35,%,verified,a yearbook\n", "", LabelError, "no engel of Hebei; add the rows"),
    ],
)
def test_broken_socioeconomic_figures_are_refused(socio, old, new, error, message):
    with pytest.raises(error, match=message):
        read_socioeconomic(changed(socio, old, new), year=2017)


def test_the_engel_coefficient_must_be_there(socio):
    socio.write_text("\n".join(line for line in SOCIO.splitlines() if "engel" not in line), encoding="utf-8")
    with pytest.raises(InputError, match="found no variable 'engel', expected rows of gdp_per_capita, engel"):
        read_socioeconomic(socio)
