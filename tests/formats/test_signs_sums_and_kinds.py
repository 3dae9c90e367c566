"""Files as people have them: full-width commas, sums under the rows, a workbook called .csv, carbon for CO2."""

import pytest

from mrio import labels
from mrio.errors import LabelError, MrioError, UnitError
from mrio.formats.any_table import read_table
from mrio.formats.concordances import read_concordance
from mrio.formats.inputs.emission_files import read_emissions
from mrio.formats.inputs.socioeconomic import read_socioeconomic
from mrio.formats.long_csv import write_long_csv
from mrio.formats.matrix_csv import read_matrix_csv
from mrio.formats.pymrio_folder import write_pymrio_folder
from mrio.frames import read_frame
from mrio.labels import partition
from mrio.sums_named import is_sum
from mrio.units import known_unit

XLSX, XLS, HDF, PDF = b"PK\x03\x04\x14\0\x06\0", b"\xd0\xcf\x11\xe0\xa1\xb1", b"\x89HDF\r\n\x1a\n", b"%PDF-1.7\n"
KINDS = {XLSX: "a workbook (.xlsx) or an archive", XLS: "a workbook (.xls)", HDF: "a netCDF file",
         b"CDF\x01": "a netCDF file", PDF: "a PDF"}  # fmt: skip
READERS = {
    "statistics": read_socioeconomic,
    "emissions": read_emissions,
    "a matrix": read_matrix_csv,
    "a concordance": read_concordance,
    "a frame": lambda path: read_frame(path, "a table"),
}


def refusal(call):
    with pytest.raises(MrioError) as caught:
        call()
    return str(caught.value)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("start", KINDS)
def test_a_file_of_another_kind_is_called_what_it_is(tmp_path, reader, start):
    path = tmp_path / "file.csv"
    path.write_bytes(start + bytes(range(256)))
    assert f"file.csv: found {KINDS[start]}, expected" in refusal(lambda: READERS[reader](path))


@pytest.mark.parametrize("name", ["合计", "总计", "全国", "China", "TOTAL", "Sum", "中国", "Grand total"])
def test_a_sum_is_no_misspelt_province(name):
    said = refusal(lambda: labels.province(name, where="file, row 9"))
    assert said.startswith(f"file, row 9: {name!r} is not a province of mainland China: it is a sum; take it out")


@pytest.mark.parametrize("name", ["Hebei", "Hainan", "summary", "Sumatra", "小计划"])
def test_other_names_are_no_sums(name):
    assert not is_sum(name)


@pytest.mark.parametrize("names", ["Hebei,Henan", "河北、河南", "河北，Henan", "Hebei;Henan", "Hebei / Henan"])
def test_two_provinces_in_one_are_told_apart(names):
    assert f"{names!r} is not a province of mainland China: it is 2 in one; name each by itself" in refusal(
        lambda: labels.province(names)
    )


def test_a_half_known_pair_is_a_misspelling():
    assert "is not a province of mainland China" in refusal(lambda: labels.province("Hebei,Hanoi"))


@pytest.mark.parametrize("unit", ["Mt C", "MtC", "kt C", "t C", "Mt carbon", "万吨碳"])
def test_carbon_is_not_co2(unit):
    said = refusal(lambda: known_unit(unit, "Mt CO2", "file, row 2"))
    assert "tonnes of carbon, expected CO2: multiply by 44/12" in said
    assert "did you mean" not in said


@pytest.mark.parametrize("unit", ["MtCO2", "Mt CO2e", "kg", "万吨"])
def test_other_units_are_not_carbon(unit):
    with pytest.raises(UnitError) as caught:
        known_unit(unit, "Mt CO2", "file")
    assert "44/12" not in str(caught.value)


def emissions(tmp_path, header="", cell="", unit="Mt CO2"):
    codes = [*labels.sectors("six")["code"], "urban", "rural"]
    lines = [f"year,scheme,stressor,region,sector,unit,raw_coal,total{header}"]
    lines += [f"2017,six,CO2,Hebei,{code},{unit},1,1{cell}" for code in codes]
    path = tmp_path / "emissions_6.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("header", "cell"), [(",note", ",x"), (",备注", ",见年鉴"), (",source", ",CEADs"), (",更新", ",")]
)
def test_a_column_of_remarks_is_taken_out_not_mended(tmp_path, header, cell):
    said = refusal(lambda: read_emissions(emissions(tmp_path, header, cell)))
    assert f"found column {header[1:]!r}, which is no fuel of data/raw/fuels.csv" in said
    assert "take it out or rename it" in said


def test_a_fuel_that_is_no_number_is_mended(tmp_path):
    path = emissions(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace(",1,1", ",x,1", 1), encoding="utf-8")
    assert "column G (raw_coal): found the text 'x', expected a number" in refusal(lambda: read_emissions(path))


@pytest.mark.parametrize("header", ["year，region,variable", "year，region，variable"])
def test_a_full_width_comma_in_a_header_is_named(tmp_path, header):
    path = tmp_path / "socioeconomic.csv"
    path.write_text(f"{header},value,unit,status,source\n2017,Hebei,gdp,1,100M CNY,verified,x\n", encoding="utf-8")
    said = refusal(lambda: read_socioeconomic(path))
    assert "row 1: found a full-width comma in 'year，region" in said
    assert "did you mean" not in said


def test_a_concordance_in_another_case_names_its_own_row():
    with pytest.raises(LabelError, match=r"'trade' has no group in the concordance \(did you mean 'Trade'\?\)"):
        partition(["trade", "industry"], {"Trade": "c", "industry": "b"})


@pytest.mark.parametrize(
    ("region", "sector"), [("Total", "Total"), ("合计", "合计"), ("总计", "小计"), ("全国", "合计")]
)
def test_a_sum_in_a_matrix_is_taken_out(repo, tmp_path, region, sector):
    lines = (repo / "data/raw/2017/mrio_six.csv").read_text(encoding="utf-8-sig").splitlines()
    first = next(k for k, line in enumerate(lines) if line.startswith("Beijing,"))
    width = lines[first].count(",") - 1
    path = tmp_path / "matrix.csv"
    added = f"{region},{sector}" + ",1" * width
    path.write_text("\n".join([*lines[: first + 180], added, *lines[first + 180 :]]) + "\n", encoding="utf-8")
    said = refusal(lambda: read_matrix_csv(path))
    assert f"row {first + 181}: found the sum" in said
    assert "take sums out" in said


@pytest.mark.parametrize(("sign", "name"), [("\t", "tabs"), (";", "semicolons"), ("，", "full-width commas")])
def test_a_long_csv_with_other_separators_is_told_so(repo, tmp_path, sign, name):
    table = read_table(repo / "data/raw/2017/mrio_six.csv", "matrix-csv", checked=False)
    path = tmp_path / "long.csv"
    write_long_csv(table, path)
    path.write_text(path.read_text(encoding="utf-8-sig").replace(",", sign), encoding="utf-8")
    assert f"found cells separated by {name}, expected commas" in refusal(lambda: read_table(path, "long-csv"))


@pytest.mark.parametrize(
    ("sign", "name"), [("\t", "tabs"), (";", "semicolons"), ("|", "bars"), ("，", "full-width commas")]
)
def test_a_frame_with_other_separators_is_told_so(tmp_path, sign, name):
    path = tmp_path / "known.csv"
    path.write_text("sector,region,to_region,value\n01,Hebei,Henan,5\n".replace(",", sign), encoding="utf-8")
    said = refusal(lambda: read_frame(path, "known flows", ("sector", "region")))
    assert said == f"{path}, row 1: found cells separated by {name}, expected commas; save it as CSV with commas."


@pytest.fixture
def saved(repo, tmp_path):
    table = read_table(repo / "data/raw/2017/mrio_six.csv", "matrix-csv", checked=False)
    write_pymrio_folder(table, tmp_path / "pymrio")
    return tmp_path / "pymrio"


@pytest.mark.parametrize("name", ["Z.txt", "Y.txt"])
def test_a_folder_of_text_with_commas_is_told_so(saved, name):
    path = saved / name
    path.write_text(path.read_text(encoding="utf-8").replace("\t", ","), encoding="utf-8")
    said = refusal(lambda: read_table(saved, "pymrio", 2017))
    assert f"{name}, row 1: found cells separated by commas, expected tabs; save it with tabs." in said


def test_inputs_in_another_currency_than_the_table_name_their_file(saved):
    path = saved / "unit.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("10k CNY", "M USD"), encoding="utf-8")
    said = refusal(lambda: read_table(saved, "pymrio", 2017))
    assert "factor_inputs/unit.txt: found 10k CNY, expected USD, the currency of unit.txt of the table" in said
