"""Embodied emissions with some factors of one year and the others of another, by two definitions of the flow.

Every mixture is an economy of its own: its technology, trade, demand and intensities are solved as those of a year are,
so that the pure ones are the accounts of the two years.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import numpy as np

from mrio.algebra.leontief import Leontief
from mrio.analysis.factors import Factors


def footprint_mixtures(first: Factors, last: Factors) -> np.ndarray:
    """Return emissions with every subset of factors at its last state: shape (2,) * 6 + (R, n, K).

    E = f (L(technology, trade) d(trade, mix)) volume population: four systems, each solved for both mixes at once;
    intensity, volume and population multiply afterwards.
    """
    f, volume, population = _multipliers(first, last)
    output = _output_per_volume(first, last)
    return np.einsum("ari,bcdrik,ek,gk->abcdegrik", f, output, volume, population, optimize=True)


def eebt_mixtures(first: Factors, last: Factors) -> np.ndarray:
    """Return the same for emissions embodied in bilateral trade: E[r,s] = f^r L^rr (Z^rs 1 + Y^rs).

    E[r,r] = f^r L^rr Y^rr.  Z^rs 1 = A^rs x^s, and the output x^s is what the mixture's whole demand calls for, so that
    volume and population move what others buy of intermediate products.  Exports and the other destinations outside get
    f^r L^rr e^r.
    """
    ends = (first, last)
    f, volume, population = _multipliers(first, last)
    output, (R, n) = _output_per_volume(first, last), first.intensity.shape
    shipped = np.empty((2, 2, 2, 2, 2, R, n, len(first.volume)))  # technology, trade, mix, volume, population
    own = np.arange(R)
    for technology, trade in product((0, 1), repeat=2):
        A = ends[technology].coefficients(ends[trade].trade)
        local = np.linalg.inv(np.eye(n) - A[own, :, own, :])
        for mix, size, heads in product((0, 1), repeat=3):
            of = volume[size] * population[heads]
            delivered = ends[mix].demand(ends[trade].supply) * of
            bought = np.einsum("risj,sj->ris", A, output[technology, trade, mix] @ of)
            bought[own, :, own] = 0.0  # the own chain is in L^rr
            delivered[:, :, :R] += bought
            shipped[technology, trade, mix, size, heads] = local @ delivered
    return np.einsum("ari,bcdegrik->abcdegrik", f, shipped)


#: Definition of the embodied flow -> its mixtures.
MIXTURES: dict[str, Callable[[Factors, Factors], np.ndarray]] = {"mrio": footprint_mixtures, "eebt": eebt_mixtures}


def _multipliers(first: Factors, last: Factors) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return intensity (2, R, n), volume (2, K) and population (2, K)."""
    f, volume, population = (np.stack([getattr(end, name) for end in (first, last)])
                             for name in ("intensity", "volume", "population"))  # fmt: skip
    return f, volume, population


def _output_per_volume(first: Factors, last: Factors) -> np.ndarray:
    """Return the output that a unit of each destination's demand calls for: technology, trade, mix, R, n, K."""
    ends, (R, n), K = (first, last), first.intensity.shape, len(first.volume)
    output = np.empty((2, 2, 2, R, n, K))
    for technology, trade in product((0, 1), repeat=2):
        A = ends[technology].coefficients(ends[trade].trade)
        demand = np.concatenate([end.demand(ends[trade].supply) for end in ends], axis=-1)
        X = Leontief(A, np.ones((R, n))).solve(demand.reshape(R * n, 2 * K))
        output[technology, trade] = np.moveaxis(X.reshape(R, n, 2, K), 2, 0)
    return output
