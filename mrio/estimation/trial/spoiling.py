"""Margins spoiled the way official tables are: net-only regions, transit, national sums that disagree by product."""

from __future__ import annotations

from typing import TypedDict

import numpy as np

from mrio.algebra.balancing import gras
from mrio.estimation.margins import inventory_columns, margins_of
from mrio.estimation.options import EstimatorOptions
from mrio.estimation.rows import inputs_of
from mrio.table.provincial import ProvincialTables

#: Outflow over inflow of all provinces in the official tables of 2017, 42 products added up to 17.
OUTFLOW_OVER_INFLOW_2017 = (
    1.44, 0.75, 1.64, 0.95, 1.15, 0.68, 0.90, 0.74, 0.68, 0.82, 2.21, 1.47, 0.22, 0.39, 0.36, 1.43, 0.82,
)  # fmt: skip
#: Share of a product's uses that no correction touches, so that uses stay positive.
KEPT = 0.05
#: What regions that report transit add to outflow and inflow, as a share of output.
TRANSIT_SHARE = 0.3


class Spoiling(TypedDict, total=False):
    """How margins are spoiled: the keywords of :func:`degrade`."""

    net_only: int
    transit: int
    apart: bool
    shuffled: bool


def degrade(
    prov: ProvincialTables,
    seed: int,
    *,
    net_only: int = 2,
    transit: int = 2,
    apart: bool = True,
    shuffled: bool = False,
) -> ProvincialTables:
    """Return tables whose trade is reported badly; every identity still holds, so uses are off by what trade is off.

    Parameters
    ----------
    prov : ProvincialTables
        With right margins.
    seed : int
        Draws the regions (and, `shuffled`, the order of the products' errors).
    net_only, transit : int
        How many regions report net trade only, and how many add transit to both sides (:data:`TRANSIT_SHARE`).
    apart : bool
        Multiply outflow and divide inflow of every product by the square root of its 2017 ratio.
    shuffled : bool
        Give the products' ratios in another order.
    """
    rng = np.random.default_rng(seed)
    m = margins_of(prov)
    order = rng.permutation(len(m.output))
    netting, passing = order[:net_only], order[net_only : net_only + transit]
    outflow, inflow = m.outflow.copy(), m.inflow.copy()
    if apart:
        ratio = np.sqrt(np.resize(OUTFLOW_OVER_INFLOW_2017, outflow.shape[1]))
        ratio = rng.permutation(ratio) if shuffled else ratio
        outflow, inflow = outflow * ratio, inflow / ratio
    both = np.minimum(outflow, inflow)[netting]
    outflow[netting] -= both
    inflow[netting] -= both
    passes = TRANSIT_SHARE * m.output[passing]
    outflow[passing] += passes
    inflow[passing] += passes
    uses = m.output - m.inventory - m.exports - m.residual - outflow + m.imports + inflow
    short = np.maximum(KEPT * m.uses - uses, 0.0)
    outflow, uses = outflow - short, uses + short
    negative = np.minimum(outflow, 0.0)
    outflow, inflow = outflow - negative, inflow - negative
    return _with_margins(prov, outflow, inflow, uses)


def _with_margins(
    prov: ProvincialTables, outflow: np.ndarray, inflow: np.ndarray, uses: np.ndarray
) -> ProvincialTables:
    data = prov.data.copy(deep=True)
    Z, final = _rebalanced(prov, uses, EstimatorOptions())
    for name, values in (("outflow", outflow), ("inflow", inflow), ("Z", Z), ("final", final)):
        data[name] = data[name].copy(data=values)
    return ProvincialTables(data)


def _rebalanced(prov: ProvincialTables, uses: np.ndarray, o: EstimatorOptions) -> tuple[np.ndarray, np.ndarray]:
    """Return uses whose rows sum to `uses` and whose industry columns still close.

    Final demand is one block: its categories move together row by row, its total takes what the rows leave over.
    """
    stock = inventory_columns(prov.categories)
    final, inputs = prov.final.values.copy(), inputs_of(prov)
    block = final[..., ~stock].sum(2)
    prior = np.concatenate([prov.Z.values, block[..., None]], axis=2)
    columns = np.concatenate([inputs, (uses.sum(1) - inputs.sum(1))[:, None]], axis=1)
    names = (prov.regions, prov.sectors, [*prov.sectors, "final demand"])
    balanced = gras(prior, uses, columns, names=names, tolerance=o.tolerance, max_iterations=o.max_iterations)
    growth = np.divide(balanced[..., -1], block, out=np.ones_like(block), where=block != 0)
    final[..., ~stock] *= growth[..., None]
    return balanced[..., :-1], final
