"""The study of two years as jobs of a real Slurm: a job and a node are lost, and the results are the local ones.

Not part of the other tests: `make test-slurm`, on a machine with Debian's packages slurm-wlm and munge.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys

import pytest
from slurm_node import PROGRAMS, SlurmNode, wait_for
from tiny_study import run, two_years

pytestmark = [
    pytest.mark.slurm,
    pytest.mark.skipif(
        any(shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin") is None for name in PROGRAMS),
        reason="Slurm is not installed; on Debian: apt-get install slurm-wlm munge",
    ),
]
YEARS = (2017, 2018)
TABLES = ("table1_transfers", "table2_responsibility", "table3_compensation", "intervals", "interval_sources")
TARGETS = [f"results/{year}/{name}.csv" for year in YEARS for name in TABLES]
SHARDS = [f"results/{year}/draws/{first:04d}-{first + 4:04d}.npy" for year in YEARS for first in range(0, 20, 5)]


@pytest.fixture(scope="module")
def local(repo, tmp_path_factory):
    """Return the study after a run on this machine alone."""
    root = two_years(repo, tmp_path_factory.mktemp("local") / "study", YEARS)
    made = run(root, "--", *TARGETS)
    assert made.returncode == 0, made.stderr
    return root


@pytest.fixture(scope="module")
def node(tmp_path_factory):
    with SlurmNode(tmp_path_factory.mktemp("slurm") / "node") as started:
        yield started


@pytest.fixture
def study(repo, tmp_path):
    return two_years(repo, tmp_path / "study", YEARS)


class Run:
    """Snakemake with the profile for Slurm, started in a study; killed with all it started, however it is left."""

    def __init__(self, root, node, *arguments):
        """Status is asked of squeue: this Slurm has no database of accounts."""
        command = [sys.executable, "-m", "snakemake", "--workflow-profile", "profiles/slurm", "--nocolor",
                   "--slurm-status-command", "squeue", "--slurm-init-seconds-before-status-checks", "2",
                   *arguments, "--", *TARGETS]  # fmt: skip
        self.said = root / "said.txt"
        with self.said.open("w") as said:
            self.process = subprocess.Popen(command, cwd=root, env={**node.environment, "OMP_NUM_THREADS": "1"},
                                            stdout=said, stderr=said, start_new_session=True)  # fmt: skip

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def until(self, happened, seconds, what):
        wait_for(lambda: happened() or self.process.poll() is not None, seconds, what)
        assert self.process.poll() is None, self.said.read_text(encoding="utf-8")[-3000:]

    def ended(self, seconds=1200):
        """Return its status and what it said."""
        return self.process.wait(seconds), self.said.read_text(encoding="utf-8")


def running(node, rule):
    """Return the numbers of a rule's jobs that run now."""
    return [number for number, state, comment in node.jobs() if state == "RUNNING" and f"rule_{rule}_" in comment]


def differing(root, local):
    """Return the results of a study that are not, to the byte, those of the local run."""
    names = [path.relative_to(local) for path in (local / "results").rglob("*") if path.is_file()]
    assert {name.suffix for name in names} >= {".csv", ".nc", ".npy"}
    return [str(name) for name in names if (root / name).read_bytes() != (local / name).read_bytes()]


def test_a_job_and_a_node_are_lost_and_the_results_are_those_of_the_local_run(node, study, local):
    with Run(study, node) as started:
        started.until(lambda: running(node, "draws"), 300, "a job of draws to run")
        (job, *_) = running(node, "draws")
        node.call("scancel", job)
        started.until(lambda: job not in running(node, "draws"), 60, "the job to be cancelled")
        started.until(lambda: running(node, "draws"), 300, "another job of draws to run")
        node.kill_node()
        started.until(lambda: node.state() == "down", 120, "the node to be found down")
        node.start_node()
        status, said = started.ended()
    assert status == 0, said[-3000:]
    assert f"SLURM-job '{job}' failed, SLURM status is: 'CANCELLED'" in said
    assert differing(study, local) == []


def test_a_failed_shard_names_its_log_last_and_a_second_run_repeats_nothing_that_is_done(node, study, local):
    script = study / "workflow" / "scripts" / "draws.py"
    whole, times = script.read_text(encoding="utf-8"), script.stat()
    shard = "results/2018/draws/0010-0014.npy"
    script.write_text(
        whole.replace("    chain =", f'    assert snakemake.output[0] != "{shard}"\n    chain =', 1), encoding="utf-8"
    )
    os.utime(script, ns=(times.st_atime_ns, times.st_mtime_ns))
    with Run(study, node, "--retries", "0") as started:
        status, said = started.ended()
    assert status == 1
    last = said.splitlines()[-1]
    assert last.startswith(
        "error: what failed is said in logs/2018/draws/0010-0014.log, .snakemake/slurm_logs/rule_draws/"
    )
    for name in last.removeprefix("error: what failed is said in ").split(", "):
        assert (study / name).stat().st_size, name
    done = {path: path.stat().st_mtime_ns for path in study.glob("results/*/draws/*.npy")}
    assert len(done) > len(SHARDS) - 2
    script.write_text(whole, encoding="utf-8")
    os.utime(script, ns=(times.st_atime_ns, times.st_mtime_ns))
    with Run(study, node) as started:
        status, said = started.ended()
    assert status == 0, said[-3000:]
    assert {path: path.stat().st_mtime_ns for path in done} == done
    assert differing(study, local) == []
