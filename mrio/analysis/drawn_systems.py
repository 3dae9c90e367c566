"""Systems of a drawn table: at its own sectors, solved by origin, and added up to groups of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from mrio.algebra.leontief.by_origin import OriginLeontief
from mrio.algebra.leontief.system import Leontief
from mrio.analysis.evaluation import DrawnSystem
from mrio.equations.definitions import System
from mrio.estimation.origin_table import OriginTable
from mrio.table.traces import without_output


def drawn_system(table: OriginTable, F: np.ndarray, groups: np.ndarray | None = None) -> DrawnSystem:
    """Return the system of a table and emissions (R, n), added up to `groups` (g, n, ones and zeros) where given."""
    if groups is not None:
        return _grouped(table, F, groups)
    full = OriginLeontief(table.own_Z, table.away_Z, table.origins, table.output)
    system = System(
        Z_delivered=table.delivered(table.own_Z.sum(2), table.away_Z.sum(2)),
        Y=table.delivered(table.own_Y.sum(2), table.away_Y.sum(2)),
        inventory=_own_demand(table.inventory),
        outside={"exports": table.exports, "excluded": table.left_out, "residual": table.residual},
        f=intensity(F, table.output), full=full, local=full.local,
    )  # fmt: skip
    return DrawnSystem(system, table.output, table.value_added, idle(F, table.output))


def _grouped(table: OriginTable, F: np.ndarray, groups: np.ndarray) -> DrawnSystem:
    added = table.added_up(groups)
    x, F = added["output"], F @ groups.T
    full = Leontief(added["Z"], x)
    system = System(
        Z_delivered=added["Z"].sum(3), Y=added["Y"], inventory=_own_demand(added["inventory"]),
        outside={name: added[name] for name in ("exports", "excluded", "residual")},
        f=intensity(F, x), full=full, local=full.local(),
    )  # fmt: skip
    return DrawnSystem(system, x, added["value_added"], idle(F, x))


def intensity(F: np.ndarray, output: np.ndarray) -> np.ndarray:
    """Return emissions per unit of output, zero where there is none."""
    return np.divide(F, output, out=np.zeros_like(output), where=(output > 0) & ~without_output(output))


def idle(F: np.ndarray, output: np.ndarray) -> np.ndarray:
    """Return emissions of sectors without output, (R,)."""
    return np.where(without_output(output), F, 0.0).sum(1)


def _own_demand(values: np.ndarray) -> np.ndarray:
    """Return (R, n) as demand (R, n, R) of the own region."""
    demand = np.zeros((*values.shape, len(values)))
    here = np.arange(len(values))
    demand[here, :, here] = values
    return demand


@dataclass(frozen=True)
class FixedTable:
    """A table without errors: its systems, by resolution, are made once and take any emissions."""

    systems: Mapping[str, DrawnSystem]

    def drawn(self, resolution: str, F: np.ndarray, groups: np.ndarray | None) -> DrawnSystem:
        """Return the system of a resolution for emissions F (R, n), added up to `groups` where given."""
        made = self.systems[resolution]
        F = F if groups is None else F @ groups.T
        system = replace(made.system, f=intensity(F, made.output))
        return replace(made, system=system, zero_output=idle(F, made.output))
