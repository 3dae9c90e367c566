"""Step (b): outflow and inflow of every product made equal nationally, by generalised least squares.

Unknown are own use D, outflow a, inflow b and residual e of every product and province; the stated targets are the
cleaned margins, the weights their reliabilities (:class:`~mrio.estimation.options.EstimatorOptions`)::

    minimise  sum (a - a0)^2/s_a^2 + (b - b0)^2/s_b^2 + (u - u0)^2/s_u^2 + (e - e0)^2/s_e^2
    subject   D + b + imports            = u            uses, every product and province
              D + a + e + exports + inv  = output       row identity
              sum_r a = sum_r b                         every product
              |sum_i (u - u0)| <= final_limit * final demand of the province
              D, a, b >= 0 ,  |e| <= residual limit

D >= 0 says that nobody sends out more than it makes or takes in more than it uses.  Foreign trade, inventory change and
output do not move.
"""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from .margins import Margins, grid
from .options import EstimatorOptions
from .quadratic import bounded_least_squares

#: Rows below this share of all output may have any residual: their inventories can exceed what they make.
SMALL_ROW = 1e-4
#: Share of a product's trade that provinces other than a dominant one keep among themselves.
ROOM = 0.01
#: Share of a product's trade below which a difference is the optimiser's rounding.
NEGLIGIBLE = 1e-6


def reconcile(m: Margins, final_demand: np.ndarray, options: EstimatorOptions) -> Margins:
    """Return margins whose outflow and inflow agree nationally by product.

    Parameters
    ----------
    m : Margins
        Without transit (:func:`mrio.estimation.transit.remove_transit`), (R, n).
    final_demand : array (R,)
        Final demand of each province, inventory change included; bounds how far uses may move in all.
    options : EstimatorOptions

    Returns
    -------
    Margins
        New uses, outflow, inflow and residual; every row identity exact.

    Raises
    ------
    EstimationError
        If the bounds contradict each other.
    """
    scale = m.output.mean()
    regions, products = m.output.shape
    targets = [m.own, m.outflow, m.inflow, m.uses, m.residual]
    errors = _standard_errors(m, options)
    lower, upper = _bounds(m, options)
    slack = options.final_limit * final_demand
    A, c = _equalities(m)
    stack = [np.concatenate([*(np.ravel(v) for v in part), extra]) / scale for part, extra in (
        (targets, np.zeros(regions)), (errors, slack), (lower, -slack), (upper, slack),
    )]  # fmt: skip
    z0, s, low, high = stack
    counts = np.ones(len(z0), dtype=bool)
    counts[: regions * products] = counts[-regions:] = False
    z = bounded_least_squares(z0, s, A, c / scale, low, high, counts=counts) * scale
    own, outflow, inflow, _, _ = z[: 5 * regions * products].reshape(5, regions, products)
    return _close(m, own, outflow, inflow)


def _standard_errors(m: Margins, o: EstimatorOptions) -> list[np.ndarray]:
    """Return the standard errors of D, a, b, u, e; that of D is only its size."""
    smallest = 1e-6 * m.output.mean()
    size = np.maximum(np.maximum(m.output, m.uses), np.abs(m.inventory))
    outflow = np.hypot(o.trade_error * m.outflow, o.trade_floor * np.maximum(m.output - m.exports, 0))
    inflow = np.hypot(o.trade_error * m.inflow, o.trade_floor * np.maximum(m.uses - m.imports, 0))
    return [np.maximum(v, smallest) for v in (size, outflow, inflow, o.uses_error * m.uses, o.residual_error * size)]


def _bounds(m: Margins, o: EstimatorOptions) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Return lower and upper bounds of D, a, b, u, e."""
    zero, far = np.zeros_like(m.output), np.full_like(m.output, np.inf)
    limit = np.maximum(o.residual_limit * m.output, np.abs(m.residual))
    limit = np.where(m.output > SMALL_ROW * m.output.sum(), limit, np.inf)
    return [zero, zero, zero, zero, -limit], [far, far, far, far, limit]


def _equalities(m: Margins) -> tuple[sp.csr_array, np.ndarray]:
    """Return A and c of the equalities over (D, a, b, u, e, change of a province's uses)."""
    regions, products = m.output.shape
    cells = regions * products
    one, none = sp.eye_array(cells), sp.csr_array((cells, cells))
    by_product = sp.kron(np.ones((1, regions)), sp.eye_array(products))
    by_region = sp.kron(sp.eye_array(regions), np.ones((1, products)))
    A = sp.block_array(
        [
            [one, none, one, -one, none, sp.csr_array((cells, regions))],
            [one, one, none, none, one, sp.csr_array((cells, regions))],
            [None, by_product, -by_product, None, None, None],
            [None, None, None, by_region, None, -sp.eye_array(regions)],
        ],
        format="csr",
    )
    made = m.output - m.exports - m.inventory
    c = np.concatenate([-m.imports.ravel(), made.ravel(), np.zeros(products), m.uses.sum(1)])
    return A, c


def _close(m: Margins, own: np.ndarray, outflow: np.ndarray, inflow: np.ndarray) -> Margins:
    """Return margins on the grid, with the identities exact and no province trading with itself.

    Rounding makes the result independent of the last digits of the optimiser, so that it is the same on every machine.
    """
    step = grid(m.output)
    own, outflow, inflow = (np.maximum(np.round(v / step), 0) * step for v in (own, outflow, inflow))
    made = m.output > 0  # what is not made is neither used at home nor sent out
    own, outflow = np.where(made, own, 0.0), np.where(made, outflow, 0.0)
    unused = m.uses < step
    own, inflow = np.where(unused, 0.0, own), np.where(unused, 0.0, inflow)
    traded = (outflow.sum(0) > 0) & (inflow.sum(0) > 0)
    outflow, inflow = outflow * traded, inflow * traded
    products = np.arange(inflow.shape[1])
    inflow[inflow.argmax(0), products] += outflow.sum(0) - inflow.sum(0)
    own, outflow, inflow = _without_self_trade(own, outflow, inflow, step)
    return m.replace(
        outflow=outflow,
        inflow=inflow,
        uses=own + inflow + m.imports,
        residual=m.output - m.exports - m.inventory - own - outflow,
    )


def _without_self_trade(own, outflow, inflow, step: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return own use and trade such that every province's outflow finds other takers.

    Outflow and inflow of one province together cannot exceed what all provinces trade of a product; the excess would be
    trade with itself, and is own use.  Where that happens, :data:`ROOM` of the trade is left to the others.  Where one
    province's outflow and inflow are all the trade there is (always so between two), each is what the others trade.
    """
    for _ in range(len(own)):
        total = outflow.sum(0)
        excess = outflow + inflow - total
        excess = np.where(excess > NEGLIGIBLE * total, excess + ROOM * total, 0.0)
        excess = np.clip(np.ceil(excess / step) * step, 0.0, np.minimum(outflow, inflow))
        if not (excess > 0).any():
            break
        own, outflow, inflow = own + excess, outflow - excess, inflow - excess
    total, products = outflow.sum(0), np.arange(own.shape[1])
    largest = (outflow + inflow).argmax(0)
    whole = (outflow + inflow)[largest, products] >= (1 - NEGLIGIBLE) * total
    out, into = outflow[largest, products], inflow[largest, products]
    outflow[largest, products] = np.where(whole, inflow.sum(0) - into, out)
    inflow[largest, products] = np.where(whole, total - out, into)
    return own, outflow, inflow
