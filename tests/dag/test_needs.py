"""Every rule says what its job asks of a cluster, and no job asks for less than it took."""

import ast
import csv
import re

import pytest


@pytest.fixture(scope="module")
def rules(repo):
    """Name of a rule, as its text gives it -> the text."""
    found = {}
    for path in sorted((repo / "workflow" / "rules").glob("*.smk")):
        for block in re.split(r"^ *rule *(?=\w*:$)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            own = re.search(r"name:\s+(f?\"\S+\")", block)
            found[own.group(1) if own else f'"{block.partition(":")[0]}"'] = block
    return found


def test_no_path_reaches_a_job_as_a_parameter_with_its_variable_unresolved(rules):
    for name, text in rules.items():
        stated = re.search(r"^ +params:\n(.*?)^ +(?:message|script|shell):", text, re.M | re.S)
        told = re.sub(r"placed\((?:[^()]|\([^()]*\))*\)", "", stated.group(1)) if stated else ""
        assert not re.search(r"<[a-z_]+>/", told), name


def test_every_rule_states_threads_memory_and_time_by_its_own_name(rules):
    assert len(rules) >= 28
    for name, text in rules.items():
        assert "    threads: 1\n" in text, name
        assert f"    **needs({name}),\n" in text, name


def test_what_was_measured_is_of_rules_there_are(repo, rules):
    text = (repo / "workflow" / "needs.tsv").read_text(encoding="utf-8")
    measured = {row["rule"]: row for row in csv.DictReader(text.splitlines(), delimiter="\t")}
    known = {name.strip('"') for name in rules} | {"figures_en", "figures_zh"}
    assert set(measured) <= known
    assert all(50 < float(row["MB"]) < 4000 and 0 < float(row["seconds"]) < 600 for row in measured.values())


def test_every_template_a_module_reads_is_found(repo):
    text = (repo / "workflow" / "rules" / "inputs.smk").read_text(encoding="utf-8")
    (told,) = re.findall(r"^TEMPLATES = (\{.*?^\})", text, re.DOTALL | re.MULTILINE)
    for module, patterns in ast.literal_eval(told).items():
        assert (repo / module).is_file()
        for pattern in patterns:
            assert list((repo / "mrio" / "outputs").glob(pattern)), pattern
