"""What can be wrong with an input, one class per kind of mistake.

Every error a user can cause is an :class:`MrioError`: one sentence that names the file, sheet, row and
column, what was found, what was expected and what to do.  The command line and the workflow print that
sentence and nothing else; the traceback stays in the log.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from os import PathLike
from typing import TypedDict, Unpack

from mrio.distribution import NAME


class MrioError(Exception):
    """Base of every mistake a user can mend; ``str(error)`` is one sentence."""


class ConfigError(MrioError):
    """A key or value of the configuration is not what the schema allows."""


class LabelError(MrioError):
    """A province, sector or category is unknown, missing or given twice."""


class UnitError(MrioError):
    """A unit is missing, unknown or of the wrong magnitude."""


class BalanceError(MrioError):
    """A total that must be conserved is not."""


class LeontiefError(MrioError):
    """The Leontief system is singular, unproductive or was not solved to tolerance."""


class EstimationError(MrioError):
    """Margins that no table can satisfy, or an adjustment that did not converge."""


class FigureError(MrioError):
    """A figure cannot be drawn on this machine."""


class SettlementError(MrioError):
    """An event the forest-carbon register refuses."""


class MissingPackageError(MrioError, ImportError):
    """A package that the library alone does without is not installed."""


@contextmanager
def needing_extras(what: str) -> Iterator[None]:
    """Say what brings a package that is not installed, where `what` needs more than the library alone.

    Raises
    ------
    MissingPackageError
        For any package but this one's own modules.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] == "mrio":
            raise
        raise MissingPackageError(
            f"{what} needs the package {error.name!r}, which is not installed; "
            f"'pip install {NAME}[{'atlas' if error.name == 'plotly' else 'pipeline'}]' brings it."
        ) from error


@dataclass(frozen=True)
class Place:
    """Where in the input: any part may be unknown."""

    file: str | PathLike[str] | None = None
    sheet: str | None = None
    row: str | int | None = None
    column: str | int | None = None

    def __str__(self) -> str:
        parts = [str(self.file)] if self.file is not None else []
        parts += [f"sheet {self.sheet!r}"] if self.sheet is not None else []
        parts += [f"row {self.row}"] if self.row is not None else []
        parts += [f"column {self.column}"] if self.column is not None else []
        return ", ".join(parts) or "input"


class PlaceParts(TypedDict, total=False):
    """The parts of a :class:`Place` by name."""

    file: str | PathLike[str] | None
    sheet: str | None
    row: str | int | None
    column: str | int | None


class InputError(MrioError):
    """A file, sheet or cell that cannot be read as what it should be.

    Parameters
    ----------
    found, expected : str
        What stands there and what should, in words.
    todo : str, optional
        What the user can do about it.
    **place
        ``file``, ``sheet``, ``row`` and ``column``, as far as they are known; the rest is left out of the sentence.
    """

    def __init__(self, found: str, expected: str, todo: str = "", **place: Unpack[PlaceParts]) -> None:
        self.place = Place(**place)
        self.found, self.expected, self.todo = found, expected, todo
        tail = f"; {todo}" if todo else ""
        super().__init__(f"{self.place}: found {found}, expected {expected}{tail}.")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``" (did you mean 'x'?)"`` for the nearest known word, or an empty string."""
    names = {str(name).casefold(): str(name) for name in known}
    near = difflib.get_close_matches(str(word).casefold(), names, n=1, cutoff=0.5)
    return f" (did you mean {names[near[0]]!r}?)" if near else ""
