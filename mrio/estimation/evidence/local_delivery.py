"""Products delivered on the spot: little net trade and little cross-hauling, as surveyed.

Facts, one row per product: ``net_spread``, the root mean square of net outflow over output between surveyed regions;
``cross_hauling``, the surveyed share of cross-hauling in what regions could serve themselves.
"""

from __future__ import annotations

import numpy as np

from mrio.estimation.evidence.pieces import Kind, Piece, Setting
from mrio.estimation.observations import Observations, observe
from mrio.estimation.openness import Surveyed


def local_observations(piece: Piece, setting: Setting) -> list[Observations]:
    """Return a net outflow of zero, give or take the surveyed spread, for every province and product."""
    layout = setting.layout
    error = np.zeros(layout.shape)
    for product, fact in _products(piece, setting):
        error[:, product] = fact["net_spread"] * setting.margins.output[:, product]
    return [observe(layout, "net_outflow", layout.each(), np.zeros(layout.shape), error, piece.witness)]


def surveyed_cross_hauling(piece: Piece, setting: Setting) -> Surveyed:
    """Return the surveyed log-odds of cross-hauling by product."""
    products = len(setting.layout.sectors)
    odds, error = np.zeros(products), np.full(products, np.inf)
    for product, fact in _products(piece, setting):
        odds[product] = np.log(fact["cross_hauling"] / (1 - fact["cross_hauling"]))
        error[product] = piece.setting("odds_error")
    return Surveyed(odds, error)


def _products(piece: Piece, setting: Setting) -> list[tuple[int, dict]]:
    """Return position and fact of the products whose code in the scheme of the table is given."""
    facts = piece.facts[piece.facts["scheme"] == setting.scheme]
    where = f"evidence {piece.name!r}"
    return [(setting.sector(fact["sector"], where), fact) for fact in facts.to_dict("records")]


KIND = Kind(local_observations, surveyed=surveyed_cross_hauling)
