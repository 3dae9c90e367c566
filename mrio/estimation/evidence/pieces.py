"""Pieces of evidence: a name, a kind, a source, settings and a table of facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from mrio.errors import ConfigError, LabelError, did_you_mean
from mrio.estimation.margins import Margins
from mrio.estimation.observations import Layout, Observations, Witness
from mrio.estimation.openness import Surveyed
from mrio.estimation.rows import Rows
from mrio.units import conversion


@dataclass(frozen=True)
class Setting:
    """What facts are read against: labels and the official reports.

    Parameters
    ----------
    layout : Layout
    scheme : str
        Sector scheme of the labels.
    unit : str
    rows : Rows
        As reported, without transit.
    margins : Margins
        The same.
    totals : mapping of account to array (n,)
        National totals, where a piece gives them.
    """

    layout: Layout
    scheme: str
    unit: str
    rows: Rows
    margins: Margins
    totals: Mapping[str, np.ndarray] = field(default_factory=dict)

    def money(self, unit: str) -> float:
        """Return the factor from a monetary unit of facts to that of the table."""
        return conversion(unit, self.unit)

    def sector(self, code: str, where: str) -> int:
        """Return the position of a sector, refusing unknown codes."""
        if code not in self.layout.sectors:
            raise LabelError(f"{where}: sector {code!r} is unknown{did_you_mean(code, self.layout.sectors)}.")
        return list(self.layout.sectors).index(code)


@dataclass(frozen=True)
class Piece:
    """One piece of evidence.

    Parameters
    ----------
    name, kind, source : str
    facts : DataFrame
        The facts of the year; what columns mean, the kind says.
    settings : mapping
        Numbers and words of the configuration: errors, accounts, products.
    """

    name: str
    kind: str
    source: str
    facts: pd.DataFrame
    settings: Mapping[str, object] = field(default_factory=dict)

    @property
    def witness(self) -> Witness:
        """Who says what the facts say."""
        return Witness(self.name, self.source)

    def setting(self, name: str) -> float:
        """Return a number of the configuration, refusing a missing one."""
        return self._number(name, self.settings.get(name))

    def mapping(self, name: str) -> Mapping[str, object]:
        """Return a mapping of the configuration, empty where it is missing."""
        value = self.settings.get(name, {})
        if not isinstance(value, Mapping):
            raise ConfigError(f"evidence.{self.name}.{name} is {value!r}, expected 'name: value' pairs.")
        return value

    def numbers(self, name: str) -> dict[str, float]:
        """Return a mapping of the configuration whose values are numbers, refusing any other value."""
        return {key: self._number(f"{name}.{key}", value) for key, value in self.mapping(name).items()}

    def _number(self, name: str, value: object) -> float:
        if not isinstance(value, (int, float)) or isinstance(value, bool) or not value >= 0:
            raise ConfigError(f"evidence.{self.name}.{name} is {value!r}, expected a number that is not negative.")
        return float(value)


def nothing_levelled(piece: Piece, setting: Setting) -> dict[str, np.ndarray]:
    """Return no national totals: what most kinds do."""
    return {}


def nothing_surveyed(piece: Piece, setting: Setting) -> Surveyed | None:
    """Return no survey of cross-hauling: what most kinds do."""
    return None


def nothing_doubted(piece: Piece, setting: Setting) -> dict[str, np.ndarray]:
    """Return no doubt in official reports: what most kinds do."""
    return {}


@dataclass(frozen=True)
class Kind:
    """What a kind of evidence says: observations, and where it does, national totals, a survey, doubt in reports."""

    observations: Callable[[Piece, Setting], Sequence[Observations]]
    totals: Callable[[Piece, Setting], dict[str, np.ndarray]] = nothing_levelled
    surveyed: Callable[[Piece, Setting], Surveyed | None] = nothing_surveyed
    doubts: Callable[[Piece, Setting], dict[str, np.ndarray]] = nothing_doubted
