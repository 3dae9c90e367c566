"""The estimator on trial: a known table is collapsed, spoiled as official tables are, estimated and scored.

Here belongs what judges the estimate (``python -m mrio.estimation.trial``, ``make validate-estimator``); no step of the
estimate itself.
"""
