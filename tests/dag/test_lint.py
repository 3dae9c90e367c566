"""Snakemake's linter remarks only what workflow/lint.md answers."""

import re

import pytest
from tiny_study import run

pytestmark = pytest.mark.pipeline


def test_every_remark_of_the_linter_has_an_answer_and_every_answer_a_remark(repo, finished_study):
    linted = run(finished_study, "--lint")
    remarks = set(re.findall(r"^    \* (.+?):\n", linted.stderr + linted.stdout, re.MULTILINE))
    answered = set(re.findall(r"^## (.+)$", (repo / "workflow" / "lint.md").read_text(encoding="utf-8"), re.MULTILINE))
    assert remarks == answered
