"""Step (d): uses split by origin.

One trade coefficient per product and buyer (Chenery-Moses)::

    t[i,r,s] = T[i,r,s] / uses[s,i]  (r != s),   t[i,s,s] = own[s,i] / uses[s,i],   m[s,i] = imports[s,i] / uses[s,i]
    Z[r,i,s,j] = t[i,r,s] Z_s[i,j],     Y[r,i,s,c] = t[i,r,s] final_s[i,c],     imports[s,j] = sum_i m[s,i] Z_s[i,j]

so sum_r t + m = 1 for every product and buyer.  With an earlier table each user keeps its own origins as far as the
flows allow: its coefficients are balanced (RAS) to the flows of this year.  Inventory change is drawn on the own region
and never split.
"""

from __future__ import annotations

import numpy as np

from mrio.algebra.balancing import gras
from mrio.estimation.margins import Margins, inventory_columns, on_grid
from mrio.estimation.options import EstimatorOptions
from mrio.estimation.uses import CompetitiveUses
from mrio.table.interregional import ESTIMATED, Table
from mrio.table.provincial import ProvincialTables


def split_by_origin(
    prov: ProvincialTables,
    m: Margins,
    uses: CompetitiveUses,
    trade: np.ndarray,
    options: EstimatorOptions,
    prior: Table | None = None,
) -> Table:
    """Return the interregional table.

    Parameters
    ----------
    prov : ProvincialTables
        Labels, output, value added.
    m : Margins
        Reconciled.
    uses : CompetitiveUses
        Their rows sum to m.uses.
    trade : array (n, R, R)
        Flows between different regions.
    options : EstimatorOptions
    prior : Table, optional
        An earlier table with the same labels, whose users keep their origins.

    Returns
    -------
    Table
        Column identity exact to 2^-54 of all output; what rounding leaves in a row is in the residual.
    """
    stock, step = inventory_columns(prov.categories), on_grid(m.output)
    import_share = np.divide(m.imports, m.uses, out=np.zeros_like(m.uses), where=m.uses != 0)
    users = np.concatenate([uses.Z, uses.final[..., ~stock]], axis=2)
    domestic = users * (1.0 - import_share)[..., None]
    shipped = _round(_by_user(prov, m, trade, domestic, options, prior), step)

    Z, Y = np.ascontiguousarray(shipped[..., : len(prov.sectors)]), _final_by_origin(shipped, uses.final, stock)
    imports = _round((import_share[..., None] * uses.Z).sum(1), step) + prov.foreign_inputs.values
    imports_final = (import_share[..., None] * uses.final * ~stock).sum(1) + prov.foreign_final.values
    value_added = prov.value_added.values
    _close_columns(Z, m.output - imports - value_added.sum(0), step)
    residual = m.output - m.exports - Z.sum((2, 3)) - Y.sum((2, 3))
    return Table.from_arrays(
        Z, Y, exports=m.exports, value_added=value_added, imports=imports, imports_final=imports_final,
        residual=residual, output=m.output, imports_by_product=m.imports.T, regions=prov.regions,
        sectors=prov.sectors, categories=prov.categories, components=prov.components, year=prov.year, unit=prov.unit,
        scheme=prov.data.attrs.get("scheme", ""), attrs={"source": ESTIMATED},
    )  # fmt: skip


def _final_by_origin(shipped: np.ndarray, final: np.ndarray, stock: np.ndarray) -> np.ndarray:
    """Return final demand by origin and category: what is shipped, and inventory change drawn on the own region."""
    regions, products, categories = final.shape
    Y = np.zeros((regions, products, regions, categories))
    Y[..., ~stock] = shipped[..., products:]
    for r in range(regions):
        Y[r, :, r, :][:, stock] = final[r][:, stock]
    return Y


def _by_user(
    prov: ProvincialTables,
    m: Margins,
    trade: np.ndarray,
    domestic: np.ndarray,
    options: EstimatorOptions,
    prior: Table | None,
) -> np.ndarray:
    """Return domestic deliveries by origin and user, (R, n, R, n + C'), C' without inventory change."""
    regions = np.arange(len(trade[0]))
    deliveries = trade.copy()
    deliveries[:, regions, regions] = m.own.T
    share = deliveries * np.divide(1.0, m.demand, out=np.zeros_like(m.demand), where=m.demand != 0).T[:, None, :]
    proportional = share.transpose(1, 0, 2)[..., None] * domestic.transpose(1, 0, 2)[None]
    if prior is None:
        return proportional
    return _as_before(prov, proportional, deliveries, domestic, options, prior)


def _as_before(
    prov: ProvincialTables,
    proportional: np.ndarray,
    deliveries: np.ndarray,
    domestic: np.ndarray,
    options: EstimatorOptions,
    prior: Table,
) -> np.ndarray:
    """Return deliveries by user whose origins are those of an earlier table, balanced to this year's flows."""
    regions, products, _, users = proportional.shape
    stock = inventory_columns(prior.categories)
    labels = {"region": prov.regions, "to_region": prov.regions, "sector": prov.sectors, "to_sector": prov.sectors}
    old = prior.data[["Z", "Y"]].sel(labels)
    before = np.maximum(np.concatenate([old["Z"].values, old["Y"].values[..., ~stock]], axis=3), 0.0)
    total = before.sum(0)
    share = np.divide(before, total, out=np.zeros_like(before), where=total > 0)
    weight = np.where(total > 0, options.prior_weight, 0.0)
    seed = weight * share * domestic.transpose(1, 0, 2) + (1 - weight) * proportional
    seed = np.where(proportional != 0, seed, 0.0)  # a flow that is zero this year has no users
    pairs = [f"{i} used in {s}" for i in prov.sectors for s in prov.regions]
    balanced = gras(
        seed.transpose(1, 2, 0, 3).reshape(products * regions, regions, users),
        deliveries.transpose(0, 2, 1).reshape(products * regions, regions),
        domestic.transpose(1, 0, 2).reshape(products * regions, users),
        names=(pairs, [f"from {r}" for r in prov.regions], [str(k) for k in range(users)]),
        tolerance=max(options.tolerance, 1e-9), max_iterations=options.max_iterations,
    )  # fmt: skip
    return balanced.reshape(products, regions, regions, users).transpose(2, 0, 1, 3)


def _round(values: np.ndarray, step: float) -> np.ndarray:
    return np.round(values / step) * step


def _close_columns(Z: np.ndarray, inputs: np.ndarray, step: float) -> None:
    """Add to the largest cell of every column what rounding took from it (in place).

    The addition is a multiple of 2^-13 of the grid, so that sums of cells stay exact in any order.
    """
    regions, sectors = inputs.shape
    flat = Z.reshape(regions * sectors, regions * sectors)
    columns = np.arange(regions * sectors)
    flat[np.abs(flat).argmax(0), columns] += _round(inputs.ravel() - flat.sum(0), step * 2.0**-13)
