"""``mrio describe``: write anew what the files of an input folder are, with their sha256."""

from __future__ import annotations

from pathlib import Path

import click

from mrio.errors import InputError
from mrio.formats.datapackage_file import (
    DESCRIPTION,
    LABELS,
    write_datapackage,
    write_known_package,
    write_label_package,
)


@click.command("describe")
@click.argument("folder", type=click.Path(path_type=Path))
def describe_command(folder: Path) -> None:
    """Describe FOLDER (data/raw/<year>, data/raw for the label tables, or any that has one) in its datapackage.json.

    Until then a file that was changed since is a warning on every table.
    """
    name = folder.resolve().name
    if not folder.is_dir():
        raise InputError("no such folder", "a folder of inputs", "check the path", file=folder)
    if name.isdigit() and folder.is_dir():
        click.echo(str(write_datapackage(folder, int(name))))
    elif (folder / LABELS[0]).is_file():
        click.echo(str(write_label_package(folder)))
    elif (folder / DESCRIPTION).is_file():
        click.echo(str(write_known_package(folder)))
    else:
        expected = f"data/raw/<year>, data/raw, or a folder with {DESCRIPTION}"
        raise InputError("no inputs of a year and no label tables", expected, file=folder)
