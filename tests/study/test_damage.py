"""A result that was cut or edited since its job made it is known by its hash."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from mrio.study.damage import damaged_outputs, record_outputs


def test_only_what_changed_is_damaged(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a.nc", "b.csv"):
        (tmp_path / name).write_bytes(b"0123456789")
    record_outputs(["a.nc", "b.csv"], tmp_path / "logs/2017/table.log")
    assert damaged_outputs(tmp_path / "logs") == []
    (tmp_path / "a.nc").write_bytes(b"01234")
    assert [str(path) for path in damaged_outputs(tmp_path / "logs")] == ["a.nc"]
    (tmp_path / "a.nc").unlink()  # what is gone is made again anyway
    assert damaged_outputs(tmp_path / "logs") == []


def test_without_records_nothing_is_damaged(tmp_path):
    assert damaged_outputs(tmp_path / "logs") == []


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="the command sha256sum is not here")
def test_the_record_is_what_sha256sum_reads(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.nc").write_bytes(b"0123456789")
    record = record_outputs(["a.nc"], tmp_path / "job.log")
    assert subprocess.run(["sha256sum", "-c", record], capture_output=True).returncode == 0
