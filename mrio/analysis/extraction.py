"""Hypothetical extraction: every province's accounts without a province, a sector, or a sector of a province."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr

from mrio.algebra.leontief import Leontief
from mrio.analysis.factors import OUTSIDE
from mrio.errors import ConfigError, LabelError, did_you_mean
from mrio.table.interregional import Table

QUANTITIES = ("production", "consumption", "exports", "net_transfer")


@dataclass(frozen=True)
class Whole:
    """The economy before anything is taken out: solved once, shared by all extractions.

    Attributes
    ----------
    demand, output : ndarray (N, K)
        d^s and L d^s of every destination s: the R provinces and exports, excluded regions, residual.
    f, m : ndarray (N,)
        Direct intensity, and its content m = f L.
    """

    table: Table
    system: Leontief
    demand: np.ndarray
    output: np.ndarray
    f: np.ndarray
    m: np.ndarray
    unit: str

    @classmethod
    def of(cls, table: Table, F: xr.DataArray) -> Whole:
        """Return the economy of a table and its direct emissions F (region, sector)."""
        x = table.output.values.reshape(-1)
        F_values = F.transpose("region", "sector").sel(region=table.regions, sector=table.sectors).values.reshape(-1)
        f = np.divide(F_values, x, out=np.zeros_like(x), where=x > 0)
        outside = [table.data[name].values.reshape(-1, 1) for name in OUTSIDE.values()]
        demand = np.hstack([table.Y.values.sum(3).reshape(x.size, -1), *outside])
        system = Leontief(table)
        return cls(table, system, demand, system.solve(demand), f, system.solve_transposed(f), F.attrs["unit"])


def extract(whole: Whole, regions: Sequence[str] = (), sectors: Sequence[str] = ()) -> xr.Dataset:
    """Return every province's accounts before and after a complete extraction (`mrio` definition).

    Of provinces: their industries and their final demand are gone.  Of sectors: the sectors of every province.  Of
    both: those sectors of those provinces.  With K the extracted and o the others, x_o' = (I - A_oo)^-1 d_o, which is
    x' = x - L_K delta with L_KK delta = x_K: no second system is factored.  Technology of the others stays.

    Parameters
    ----------
    whole : Whole
    regions, sectors : sequences of labels

    Returns
    -------
    Dataset
        ``flows`` (state, region, destination) and :data:`QUANTITIES` (state, region), states ``before`` and ``after``,
        in the unit of F; what sectors without output emit is driven by nobody and left out.  ``imported``
        (destination): emissions of the imports that take the place of what was extracted, if others import it instead,
        made abroad by the same technology: m_K delta.  With them nothing is saved: f x' + m_K delta = m d.

    Raises
    ------
    ConfigError
        If nothing is named.
    LabelError
        If a province or sector is not in the table.

    Notes
    -----
    Source: Dietzenbacher, van der Linden & Steenge (1993), Economic Systems Research 5(2); Miller & Blair (2009),
    section 12.2.6.
    """
    table = whole.table
    R, n = table.output.shape
    gone = np.zeros((R, n), bool)
    gone[np.ix_(_places(regions, table.regions, "province"), _places(sectors, table.sectors, "sector"))] = True
    if not regions and not sectors:
        raise ConfigError("nothing is named to be extracted; name provinces, sectors or both.")
    left = np.ones(whole.demand.shape[1])
    if not sectors:
        left[_places(regions, table.regions, "province")] = 0.0
    after, delta = without(whole, np.flatnonzero(gone), left)
    imported = whole.m[gone.reshape(-1)] @ delta
    return _dataset(whole, after, imported)


def without(whole: Whole, K: np.ndarray, left: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return output by destination (N, k) without the nodes K, and delta (|K|, k), what was bought of them meanwhile.

    Parameters
    ----------
    K : ndarray of int
    left : ndarray (k,)
        1 for a destination whose demand stays, 0 for one that is gone.
    """
    columns = np.zeros((len(whole.f), len(K)))
    columns[K, np.arange(len(K))] = 1.0
    L_K = whole.system.solve(columns)
    output = whole.output * left
    delta = np.linalg.solve(L_K[K], output[K])
    after = output - L_K @ delta
    after[K] = 0.0  # as the equation says; rounding left 1e-16
    return after, delta


def cell_losses(whole: Whole) -> xr.DataArray:
    """Return how much less is emitted in each province without one sector of one province: all of them.

    The loss of province r without k is (f^r L)_k x_k / L_kk, so it takes L's columns, a province at a time.

    Returns
    -------
    DataArray (of_region, of_sector, region)
        In the unit of F, at least 0 where no cell is negative.
    """
    table = whole.table
    R, n = table.output.shape
    x, f = whole.output.sum(1), whole.f.reshape(R, n)
    lost = np.empty((R, n, R))
    for q in range(R):
        K = np.arange(q * n, (q + 1) * n)
        columns = np.zeros((R * n, n))
        columns[K, np.arange(n)] = 1.0
        L_K = whole.system.solve(columns)
        content = np.einsum("ri,rik->kr", f, L_K.reshape(R, n, n))
        lost[q] = content * (x[K] / np.diag(L_K[K]))[:, None]
    coords = {"of_region": table.regions, "of_sector": table.sectors, "region": table.regions}
    return xr.DataArray(lost, coords, tuple(coords), attrs={"unit": whole.unit})


def _places(names: Sequence[str], known: Sequence[str], what: str) -> list[int]:
    """Return the places of labels; all of them where none is named."""
    for name in names:
        if name not in known:
            raise LabelError(
                f"{what} {name!r} cannot be extracted: the table does not have it{did_you_mean(name, known)}."
            )
    return [known.index(name) for name in names] if names else list(range(len(known)))


def _dataset(whole: Whole, after: np.ndarray, imported: np.ndarray) -> xr.Dataset:
    table = whole.table
    R, n = table.output.shape
    coords = {"state": ["before", "after"], "region": table.regions, "destination": [*table.regions, *OUTSIDE]}
    flows = np.stack([(whole.f[:, None] * X).reshape(R, n, -1).sum(1) for X in (whole.output, after)])
    between = flows[:, :, :R]
    sent, drawn = between.sum(2), between.sum(1)
    by_region = {
        "production": flows.sum(2),
        "consumption": drawn,
        "exports": flows[:, :, R],
        "net_transfer": drawn - sent,
    }
    unit = {"unit": whole.unit}
    data = {"flows": (tuple(coords), flows, unit), "imported": (("destination",), imported, unit)}
    data |= {name: (("state", "region"), values, unit) for name, values in by_region.items()}
    return xr.Dataset(data, coords, {**unit, "year": table.year, "scheme": table.scheme})
