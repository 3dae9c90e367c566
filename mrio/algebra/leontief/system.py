"""Leontief(table) or Leontief(Z, x): the system (I - A) X = Y, solved and certified."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from mrio.algebra.leontief import given, productive
from mrio.algebra.leontief.certificate import Certificate, error_bound, worst
from mrio.algebra.leontief.local import LocalLeontief
from mrio.algebra.leontief.panels import Panels, numbers, scan
from mrio.algebra.leontief.solvers import Found, Solvers
from mrio.algebra.leontief.threads import cores_for, one_core
from mrio.errors import LeontiefError

#: Residual to which the multipliers are solved when only the bound on ||L|| rests on them.
LOOSE = 1e-3


class Leontief:
    """The system ``(I - A) X = Y`` with ``A = Z diag(x)^-1``; no inverse is formed unless asked for.

    Parameters
    ----------
    Z : Table or array
        A balanced table; or intermediate deliveries, (N, N) or (R, n, R, n), in money: an ndarray, a memory
        map (``np.load(..., mmap_mode="r")``), a DataArray still on disk, or anything else that can be sliced.
    x : ndarray (N,) or (R, n), optional
        Output in the unit of Z; taken from the table if one is given.
    method : {"auto", "lu", "krylov"}
        "auto" chooses by the number of sectors and right-hand sides (docs/performance.md).
    right_hand_sides : int
        How many there will be at least, of all solves together: "auto" chooses for so many.
    tolerance : float
        Largest residual ``||Y - (I - A) X|| / ||X||`` a solve may leave.
    regions, sectors : sequence of str, optional
        Labels used in messages; taken from the table if one is given.

    Attributes
    ----------
    shape : (R, n)
    output : ndarray (R, n)
    A_column_sums : ndarray (N,)
        Inputs from all regions bought per unit of output.
    zero_output : list of str
        Sectors with no output, no purchases and no deliveries; their column of A is zero.
    negative_cells : int
        Cells of Z below zero.
    certificate : Certificate or None
        What is known about the last solve.

    Raises
    ------
    LeontiefError
        On making it: a cell that is not a finite number, negative output, a sector without output that buys or
        delivers.  On solving: a system that is not productive, or was not solved to tolerance.  On both: labels that do
        not stand in the order of the rows of Z.

    Examples
    --------
    Miller & Blair (2009), section 2.3: an economy of two sectors meets a final demand of 600 and 1500.

    >>> system = Leontief([[150, 500], [200, 100]], [1000, 2000])
    >>> system.solve([600, 1500]).round(1).tolist(), system.error_bound < 1e-12
    ([1247.5, 1841.6], True)
    """

    def __init__(
        self, Z: Any, x: ArrayLike | None = None, *, method: str = "auto", tolerance: float = 1e-12,
        right_hand_sides: int = 1, regions: Sequence[str] | None = None, sectors: Sequence[str] | None = None,
    ) -> None:  # fmt: skip
        names = given.names_along(Z, 0)
        Z, x, regions, sectors = given.system_parts(Z, x, regions, sectors)
        self._regions, self._sectors = regions, sectors
        self._names = list(product(regions, sectors)) if regions and sectors else names
        self.shape = given.system_shape(Z, x)
        self.output = x.reshape(self.shape)
        self._x = given.checked_output(x.ravel(), self.name)
        N = self._x.size
        panels = Panels.of(Z, self.shape, height=int(np.clip(N // 20, 256, 512)))
        with one_core():  # a thread of BLAS goes on turning a while after a product, on a core that LAPACK needs
            sums = scan(panels, x.ravel(), self.name)
        self.zero_output = [self.name(i) for i in np.flatnonzero(x.ravel() == 0).tolist()]
        self.negative_cells = sums.negative
        self.A_column_sums = sums.column_sums / self._x
        self._absolute_sums = sums.absolute_sums / self._x
        self._panels = panels
        self.tolerance = tolerance
        self._solvers = Solvers(panels, self._x, method, right_hand_sides)
        self._norm_L = productive.from_column_sums(self._absolute_sums)
        self.certificate: Certificate | None = None

    def solve(self, Y: ArrayLike) -> np.ndarray:
        """Return X = L Y: the output that final demand Y calls for.

        Parameters
        ----------
        Y : ndarray (N,) or (N, k)
            In the unit of Z. All columns at once are far cheaper than one by one.
        """
        Y = self._checked(Y, axis=0)
        with cores_for(len(Y)):
            rows = np.ascontiguousarray(Y.reshape(len(Y), -1).T)
            return self._solved(rows, transposed=False).T.reshape(Y.shape)

    def solve_transposed(self, f: ArrayLike) -> np.ndarray:
        """Return m = f L: what a unit of final demand of each product draws in, directly and indirectly.

        Parameters
        ----------
        f : ndarray (N,) or (K, N)
            Intensities per unit of output, one stressor per row.
        """
        f = self._checked(f, axis=-1)
        with cores_for(f.shape[-1]):
            return self._solved(f.reshape(-1, f.shape[-1]), transposed=True).reshape(f.shape)

    def inverse(self) -> np.ndarray:
        """Return L, all N x N of it.  No account needs it: solve for what you want instead."""
        return self.solve(np.eye(self._x.size))

    def local(self) -> LocalLeontief:
        """Return the provinces' own systems, ``(I - A^rr) X^r = Y^r``."""
        R, n = self.shape
        blocks = np.stack([self._panels.rows(i, i + n)[:, i : i + n] for i in range(0, R * n, n)])
        return LocalLeontief(blocks, self._x.reshape(R, n))

    def spectral_radius(self) -> float:
        """Return the largest modulus of the eigenvalues of A, by some tens of products with single vectors."""
        return self._perron()[0]

    @property
    def error_bound(self) -> float:
        """Relative error bound of the last solve (see :attr:`certificate`)."""
        if self.certificate is None:
            raise LeontiefError("there is no error bound before the first solve: call solve first.")
        return self.certificate.bound

    def name(self, index: int) -> str:
        """Return the label of row or column `index`: region and sector if labels are known."""
        if self._regions is None or self._sectors is None:
            return f"sector {index}"
        region, sector = divmod(int(index), len(self._sectors))
        return f"{self._regions[region]} {self._sectors[sector]}"

    def _checked(self, asked: ArrayLike, axis: int) -> np.ndarray:
        along = given.names_along(asked, 1 if axis == -1 and getattr(asked, "ndim", 1) == 2 else 0)
        given.same_order("right-hand sides", along, self._names)
        values = numbers(asked, "the right-hand side")
        N = self._x.size
        if values.ndim not in (1, 2) or values.shape[axis] != N:
            raise LeontiefError(
                f"the right-hand side has shape {values.shape}, expected {N} "
                f"{'rows' if axis == 0 else 'columns'}: reshape (region, sector) to one axis first."
            )
        if not np.isfinite(values).all():
            place = np.argwhere(~np.isfinite(values))[0]
            raise LeontiefError(
                f"the right-hand side holds {values[tuple(place)]} at {self.name(place[axis])}, "
                "where a finite number was expected."
            )
        return values

    def _solved(self, rows: np.ndarray, transposed: bool) -> np.ndarray:
        """Solve batch by batch; all that is returned is certified."""
        if self._norm_L is None and not transposed:
            self._norm_L = self._prove(self._solvers.solve(np.ones((1, self._x.size)), True, LOOSE, len(rows)))
        solutions, certificates = np.empty(rows.shape), []
        start = 0
        for part in np.array_split(rows, -(-len(rows) // self._solvers.batch(len(rows))) or 1):
            solutions[start : start + len(part)], certificate = self._batch(part, transposed, len(rows))
            certificates.append(certificate)
            start += len(part)
        self.certificate = worst(certificates)
        return solutions

    def _batch(self, rows: np.ndarray, transposed: bool, in_all: int) -> tuple[np.ndarray, Certificate]:
        """Solve, prove productive if need be by carrying the output multipliers 1 L along, and certify.

        The batch is one of several that make up `in_all` right-hand sides.
        """
        carry, wanted = self._norm_L is None, len(rows)
        if carry:
            rows = np.vstack([rows, np.ones(self._x.size)])
        found = self._solvers.solve(rows, transposed, self.tolerance, in_all)
        norm_L = self._norm_L = self._norm_L or self._prove(found)
        if not found.converged:
            raise LeontiefError(
                f"the system was solved to a relative residual of {found.residual_size:.1e} only, short of the "
                f"tolerance {self.tolerance:.0e}: loosen the tolerance or look for nearly unproductive sectors."
            )
        certificate = Certificate(
            equation="f L" if transposed else "L Y",
            method=found.method,
            products=found.products,
            residual=found.residual_size,
            bound=error_bound(found.residual, found.solution, rows, self._absolute_sums, norm_L.value, transposed),
            rigorous=norm_L.rigorous,
            norm_L=norm_L.value,
        )
        return (found.solution + found.residual)[:wanted], certificate

    def _prove(self, found: Found) -> productive.NormBound:
        """Bound ``||L||_1`` by the multipliers in the last row found, or refuse a system that is not productive."""
        u = found.solution[-1]
        slack = 1 - found.residual[-1]
        if self.negative_cells:
            slack = slack - 2 * sum(u[i:j] @ np.maximum(-Z, 0) for i, j, Z in self._panels) / self._x
        if (bound := productive.from_multipliers(u, slack)) is not None:
            return bound
        radius, weight = self._perron()
        if radius < 1:
            return productive.NormBound(float(np.abs(u).max()), rigorous=False)
        worst = [j for j in np.argsort(-weight)[:3] if weight[j] > 0.01]
        named = ", ".join(f"{self.name(j)} (buys {self.A_column_sums[j]:.3g} per unit made)" for j in worst)
        raise LeontiefError(
            f"the system is not productive: the spectral radius of A is {radius:.4g}, not below one, because of the "
            f"columns {named}: check their inputs against their output."
        )

    def _perron(self) -> tuple[float, np.ndarray]:
        def product(v: np.ndarray) -> np.ndarray:
            return np.concatenate([Z @ (v / self._x) for _, _, Z in self._panels])

        def transposed_product(v: np.ndarray) -> np.ndarray:
            return sum(v[i:j] @ Z for i, j, Z in self._panels) / self._x

        return productive.perron(product, transposed_product, self._x.size)
