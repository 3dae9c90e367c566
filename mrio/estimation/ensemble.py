"""How sure an estimate is: the same estimate from reports and parameters drawn around what is known of them.

Each member draws

- every outflow and inflow (without transit) times a log-normal error of ``trade_error`` (national sums then disagree
  anew, and the reconciliation resolves it anew), and an error common to a product's outflow or inflow (sd .25: national
  sums of the median product differ by a third, and levelling them takes out half of that error);
- every observation beside the reports, by its error;
- the distance exponent, normal around beta (sd .25: tables of different years, and products left out, differ by that);
- the size slope (sd .2), the reliabilities of uses and trade and the spread between provinces (log-normal, sd .3).

A margin that is certain stays certain: where national outflow and inflow agree, only the distance exponent is drawn.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import xarray as xr

from mrio.estimation.chain import Estimate, estimate_with_account
from mrio.estimation.evidence.gathering import Evidence
from mrio.estimation.margins import Margins
from mrio.estimation.observations import Observations
from mrio.estimation.options import EstimatorOptions
from mrio.table.interregional import Table
from mrio.table.provincial import ProvincialTables

BETA_SPREAD = 0.25
SLOPE_SPREAD = 0.2
RELIABILITY_SPREAD = 0.3
PRODUCT_SPREAD = 0.25
DRAWN_RELIABILITIES = ("trade_error", "intermediate_error", "final_error", "region_spread")


def drawn_options(options: EstimatorOptions, rng: np.random.Generator) -> EstimatorOptions:
    """Return options with the uncertain parameters drawn."""
    changes = {"beta": max(0.0, options.beta + BETA_SPREAD * rng.standard_normal())}
    changes["size_slope"] = options.size_slope + SLOPE_SPREAD * rng.standard_normal()
    for name in DRAWN_RELIABILITIES:
        changes[name] = getattr(options, name) * float(np.exp(RELIABILITY_SPREAD * rng.standard_normal()))
    return dataclasses.replace(options, **changes)


def drawn_reports(m: Margins, options: EstimatorOptions, rng: np.random.Generator) -> Margins:
    """Return margins whose outflow and inflow have drawn errors, as far as national sums leave room for error."""
    doubt = min(1.0, m.disagreement() / options.full_doubt) if options.full_doubt > 0 else 1.0
    drawn = {}
    for name in ("outflow", "inflow"):
        report = getattr(m, name)
        single = options.trade_error * rng.standard_normal(report.shape)
        common = PRODUCT_SPREAD * rng.standard_normal(report.shape[1])
        drawn[name] = report * np.exp(doubt * (single + common))
    return m.replace(**drawn)


@dataclass(frozen=True)
class RandomDraw:
    """Reports and observations drawn by the errors that `options` gives them."""

    options: EstimatorOptions
    rng: np.random.Generator

    def margins(self, m: Margins) -> Margins:
        """Return margins with drawn errors."""
        return drawn_reports(m, self.options, self.rng)

    def observations(self, given: Observations) -> Observations:
        """Return observations with drawn values."""
        return given.drawn(self.rng)


def draw_ensemble(
    prov: ProvincialTables,
    distances: xr.DataArray | None = None,
    options: EstimatorOptions | None = None,
    *,
    evidence: Evidence | None = None,
    members: int = 20,
    seed: int = 0,
) -> Iterator[Estimate]:
    """Yield estimates of the same tables with drawn reports and parameters.

    The same seed gives the same members, whatever their number.

    Parameters
    ----------
    prov, distances, options, evidence
        As :func:`mrio.estimation.chain.estimate_with_account`.
    members : int
    seed : int
    """
    options = options or EstimatorOptions()
    for stream in np.random.SeedSequence(seed).spawn(members):
        rng = np.random.default_rng(stream)
        drawn = drawn_options(options, rng)
        yield estimate_with_account(prov, distances, drawn, evidence=evidence, draw=RandomDraw(options, rng))


def spread(
    tables: Iterator[Estimate], result: Callable[[Table], xr.DataArray | xr.Dataset]
) -> tuple[xr.Dataset | xr.DataArray, xr.Dataset | xr.DataArray]:
    """Return mean and standard deviation over the members of what `result` makes of each table.

    Parameters
    ----------
    tables : iterable of Estimate
        From :func:`ensemble`; taken one at a time, so memory holds one table.
    result : callable
        E.g. ``lambda table: accounts(table, F)["net_transfer"]``.
    """
    values = xr.concat([result(member.table) for member in tables], dim="member")
    return values.mean("member"), values.std("member", ddof=1 if values.sizes["member"] > 1 else 0)
