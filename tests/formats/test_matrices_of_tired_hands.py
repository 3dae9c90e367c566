"""Tables as text that came back from a spreadsheet: read as meant, or refused where the row is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from corpus import whole

from mrio.errors import MrioError
from mrio.formats.any_table import read_table
from mrio.formats.long_csv import write_long_csv
from mrio.formats.matrix_csv import write_matrix_csv


@pytest.fixture
def text(tmp_path) -> str:
    return write_matrix_csv(whole(), tmp_path / "w.csv").read_text("utf-8-sig")


def read(text: str, tmp_path: Path, layout: str = "matrix-csv", encoding: str = "utf-8"):
    path = tmp_path / "m.csv"
    path.write_bytes(text.encode(encoding))
    return read_table(path, layout, 2017)


def merged(text: str) -> str:
    """Leave the region in the first of its rows alone."""
    before, made = "", []
    for line in text.splitlines():
        region, comma, rest = line.partition(",")
        made.append(f"{comma}{rest}" if region and region == before and not line.startswith("#") else line)
        before = region
    return "\n".join(made) + "\n"


#: What a spreadsheet made of it -> change of the text.
SAME: dict[str, Callable[[str], str]] = {
    "empty columns at the right": lambda t: "\n".join(line + ",," for line in t.splitlines()) + "\n",
    "commas behind the metadata": lambda t: t.replace("# year: 2017", "# year: 2017,,,,"),
    "metadata in quotation marks": lambda t: t.replace("# year: 2017", '"# year: 2017"'),
    "metadata without a blank": lambda t: t.replace("# year: 2017", "#year:2017"),
    "line ends of an old Mac": lambda t: t.replace("\r\n", "\n").replace("\n", "\r"),
}  # fmt: skip


@pytest.mark.parametrize("name", SAME)
def test_it_is_read_as_meant(text, tmp_path, name):
    assert read(SAME[name](text), tmp_path).data.equals(whole().data)


#: What was done -> (change, part of the sentence).
REFUSED: dict[str, tuple[Callable[[str], str], str]] = {
    "a note under the rows": (lambda t: t + "注：数据来源\n", "found '注：数据来源' alone in its row, expected"),
    "a note with its commas": (lambda t: t + "注：数据来源" + "," * (t.splitlines()[-1].count(",")) + "\n",
        "take it out, if it is a note"),
    "a title above": (lambda t: "2017年投入产出表\n" + t,
        "row 1: found '2017年投入产出表' above the lines '# key: value', expected them at the top; take it out"),
    "regions in merged cells": (merged, "without a region, expected a region and its sector; write it in every row"),
    "a year with a point": (lambda t: t.replace("# year: 2017", "# year: 2017.0"), "found year '2017.0'"),
    "cut in the middle of a row": (lambda t: t[: len(t) - 40], "the file is cut short"),
    "a scheme it is not in": (lambda t: t.replace("# scheme: six", "# scheme: 42"), "no sector of its scheme '42'"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_where_the_row_is(text, tmp_path, name):
    change, said = REFUSED[name]
    with pytest.raises(MrioError) as caught:
        read(change(text), tmp_path)
    assert said in str(caught.value) and str(tmp_path / "m.csv") in str(caught.value), str(caught.value)


def test_a_title_above_the_long_form_is_said(tmp_path):
    text = write_long_csv(whole(), tmp_path / "l.csv").read_text("utf-8-sig")
    assert read(text, tmp_path, "long-csv").data.equals(whole().data)
    with pytest.raises(MrioError, match="found 'a title' above the lines"):
        read("a title\n" + text, tmp_path, "long-csv")
