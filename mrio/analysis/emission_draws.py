"""Emissions with errors: emission factors of fuels, activity data of provinces, keys that split inventory sectors.

::

    F[r,g,i] = F0[r,g,i] factor[g] activity[r,group(i)] key[r,g,i]

with log-normal errors of mean one.  A factor is one number for the whole country, so its error moves all provinces
alike; activity errs by province and group of sectors; keys err cell by cell, and what one sector gains the others of
the same inventory sector lose, so that the total by province and fuel is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mrio.analysis.sources import Sources, log_normal
from mrio.estimation.errors_of_estimate import Noise

HOUSEHOLD = "household"


@dataclass(frozen=True)
class Emissions:
    """Emissions as they are drawn.

    Parameters
    ----------
    by_fuel : array (g, R, n);  households : array (g, R)
        Mt.
    fuels : sequence of str
    groups : sequence of str
        Group of every sector, in whose activity data it errs.
    split : sequence of arrays
        Positions of the sectors that share one sector of the inventory.
    common : bool
        Whether an emission factor errs alike in all provinces; else every province has an error of its own.
    """

    by_fuel: np.ndarray
    households: np.ndarray
    fuels: Sequence[str]
    groups: Sequence[str]
    split: Sequence[np.ndarray]
    common: bool = True


def drawn_emissions(emissions: Emissions, sources: Sources, noise: Noise) -> tuple[np.ndarray, np.ndarray]:
    """Return F (R, n) and F_Y (R,) of one draw."""
    g, R = emissions.households.shape
    F = _split_anew(emissions, sources.scale("allocation.key"), noise)
    factors = np.array([sources.scale(f"emission_factor.{fuel}") for fuel in emissions.fuels])[:, None]
    factor = log_normal(noise("emission_factors", (g, 1 if emissions.common else R)), factors)
    names = list(dict.fromkeys(emissions.groups))
    spread = np.array([sources.scale(f"activity.{name}") for name in names])
    activity = log_normal(noise("activity", (R, len(names))), spread)
    at_home = log_normal(noise("activity_households", (R,)), np.array(sources.scale(f"activity.{HOUSEHOLD}")))
    of_sector = [names.index(group) for group in emissions.groups]
    F = (F * factor[:, :, None]).sum(0) * activity[:, of_sector]
    return F, (emissions.households * factor).sum(0) * at_home


def _split_anew(emissions: Emissions, spread: float, noise: Noise) -> np.ndarray:
    """Return emissions whose splits of inventory sectors err, totals by province and fuel kept."""
    F = emissions.by_fuel
    if spread == 0:
        return F
    drawn = F * log_normal(noise("allocation", F.shape), np.array(spread))
    made = F.copy()
    for members in emissions.split:
        before, after = F[..., members].sum(2), drawn[..., members].sum(2)
        kept = np.divide(before, after, out=np.zeros_like(after), where=after > 0)
        made[..., members] = drawn[..., members] * kept[..., None]
    return made
