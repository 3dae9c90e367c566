"""EstimatorOptions: every parameter of the estimate, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from mrio.strict import checked, validated

NotNegative = Annotated[float, Field(ge=0)]
Share = Annotated[float, Field(ge=0, le=1)]


@validated("estimation")
@dataclass(frozen=True, kw_only=True)
class EstimatorOptions:
    """Parameters of :func:`mrio.estimation.chain.estimate_table`; a configuration fills them by name.

    Errors are relative standard errors: what matters is their ratio, not their size.  Where a value rests on the
    interregional table of the State Information Center (SIC, 2002, 8 regions x 17 sectors), docs/estimation.md shows
    what other values score.

    Parameters
    ----------
    beta : float
        Distance exponent of the gravity prior.  1.75: with any product or region of the SIC table left out, the others
        choose 1.75 or 2; 1.5 serves its tables of 2002 and 2007 about equally.
    size_slope : float
        Fall of the log-odds of cross-hauling with the log of a region's output.  Larger regions serve themselves more.
    region_spread : float
        Standard deviation of the log-odds of cross-hauling between regions surveyed alike (0.6 in the SIC table): what
        a province that reports less is held against.
    upper_spread : float
        The same of provinces, and cells, that report more than others.  Official tables of 2017 spread by 1.7, and
        shrinking high reports scored worse against real interregional flows: they are nearly believed.
    practice_spread : float
        The same for regions that report net trade only; 4 spans a hundredth to nearly all.
    honest_share : float
        Share of regions, and of cells within them, expected to report cross-hauling as it is.
    full_doubt : float
        Disagreement of national outflow and inflow (sum of differences by product over trade) from which on reported
        cross-hauling is replaced by what the other regions suggest; below it in proportion, and not at all where the
        sums agree.  0.46 in the official tables of 2017, 0 in a table collapsed from a consistent one.
    through_share : float
        Share of output that a region must book on both sides of nearly every product, those delivered on the spot
        among them, to be taken for through trade and left out of its cross-hauling.  In surveyed tables it is 0.04 at
        most, in the official ones of 2012 and 2017 0.06.
    trade_error : float
        Error of a region's outflow or inflow of a product.
    trade_floor : float
        The same as a share of what is made or used, so that a reported zero is not taken for certain.
    intermediate_error, final_error : float
        Error of the intermediate and of the final uses of a product: as large as trade's, because in a published table
        they were made to close the row, so an error of trade sits in them too.
    demand_error : float
        Error of a region's total consumption and of its total capital formation.
    foreign_error : float
        Error of exports and imports of a product, where national totals say how much they are off in total.
    inventory_error : float
        Error of a reported inventory change, as a share of it, where national totals are known.
    inventory_floor : float
        The same as a share of output.
    residual_error : float
        Residual of a row as a share of its output, beyond what is reported: a last resort.
    service_residual : float
        The same of services over that of goods.  Goods are counted (tonnes, freight, customs), services are derived
        from value added.  For sector schemes with a concordance to six groups, else 1.
    reported_residual_error : float
        Error of a residual the tables report themselves, as a share of it.
    prior_weight : float
        Weight of a prior table or matrix against gravity in the prior of the flows; below 1 so that a flow which is
        zero in it can come up.
    tolerance : float
        Relative tolerance of every balancing step.
    max_iterations : int
        Limit of sweeps of a balancing step; reaching it is an error, not a result.
    """

    beta: NotNegative = 1.75
    size_slope: float = -0.35
    region_spread: NotNegative = 0.6
    upper_spread: NotNegative = 1.7
    practice_spread: NotNegative = 4.0
    honest_share: Share = 0.8
    full_doubt: NotNegative = 0.1
    through_share: NotNegative = 0.05
    trade_error: NotNegative = 0.3
    trade_floor: NotNegative = 0.003
    intermediate_error: NotNegative = 0.25
    final_error: NotNegative = 0.5
    demand_error: NotNegative = 0.2
    foreign_error: NotNegative = 0.15
    inventory_error: NotNegative = 0.5
    inventory_floor: NotNegative = 0.01
    residual_error: NotNegative = 0.001
    service_residual: NotNegative = 10.0
    reported_residual_error: NotNegative = 1.0
    prior_weight: Share = 0.95
    tolerance: NotNegative = 1e-10
    max_iterations: Annotated[int, Field(ge=0)] = 20000

    @classmethod
    def from_mapping(cls, values: Mapping[str, object]) -> EstimatorOptions:
        """Return options from a mapping of names, refusing unknown ones."""
        return checked(cls, values, "options")
