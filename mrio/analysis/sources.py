"""Sources of uncertainty as a draw uses them: named scales, of which some can be switched off or made larger."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from mrio.errors import ConfigError, did_you_mean
from mrio.estimation.errors_of_estimate import EstimateErrors
from mrio.formats.inputs.uncertainty_file import Parameter

#: Sources by which payments differ, beside those of emissions and table.
ECONOMIC = ("economy", "curve")


@dataclass(frozen=True)
class Sources:
    """Every parameter of every source of uncertainty."""

    parameters: tuple[Parameter, ...]

    @property
    def names(self) -> list[str]:
        """Names of the sources, in the order of the table."""
        return list(dict.fromkeys(one.source for one in self.parameters))

    def scale(self, name: str) -> float:
        """Return the scale of a parameter, zero where the table does not have it."""
        value = next((one.value for one in self.parameters if one.name == name), 0.0)
        return value if isinstance(value, float) else 0.0

    def choice(self, name: str) -> tuple[str, ...]:
        """Return the equally likely names of a parameter, none where the table does not have it."""
        value = next((one.value for one in self.parameters if one.name == name), ())
        return value if isinstance(value, tuple) else ()

    def only(self, sources: Sequence[str]) -> Sources:
        """Return these sources alone; the others have no error."""
        for name in sources:
            if name not in self.names:
                raise ConfigError(
                    f"uncertainty: no source {name!r}{did_you_mean(name, self.names)}; known: {', '.join(self.names)}."
                )
        return Sources(tuple(one for one in self.parameters if one.source in sources))

    def scaled(self, source: str, factor: float) -> Sources:
        """Return the sources with the scales of one of them multiplied."""
        return Sources(
            tuple(
                replace(one, value=one.value * factor) if one.source == source and isinstance(one.value, float) else one
                for one in self.parameters
            )
        )

    @property
    def estimate(self) -> EstimateErrors:
        """The error scales of the estimated table."""
        return EstimateErrors(**{field.name: self.scale(field.name) for field in fields(EstimateErrors)})


@dataclass(frozen=True)
class DrawNoise:
    """The random numbers of one draw: standard normal, by name, the same whatever else is drawn.

    Parameters
    ----------
    seed, draw : int
        Of the study, and the number of the draw.
    """

    seed: int
    draw: int

    def __call__(self, name: str, shape: tuple[int, ...]) -> np.ndarray:
        stream = np.random.SeedSequence(self.seed, spawn_key=(self.draw, zlib.crc32(name.encode())))
        return np.random.default_rng(stream).standard_normal(shape)


def log_normal(noise: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """Return log-normal numbers of mean one."""
    return np.exp(spread * noise - 0.5 * spread * spread)
