"""The three definitions of the embodied flow E[r, s], as pure functions of arrays.

Each returns the flows by origin sector and by product, and how each province's production and consumption divide.
Shapes: Z (R, n, R, n), Y (R, n, R, C), everything by province-sector (R, n).  Of several stressors every result has a
leading axis k, as F (K, R, n) has; one factorisation serves them all.  Emissions are in the unit of F, money in the
table's unit.  L is the full inverse, L^rr the inverse of the province's own block, f = F / x the direct intensity.
Source: METHOD eqs 2-5; by product as in Miller & Blair (2009), ch. 3 and 10.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from mrio.algebra.leontief.local import LocalLeontief


class Solver(Protocol):
    """What solves the whole system: :class:`mrio.algebra.leontief.system.Leontief`, or any with its two methods."""

    def solve(self, Y: np.ndarray) -> np.ndarray:
        """Return L Y, columns (N, k)."""

    def solve_transposed(self, f: np.ndarray) -> np.ndarray:
        """Return f L, rows (K, N)."""


@dataclass(frozen=True)
class System:
    """The arrays of one table and its solvers, made once and shared by the definitions and the stressors."""

    Z_delivered: np.ndarray  # (R, n, R): intermediate deliveries of product i of r to all industries of s
    Y: np.ndarray  # (R, n, R): final demand of s, categories added up
    inventory: np.ndarray  # (R, n, R): the inventory category alone, a part of Y
    outside: dict[str, np.ndarray]  # exports, excluded, residual: (R, n) each
    f: np.ndarray  # (R, n) or (K, R, n): direct intensity, zero where output is zero
    full: Solver
    local: LocalLeontief

    @property
    def shape(self) -> tuple[int, int]:
        """Number of provinces and of sectors."""
        return self.Y.shape[0], self.Y.shape[1]

    @property
    def deliveries(self) -> np.ndarray:
        """T[r,i,s]: what r delivers to s; on the diagonal final demand alone, as the local inverse does the rest."""
        T = self.Z_delivered + self.Y
        own = np.arange(len(T))
        T[own, :, own] = self.Y[own, :, own]
        return T

    def solve(self, demand: np.ndarray) -> np.ndarray:
        """Return L d for demand (R, n, ...): the output that it calls for, same shape."""
        R, n = self.shape
        return self.full.solve(demand.reshape(R * n, -1)).reshape(demand.shape)

    def solve_transposed(self, intensities: np.ndarray) -> np.ndarray:
        """Return f L for intensities (..., R, n): the content of a unit of each product, same shape."""
        R, n = self.shape
        return self.full.solve_transposed(intensities.reshape(-1, R * n)).reshape(intensities.shape)

    def local_multipliers(self) -> np.ndarray:
        """Return f^r L^rr, (..., R, n): emissions of province r in a unit of its product, own supply chain only."""
        return self.local.solve_transposed(self.f)


def _without_diagonal(E: np.ndarray) -> np.ndarray:
    return E * (1.0 - np.eye(E.shape[-1]))


def _sent_and_drawn(final: np.ndarray, intermediate: np.ndarray) -> dict[str, np.ndarray]:
    """Return the sums over other provinces of final and intermediate flows (..., R, R), by sender and by taker."""
    final, intermediate = _without_diagonal(final), _without_diagonal(intermediate)
    return {
        "sent_intermediate": intermediate.sum(-1),
        "sent_final": final.sum(-1),
        "drawn_intermediate": intermediate.sum(-2),
        "drawn_final": final.sum(-2),
    }


def _own(E: np.ndarray) -> np.ndarray:
    """Return the diagonal of flows (..., R, R)."""
    return np.diagonal(E, axis1=-2, axis2=-1).copy()


def eebt_flows(system: System, by_product: bool = True) -> dict[str, np.ndarray]:
    """Emissions embodied in bilateral trade (the study's reading): E[r,s] = f^r L^rr (Z^rs 1 + Y^rs).

    E[r,r] = f^r L^rr Y^rr.  By product i: (f^r L^rr)_i T_i^rs; by origin sector k: f_k (L^rr T^rs)_k.
    P^r = sum_s E[r,s] + f^r L^rr (e^r + excluded^r + eps^r).
    """
    m = system.local_multipliers()
    T = system.deliveries
    final = np.einsum("...ri,ris->...rs", m, system.Y)
    intermediate = np.einsum("...ri,ris->...rs", m, system.Z_delivered)
    by_origin = system.f[..., None] * system.local.solve(T)
    bought = m[..., None] * T
    return {
        **({"flows_by_product": bought} if by_product else {}),
        "flows_by_origin": by_origin,
        "flows": bought.sum(-2),
        "D_cba": np.swapaxes(bought.sum(-3), -2, -1),
        "home": _own(final),
        **_sent_and_drawn(final, intermediate),
        "inventory": np.einsum("...ri,rir->...r", m, system.inventory),
        **{name: (m * demand).sum(-1) for name, demand in system.outside.items()},
    }


def mrio_flows(system: System, by_product: bool = True) -> dict[str, np.ndarray]:
    """Footprint: E[r,s] = sum_i f[r,i] (L Y^s)[r,i]; final demand drives, the full inverse carries.

    By product: emissions of r in what s buys of product j from any province, sum_q (f^r L)[q,j] Y[q,j,s] with f^r the
    intensities of r alone, zero elsewhere: R solves for each stressor, against one without.  The final part of what r
    sends is f^r L^rr Y^rs, its intermediate part the rest, so that a chain through a third province counts as
    intermediate.  P^r = sum_s E[r,s] + f^r [L (e + excluded + eps)]^r.
    """
    R = len(system.Y)
    # by product there are most right-hand sides: solved first, so that what they are factored for serves the others
    bought, content = _bought_by_product(system) if by_product else (None, system.solve_transposed(system.f))
    demand = np.concatenate([system.Y, np.stack(list(system.outside.values()), axis=-1)], axis=-1)
    emitted = system.f[..., None] * system.solve(demand)  # all of them in one solve
    by_origin, driven = emitted[..., :R], emitted[..., R:].sum(-2)
    E = by_origin.sum(-2)
    if bought is not None:
        purchases = {"flows_by_product": bought, "flows": bought.sum(-2), "D_cba": bought.sum(-3).swapaxes(-2, -1)}
    else:
        purchases = {"flows": E, "D_cba": np.einsum("...qj,qjs->...sj", content, system.Y)}
    final = np.einsum("...ri,ris->...rs", system.local_multipliers(), system.Y)
    parts = _sent_and_drawn(final, E)
    parts["sent_intermediate"] -= parts["sent_final"]
    parts["drawn_intermediate"] -= parts["drawn_final"]
    return {
        **purchases,
        "flows_by_origin": by_origin,
        "home": _own(E),
        **parts,
        "inventory": np.einsum("...qj,qjs->...s", content, system.inventory),
        **dict(zip(system.outside, np.moveaxis(driven, -1, 0), strict=True)),
    }


def _bought_by_product(system: System) -> tuple[np.ndarray, np.ndarray]:
    """Return emissions of r in what s buys of product j (..., R, n, R), and the content f L of every product."""
    R, n = system.shape
    by_province = np.zeros((*system.f.shape[:-2], R, R, n))
    by_province[..., np.arange(R), np.arange(R), :] = system.f
    content = system.solve_transposed(by_province)  # (..., r, q, j): emissions of r in a unit of product j of q
    bought = np.moveaxis(content, -1, -3) @ system.Y.transpose(1, 0, 2)  # (..., j, r, q) by (j, q, s): over origins q
    return np.moveaxis(bought, -3, -2), content.sum(-3)


def gross_flows(system: System, by_product: bool = True) -> dict[str, np.ndarray]:
    """Content of gross trade, by province of last shipment: E[r,s] = m^r (Z^rs 1 + Y^rs), m = f L; E[r,r] = m^r Y^rr.

    What a province ships holds others' emissions too, so production is the row less what came in with inputs:
    P^r = sum_s E[r,s] + m^r (e^r + excluded^r + eps^r) - reshipped^r, reshipped^r = sum_{s != r} m^s Z^sr 1.
    Consumption is inflow and home less reshipped, sum_s m^s Y^sr: that of the footprint, every tonne once.
    By origin sector k: emissions of sector k of any province.
    """
    n = system.shape[1]
    by_sector = np.eye(n)[:, None, :] * system.f[..., None, :, :]
    content = system.solve_transposed(by_sector)  # (..., k, r, i): emissions of sector k in a unit of product i of r
    m, T = content.sum(-3), system.deliveries
    final = np.einsum("...ri,ris->...rs", m, system.Y)
    intermediate = np.einsum("...ri,ris->...rs", m, system.Z_delivered)
    parts = _sent_and_drawn(final, intermediate)
    bought = m[..., None] * T
    return {
        **({"flows_by_product": bought} if by_product else {}),
        "flows_by_origin": np.einsum("...kri,ris->...rks", content, T),
        "flows": bought.sum(-2),
        "D_cba": np.einsum("...ri,ris->...si", m, system.Y),
        "home": _own(final),
        **parts,
        "reshipped": parts["drawn_intermediate"],
        "inventory": np.einsum("...ri,rir->...r", m, system.inventory),
        **{name: (m * demand).sum(-1) for name, demand in system.outside.items()},
    }


METHODS = {"eebt": eebt_flows, "mrio": mrio_flows, "gross": gross_flows}
