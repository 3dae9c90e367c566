"""Reading single cells: a day, an amount, a name; nothing is guessed and nothing is coerced.

Owns what a cell may look like.  Every reader takes the text of a cell and returns a value or raises
:class:`~mrio.settlement.refusal.BadCell` with what was found and what was expected.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

from mrio.errors import did_you_mean
from mrio.settlement.refusal import BadCell

T = TypeVar("T")
_DAY = re.compile(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d+(?:\.(\d+))?", re.ASCII)
_YEARS = (1900, 2199)
#: Integer digits a number may have: 10^12 t is more than the world emits in twenty years.
_INTEGER_DIGITS = 12


@lru_cache(maxsize=4096)  # the same days stand in thousands of rows
def day(cell: str) -> date:
    """Return the day written as 2026-03-05 or, as spreadsheets save it, 2026/3/5."""
    match = _DAY.fullmatch(cell)
    if match is None:
        raise BadCell(shown(cell), "a date written 2026-03-05", _day_advice(cell))
    try:
        found = date(int(match[1]), int(match[3]), int(match[4]))
    except ValueError:
        raise BadCell(shown(cell), "a day of the calendar") from None
    if not _YEARS[0] <= found.year <= _YEARS[1]:
        raise BadCell(shown(cell), f"a year from {_YEARS[0]} to {_YEARS[1]}")
    return found


def amount(
    unit: str, places: int = 6, *, above: str | None = "0", least: str | None = None, most: str | None = None
) -> Callable[[str], Decimal]:
    """Return a reader of amounts in `unit` with at most `places` decimals, above / not below / not beyond a bound."""
    bounds = [f"above {above}"] if above is not None and least is None else []
    bounds += [f"not below {least}"] if least is not None else []
    bounds += [f"at most {most}"] if most is not None else []
    expected = f"a number of {unit} {' and '.join(bounds)}".rstrip()
    lowest = least if least is not None else above
    floor = Decimal(lowest) if lowest is not None else None
    strict, ceiling = least is None, Decimal(most) if most is not None else None

    def read(cell: str) -> Decimal:
        match = _NUMBER.fullmatch(cell)
        if match is None:
            raise BadCell(shown(cell), expected, _number_advice(cell))
        if match[1] is not None and len(match[1]) > places:
            raise BadCell(shown(cell), f"at most {places} decimals", "round it where it was measured, not here")
        if len(cell.partition(".")[0].lstrip("+-0")) > _INTEGER_DIGITS:
            raise BadCell(shown(cell), f"at most {_INTEGER_DIGITS} digits before the point", "check the unit")
        value = Decimal(cell)
        if floor is not None and (value < floor or (strict and value == floor)):
            raise BadCell(f"{cell} {unit}", expected)
        if ceiling is not None and value > ceiling:
            raise BadCell(f"{cell} {unit}", expected, "check the unit")
        return value

    return read


def count(cell: str) -> int:
    """Return a whole number, zero or more."""
    if not (cell.isascii() and cell.isdigit()):
        raise BadCell(shown(cell), "a whole number, zero or more", _number_advice(cell))
    return int(cell)


def name(cell: str) -> str:
    """Return a name or an id: not empty, no control or invisible character, no full-width letter or digit.

    Two ids that look alike must not count as two: ``P０1`` for ``P01`` is refused rather than made equal.
    """
    if not cell:
        raise BadCell("an empty cell", "a name or an id")
    if cell.isascii() and cell.isprintable():
        return cell
    for ch in cell:
        if "\uff10" <= ch <= "\uff5a" and ch.isalnum():
            half = unicodedata.normalize("NFKC", cell)
            raise BadCell(shown(cell), "half-width letters and digits", f"write {half!r}")
        if ch != " " and not ch.isprintable():
            raise BadCell(shown(cell), "visible characters only", f"take out U+{ord(ch):04X}")
    return cell


def names(cell: str) -> tuple[str, ...]:
    """Return the ids in a cell separated by ``;`` (or the full-width ``；``); an empty cell has none."""
    return tuple(name(part.strip()) for part in cell.replace("；", ";").split(";")) if cell else ()


def choice(options: Mapping[str, str]) -> Callable[[str], str]:
    """Return a reader of one of several words, given in English or in Chinese (`options`: spelling -> meaning)."""

    def read(cell: str) -> str:
        if cell not in options:
            raise BadCell(shown(cell), " or ".join(options) + did_you_mean(cell, options))
        return options[cell]

    return read


def optional(read: Callable[[str], T], default: T | None = None) -> Callable[[str], T | None]:
    """Return a reader that takes an empty cell as `default`."""
    return lambda cell: read(cell) if cell else default


def shown(cell: str) -> str:
    """Return a cell as a sentence shows it."""
    return repr(cell if len(cell) <= 60 else cell[:57] + "...") if cell else "an empty cell"


def _day_advice(cell: str) -> str:
    """Return what to do about a day that is not written as one."""
    serial = cell.removesuffix(".0")
    if serial.isascii() and serial.isdigit() and len(serial) == 5:  # days since 1899-12-30, as spreadsheets count
        counted = date.fromordinal(date(1899, 12, 30).toordinal() + int(serial))
        return f"that is {counted} as a spreadsheet counts days: write it so"
    return _width_advice(cell) or ("" if any(map(str.isdigit, cell)) else "take the row out, if it is a sum or a note")


def _width_advice(cell: str) -> str:
    half = unicodedata.normalize("NFKC", cell)
    return f"these are full-width characters, write {half!r}" if half != cell else ""


def _number_advice(cell: str) -> str:
    if not cell:
        return "write 0 if zero is meant"
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", cell, re.ASCII):
        return f"write it without separators, {cell.replace(',', '')}"
    return _width_advice(cell) or "write digits and a point only, without unit or exponent"
