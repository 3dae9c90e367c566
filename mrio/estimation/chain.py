"""Estimation: official provincial tables -> a balanced interprovincial table (METHOD, "An MRIO table from ...").

The steps, one file each: transit out (:mod:`.transit`), cross-hauling where practice differs (:mod:`.openness`),
reports (:mod:`.official_reports`) and evidence beside them (:mod:`.evidence`) as observations with errors, rows
reconciled with all of them (:mod:`.reconcile`), uses rebalanced (:mod:`.uses`), flows from a gravity prior
(:mod:`.gravity`), from another prior (:mod:`.priors`) or known (:mod:`.known_flows`), all in :mod:`.traded`, uses
split by origin (:mod:`.split`).  :mod:`.estimated` is the result with its account.
:mod:`.redraw` makes an estimate again with errors, :mod:`.update` carries a known table to another year's margins.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from mrio import labels
from mrio.errors import LabelError
from mrio.estimation.estimated import MARGINS, USES, Estimate
from mrio.estimation.evidence.gathering import Evidence, Gathered
from mrio.estimation.evidence.pieces import Setting
from mrio.estimation.margins import Margins, margins_of
from mrio.estimation.observations import Layout, joined
from mrio.estimation.official_reports import reports_of
from mrio.estimation.openness import CrossHauling, cross_hauling
from mrio.estimation.options import EstimatorOptions
from mrio.estimation.posterior import Posterior, posterior_of
from mrio.estimation.reconcile import Known, active_bounds, agree, closed_margins, fitted_rows
from mrio.estimation.rows import Rows, inputs_of, rows_of
from mrio.estimation.split import split_by_origin
from mrio.estimation.traded import traded_flows
from mrio.estimation.transit import Removed, remove_transit
from mrio.estimation.uses import rebalance_uses, uses_limit
from mrio.table.interregional import Table
from mrio.table.provincial import ProvincialTables

__all__ = ["Estimate", "EstimatorOptions", "Flows", "estimate_flows", "estimate_table", "estimate_with_account"]

#: Groups of the six-sector scheme that are services.
SERVICES = ("transport", "trade", "services")


@dataclass(frozen=True)
class Reconciled:
    """Rows and margins that meet every identity, and what they rest on.

    Parameters
    ----------
    rows : Rows
    used : Margins
    observations : DataFrame
        Every observation: evidence, account, region, sector, source, value, error, estimate, gap (in errors).
    bounds : DataFrame
        Cells at a bound: region, sector, bound.
    posterior : Posterior
        What stays uncertain of the rows.
    """

    rows: Rows
    used: Margins
    observations: pd.DataFrame
    bounds: pd.DataFrame
    posterior: Posterior


@dataclass(frozen=True)
class Flows:
    """The margins an estimate uses and the flows between regions that follow from them.

    Parameters
    ----------
    reported, clean : Margins
        As given; without transit.
    reconciled : Reconciled
    removed : Removed
    hauling : CrossHauling
    trade : array (n, R, R)
        Deliveries of every product between different regions.
    """

    reported: Margins
    clean: Margins
    reconciled: Reconciled
    removed: Removed
    hauling: CrossHauling
    trade: np.ndarray


def estimate_table(
    prov: ProvincialTables,
    distances: xr.DataArray | None = None,
    *,
    evidence: Evidence | None = None,
    prior: Table | xr.DataArray | None = None,
    known: pd.DataFrame | None = None,
    **options: Any,
) -> Table:
    """Return the interregional table estimated from provincial tables.

    Parameters
    ----------
    prov : ProvincialTables
    distances : DataArray (region, to_region), optional
        km; without it every origin is equally near.
    evidence : Evidence, optional
        What is known beside the tables (:func:`mrio.estimation.evidence.gathering.read_evidence`).
    prior : Table or DataArray, optional
        An earlier table with the same labels, or a freight matrix, in place of gravity
        (:func:`mrio.estimation.priors.prior_seed`).
    known : DataFrame, optional
        Known flows or sums of flows (:func:`mrio.estimation.known_flows.known_blocks`).
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
    chosen = EstimatorOptions.from_mapping(options)
    return estimate_with_account(prov, distances, chosen, evidence=evidence, prior=prior, known=known).table


def estimate_with_account(
    prov: ProvincialTables,
    distances: xr.DataArray | None = None,
    options: EstimatorOptions | None = None,
    *,
    evidence: Evidence | None = None,
    prior: Table | xr.DataArray | None = None,
    known: pd.DataFrame | None = None,
) -> Estimate:
    """Return the estimated table with its account; arguments as :func:`estimate_table` and :func:`estimate_flows`."""
    options = options or EstimatorOptions()
    flows = estimate_flows(prov, distances, options, evidence=evidence, prior=prior, known=known)
    uses = rebalance_uses(prov, flows.reconciled.rows, options)
    earlier = prior if isinstance(prior, Table) else None
    table = split_by_origin(prov, flows.reconciled.used, uses, flows.trade, options, earlier)
    return Estimate(table, _account(prov, flows), flows.reconciled.observations, flows.reconciled.bounds)


def estimate_flows(
    prov: ProvincialTables,
    distances: xr.DataArray | None = None,
    options: EstimatorOptions | None = None,
    *,
    evidence: Evidence | None = None,
    prior: Table | xr.DataArray | None = None,
    known: pd.DataFrame | None = None,
) -> Flows:
    """Return reconciled margins and the flows between regions; steps (a) to (c)."""
    options = options or EstimatorOptions()
    if not isinstance(prov, ProvincialTables):
        raise LabelError(
            f"the tables are a {type(prov).__name__}, expected ProvincialTables; mrio.read_provincial_tables(folder) "
            "reads them, mrio.collapse(table) makes them of a table between regions."
        )
    prov.check()
    reported = margins_of(prov)
    clean, removed = remove_transit(reported)
    layout = Layout(prov.regions, prov.sectors)
    setting = Setting(layout, prov.data.attrs.get("scheme", ""), prov.unit, rows_of(prov, clean), clean)
    gathered = (evidence or Evidence()).gather(setting)
    hauling = cross_hauling(clean, options, gathered.surveyed)
    reconciled = _reconciled(prov, setting, hauling, gathered, options)
    used, trade = traded_flows(prov, distances, reconciled.used, options, prior, known)
    return Flows(reported, clean, replace(reconciled, used=used), removed, hauling, trade)


def _reconciled(
    prov: ProvincialTables,
    setting: Setting,
    hauling: CrossHauling,
    gathered: Gathered,
    options: EstimatorOptions,
) -> Reconciled:
    """Return the rows that meet every identity and the observations they were held against."""
    m = setting.margins.with_cross_hauling(hauling.share)
    reports = reports_of(setting.rows, m, options, gathered.totals, services(prov))
    for doubts in gathered.doubts:
        reports = reports.doubted(doubts)
    given = gathered.observations
    observations = joined([reports.observations(setting.layout), *given])
    known = Known(setting.layout, prov.output.values, inputs_of(prov).sum(1), uses_limit(prov))
    if agree(m) and not given:
        rows, bounds = setting.rows, pd.DataFrame(columns=["region", "sector", "bound"])
        certain = np.ones(len(rows.flat()), dtype=bool)
    else:
        rows = fitted_rows(reports, observations, known)
        bounds = active_bounds(rows, reports, known)
        certain = reports.certain
    used, rows = closed_margins(m, rows, hauling.share)
    posterior = posterior_of(setting.layout, observations, rows.flat(), certain, bounds)
    return Reconciled(rows, used, observations.gaps(rows.flat()), bounds, posterior)


def services(prov: ProvincialTables) -> np.ndarray | None:
    """Return a mask of the products that are services, or None where the sector scheme does not tell."""
    try:
        groups = labels.concordance(prov.data.attrs.get("scheme", ""), "six")
    except LabelError:
        return None
    return np.array([groups.get(sector) in SERVICES for sector in prov.sectors])


def _account(prov: ProvincialTables, flows: Flows) -> xr.Dataset:
    """Return what was reported, what was used and what was taken out, (region, sector)."""
    reported, rows = rows_of(prov, flows.reported), flows.reconciled.rows
    arrays: dict[str, np.ndarray] = {f"reported_{name}": reported[name] for name in USES}
    arrays |= {f"reported_{name}": getattr(flows.reported, name) for name in MARGINS}
    arrays |= {f"used_{name}": rows[name] for name in USES}
    arrays |= {f"used_{name}": getattr(flows.reconciled.used, name) for name in MARGINS}
    arrays |= vars(flows.removed)
    variables: dict[str, tuple[tuple[str, ...], np.ndarray, dict[str, str]]] = {
        name: (("region", "sector"), array, {"unit": prov.unit}) for name, array in arrays.items()
    }
    variables["cross_hauling"] = (("region", "sector"), flows.hauling.share, {"unit": "1"})
    variables["honest"] = (("region",), flows.hauling.honest, {"unit": "1"})
    coords = {"region": prov.regions, "sector": prov.sectors}
    about = {"unit": prov.unit, "year": prov.year, "doubt": flows.hauling.doubt}
    return xr.Dataset(variables, coords=coords, attrs=about)
