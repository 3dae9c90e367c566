"""Forest sinks: provinces (:mod:`.forests`), transfers after them (:mod:`.transfers`), single plots (:mod:`.plots`)."""

from .forests import (
    CO2_PER_C,
    FOREST_CARBON,
    MARGINAL_FACTOR,
    average_factor,
    forest_sink,
    sink_of_change,
    sink_of_growth,
    stored_carbon,
)
from .plots import annual_change, occupancy_loss, plot_carbon, plot_credit, plot_parameters, plot_table
from .transfers import compensation_after_sink, transfer_after_sink

__all__ = [
    "CO2_PER_C",
    "FOREST_CARBON",
    "MARGINAL_FACTOR",
    "annual_change",
    "average_factor",
    "compensation_after_sink",
    "forest_sink",
    "occupancy_loss",
    "plot_carbon",
    "plot_credit",
    "plot_parameters",
    "plot_table",
    "sink_of_change",
    "sink_of_growth",
    "stored_carbon",
    "transfer_after_sink",
]
