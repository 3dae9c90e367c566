"""Rows: what every product of every province is used for, and where it comes from; the unknowns of the estimate.

Identity, product i of province r (all in one unit)::

    intermediate + consumption + formation + inventory + exports - imports + net_outflow + residual = output
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np

from mrio.estimation.margins import Margins, inventory_columns
from mrio.labels import FORMATION
from mrio.table.provincial import ProvincialTables

#: Accounts of a row in the order of the unknowns; imports count negative in the identity.
ACCOUNTS = ("intermediate", "consumption", "formation", "inventory", "exports", "imports", "net_outflow", "residual")
SIGNS = {name: -1.0 if name == "imports" else 1.0 for name in ACCOUNTS}


@dataclass(frozen=True)
class Rows:
    """Accounts of every product in every region, (R, n) each: uses by kind, foreign trade, net outflow, residual."""

    intermediate: np.ndarray
    consumption: np.ndarray
    formation: np.ndarray
    inventory: np.ndarray
    exports: np.ndarray
    imports: np.ndarray
    net_outflow: np.ndarray
    residual: np.ndarray

    def __getitem__(self, account: str) -> np.ndarray:
        return getattr(self, account)

    def replace(self, **changes: np.ndarray) -> Rows:
        """Return the rows with some accounts replaced."""
        return dataclasses.replace(self, **changes)

    @property
    def uses(self) -> np.ndarray:
        """Intermediate and final uses without inventory change, wherever the product came from."""
        return self.intermediate + self.consumption + self.formation

    def flat(self) -> np.ndarray:
        """Return every cell in one vector, account by account."""
        return np.concatenate([self[name].ravel() for name in ACCOUNTS])

    @classmethod
    def from_flat(cls, cells: np.ndarray, shape: tuple[int, int]) -> Rows:
        """Return rows from the vector of :meth:`flat`."""
        return cls(*cells.reshape(len(ACCOUNTS), *shape))


def formation_columns(categories: list[str]) -> np.ndarray:
    """Return a mask of the categories that are fixed capital formation."""
    return np.array([category == FORMATION for category in categories])


def consumption_columns(categories: list[str]) -> np.ndarray:
    """Return a mask of the categories that are consumption: all but capital formation and inventory change."""
    return ~(formation_columns(categories) | inventory_columns(categories))


def rows_of(prov: ProvincialTables, m: Margins) -> Rows:
    """Return the rows of provincial tables whose trade is that of the margins `m`."""
    final, categories = prov.final.values, prov.categories
    return Rows(
        intermediate=prov.Z.values.sum(2),
        consumption=final[..., consumption_columns(categories)].sum(2),
        formation=final[..., formation_columns(categories)].sum(2),
        inventory=m.inventory,
        exports=m.exports,
        imports=m.imports,
        net_outflow=m.net,
        residual=m.residual,
    )


def inputs_of(prov: ProvincialTables) -> np.ndarray:
    """Return the total inputs of each industry (R, n): output less value added and imports booked by user."""
    return prov.output.values - prov.value_added.values.sum(0) - prov.foreign_inputs.values
