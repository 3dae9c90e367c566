"""Results that are no longer what their job made: each job leaves the sha256 of its outputs beside its log.

A file that was cut short or edited since is as new as before to a workflow that looks at times; by its hash it is known
and made again.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from pathlib import Path

from mrio.saving import write_text_file

ENDING = ".sha256"


def record_outputs(outputs: Iterable[str | Path], log: str | Path) -> Path:
    """Write the sha256 of a job's outputs beside its log, as ``sha256sum -c`` reads it."""
    lines = [f"{_sha256(Path(path))}  {Path(path).as_posix()}\n" for path in outputs]
    return write_text_file(Path(log).with_suffix(ENDING), "".join(lines))


def damaged_outputs(logs: str | Path) -> list[Path]:
    """Return the recorded outputs below a folder of logs that are there and not as they were made."""
    damaged = []
    for record in sorted(Path(logs).rglob(f"*{ENDING}")):
        for line in record.read_text(encoding="utf-8").splitlines():
            digest, _, name = line.partition("  ")
            path = Path(name)
            if path.is_file() and _sha256(path) != digest:
                damaged.append(path)
    return damaged


def discard_damaged(logs: str | Path, *, dry: bool = False) -> None:
    """Say which results are damaged and remove them, so that the workflow makes them again; only say it if `dry`."""
    for path in damaged_outputs(logs):
        will = "would be" if dry else "is"
        print(f"note: {path} is not as it was made (its sha256 differs): it {will} made again", file=sys.stderr)
        if not dry:
            path.unlink()


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
