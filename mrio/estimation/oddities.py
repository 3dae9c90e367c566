"""What is odd in official provincial tables: named, so that nobody takes it for economics."""

from __future__ import annotations

import numpy as np

from mrio.estimation.margins import margins_of
from mrio.estimation.openness import FLOOR
from mrio.estimation.transit import remove_transit
from mrio.table.provincial import ProvincialTables

#: Inventory change of a province above this share of its GDP is a plug, not a stock.
INVENTORY = 0.05
#: Share of a province's products that are booked net from which on it is a net-only reporter.
NET_ONLY = 0.25
#: Output below this share of the mean row, and above zero, is a rounding of the workbook.
NEARLY_ZERO = 1e-9


def official_oddities(prov: ProvincialTables) -> list[str]:
    """Return one sentence per kind of oddity found, provinces and cells named."""
    return [sentence for found in (_inventories, _net_only, _nearly_zero) if (sentence := found(prov))]


def _inventories(prov: ProvincialTables) -> str:
    stock = margins_of(prov).inventory.sum(1)
    share = stock / prov.value_added.values.sum((0, 2))
    named = [f"{prov.regions[r]} {share[r]:.0%}" for r in np.argsort(-np.abs(share)) if abs(share[r]) > INVENTORY]
    return f"inventory change above {INVENTORY:.0%} of GDP as reported: {', '.join(named)}" if named else ""


def _net_only(prov: ProvincialTables) -> str:
    clean, _ = remove_transit(margins_of(prov))
    net = (clean.cross_hauling_share() <= FLOOR) & (clean.room > 0)
    share = net.mean(1)
    named = [f"{prov.regions[r]} {net[r].sum()}" for r in np.argsort(-share) if share[r] > NET_ONLY]
    return f"trade booked net only, for so many products: {', '.join(named)}" if named else ""


def _nearly_zero(prov: ProvincialTables) -> str:
    x = prov.output.values
    cells = np.argwhere((x > 0) & (x < NEARLY_ZERO * x.mean()))
    named = [f"{prov.regions[r]} {prov.sectors[i]} ({x[r, i]:.0e} {prov.unit})" for r, i in cells]
    return f"output next to zero: {', '.join(named)}" if named else ""
