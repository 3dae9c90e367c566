"""What the documentation points at exists."""

import re

import pytest

DOCS = ("method.md", "comparison.md")


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
    from mrio.comparison import REASONS

    text = (repo / "docs" / "comparison.md").read_text(encoding="utf-8")
    assert [code for code in REASONS if f"`{code}`" not in text] == []
