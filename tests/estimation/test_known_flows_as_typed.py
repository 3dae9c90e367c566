"""Known flows and price indices as they are typed: refused in a sentence, or doubted for their size."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from corpus import PROVINCES, SECTORS, whole

from mrio.errors import MrioError
from mrio.estimation.known_flows import known_blocks, read_known_flows, with_known_blocks
from mrio.formats.inputs.deflators import read_deflators
from mrio.table.provincial import ProvincialTables, collapse


@pytest.fixture(scope="module")
def tables() -> ProvincialTables:
    return collapse(whole())


def written(path: Path, row: str) -> Path:
    path.write_text(f"sector,region,to_region,value\nindustry,北京,Hebei,10\n{row}\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(("row", "said"), [
    ('industry,Hebei,Beijing,"1,234"', "row 3, column value: found the text '1,234', expected a number"),
    ("industry,Hebei,Beijing,12万", "found the text '12万', expected a number; write digits and a point alone"),
    ("industry,Hebie,Beijing,5", "row 3: 'Hebie' is not a province"),
    ("industries,Hebei,Beijing,5", "row 3: sector 'industries' is unknown"),
])  # fmt: skip
def test_a_known_flow_is_refused_by_its_row(tables, tmp_path, row, said):
    with pytest.raises(MrioError) as caught:
        read_known_flows(written(tmp_path / "k.csv", row), tables)
    assert said in str(caught.value), str(caught.value)


def test_a_flow_of_a_province_to_itself_is_refused():
    row = {"sector": "industry", "region": "Hebei", "to_region": "Hebei", "value": 1.0}
    with pytest.raises(MrioError, match="known flow of industry from Hebei to Hebei: no flow between two regions"):
        known_blocks(pd.DataFrame([row]), PROVINCES, SECTORS)


@pytest.mark.parametrize(("value", "doubted"), [(1e-3, True), (5.0, False), (40.0, False)])
def test_a_flow_of_another_size_is_doubted(value, doubted):
    flows = np.full((1, 3, 3), 20.0)
    flows[0][np.eye(3, dtype=bool)] = 0.0
    margin = flows.sum(2).T
    row = {"sector": "a", "region": "x", "to_region": "y", "value": value, "weight": 0.5}
    blocks = known_blocks(pd.DataFrame([row]), ["x", "y", "z"], ["a"])
    with pytest.warns(UserWarning) if doubted else _silence() as caught:
        with_known_blocks(flows, blocks, margin, margin)
    if doubted:
        assert (
            "known flow of a from x to y: 0.001 as given, 5e-05 times the 20 of the model: check that it is in the unit"
            in str(caught[0].message)
        )


def test_many_flows_of_another_size_are_doubted_in_one_sentence():
    flows = np.full((1, 3, 3), 20.0)
    flows[0][np.eye(3, dtype=bool)] = 0.0
    margin = flows.sum(2).T
    pairs = [("x", "y", 1e-3), ("y", "x", 1e-4), ("z", "x", 20.0), ("x", "y", 20.0), ("x", "z", 0.0)]
    known = pd.DataFrame(
        {"sector": "a", "region": r, "to_region": s, "value": value, "weight": 0.1} for r, s, value in pairs
    )
    with pytest.warns(UserWarning) as caught:
        with_known_blocks(flows, known_blocks(known, ["x", "y", "z"], ["a"]), margin, margin)
    assert len(caught) == 1
    assert "known flow of a from y to x: 0.0001 as given" in str(caught[0].message)
    assert "(also a from x to y)" in str(caught[0].message)


def _silence():
    import warnings

    return warnings.catch_warnings(action="error")


@pytest.mark.parametrize(("index", "said"), [
    ("118.2", "found 118.2, expected a price over that of the base year, near 1 (1.182 where 100 is no change)"),
    ("0.0118", "near 1"), ("0", "an index above 0"),
])  # fmt: skip
def test_an_index_in_per_cent_is_refused(tmp_path, index, said):
    path = tmp_path / "d.csv"
    head = "year,region,sector,index,base_year,source\n"
    path.write_text(f"{head}2017,Hebei,industry,{index},2012,yearbook\n", encoding="utf-8")
    with pytest.raises(MrioError) as caught:
        read_deflators(path, 2017, ["Hebei"], ["industry"])
    assert said in str(caught.value), str(caught.value)
    path.write_text(f"{head}2017,Hebei,industry,1.182,2012,yearbook\n", encoding="utf-8")
    assert float(read_deflators(path, 2017, ["Hebei"], ["industry"]).item()) == 1.182
