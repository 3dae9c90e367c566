"""How large the errors of an estimate are: scales chosen once, on a table whose flows are known (docs/intervals.md)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace

import numpy as np

#: (name, shape) -> standard normal numbers; the same name gives the same numbers.
Noise = Callable[[str, tuple[int, ...]], np.ndarray]


@dataclass(frozen=True)
class EstimateErrors:
    """Error scales of a draw; zeros draw the estimate itself.

    Parameters
    ----------
    reports : float
        Standard errors of reports and evidence, times this (and the variance factor of the reconciliation).
    structure : float
        Probability that a draw goes towards another choice of the estimate, any part of the way.
    hauling_region, hauling_product, hauling_cell : float
        Standard deviation of the log-odds of cross-hauling, common to a region, to a product, and of a single cell.
    distance : float
        Standard deviation of the distance exponent.
    pattern : float
        Log-normal error of who delivers to whom, by product and pair: distance explains only part of it.
    cells : float
        Log-normal error of the cells of a region's table.
    own_column, own_cell : float
        Standard deviation of the log-odds of own use, common to all products of a user, and of a single product.
    """

    reports: float = 0.0
    structure: float = 0.0
    hauling_region: float = 0.0
    hauling_product: float = 0.0
    hauling_cell: float = 0.0
    distance: float = 0.0
    pattern: float = 0.0
    cells: float = 0.0
    own_column: float = 0.0
    own_cell: float = 0.0

    def only(self, *names: str) -> EstimateErrors:
        """Return the scales with all but some set to zero."""
        return replace(self, **{field.name: 0.0 for field in fields(self) if field.name not in names})

    @property
    def hauling(self) -> float:
        """Variance of the log-odds of cross-hauling."""
        return self.hauling_region**2 + self.hauling_product**2 + self.hauling_cell**2
