"""Writing files: beside their place and renamed, so that what was there stays until the new file is whole."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from typing import TextIO

from mrio.errors import InputError


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
