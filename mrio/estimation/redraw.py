"""An estimate made again with errors: one draw of the table, as fast as a few products of matrices.

From the parts of an estimate (:class:`mrio.estimation.parts.EstimateParts`) and error scales a draw makes, in order,

1. rows: moved as the observations' errors let them (:mod:`mrio.estimation.posterior`), in some draws towards another
   choice of the estimate; cross-hauling believed or modelled, by its log-odds (:mod:`mrio.estimation.redrawn_rows`);
2. uses: cells of each region's table times log-normal errors, balanced to the rows and to every industry's inputs;
3. own use: the log-odds of the own region's part differ by user, and average to what the rows say;
4. flows: the pattern times log-normal errors by product and pair and a drawn distance exponent, balanced (RAS).

What does not balance to the last digit stays in the residual.  Without errors the draw is the estimate.
"""

from __future__ import annotations

import numpy as np

from mrio.algebra.balancing import scaled
from mrio.estimation.errors_of_estimate import EstimateErrors, Noise
from mrio.estimation.margins import Margins, inventory_columns
from mrio.estimation.origin_table import OriginTable
from mrio.estimation.parts import EstimateParts
from mrio.estimation.reconcile import without_self_trade
from mrio.estimation.redrawn_rows import drawn_rows, drawn_share
from mrio.estimation.rows import Rows, consumption_columns, formation_columns

#: A share of own use nearer to 0 or 1 than this has no log-odds to draw.
CERTAIN = 1e-6
#: Newton steps of the mean share of own use, the largest of them, and the error at which they stop.
NEWTON, STEP, MET = 12, 2.0, 1e-12


def drawn_table(parts: EstimateParts, errors: EstimateErrors, noise: Noise) -> OriginTable:
    """Return one draw of the estimated table.

    Parameters
    ----------
    parts : EstimateParts
    errors : EstimateErrors
    noise : callable
        (name, shape) -> standard normal numbers; the same name gives the same numbers.
    """
    rows, change = drawn_rows(parts, errors, noise)
    share = drawn_share(parts, errors, noise) + change
    Z, final = _uses(parts, rows, errors, noise)
    m = _margins(parts.used.output, rows, np.clip(share, 0.0, 1.0), Z.sum(2) + final.sum(2))
    users = np.concatenate([Z, final], axis=2)
    domestic = users * (1.0 - np.divide(m.imports, m.uses, out=np.zeros_like(m.uses), where=m.uses != 0))[..., None]
    by_user = _own_share(m, domestic, errors, noise)
    own, away = domestic * by_user, domestic * (1.0 - by_user)
    flows = _flows(parts, m.outflow, away.sum(2), errors, noise)
    total = flows.sum(1, keepdims=True)
    n, stock = Z.shape[1], inventory_columns(list(parts.labels.categories))
    own_Y = np.where(stock, rows.inventory[..., None], own[..., n:])
    return OriginTable(
        np.divide(flows, total, out=np.zeros_like(flows), where=total > 0),
        own[..., :n], own_Y, away[..., :n], away[..., n:],
        exports=rows.exports, output=m.output, value_added=parts.uses.value_added, inventory=rows.inventory,
    )  # fmt: skip


def _uses(parts: EstimateParts, rows: Rows, errors: EstimateErrors, noise: Noise) -> tuple[np.ndarray, np.ndarray]:
    """Return intermediate uses that meet rows and industries' inputs, and final uses without inventory change."""
    Z = parts.uses.Z
    if errors.cells > 0:
        Z = Z * np.exp(errors.cells * noise("cells", Z.shape))
    Z = scaled(Z, rows.intermediate, parts.uses.inputs)
    categories = list(parts.labels.categories)
    final = parts.uses.final * ~inventory_columns(categories)
    kinds = {"consumption": consumption_columns(categories), "formation": formation_columns(categories)}
    for account, columns in kinds.items():
        before = parts.rows[account]
        growth = np.divide(rows[account], before, out=np.ones_like(before), where=before != 0)
        final[..., columns] *= growth[..., None]
    return Z, final


def _margins(output: np.ndarray, rows: Rows, share: np.ndarray, uses: np.ndarray) -> Margins:
    """Return margins with gross trade whose national sums agree; the residual closes the rows."""
    demand = np.maximum(uses - rows.imports, 0.0)
    most = np.maximum(output - rows.exports - rows.inventory - rows.residual, 0.0)
    net = np.where(output > 0, np.clip(rows.net_outflow, -demand, most), -demand)
    # what bounds took from the national balance is shared out by what each region could send or take
    room = np.where(output > 0, np.minimum(demand, most), 0.0)
    total = room.sum(0)
    net = net - net.sum(0) * np.divide(room, total, out=np.zeros_like(room), where=total > 0)
    m = Margins(
        uses=demand + rows.imports, inventory=rows.inventory, exports=rows.exports, imports=rows.imports,
        outflow=np.maximum(net, 0), inflow=np.maximum(-net, 0),
        residual=output - rows.exports - rows.inventory - demand - net, output=output,
    ).with_cross_hauling(share)  # fmt: skip
    outflow, inflow = without_self_trade(m.outflow, m.inflow)
    return m.replace(outflow=outflow, inflow=inflow)


def _own_share(m: Margins, domestic: np.ndarray, errors: EstimateErrors, noise: Noise) -> np.ndarray:
    """Return what part of their domestic uses users draw from their own region, (R, n, users)."""
    drawn_in = np.divide(m.inflow, m.demand, out=np.zeros_like(m.demand), where=m.demand > 0)
    own = 1.0 - np.clip(drawn_in, 0.0, 1.0)
    if max(errors.own_column, errors.own_cell) == 0:
        return own[..., None]
    R, _, users = domestic.shape
    odds = errors.own_column * noise("own_column", (R, 1, users))
    odds = odds + errors.own_cell * noise("own_cell", domestic.shape)
    return _averaging_to(own, odds, np.maximum(domestic, 0.0))


def _averaging_to(own: np.ndarray, odds: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Return shares whose log-odds differ by `odds` and whose weighted mean is `own` (Newton, all rows at once)."""
    total = weight.sum(2)
    drawn = (own > CERTAIN) & (own < 1 - CERTAIN) & (total > 0)
    weight = weight / np.where(total > 0, total, 1.0)[..., None]
    mean, grown = np.where(drawn, own, 0.5), np.exp(odds)
    ratio = mean / (1 - mean)
    for _ in range(NEWTON):
        part = grown * ratio[..., None]
        part = part / (1.0 + part)
        weighed = weight * part
        gap = weighed.sum(2) - mean
        if np.abs(np.where(drawn, gap, 0.0)).max() < MET:
            break
        slope = np.maximum((weighed * (1 - part)).sum(2), MET)
        ratio = ratio * np.exp(-np.clip(gap / slope, -STEP, STEP))
    return np.where(drawn[..., None], part, own[..., None])


def _flows(
    parts: EstimateParts, outflow: np.ndarray, inflow: np.ndarray, errors: EstimateErrors, noise: Noise
) -> np.ndarray:
    """Return flows (n, R, R) balanced to outflow and inflow, in the pattern of the estimate with errors."""
    pattern = parts.pattern
    if errors.pattern > 0:
        pattern = pattern * np.exp(errors.pattern * noise("pattern", pattern.shape))
    if errors.distance > 0:
        pattern = pattern * np.exp(-errors.distance * noise("distance", (1,))[0] * parts.trade.nearness)
    return scaled(pattern * outflow.T[:, :, None] * inflow.T[:, None, :], outflow.T, inflow.T)
