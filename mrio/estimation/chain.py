"""Estimation: official provincial tables -> a balanced interprovincial table (METHOD, "An MRIO table from ...").

The steps, one file each: transit out (:mod:`.transit`), cross-hauling where practice differs (:mod:`.openness`),
outflow and inflow reconciled (:mod:`.reconcile`), uses rebalanced (:mod:`.uses`), flows from a gravity prior
(:mod:`.gravity`) or from what else is known (:mod:`.priors`), uses split by origin (:mod:`.split`).  :mod:`.ensemble`
says how sure the result is, :mod:`.update` carries a known table to another year's margins.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import xarray as xr

from mrio import labels
from mrio.errors import LabelError
from mrio.estimation.gravity import balanced_flows, gravity_seed, gravity_weights
from mrio.estimation.margins import Margins, margins_of
from mrio.estimation.openness import CrossHauling, cross_hauling
from mrio.estimation.options import EstimatorOptions
from mrio.estimation.priors import known_blocks, mixed_seed, prior_seed, with_known_blocks
from mrio.estimation.reconcile import reconcile_margins
from mrio.estimation.split import split_by_origin
from mrio.estimation.transit import Removed, remove_transit
from mrio.estimation.uses import rebalance_uses, uses_limit
from mrio.table.interregional import Table
from mrio.table.provincial import ProvincialTables

__all__ = ["Estimate", "EstimatorOptions", "Flows", "estimate_flows", "estimate_table", "estimate_with_account"]

#: Groups of the six-sector scheme that are services.
SERVICES = ("transport", "trade", "services")
#: Accounts reported beside each other as given and as used.
ACCOUNTS = ("uses", "outflow", "inflow", "residual", "exports", "imports")


@dataclass(frozen=True)
class Flows:
    """The margins an estimate uses and the flows between regions that follow from them.

    Parameters
    ----------
    reported, clean, used : Margins
        As given; without transit; reconciled.
    removed : Removed
    hauling : CrossHauling
    trade : array (n, R, R)
        Deliveries of every product between different regions.
    """

    reported: Margins
    clean: Margins
    used: Margins
    removed: Removed
    hauling: CrossHauling
    trade: np.ndarray


@dataclass(frozen=True)
class Estimate:
    """A table and the account of how it came about.

    Parameters
    ----------
    table : Table
    account : xarray.Dataset
        (region, sector), in the unit of the table: margins as ``reported_*`` and as ``used_*`` (uses, outflow, inflow,
        residual, exports, imports), and what was taken out: ``re_exports``, ``exports_gathered``,
        ``imports_passed_on``, ``transit``; ``cross_hauling`` (shares, used) and ``honest`` (region), the probability
        that a province reports cross-hauling as it is.
    """

    table: Table
    account: xr.Dataset

    def corrections(self) -> pd.DataFrame:
        """Return every correction of a margin, largest first: region, sector, account, reported, used, change."""
        parts = []
        for name in ACCOUNTS:
            pair = self.account[[f"reported_{name}", f"used_{name}"]].to_dataframe().reset_index()
            pair.columns = ["region", "sector", "reported", "used"]
            parts.append(pair.assign(account=name, change=pair["used"] - pair["reported"]))
        table = pd.concat(parts, ignore_index=True)
        table = table[table["change"] != 0].sort_values("change", key=np.abs, ascending=False, kind="stable")
        return table[["region", "sector", "account", "reported", "used", "change"]].reset_index(drop=True)


def estimate_table(
    prov: ProvincialTables,
    distances: xr.DataArray | None = None,
    *,
    prior: Table | xr.DataArray | None = None,
    known: pd.DataFrame | None = None,
    **options,
) -> Table:
    """Return the interregional table estimated from provincial tables.

    Parameters
    ----------
    prov : ProvincialTables
    distances : DataArray (region, to_region), optional
        km; without it every origin is equally near.
    prior : Table or DataArray, optional
        An earlier table with the same labels, or a freight matrix, in place of gravity
        (:func:`mrio.estimation.chain.priors.prior_seed`).
    known : DataFrame, optional
        Known flows or sums of flows (:func:`mrio.estimation.chain.priors.known_blocks`).
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
    return estimate_with_account(
        prov, distances, EstimatorOptions.from_mapping(options), prior=prior, known=known
    ).table


def estimate_with_account(
    prov: ProvincialTables,
    distances: xr.DataArray | None = None,
    options: EstimatorOptions | None = None,
    *,
    prior: Table | xr.DataArray | None = None,
    known: pd.DataFrame | None = None,
    errors: Callable[[Margins], Margins] | None = None,
) -> Estimate:
    """Return the estimated table with its account; arguments as :func:`estimate_table` and :func:`estimate_flows`."""
    options = options or EstimatorOptions()
    flows = estimate_flows(prov, distances, options, prior=prior, known=known, errors=errors)
    Z, final = rebalance_uses(prov, flows.used.uses, options)
    earlier = prior if isinstance(prior, Table) else None
    table = split_by_origin(prov, flows.used, Z, final, flows.trade, options, earlier)
    return Estimate(table, _account(prov, flows))


def estimate_flows(
    prov: ProvincialTables,
    distances: xr.DataArray | None = None,
    options: EstimatorOptions | None = None,
    *,
    prior: Table | xr.DataArray | None = None,
    known: pd.DataFrame | None = None,
    errors: Callable[[Margins], Margins] | None = None,
) -> Flows:
    """Return reconciled margins and the flows between regions; steps (a) to (c).

    Parameters
    ----------
    errors : callable, optional
        Makes the margins without transit into those to go on with, e.g. with errors drawn for an ensemble.
    """
    options = options or EstimatorOptions()
    prov.check()
    reported = margins_of(prov)
    clean, removed = remove_transit(reported)
    clean = clean if errors is None else errors(clean)
    hauling = cross_hauling(clean, options)
    demand, most = prov.final.values.sum((1, 2)), uses_limit(prov, options)
    used = reconcile_margins(clean, hauling.share, demand, options, services(prov), most)
    seed = gravity_seed(used.outflow, used.inflow, gravity_weights(prov.regions, distances, options.beta))
    names = {"products": prov.sectors, "regions": prov.regions}
    trade = balanced_flows(seed, used.outflow, used.inflow, options, **names)
    if prior is not None:
        seed = mixed_seed(trade, prior_seed(prior, prov.regions, prov.sectors), options.prior_weight)
        trade = balanced_flows(seed, used.outflow, used.inflow, options, **names)
    if known is not None:
        blocks = known_blocks(known, prov.regions, prov.sectors)
        trade = with_known_blocks(trade, blocks, used.outflow, used.inflow, options)
    outflow = trade.sum(2).T  # what balancing left over, a ten-thousand-millionth, goes to the residual
    used = used.replace(outflow=outflow, residual=used.residual + used.outflow - outflow)
    return Flows(reported, clean, used, removed, hauling, trade)


def services(prov: ProvincialTables) -> np.ndarray | None:
    """Return a mask of the products that are services, or None where the sector scheme does not tell."""
    try:
        groups = labels.concordance(prov.data.attrs.get("scheme", ""), "six")
    except LabelError:
        return None
    return np.array([groups.get(sector) in SERVICES for sector in prov.sectors])


def _account(prov: ProvincialTables, flows: Flows) -> xr.Dataset:
    """Return what was reported, what was used and what was taken out, (region, sector)."""
    arrays: dict[str, np.ndarray] = {f"reported_{name}": getattr(flows.reported, name) for name in ACCOUNTS}
    arrays |= {f"used_{name}": getattr(flows.used, name) for name in ACCOUNTS}
    arrays |= vars(flows.removed)
    variables = {name: (("region", "sector"), array, {"unit": prov.unit}) for name, array in arrays.items()}
    variables["cross_hauling"] = (("region", "sector"), flows.hauling.share, {"unit": "1"})
    variables["honest"] = (("region",), flows.hauling.honest, {"unit": "1"})
    coords = {"region": prov.regions, "sector": prov.sectors}
    about = {"unit": prov.unit, "year": prov.year, "doubt": flows.hauling.doubt}
    return xr.Dataset(variables, coords=coords, attrs=about)
