"""How statements are written: headers and words in a language, tonnes with three to six decimals, yuan with two."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pandas as pd

from mrio.errors import ConfigError, did_you_mean
from mrio.outputs.escape import guard
from mrio.words.settlement_words import CELLS_OF_REGISTER, HEADERS

LANGUAGES = ("en", "zh", "both")
#: Columns whose cells are words of the register, not of its users.
WORD_COLUMNS = ("item", "value", "event", "kind", "role", "status")


def as_text(frame: pd.DataFrame, language: str) -> tuple[list[str], list[list[str]]]:
    """Return header and rows of a statement as text in `language`: ``en``, ``zh``, or ``both``, Chinese before English.

    Raises
    ------
    ConfigError
        If the language is unknown.
    """
    if language not in LANGUAGES:
        hint = did_you_mean(language, LANGUAGES)
        raise ConfigError(f"language {language!r} is unknown{hint}; known: {', '.join(LANGUAGES)}.")
    names = list(frame.columns)
    header = {
        "en": names,
        "zh": [HEADERS.say(name, "zh") for name in names],
        "both": [f"{HEADERS.say(name, 'zh')} {name}" for name in names],
    }
    columns = [_column_text(name, frame, language) for name in names]
    return header[language], [list(row) for row in zip(*columns, strict=True)]


def amount_text(value: Decimal, least: int = 3) -> str:
    """Return an amount without exponent, with at least `least` decimals and no zeros after those."""
    whole, _, places = f"{value:f}".partition(".")
    places = places.rstrip("0").ljust(least, "0")
    return f"{whole}.{places}" if places else whole


def _column_text(name: str, frame: pd.DataFrame, language: str) -> list[str]:
    """Return the cells of a column as text; nothing known is an empty cell."""
    word = _word(language) if name in WORD_COLUMNS else str
    quantities = frame["item"] if name == "value" else [name] * len(frame)
    return [
        "" if cell is None else amount_text(cell, _places(of)) if isinstance(cell, Decimal) else guard(word(cell))
        for cell, of in zip(frame[name].tolist(), quantities, strict=True)
    ]


def _places(quantity: str) -> int:
    """Return the decimals an amount is written with at least, by the unit in the name of its column or item."""
    return 2 if quantity.endswith(("_yuan", "(yuan)")) else 3 if quantity.endswith(("_t", "(t)")) else 0


def _word(language: str) -> Callable[[object], str]:
    """Return how a word of the register is written in `language`."""
    if language == "zh":
        return lambda value: CELLS_OF_REGISTER.name(str(value), "zh")
    if language == "both":
        return _both
    return str


def _both(value: object) -> str:
    word = str(value)
    return f"{CELLS_OF_REGISTER.say(word, 'zh')} {word}" if word in CELLS_OF_REGISTER else word
