"""Total final demand of every province: what expenditure accounts say of its share in the nation.

Consumption and capital formation of a province, as reported, at the size of the nation's totals: single products may be
off, the accounts by expenditure are published on their own and are off by less.
"""

from __future__ import annotations

from mrio.estimation.evidence.pieces import Kind, Piece, Setting
from mrio.estimation.observations import Observations, observe


def final_observations(piece: Piece, setting: Setting) -> list[Observations]:
    """Return consumption and capital formation of every province."""
    layout = setting.layout
    found = []
    for account in ("consumption", "formation"):
        total = setting.rows[account].sum(1)
        if account in setting.totals and total.sum() > 0:
            total = total * (setting.totals[account].sum() / total.sum())
        error = piece.setting(f"{account}_error") * abs(total)
        found.append(observe(layout, account, layout.by_region(), total, error, piece.witness))
    return found


KIND = Kind(final_observations)
