"""Which labels a command reads by: those named, those that lie beside the table, else China's, as the pipeline does."""

from __future__ import annotations

from pathlib import Path

import click

from mrio import own_labels
from mrio.errors import ConfigError
from mrio.places import data_dir


def take_labels_beside(*places: Path, named: str | None = None) -> None:
    """Take regions and sectors, for as long as the command runs, from the folder of a table that brings its own.

    Parameters
    ----------
    places : paths
        Tables (files or folders) that are read or written.  The folder that the environment names
        (:data:`mrio.own_labels.VARIABLE`) comes before theirs.
    named : str, optional
        The folder that a configuration names, which comes before all.

    Raises
    ------
    InputError, ConfigError
        If a folder brings one of the two files alone, or two folders bring different ones.
    """
    folder = Path(named) if named else own_labels.in_use() or _beside(places)
    click.get_current_context().with_resource(own_labels.using(folder))


def _beside(places: tuple[Path, ...]) -> Path | None:
    """Return the first folder that brings labels; that of the shipped tables holds China's."""
    folders = dict.fromkeys(place if place.is_dir() else place.parent for place in places)
    shipped = data_dir().resolve()
    brought = [folder for folder in folders if folder.resolve() != shipped and own_labels.brought_by(folder)]
    other = next((one for one in brought if own_labels.texts_of(one) != own_labels.texts_of(brought[0])), None)
    if other is not None:
        raise ConfigError(
            f"{brought[0]} and {other} bring other regions or sectors ({own_labels.REGIONS} and {own_labels.SECTORS}); "
            f"say which: {own_labels.VARIABLE}={other}."
        )
    return brought[0] if brought else None
