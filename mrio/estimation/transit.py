"""Step (a): trade that only passes through a province is taken out of its margins, with an account of it.

What a province uses of its own making, ``own = uses - imports - inflow``, cannot be negative.  Where it is, or where
more is exported than made, goods only pass through:

=====================  ==============================================================================================
re-exports             exports above what is made, up to imports: out of exports and of imports
exports gathered       exports still above it: they belong to the provinces that send the product out; the inflow that
                       fed them goes with them
imports passed on      imports above all uses: they belong to the provinces that take the product in, whose inflow falls
transit                what is left: out of outflow and of inflow
=====================  ==============================================================================================

Nationally only re-exports leave foreign trade; the row identity holds in every province at every step.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mrio.estimation.margins import Margins


@dataclass(frozen=True)
class Removed:
    """What passed through each province, (R, n), all >= 0.

    `exports_gathered` and `imports_passed_on` are given by the province they left; the provinces they went to show
    in the margins.
    """

    re_exports: np.ndarray
    exports_gathered: np.ndarray
    imports_passed_on: np.ndarray
    transit: np.ndarray


def remove_transit(m: Margins) -> tuple[Margins, Removed]:
    """Return margins in which nobody sends out more than it makes or takes in more than it uses.

    Parameters
    ----------
    m : Margins
        As reported, (R, n) each.

    Returns
    -------
    Margins, Removed
    """
    made = np.maximum(m.output - m.inventory - m.residual, 0.0)
    beyond = np.maximum(m.exports - made, 0.0)
    re_exports = np.minimum(beyond, m.imports)
    exports, imports = m.exports - re_exports, m.imports - re_exports

    gathered = np.minimum(beyond - re_exports, m.inflow)
    passed_on = np.minimum(np.maximum(imports - m.uses, 0.0), m.outflow)

    own = m.uses - (imports - passed_on) - (m.inflow - gathered)
    transit = np.minimum(np.maximum(-own, 0.0), np.minimum(m.outflow - passed_on, m.inflow - gathered))
    senders = m.outflow - passed_on - transit
    takers = np.minimum(m.inflow - gathered - transit, np.maximum(m.uses - imports, 0.0))
    gathered, given = _hand_over(gathered, senders)
    passed_on, received = _hand_over(passed_on, takers)

    exports, imports = exports - gathered + given, imports - passed_on + received
    outflow, inflow = m.outflow - passed_on - transit - given, m.inflow - gathered - transit - received
    clean = m.replace(exports=exports, imports=imports, outflow=outflow, inflow=inflow)
    return clean, Removed(re_exports, gathered, passed_on, transit)


def _hand_over(leaves: np.ndarray, trade: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return what leaves each province and what every other receives, in proportion to its trade of the product.

    Where the others trade less than would leave, only as much leaves; the rest stays for the reconciliation.
    """
    takers = np.where(leaves > 0, 0.0, np.maximum(trade, 0.0))
    total, room = leaves.sum(0), takers.sum(0)
    moved = np.minimum(total, room)
    leaves = leaves * (moved / np.where(total > 0, total, 1.0))
    return leaves, takers * (moved / np.where(room > 0, room, 1.0))
