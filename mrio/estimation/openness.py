"""Cross-hauling: what a province both sends out and takes in, where tables report it by different practices.

Some bureaus book net trade only (half of Hubei's products), others what crosses the border, goods that pass through
included.  The share c of cross-hauling in what a province could serve itself is modelled as ::

    log(c / (1 - c))[r,i] = product[i] + size_slope log(output[r]) + region[r] + cell[r,i]

and a province is honest or reports by practice (any effect); the same within a province for its cells.  Effects are
weighted medians (median polish), so half of the reports may be wrong.  A share is then what is expected of it: the
report as far as it is probably honest, else what product, size and region suggest.  The two sides are not alike: low
reports are held against the spread of surveyed tables (net figures hide cross-hauling), high ones against the wide
spread of official tables, because shrinking them makes flows worse.  Where a product's own deliveries are surveyed
(`surveyed`), its log-odds are the mean of model and survey, weighted by their variances.

What a region books on both sides of nearly *every* product, those delivered on the spot among them, is no trade:
:func:`through_trade` leaves it out.  Bounds are those of CHARM (Kronenberg 2009): 0 <= cross-hauling <= min(supply,
demand).  Where national outflow and inflow agree, nothing speaks against the reports and they stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mrio.estimation.margins import Margins
from mrio.estimation.options import EstimatorOptions

#: A share below FLOOR is a net report, one above 1 - FLOOR is transit that was cut down to what is made.
FLOOR = 1e-3
SWEEPS = 20
#: Differences of national outflow and inflow below this share of trade are rounding of the tables.
AGREEMENT = 1e-6
#: Share of a region's output whose products may be hauled both ways less than the rest of its through trade.
ALMOST_EVERY = 0.1


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
    reported, modelled : array (R, n)
        The two that `share` is made of.
    suspicion : array (R,)
        Probability that a province's reports of cross-hauling, taken as they are, follow a practice of their own.
    """

    share: np.ndarray
    honest: np.ndarray
    doubt: float
    reported: np.ndarray
    modelled: np.ndarray
    suspicion: np.ndarray


@dataclass(frozen=True)
class Surveyed:
    """Cross-hauling known from a survey: log-odds of its share by product and their error (infinite: not surveyed)."""

    odds: np.ndarray
    error: np.ndarray


def cross_hauling(m: Margins, options: EstimatorOptions, surveyed: Surveyed | None = None) -> CrossHauling:
    """Return the share of cross-hauling of every product and province.

    Parameters
    ----------
    m : Margins
        Without transit.
    options : EstimatorOptions
    surveyed : Surveyed, optional
        By product.
    """
    reported = m.cross_hauling_share()
    doubt = min(1.0, m.disagreement() / options.full_doubt) if options.full_doubt > 0 else 1.0
    # product-wide errors of outflow or inflow would pass for net trade: they are taken out first
    through = through_trade(m, options.through_share)
    modelled, honest = _expected(levelled(m.replace(outflow=m.outflow - through, inflow=m.inflow - through)), options)
    if m.disagreement() <= AGREEMENT and surveyed is None:
        share, honest, doubt = reported, np.ones(len(reported)), 0.0
    else:
        share = (1 - doubt) * reported + doubt * modelled
        if surveyed is not None:
            share, modelled = (
                np.where(m.room > 0, _with_survey(one, surveyed, options), 0.0) for one in (share, modelled)
            )
        share = np.round(share, 9)  # so that the last digit of exp and log does not differ between machines
    suspicion = _suspicion(reported, modelled, m.room, options)
    return CrossHauling(share, honest, doubt, reported, modelled, suspicion)


def _suspicion(reported: np.ndarray, modelled: np.ndarray, weight: np.ndarray, o: EstimatorOptions) -> np.ndarray:
    """Return the probability that reports as far from what is expected follow a practice (Bayes, as honest reports).

    It is never more than ``honest_share``: even reports that contradict all others may be right.
    """
    total = weight.sum(1)
    apart = (weight * (_logit(modelled) - _logit(reported))).sum(1) / np.where(total > 0, total, 1.0)
    honest = o.honest_share * np.exp(-0.5 * (apart / o.region_spread) ** 2) / o.region_spread
    practice = (1 - o.honest_share) * np.exp(-0.5 * (apart / o.practice_spread) ** 2) / o.practice_spread
    return np.minimum(practice / (practice + honest), o.honest_share)


def through_trade(m: Margins, least: float) -> np.ndarray:
    """Return what every region books as outflow and inflow alike, whatever the product (R, n).

    It is the share of output that all but :data:`ALMOST_EVERY` of the region's output exceeds on both sides; where that
    is less than `least`, there is none.
    """
    both, made = np.maximum(np.minimum(m.outflow, m.inflow), 0.0), m.output
    share = np.divide(both, made, out=np.zeros_like(both), where=made > 0)
    lowest = _weighted_quantile(share.T, np.maximum(made, 0.0).T, ALMOST_EVERY)
    return np.minimum(np.where(lowest > least, lowest, 0.0)[:, None] * made, both)


def _with_survey(share: np.ndarray, surveyed: Surveyed, o: EstimatorOptions) -> np.ndarray:
    """Return shares whose log-odds are the mean of model and survey, weighted by their variances."""
    weight = o.upper_spread**2 / (o.upper_spread**2 + surveyed.error**2)
    odds = (1 - weight) * _logit(share) + weight * np.where(weight > 0, surveyed.odds, 0.0)
    return np.where(weight > 0, 1 / (1 + np.exp(-odds)), share)


def levels(m: Margins) -> np.ndarray:
    """Return sqrt(inflow / outflow) of every product: outflow times it and inflow over it agree nationally."""
    out, into = m.outflow.sum(0), m.inflow.sum(0)
    both = (out > 0) & (into > 0)
    return np.sqrt(np.divide(into, out, out=np.ones_like(out), where=both))


def levelled(m: Margins) -> Margins:
    """Return margins whose national outflow and inflow agree by product (:func:`levels`)."""
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


def _probably_honest(effect: np.ndarray, low: float, o: EstimatorOptions) -> np.ndarray:
    """Return the probability of an honest report given its effect (Bayes, two normal distributions).

    Honest reports spread by `low` downwards and by ``upper_spread`` upwards.
    """
    spread = np.where(effect > 0, o.upper_spread, low)
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
    return _weighted_quantile(values, weight, 0.5)


def _weighted_quantile(values: np.ndarray, weight: np.ndarray, q: float) -> np.ndarray:
    """Return the lowest value of every column that `q` of the weight does not exceed."""
    order = np.argsort(values, axis=0, kind="stable")
    total = np.cumsum(np.take_along_axis(weight, order, 0), axis=0)
    at = (total >= q * total[-1]).argmax(0)
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
