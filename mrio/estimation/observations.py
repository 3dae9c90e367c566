"""Observations: sums of unknown cells of which a value is known, each with a standard error and a source.

Everything the estimate rests on takes this one form: what a province reports, a national total, a physical balance.
An observation says ``weights @ cells = value``, give or take `error`; cells are :meth:`mrio.estimation.rows.Rows.flat`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
import scipy.sparse as sp

from mrio.estimation.rows import ACCOUNTS, SIGNS

#: What stands in place of a region or sector where an observation is a sum over all of them.
ALL = "*"
#: What is told of every observation.
ABOUT = ("evidence", "account", "region", "sector", "source")


@dataclass(frozen=True)
class Layout:
    """Where the cells are: labels of regions and sectors, and sums over them as sparse matrices."""

    regions: Sequence[str]
    sectors: Sequence[str]

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.regions), len(self.sectors)

    @property
    def cells(self) -> int:
        """Cells of one account."""
        return len(self.regions) * len(self.sectors)

    def each(self) -> sp.csr_array:
        """Return the sum that is a single cell, for every cell."""
        return sp.eye_array(self.cells, format="csr")

    def by_sector(self) -> sp.csr_array:
        """Return the sums over regions, one row per sector."""
        return sp.kron(np.ones((1, len(self.regions))), sp.eye_array(len(self.sectors)), format="csr")

    def by_region(self) -> sp.csr_array:
        """Return the sums over sectors, one row per region."""
        return sp.kron(sp.eye_array(len(self.regions)), np.ones((1, len(self.sectors))), format="csr")

    def of(self, sums: Mapping[str, sp.csr_array]) -> sp.csr_array:
        """Return sums of cells of one account as sums of all cells; several accounts are added."""
        empty = sp.csr_array((next(iter(sums.values())).shape[0], self.cells))
        return sp.hstack([sums.get(name, empty) for name in ACCOUNTS], format="csr")

    def identities(self) -> sp.csr_array:
        """Return the sums of cells that do not move: of rows, industries' inputs by region, net trade by product."""
        return sp.vstack(
            [
                self.of({name: sign * self.each() for name, sign in SIGNS.items()}),
                self.of({"intermediate": self.by_region()}),
                self.of({"net_outflow": self.by_sector()}),
            ],
            format="csr",
        )

    def positions(self, regions: Sequence[str], sectors: Sequence[str]) -> np.ndarray:
        """Return where single cells stand among those of one account."""
        r, i = ({label: k for k, label in enumerate(of)} for of in (self.regions, self.sectors))
        pairs = zip(regions, sectors, strict=True)
        return np.array([r[region] * len(self.sectors) + i[sector] for region, sector in pairs], dtype=int)

    def labels(self, weights: sp.csr_array) -> tuple[np.ndarray, np.ndarray]:
        """Return region and sector of every sum of one account, ``*`` where it runs over several."""
        if not weights.shape[0]:
            return np.array([], dtype=object), np.array([], dtype=object)
        starts = weights.indptr[:-1]
        region, sector = weights.indices // len(self.sectors), weights.indices % len(self.sectors)
        return _one_of(region, starts, self.regions), _one_of(sector, starts, self.sectors)


def _one_of(positions: np.ndarray, starts: np.ndarray, labels: Sequence[str]) -> np.ndarray:
    """Return the label that all positions of a run have, ``*`` where they differ."""
    low, high = np.minimum.reduceat(positions, starts), np.maximum.reduceat(positions, starts)
    return np.where(low == high, np.array(labels, dtype=object)[low], ALL)


@dataclass(frozen=True)
class Observations:
    """What is known of sums of cells.

    Parameters
    ----------
    weights : sparse (K, cells)
    value, error : array (K,)
        In the unit of the table; error > 0.
    about : DataFrame
        One row per observation, columns :data:`ABOUT`.
    """

    weights: sp.csr_array
    value: np.ndarray
    error: np.ndarray
    about: pd.DataFrame

    def __len__(self) -> int:
        return len(self.value)

    def gaps(self, cells: np.ndarray) -> pd.DataFrame:
        """Return value, estimate, error and standardised gap of every observation."""
        estimate = self.weights @ cells
        columns = {"value": self.value, "error": self.error, "estimate": estimate}
        return self.about.assign(**columns, gap=(estimate - self.value) / self.error)


class Witness(NamedTuple):
    """Who says so: the name of the piece of evidence, and where its figures are from."""

    evidence: str
    source: str


def observe(
    layout: Layout, account: str, sums: sp.csr_array, value: np.ndarray, error: np.ndarray, witness: Witness
) -> Observations:
    """Return observations of sums of one account; those without an error (not known, or certain) are left out."""
    value, error = np.ravel(value).astype(float), np.ravel(error).astype(float)
    known = np.flatnonzero((error > 0) & np.isfinite(error))
    sums = sums[known]
    region, sector = layout.labels(sums)
    told = {**witness._asdict(), "account": account, "region": region, "sector": sector}
    about = pd.DataFrame(told, columns=list(ABOUT))
    return Observations(layout.of({account: sums}), value[known], error[known], about)


def joined(parts: Sequence[Observations]) -> Observations:
    """Return several lists of observations as one."""
    return Observations(
        sp.vstack([part.weights for part in parts], format="csr"),
        np.concatenate([part.value for part in parts]),
        np.concatenate([part.error for part in parts]),
        pd.concat([part.about for part in parts], ignore_index=True),
    )
