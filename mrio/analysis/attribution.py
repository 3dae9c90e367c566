"""Attribute a change to its factors: Shapley values and polar forms of any quantity known at every mixture of two ends.

The input is a cube of values: axis k is factor k at its first (0) or last (1) state, further axes are whatever is
attributed (provinces, pairs).  Nothing here knows what the factors are.
"""

from __future__ import annotations

from itertools import pairwise
from math import comb

import numpy as np


def shapley(values: np.ndarray, factors: int) -> np.ndarray:
    """Return each factor's Shapley value: its marginal change averaged over all orders of changing the factors.

    phi_k = sum over subsets S without k of |S|! (K - |S| - 1)! / K! [v(S + k) - v(S)].  The terms add up to
    v(all) - v(none) and treat all factors alike: for two factors this is the mean of the two polar forms, for more the
    mean of all K! elementary decompositions.

    Parameters
    ----------
    values : ndarray, shape (2,) * factors + (...)
        Value with every subset of factors at its last state, in any unit.
    factors : int
        K, the number of leading axes that are factors.

    Returns
    -------
    ndarray, shape (factors, ...)
        In the unit of `values`.

    Notes
    -----
    Source: Dietzenbacher & Los (1998), Economic Systems Research 10(4); Albrecht, Francois & Schoors (2002),
    Energy Policy 30(9).
    """
    moved = np.indices((2,) * (factors - 1)).sum(0)
    weights = 1.0 / (factors * np.array([comb(factors - 1, size) for size in range(factors)])[moved])
    steps = [np.diff(values, axis=k).squeeze(k) for k in range(factors)]
    return np.stack([np.tensordot(weights, step, axes=factors - 1) for step in steps])


def polar_forms(values: np.ndarray, factors: int) -> np.ndarray:
    """Return the two polar forms: the factors changed one after the other, first to last and last to first.

    Each adds up to the change; the distance between the two says how much the order of the factors matters.

    Parameters
    ----------
    values, factors
        As in :func:`shapley`.

    Returns
    -------
    ndarray, shape (2, factors, ...)
        Changed in the order of the axes, and in the opposite order.
    """
    forward = [values[(1,) * k + (0,) * (factors - k)] for k in range(factors + 1)]
    backward = [values[(0,) * (factors - k) + (1,) * k] for k in range(factors + 1)]
    first = np.stack([after - before for before, after in pairwise(forward)])
    second = np.stack([after - before for before, after in pairwise(backward)])
    return np.stack([first, second[::-1]])
