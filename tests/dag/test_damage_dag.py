"""A result that was cut short since it was made is as new as before, and is made again."""

from __future__ import annotations

import pytest
from tiny_study import run, would_run

pytestmark = pytest.mark.pipeline


def test_a_damaged_result_is_said_and_made_again(finished_study):
    names = ["results/2017/accounts.nc", "results/2017/table1_transfers.csv"]
    whole = {finished_study / name: (finished_study / name).read_bytes() for name in names}
    assert (finished_study / "logs" / "2017" / "table.sha256").exists()
    for path, content in whole.items():
        path.write_bytes(content[: len(content) // 2])
    said = [f"note: {name} is not as it was made (its sha256 differs)" for name in names]
    dry = run(finished_study, "--dry-run")
    assert all(sentence in dry.stderr for sentence in said)
    assert all(path.exists() for path in whole)  # a dry run removes nothing
    made = run(finished_study, *names)
    assert made.returncode == 0, made.stderr
    assert all(sentence in made.stderr for sentence in said)
    assert {path: path.read_bytes() for path in whole} == whole
    assert would_run(finished_study) == set()
