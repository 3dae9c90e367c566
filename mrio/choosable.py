"""What a study may choose from, by name: definitions of flows, scopes, treatments of imports, growth curves.

The names alone, without what they do, so that a configuration is checked without loading the equations.
"""

from __future__ import annotations

from typing import Literal

#: Definitions of the embodied flow (:mod:`mrio.equations.definitions`).
Method = Literal["eebt", "mrio", "gross"]
#: Emissions of foreign imports by domestic technology (:mod:`mrio.equations.imports`).
Imports = Literal["excluded", "province", "national"]
#: What a net transfer counts (:mod:`mrio.equations.scopes`).
Scope = Literal["interprovincial", "with-exports", "exports-less-imports"]
#: Growth curves of the compensation coefficient (:mod:`mrio.equations.payment`).
Preset = Literal["liao2022", "liao2022-b", "liao2022-G", "logistic", "pearl"]
#: The stressor that has a price, of which everything is computed.
CO2 = "CO2"
