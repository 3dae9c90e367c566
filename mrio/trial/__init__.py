"""The estimator on trial: a known interregional table is collapsed, spoiled as official tables are, estimated, scored.

``python -m mrio.trial`` (``make validate-estimator``) runs every case and prints the scores; docs/estimation.md
explains them.  :mod:`.degrade` spoils margins, :mod:`.baselines` are the plain alternatives, :mod:`.scores` measures
the distance from the truth, :mod:`.crossval` chooses the distance exponent with products and regions left out.
"""

from .baselines import literal_table, scaled_table
from .crossval import choose_beta
from .degrade import degrade
from .scores import scores

__all__ = ["choose_beta", "degrade", "literal_table", "scaled_table", "scores"]
