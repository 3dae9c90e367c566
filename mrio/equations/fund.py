"""The balanced fund as arrays: receipts scaled to what is paid in, and who pays whom."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mrio.algebra.balancing import gras
from mrio.errors import EstimationError

#: Sweeps after which positive bilateral nets are taken to leave someone without a partner, and the last resort.
SWEEPS, MOST_SWEEPS = 2000, 20000


def balanced_fund(amount: np.ndarray) -> np.ndarray:
    """Return amounts (..., R) whose receipts are scaled so that the fund pays out what it takes in.

    With nobody to receive, or nobody to pay, the balanced fund moves nothing.
    """
    payments = -np.minimum(amount, 0.0).sum(-1, keepdims=True)
    receipts = np.maximum(amount, 0.0).sum(-1, keepdims=True)
    scale = np.divide(payments, receipts, out=np.zeros_like(payments), where=receipts > 0)
    return amount * np.where(amount > 0, scale, np.where(scale > 0, 1.0, 0.0))


def payments_between(balanced: np.ndarray, E: np.ndarray, regions: Sequence[str]) -> tuple[np.ndarray, str]:
    """Return what r receives from s (R, R), antisymmetric, rows summing to `balanced`, and what it was seeded with.

    Parameters
    ----------
    balanced : array (R,)
        Balanced amounts; receives +, pays -.
    E : array (R, R)
        Embodied flows from r to s.
    regions : sequence of str
        For messages.
    """
    pays, receives = np.flatnonzero(balanced < 0), np.flatnonzero(balanced > 0)
    received, seed = np.zeros_like(E), "bilateral nets"
    if pays.size and receives.size:
        names = [["who pays whom"], [regions[int(r)] for r in pays], [regions[int(s)] for s in receives]]
        drawn = E[np.ix_(receives, pays)].T
        nets = np.clip(drawn - E[np.ix_(pays, receives)], 0.0, None)
        rows, columns = -balanced[pays], balanced[receives]
        try:
            paid = _scaled(nets, rows, columns, names, SWEEPS)
        except EstimationError:
            seed = "inflow"
            paid = _scaled(drawn, rows, columns, names, MOST_SWEEPS)
        received[np.ix_(receives, pays)] = paid.T
        received[np.ix_(pays, receives)] = -paid
    return received, seed


def _scaled(seed: np.ndarray, rows: np.ndarray, columns: np.ndarray, names: list[list[str]], sweeps: int) -> np.ndarray:
    """Return the seed scaled (RAS) to its totals; factors that grow without end say that no payments meet them."""
    try:
        with np.errstate(over="raise", divide="raise", invalid="raise"):
            return gras(seed[None], rows[None], columns[None], names=names, max_iterations=sweeps)[0]
    except FloatingPointError:
        raise EstimationError(
            "who pays whom: no payments along the flows between payers and receivers meet the balanced fund; choose "
            "another scope or base of compensation."
        ) from None
