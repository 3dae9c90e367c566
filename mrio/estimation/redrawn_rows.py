"""Rows of an estimate with errors: uses, foreign and net trade of every product and region, and cross-hauling."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from mrio.estimation.errors_of_estimate import EstimateErrors, Noise
from mrio.estimation.parts import EstimateParts
from mrio.estimation.reconcile import NOT_NEGATIVE
from mrio.estimation.rows import ACCOUNTS, Rows

#: Least part of a use, export or import that a draw leaves of it.
LEAST = 0.02
#: Rounds in which what a bound takes is made good elsewhere; what is left after them stays in the residual.
ROUNDS = 6


def drawn_rows(parts: EstimateParts, errors: EstimateErrors, noise: Noise) -> tuple[Rows, np.ndarray]:
    """Return drawn rows, and how far another choice of the estimate moves the share of cross-hauling, (R, n)."""
    moved, change = np.zeros(len(parts.posterior.free)), np.zeros_like(parts.used.output)
    if errors.reports > 0:
        moved = errors.reports * parts.posterior.deviations(noise("reports", (parts.posterior.observations,)))
    if errors.structure > 0 and parts.alternatives:
        chance, which, way = ndtr(noise("structure", (3,)))
        if chance < errors.structure:
            rows, share = list(parts.alternatives.values())[int(which * len(parts.alternatives))]
            moved, change = moved + way * rows.flat(), way * share
    return (_possible(parts, moved) if moved.any() else parts.rows), change


def drawn_share(parts: EstimateParts, errors: EstimateErrors, noise: Noise) -> np.ndarray:
    """Return the share of cross-hauling: reports of some regions believed, of the others modelled, with errors."""
    hauling, (R, n) = parts.hauling, parts.hauling.share.shape
    if errors.hauling == 0:
        return hauling.share
    modelled = hauling.doubt + (1.0 - hauling.doubt) * hauling.suspicion
    chosen = ndtr(noise("hauling_practice", (R,))) < modelled
    odds = errors.hauling_region * noise("hauling_region", (R, 1))
    odds = odds + errors.hauling_product * noise("hauling_product", (1, n))
    odds = odds + errors.hauling_cell * noise("hauling_cell", (R, n))
    # the mean of a share whose log-odds vary is not the share of the mean log-odds: taken out to second order
    odds = odds - 0.5 * errors.hauling * (1.0 - 2.0 * hauling.modelled)
    return np.where(chosen[:, None], _moved_odds(hauling.modelled, odds), hauling.reported)


def _moved_odds(share: np.ndarray, odds: np.ndarray) -> np.ndarray:
    """Return shares whose log-odds have moved; 0 and 1 stay."""
    grown = np.exp(odds)
    return share * grown / (1.0 + share * (grown - 1.0))


def _possible(parts: EstimateParts, moved: np.ndarray) -> Rows:
    """Return the rows moved as far as no use, export or import turns negative and nobody trades beyond its means.

    What a bound takes is made good where the observations are least certain, so that identities hold; in a few rounds,
    for that may reach another bound.
    """
    start, shape = parts.rows.flat(), parts.used.output.shape
    moved = parts.posterior.restored(_squashed(parts, moved))
    for _ in range(ROUNDS):
        rows = Rows.from_flat(start + moved, shape)
        bounded = _within(parts, rows)
        if bounded is rows:
            return rows
        moved = parts.posterior.restored(bounded.flat() - start)
    return _within(parts, Rows.from_flat(start + moved, shape))


def _squashed(parts: EstimateParts, moved: np.ndarray) -> np.ndarray:
    """Return deviations of uses and foreign trade that stay below their size, upwards as downwards, so that no bound
    shifts their mean.
    """
    by_account = moved.reshape(len(ACCOUNTS), *parts.used.output.shape).copy()
    for k, name in enumerate(ACCOUNTS):
        if name in NOT_NEGATIVE:
            most = (1 - LEAST) * np.abs(parts.rows[name])
            by_account[k] = most * np.tanh(np.divide(by_account[k], most, out=np.zeros_like(most), where=most > 0))
    return by_account.ravel()


def _within(parts: EstimateParts, rows: Rows) -> Rows:
    """Return the rows within their bounds, the very same where they are."""
    found = parts.rows
    changed = {
        name: np.maximum(rows[name], np.minimum(found[name], LEAST * np.maximum(found[name], 0.0)))
        for name in NOT_NEGATIVE
    }
    uses = changed["intermediate"] + changed["consumption"] + changed["formation"]
    made = parts.used.output - rows.inventory - rows.residual
    for name, room in (("imports", uses), ("exports", made)):
        most = np.maximum((1 - LEAST) * room, np.minimum(found[name], room))
        changed[name] = np.minimum(changed[name], most)
    if all((changed[name] == rows[name]).all() for name in changed):
        return rows
    return rows.replace(**changed)
