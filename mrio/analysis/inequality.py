"""How unequal footprints per head are between provinces: Gini and Theil, weighted by population."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mrio.errors import BalanceError


def gini(values: np.ndarray, weights: np.ndarray) -> float:
    """Return the Gini coefficient of values per head: 0 all alike, towards 1 all with one.

    G = sum_rs p_r p_s |y_r - y_s| / (2 mean), p the shares of population.

    Parameters
    ----------
    values : ndarray (R,)
        Per head, at least 0.
    weights : ndarray (R,)
        Population, above 0.
    """
    y, p = _checked(values, weights)
    mean = p @ y
    return float(p @ np.abs(y[:, None] - y) @ p / (2 * mean)) if mean else 0.0


def theil(values: np.ndarray, weights: np.ndarray) -> float:
    """Return Theil's T of values per head, T = sum_r p_r (y_r / mean) ln(y_r / mean): 0 all alike."""
    y, p = _checked(values, weights)
    mean = p @ y
    if not mean:
        return 0.0
    share = y / mean
    return float(p @ (share * np.log(np.where(share > 0, share, 1.0))))


def theil_by_group(values: np.ndarray, weights: np.ndarray, groups: Sequence[str]) -> dict[str, float]:
    """Return Theil's T divided into what is between groups and within them: the two add up to T.

    within = sum_g s_g T_g with s_g the group's share of the total; between is T of the groups' means.

    Parameters
    ----------
    values, weights : ndarray (R,)
    groups : sequence of str
        The group of each.

    Returns
    -------
    dict
        ``total``, ``between``, ``within``.
    """
    y, p = _checked(values, weights)
    order = list(dict.fromkeys(groups))
    member = np.array([[group == name for name in order] for group in groups])
    people = p @ member
    means = (p * y) @ member / people
    within = 0.0
    if p @ y:
        parts = [theil(y[of], p[of]) for of in member.T]
        within = float((people * means) @ parts / (p @ y))
    return {"total": theil(y, p), "between": theil(means, people), "within": within}


def _checked(values: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    y, w = np.asarray(values, float), np.asarray(weights, float)
    if not ((y >= 0).all() and (w > 0).all()):
        raise BalanceError(
            "inequality needs values per head of at least 0 and a positive population everywhere; found "
            f"{y.min():g} and {w.min():g} as the smallest."
        )
    return y, w / w.sum()
