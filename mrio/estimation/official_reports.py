"""What provinces report, as observations: levelled to the nation's totals, each account with the error of its kind.

A product's uses, trade or imports can be off everywhere by one factor.  Outflow and inflow are first brought to one
national sum (:func:`mrio.estimation.openness.levels`), and every account whose national total is known to
that total; what remains are errors of single reports.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from mrio.estimation.margins import Margins
from mrio.estimation.observations import Layout, Observations, Witness, joined, observe
from mrio.estimation.openness import levelled
from mrio.estimation.options import EstimatorOptions
from mrio.estimation.rows import ACCOUNTS, Rows

WITNESS = Witness("reports", "official provincial tables")
#: Accounts that a national total levels; inventory changes have both signs and are not scaled.
LEVELLED = ("intermediate", "consumption", "formation", "exports", "imports")
#: Accounts whose total by region is a report of its own.
DEMAND = ("consumption", "formation")
#: What a report is raised by at most; the rest of a national total goes to all regions in proportion to their size.
MOST = 3.0
#: Share of what is made (or used) that exports (or imports) make up at most.
OPEN = 0.95
#: Parts of a total, and errors as a share of mean output, below this are rounding.
NEGLIGIBLE = 1e-9


@dataclass(frozen=True)
class Reports:
    """Levelled reports and their standard errors; an error of zero means certain.

    Parameters
    ----------
    rows, error : Rows
    demand : mapping of account to (total, error), (R,) each
        Consumption and capital formation of every region in total.
    """

    rows: Rows
    error: Rows
    demand: Mapping[str, tuple[np.ndarray, np.ndarray]]

    @property
    def certain(self) -> np.ndarray:
        """Mask of the cells (:meth:`Rows.flat`) that stay as reported; net trade always can move."""
        return self.error.replace(net_outflow=np.ones_like(self.error.net_outflow)).flat() == 0

    def observations(self, layout: Layout) -> Observations:
        """Return one observation per report that may be wrong, and per regional total of final demand."""
        each, regions = layout.each(), layout.by_region()
        cells = [(name, each, self.rows[name], self.error[name]) for name in ACCOUNTS]
        totals = [(name, regions, *known) for name, known in self.demand.items()]
        return joined([observe(layout, *one, WITNESS) for one in (*cells, *totals)])

    def doubted(self, factors: Mapping[str, np.ndarray]) -> Reports:
        """Return reports whose errors are multiplied, account by account and product by product."""
        changed = {name: self.error[name] * factor for name, factor in factors.items()}
        return Reports(self.rows, self.error.replace(**changed), self.demand)


def reports_of(
    rows: Rows, m: Margins, options: EstimatorOptions, totals: Mapping[str, np.ndarray], services: np.ndarray | None
) -> Reports:
    """Return the reports as the reconciliation takes them.

    Parameters
    ----------
    rows : Rows
        As reported, without transit.
    m : Margins
        The same with the estimated cross-hauling.
    options : EstimatorOptions
    totals : mapping of account to array (n,)
        National totals; without them inventories and foreign trade stay as reported.
    services : boolean array (n,), optional
    """
    trade = levelled(m)
    demand = {name: _demand(name, rows, options, totals) for name in DEMAND}
    level = {name: _levelled(name, rows, m, totals[name]) for name in LEVELLED if name in totals}
    rows = rows.replace(**level, net_outflow=trade.net)
    uses = np.maximum(rows.intermediate + np.maximum(rows.consumption, 0) + np.maximum(rows.formation, 0), 0)
    size = np.maximum(np.maximum(m.output, m.uses), np.abs(m.inventory))
    looser = 1.0 if services is None else np.where(services, options.service_residual, 1.0)
    national, zero = bool(totals), np.zeros_like(uses)
    error = Rows(
        # variances in proportion to the account: what a row's uses are off by is shared in proportion, too
        intermediate=options.intermediate_error * np.sqrt(np.abs(rows.intermediate) * uses),
        consumption=options.final_error * np.sqrt(np.abs(rows.consumption) * uses),
        formation=options.final_error * np.sqrt(np.abs(rows.formation) * uses),
        inventory=_hypot(options.inventory_error * rows.inventory, options.inventory_floor * m.output)
        if national
        else zero,
        exports=options.foreign_error * np.abs(rows.exports) if national else zero,
        imports=options.foreign_error * np.abs(rows.imports) if national else zero,
        net_outflow=_hypot(
            options.trade_error * trade.outflow, options.trade_error * trade.inflow,
            options.trade_floor * np.maximum(m.supply, 0), options.trade_floor * np.maximum(m.demand, 0),
        ),
        residual=_hypot(options.residual_error * looser * size, options.reported_residual_error * rows.residual),
    )  # fmt: skip
    least = NEGLIGIBLE * m.output.mean()
    return Reports(rows, Rows(*(np.where(error[name] > least, error[name], 0.0) for name in ACCOUNTS)), demand)


def _demand(
    name: str, rows: Rows, options: EstimatorOptions, totals: Mapping[str, np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """Return the total of an account in every region, at the size of the nation's, and its error."""
    reported = rows[name].sum(1)
    if name in totals and reported.sum() > 0:
        reported = reported * (totals[name].sum() / reported.sum())
    return reported, options.demand_error * np.abs(reported)


def _levelled(name: str, rows: Rows, m: Margins, total: np.ndarray) -> np.ndarray:
    """Return an account whose regions sum to the national total, as far as they can."""
    reported = np.maximum(rows[name], 0.0)
    have = reported.sum(0)
    factor = np.divide(total, have, out=np.ones_like(have), where=have > 0)
    if name not in ("exports", "imports"):
        return rows[name] * factor
    room = OPEN * np.maximum(m.output - np.maximum(m.inventory, 0) if name == "exports" else m.uses, 0.0)
    raised = reported * np.minimum(factor, MOST)
    missing = total - raised.sum(0)
    raised = raised + np.where(missing > NEGLIGIBLE * np.abs(total), missing, 0.0) * _share(room)
    for _ in range(6):  # what exceeds the room of one region goes to the others
        beyond = np.maximum(raised - room, 0.0).sum(0)
        raised = np.minimum(raised, room)
        raised = raised + beyond * _share(np.where(raised < room, raised, 0.0))
    return np.minimum(raised, room)


def _share(values: np.ndarray) -> np.ndarray:
    total = values.sum(0)
    return np.divide(values, total, out=np.zeros_like(values), where=total > 0)


def _hypot(*parts: np.ndarray) -> np.ndarray:
    return np.sqrt(sum(part * part for part in parts))
