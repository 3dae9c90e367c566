"""The three definitions of the embodied flow E[r, s], as pure functions of arrays.

Each returns the flows by origin sector and by product, and how each province's production and consumption divide.
Shapes: Z (R, n, R, n), Y (R, n, R, C), everything by province-sector (R, n); emissions in Mt, money in the table's
unit.  L is the full inverse, L^rr the inverse of the province's own block, f = F / x the direct intensity.
Source: METHOD eqs 2-5.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mrio.algebra.leontief.local import LocalLeontief
from mrio.algebra.leontief.system import Leontief


@dataclass(frozen=True)
class System:
    """The arrays of one table and its solvers, made once and shared by the definitions."""

    Z_delivered: np.ndarray  # (R, n, R): intermediate deliveries of product i of r to all industries of s
    Y: np.ndarray  # (R, n, R): final demand of s, categories added up
    inventory: np.ndarray  # (R, n, R): the inventory category alone, a part of Y
    outside: dict[str, np.ndarray]  # exports, excluded, residual: (R, n) each
    f: np.ndarray  # (R, n) direct intensity, zero where output is zero
    full: Leontief
    local: LocalLeontief

    @property
    def shape(self) -> tuple[int, int]:
        return self.f.shape

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
        """Return f L for intensities (k, R, n): the content of a unit of each product, same shape."""
        R, n = self.shape
        return self.full.solve_transposed(intensities.reshape(-1, R * n)).reshape(intensities.shape)

    def local_multipliers(self) -> np.ndarray:
        """Return f^r L^rr, (R, n): emissions of province r in a unit of its product, own supply chain only."""
        return self.local.solve_transposed(self.f)


def _off_diagonal_sums(E: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return (row sums, column sums) of E (R, R) without its diagonal."""
    off = E - np.diag(np.diag(E))
    return off.sum(1), off.sum(0)


def eebt_flows(system: System) -> dict[str, np.ndarray]:
    """Emissions embodied in bilateral trade (the study's reading): E[r,s] = f^r L^rr (Z^rs 1 + Y^rs).

    E[r,r] = f^r L^rr Y^rr.  By product i: (f^r L^rr)_i T_i^rs; by origin sector k: f_k (L^rr T^rs)_k.
    P^r = sum_s E[r,s] + f^r L^rr (e^r + excluded^r + eps^r).
    """
    m = system.local_multipliers()
    T = system.deliveries
    final = np.einsum("ri,ris->rs", m, system.Y)
    intermediate = np.einsum("ri,ris->rs", m, system.Z_delivered)
    sent_final, drawn_final = _off_diagonal_sums(final)
    sent_intermediate, drawn_intermediate = _off_diagonal_sums(intermediate)
    return {
        "flows_by_product": m[:, :, None] * T,
        "flows_by_origin": system.f[:, :, None] * system.local.solve(T),
        "home": np.diag(final).copy(),
        "sent_intermediate": sent_intermediate,
        "sent_final": sent_final,
        "drawn_intermediate": drawn_intermediate,
        "drawn_final": drawn_final,
        "inventory": np.einsum("ri,rir->r", m, system.inventory),
        **{name: (m * demand).sum(1) for name, demand in system.outside.items()},
    }


def mrio_flows(system: System) -> dict[str, np.ndarray]:
    """Footprint: E[r,s] = sum_i f[r,i] (L Y^s)[r,i]; final demand drives, the full inverse carries.

    By product: emissions of r in what s buys of product j from any province.  The final part of what r sends is
    f^r L^rr Y^rs, its intermediate part the rest, so that a chain through a third province counts as intermediate.
    P^r = sum_s E[r,s] + f^r [L (e + excluded + eps)]^r.
    """
    R, n = system.shape
    flows_by_origin = system.f[:, :, None] * system.solve(system.Y)
    by_province = np.zeros((R, R, n))
    by_province[np.arange(R), np.arange(R)] = system.f
    content = system.solve_transposed(by_province)  # (r, q, j): emissions of r in a unit of product j of q
    E = flows_by_origin.sum(1)
    sent_final, drawn_final = _off_diagonal_sums(np.einsum("ri,ris->rs", system.local_multipliers(), system.Y))
    sent, drawn = _off_diagonal_sums(E)
    outside = np.stack(list(system.outside.values()), axis=-1)
    driven = (system.f[:, :, None] * system.solve(outside)).sum(1)
    return {
        "flows_by_product": np.einsum("rqj,qjs->rjs", content, system.Y),
        "flows_by_origin": flows_by_origin,
        "home": np.diag(E).copy(),
        "sent_intermediate": sent - sent_final,
        "sent_final": sent_final,
        "drawn_intermediate": drawn - drawn_final,
        "drawn_final": drawn_final,
        "inventory": np.einsum("qj,qjs->s", content.sum(0), system.inventory),
        **dict(zip(system.outside, driven.T, strict=True)),
    }


def gross_flows(system: System) -> dict[str, np.ndarray]:
    """Content of gross trade, by province of last shipment: E[r,s] = m^r (Z^rs 1 + Y^rs), m = f L; E[r,r] = m^r Y^rr.

    What a province ships holds others' emissions too, so production is the row less what came in with inputs:
    P^r = sum_s E[r,s] + m^r (e^r + excluded^r + eps^r) - reshipped^r, reshipped^r = sum_{s != r} m^s Z^sr 1.
    Consumption is inflow and home less reshipped, sum_s m^s Y^sr: that of the footprint, every tonne once.
    By origin sector k: emissions of sector k of any province.
    """
    n = system.shape[1]
    by_sector = np.eye(n)[:, None, :] * system.f[None, :, :]
    content = system.solve_transposed(by_sector)  # (k, r, i): emissions of sector k in a unit of product i of r
    m, T = content.sum(0), system.deliveries
    final = np.einsum("ri,ris->rs", m, system.Y)
    intermediate = np.einsum("ri,ris->rs", m, system.Z_delivered)
    sent_final, drawn_final = _off_diagonal_sums(final)
    sent_intermediate, drawn_intermediate = _off_diagonal_sums(intermediate)
    return {
        "flows_by_product": m[:, :, None] * T,
        "flows_by_origin": np.einsum("kri,ris->rks", content, T),
        "D_cba": np.einsum("ri,ris->si", m, system.Y),
        "home": np.diag(final).copy(),
        "sent_intermediate": sent_intermediate,
        "sent_final": sent_final,
        "drawn_intermediate": drawn_intermediate,
        "drawn_final": drawn_final,
        "reshipped": drawn_intermediate,
        "inventory": np.einsum("ri,rir->r", m, system.inventory),
        **{name: (m * demand).sum(1) for name, demand in system.outside.items()},
    }


METHODS = {"eebt": eebt_flows, "mrio": mrio_flows, "gross": gross_flows}
