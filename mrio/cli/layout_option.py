"""The option ``--layout``: what stands where in a file; a canonical table states it by its ending."""

from __future__ import annotations

from pathlib import Path

import click

from mrio.errors import ConfigError, InputError
from mrio.formats.workbooks.layouts import layout_names

#: Endings of the canonical table, whose layout needs no name.
CANONICAL = (".nc", ".nc4")

layout_option = click.option(
    "--layout",
    help="A name of config/layouts, or the path of a layout file (.yaml); not needed for a canonical table (.nc).",
)


def layout_of(file: Path, layout: str | None) -> str:
    """Return the layout that was given, or that of a canonical table.

    Raises
    ------
    InputError
        If none was given and there is no such file.
    ConfigError
        If none was given for any other file: which there are, and what finds the right one.
    """
    if layout is not None:
        return layout
    if not file.exists():
        raise InputError("no such file", "a table", "check the path", file=file)
    if file.suffix.lower() in CANONICAL:
        return "netcdf"
    raise ConfigError(
        f"{file}: found no --layout, expected one of {', '.join(layout_names())}; 'mrio new-year YEAR --table {file}' "
        "recognises a table's, and emissions and statistics are given beside a table (--emissions, --socioeconomic)."
    )
