"""Corrected uses rebalanced: every industry keeps its total inputs, every product gets its corrected uses (GRAS)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mrio.algebra.balancing import gras
from mrio.estimation.margins import inventory_columns
from mrio.estimation.options import EstimatorOptions
from mrio.estimation.rows import Rows, consumption_columns, formation_columns, inputs_of
from mrio.table.provincial import ProvincialTables

#: Share of the inputs of a product's users that it can make up at most.
ROOM = 0.95


class CompetitiveUses(NamedTuple):
    """Uses of a product from wherever it comes, imports included.

    Parameters
    ----------
    Z : array (R, n, n)
        Intermediate, by product and industry.
    final : array (R, n, C)
        Final, by product and category.
    """

    Z: np.ndarray
    final: np.ndarray


def uses_limit(prov: ProvincialTables) -> np.ndarray:
    """Return the most that industries can use of every product (R, n) while each keeps its total inputs.

    A product that few industries use cannot grow beyond their inputs: crude oil goes to refineries only.  Reported uses
    are always possible.
    """
    users = (prov.Z.values != 0) * np.maximum(inputs_of(prov), 0.0)[:, None, :]
    return np.maximum(ROOM * users.sum(2), prov.Z.values.sum(2) * (1 + 1e-9))


def rebalance_uses(prov: ProvincialTables, rows: Rows, options: EstimatorOptions) -> CompetitiveUses:
    """Return intermediate and final uses with the sums of `rows`; industry columns still close.

    Parameters
    ----------
    prov : ProvincialTables
    rows : Rows
        Corrected; intermediate uses of a region sum to the inputs of its industries.
    options : EstimatorOptions

    Returns
    -------
    CompetitiveUses
        Z nearest to the reported one; consumption and capital formation of a product each in the proportions reported.
    """
    Z = gras(
        prov.Z.values, rows.intermediate, inputs_of(prov),
        names=([f"uses of {r}" for r in prov.regions], [f"product {s}" for s in prov.sectors],
               [f"industry {s}" for s in prov.sectors]),
        tolerance=options.tolerance, max_iterations=options.max_iterations,
    )  # fmt: skip
    final, categories = prov.final.values.copy(), prov.categories
    for columns, total in (
        (consumption_columns(categories), rows.consumption),
        (formation_columns(categories), rows.formation),
    ):
        before = final[..., columns].sum(2)
        final[..., columns] *= np.divide(total, before, out=np.ones_like(before), where=before != 0)[..., None]
    final[..., inventory_columns(categories)] = rows.inventory[..., None]
    return CompetitiveUses(Z, final)
