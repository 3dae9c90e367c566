"""A configuration written with a Chinese keyboard: every full-width sign is named, wherever it stands."""

import pytest

from mrio.errors import MrioError
from mrio.strict import read_yaml
from mrio.study.config import check_config
from mrio.study.grid import reported


def said(repo, tmp_path, old, new):
    text = (repo / "config/config.yaml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "config.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(MrioError) as caught:
        check_config(read_yaml(path))
    return str(caught.value)


CASES = {
    "a colon between braces": ("residual: keep,", "residual：keep,",
                               "'policies.residual：keep' is unknown (with the full-width ：, expected :)"),
    "a comma between years": ("years: [2017]", "years: [2012，2017]",
                              "years.0 is '2012，2017' (with the full-width ，, expected ,)"),
    "a comma between names": ("[eebt, mrio, gross]", "[eebt、mrio]", "(with the full-width 、, expected ,)"),
    "brackets": ("years: [2017]", "years: 【2017】", "'【2017】' (with the full-width 【 】, expected [ ])"),
    "digits": ("carbon_price: 100", "carbon_price: １００", "'１００' (with the full-width １ ０, expected 1 0)"),
    "a point": ("residual_carbon: 0.03", "residual_carbon: 0．03", "(with the full-width ．, expected .)"),
    "quotation marks": ("preset: liao2022", "preset: “liao2022”", "(with the full-width “ ”, expected \" \")"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_full_width_sign_is_named(repo, tmp_path, name):
    old, new, sentence = CASES[name]
    found = said(repo, tmp_path, old, new)
    assert sentence in found
    assert "did you mean" not in found


def test_a_resolution_in_curly_quotation_marks_is_told_so():
    with pytest.raises(MrioError, match=r"resolutions names '“42”' .with the full-width “ ”, expected . .., to which"):
        reported("42", ["six", "“42”"])


def test_a_file_of_one_such_line_is_told_so(tmp_path):
    path = tmp_path / "config.yaml"
    path.write_text("years：[2017]\n", encoding="utf-8")
    with pytest.raises(MrioError, match=r"found str, expected key: value lines .with the full-width ：, expected :"):
        read_yaml(path)


def test_other_misspellings_keep_their_hint(repo, tmp_path):
    assert "(did you mean 'mrio'?)" in said(repo, tmp_path, "[eebt, mrio, gross]", "[MRIO]")
    assert "full-width" not in said(repo, tmp_path, "carbon_price: 100", "carbon_price: 100元")
