"""Step (b): outflow and inflow of every product made equal nationally, by generalised least squares.

Unknown are own use D, outflow a, inflow b, uses u and residual e of every product and region.  Reports err in two ways:
a product's outflow (g) or inflow (h) is too high or low everywhere, and a single report is off::

    minimise  sum (da/s_a)^2 + (db/s_b)^2 + ((u - u0)/s_u)^2 + ((e - e0)/s_e)^2 + sum_i (g^2 + h^2) / product_error^2
    subject   a = a0 (1 + g) + da ,   b = b0 (1 + h) + db
              D + b + imports            = u            uses, every product and region
              D + a + e + exports + inv  = output       row identity
              sum_r a = sum_r b                         every product
              |sum_i (u - u0)| <= final_limit * final demand of the region
              D, a, b >= 0 ,  |e| <= residual limit ,  u <= what its users can take

D >= 0 says that nobody sends out more than it makes or takes in more than it uses.  Foreign trade, inventory change and
output do not move.  a0 and b0 are the reports with their national sums brought to the geometric mean, so that an error
by a factor counts the same upwards and downwards.  Of the solution the net trade is kept; gross trade is net trade and
the estimated cross-hauling (:mod:`.openness`).
"""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from mrio.algebra.quadratic import bounded_least_squares
from mrio.estimation.margins import Margins, on_grid
from mrio.estimation.openness import levels
from mrio.estimation.options import EstimatorOptions

#: Rows below this share of all output may have any residual: their inventories can exceed what they make.
SMALL_ROW = 1e-4
#: Share of a product's trade that regions other than a dominant one keep among themselves.
ROOM = 0.01
#: Share of a product's trade below which a difference is the optimiser's rounding.
NEGLIGIBLE = 1e-6
#: Differences of outflow and inflow below this share of mean output are rounding of the tables.
AGREEMENT = 1e-9
#: The optimiser's result is kept to this multiple of the grid (2017: 16 of 10^4 yuan), far above its own error, so that
#: it is the same on every machine.
COARSE = 2.0**10
#: Share of rows whose reported residual says what is ordinary.
ORDINARY = 0.95


def reconcile_margins(
    m: Margins,
    share: np.ndarray,
    final_demand: np.ndarray,
    options: EstimatorOptions,
    services: np.ndarray | None = None,
    most: np.ndarray | None = None,
) -> Margins:
    """Return margins whose outflow and inflow agree nationally by product.

    Parameters
    ----------
    m : Margins
        Without transit (:func:`mrio.estimation.chain.transit.remove_transit`), (R, n).
    share : array (R, n)
        Cross-hauling as a share of room (:func:`mrio.estimation.chain.openness.cross_hauling`).
    final_demand : array (R,)
        Final demand of each region, inventory change included; bounds how far uses may move in all.
    options : EstimatorOptions
    services : boolean array (n,), optional
        Products whose accounts are the less certain (``service_residual``).
    most : array (R, n), optional
        Upper bound of uses (:func:`mrio.estimation.chain.uses.uses_limit`).

    Returns
    -------
    Margins
        New uses, outflow, inflow and residual; every row identity exact.

    Raises
    ------
    EstimationError
        If the bounds contradict each other.
    """
    targets = m.with_cross_hauling(share)
    if _agree(targets):
        return _close(m, targets.own + targets.inflow, targets.net, share, on_grid(m.output))
    scale = m.output.mean()
    s = targets.scaled(1.0 / scale)
    factor = levels(s)
    reports = (s.outflow * factor, s.inflow / factor)
    regions, products = s.output.shape
    cells = regions * products
    slack = options.final_limit * np.abs(final_demand) / scale
    errors = _standard_errors(s, reports, options, services)
    limit = residual_limit(s, options)
    zero, far = np.zeros(cells), np.full(cells, np.inf)
    free, wide = np.full(2 * products, np.inf), np.maximum(slack, 1e-9)
    target = np.concatenate([*map(np.ravel, (s.own, *reports, s.uses, s.residual)), np.zeros(len(errors) - 5 * cells)])
    lower = np.concatenate([zero, zero, zero, zero, -limit.ravel(), -far, -far, -free, -wide])
    bound = far if most is None else np.maximum(most / scale, 1e-6).ravel()
    upper = np.concatenate([far, far, far, bound, limit.ravel(), far, far, free, wide])
    counts = np.ones(len(target), dtype=bool)
    counts[: 3 * cells] = counts[-regions:] = (
        False  # D, a, b follow from the others; the change of uses is bounded only
    )
    A, c = _equalities(s, reports)
    z = bounded_least_squares(target, errors, A, c, lower, upper, counts=counts) * scale
    own, outflow, inflow = z[: 3 * cells].reshape(3, regions, products)
    return _close(m, own + inflow, outflow - inflow, share, COARSE * on_grid(m.output))


def _agree(m: Margins) -> bool:
    """Return whether the margins are a solution already: national sums agree and nobody trades beyond its means."""
    apart = np.abs(m.net.sum(0)).max() if m.net.size else 0.0
    beyond = max(-m.own.min(), (m.outflow - np.maximum(m.supply, 0)).max())
    return max(apart, beyond) <= AGREEMENT * m.output.mean()


def residual_limit(m: Margins, o: EstimatorOptions) -> np.ndarray:
    """Return the largest residual of every row, (R, n); infinite in small rows.

    It is ``residual_limit`` of output, or what the tables ordinarily report (the 95th percentile of their residuals).
    """
    big = m.output > SMALL_ROW * m.output.sum()
    relative = np.divide(np.abs(m.residual), m.output, out=np.zeros_like(m.output), where=big)
    ordinary = np.quantile(relative[big], ORDINARY, method="lower")
    share = np.where(
        relative <= 1.01 * ordinary, np.maximum(relative, 0.999 * o.residual_limit), 0.999 * o.residual_limit
    )
    return np.where(big, share * m.output, np.inf)


def _standard_errors(m: Margins, reports, o: EstimatorOptions, services: np.ndarray | None) -> np.ndarray:
    """Return the standard errors of D, a, b, u, e, da, db, g, h, f; those of D, a, b, f are only their sizes."""
    size = np.maximum(np.maximum(m.output, m.uses), np.abs(m.inventory))
    outflow = np.hypot(o.trade_error * reports[0], o.trade_floor * np.maximum(m.supply, 0))
    inflow = np.hypot(o.trade_error * reports[1], o.trade_floor * np.maximum(m.demand, 0))
    looser = 1.0 if services is None else np.where(services, o.service_residual, 1.0)
    residual = np.hypot(o.residual_error * looser * size, o.reported_residual_error * m.residual)
    cells = (size, size, size, o.uses_error * m.uses, residual, outflow, inflow)
    products, regions = np.full(2 * m.output.shape[1], o.product_error), m.uses.sum(1)
    return np.concatenate([*(np.maximum(v, 1e-6).ravel() for v in cells), products, np.maximum(regions, 1e-6)])


def _equalities(m: Margins, reports) -> tuple[sp.csr_array, np.ndarray]:
    """Return A and c of the equalities over (D, a, b, u, e, da, db, g, h, change of a region's uses)."""
    regions, products = m.output.shape
    one, every = sp.eye_array(regions * products), sp.eye_array(regions)
    by_product = sp.kron(np.ones((1, regions)), sp.eye_array(products))
    by_region = sp.kron(every, np.ones((1, products)))
    common_out, common_in = (sp.diags_array(report.ravel()) @ by_product.T for report in reports)
    A = sp.block_array(
        [
            [one, None, one, -one, None, None, None, None, None, None],
            [one, one, None, None, one, None, None, None, None, None],
            [None, one, None, None, None, -one, None, -common_out, None, None],
            [None, None, one, None, None, None, -one, None, -common_in, None],
            [None, by_product, -by_product, None, None, None, None, None, None, None],
            [None, None, None, by_region, None, None, None, None, None, -every],
        ],
        format="csr",
    )
    made = m.output - m.exports - m.inventory
    known = (-m.imports, made, *reports)
    return A, np.concatenate([*map(np.ravel, known), np.zeros(products), m.uses.sum(1)])


def _close(m: Margins, demand: np.ndarray, net: np.ndarray, share: np.ndarray, step: float) -> Margins:
    """Return margins with domestic uses and net trade in multiples of `step`, identities exact, no self-trade."""
    demand = np.maximum(np.round(demand / step), 0.0) * step
    demand = np.where(m.uses < on_grid(m.output), 0.0, demand)
    net = np.maximum(np.round(net / step) * step, -demand)
    net = np.where(m.output > 0, net, -demand)  # what is not made is neither used at home nor sent out
    products = np.arange(net.shape[1])
    roomiest = (np.minimum(demand, demand + net) + NEGLIGIBLE * np.abs(net)).argmax(0)
    net[roomiest, products] -= net.sum(0)
    residual = m.output - m.exports - m.inventory - demand - net
    closed = m.replace(
        uses=demand + m.imports, outflow=np.maximum(net, 0), inflow=np.maximum(-net, 0), residual=residual
    )
    closed = closed.with_cross_hauling(share)
    outflow, inflow = without_self_trade(closed.outflow, closed.inflow)
    return closed.replace(outflow=outflow, inflow=inflow, residual=closed.residual + closed.net - (outflow - inflow))


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
