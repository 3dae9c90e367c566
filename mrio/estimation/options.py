"""EstimatorOptions: every parameter of the estimate, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from ..errors import ConfigError, did_you_mean


@dataclass(frozen=True)
class EstimatorOptions:
    """Parameters of :func:`mrio.estimation.estimate_table`; a configuration fills them by name.

    Reliabilities are relative standard errors: what matters is their ratio, not their size.

    Parameters
    ----------
    beta : float
        Distance exponent of the gravity prior.  1.5: the value at which an interregional table with survey-informed
        flows (State Information Center 2002, 8 regions x 17 sectors) is met best; 1 to 2 is the usual finding.
    trade_error : float
        Error of a reported outflow or inflow.  The national sums of the two differ by .3 of their mean in the median
        product of 2017, which is the only evidence on it the tables contain.
    trade_floor : float
        Error of outflow or inflow as a share of output or uses, so that a reported zero is not taken for certain.
    uses_error : float
        Error of the uses of a product (intermediate and final together); surveyed, so a fifth of trade's.
    residual_error : float
        Error column as a share of output, beyond what is reported; a twentieth of uses', so that it is the last resort.
    residual_limit : float
        Largest residual as a share of output, in rows above ten thousandth of national output (or what is reported).
    final_limit : float
        Largest change of a province's total final demand, inventory change included.
    tolerance : float
        Relative tolerance of every balancing step.
    max_iterations : int
        Limit of sweeps of a balancing step; reaching it is an error, not a result.
    """

    beta: float = 1.5
    trade_error: float = 0.3
    trade_floor: float = 0.02
    uses_error: float = 0.06
    residual_error: float = 0.003
    residual_limit: float = 0.05
    final_limit: float = 0.05
    tolerance: float = 1e-10
    max_iterations: int = 20000

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if not isinstance(value, (int, float)) or isinstance(value, bool) or not value >= 0:
                raise ConfigError(f"estimation.{field.name} is {value!r}, expected a number that is not negative.")

    @classmethod
    def from_mapping(cls, values: Mapping) -> EstimatorOptions:
        """Return options from a mapping of names, refusing unknown ones."""
        known = [field.name for field in fields(cls)]
        for name in values:
            if name not in known:
                raise ConfigError(f"estimation.{name} is not an option of the estimator{did_you_mean(name, known)}.")
        return cls(**values)
