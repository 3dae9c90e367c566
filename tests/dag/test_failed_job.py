"""A job that fails names its log in the last line of what a person sees."""

import pytest
from tiny_study import run, tiny_study

pytestmark = pytest.mark.pipeline


def test_the_last_line_names_the_log_of_the_job_that_failed(repo, tmp_path):
    root = tiny_study(repo, tmp_path / "study")
    script = root / "workflow" / "scripts" / "table.py"
    script.write_text(script.read_text(encoding="utf-8").replace("    folder =", "    assert False\n    folder =", 1))
    made = run(root, "results/2017/table.nc")
    assert made.returncode == 1
    assert made.stderr.splitlines()[-1] == "error: what failed is said in logs/2017/table.log"
    assert "AssertionError" in (root / "logs" / "2017" / "table.log").read_text(encoding="utf-8")
