"""Writing files: beside their place and renamed, so that what was there stays until the new file is whole."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from fnmatch import fnmatch
from os import PathLike
from pathlib import Path
from typing import TextIO

from mrio.errors import InputError

#: Files read since :func:`keeping_inputs` began, by device and number; None where whoever reads may write again.
_READ: ContextVar[set[tuple[int, int]] | None] = ContextVar("read", default=None)
#: Names of inputs that the command at work makes, and may make anew.
_MADE: ContextVar[tuple[str, ...]] = ContextVar("made", default=())
#: What describes the inputs of a folder, or of those below it, and how many folders above them it may lie.
DESCRIPTION, ABOVE = "datapackage.json", 3


@contextmanager
def keeping_inputs() -> Iterator[None]:
    """Refuse, within the block, to write over a file that was read there: a command never replaces its own input."""
    token = _READ.set(set())
    try:
        yield
    finally:
        _READ.reset(token)


@contextmanager
def making(*names: str) -> Iterator[None]:
    """Let a command, within the block, write described inputs of these names (``emissions_*``) anew."""
    token = _MADE.set(names)
    try:
        yield
    finally:
        _MADE.reset(token)


def remember(path: str | PathLike[str]) -> None:
    """Note that a file was read."""
    known = _READ.get()
    if known is not None and (mark := _mark(path)) is not None:
        known.add(mark)


def _mark(path: str | PathLike[str]) -> tuple[int, int] | None:
    try:
        about = os.stat(path)
    except OSError:
        return None
    return about.st_dev, about.st_ino


def _keep_input(path: Path) -> None:
    todo = "nothing that was there has been changed"
    if _mark(path) in (_READ.get() or ()):
        raise InputError("a file that was read here", "another name for what is written", todo, file=path)
    if _READ.get() is not None and path.is_file() and not any(fnmatch(path.name, name) for name in _MADE.get()):
        found = "a configuration" if path.suffix == ".yaml" else _as_described(path)
        if found:
            raise InputError(found, "another name for what is written", todo, file=path)


def _as_described(path: Path) -> str:
    """Return what a file is that a data package beside or above it describes; nothing where none does."""
    for folder in path.parents[:ABOVE]:
        try:
            resources = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))["resources"]
            if path.relative_to(folder).as_posix() in {resource["path"] for resource in resources}:
                return f"an input or result that {DESCRIPTION} describes"
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return ""


def beginning_of_names(path: str | PathLike[str]) -> Path:
    """Return what file names begin with, refusing a folder or device, beside which they would be written.

    Raises
    ------
    InputError
    """
    path = Path(path)
    if path.exists() and not path.is_file():
        found = "a folder" if path.is_dir() else "a device"
        raise InputError(found, "the beginning of file names", "add a name to it", file=path)
    return path


@contextmanager
def whole_file(path: str | PathLike[str]) -> Iterator[Path]:
    """Yield a path to write to; the file takes its place when the block ends, and nothing changes when it fails.

    A device (``/dev/stdout``) has nothing to lose and is written to directly.

    Raises
    ------
    InputError
        A place that cannot be written to: read-only, full, a folder, or below a file.
    """
    real = Path(path).resolve()
    with _said(path):
        if real.is_dir():
            raise IsADirectoryError("a folder")
        _keep_input(real)
        if real.exists() and not real.is_file():
            yield real
            return
        real.parent.mkdir(parents=True, exist_ok=True)
        beside = real.with_name(f".{real.name}.{os.getpid()}.part")
        try:
            yield beside
            os.replace(beside, real)
        finally:
            beside.unlink(missing_ok=True)


@contextmanager
def whole_folder(folder: str | PathLike[str]) -> Iterator[Path]:
    """Yield a folder to write to; its files move into `folder` together when the block ends, none when it fails.

    Files of `folder` with other names stay.

    Raises
    ------
    InputError
        As :func:`whole_file`.
    """
    real = Path(folder).resolve()
    with _said(folder):
        real.mkdir(parents=True, exist_ok=True)
        beside = real / f".part-{os.getpid()}"
        beside.mkdir()
        try:
            yield beside
            for path in sorted(beside.iterdir()):
                _keep_input(real / path.name)
            for path in sorted(beside.iterdir()):
                os.replace(path, real / path.name)
        finally:
            shutil.rmtree(beside, ignore_errors=True)


@contextmanager
def whole_text(path: str | PathLike[str], encoding: str = "utf-8") -> Iterator[TextIO]:
    """Yield a text stream to write to, line ends as they are given; as :func:`whole_file`."""
    with whole_file(path) as beside, beside.open("w", encoding=encoding, newline="") as stream:
        yield stream


def write_text_file(path: str | PathLike[str], text: str, encoding: str = "utf-8") -> Path:
    """Write a text file whole, with the line ends of `text`."""
    with whole_text(path, encoding) as stream:
        stream.write(text)
    return Path(path)


@contextmanager
def _said(path: str | PathLike[str]) -> Iterator[None]:
    """Turn what the operating system says into a sentence about the place."""
    try:
        yield
    except OSError as error:
        found = (error.strerror or str(error)).rstrip(".")
        number = re.search(r"errno = (\d+)", found)  # HDF5 says it in a paragraph of its own
        found = os.strerror(int(number[1])) if number else found
        todo = "nothing that was there has been changed"
        raise InputError(found[:1].lower() + found[1:], "a place that can be written to", todo, file=path) from error
