"""Values as they are typed, in YAML or on a command line: one for a list of one, text for a number, a name for a curve.

Owns the reading of what arrives in another type than it means; what a key may be is said in
:mod:`mrio.study.settings`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Literal, TypeVar, get_args

from mrio.choosable import CO2, Preset
from mrio.errors import ConfigError, did_you_mean
from mrio.words.caption_words import CAPTIONS

T = TypeVar("T")
#: The name under which formats stand for all figures that are not named.
EVERY = "default"
#: What figures are written in where the configuration does not say.
FORMATS: dict[str, list[Literal["png", "svg", "pdf"]]] = {EVERY: ["png", "svg", "pdf"]}


def once(values: list[T]) -> list[T]:
    if len(set(map(str, values))) < len(values):
        raise ValueError("an entry twice")
    return values


def as_written(value: T, check: Callable[[T], object]) -> T:
    """Keep a whole number whole, so that a price of 100 is printed as it was written."""
    check(value)
    return value


def year_of_text(value: object) -> object:
    """Read a year given on a command line, which arrives as text."""
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else value


def name_of_number(value: object) -> object:
    """Take a name that YAML reads as a number (42) or a date (2026-06-30)."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def prices_by_year(value: object) -> object:
    """Take years as text, as YAML and JSON differ in what a key may be; and prices given on a command line."""
    if not isinstance(value, Mapping):
        return value
    if len(set(map(str, value))) < len(value):
        raise ValueError("a year twice")
    pairs = [_without_a_blank(str(key), price) for key, price in value.items()]
    return {year: _number(price) for year, price in pairs}


def priced(stressors: list[str], price: float | dict[str, float]) -> None:
    """Refuse a price that has no meaning: it is of a tonne of CO2, and may differ by year alone."""
    if CO2 not in stressors:
        together = ", ".join([CO2, *(name for name in stressors if name.upper() != CO2)])
        raise ValueError(
            f"stressors has no CO2, of which carbon_price is the price of a tonne; write 'stressors: [{together}]'."
        )
    odd = next((name for name in price if not name.isdigit()), None) if isinstance(price, dict) else None
    if odd is not None:
        raise ValueError(
            f"carbon_price names {odd!r}, expected years alone: it is the price of a tonne of CO2, and no other "
            "stressor is paid for; write 'carbon_price: 100' or 'carbon_price: {2017: 100}'."
        )


def _without_a_blank(key: str, value: object) -> tuple[str, object]:
    """Split {2017:60}, which YAML takes for one key, as the blank after the colon is easily lost on a command line."""
    year, colon, price = key.partition(":")
    return (year, price) if colon and value in (None, "") else (key, value)


def _number(value: object) -> object:
    """Read a number given on a command line, which arrives as text inside {...}."""
    if not isinstance(value, str):
        return value
    try:
        return int(value) if value.isascii() and value.isdigit() else float(value)
    except ValueError:
        return value


def listed(value: object) -> object:
    """Take one name or year for a list of one: ``--config methods=mrio``."""
    return [value] if isinstance(value, str | int) and not isinstance(value, bool) else value


def curve_of_name(value: object) -> object:
    """Take the name of a preset for the curve: ``--config curve=pearl``."""
    if not isinstance(value, str):
        return value
    known = get_args(Preset)
    if value not in known:
        raise ConfigError(
            f"curve is {value!r}{did_you_mean(value, known)}, expected one of {', '.join(known)}, or "
            "{preset: ..., b: ...} for other values of its parameters."
        )
    return {"preset": value, "engel": "all"}


def formats_of_known(formats: dict[str, list[str]]) -> dict[str, list[str]]:
    """Refuse formats of a figure that there is not, and formats that leave those of all others open."""
    if EVERY not in formats:
        raise ConfigError(f"key 'formats' does not say what figures are written in; add {EVERY!r}.")
    for name in formats:
        if name != EVERY and name not in CAPTIONS:
            raise ConfigError(f"key 'formats' names {name!r}, which is no figure{did_you_mean(name, CAPTIONS)}.")
    return formats
