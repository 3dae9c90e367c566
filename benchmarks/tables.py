"""Tables with the structure of real ones at any size, made row by row so that they may exceed memory.

Technologies differ between regions and have empty cells and skewed coefficients; most inputs come from the own
region (more of services than of goods); the rest follows gravity with noise of its own in every cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np


@dataclass(frozen=True)
class Economy:
    """Z (R, n, R, n), Y (R, n, R), F (K, R, n); output x is what the rows add up to."""

    Z: np.ndarray
    Y: np.ndarray
    F: np.ndarray
    x: np.ndarray


def economy(R: int, n: int, *, stressors: int = 5, radius: float = 0.7, seed: int = 0, path: Path | None = None):
    """Return an economy of R regions and n sectors; with `path`, Z is written there (.npy) and mapped.

    Parameters
    ----------
    radius : float
        Spectral radius of A before the noise in the cells, which moves it by a per cent or two.
    """
    rng = np.random.default_rng([seed, R, n])
    technology, trade, final_trade = _technology(rng, R, n), *_trade(rng, R, n)
    technology *= radius / _radius(technology, trade)
    demand = rng.lognormal(0, 1.2, n)[:, None] * rng.lognormal(0, 1, R) * rng.lognormal(0, 0.3, (n, R))
    Y = final_trade * demand
    x = _output(technology, trade, Y.sum(2))
    shape = (R, n, R, n)
    Z = np.empty(shape) if path is None else np.lib.format.open_memmap(path, "w+", float, shape)
    for r in range(R):
        for s in range(R):
            noise = np.exp(0.3 * rng.standard_normal((n, n), dtype=np.float32))
            Z[r, :, s] = trade[r, :, s, None] * technology[s] * x[s] * noise
    x = np.stack([Z[r].sum((1, 2)) for r in range(R)]) + Y.sum(2)
    F = rng.lognormal(0, 2, (stressors, R, n)) * x
    return Economy(Z, Y, F, x)


def _technology(rng, R: int, n: int) -> np.ndarray:
    """Inputs per unit of output, (R, n, n): one national pattern, varied by region; columns sum to .3 to .9."""
    pattern = rng.lognormal(0, 2, (n, n)) * (rng.random((n, n)) < 0.6)
    pattern += np.diag(np.full(n, 0.15 * pattern.mean() * n))
    sums = rng.beta(8, 5, n)
    technology = pattern * rng.lognormal(0, 0.5, (R, n, n))
    return technology * (sums * rng.lognormal(0, 0.1, (R, n)) / technology.sum(1))[:, None, :]


def _trade(rng, R: int, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Shares of origin r in what s uses of product i, (R, n, R), for industries and for final demand."""
    size, place, goods = rng.lognormal(0, 1, R), rng.random((R, 2)) * 3000, rng.beta(2, 2, n)
    distance = np.hypot(*(place[:, None] - place).transpose(2, 0, 1)) + 100
    pull = size[:, None] * distance**-1.5
    shares = []
    for home in (0.97 - 0.42 * goods, 0.97 - 0.3 * goods):
        share = pull[:, None, :] * rng.lognormal(0, 1, (R, n, R))
        share[np.arange(R), :, np.arange(R)] = 0
        share *= (1 - home)[:, None] / share.sum(0)
        share[np.arange(R), :, np.arange(R)] = home
        shares.append(share)
    return shares[0], shares[1]


def _product(technology, trade, x) -> np.ndarray:
    """A x without forming A: uses by product and region, split by origin."""
    return np.einsum("ris,si->ri", trade, np.einsum("sij,sj->si", technology, x))


def _radius(technology, trade) -> float:
    v = np.ones(technology.shape[:2])
    for _ in range(100):
        v = _product(technology, trade, v)
        radius = v.max()
        v /= radius
    return radius


def _output(technology, trade, final) -> np.ndarray:
    x = final
    for _ in range(120):
        x = _product(technology, trade, x) + final
    return x
