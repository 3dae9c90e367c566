"""``data/raw/uncertainty.csv``: every source of uncertainty, its distribution and the reference it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from mrio.errors import InputError, did_you_mean
from mrio.formats.records import read_records

COLUMNS = ("source", "parameter", "distribution", "value", "reference")
#: Distributions whose value is a number that is not negative: standard deviations (of the number, of its logarithm, of
#: its log-odds) and probabilities.
NUMBERS = ("normal", "log-normal", "normal log-odds", "probability")
#: The value is a list of names, separated by ``|``, of which each is equally likely.
CHOICE = "choice"


@dataclass(frozen=True)
class Parameter:
    """One parameter of one source of uncertainty; `value` is a number, or the names of a choice."""

    source: str
    name: str
    distribution: str
    value: float | tuple[str, ...]
    reference: str


def read_uncertainty(path: str | PathLike) -> list[Parameter]:
    """Return the parameters of the file, in its order.

    Raises
    ------
    InputError
        A missing column or cell, an unknown distribution, a value that is not a number of at least 0, a parameter given
        twice; file, row and column are named.
    """
    path, found = Path(path), {}
    for line, cell in read_records(path, COLUMNS, "a table of sources of uncertainty"):
        empty = [name for name in COLUMNS if not cell[name]]
        if empty:
            raise InputError("an empty cell", "a value", "fill it", file=path, row=line, column=empty[0])
        if cell["parameter"] in found:
            raise InputError(
                f"{cell['parameter']!r} a second time", "each parameter once", file=path, row=line, column="parameter"
            )
        found[cell["parameter"]] = Parameter(
            cell["source"], cell["parameter"], cell["distribution"], _value(cell, path, line), cell["reference"]
        )
    return list(found.values())


def _value(cell: dict[str, str], path: Path, line: int) -> float | tuple[str, ...]:
    kind, text = cell["distribution"], cell["value"]
    if kind == CHOICE:
        return tuple(name.strip() for name in text.split("|"))
    if kind not in NUMBERS:
        known = ", ".join((*NUMBERS, CHOICE))
        raise InputError(
            f"distribution {kind!r}{did_you_mean(kind, (*NUMBERS, CHOICE))}", f"one of {known}",
            file=path, row=line, column="distribution",
        )  # fmt: skip
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value < float("inf") or (kind == "probability" and value > 1):
        expected = "a share between 0 and 1" if kind == "probability" else "a number of at least 0"
        raise InputError(f"{text!r}", expected, file=path, row=line, column="value")
    return value
