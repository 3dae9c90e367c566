"""What the documentation points at exists."""

import re
import runpy

import pytest

DOCS = ("method.md", "comparison.md", "analysis.md")


@pytest.mark.parametrize("name", DOCS)
def test_every_link_leads_to_a_file_and_every_named_function_is_in_it(repo, name):
    text = (repo / "docs" / name).read_text(encoding="utf-8")
    for label, target in re.findall(r"\[([^\]]+)\]\(([^)#]+)\)", text):
        if target.startswith("http"):
            continue
        path = (repo / "docs" / target).resolve()
        assert path.exists(), target
        if path.suffix == ".py":
            code = label.strip("`")
            assert re.search(rf"^(def|class) {code}\b|^{code}\b.* = ", path.read_text(encoding="utf-8"), re.M), label


def test_every_reason_code_is_explained(repo):
    from mrio.words.comparison_words import REASONS

    text = (repo / "docs" / "comparison.md").read_text(encoding="utf-8")
    assert [code for code in REASONS if f"`{code}`" not in text] == []


def test_the_walkthrough_runs_and_says_what_it_shows(repo, capsys):
    found = runpy.run_path(str(repo / "docs" / "walkthrough.py"), run_name="__main__")
    shown = capsys.readouterr().out
    assert shown.endswith("every tonne has one account\n")
    assert float(found["by_hand"].flows.sel(region="North", to_region="South")) == pytest.approx(12.5)
    assert float(found["money"].payments) > 0
