"""Backward and forward linkages of every province-sector, in output and in carbon, and which sectors are key."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import xarray as xr

from mrio.algebra.leontief import Leontief
from mrio.table.interregional import Table

#: Of a sector, by whether its carbon linkages are above the mean of all: (backward, forward) -> kind.
KINDS: Mapping[tuple[bool, bool], str] = {
    (True, True): "key",
    (True, False): "backward",
    (False, True): "forward",
    (False, False): "weak",
}
#: Output below this part of all output is what sums of the table were rounded by, and counts as none.
ROUNDING = 1e-12


def sector_linkages(table: Table, F: xr.DataArray) -> xr.Dataset:
    """Return the linkages of every province-sector.

    backward_j = sum_i L_ij: output drawn by a unit of final demand for j.  forward_i = sum_j G_ij, with the Ghosh
    inverse G = x^-1 L x: output enabled by a unit of primary input of i.  In carbon: sum_i f_i L_ij (emissions drawn)
    and sum_j G_ij f_j (emissions enabled downstream).  No inverse is formed: 1 L, f L, L x and L F are solves.

    Parameters
    ----------
    table : Table
    F : DataArray (region, sector)

    Returns
    -------
    Dataset (region, sector)
        ``backward``, ``forward`` (a number); ``carbon_backward``, ``carbon_forward`` (unit of F per unit of money);
        each with ``<name>_index``, over the mean of all sectors with output (1 = average); ``kind`` of :data:`KINDS`
        by the two carbon indices.  A sector without output (:data:`ROUNDING`) draws and enables itself alone, emits
        nothing per unit and is ``"none"``.

    Notes
    -----
    Ghosh's reading of forward linkages takes supply as what drives: sales shares stay, technology adjusts; it describes
    how far a sector's sales reach, it is no forecast.  Source: Rasmussen (1956); Ghosh (1958), Economica 25; Miller &
    Blair (2009), sections 12.1-12.2.
    """
    x = table.output.values
    F_values = F.transpose("region", "sector").sel(region=table.regions, sector=table.sectors).values
    has_output = x > ROUNDING * x.sum()
    size = np.where(has_output, x, 1.0)  # without output L's row and column are those of the identity
    f = np.where(has_output, F_values, 0.0) / size
    system = Leontief(table)
    backward, carbon_backward = system.solve_transposed(np.stack([np.ones(x.size), f.reshape(-1)]))
    drawn = system.solve(np.stack([size.reshape(-1), (f * size).reshape(-1)], axis=1))
    forward, carbon_forward = (drawn / size.reshape(-1, 1)).T
    values = {"backward": backward, "forward": forward, "carbon_backward": carbon_backward,
              "carbon_forward": carbon_forward}  # fmt: skip
    per_money = f"{F.attrs['unit']} per {table.unit}"
    coords = {"region": table.regions, "sector": table.sectors}
    data = xr.Dataset(coords=coords, attrs={"year": table.year, "scheme": table.scheme})
    for name, value in values.items():
        of = np.where(has_output, value.reshape(x.shape), 0.0 if name.startswith("carbon") else 1.0)
        data[name] = (tuple(coords), of, {"unit": per_money if name.startswith("carbon") else "1"})
        data[f"{name}_index"] = (tuple(coords), _over_mean(of, has_output), {"unit": "1"})
    return data.assign(kind=(tuple(coords), _kinds(data, has_output)))


def _over_mean(values: np.ndarray, counted: np.ndarray) -> np.ndarray:
    mean = values[counted].mean() if counted.any() else 0.0
    return values / mean if mean else np.zeros_like(values)


def _kinds(data: xr.Dataset, has_output: np.ndarray) -> np.ndarray:
    above = [data[f"carbon_{name}_index"].values > 1 for name in ("backward", "forward")]
    kinds = np.full(has_output.shape, "none", dtype="<U8")
    for (backward, forward), kind in KINDS.items():
        kinds[has_output & (above[0] == backward) & (above[1] == forward)] = kind
    return kinds
