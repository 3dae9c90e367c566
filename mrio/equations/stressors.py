"""Emission accounts of any size as arrays: every account from two solves, nothing of size N x N besides Z.

The labelled accounts are :func:`mrio.accounts`; this is the kernel for tables too large to carry labels about,
for many stressors at once, and for draws.  Shapes: K stressors, R regions, n sectors, N = R n.
Source: METHOD eqs 2-4 (definition ``mrio``); by product as in Miller & Blair (2009), ch. 3 and 10.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mrio.algebra.leontief.certificate import Certificate, worst
from mrio.algebra.leontief.system import Leontief
from mrio.algebra.leontief.threads import one_core
from mrio.errors import LeontiefError

#: Memory the stacked matrices of a chunk of draws may take.
CHUNK_BYTES = 64e6
#: Entries of the right-hand sides that are solved for in one call.
GROUP_CELLS = 1_000_000


@dataclass(frozen=True)
class Footprints:
    """Accounts in the unit of F.

    Attributes
    ----------
    X : ndarray (R, n, R)
        Output of every sector that a region's final demand calls for, ``L Y``.
    flows : ndarray (K, R, R)
        Emissions of r for the final demand of s.
    flows_outside : ndarray (K, R, q)
        Emissions of r for exports and other demand outside the regions, one column of `outside` each.
    D_pba, D_exp : ndarray (K, R, n)
        By producing sector: all that these demands cause, and what other regions' final demand causes.
    D_cba : ndarray (K, R, n)
        By consuming region and purchased product.
    imports_by_origin : ndarray (K, R, n)
        By consuming region and emitting sector: emissions in other regions for its final demand.
    flows_by_product : ndarray (K, R, R, n) or None
        Emissions of r for what s buys of product j, from whichever region.
    D_imp : ndarray (K, R, n) or None
        By consuming region and purchased product: emissions in other regions.
    zero_output : ndarray (K, R)
        Emissions of sectors without output, which no demand calls for.
    certificates : tuple of Certificate
        Of the transposed and of the forward solve.
    duality_gap : float
        Largest difference of national totals between the two solves, ``f (L Y)`` and ``(f L) Y``, relative.
    """

    X: np.ndarray
    flows: np.ndarray
    flows_outside: np.ndarray
    D_pba: np.ndarray
    D_exp: np.ndarray
    D_cba: np.ndarray
    imports_by_origin: np.ndarray
    flows_by_product: np.ndarray | None
    D_imp: np.ndarray | None
    zero_output: np.ndarray
    certificates: tuple[Certificate, Certificate]
    duality_gap: float


def footprints(system: Leontief, Y, F, *, outside=None, by_product: bool = True) -> Footprints:
    """Return all accounts of K stressors.

    ``E[k,r,s] = sum_i f[k,r,i] (L Y^s)[r,i]`` and, by product j bought by s,
    ``E[k,r,s,j] = sum_q (f_k^r L)[q,j] Y[q,j,s]`` with f_k^r the intensities of region r alone, zero elsewhere.

    Parameters
    ----------
    system : Leontief
        Its shape (R, n) tells the regions.
    Y : ndarray (R, n, R)
        Final demand by consuming region, categories added up, in the unit of Z.
    F : ndarray (K, R, n)
        Emissions of production.
    outside : ndarray (R, n, q), optional
        Exports, residual and other demand that belongs to no region of the table.
    by_product : bool
        Whether imports and flows by purchased product are wanted: K R right-hand sides more.
    """
    R, n = system.shape
    Y, F = np.asarray(Y, dtype=float), np.asarray(F, dtype=float)
    outside = np.zeros((R, n, 0)) if outside is None else np.asarray(outside, dtype=float)
    f = np.divide(F, system.output, out=np.zeros_like(F), where=system.output > 0)
    if by_product:
        detail, transposed = _flows_by_product(system, f, Y)
        D_cba = detail.sum(1)
    else:
        detail, content = None, system.solve_transposed(f.reshape(-1, R * n)).reshape(-1, R, n)
        D_cba, transposed = np.einsum("kqj,qjs->ksj", content, Y), system.certificate
    called = system.solve(np.concatenate([Y, outside], axis=2).reshape(R * n, -1)).reshape(R, n, -1)
    X, X_outside = called[:, :, :R], called[:, :, R:]
    flows = flows_of(f, X)
    own = np.diagonal(X, axis1=0, axis2=2).T  # (R, n): output for the own region's demand
    abroad = X.copy()
    abroad[np.arange(R), :, np.arange(R)] = 0
    return Footprints(
        X=X,
        flows=flows,
        flows_outside=flows_of(f, X_outside),
        D_pba=f * called.sum(2),
        D_exp=f * (X.sum(2) - own),
        D_cba=D_cba,
        imports_by_origin=np.einsum("kri,ris->ksi", f, abroad, optimize=True),
        flows_by_product=detail,
        D_imp=None if detail is None else np.einsum("krsj,rs->ksj", detail, 1 - np.eye(R)),
        zero_output=np.where(system.output > 0, 0.0, F).sum(2),
        certificates=(transposed, system.certificate),
        duality_gap=_gap(flows.sum((1, 2)), D_cba.sum((1, 2))),
    )


def flows_of(f: np.ndarray, X: np.ndarray) -> np.ndarray:
    """``E[k,r,s] = sum_i f[k,r,i] X[r,i,s]``; k may as well count draws of the intensities, which share one X."""
    return np.matmul(f.transpose(1, 0, 2), X).transpose(1, 0, 2)


def flows_of_tables(Z, x, Y, f) -> np.ndarray:
    """Flows of many small tables, as draws of a perturbed Z give them.

    Parameters
    ----------
    Z : ndarray (D, R, n, R, n)
    x : ndarray (D, R, n)
        Output, positive.
    Y : ndarray (R, n, S) or (D, R, n, S)
    f : ndarray (R, n) or (D, R, n)

    Returns
    -------
    ndarray (D, R, S)

    Raises
    ------
    LeontiefError
        Naming the first draw that is not productive (spectral radius of A not below one, for non-negative Z).
    """
    D, R, n = x.shape
    N = R * n
    Y = np.broadcast_to(Y, (D, *Y.shape[-3:])).reshape(D, N, -1)
    f = np.broadcast_to(f, (D, R, n))
    flows = np.empty((D, R, Y.shape[2]))
    chunk = max(1, int(CHUNK_BYTES // (8 * N * N)))
    with one_core():
        for a in range(0, D, chunk):
            b = min(a + chunk, D)
            W = _outputs(Z[a:b].reshape(b - a, N, N), x[a:b].reshape(b - a, N), Y[a:b], a)
            flows[a:b] = np.matmul(f[a:b, :, None, :], W.reshape(b - a, R, n, -1))[:, :, 0]
    return flows


def _outputs(Z: np.ndarray, x: np.ndarray, Y: np.ndarray, first: int) -> np.ndarray:
    """L Y of a stack of tables; a column x is carried along, as (I - A) w = x has w > 0 only if A is productive."""
    B = Z / -x[:, :, None]
    B[:, np.arange(x.shape[1]), np.arange(x.shape[1])] += 1
    rhs = np.concatenate([Y / x[:, :, None], np.ones((*x.shape, 1))], axis=2)
    try:
        W = np.linalg.solve(B, rhs)
    except np.linalg.LinAlgError:
        raise LeontiefError(f"a table among draws {first} to {first + len(x) - 1} has a singular system.") from None
    bad = ~(W[:, :, -1] > 0).all(1)
    if bad.any():
        raise LeontiefError(
            f"draw {first + int(bad.argmax())} is not productive (spectral radius of A not below one): "
            "narrow the perturbation of Z or rebalance the table after it."
        )
    return W[:, :, :-1] * x[:, :, None]


def _flows_by_product(system: Leontief, f: np.ndarray, Y: np.ndarray) -> tuple[np.ndarray, Certificate]:
    """``E[k,r,s,j] = sum_q (f_k^r L)[q,j] Y[q,j,s]`` for as many stressors at a time as memory is cheap for."""
    K, R, n = f.shape
    E, certificates = np.empty((K, R, R, n)), []
    together = max(1, GROUP_CELLS // (R * R * n))
    for k in range(0, K, together):
        some = f[k : k + together]
        rows = np.zeros((len(some), R, R, n))  # the intensities of each region alone, zero elsewhere
        rows[:, np.arange(R), np.arange(R)] = some
        content = system.solve_transposed(rows.reshape(-1, R * n)).reshape(-1, R, n)
        certificates.append(system.certificate)
        # One small product for every j: (K R, q) by (q, s).
        flows = np.matmul(content.transpose(2, 0, 1), Y.transpose(1, 0, 2))
        E[k : k + together] = flows.transpose(1, 2, 0).reshape(len(some), R, R, n)
    return E, worst(certificates)


def _gap(one: np.ndarray, other: np.ndarray) -> float:
    size = np.maximum(np.abs(one), np.abs(other))
    return float((np.abs(one - other) / np.where(size > 0, size, 1.0)).max(initial=0.0))
