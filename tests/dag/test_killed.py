"""After a kill, `make` says in one sentence what to type, and after that the run goes on."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tiny_study import run, tiny_study

pytestmark = pytest.mark.pipeline


@pytest.fixture
def study(repo, tmp_path):
    """Return a tiny study with the project's Makefile and the environment the tests run in."""
    root = tiny_study(repo, tmp_path / "study")
    for name in ("Makefile", "pyproject.toml", "requirements.lock"):
        shutil.copy2(repo / name, root / name)
    (root / ".venv").mkdir()
    (root / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    (root / ".venv" / ".ready").touch()
    return root


def make(study, *goals):
    return subprocess.run(["make", *goals], cwd=study, capture_output=True, text=True, timeout=300, check=False)


def test_a_killed_run_says_what_to_type_and_goes_on_after_it(study):
    started = subprocess.Popen(["make"], cwd=study, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               start_new_session=True)  # fmt: skip
    try:
        until = time.monotonic() + 120
        while not (study / "logs" / "2017" / "table.log").exists():
            assert time.monotonic() < until and started.poll() is None
            time.sleep(0.1)
    finally:
        os.killpg(started.pid, signal.SIGKILL)
        started.wait()
    assert any((study / ".snakemake" / "locks").iterdir())
    again = make(study)
    assert again.returncode != 0
    sentence, *rest = again.stderr.splitlines()
    assert sentence.startswith("error: ") and sentence.endswith("type: make unlock")
    assert [line for line in rest if not re.match(r"make(\[\d\])?: \*\*\*", line)] == []
    unlocked = make(study, "unlock")
    assert unlocked.returncode == 0, unlocked.stderr
    assert make(study, "--dry-run").returncode == 0
    went_on = run(study, "results/2017/table.nc")
    assert went_on.returncode == 0, went_on.stderr
