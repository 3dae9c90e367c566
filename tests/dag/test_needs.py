"""Every rule says what its job asks of a cluster, and no job asks for less than it took."""

import csv
import re

import pytest


@pytest.fixture(scope="module")
def rules(repo):
    """Rule -> its text."""
    found = {}
    for path in sorted((repo / "workflow" / "rules").glob("*.smk")):
        blocks = re.split(r"^ *rule ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
        found |= {f"{path.stem}: {block.splitlines()[0]}": block for block in blocks}
    return found


def test_every_rule_states_threads_memory_and_time_by_its_own_name(rules):
    assert len(rules) >= 28
    for name, text in rules.items():
        assert "    threads: 1\n" in text, name
        (asked,) = re.findall(r"\*\*needs\((.+)\)", text)
        own = re.search(r"name:\s+(f?\"\S+\")", text)
        assert asked == (own.group(1) if own else f'"{name.split(": ")[1].rstrip(":")}"'), name


def test_what_was_measured_is_of_rules_there_are(repo, rules):
    text = (repo / "workflow" / "needs.tsv").read_text(encoding="utf-8")
    measured = {row["rule"]: row for row in csv.DictReader(text.splitlines(), delimiter="\t")}
    known = {name.split(": ")[1].rstrip(":") for name in rules} | {"figures_en", "figures_zh"}
    assert set(measured) <= known
    assert all(50 < float(row["MB"]) < 4000 and 0 < float(row["seconds"]) < 600 for row in measured.values())
