"""Which code this is: by its files, and by git where there is a checkout.

The workflow asks this each time it starts, so nothing is imported that takes long to load.
"""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

from mrio.distribution import VERSION

#: Files that are code, in the root of the project.
CODE = (
    "Snakefile",
    "workflow/Snakefile",
    "mrio/**/*.py",
    "mrio/**/*.mplstyle",
    "mrio/**/*.html",
    "mrio/**/*.css",
    "mrio/**/*.js",
    "workflow/**/*.py",
    "workflow/**/*.smk",
    "workflow/**/*.yaml",
)


def sha256(path: Path) -> str:
    """Return the sha256 of a file, in hexadecimal."""
    with Path(path).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def code_state(root: Path) -> dict:
    """Return which code this is: version, git commit, whether tracked files were changed, sha256 of code and lock.

    `commit` and `dirty` are None where `root` is no git checkout (an unpacked archive, say); the sha256 of the code
    tells it apart all the same.
    """
    root = Path(root)
    digest = hashlib.sha256()
    for path in sorted(path for pattern in CODE for path in root.glob(pattern)):
        digest.update(f"{path.relative_to(root).as_posix()}\n{sha256(path)}\n".encode())
    commit = _git(root, "rev-parse", "HEAD") if _git(root, "rev-parse", "--show-prefix") == "" else None
    changed = None if commit is None else _git(root, "status", "--porcelain", "--untracked-files=no")
    lock = root / "requirements.lock"
    return {
        "version": VERSION,
        "commit": commit,
        "dirty": None if changed is None else bool(changed),
        "code_sha256": digest.hexdigest(),
        "lock_sha256": sha256(lock) if lock.exists() else None,
    }


def _git(root: Path, *arguments: str) -> str | None:
    try:
        made = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True, timeout=30)
    except (OSError, subprocess.SubprocessError):
        return None
    return made.stdout.strip()
