"""``mrio verify``: compute a folder of results again from its provenance and say whether it is equal, and where not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import click
import pandas as pd
import xarray as xr
import yaml

from mrio.cli.number_options import POSITIVE
from mrio.errors import InputError, MrioError
from mrio.review.code_files import code_state, sha256
from mrio.review.differences import ROUNDING, dataset_differences, table_differences
from mrio.review.origin import changes, environment
from mrio.review.results import read_provenance, read_result
from mrio.study.studies import FOLDER, study_file
from mrio.words.command_words import VERIFY


@click.command("verify")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--tolerance", type=POSITIVE, default=ROUNDING, show_default=True, help="Relative difference that is none."
)
@click.option("--cores", type=click.IntRange(min=1), default=2, show_default=True)
@click.option("--language", type=click.Choice(["en", "zh"]), default="en", show_default=True)
def verify_command(folder: Path, tolerance: float, cores: int, language: str) -> None:
    """Compute the results in FOLDER again, in a temporary directory, and compare every file.

    Call it in the project's folder: inputs come from its data/, the configuration from FOLDER/provenance.json.  Exit
    status 1 if a file differs.
    """

    def say(key: str, **values: object) -> None:
        click.echo(VERIFY.say(key, language, **values))

    record, root = read_provenance(folder), Path.cwd()
    for name, about in record["inputs"].items():
        if not (root / name).exists():
            say("gone", name=name)
        elif sha256(root / name) != about["sha256"]:
            say("input", name=name)
    now = {"software": {"name": "mrio", **code_state(root)}, "environment": environment()}
    then = {part: record[part] for part in now}
    for line in changes(then, now).itertuples(index=False):
        say("code", name=line.name, one=line.one or "-", other=line.other or "-")
    with tempfile.TemporaryDirectory(prefix="mrio-verify-") as place:
        made = recompute(record, root, Path(place), cores)
        bad = sum(not _compared(name, folder, made, record["outputs"][name], tolerance, say)
                  for name in record["outputs"])  # fmt: skip
    say("bad" if bad else "good", folder=folder, count=len(record["outputs"]), bad=bad)
    sys.exit(1 if bad else 0)


def recompute(record: dict, root: Path, place: Path, cores: int) -> Path:
    """Run the pipeline of `root` in `place`, with the configuration of a provenance; return the folder it made.

    Raises
    ------
    InputError
        If `root` is not the project's folder.
    MrioError
        If the run stops: its own sentence.
    """
    snakefile = root / "workflow" / "Snakefile"
    if not snakefile.exists():
        raise InputError("no workflow/Snakefile", "the project's folder", "call mrio verify there", file=root)
    (place / "config").mkdir()
    years = record["config"]["years"] if record["year"] is None else [record["year"]]
    text = yaml.safe_dump({**record["config"], "years": years}, allow_unicode=True, sort_keys=False)
    (place / "config" / "config.yaml").write_text(text, encoding="utf-8")
    shutil.copytree(root / "data", place / "data")
    study, folder = record.get("study", ""), Path("results", record.get("study", ""), str(record["year"] or "series"))
    if study:  # where pages lie decides how they link to figures
        (place / FOLDER).mkdir()
        (place / study_file(study)).write_text(yaml.safe_dump({"years": years}), encoding="utf-8")
    targets = [(folder / name).as_posix() for name in record["outputs"]]
    command = [sys.executable, "-m", "snakemake", "--snakefile", str(snakefile), "--directory", str(place),
               "--cores", str(cores), "--nocolor", *(("--config", f"study={study}") if study else ()), "--",
               *targets]  # fmt: skip
    path = os.pathsep.join(filter(None, (str(root), os.environ.get("PYTHONPATH"))))
    run = subprocess.run(command, cwd=place, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True,
                         check=False)  # fmt: skip
    if run.returncode:
        sentences = [line.removeprefix("error: ") for line in run.stderr.splitlines() if line.startswith("error: ")]
        raise MrioError(sentences[0] if sentences else f"the pipeline stopped: {run.stderr.strip()[-1000:]}")
    return place / folder


def _compared(
    name: str, folder: Path, again: Path, recorded: str, tolerance: float, say: Callable[..., None]
) -> bool:  # fmt: skip
    """Say how a file compares with the one made again; return whether it is equal."""
    here, made = folder / name, again / name
    if not here.exists():
        say("missing", name=name)
        return False
    if sha256(here) != recorded:
        say("edited", name=name)
    if sha256(here) == sha256(made):
        say("equal", name=name)
        return True
    count, found = _cells(read_result(here), read_result(made), tolerance)
    if not count:
        say("bytes", name=name, tolerance=tolerance)
        return True
    worst = found.iloc[0]
    size = "" if pd.isna(worst["relative"]) else f" ({100 * worst['relative']:+.3g}%)"
    place = ", ".join(filter(None, (worst["row"], worst["column"])))
    say("differs", name=name, count=count, place=place, one=worst["one"], other=worst["other"], size=size)
    return False


def _cells(
    one: pd.DataFrame | xr.Dataset, other: pd.DataFrame | xr.Dataset, tolerance: float
) -> tuple[int, pd.DataFrame]:
    if isinstance(one, pd.DataFrame):
        found = table_differences(one, other, tolerance)
        return len(found), found
    return dataset_differences(one, other, tolerance)
