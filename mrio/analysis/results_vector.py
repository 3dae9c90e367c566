"""Which results a draw keeps, and their places in one vector."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

#: Accounts by province that a draw keeps of every definition and resolution.
BY_PROVINCE = ("consumption", "outflow", "inflow", "net_transfer", "exports", "excluded", "residual", "inventory")
#: Counts a tonne at every border, so it has accounts but cannot be shared.
UNSHAREABLE = "gross"


@dataclass(frozen=True)
class Asked:
    """What a draw computes.

    Parameters
    ----------
    methods, resolutions : sequences of str
    scope : str
        What the net transfer counts.
    alpha_exports : float
    weight_exports : bool
        As :func:`mrio.equations.sharing.responsibility`.
    """

    methods: Sequence[str]
    resolutions: Sequence[str]
    scope: str = "interprovincial"
    alpha_exports: float = 1.0
    weight_exports: bool = False

    @property
    def shareable(self) -> list[str]:
        return [method for method in self.methods if method != UNSHAREABLE]


@dataclass(frozen=True)
class Results:
    """Names and shapes of what a draw keeps, and their places in one vector."""

    asked: Asked
    regions: int

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Return name -> shape; resolution, definition (or shareable definition), region, region."""
        r, d, s, R = len(self.asked.resolutions), len(self.asked.methods), len(self.asked.shareable), self.regions
        return {
            "production": (R,),
            "household": (R,),
            **{name: (r, R) for name in ("alpha_region", "outflow_value_added", "outflow_value")},
            **{name: (r, s, R) for name in ("share", "shared")},
            **{name: (r, d, R) for name in BY_PROVINCE},
            "flows": (r, d, R, R),
        }

    @property
    def size(self) -> int:
        """Numbers in a vector."""
        return sum(int(np.prod(shape)) for shape in self.shapes.values())

    def packed(self, values: Mapping[str, np.ndarray]) -> np.ndarray:
        """Return named arrays as one vector."""
        return np.concatenate([np.ravel(values[name]) for name in self.shapes])

    def unpacked(self, vectors: np.ndarray) -> dict[str, np.ndarray]:
        """Return the named arrays of vectors (..., size); leading dimensions stay."""
        found, start = {}, 0
        for name, shape in self.shapes.items():
            stop = start + int(np.prod(shape))
            found[name] = vectors[..., start:stop].reshape(*vectors.shape[:-1], *shape)
            start = stop
        return found
