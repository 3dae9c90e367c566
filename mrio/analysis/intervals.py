"""Intervals of drawn results: quantiles, standard deviation, probability of a sign, interval of a rank."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import xarray as xr

#: Quantiles that are reported, by name.
QUANTILES = {"p05": 0.05, "p50": 0.5, "p95": 0.95}


def interval(point: xr.DataArray, differences: np.ndarray) -> xr.Dataset:
    """Return p05, p50, p95 and sd of a result.

    Parameters
    ----------
    point : DataArray
        The result.
    differences : array (draws, ...)
        Of draws to it, of its shape; NaN where the result is not defined.

    Returns
    -------
    Dataset
        Dimensions and unit of `point`.
    """
    quantiles = np.quantile(differences, list(QUANTILES.values()), axis=0)
    found = {name: point + values for name, values in zip(QUANTILES, quantiles, strict=True)}
    found["sd"] = point.copy(data=differences.std(axis=0, ddof=1 if len(differences) > 1 else 0))
    return xr.Dataset({name: values.assign_attrs(point.attrs) for name, values in found.items()})


def positive(point: xr.DataArray, differences: np.ndarray) -> xr.DataArray:
    """Return the probability that a result is above zero: that a province pays, of its net transfer."""
    chance = (point.values + differences > 0).mean(axis=0)
    return point.copy(data=chance).assign_attrs(unit="1")


def rank_interval(point: xr.DataArray, differences: np.ndarray) -> xr.Dataset:
    """Return the 5% and 95% quantile of the rank (1: largest) along the last dimension of a result."""
    drawn = point.values + differences
    ranks = (-drawn).argsort(-1, kind="stable").argsort(-1, kind="stable") + 1
    low, high = (np.quantile(ranks, q, axis=0, method="nearest") for q in (0.05, 0.95))
    return xr.Dataset({
        name: point.copy(data=values).assign_attrs(unit="1")
        for name, values in (("rank_low", low.astype(float)), ("rank_high", high.astype(float)))
    })  # fmt: skip


def variance_shares(alone: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return the part of every source in the sum of variances that the sources have each on its own.

    Parameters
    ----------
    alone : mapping of source to array (draws, ...)
        Differences drawn with this source only (grouped one at a time).  What sources do together beyond that is in no
        share.
    """
    variances = {name: differences.var(axis=0, ddof=1) for name, differences in alone.items()}
    total = sum(variances.values())
    return {
        name: np.divide(variance, total, out=np.zeros_like(variance), where=total > 0)
        for name, variance in variances.items()
    }


def convergence(differences: np.ndarray, steps: Sequence[int]) -> dict[int, float]:
    """Return, for several numbers of draws, how far the ends of 90% intervals still are from those of all draws.

    It is the median over results of the larger of both shifts, over the width of the interval.
    """
    low, high = np.quantile(differences, [0.05, 0.95], axis=0)
    width = high - low
    moved = {}
    for draws in steps:
        ends = np.quantile(differences[:draws], [0.05, 0.95], axis=0)
        shift = np.maximum(np.abs(ends[0] - low), np.abs(ends[1] - high))
        moved[draws] = float(np.median(shift[width > 0] / width[width > 0])) if (width > 0).any() else 0.0
    return moved
