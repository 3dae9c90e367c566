"""OriginTable: an interregional table kept as each region's uses and the origins of what it draws from others.

``Z[r,i,s,j] = own[s,i,j] (r = s) + q[i,r,s] away[s,i,j]``: R n^2 + n R^2 numbers instead of (R n)^2.  A draw is made,
added up to groups of sectors and solved in this form; :meth:`OriginTable.deliveries` and :meth:`OriginTable.dense` give
the usual arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class OriginTable:
    """An interregional table by origin.

    Parameters
    ----------
    origins : array (n, R, R)
        q[i, r, s]: part of region r in what s draws of product i from other regions.
    own_Z, away_Z : array (R, n, n);  own_Y, away_Y : array (R, n, C)
        What users of each region draw from their own region, and from all others together.
    exports, output, value_added, inventory : array (R, n)
    excluded : array (R, n), optional
        Deliveries to regions left out.
    """

    origins: np.ndarray
    own_Z: np.ndarray
    own_Y: np.ndarray
    away_Z: np.ndarray
    away_Y: np.ndarray
    exports: np.ndarray
    output: np.ndarray
    value_added: np.ndarray
    inventory: np.ndarray
    excluded: np.ndarray | None = None

    @property
    def residual(self) -> np.ndarray:
        """What output the other accounts leave over, (R, n)."""
        left = self.output - self.exports - self.own_Z.sum(2) - self.own_Y.sum(2)
        away = self.away_Z.sum(2) + self.away_Y.sum(2)
        return left - np.einsum("irs,si->ri", self.origins, away) - self.left_out

    @property
    def left_out(self) -> np.ndarray:
        """What goes to regions left out, (R, n)."""
        return np.zeros_like(self.output) if self.excluded is None else self.excluded

    def keeping(self, regions: Sequence[int]) -> OriginTable:
        """Return the table of some regions; what they deliver to the others is `excluded`."""
        kept = np.asarray(regions)
        others = np.setdiff1d(np.arange(len(self.output)), kept)
        away = (self.away_Z.sum(2) + self.away_Y.sum(2))[others]
        out = np.einsum("irs,si->ri", self.origins[:, kept][:, :, others], away)
        arrays = {name: value[kept] for name, value in vars(self).items() if name not in ("origins", "excluded")}
        origins = self.origins[:, kept][:, :, kept]
        return OriginTable(origins=origins, **arrays, excluded=self.left_out[kept] + out)

    def delivered(self, own: np.ndarray, away: np.ndarray) -> np.ndarray:
        """Return deliveries (R, n, R) of uses added up over users, (R, n) each."""
        T = (self.origins * away.T[:, None, :]).transpose(1, 0, 2).copy()
        here = np.arange(len(T))
        T[here, :, here] += own
        return T

    def dense(self) -> tuple[np.ndarray, np.ndarray]:
        """Return Z (R, n, R, n) and Y (R, n, R, C)."""
        return self._spread(self.own_Z, self.away_Z), self._spread(self.own_Y, self.away_Y)

    def _spread(self, own: np.ndarray, away: np.ndarray) -> np.ndarray:
        made = self.origins.transpose(1, 0, 2)[..., None] * away.transpose(1, 0, 2)[None]
        here = np.arange(len(own))
        made[here, :, here] += own
        return made

    def added_up(self, groups: np.ndarray) -> dict[str, np.ndarray]:
        """Return the accounts added up to groups of sectors, `groups` (g, n) ones and zeros.

        A mix of origins by product does not add up to one by group, so Z is dense: ``Z`` (R, g, R, g), ``Y`` (R, g, R),
        and exports, output, value_added, inventory, excluded, residual (R, g).
        """
        own = groups @ self.own_Z @ groups.T
        away = self.away_Z @ groups.T
        R, g = len(self.output), len(groups)
        Z = np.empty((R, g, R, g))
        for k, members in enumerate(groups > 0):
            # (s, r, i) @ (s, i, J) -> (s, r, J)
            Z[:, k] = (self.origins[members].transpose(2, 1, 0) @ away[:, members]).transpose(1, 0, 2)
        here = np.arange(R)
        Z[here, :, here] += own
        names = ("exports", "output", "value_added", "inventory", "residual")
        added = {name: getattr(self, name) @ groups.T for name in names} | {"excluded": self.left_out @ groups.T}
        Y = self.delivered(self.own_Y.sum(2), self.away_Y.sum(2))
        return {"Z": Z, "Y": np.einsum("gi,ris->rgs", groups, Y), **added}
