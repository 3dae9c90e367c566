"""Forest sinks: provinces, single plots, transfers after sinks, and the regional picture of emissions and land.

Here belongs what grows and stores carbon; the county register that trades it is :mod:`mrio.settlement`.
"""
