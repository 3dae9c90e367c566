"""Why results changed between two years: the structural decomposition of embodied emissions (METHOD eqs 4 and 5).

Both years are taken apart into intensity, technology, trade structure, final-demand mix, volume (per head) and
population (:mod:`mrio.analysis.factors`), the flows of every mixture are those of the footprint or of bilateral trade
(:mod:`mrio.analysis.mixtures`), and the change is attributed by Shapley values, beside the two polar forms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
import xarray as xr

from mrio import labels
from mrio.analysis.attribution import polar_forms, shapley
from mrio.analysis.factors import OUTSIDE, split_pair, without_output
from mrio.analysis.mixtures import MIXTURES
from mrio.errors import BalanceError, ConfigError, LabelError, did_you_mean
from mrio.table.interregional import Table
from mrio.table.sums import sum_groups

FACTORS = ("intensity", "technology", "trade", "mix", "volume", "population")
Definition = Literal["mrio", "eebt"]
FORMS = ("shapley", "polar_forward", "polar_backward")
#: Largest gap between the terms and the change, relative to the sizes of both ends and all terms.
TOLERANCE = 1e-10
#: Sectors in which vintages of the official classification meet unless another scheme is named.
COMMON_SCHEME = "30"


@dataclass(frozen=True)
class Observation:
    """One year: its table, direct emissions F (region, sector), and population (region) where it is known."""

    table: Table
    F: xr.DataArray
    population: xr.DataArray | None = None


def decompose(first: Observation, last: Observation, method: Definition = "mrio") -> xr.Dataset:
    """Return what each factor did to every embodied flow between two observations with the same labels and unit.

    Parameters
    ----------
    first, last : Observation
        Brought to common labels by :func:`comparable`.
    method : {"mrio", "eebt"}
        Definition of the embodied flow, as in :func:`mrio.equations.flows.accounts`.

    Returns
    -------
    Dataset
        ``terms`` (form, factor, region, sector, destination) and ``values`` (end, region, sector, destination), in the
        unit of F.  Destinations are the provinces, ``exports``, ``excluded``, ``residual`` and ``zero_output``.
        Without population at both ends, ``volume`` is that of the province and there is no factor ``population``.
        Emissions of sectors without output count as intensity.

    Raises
    ------
    ConfigError
        If the definition is unknown, or ``gross``, whose flows hold tonnes more than once.
    LabelError
        If the two do not have the same labels or units.
    BalanceError
        If the terms miss the change by more than 1e-10 of the ends and terms.
    """
    if method not in MIXTURES:
        known = " or ".join(map(repr, MIXTURES))
        raise ConfigError(f"method is {method!r}{did_you_mean(method, MIXTURES)}, expected {known} in a decomposition.")
    _refuse_unlike(first, last)
    heads = None
    if first.population is not None and last.population is not None:
        regions = first.table.regions
        heads = (first.population.sel(region=regions).values, last.population.sel(region=regions).values)
    names = FACTORS if heads is not None else FACTORS[:-1]
    pair = split_pair((first.table, last.table), (_aligned(first), _aligned(last)), heads)
    cube = MIXTURES[method](*pair)[(slice(None),) * len(names) + (0,) * (len(FACTORS) - len(names))]
    idle = [without_output(one.table, one.F.transpose("region", "sector")) for one in (first, last)]
    cube = np.concatenate([cube, _idle_cube(idle, len(names))], axis=-1)
    terms = np.concatenate([shapley(cube, len(names))[None], polar_forms(cube, len(names))])
    values = np.stack([cube[(k,) * len(names)] for k in (0, 1)])
    made = _dataset(first, last, names, terms, values).assign_attrs(definition=method)
    assert_adds_up(made)
    return made


def _idle_cube(idle: Sequence[np.ndarray], count: int) -> np.ndarray:
    """Return the emissions without output as one more destination, moved by intensity alone."""
    ends = np.stack(idle)[..., None]
    return np.broadcast_to(ends.reshape(2, *(1,) * (count - 1), *ends.shape[1:]), (2,) * count + ends.shape[1:])


def _aligned(one: Observation) -> np.ndarray:
    return one.F.transpose("region", "sector").sel(region=one.table.regions, sector=one.table.sectors).values


def _refuse_unlike(first: Observation, last: Observation) -> None:
    for name in ("regions", "sectors", "categories", "unit"):
        left, right = getattr(first.table, name), getattr(last.table, name)
        if left != right:
            years = f"{first.table.year} and {last.table.year}"
            raise LabelError(f"the tables of {years} differ in their {name}; bring them together with comparable().")
    if first.F.attrs.get("unit") != last.F.attrs.get("unit"):
        found = f"{first.F.attrs.get('unit')!r} and {last.F.attrs.get('unit')!r}"
        raise LabelError(f"emissions of the two years are in {found}, expected one unit.")


def _dataset(
    first: Observation, last: Observation, names: Sequence[str], terms: np.ndarray, values: np.ndarray
) -> xr.Dataset:
    places = ("region", "sector", "destination")
    regions = first.table.regions
    coords = {"form": list(FORMS), "factor": list(names), "end": ["start", "end"], "region": regions,
              "sector": first.table.sectors, "destination": [*regions, *OUTSIDE, "zero_output"]}  # fmt: skip
    unit = {"unit": first.F.attrs["unit"]}
    attrs = {**unit, "from": first.table.year, "to": last.table.year, "scheme": first.table.scheme}
    attrs["prices"] = first.table.data.attrs.get("prices", "current")
    return xr.Dataset(
        {"terms": (("form", "factor", *places), terms, unit), "values": (("end", *places), values, unit)}, coords, attrs
    )


def assert_adds_up(made: xr.Dataset) -> None:
    """Refuse terms that miss the change of a flow by more than 1e-10 of its ends and terms; accounts are their sums.

    Raises
    ------
    BalanceError
        Naming the emitting province, the destination and what is missing.
    """
    start, end = made["values"].values.sum(2)
    terms = made["terms"].values.sum(3)
    gap = np.abs(terms.sum(1) - (end - start)).max(0)
    excess = gap - TOLERANCE * (np.abs(start) + np.abs(end) + np.abs(terms).sum(1).max(0))
    if not (excess <= 0).all():
        r, k = np.unravel_index(np.argmax(excess), excess.shape)
        place = f"{made['region'].values[r]} for {made['destination'].values[k]}"
        raise BalanceError(
            f"the factors of emissions in {place} miss their change by {gap[r, k]:.3g} {made.attrs['unit']}, "
            "expected 0: the system is too close to unproductive for this decomposition."
        )


def comparable(observations: Sequence[Observation], scheme: str | None = None) -> list[Observation]:
    """Return the observations with common sectors, provinces and unit, so that they can be decomposed.

    Parameters
    ----------
    observations : sequence of Observation
        In the order of their years.
    scheme : str, optional
        Sector scheme to meet in (``six``, ``30``).  Default: that of the tables if all share one, else
        :data:`COMMON_SCHEME`.  Added up before computing, so results are those of the common scheme.

    Notes
    -----
    Provinces that one table lacks are dropped from the others; flows to and from them go to ``excluded``.
    """
    if len(observations) < 2:
        raise ConfigError("a change needs two years at least; name another year.")
    schemes = {one.table.scheme for one in observations}
    scheme = scheme or (schemes.pop() if len(schemes) == 1 else COMMON_SCHEME)
    shared = set.intersection(*(set(one.table.regions) for one in observations))
    order = [region for region in observations[0].table.regions if region in shared]
    return [_brought_to(one, scheme, order, observations[0].table.unit) for one in observations]


def _brought_to(one: Observation, scheme: str, order: Sequence[str], unit: str) -> Observation:
    table, F = one.table, one.F
    if table.unit != unit:
        raise LabelError(f"the table of {table.year} is in {table.unit!r}, the first in {unit!r}; convert one of them.")
    if table.scheme != scheme:
        groups = labels.partition(table.sectors, labels.concordance(table.scheme, scheme))
        table = table.aggregate(sectors=scheme)
        F = sum_groups(F.to_dataset(name="F"), ("sector",), groups, table.sectors)["F"].assign_attrs(scheme=scheme)
    table = table.drop_regions([name for name in table.regions if name not in set(order)]).reorder(regions=order)
    population = None if one.population is None else one.population.sel(region=list(order))
    return Observation(table, F.sel(region=list(order)), population)


def chained(observations: Sequence[Observation], method: Definition = "mrio") -> list[xr.Dataset]:
    """Return the decomposition of every step of a chain of years; the steps' terms add up to the whole change."""
    return [decompose(first, last, method) for first, last in pairwise(observations)]
