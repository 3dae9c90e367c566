"""Margins: the row accounts of provincial tables as plain arrays, the state that the steps hand on."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np

from mrio.labels import INVENTORY
from mrio.table.provincial import ProvincialTables

#: Cells are multiples of this power of two of the table's output (2017: 0.016 of 10^4 yuan), so that sums of cells are
#: exact in floating point, the last digits of an iteration do not show, and the file is small.
GRID_BITS = 41


@dataclass(frozen=True)
class Margins:
    """Row accounts of every product in every region, (R, n) each, one unit.

    Identity: ``uses + inventory + exports + outflow - imports - inflow + residual = output``; `uses` are intermediate
    and final uses without inventory change.  Gross trade is net trade and cross-hauling: what a region both sends out
    and takes in, at most what it could serve itself (:attr:`room`).
    """

    uses: np.ndarray
    inventory: np.ndarray
    exports: np.ndarray
    imports: np.ndarray
    outflow: np.ndarray
    inflow: np.ndarray
    residual: np.ndarray
    output: np.ndarray

    def replace(self, **changes: np.ndarray) -> Margins:
        """Return the margins with some accounts replaced."""
        return dataclasses.replace(self, **changes)

    def scaled(self, factor: float) -> Margins:
        """Return the margins in another unit."""
        return Margins(**{name: value * factor for name, value in vars(self).items()})

    @property
    def own(self) -> np.ndarray:
        """Uses met from the region's own output."""
        return self.uses - self.imports - self.inflow

    @property
    def supply(self) -> np.ndarray:
        """Output left for the country's uses."""
        return self.output - self.exports - self.inventory - self.residual

    @property
    def demand(self) -> np.ndarray:
        """Uses met from the country's output."""
        return self.uses - self.imports

    @property
    def net(self) -> np.ndarray:
        """Net outflow."""
        return self.outflow - self.inflow

    @property
    def room(self) -> np.ndarray:
        """What the region could serve itself: supply or demand, whichever is less (not below zero)."""
        return np.maximum(np.minimum(self.supply, self.demand), 0.0)

    def cross_hauling_share(self) -> np.ndarray:
        """Return cross-hauling over room, between 0 and 1 (0 where there is no room)."""
        room = self.room
        both = np.minimum(self.outflow, self.inflow)
        return np.clip(np.divide(both, room, out=np.zeros_like(room), where=room > 0), 0.0, 1.0)

    def with_cross_hauling(self, share: np.ndarray) -> Margins:
        """Return the margins with the same net trade and cross-hauling at `share` of room."""
        both = share * self.room
        return self.replace(outflow=np.maximum(self.net, 0.0) + both, inflow=np.maximum(-self.net, 0.0) + both)

    def gap(self) -> np.ndarray:
        """Output less the other accounts; zero when the row identity holds."""
        return self.output - self.uses - self.inventory - self.exports - self.net + self.imports - self.residual

    def disagreement(self) -> float:
        """Return how far national outflow and inflow are apart: sum of differences by product over trade."""
        out, into = self.outflow.sum(0), self.inflow.sum(0)
        trade = 0.5 * (out + into).sum()
        return float(np.abs(out - into).sum() / trade) if trade > 0 else 0.0


def inventory_columns(categories: list[str]) -> np.ndarray:
    """Return a mask of the categories that are inventory change (drawn on the own region, never split)."""
    return np.array([category == INVENTORY for category in categories])


def margins_of(prov: ProvincialTables) -> Margins:
    """Return the margins as reported."""
    stock = inventory_columns(prov.categories)
    final = prov.final.values
    return Margins(
        uses=prov.Z.values.sum(2) + final[..., ~stock].sum(2),
        inventory=final[..., stock].sum(2),
        **{name: prov.data[name].values for name in ("exports", "imports", "outflow", "inflow", "residual", "output")},
    )


def on_grid(output: np.ndarray) -> float:
    """Return the size of the last digit kept, a power of two."""
    return 2.0 ** (np.ceil(np.log2(output.sum())) - GRID_BITS)
