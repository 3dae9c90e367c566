"""Margins: the row accounts of provincial tables as plain arrays, the state that the steps hand on."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np

from ..labels import INVENTORY
from ..provincial import ProvincialTables

#: Cells are multiples of this power of two of the table's output (2017: 0.016 of 10^4 yuan), so that sums of cells are
#: exact in floating point, the last digits of an iteration do not show, and the file is small.
GRID_BITS = 41


@dataclass(frozen=True)
class Margins:
    """Row accounts of every product in every province, (R, n) each, one unit.

    Identity: ``uses + inventory + exports + outflow - imports - inflow + residual = output``; `uses` are intermediate
    and final uses without inventory change.
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

    @property
    def own(self) -> np.ndarray:
        """Uses met from the province's own output."""
        return self.uses - self.imports - self.inflow

    def gap(self) -> np.ndarray:
        """Output less the other accounts; zero when the row identity holds."""
        supply = self.exports + self.outflow - self.imports - self.inflow + self.residual
        return self.output - self.uses - self.inventory - supply


def inventory_columns(categories: list[str]) -> np.ndarray:
    """Return a mask of the categories that are inventory change (drawn on the own province, never split)."""
    return np.array([category == INVENTORY for category in categories])


def margins(prov: ProvincialTables) -> Margins:
    """Return the margins as reported."""
    stock = inventory_columns(prov.categories)
    final = prov.final.values
    return Margins(
        uses=prov.Z.values.sum(2) + final[..., ~stock].sum(2),
        inventory=final[..., stock].sum(2),
        **{name: prov.data[name].values for name in ("exports", "imports", "outflow", "inflow", "residual", "output")},
    )


def grid(output: np.ndarray) -> float:
    """Return the size of the last digit kept, a power of two."""
    return 2.0 ** (np.ceil(np.log2(output.sum())) - GRID_BITS)
