"""What stays uncertain of reconciled rows: the normal distribution that the observations' errors leave.

The rows are the nearest to all observations that meet every identity; with observations drawn anew, by their errors z,
they move by ::

    minimise sum_k (w_k delta / s_k - z_k)^2   subject to  E delta = 0 ,  delta = 0 where certain or at a bound

which is a draw from their distribution given all that is known ("randomise, then optimise").  One factorisation serves
every draw.

Errors are stated as ratios; their size follows from how far observations and identities in fact contradict each other
(the variance factor of an adjustment): where official sums agree, reports are not in doubt and nothing moves.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import scipy.sparse as sp
import scipy.sparse.linalg as spl

from mrio.estimation.observations import Layout, Observations
from mrio.estimation.rows import ACCOUNTS

#: Sums of at most this many cells stand in the quadratic form; the misfit of longer ones is a variable of its own.
SHORT = 2
REGULARISATION = 1e-9
#: Bounds of the reconciliation that run over several accounts of a cell.
JOINT = {
    "demand": {"intermediate": 1.0, "consumption": 1.0, "formation": 1.0, "imports": -1.0},
    "supply": {"exports": 1.0, "inventory": 1.0, "residual": 1.0},
}


@dataclass(frozen=True)
class Posterior:
    """The distribution of rows around their estimate.

    Parameters
    ----------
    weights : sparse (K, cells)
        Observations over their standard errors, for cells in units of `scale`.
    equal : sparse (M, cells)
        Sums of cells that do not move.
    free : boolean array (cells,)
        Cells that can move.
    scale : float
        Size of a cell.
    factor : float
        What the stated errors are multiplied by.
    """

    weights: sp.csr_array
    equal: sp.csr_array
    free: np.ndarray
    scale: float
    factor: float

    @property
    def observations(self) -> int:
        """How many errors a draw takes."""
        return self.weights.shape[0]

    def deviations(self, noise: np.ndarray) -> np.ndarray:
        """Return how far the cells move with errors `noise` (K,), in standard errors; zero noise moves nothing."""
        short, long, _ = self._parts
        right = np.zeros(self._factors.shape[0])
        right[: short.shape[1]] = short.T @ noise[self._short]
        right[len(right) - long.shape[0] :] = noise[~self._short]
        return self._moved(right) * self.factor

    def restored(self, moved: np.ndarray) -> np.ndarray:
        """Return deviations nearest to `moved`, in errors of the observations, that meet every identity again."""
        short, _, equal = self._parts
        right = np.zeros(self._factors.shape[0])
        cells = short.shape[1]
        right[cells : cells + equal.shape[0]] = -(equal @ moved[self.free]) / self.scale
        return moved + self._moved(right)

    def _moved(self, right: np.ndarray) -> np.ndarray:
        moved = np.zeros(len(self.free))
        moved[self.free] = self._factors.solve(right)[: self._parts[0].shape[1]] * self.scale
        return moved

    @cached_property
    def _short(self) -> np.ndarray:
        return np.diff(self.weights.indptr) <= SHORT

    @cached_property
    def _parts(self) -> tuple[sp.csr_array, sp.csr_array, sp.csr_array]:
        """Short and long sums, and identities, over the cells that can move."""
        free = np.flatnonzero(self.free)
        weights, equal = sp.csr_array(self.weights[:, free]), sp.csr_array(self.equal[:, free])
        return weights[self._short], weights[~self._short], equal[np.diff(equal.indptr) > 0]

    @cached_property
    def _factors(self) -> spl.SuperLU:
        short, long, equal = self._parts
        quadratic = short.T @ short + REGULARISATION * sp.eye_array(short.shape[1])
        blocks = [
            [quadratic, equal.T, long.T],
            [equal, -REGULARISATION * sp.eye_array(equal.shape[0]), None],
            [long, None, -sp.eye_array(long.shape[0])],
        ]
        return spl.splu(sp.block_array(blocks, format="csc"), permc_spec="COLAMD", options={"SymmetricMode": True})


def posterior_of(
    layout: Layout, observations: Observations, cells: np.ndarray, certain: np.ndarray, bounds: pd.DataFrame
) -> Posterior:
    """Return the distribution of rows around their estimate.

    Parameters
    ----------
    layout : Layout
    observations : Observations
    cells : array
        The estimate, as :meth:`mrio.estimation.rows.Rows.flat`.
    certain : boolean array
        Cells that do not move.
    bounds : DataFrame
        Cells at a bound: region, sector, bound (an account, one of :data:`JOINT`, or ``users``).
    """
    free, equal = ~np.asarray(certain, dtype=bool), [layout.identities()]
    for name, at in bounds.groupby("bound", sort=True):
        places = layout.positions(at["region"].tolist(), at["sector"].tolist())
        if name in JOINT:
            one = sp.csr_array(layout.each()[places])
            equal.append(layout.of({account: sign * one for account, sign in JOINT[str(name)].items()}))
        else:
            account = "intermediate" if name == "users" else str(name)
            free[ACCOUNTS.index(account) * layout.cells + places] = False
    scale = float(np.abs(cells).mean()) or 1.0
    weights = sp.csr_array(sp.diags_array(scale / observations.error) @ observations.weights)
    every = sp.csr_array(sp.vstack(equal, format="csr"))
    return Posterior(weights, every, free, scale, _variance_factor(observations, cells, every, free))


def _variance_factor(observations: Observations, cells: np.ndarray, equal: sp.csr_array, free: np.ndarray) -> float:
    """Return the root of the sum of squared gaps over what is observed more than once (degrees of freedom)."""
    if not free.any():
        return 0.0
    gaps = (observations.weights @ cells - observations.value) / observations.error
    binding = int((np.diff(sp.csr_array(equal[:, np.flatnonzero(free)]).indptr) > 0).sum())
    spare = len(gaps) - int(free.sum()) + binding
    return float(np.sqrt((gaps @ gaps) / spare)) if spare > 0 else 0.0
