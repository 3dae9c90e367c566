"""Structural path analysis: the supply chains that carry a footprint or a flow, largest first, the remainder exact.

A path k_0 <- k_1 <- ... <- k_t starts at a product k_0 that final demand buys, goes to what was bought to make it, and
ends where it emits: f_kt A_kt,kt-1 ... A_k1,k0 d_k0.  All paths together are f L d (METHOD eq 5, `mrio`).
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from mrio.algebra.leontief import Leontief
from mrio.errors import ConfigError, LeontiefError

#: Sweeps after which bounds that still grow are taken to grow for ever; a chain of the largest steps is far shorter.
SWEEPS = 200
_ROWS = 256
_OWN = -1


@dataclass(frozen=True)
class Paths:
    """The largest paths, what they add up to, and what is left.

    Attributes
    ----------
    nodes : list of tuple of int
        Province-sectors of each path, from the product that final demand buys to the sector that emits.
    values : ndarray (count,)
        Emissions of each path, in the unit of f times that of the demand; their sizes never grow.
    total : float
        f L d, from a solve that knows no paths.
    tiers : ndarray (T + 1,)
        f A^t d of every tier t up to the longest path: all emissions t steps away from final demand.
    """

    nodes: list[tuple[int, ...]]
    values: np.ndarray
    total: float
    tiers: np.ndarray

    @property
    def remainder(self) -> float:
        """What all other paths carry: the total less the paths listed."""
        return self.total - float(self.values.sum())


@dataclass(frozen=True)
class Network:
    """A by columns, as they are asked for, and how large a path can still become from every node.

    Attributes
    ----------
    Z : array (N, N)
        Intermediate deliveries in money, an ndarray or memory map.
    per_output : ndarray (N,)
        1 / x, 0 without output.
    f : ndarray (N,)
        Emissions per unit of output; zero where a path must not end.
    content : ndarray (N,)
        f L, from a solve that knows no paths.
    onward, best : ndarray (N,)
        Size of the largest path per unit of a node's output that goes on at least one step; and the same, or ends here.
    """

    Z: np.ndarray
    per_output: np.ndarray
    f: np.ndarray
    content: np.ndarray
    onward: np.ndarray
    best: np.ndarray
    _known: dict = field(default_factory=dict)

    @classmethod
    def of(cls, Z: np.ndarray, x: np.ndarray, f: np.ndarray) -> Network:
        """Return the network of deliveries Z, output x and intensities f; shared by every demand that is traced.

        Raises
        ------
        LeontiefError
            If a supply chain does not fade, so that there is no largest path.
        """
        per_output = np.divide(1.0, x, out=np.zeros_like(x), where=x > 0)
        bounds = _bounds(Z, per_output, np.abs(f))
        return cls(Z, per_output, f, Leontief(Z, x).solve_transposed(f), *bounds)

    def suppliers(self, node: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the suppliers of a node and their coefficients, by the largest path through each."""
        if node not in self._known:
            column = np.asarray(self.Z[:, node]) * self.per_output[node]
            self._known[node] = _ranked(column, self.best)
        return self._known[node]


def largest_paths(network: Network, d: np.ndarray, *, count: int = 1000, share: float = 1.0) -> Paths:
    """Return the paths that carry most of f L d, until there are `count` or they hold a `share` of the total.

    Best first: the heap holds beginnings of paths by the largest path that can still grow from them, which a fixed
    point gives exactly, so nothing is looked at that is not on or next to a path returned.  Cells below zero are
    ranked by their size and keep their sign.

    Parameters
    ----------
    network : Network
    d : ndarray (N,)
        Final demand in the unit of Z.
    count : int
    share : float
        Of the total, at most 1.

    Raises
    ------
    ConfigError
        If `count` is below 1 or `share` not within (0, 1].

    Notes
    -----
    Source: Defourny & Thorbecke (1984), Economic Journal 94; Treloar (1997), Economic Systems Research 9(4).
    """
    if count < 1 or not 0 < share <= 1:
        raise ConfigError(f"asked for {count} paths and a share of {share:g}, expected at least 1 and within (0, 1].")
    total = float(network.content @ d)
    nodes, values = [], []
    covered = 0.0
    for path, value in _best_first(network, d):
        nodes.append(path)
        values.append(value)
        covered += value
        if len(nodes) == count or (share < 1 and abs(covered) >= share * abs(total)):
            break
    longest = max(map(len, nodes), default=1)
    return Paths(nodes, np.array(values), total, tier_totals(network, d, longest))


def tier_totals(network: Network, d: np.ndarray, count: int) -> np.ndarray:
    """Return f A^t d for the tiers t = 0 ... count - 1, the production layers; (count,) in the unit of f times d."""
    layer, totals = d, []
    for tier in range(count):
        if tier:
            scaled = layer * network.per_output
            rows = range(0, len(scaled), _ROWS)
            layer = np.concatenate([np.asarray(network.Z[i : i + _ROWS]) @ scaled for i in rows])
        totals.append(float(network.f @ layer))
    return np.array(totals)


def group_chains(nodes: list[tuple[int, ...]], values: np.ndarray, sectors: int) -> dict[tuple[int, ...], tuple]:
    """Return sector chain -> (emissions, number of paths), the same chain through any provinces added up.

    Parameters
    ----------
    nodes, values
        Of :class:`Paths`; node = province * sectors + sector.
    sectors : int

    Returns
    -------
    dict
        Sorted by the size of the emissions.
    """
    grouped: dict[tuple[int, ...], tuple[float, int]] = {}
    for path, value in zip(nodes, values, strict=True):
        chain = tuple(node % sectors for node in path)
        amount, number = grouped.get(chain, (0.0, 0))
        grouped[chain] = (amount + float(value), number + 1)
    return dict(sorted(grouped.items(), key=lambda item: -abs(item[1][0])))


def _bounds(Z: np.ndarray, per_output: np.ndarray, f: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return (onward, best): the fixed point best_k = max(f_k, onward_k), onward_k = max_l |A_lk| best_l.

    Only suppliers whose bound has grown can raise a buyer's, so later sweeps read few rows of Z.
    """
    onward, best = np.zeros_like(f), f.copy()
    grown = np.flatnonzero(best)
    for _ in range(SWEEPS):
        if not grown.size:
            return onward, best
        for rows in np.array_split(grown, -(-grown.size // _ROWS)):
            reach = np.abs(Z[rows]) * best[rows, None]
            np.maximum(onward, reach.max(0) * per_output, out=onward)
        grown = np.flatnonzero(onward > best)
        best = np.maximum(f, onward)
    raise LeontiefError(
        f"the largest supply chain still grew after {SWEEPS} steps: a loop of industries buys more of itself than it "
        "makes; check the columns of Z against output."
    )


def _ranked(weights: np.ndarray, best: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    reach = np.abs(weights) * best
    there = np.flatnonzero(reach)
    order = there[np.argsort(-reach[there], kind="stable")].astype(np.int32)
    return order, weights[order]


def _best_first(network: Network, d: np.ndarray) -> Iterator[tuple[tuple[int, ...], float]]:
    """Yield (path, emissions), largest size first.

    An entry of the heap is (-bound, number, beginning, rank): the rank-th supplier of a beginning's last node, or, with
    rank `_OWN`, the path that ends there.  A beginning is (path, weight): the output it calls for.
    """
    roots = _ranked(d, network.best)
    heap: list[tuple[float, int, tuple[tuple[int, ...], float], int]] = []
    number = 0

    def push(bound: float, beginning: tuple[tuple[int, ...], float], rank: int) -> None:
        nonlocal number
        if bound:
            number += 1
            heapq.heappush(heap, (-bound, number, beginning, rank))

    push(float((np.abs(d) * network.best).max(initial=0)), ((), 1.0), 0)
    while heap:
        _, _, (path, weight), rank = heapq.heappop(heap)
        if rank == _OWN:
            yield path, weight * float(network.f[path[-1]])
            continue
        order, coefficients = network.suppliers(path[-1]) if path else roots
        if rank + 1 < len(order):
            following = order[rank + 1]
            push(abs(weight * coefficients[rank + 1]) * float(network.best[following]), (path, weight), rank + 1)
        node = int(order[rank])
        longer = ((*path, node), weight * float(coefficients[rank]))
        push(abs(longer[1] * network.f[node]), longer, _OWN)
        push(abs(longer[1]) * float(network.onward[node]), longer, 0)
