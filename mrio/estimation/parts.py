"""What an estimate was made of: enough to make it again with errors, without the provincial tables.

A draw needs the reconciled rows and what stays uncertain of them, the flows between regions, and the uses of every
region: :class:`EstimateParts` keeps these, and :mod:`mrio.estimation.redraw` draws from them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from mrio.estimation.margins import Margins
from mrio.estimation.openness import CrossHauling
from mrio.estimation.posterior import Posterior
from mrio.estimation.rows import Rows


@dataclass(frozen=True)
class Labels:
    """Names of what an estimate is made of."""

    regions: Sequence[str]
    sectors: Sequence[str]
    categories: Sequence[str]
    unit: str
    year: int
    scheme: str


@dataclass(frozen=True)
class Uses:
    """Uses of every region, wherever the product came from.

    Parameters
    ----------
    Z : array (R, n, n);  final : array (R, n, C)
    inputs, value_added : array (R, n)
        Products each industry uses in all; its value added.
    """

    Z: np.ndarray
    final: np.ndarray
    inputs: np.ndarray
    value_added: np.ndarray


@dataclass(frozen=True)
class Trade:
    """Flows between regions and the gravity they follow.

    Parameters
    ----------
    flows : array (n, R, R)
    nearness : array (R, R)
        Log of the distance over the mean distance (geometric); zero where no distances were given.
    beta : float
        Distance exponent.
    """

    flows: np.ndarray
    nearness: np.ndarray
    beta: float


@dataclass(frozen=True)
class EstimateParts:
    """The parts of an estimate.

    Parameters
    ----------
    labels : Labels
    rows : Rows
        Reconciled; (R, n) each, in the unit of the table.
    used : Margins
        The same with gross trade.
    hauling : CrossHauling
        Share of cross-hauling in what a region could serve itself.
    uses : Uses
    trade : Trade
    posterior : Posterior
        What stays uncertain of the rows.
    alternatives : mapping of name to (Rows, array (R, n))
        Rows and share of cross-hauling under another choice of the estimate, less those here.
    """

    labels: Labels
    rows: Rows
    used: Margins
    hauling: CrossHauling
    uses: Uses
    trade: Trade
    posterior: Posterior
    alternatives: Mapping[str, tuple[Rows, np.ndarray]] = field(default_factory=dict)

    @cached_property
    def pattern(self) -> np.ndarray:
        """Flows over outflow and inflow (n, R, R): who delivers to whom, whatever the size of the two.

        A region that sends out (or takes in) nothing of a product has no pattern of its own; it is given that of the
        others, as nearness lets expect, for draws in which it does trade.
        """
        size = self.used.outflow.T[:, :, None] * self.used.inflow.T[:, None, :]
        there = (size > 0) & (self.trade.flows > 0)
        found = np.divide(self.trade.flows, size, out=np.zeros_like(size), where=there)
        expected = -self.trade.beta * self.trade.nearness
        ratio = np.log(np.where(there, found, 1.0)) - expected
        whole = _mean(ratio, there, (1, 2), 0.0)
        usual = _mean(ratio, there, (2,), whole) + _mean(ratio, there, (1,), whole) - whole
        silent = ~there.any(2, keepdims=True) | ~there.any(1, keepdims=True)
        away = 1.0 - np.eye(len(expected))
        return np.where(silent, np.exp(usual + expected), found) * away


def _mean(values: np.ndarray, mask: np.ndarray, axes: tuple[int, ...], default: np.ndarray | float) -> np.ndarray:
    """Return means over some axes of what the mask holds, `default` where it holds nothing."""
    count = mask.sum(axes, keepdims=True)
    total = np.where(mask, values, 0.0).sum(axes, keepdims=True)
    return np.where(count > 0, total / np.maximum(count, 1), default)


def nearness(distances: np.ndarray | None, regions: int) -> np.ndarray:
    """Return the log of distances (R, R) over their geometric mean, zero on the diagonal and where none are known."""
    off = ~np.eye(regions, dtype=bool)
    if distances is None or regions == 1:
        return np.zeros((regions, regions))
    logs = np.log(np.where(off, distances, 1.0))
    return np.where(off, logs - logs[off].mean(), 0.0)
