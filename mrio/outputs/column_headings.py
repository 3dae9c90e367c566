"""What stands above the columns of Tables 1-3, in English and Chinese."""

from __future__ import annotations

from mrio.outputs.columns import Column
from mrio.words.quantity_words import QUANTITIES, UNITS_BEHIND


def heading(label: Column | str, language: str) -> str:
    """Return quantity and unit of a column as a person reads it; provinces and marks are columns named by text."""
    if isinstance(label, str):
        return QUANTITIES.say(label, language)
    return QUANTITIES.say(label.quantity, language) + UNITS_BEHIND.say(label.unit, language)
