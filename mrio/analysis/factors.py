"""What moves embodied emissions between two tables, as factors that multiply to each table exactly.

Shapes: R provinces, n sectors, C categories, K destinations: the R provinces and exports, excluded regions, residual.
Money in the table's unit, emissions in the unit of F.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import xarray as xr

from mrio.errors import BalanceError
from mrio.labels import INVENTORY
from mrio.table.interregional import Table

#: Destinations beside the provinces.
OUTSIDE = {"exports": "exports", "excluded": "excluded_out", "residual": "residual"}


@dataclass(frozen=True)
class Factors:
    """One table, taken apart: f, A = trade * recipe + unsplit, and demand = (supply * mix + mix_unsplit) * volume."""

    intensity: np.ndarray  # (R, n): f, emissions per unit of output
    recipe: np.ndarray  # (n, R, n): product i, from whatever province, per unit of output of industry (s, j)
    recipe_unsplit: np.ndarray  # (R, n, R, n): coefficients that are not split by origin
    trade: np.ndarray  # (R, n, R, n): which province supplies what industry (s, j) buys of i; sums to 1 over R
    supply: np.ndarray  # (R, n, K, C): the same for final demand
    mix: np.ndarray  # (n, K, C): products and categories per unit of the destination's volume
    mix_unsplit: np.ndarray  # (R, n, K): demand per unit of volume that is not split by origin
    volume: np.ndarray  # (K,): size of final demand, per head where population is known
    population: np.ndarray  # (K,): 1 where it is not known or the destination is no province

    def coefficients(self, trade: np.ndarray) -> np.ndarray:
        """Return A (R, n, R, n) of this technology with a trade structure (R, n, R, n)."""
        return trade * self.recipe + self.recipe_unsplit

    def demand(self, supply: np.ndarray) -> np.ndarray:
        """Return demand (R, n, K) per unit of volume of this mix with a supply structure (R, n, K, C)."""
        return np.einsum("rikc,ikc->rik", supply, self.mix) + self.mix_unsplit


def split_pair(
    tables: tuple[Table, Table], F: tuple[np.ndarray, np.ndarray], population: tuple[np.ndarray, np.ndarray] | None
) -> tuple[Factors, Factors]:
    """Return the factors of two tables with the same labels.

    What a table cannot say is taken from the other, so that it is no change: the intensity and recipe of an
    idle sector, the suppliers of a product that is not bought, the mix of a destination without demand.  Purchases
    with a negative supplier in either table (inventory change, the residual column) are not split by origin, because
    shares of a sum that may vanish say nothing: their change counts as technology or mix.

    Parameters
    ----------
    tables : pair of Table
        In one unit, with the same regions, sectors and categories in the same order.
    F : pair of ndarray (R, n)
    population : pair of ndarray (R,), optional

    Raises
    ------
    BalanceError
        If a province's final demand other than inventory change is nothing while it has inventory change.
    """
    first, last = (_one(table, emissions, population and population[k])
                   for k, (table, emissions) in enumerate(zip(tables, F, strict=True)))  # fmt: skip
    negative = np.minimum(first.trade, last.trade).min(0) < 0
    negative_demand = np.minimum(first.supply, last.supply).min(0) < 0
    first, last = (_shares(part, negative, negative_demand) for part in (first, last))
    return _completed(first, last, _idle(tables[0])), _completed(last, first, _idle(tables[1]))


def _one(table: Table, F: np.ndarray, population: np.ndarray | None) -> Factors:
    """Return the table's factors with amounts, not yet shares, in `trade` and `supply`."""
    x, Y = table.output.values, table.Y.values
    R, _, _, C = Y.shape
    per_output = np.divide(1.0, x, out=np.zeros_like(x), where=x > 0)
    outside = np.stack([table.data[name].values for name in OUTSIDE.values()], axis=-1)
    demand = np.zeros((*x.shape, R + len(OUTSIDE), C))
    demand[:, :, :R], demand[:, :, R:, 0] = Y, outside
    size = np.concatenate([_size(table), np.abs(outside).sum((0, 1))])
    heads = np.ones(len(size)) if population is None else np.concatenate([population, np.ones(len(OUTSIDE))])
    return Factors(
        intensity=F * per_output,
        recipe=np.empty(0), recipe_unsplit=np.empty(0),
        trade=table.Z.values * per_output,
        supply=demand * np.divide(1.0, size, out=np.zeros_like(size), where=size > 0)[:, None],
        mix=np.empty(0), mix_unsplit=np.empty(0),
        volume=size / heads, population=heads,
    )  # fmt: skip


def _size(table: Table) -> np.ndarray:
    """Return the volume (R,) of the provinces' demand: consumption and fixed capital formation.

    Inventory change, with which tables are closed, has no size of its own: per unit of volume it is a part of the mix.
    """
    lasting = [name for name in table.categories if name != INVENTORY]
    size = np.abs(table.Y.sel(category=lasting).values).sum((0, 1, 3))
    odd = (size == 0) & (table.Y.values != 0).any((0, 1, 3))
    if odd.any():
        raise BalanceError(
            f"final demand of {table.regions[int(np.argmax(odd))]} is inventory change alone; "
            "a change of it cannot be put down to mix and volume: mend the table."
        )
    return size


def _shares(part: Factors, negative: np.ndarray, negative_demand: np.ndarray) -> Factors:
    """Return the factors with amounts divided into bundles and shares of suppliers, except where one is negative."""
    recipe = np.where(negative, 0.0, part.trade.sum(0))
    mix = np.where(negative_demand, 0.0, part.supply.sum(0))
    return replace(
        part,
        recipe=recipe,
        recipe_unsplit=np.where(negative, part.trade, 0.0),
        trade=_ratio(np.where(negative, 0.0, part.trade), recipe),
        mix=mix,
        mix_unsplit=np.where(negative_demand, part.supply, 0.0).sum(3),
        supply=_ratio(np.where(negative_demand, 0.0, part.supply), mix),
    )


def _ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def _idle(table: Table) -> np.ndarray:
    """Return the sectors (R, n) that neither make anything nor are asked for anything.

    One whose demand is cancelled by its residual has no output either, but takes part in every destination's chain.
    """
    asked = (table.Y.values != 0).any((2, 3))
    for name in OUTSIDE.values():
        asked |= table.data[name].values != 0
    return (table.output.values == 0) & ~asked


def _completed(part: Factors, other: Factors, idle: np.ndarray) -> Factors:
    """Return the factors with what this table does not say taken from the other."""
    empty = part.volume == 0
    mix = np.where(empty[:, None], other.mix, part.mix)
    recipe = np.where(idle, other.recipe, part.recipe)
    return replace(
        part,
        intensity=np.where(idle, other.intensity, part.intensity),
        recipe=recipe,
        recipe_unsplit=np.where(idle, other.recipe_unsplit, part.recipe_unsplit),
        trade=np.where(part.trade.any(0), part.trade, other.trade),
        mix=mix,
        mix_unsplit=np.where(empty, other.mix_unsplit, part.mix_unsplit),
        supply=np.where(part.supply.any(0), part.supply, other.supply),
    )


def without_output(table: Table, F: xr.DataArray) -> np.ndarray:
    """Return the emissions (R, n) of sectors that emit without output: they serve no destination."""
    return np.where(table.output.values == 0, F.values, 0.0)
