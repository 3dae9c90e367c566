"""Corrected uses rebalanced: every industry keeps its inputs in all, every product gets its corrected uses (GRAS)."""

from __future__ import annotations

import numpy as np

from mrio.algebra.balancing import gras
from mrio.estimation.margins import inventory_columns
from mrio.estimation.options import EstimatorOptions
from mrio.table.provincial import ProvincialTables

#: Share of the inputs of a product's users that it can make up at most.
ROOM = 0.95


def uses_limit(prov: ProvincialTables, options: EstimatorOptions) -> np.ndarray:
    """Return the most that can be used of every product (R, n) while its users keep their inputs in all.

    A product that few industries use cannot grow beyond their inputs: crude oil goes to refineries only.  Reported uses
    are always possible.
    """
    stock = inventory_columns(prov.categories)
    final = prov.final.values[..., ~stock].sum(2)
    inputs = prov.output.values - prov.value_added.values.sum(0) - prov.foreign_inputs.values
    by_industry = ((prov.Z.values != 0) * np.maximum(inputs, 0.0)[:, None, :]).sum(2)
    demand = (1 + options.final_limit) * np.maximum(final.sum(1, keepdims=True), 0.0) * (final != 0)
    reported = prov.Z.values.sum(2) + final
    return np.maximum(ROOM * (by_industry + demand), reported * (1 + 1e-9))


def rebalance_uses(
    prov: ProvincialTables, uses: np.ndarray, options: EstimatorOptions
) -> tuple[np.ndarray, np.ndarray]:
    """Return intermediate and final uses whose rows sum to the corrected uses and whose industry columns still close.

    Final demand is one block: its categories move together row by row, its total takes what the rows leave over.

    Parameters
    ----------
    prov : ProvincialTables
    uses : array (R, n)
        Corrected uses of each product without inventory change.
    options : EstimatorOptions

    Returns
    -------
    Z : array (R, n, n)
    final : array (R, n, C)
        Inventory change as reported.
    """
    stock = inventory_columns(prov.categories)
    final = prov.final.values.copy()
    block = final[..., ~stock].sum(2)
    inputs = prov.output.values - prov.value_added.values.sum(0) - prov.foreign_inputs.values
    prior = np.concatenate([prov.Z.values, block[..., None]], axis=2)
    columns = np.concatenate([inputs, (uses.sum(1) - inputs.sum(1))[:, None]], axis=1)
    balanced = gras(
        prior, uses, columns,
        names=([f"uses of {r}" for r in prov.regions], [f"product {s}" for s in prov.sectors],
               [*(f"industry {s}" for s in prov.sectors), "final demand"]),
        tolerance=options.tolerance, max_iterations=options.max_iterations,
    )  # fmt: skip
    growth = np.divide(balanced[..., -1], block, out=np.ones_like(block), where=block != 0)
    final[..., ~stock] *= growth[..., None]
    return balanced[..., :-1], final
