"""One Monte Carlo over the whole chain: table, emissions, accounts and shares, draw by draw.

A draw is seeded by its number, so that the same draw has the same bytes in whatever job, and however many there are.
What is kept is the difference of a draw to the chain without errors: intervals are the results plus these differences,
and without errors they are the results.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mrio.algebra.leontief.threads import one_core
from mrio.analysis.drawn_systems import FixedTable, drawn_system
from mrio.analysis.emission_draws import Emissions, drawn_emissions
from mrio.analysis.evaluation import DrawnSystem, evaluated
from mrio.analysis.results_vector import Asked, Results
from mrio.analysis.sources import DrawNoise, Sources
from mrio.estimation.parts import EstimateParts
from mrio.estimation.redraw import drawn_table


@dataclass(frozen=True)
class Chain:
    """Everything a draw is made of.

    Parameters
    ----------
    parts : EstimateParts or FixedTable
        What the table was estimated from; a table that is not an estimate of ours has no errors here.
    kept : sequence of int
        Positions of the study's regions among those of the estimate.
    emissions : Emissions
        Of the study's regions.
    groups : mapping of resolution to array (g, n), or None
        Groups of sectors to compute at, None for the table's own.
    asked : Asked
    seed : int
    """

    parts: EstimateParts | FixedTable
    kept: Sequence[int]
    emissions: Emissions
    groups: Mapping[str, np.ndarray | None]
    asked: Asked
    seed: int

    @property
    def results(self) -> Results:
        return Results(self.asked, len(self.kept))

    @cached_property
    def without_errors(self) -> np.ndarray:
        """The results of the chain without errors, as one vector."""
        return self.drawn(Sources(()), 0)

    def drawn(self, sources: Sources, draw: int) -> np.ndarray:
        """Return the results of one draw, as one vector."""
        noise = DrawNoise(self.seed, draw)
        F, F_Y = drawn_emissions(self.emissions, sources, noise)
        systems = self._systems(sources, noise, F)
        return self.results.packed(evaluated(systems, F.sum(1), F_Y, self.asked))

    def _systems(self, sources: Sources, noise: DrawNoise, F: np.ndarray) -> list[DrawnSystem]:
        names = self.asked.resolutions
        if isinstance(self.parts, FixedTable):
            return [self.parts.drawn(name, F, self.groups[name]) for name in names]
        table = drawn_table(self.parts, sources.estimate, noise).keeping(self.kept)
        return [drawn_system(table, F, self.groups[name]) for name in names]


def drawn_differences(chain: Chain, sources: Sources, draws: Iterable[int]) -> np.ndarray:
    """Return the differences of draws to the chain without errors, (draws, size of :class:`Results`)."""
    with one_core():
        rows = [chain.drawn(sources, draw) - chain.without_errors for draw in draws]
    return np.array(rows).reshape(len(rows), chain.results.size)
