"""What stands above the columns of Tables 1-3, in English and Chinese."""

from __future__ import annotations

from mrio.outputs.columns import Column, money_in
from mrio.words.money_words import MONEY
from mrio.words.quantity_words import QUANTITIES, UNITS, UNITS_BEHIND


def heading(label: Column | str, language: str) -> str:
    """Return quantity and unit of a column as a person reads it; provinces and marks are columns named by text."""
    if isinstance(label, str):
        return QUANTITIES.say(label, language)
    return QUANTITIES.say(label.quantity, language) + unit_behind(label.unit, language)


def unit_behind(unit: str, language: str) -> str:
    """Return a unit as it stands behind a heading, in brackets, or nothing where there is none."""
    currency = money_in(unit)
    if currency:
        return UNITS_BEHIND.say(unit.replace(currency, "money"), language, money=MONEY.names(currency))
    return UNITS_BEHIND.say("other", language, unit=UNITS.name(unit, language)) if unit else ""
