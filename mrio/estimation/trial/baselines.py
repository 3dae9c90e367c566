"""Plain alternatives an estimate has to beat: margins taken literally, and margins scaled to a common total."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import xarray as xr

from mrio.estimation.gravity import balanced_flows, gravity_seed, gravity_weights
from mrio.estimation.margins import Margins, margins_of
from mrio.estimation.options import EstimatorOptions
from mrio.estimation.reconcile import without_self_trade
from mrio.estimation.split import split_by_origin
from mrio.estimation.transit import remove_transit
from mrio.estimation.uses import CompetitiveUses
from mrio.table.interregional import Table
from mrio.table.provincial import ProvincialTables

#: Sums of outflow and of inflow of every product, (n,) each -> the total both are scaled to.
Common = Callable[[np.ndarray, np.ndarray], np.ndarray]


def literal_table(prov: ProvincialTables, distances: xr.DataArray | None, options: EstimatorOptions) -> Table:
    """Return the table whose provinces take in what they report; origins share it as they report outflow."""
    return _table(prov, distances, options, lambda out, into: into)


def scaled_table(prov: ProvincialTables, distances: xr.DataArray | None, options: EstimatorOptions) -> Table:
    """Return the table whose outflow and inflow are both scaled to their mean, product by product."""
    return _table(prov, distances, options, lambda out, into: 0.5 * (out + into))


def _table(prov: ProvincialTables, distances: xr.DataArray | None, options: EstimatorOptions, common: Common) -> Table:
    """Return the table of margins scaled to a common total; uses stay, the residual takes what the rows miss."""
    clean, _ = remove_transit(margins_of(prov))
    m = _scaled(clean, common)
    seed = gravity_seed(m.outflow, m.inflow, gravity_weights(prov.regions, distances, options.beta))
    trade = balanced_flows(seed, m.outflow, m.inflow, options, products=prov.sectors, regions=prov.regions)
    m = m.replace(outflow=trade.sum(2).T)
    return split_by_origin(prov, m, CompetitiveUses(prov.Z.values, prov.final.values), trade, options)


def _scaled(m: Margins, common: Common) -> Margins:
    """Return margins with outflow and inflow at a common total, inflow at most what is used, no trade with oneself."""
    out, into = np.maximum(m.outflow, 0.0), np.maximum(m.inflow, 0.0)
    total = common(out.sum(0), into.sum(0))
    total = np.where((out.sum(0) > 0) & (into.sum(0) > 0), total, 0.0)
    into = np.minimum(_to(into, total), np.maximum(m.demand, 0.0))
    out = _to(out, into.sum(0))
    out, into = without_self_trade(out, into)
    return m.replace(outflow=out, inflow=into)


def _to(values: np.ndarray, total: np.ndarray) -> np.ndarray:
    have = values.sum(0)
    return values * np.divide(total, have, out=np.zeros_like(have), where=have > 0)
