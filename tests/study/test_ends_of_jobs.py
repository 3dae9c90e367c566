"""What a job leaves that ends well, or that ends in a mistake; what YAML that is none is told."""

from __future__ import annotations

import atexit
import hashlib
import warnings

import pytest

from mrio.errors import ConfigError, InputError, MissingPackageError, needing_extras
from mrio.strict import read_yaml
from mrio.study.failures import failed_logs, name_failed_logs
from mrio.study.jobs import reporting


def test_a_job_that_ends_well_leaves_the_hash_of_what_it_made(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    with reporting("logs/deep/job.log", ["made.csv"]):
        (tmp_path / "made.csv").write_bytes(b"1")
        warnings.warn("a remark", stacklevel=1)
    digest = hashlib.sha256(b"1").hexdigest()
    assert (tmp_path / "logs/deep/job.sha256").read_text() == f"{digest}  made.csv\n"
    assert capsys.readouterr().err == "note: a remark\n"
    assert (tmp_path / "logs/deep/job.log").read_text() == "UserWarning: a remark\n"


def test_a_mistake_is_a_sentence_and_its_traceback_stays_in_the_log(tmp_path):
    log = tmp_path / "job.log"
    with pytest.raises(SystemExit, match=r"^error: said$"), reporting(log):
        raise ConfigError("said")
    assert "Traceback" in log.read_text() and not log.with_suffix(".sha256").exists()
    with pytest.raises(ZeroDivisionError), reporting(log):
        1 / 0  # noqa: B018 - what a bug does
    assert "ZeroDivisionError" in log.read_text()


def test_the_logs_of_failed_jobs_are_named_once_and_last(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = "    log: {} (check log file(s) for error details)\n"
    own = tmp_path / "snakemake.log"
    own.write_text("Error\n" + said.format(f"{tmp_path}/logs/a.log, logs/b.log") + said.format("logs/a.log"))
    assert failed_logs(own.read_text()) == ["logs/a.log", "logs/b.log"]
    kept = []
    monkeypatch.setattr(atexit, "register", lambda *what, **how: kept.append((what, how)))
    name_failed_logs(str(own))
    name_failed_logs([own, own])
    assert [what[1] for what, _ in kept] == ["error: what failed is said in logs/a.log, logs/b.log"] * 2
    assert all(how["flush"] is True for _, how in kept)
    (tmp_path / "clean.log").write_text("done\n")
    name_failed_logs(tmp_path / "clean.log")
    assert len(kept) == 2


@pytest.mark.parametrize(
    ("text", "row", "todo"),
    [
        ("a: 1\nb = 2\nc: 3\n", 2, "write a colon and a blank in place of the equals sign"),
        ("a: 1\nb:2\nc: 3\n", 2, "write a blank after the colon"),
        ("a: 1\n\tb: 2\n", 2, "indent with blanks, not with tabs"),
        ("a: 1\n# note\nb：2\nc: 3\n", 3, "write a half-width colon and a blank: ': '"),
        ("a: [1，\nb: 2\n", 1, "write half-width commas"),
        ("a: 1: 2\n", 1, "mend that line"),
        ("a:\n  - x: 1\n  y: 2\n", 3, "begin it in the column where its neighbours begin"),
    ],
)
def test_the_line_that_is_no_yaml_is_named_and_what_to_do(tmp_path, text, row, todo):
    path = tmp_path / "some.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_yaml(path)
    assert f"row {row}:" in str(caught.value) and todo in str(caught.value), str(caught.value)


def test_a_missing_package_is_named_with_what_brings_it():
    def lacking(name):
        with needing_extras("a map"):
            raise ModuleNotFoundError(name=name)

    with pytest.raises(MissingPackageError, match=r"a map needs the package 'plotly.express', .*\[pipeline\]"):
        lacking("plotly.express")
    with pytest.raises(MissingPackageError, match=r"a map needs the package 'plotly', .*\[atlas\]"):
        lacking("plotly")
    for own in ("mrio.words", "mrio", None):
        with pytest.raises(ModuleNotFoundError) as caught:
            lacking(own)
        assert not isinstance(caught.value, MissingPackageError)
