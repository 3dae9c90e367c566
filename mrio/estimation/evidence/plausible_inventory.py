"""Plausible inventory changes: a product's share of output that the nation as a whole puts into stock.

Provincial tables close with inventories (Zhejiang 2017: 24% of its GDP), so a change of a product far from the nation's
share of output says more about the table than about stocks.
"""

from __future__ import annotations

import numpy as np

from mrio.errors import ConfigError
from mrio.estimation.evidence.pieces import Kind, Piece, Setting
from mrio.estimation.observations import Observations, observe


def inventory_observations(piece: Piece, setting: Setting) -> list[Observations]:
    """Return the nation's share of output as inventory change of every product and province."""
    if "inventory" not in setting.totals:
        raise ConfigError(f"evidence {piece.name!r} needs national totals; put a piece of kind 'national' before it.")
    layout, output = setting.layout, setting.margins.output
    made = output.sum(0)
    share = np.divide(setting.totals["inventory"], made, out=np.zeros_like(made), where=made > 0)
    return [observe(layout, "inventory", layout.each(), share * output, piece.setting("error") * output, piece.witness)]


KIND = Kind(inventory_observations)
