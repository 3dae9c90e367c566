"""A result that was cut short since it was made is as new as before, and is made again."""

from __future__ import annotations

import pytest
from tiny_study import run, would_run

pytestmark = pytest.mark.pipeline


@pytest.mark.parametrize("name", ["accounts.nc", "table1_transfers.csv"])
def test_a_damaged_result_is_said_and_made_again(finished_study, name):
    path = finished_study / "results" / "2017" / name
    whole = path.read_bytes()
    assert (finished_study / "logs" / "2017" / "table.sha256").exists()
    path.write_bytes(whole[: len(whole) // 2])
    said = f"note: results/2017/{name} is not as it was made (its sha256 differs)"
    dry = run(finished_study, "--dry-run")
    assert said in dry.stderr and path.exists()  # a dry run removes nothing
    made = run(finished_study, f"results/2017/{name}")
    assert made.returncode == 0, made.stderr
    assert said in made.stderr and path.read_bytes() == whole
    assert would_run(finished_study) == set()
