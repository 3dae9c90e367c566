"""Whether the system is productive, by how much, and which columns keep it from being so.

A non-negative A is productive (spectral radius below one, Hawkins & Simon 1949) exactly when some u > 0 has
``u (I - A) > 0``; then also ``||L||_1 <= max(u) / min(u (I - A))``.  The output multipliers ``u = 1 L`` are that u.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mrio.algebra.leontief.certificate import rounding_factor
from mrio.algebra.spectrum import Product, leading

#: Column sums beyond which 1 / (1 - ||A||_1) is too coarse a bound to be of use.
MOST_BY_SUMS = 0.9


@dataclass(frozen=True)
class NormBound:
    """``||L||_1 <= value``, proved (`rigorous`) or estimated."""

    value: float
    rigorous: bool


def from_column_sums(absolute_sums: np.ndarray) -> NormBound | None:
    """Return ``1 / (1 - ||A||_1)`` if every column of |A| sums to clearly less than one; else None."""
    norm = absolute_sums.max(initial=0.0) * (1 + rounding_factor(len(absolute_sums)))
    return NormBound(1 / (1 - norm), True) if norm <= MOST_BY_SUMS else None


def from_multipliers(u: np.ndarray, slack: np.ndarray) -> NormBound | None:
    """Return ``max(u) / min(slack)`` if u > 0 and ``slack = u (I - |A|) > 0``, else nothing is proved.

    Parameters
    ----------
    u, slack : ndarray (N,)
        Multipliers as computed and the product as computed from them; its rounding is allowed for here.
    """
    if not (np.isfinite(u).all() and (u > 0).all()):
        return None
    least = slack.min() - rounding_factor(len(u)) * 2 * (u.max() + np.abs(slack).max())
    return NormBound(float(u.max() / least), True) if least > 0 else None


def perron(product: Product, transposed_product: Product, N: int) -> tuple[float, np.ndarray]:
    """Return the spectral radius of A and the weight of every sector in it.

    Parameters
    ----------
    product, transposed_product : callable
        v -> A v and v -> v A for v of shape (N,).

    Returns
    -------
    float, ndarray (N,)
        The radius, and ``l_j r_j`` of the left and right Perron vectors, normalised to one: the share of column j in
        the radius (its elasticity with respect to a proportional change of the column).
    """
    radius, right = leading(product, N)
    _, left = leading(transposed_product, N)
    weight = np.abs(left * right)
    return radius, weight / weight.sum() if weight.sum() > 0 else weight
