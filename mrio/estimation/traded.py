"""Step (c): flows of every product between regions, by gravity, nearer to a prior and to known flows where given."""

from __future__ import annotations

import numpy as np
import pandas as pd
import xarray as xr

from mrio.estimation.gravity import balanced_flows, gravity_seed, gravity_weights
from mrio.estimation.known_flows import known_blocks, with_known_blocks
from mrio.estimation.margins import Margins
from mrio.estimation.options import EstimatorOptions
from mrio.estimation.priors import mixed_seed, prior_seed
from mrio.table.interregional import Table
from mrio.table.provincial import ProvincialTables


def traded_flows(
    prov: ProvincialTables,
    distances: xr.DataArray | None,
    used: Margins,
    options: EstimatorOptions,
    prior: Table | xr.DataArray | None,
    known: pd.DataFrame | None,
) -> tuple[Margins, np.ndarray]:
    """Return flows between regions (n, R, R) and the margins with exactly their sums."""
    seed = gravity_seed(used.outflow, used.inflow, gravity_weights(prov.regions, distances, options.beta))
    names = {"products": prov.sectors, "regions": prov.regions}
    trade = balanced_flows(seed, used.outflow, used.inflow, options, **names)
    if prior is not None:
        seed = mixed_seed(trade, prior_seed(prior, prov.regions, prov.sectors), options.prior_weight)
        trade = balanced_flows(seed, used.outflow, used.inflow, options, **names)
    if known is not None:
        blocks = known_blocks(known, prov.regions, prov.sectors)
        met = with_known_blocks(trade, blocks, used.outflow, used.inflow)
        trade = balanced_flows(met, used.outflow, used.inflow, options, **names)
    outflow = trade.sum(2).T  # what balancing leaves, about 1e-10 of it, goes to the residual
    return used.replace(outflow=outflow, residual=used.residual + used.outflow - outflow), trade
