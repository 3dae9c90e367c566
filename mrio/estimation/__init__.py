"""Estimation: official provincial tables -> a balanced interprovincial table (METHOD, "An MRIO table from ...").

The steps, one file each: transit out (:mod:`.transit`), outflow and inflow reconciled (:mod:`.reconcile`), uses
rebalanced (:mod:`.uses`), flows from a gravity prior (:mod:`.gravity`), uses split by origin (:mod:`.split`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr

from ..provincial import ProvincialTables
from ..table import Table
from .gravity import flows, gravity_weights
from .margins import Margins, margins
from .options import EstimatorOptions
from .reconcile import reconcile
from .split import split_by_origin
from .transit import Removed, remove_transit
from .uses import rebalance_uses

__all__ = ["Estimate", "EstimatorOptions", "estimate", "estimate_table"]


@dataclass(frozen=True)
class Estimate:
    """A table and the account of how it came about.

    Parameters
    ----------
    table : Table
    account : xarray.Dataset
        (region, sector), in the unit of the table: margins as ``reported_*`` and as ``used_*`` (uses, outflow, inflow,
        residual, exports, imports), and what was taken out: ``re_exports``, ``exports_gathered``,
        ``imports_passed_on``, ``transit``.
    """

    table: Table
    account: xr.Dataset


def estimate_table(prov: ProvincialTables, distances: xr.DataArray | None = None, **options) -> Table:
    """Return the interregional table estimated from provincial tables.

    Parameters
    ----------
    prov : ProvincialTables
    distances : DataArray (region, to_region), optional
        km; without it every origin is equally near.
    **options
        Fields of :class:`EstimatorOptions`.

    Returns
    -------
    Table
        Row and column identities exact; output and value added as in `prov`.

    Raises
    ------
    EstimationError, LabelError, BalanceError, ConfigError
    """
    return estimate(prov, distances, EstimatorOptions.from_mapping(options)).table


def estimate(
    prov: ProvincialTables, distances: xr.DataArray | None = None, options: EstimatorOptions | None = None
) -> Estimate:
    """Return the estimated table with its account (see :func:`estimate_table`)."""
    options = options or EstimatorOptions()
    prov.check()
    weights = gravity_weights(prov.regions, distances, options.beta)
    reported = margins(prov)
    clean, removed = remove_transit(reported)
    used = reconcile(clean, prov.final.values.sum((1, 2)), options)
    Z, final = rebalance_uses(prov, used.uses, options)
    trade = flows(used.outflow, used.inflow, weights, options, products=prov.sectors, regions=prov.regions)
    outflow = trade.sum(2).T  # what balancing left over, a ten-thousand-millionth, goes to the residual
    used = used.replace(outflow=outflow, residual=used.residual + used.outflow - outflow)
    table = split_by_origin(prov, used, Z, final, trade)
    return Estimate(table, _account(prov, reported, used, removed))


def _account(prov: ProvincialTables, reported: Margins, used: Margins, removed: Removed) -> xr.Dataset:
    """Return what was reported, what was used and what was taken out, (region, sector)."""
    names = ("uses", "outflow", "inflow", "residual", "exports", "imports")
    arrays: dict[str, np.ndarray] = {f"reported_{name}": getattr(reported, name) for name in names}
    arrays |= {f"used_{name}": getattr(used, name) for name in names}
    arrays |= vars(removed)
    variables = {name: (("region", "sector"), array, {"unit": prov.unit}) for name, array in arrays.items()}
    coords = {"region": prov.regions, "sector": prov.sectors}
    return xr.Dataset(variables, coords=coords, attrs={"unit": prov.unit, "year": prov.year})
