"""Cross-hauling: what a province both sends out and takes in, where tables report it by different practices.

Some bureaus book net trade only (half of Hubei's products), some book transit (Chongqing sends out more than it makes),
some book what crosses the border.  The share c of cross-hauling in what a province could serve itself is modelled as ::

    log(c / (1 - c))[r,i] = product[i] + size_slope log(output[r]) + region[r] + cell[r,i]

and a province is honest (its region effect has the spread of surveyed tables) or reports by practice (any effect); the
same within a province for its cells.  Effects are weighted medians (median polish), so half of the reports may be
wrong. A share is then what is expected of it: the report as far as it is probably honest, else what product, size and
region let expect.  Bounds are those of CHARM (Kronenberg 2009): 0 <= cross-hauling <= min(supply, demand).

Where national outflow and inflow agree, nothing speaks against the reports and they stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mrio.estimation.margins import Margins
from mrio.estimation.options import EstimatorOptions

#: A share below FLOOR is a net report, one above 1 - FLOOR is transit that was cut down to what is made.
FLOOR = 1e-3
SWEEPS = 20


@dataclass(frozen=True)
class CrossHauling:
    """Estimated cross-hauling.

    Parameters
    ----------
    share : array (R, n)
        Of room (:attr:`Margins.room`).
    honest : array (R,)
        Probability that a province reports cross-hauling as it is.
    doubt : float
        0: reports taken as they are; 1: modelled.
    """

    share: np.ndarray
    honest: np.ndarray
    doubt: float


def cross_hauling(m: Margins, options: EstimatorOptions) -> CrossHauling:
    """Return the share of cross-hauling of every product and province.

    Parameters
    ----------
    m : Margins
        Without transit.
    options : EstimatorOptions
    """
    reported = m.cross_hauling_share()
    doubt = min(1.0, m.disagreement() / options.full_doubt) if options.full_doubt > 0 else 1.0
    if doubt == 0.0:
        return CrossHauling(reported, np.ones(len(reported)), 0.0)
    # product-wide errors of outflow or inflow would pass for net trade: they are taken out first
    share, honest = _expected(_products_levelled(m), options)
    share = np.round(share, 9)  # so that the last digit of exp and log does not differ between machines
    return CrossHauling((1 - doubt) * reported + doubt * share, honest, doubt)


def levels(m: Margins) -> np.ndarray:
    """Return sqrt(inflow / outflow) of every product: outflow times it and inflow over it agree nationally."""
    out, into = m.outflow.sum(0), m.inflow.sum(0)
    both = (out > 0) & (into > 0)
    return np.sqrt(np.divide(into, out, out=np.ones_like(out), where=both))


def _products_levelled(m: Margins) -> Margins:
    factor = levels(m)
    return m.replace(outflow=m.outflow * factor, inflow=m.inflow / factor)


def _expected(m: Margins, o: EstimatorOptions) -> tuple[np.ndarray, np.ndarray]:
    """Return the expected share of cross-hauling (R, n) and the probability that a province is honest (R,)."""
    share, weight, size = m.cross_hauling_share(), m.room, np.maximum(m.output.sum(1), np.finfo(float).tiny)
    by_size = o.size_slope * (np.log(size) - (np.log(size) * size).sum() / size.sum())[:, None]
    odds = _logit(share) - by_size
    _, region = _median_polish(odds, weight, size)
    honest = _probably_honest(region, o.region_spread, o)

    weight = weight * honest[:, None]
    mute = _mute(share, weight)
    product, region = _median_polish(odds, np.where(mute, 0.0, weight), size * honest)
    usual = product + honest[:, None] * region[:, None]
    cell = odds - usual
    spread = _root_mean_square(cell, np.where(mute, 0.0, weight))
    trust = np.where(mute, 0.0, honest[:, None] * _probably_honest(cell, spread, o))
    unknown = np.sqrt(o.region_spread**2 * (1 - honest[:, None]) + spread**2 * (1 - trust))
    return np.where(m.room > 0, _mean_share(usual + by_size + trust * cell, unknown), 0.0), honest


def _mute(share: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Return a mask of cells that say nothing: net reports of a product most others haul both ways, and cut transit."""
    none = share <= FLOOR
    usual = (weight * none).sum(0) >= 0.5 * weight.sum(0)
    return (none & ~usual) | (share >= 1 - FLOOR)


def _probably_honest(effect: np.ndarray, spread: float, o: EstimatorOptions) -> np.ndarray:
    """Return the probability of an honest report given its effect (Bayes, two normal distributions)."""
    honest = o.honest_share * np.exp(-0.5 * (effect / spread) ** 2) / spread
    practice = (1 - o.honest_share) * np.exp(-0.5 * (effect / o.practice_spread) ** 2) / o.practice_spread
    return honest / np.maximum(honest + practice, np.finfo(float).tiny)


def _median_polish(values: np.ndarray, weight: np.ndarray, size: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return product and region effects by alternating weighted medians; the median region has effect zero."""
    weight = np.where(weight.sum(1, keepdims=True) > 0, weight, 1e-9)
    weight = np.where(weight.sum(0, keepdims=True) > 0, weight, 1e-9)
    region = np.zeros(len(values))
    for _ in range(SWEEPS):
        product = _weighted_median(values - region[:, None], weight)
        region = _weighted_median((values - product).T, weight.T)
        region = region - _weighted_median(region[:, None], size[:, None])[0]
    return product, region


def _weighted_median(values: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Return the lower weighted median of every column."""
    order = np.argsort(values, axis=0, kind="stable")
    total = np.cumsum(np.take_along_axis(weight, order, 0), axis=0)
    at = (total >= 0.5 * total[-1]).argmax(0)
    return np.take_along_axis(np.take_along_axis(values, order, 0), at[None], 0)[0]


def _root_mean_square(values: np.ndarray, weight: np.ndarray) -> float:
    total = weight.sum()
    return max(float(np.sqrt((weight * values**2).sum() / total)) if total > 0 else 0.0, 0.1)


def _logit(share: np.ndarray) -> np.ndarray:
    inside = np.clip(share, FLOOR, 1 - FLOOR)
    return np.log(inside / (1 - inside))


def _mean_share(odds: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """Return the mean share of normal log-odds (Gauss-Hermite, three points), above their median where small."""
    step = np.sqrt(3.0) * spread
    return sum(part / (1 + np.exp(-(odds + at * step))) for part, at in ((1 / 6, -1), (2 / 3, 0), (1 / 6, 1)))
