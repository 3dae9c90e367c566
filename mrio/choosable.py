"""What a study may choose from, by name: definitions of flows, scopes, treatments of imports, growth curves.

The names alone, without what they do, so that a configuration is checked without loading the equations; and the
refusals of what is no choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Real
from typing import Literal

from mrio.errors import ConfigError, did_you_mean

#: Definitions of the embodied flow (:mod:`mrio.equations.definitions`).
Method = Literal["eebt", "mrio", "gross"]
#: Emissions of foreign imports by domestic technology (:mod:`mrio.equations.imports`).
Imports = Literal["excluded", "province", "national"]
#: What a net transfer counts (:mod:`mrio.equations.scopes`).
Scope = Literal["interprovincial", "with-exports", "exports-less-imports"]
#: Growth curves of the compensation coefficient (:mod:`mrio.equations.payment`).
Preset = Literal["liao2022", "liao2022-b", "liao2022-G", "logistic", "pearl"]
#: The stressor that has a price, of which everything is computed.
CO2 = "CO2"


def check_choice(what: str, chosen: str, known: Sequence[str]) -> None:
    """Refuse a name that is none of those known."""
    if not isinstance(chosen, str) or chosen not in known:
        raise ConfigError(f"{what} {chosen!r} is unknown{did_you_mean(chosen, known)}; known: {', '.join(known)}.")


def check_share(what: str, given: float) -> None:
    """Refuse what is no number from 0 to 1."""
    if not isinstance(given, Real) or isinstance(given, bool) or not 0.0 <= given <= 1.0:
        raise ConfigError(f"{what} is {given!r}, expected a number from 0 to 1.")


def check_truth(what: str, given: bool) -> None:
    """Refuse what is neither True nor False: the word "no" would be taken for True."""
    if type(given).__name__ not in ("bool", "bool_"):  # numpy's own kind as well
        raise ConfigError(f"{what} is {given!r}, expected True or False.")
