"""Every broken input is refused with its own sentence; every one a human would accept reads right."""

from __future__ import annotations

import pytest
import xarray as xr
from corpus import whole
from corpus_cases import ACCEPTED, REFUSED

from mrio.errors import LabelError, MrioError
from mrio.formats.any_table import read_table
from mrio.formats.workbooks import opening as workbook_module
from mrio.table.validation.gate import validate


@pytest.mark.parametrize("name", REFUSED)
def test_broken_input_is_refused_with_its_own_sentence(tmp_path, name):
    build, expected = REFUSED[name]
    path, layout = build(tmp_path)
    with pytest.raises(MrioError) as caught:
        validate(read_table(path, layout)).raise_for_errors()
    message = str(caught.value)
    for part in expected:
        assert part in message, message
    assert message.endswith(".") and "\n" not in message and len(message) < 600


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_a_human_would_accept_is_read_right(tmp_path, name):
    path, layout = ACCEPTED[name](tmp_path)
    table = read_table(path, layout)
    xr.testing.assert_equal(table.data, whole().data)
    assert validate(table).ok


def test_corpus_is_large_enough():
    assert len(REFUSED) >= 40
    sentences = [tuple(expected) for _, expected in REFUSED.values()]
    assert len(set(sentences)) >= 0.8 * len(sentences)


def test_archive_that_unpacks_beyond_the_limit_is_refused(tmp_path, monkeypatch):
    path, layout = ACCEPTED["workbook"](tmp_path)
    monkeypatch.setattr(workbook_module, "MAX_UNPACKED", 1000)
    with pytest.raises(MrioError, match=r"found a workbook that unpacks to .* MB, expected at most 0 MB"):
        read_table(path, layout)


def test_emissions_of_an_unknown_province_are_refused(tmp_path):
    table = read_table(*ACCEPTED["workbook"](tmp_path))
    F = table.output.assign_coords(region=["Beijing", "Hebei", "Xizangg"]).assign_attrs(unit="Mt")
    with pytest.raises(LabelError, match="emissions F names region 'Xizangg', which the table does not have"):
        validate(table, F)
