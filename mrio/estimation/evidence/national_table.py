"""A national table: totals by product and account, scaled to what the provinces make.

The provinces' outputs add up to more than the nation's (firms counted twice), so a national account of a product is
scaled by provincial over national output.  Intermediate uses are scaled once more to what the provinces' industries use
in total, which follows from their output and value added and does not move.
"""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from mrio.errors import LabelError
from mrio.estimation.evidence.pieces import Kind, Piece, Setting
from mrio.estimation.observations import Observations, observe

ACCOUNTS = ("intermediate", "consumption", "formation", "inventory", "exports", "imports")
#: Least error of a total, as a share of the product's output.
FLOOR = 1e-4


def national_totals(piece: Piece, setting: Setting) -> dict[str, np.ndarray]:
    """Return the national total of every account and product, (n,), at the size of the provinces' output."""
    facts = piece.facts.set_index("sector")
    missing = [code for code in setting.layout.sectors if code not in facts.index]
    if missing:
        raise LabelError(f"evidence {piece.name!r}: no sector {missing[0]!r} in its facts.")
    facts = facts.loc[list(setting.layout.sectors)].drop(columns="source", errors="ignore") * setting.money("10k CNY")
    made, output = setting.margins.output.sum(0), facts["output"].to_numpy()
    scale = np.divide(made, output, out=np.zeros_like(made), where=output > 0)
    totals = {name: facts[name].to_numpy() * scale for name in ACCOUNTS}
    totals["intermediate"] *= setting.rows.intermediate.sum() / totals["intermediate"].sum()
    return totals


def national_observations(piece: Piece, setting: Setting) -> list[Observations]:
    """Return the totals by product, the totals of consumption, capital formation and inventory, and a residual of 0."""
    layout, totals = setting.layout, setting.totals
    made = setting.margins.output.sum(0)
    found = []
    for name in ACCOUNTS:
        error = np.maximum(piece.setting(f"{name}_error") * np.abs(totals[name]), FLOOR * made)
        found.append(observe(layout, name, layout.by_sector(), totals[name], error, piece.witness))
    residual = piece.setting("residual_error") * made
    found.append(observe(layout, "residual", layout.by_sector(), np.zeros_like(made), residual, piece.witness))
    everything = sp.csr_array(np.ones((1, layout.cells)))
    for name in ("consumption", "formation", "inventory"):
        total = np.array([totals[name].sum()])
        error = piece.setting("total_error") * np.abs(total)
        found.append(observe(layout, name, everything, total, error, piece.witness))
    return found


KIND = Kind(national_observations, totals=national_totals)
