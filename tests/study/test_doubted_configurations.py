"""Values of a configuration that any number may be, and that are said beside what they are held against."""

from __future__ import annotations

from pathlib import Path

import pytest

from mrio.errors import MrioError
from mrio.strict import read_yaml
from mrio.study.config import check_config, read_config
from mrio.study.inputs import Inputs, read_inputs
from mrio.study.side_inputs import check_side_inputs
from mrio.study.year_folder import year_files

CURVE = "curve: {preset: liao2022, engel: all}"


@pytest.fixture(scope="module")
def inputs(repo) -> dict[int, Inputs]:
    config = read_config(repo / "config" / "config.yaml")
    return {2017: read_inputs(year_files(repo / "data/raw/2017"), 2017, config)}


def doubts(repo: Path, path: Path, old: str, new: str, inputs: dict[int, Inputs]) -> list[str]:
    text = (repo / "config" / "config.yaml").read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return check_side_inputs(check_config(read_yaml(path), path), inputs, repo / "data")


@pytest.mark.parametrize(("new", "said"), [
    ("{preset: liao2022, a: 0.574, b: 1}", "curve: a is the b, and b the a of the preset: the two are exchanged"),
    ("{preset: liao2022, b: 0.0574}", "curve.b is 0.0574, 0.1 times the preset's 0.574: check the decimal point"),
    ("{preset: liao2022, b: 5.74}", "curve.b is 5.74, 10 times the preset's 0.574"),
    ("{preset: pearl, a: 0.1}", "curve.a is 0.1, 0.1 times the preset's 1"),
])  # fmt: skip
def test_parameters_of_a_curve_are_held_to_its_preset(repo, tmp_path, inputs, new, said):
    assert any(said in one for one in doubts(repo, tmp_path / "c.yaml", CURVE, f"curve: {new}", inputs))


@pytest.mark.parametrize("new", ["{preset: liao2022, b: 1}", "{preset: logistic, a: 1.2, b: 0.8}", "pearl"])
def test_usual_parameters_are_not_doubted(repo, tmp_path, inputs, new):
    assert doubts(repo, tmp_path / "c.yaml", CURVE, f"curve: {new}", inputs) == []


@pytest.mark.parametrize(("old", "new", "said"), [
    ("regional: {year: 2019", "regional: {year: 2017", "key 'regional.year' is 2017, of which"),
    ("regional: {year: 2019", "regional: {year: 2091", "has no emissions_2091.csv; add it, or write one of 2019"),
    ("plausible: {}", "plausible: {national emissions: ...}", "gives no reason for 'national emissions'"),
    ("plausible: {}", "plausible: {national emissions: '-'}", "write why it is right"),
    ("carbon_price: 100", "  carbon_price: 100", "begin it in the column where its neighbours begin"),
])  # fmt: skip
def test_what_to_do_is_said(repo, tmp_path, inputs, old, new, said):
    with pytest.raises(MrioError) as caught:
        doubts(repo, tmp_path / "c.yaml", old, new, inputs)
    assert said in str(caught.value), str(caught.value)
