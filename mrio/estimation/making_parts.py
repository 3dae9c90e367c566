"""The parts of an estimate from provincial tables (:class:`mrio.estimation.parts.EstimateParts`)."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import xarray as xr

from mrio.errors import EstimationError
from mrio.estimation.chain import Flows, estimate_flows
from mrio.estimation.evidence.alternatives import BELIEVED, NO_DOUBT
from mrio.estimation.evidence.gathering import Evidence
from mrio.estimation.options import EstimatorOptions
from mrio.estimation.parts import EstimateParts, Labels, Trade, Uses, nearness
from mrio.estimation.rows import ACCOUNTS, Rows, inputs_of
from mrio.estimation.uses import rebalance_uses
from mrio.table.interregional import Table
from mrio.table.provincial import ProvincialTables


def estimate_parts(
    prov: ProvincialTables,
    distances: xr.DataArray | None = None,
    options: EstimatorOptions | None = None,
    evidence: Evidence | None = None,
    **beside: Any,
) -> EstimateParts:
    """Return what the estimate of the tables is made of, with every alternative to it.

    Arguments are those of :func:`mrio.estimation.chain.estimate_with_account`.  An earlier table as `prior` is refused:
    its users keep origins of their own, which parts do not hold.
    """
    if isinstance(beside.get("prior"), Table):
        raise EstimationError(
            "parts of an estimate whose users keep the origins of an earlier table were asked for, and parts hold one "
            "mix of origins per product and region; give a freight matrix as prior, or go without parts."
        )
    options = options or EstimatorOptions()
    flows = estimate_flows(prov, distances, options, evidence=evidence, **beside)
    Z, final = rebalance_uses(prov, flows.reconciled.rows, options)
    km = None if distances is None else distances.sel(region=prov.regions, to_region=prov.regions).values
    return EstimateParts(
        labels=Labels(
            prov.regions, prov.sectors, prov.categories, prov.unit, prov.year, prov.data.attrs.get("scheme", "")
        ),
        rows=flows.reconciled.rows,
        used=flows.reconciled.used,
        hauling=flows.hauling,
        uses=Uses(Z, final, inputs_of(prov), prov.value_added.values.sum(0)),
        trade=Trade(flows.trade, nearness(km, len(prov.regions)), options.beta),
        posterior=flows.reconciled.posterior,
        alternatives=_alternatives(flows, prov, distances, options, evidence or Evidence()),
    )


def _alternatives(
    found: Flows, prov: ProvincialTables, distances: xr.DataArray | None, options: EstimatorOptions, evidence: Evidence
) -> dict[str, tuple[Rows, np.ndarray]]:
    """Return how rows and cross-hauling move without each piece of evidence, and with official reports believed."""
    believing = dataclasses.replace(options, full_doubt=NO_DOUBT)
    others = {f"without {name}": (options, evidence.without(name)) for name in evidence.names}
    moves = {}
    for name, (chosen, left) in (others | {BELIEVED: (believing, Evidence())}).items():
        other = estimate_flows(prov, distances, chosen, evidence=left)
        rows = Rows(*(other.reconciled.rows[k] - found.reconciled.rows[k] for k in ACCOUNTS))
        moves[name] = (rows, other.hauling.share - found.hauling.share)
    return moves
