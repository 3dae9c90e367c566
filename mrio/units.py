"""One table of units: what a file states is converted, never assumed, and a unit that is not known is refused.

Sizes are whole multiples of the smallest unit of a quantity, so that the size of one unit in another is the decimal
number it is written as, to the last bit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Protocol

from mrio.currencies import CURRENCIES, money_sizes, stated_money
from mrio.errors import UnitError, did_you_mean

_MASS = {"t": 1.0, "kt": 1e3, "10k t": 1e4, "Mt": 1e6}
#: Quantity -> unit -> its size in the first unit of the quantity.
SIZES: Mapping[str, Mapping[str, float]] = {
    "money": money_sizes("CNY"),
    **{f"money in {currency}": money_sizes(currency) for currency in CURRENCIES if currency != "CNY"},
    "mass": _MASS,
    "emissions": {f"{unit} CO2": size for unit, size in _MASS.items()},
    "volume": {"m3": 1.0, "10k m3": 1e4, "M m3": 1e6, "100M m3": 1e8},
    "area": {"mu": 1.0, "ha": 15.0, "km2": 1500.0, "1000 ha": 15e3, "10k ha": 15e4},
    "people": {"persons": 1.0, "10k persons": 1e4},
    "share": {"%": 1.0, "ratio": 100.0},
    "growth": {"% per year": 1.0, "per year": 100.0},
    "heat by mass": {"kJ/kg": 1.0, "GJ/t": 1e3, "TJ/Gg": 1e3, "PJ/10k t": 1e5},
    "heat by volume": {"kJ/m3": 1.0, "GJ/10k m3": 1e2, "PJ/100M m3": 1e4},
    "carbon by heat": {"tC/TJ": 1.0, "kgC/GJ": 1.0, "tC/GJ": 1e3},
    "wood by area": {"m3/ha": 1.0, "m3/mu": 15.0},
    "density": {"kg/m3": 1.0, "t/m3": 1e3, "g/cm3": 1e3},
}
#: What a heading of a Chinese sheet says; in this order, because "100 million" holds "million".
_MONEY_WORDS = {
    "100M CNY": re.compile(r"亿元|100\s*million|hundred million|10\^?8", re.IGNORECASE),
    "10k CNY": re.compile(r"万元|10[, ]?000|(?:10|ten)[- ]thousand|10\^?4", re.IGNORECASE),
    "M CNY": re.compile(r"百万|million", re.IGNORECASE),
}

#: Tonnes of carbon, which are 44/12 of CO2.
_CARBON = re.compile(r"\b[kM]?t\s*-?\s*C\b|carbon|\u78b3$")


class Measured(Protocol):
    """Anything with attributes, of which ``unit`` is one: a DataArray, a Dataset."""

    attrs: dict[Any, Any]


def units_like(unit: str) -> tuple[str, ...]:
    """Return every unit of the quantity that `unit` measures, the smallest first.

    Raises
    ------
    UnitError
        If the unit is not in the table.

    Examples
    --------
    >>> units_like("Mt")
    ('t', 'kt', '10k t', 'Mt')
    """
    for sizes in SIZES.values():
        if unit in sizes:
            return tuple(sizes)
    known = [name for quantity, sizes in SIZES.items() if " in " not in quantity for name in sizes]
    raise UnitError(f"unit {unit!r} is unknown{did_you_mean(unit, known)}; known: {', '.join(known)}.")


def conversion(unit: str, to: str) -> float:
    """Return how many `to` one `unit` is: what a number in `unit` is multiplied by.

    Raises
    ------
    UnitError
        If one of the two is unknown, or they measure different quantities.

    Examples
    --------
    >>> conversion("Mt", "t"), conversion("10k CNY", "100M CNY")
    (1000000.0, 0.0001)
    """
    known_unit(unit, to, f"conversion to {to}")
    sizes = next(sizes for sizes in SIZES.values() if to in sizes)
    return sizes[unit] / sizes[to]


def known_unit(unit: object, like: str, place: object) -> str:
    """Return `unit` if it measures the same quantity as `like`; else refuse it in one sentence.

    Parameters
    ----------
    unit : object
        What is stated; None where nothing is.
    like : str
        A unit of the table.
    place : object
        Where it is stated, the opening words of the sentence (file, row, column).

    Raises
    ------
    UnitError
        If it is missing, unknown, or of another quantity.
    """
    known = units_like(like)
    if isinstance(unit, str) and unit in known:
        return unit
    other = next((f" of {quantity}" for quantity, sizes in SIZES.items() if unit in sizes), "")
    if isinstance(unit, str) and _CARBON.search(unit) and like in {**SIZES["mass"], **SIZES["emissions"]}:
        raise UnitError(
            f"{place}: found unit {unit!r}, tonnes of carbon, expected CO2: multiply by 44/12 and write {like!r}."
        )
    found = f"unit {unit!r}{other or did_you_mean(str(unit), known)}" if unit else "no unit"
    raise UnitError(f"{place}: found {found}, expected one of {', '.join(known)}.")


def require_unit(data: Measured, unit: str, what: str) -> None:
    """Refuse data whose attribute ``unit`` is not `unit`.

    Raises
    ------
    UnitError
        Naming `what` and the unit it has.
    """
    if data.attrs.get("unit") != unit:
        raise UnitError(f"{what} has unit {data.attrs.get('unit')!r}, expected {unit!r}.")


def money_unit(text: str) -> str | None:
    """Return the monetary unit that a heading speaks of, in Chinese or English; None where it names no multiple.

    Examples
    --------
    >>> money_unit("单位：万元"), money_unit("Unit: 100 million yuan"), money_unit("Unit: yuan")
    ('10k CNY', '100M CNY', None)
    """
    return next((unit for unit, words in _MONEY_WORDS.items() if words.search(text)), None)


def known_money(unit: object, place: object) -> str:
    """Return the unit of money that a text states, as this table writes it; else refuse it in one sentence.

    A size and a currency in whatever order and abbreviation: ``M.EUR``, ``Mill USD``, ``10^8 yuan``, ``亿元``.

    Parameters
    ----------
    unit : object
        What is stated; None where nothing is.
    place : object
        Where it is stated, the opening words of the sentence (file, row, column).

    Raises
    ------
    UnitError
        If no currency is named, or something beside it is no size.

    Examples
    --------
    >>> known_money("M.EUR", "file"), known_money("亿元", "file"), known_money("Mill USD", "file")
    ('M EUR', '100M CNY', 'M USD')
    """
    found = stated_money(unit) if isinstance(unit, str) else None
    if found is None:
        said = f"unit {unit!r}" if unit else "no unit"
        if isinstance(unit, str) and any(unit in sizes for sizes in SIZES.values()):
            said += f" of {next(quantity for quantity, sizes in SIZES.items() if unit in sizes)}"
        raise UnitError(
            f"{place}: found {said}, expected a size of a currency, e.g. {', '.join(SIZES['money'])}, M EUR, Mill USD."
        )
    return found


def money_or_none(unit: str) -> str | None:
    """Return :func:`known_money`, or None where the text states no money."""
    return stated_money(unit)


def is_money(unit: object) -> bool:
    """Return whether a unit of the table is one of money, in whatever currency."""
    return isinstance(unit, str) and unit in money_sizes(currency_of(unit)) and currency_of(unit) in CURRENCIES


def currency_of(unit: str) -> str:
    """Return the currency of a unit of money.

    Examples
    --------
    >>> currency_of("100M EUR")
    'EUR'
    """
    return unit.rsplit(" ", 1)[-1]


def in_currency_of(unit: str, like: str) -> str:
    """Return the unit of yuan `like` in the currency of `unit`.

    Examples
    --------
    >>> in_currency_of("M EUR", "100M CNY")
    '100M EUR'
    """
    return like.replace("CNY", currency_of(unit))


#: 1 Mt at 1 yuan a tonne, in 10^8 yuan.
YUAN_PER_TONNE = conversion("Mt", "t") / conversion("100M CNY", "CNY")
