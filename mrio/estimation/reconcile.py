"""Rows reconciled: the rows nearest to everything observed that meet every identity, by weighted least squares.

Unknown are the accounts of every product and region (:class:`mrio.estimation.rows.Rows`)::

    minimise  sum_k ((observation_k - value_k) / error_k)^2
    subject   uses + inventory + exports - imports + net_outflow + residual = output     every product and region
              sum_i intermediate[r,i] = inputs of the industries of r                     every region
              sum_r net_outflow[r,i]  = 0                                                 every product
              uses by kind, exports, imports >= 0 ;  intermediate <= what its users can take
              uses - imports >= 0 ;  output - exports - inventory - residual >= 0

The last line says that nobody takes in more than it uses or sends out more than it makes.  Output and value added do
not move.  Gross trade is net trade and the estimated cross-hauling (:mod:`mrio.estimation.openness`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy.sparse as sp

from mrio.algebra.least_squares import Problem, constrained_least_squares
from mrio.estimation.margins import Margins, on_grid
from mrio.estimation.observations import Layout, Observations
from mrio.estimation.official_reports import Reports
from mrio.estimation.rows import Rows

#: Share of a product's trade that regions other than a dominant one keep among themselves.
ROOM = 0.01
#: Share of a product's trade below which a difference is the optimiser's rounding.
NEGLIGIBLE = 1e-6
#: Differences of outflow and inflow below this share of mean output are rounding of the tables.
AGREEMENT = 1e-9
#: The optimiser's result is kept to this multiple of the grid (2017: 16 of 10^4 yuan), far above its own error, so that
#: it is the same on every machine.
COARSE = 2.0**10
#: Accounts that cannot be negative (unless a report is).
NOT_NEGATIVE = ("intermediate", "consumption", "formation", "exports", "imports")
#: A bound counts as active where this share of its report, of uses or of output, or less is left.
ACTIVE = {"accounts": 1e-2, "demand": 1e-3, "supply": 1e-3, "users": 1e-3}
#: Share of cells or regions with an active bound from which on the run says so.
FEW = 0.05


@dataclass(frozen=True)
class Known:
    """What the rows have to meet: labels, output, the inputs of all industries of a region, the most users can take."""

    layout: Layout
    output: np.ndarray
    inputs: np.ndarray
    most: np.ndarray


def agree(m: Margins) -> bool:
    """Return whether the margins are a solution already: national sums agree and nobody trades beyond its means."""
    apart = np.abs(m.net.sum(0)).max() if m.net.size else 0.0
    beyond = max(-m.own.min(), (m.outflow - np.maximum(m.supply, 0)).max())
    return max(apart, beyond) <= AGREEMENT * m.output.mean()


def fitted_rows(reports: Reports, observations: Observations, known: Known) -> Rows:
    """Return the rows nearest to the observations; accounts reported without error stay as they are.

    Raises
    ------
    EstimationError
        If identities and bounds contradict each other.
    """
    scale = known.output.mean()
    start = reports.rows.flat() / scale
    certain = reports.certain
    bounded, lowest = _bounds(reports.rows, known, scale)
    total = np.concatenate([known.output.ravel(), known.inputs, np.zeros(len(known.layout.sectors))]) / scale
    problem = Problem(
        observations.weights,
        observations.value / scale,
        observations.error / scale,
        known.layout.identities(),
        total,
        bounded,
        lowest,
    )
    cells = constrained_least_squares(problem, certain, start) * scale
    step = COARSE * on_grid(known.output)
    cells = np.where(certain, reports.rows.flat(), np.round(cells / step) * step)
    rows = Rows.from_flat(cells, known.output.shape)
    intermediate, every = np.maximum(rows.intermediate, 0.0), np.arange(len(known.inputs))
    intermediate[every, intermediate.argmax(1)] += known.inputs - intermediate.sum(1)
    return rows.replace(intermediate=intermediate)


def _bounds(rows: Rows, known: Known, scale: float) -> tuple[sp.csr_array, np.ndarray]:
    """Return sums of cells and what they are at least, in the order of :func:`active_bounds`."""
    layout, one = known.layout, known.layout.each()
    zero = np.zeros(layout.cells)
    bounded = [layout.of({name: one}) for name in NOT_NEGATIVE]
    bounded += [
        layout.of({"intermediate": one, "consumption": one, "formation": one, "imports": -one}),
        layout.of({"exports": -one, "inventory": -one, "residual": -one}),
        layout.of({"intermediate": -one}),
    ]
    lowest = [np.minimum(rows[name].ravel() / scale, 0.0) for name in NOT_NEGATIVE]
    lowest += [zero, -known.output.ravel() / scale, -np.maximum(known.most, rows.intermediate).ravel() / scale]
    return sp.vstack(bounded, format="csr"), np.concatenate(lowest)


def active_bounds(rows: Rows, reports: Reports, known: Known) -> pd.DataFrame:
    """Return the cells at a bound: region, sector, bound."""
    level, small = reports.rows, 10 * COARSE * on_grid(known.output)
    uses = np.maximum(level.uses, 0.0)
    left = {name: (rows[name], ACTIVE["accounts"] * np.abs(level[name]), level[name]) for name in NOT_NEGATIVE}
    supply = known.output - rows.exports - rows.inventory - rows.residual
    left["demand"] = (rows.uses - rows.imports, ACTIVE["demand"] * uses, uses)
    left["supply"] = (supply, ACTIVE["supply"] * known.output, known.output)
    left["users"] = (known.most - rows.intermediate, ACTIVE["users"] * known.most, reports.error.intermediate)
    found = []
    for bound, (distance, least, size) in left.items():
        r, i = np.nonzero((distance < least) & (size > small))
        regions, sectors = np.array(known.layout.regions)[r], np.array(known.layout.sectors)[i]
        found.append(pd.DataFrame({"region": regions, "sector": sectors, "bound": bound}))
    return pd.concat(found, ignore_index=True)


def closed_margins(m: Margins, rows: Rows, share: np.ndarray) -> tuple[Margins, Rows]:
    """Return margins and rows whose identities are exact, trade in multiples of the grid, none with oneself.

    Parameters
    ----------
    m : Margins
        As reported, for output.
    rows : Rows
        Reconciled.
    share : array (R, n)
        Cross-hauling as a share of room.
    """
    step = on_grid(m.output)
    demand = np.maximum(np.round((rows.uses - rows.imports) / step), 0.0) * step
    net = np.maximum(np.round(rows.net_outflow / step) * step, -demand)
    net = np.where(m.output > 0, net, -demand)  # what is not made is neither used at home nor sent out
    products = np.arange(net.shape[1])
    roomiest = (np.minimum(demand, demand + net) + NEGLIGIBLE * np.abs(net)).argmax(0)
    net[roomiest, products] -= net.sum(0)
    closed = Margins(
        uses=rows.uses, inventory=rows.inventory, exports=rows.exports, imports=rows.uses - demand,
        outflow=np.maximum(net, 0), inflow=np.maximum(-net, 0),
        residual=m.output - rows.exports - rows.inventory - demand - net, output=m.output,
    ).with_cross_hauling(share)  # fmt: skip
    outflow, inflow = without_self_trade(closed.outflow, closed.inflow)
    residual = closed.residual + closed.net - (outflow - inflow)
    closed = closed.replace(outflow=outflow, inflow=inflow, residual=residual)
    rows = rows.replace(imports=closed.imports, net_outflow=closed.net, residual=closed.residual)
    return closed, rows


def without_self_trade(outflow: np.ndarray, inflow: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return outflow and inflow such that every region's outflow finds other takers.

    Outflow and inflow of one region together cannot exceed what all regions trade of a product; the excess would be
    trade with itself, and is own use.  Where that happens, :data:`ROOM` of the trade is left to the others.  Where one
    region's outflow and inflow are all the trade there is (always so between two), each is what the others trade.
    """
    for _ in range(len(outflow)):
        total = outflow.sum(0)
        excess = outflow + inflow - total
        excess = np.where(excess > NEGLIGIBLE * total, excess + ROOM * total, 0.0)
        excess = np.clip(excess, 0.0, np.minimum(outflow, inflow))
        if not (excess > 0).any():
            break
        outflow, inflow = outflow - excess, inflow - excess
    outflow, inflow = outflow.copy(), inflow.copy()
    total, products = outflow.sum(0), np.arange(outflow.shape[1])
    largest = (outflow + inflow).argmax(0)
    whole = (outflow + inflow)[largest, products] >= (1 - NEGLIGIBLE) * total
    out, into = outflow[largest, products], inflow[largest, products]
    outflow[largest, products] = np.where(whole, inflow.sum(0) - into, out)
    inflow[largest, products] = np.where(whole, total - out, into)
    return outflow, inflow
