"""CSV files with a header: one reader for inputs and for the register, which drops nothing and names what is wrong."""

import pytest

from mrio.errors import InputError
from mrio.formats.records import read_records

COLUMNS = ("region", "value")


@pytest.fixture
def csv_file(tmp_path):
    def write(text):
        path = tmp_path / "a.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def read(path, **options):
    return list(read_records(path, COLUMNS, "a test CSV", **options))


def test_rows_come_with_their_line_and_further_columns(csv_file):
    path = csv_file("\n region ,value,more\n\nHebei, 1\t,x\n,,\nHenan,2,\n")
    assert read(path) == [
        (4, {"region": "Hebei", "value": "1", "more": "x"}),
        (6, {"region": "Henan", "value": "2", "more": ""}),
    ]


def test_rows_are_read_one_after_the_other(csv_file):
    rows = read_records(csv_file("region,value\nHebei,1\nHenan\n"), COLUMNS, "a test CSV")
    assert next(rows)[0] == 2
    with pytest.raises(InputError, match="row 3: found 1 cells, expected 2, as in the header"):
        next(rows)


def test_headers_of_a_closed_sheet_may_be_written_in_several_ways(csv_file):
    spellings = {"region": "region", "省份": "region", "value": "value"}
    assert read(csv_file("省份,value\nHebei,1\n"), spellings=spellings) == [(2, {"region": "Hebei", "value": "1"})]
    assert read(csv_file("region\n"), spellings=spellings, optional=("value",), empty=True) == []
    with pytest.raises(InputError, match=r"row 1, column 2: found header 'valeu' \(did you mean 'value'\?\)"):
        read(csv_file("region,valeu\nHebei,1\n"), spellings=spellings)
    with pytest.raises(InputError, match="row 1: found column 'region' twice"):
        read(csv_file("region,省份,value\nHebei,Hebei,1\n"), spellings=spellings)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "region,valu\nHebei,1\n",
            r"row 1: found no column 'value' \(did you mean 'valu'\?\), expected a test CSV with",
        ),
        ("region,value\n", "found no rows, expected a test CSV: rows under the columns region, value"),
        ("\n\n", "found no column 'region', expected a test CSV with the columns region, value"),
        ('region,value\n"Hebei"x,1\n', "row 2: found .* check the quotation marks"),
    ],
)
def test_a_file_that_is_no_such_csv_is_refused(csv_file, text, message):
    with pytest.raises(InputError, match=message):
        read(csv_file(text))
