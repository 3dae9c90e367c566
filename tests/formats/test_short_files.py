"""Files of a line or two, and what sectors are called in a folder of another program."""

from __future__ import annotations

import pytest
from strategies import random_table

from mrio.errors import InputError
from mrio.formats.any_table import read_table
from mrio.formats.matrix_csv import FORMAT
from mrio.formats.pymrio_folder import write_pymrio_folder
from mrio.labels import sectors

HEAD = f"# format: {FORMAT}\n# year: 2017\n# unit: 10k CNY\n"


@pytest.mark.parametrize(
    ("rows", "found"),
    [("", "no table under the metadata lines"), ("a,b,c\n", "no table under"), (",region,r0\n,sector,s0\n", "no table"),
     ("a;b;c\n", "semicolon")],
)  # fmt: skip
def test_a_matrix_of_no_or_hardly_any_lines_is_refused_by_what_it_lacks(tmp_path, rows, found):
    path = tmp_path / "m.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    with pytest.raises(InputError, match=found):
        read_table(path, "matrix-csv", 2017)


def test_sectors_of_a_classification_go_out_by_code_and_name(tmp_path):
    codes = sectors("six")["code"].tolist()
    table = random_table(1, 2, 6, sector_labels=codes, scheme="six")
    lines = (write_pymrio_folder(table, tmp_path / "named") / "unit.txt").read_text(encoding="utf-8")
    for code, name in sectors("six").set_index("code")["name"].items():
        assert f"{code} {name}" in lines
    plain = random_table(1, 2, 2, sector_labels=["01", "steel"])
    lines = (write_pymrio_folder(plain, tmp_path / "plain") / "unit.txt").read_text(encoding="utf-8")
    assert "sector 01" in lines and "steel" in lines
