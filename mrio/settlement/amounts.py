"""Exact amounts: tonnes to the gram, megawatt-hours to the watt-hour, yuan to the fen.

Owns the arithmetic of the register.  Every sum and product is done under :data:`EXACT`, which raises if a digit would
be lost; a digit is given up only in the functions named after it (:func:`half_up_to_fen`, :func:`down_to_gram`).
"""

from __future__ import annotations

import decimal
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

#: Arithmetic that raises instead of rounding; 60 digits hold any product of cells the register accepts.
EXACT = decimal.Context(
    prec=60,
    rounding=ROUND_HALF_UP,
    traps=[decimal.Inexact, decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
)
_ROUNDING = decimal.Context(prec=60, traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow])

ZERO = Decimal(0)
GRAM = Decimal("0.000001")
FEN = Decimal("0.01")
#: Decimals a tonne (or MWh), a yuan and a share may carry.
TONNE_PLACES, YUAN_PLACES, SHARE_PLACES = 6, 2, 12


def half_up_to_fen(yuan: Decimal) -> Decimal:
    """Return an amount rounded to the fen, half a fen upwards (72,462.72555 -> 72,462.73)."""
    return yuan.quantize(FEN, ROUND_HALF_UP, _ROUNDING)


def mean_to_fen(total: Decimal, count: Decimal) -> Decimal:
    """Return total / count in yuan per tonne, rounded half up to the fen."""
    return half_up_to_fen(_ROUNDING.divide(total, count))


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """Return 100 part / whole, rounded half up to two decimals; for reading, never for a rule."""
    return _ROUNDING.divide(100 * part, whole).quantize(FEN, ROUND_HALF_UP, _ROUNDING)


def down_to_gram(tonnes: Decimal) -> Decimal:
    """Return tonnes cut to the gram, so that a conversion never makes more than there is."""
    return tonnes.quantize(GRAM, ROUND_DOWN, _ROUNDING)


def apportion(total: Decimal, weights: Sequence[Decimal], places: int) -> list[Decimal]:
    """Split a total by weights so that the parts add up to it exactly (largest remainder).

    part_k = floor(total w_k / sum w) in units of 10^-places; the units left over go one each to the parts with the
    largest remainder, the earlier one first where remainders are equal.  With total <= sum of weights no part exceeds
    its weight.

    Parameters
    ----------
    total : Decimal
        Not negative, with at most `places` decimals.
    weights : sequence of Decimal
        Not negative, at most :data:`SHARE_PLACES` decimals, not all zero.
    places : int
        6 for grams of a tonne, 2 for fen of a yuan.
    """
    if len(weights) == 1:
        return [total]
    parts = split_amount(to_units(total, places), [to_units(weight, SHARE_PLACES) for weight in weights])
    return [from_units(part, places) for part in parts]


def split_amount(units: int, weights: Sequence[int]) -> list[int]:
    """Split whole units by whole weights (largest remainder, the earlier first); the core of :func:`apportion`."""
    whole = sum(weights)
    parts = [units * weight // whole for weight in weights]
    left = units - sum(parts)
    if left:
        remainders = [units * weight % whole for weight in weights]
        for k in sorted(range(len(parts)), key=lambda k: -remainders[k])[:left]:
            parts[k] += 1
    return parts


def to_units(amount: Decimal, places: int) -> int:
    """Return an amount as a whole number of its smallest units (grams for 6 places, fen for 2)."""
    return int(_ROUNDING.multiply(amount, 10**places))


def from_units(units: int, places: int) -> Decimal:
    """Return whole units as the decimal amount they are."""
    return _ROUNDING.scaleb(units, -places)


def years_after(day: date, years: int) -> date:
    """Return the anniversary of a day; 29 February falls on 1 March of a common year, when the years are full."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def last_day_of(start: date, years: int) -> date:
    """Return the last day of a period of whole years that begins on `start`."""
    return years_after(start, years) - timedelta(days=1)
