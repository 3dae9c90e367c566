"""The one ledger of a province: what it emits and for whom, whose emissions serve its demand, and the difference.

Production = home + to other provinces + exports + residual, excluded regions and sectors without output; consumption =
home + from other provinces; net transfer = from less to.  Under the content of gross trade what is only passed on
stands in flows a second time, and is taken off both sums.  Emissions of foreign imports, if asked for, stand beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

#: What neither serves a province's demand nor is exported: one column of the ledger.
REST = ("excluded", "residual", "zero_output")
#: Sum -> its terms and their signs.
SUMS: Mapping[str, Mapping[str, int]] = {
    "production": {"home": 1, "outflow": 1, "exports": 1, "rest": 1, "reshipped": -1},
    "consumption": {"home": 1, "inflow": 1, "reshipped": -1},
    "net_transfer": {"inflow": 1, "outflow": -1},
}
Amount = TypeVar("Amount")


def rest(account: Callable[[str], Amount]) -> Amount:
    """Return the accounts of :data:`REST` added up; `account` gives one by its name."""
    first, *others = (account(name) for name in REST)
    for other in others:
        first = first + other  # type: ignore[operator]
    return first
