"""`make` ends with five lines; where no Chinese figure could be made, one more says so."""

import pytest

from mrio.outputs.what_to_open import last_lines


@pytest.mark.parametrize("languages", [["en", "zh"], ["zh"]])
def test_five_lines_name_what_there_is(tmp_path, languages):
    (tmp_path / "figures" / "2017").mkdir(parents=True)
    for name in ("a", "a_zh", "b"):
        (tmp_path / "figures" / "2017" / f"{name}.caption.txt").touch()
    lines = last_lines({"years": [2012, 2017], "languages": languages}, tmp_path)
    assert len(lines) == 5 and all(len(line) <= 120 for line in lines)
    assert "2012, 2017" in lines[0] and "3" in lines[0]
    brief = "brief.html" if languages[0] == "en" else "brief_zh.html"
    for line, name in zip(lines[1:], (brief, "atlas.html", "tables.xlsx", "comparison"), strict=True):
        assert f"results/2017/{name}" in line


def test_without_a_chinese_font_one_line_more_says_so(tmp_path):
    config = {"years": [2017], "languages": ["en", "zh"]}
    assert "no Chinese font" in last_lines(config, tmp_path, drawn_in_chinese=False)[-1]
    assert len(last_lines({**config, "languages": ["en"]}, tmp_path, drawn_in_chinese=False)) == 5
