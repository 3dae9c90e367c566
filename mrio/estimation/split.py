"""Step (d): uses split by origin with one trade coefficient a product and buyer (Chenery-Moses).

    t[i,r,s] = T[i,r,s] / uses[s,i]  (r != s),   t[i,s,s] = own[s,i] / uses[s,i],   m[s,i] = imports[s,i] / uses[s,i]
    Z[r,i,s,j] = t[i,r,s] Z_s[i,j],     Y[r,i,s,c] = t[i,r,s] final_s[i,c],     imports[s,j] = sum_i m[s,i] Z_s[i,j]

so sum_r t + m = 1 for every product and buyer.  Inventory change is drawn on the own province and never split.
"""

from __future__ import annotations

import numpy as np

from ..provincial import ProvincialTables
from ..table import Table
from .margins import Margins, grid, inventory_columns


def split_by_origin(prov: ProvincialTables, m: Margins, Z: np.ndarray, final: np.ndarray, trade: np.ndarray) -> Table:
    """Return the interregional table.

    Parameters
    ----------
    prov : ProvincialTables
        Labels, output, value added.
    m : Margins
        Reconciled.
    Z, final : arrays (R, n, n), (R, n, C)
        Competitive uses whose rows sum to m.uses.
    trade : array (n, R, R)
        Flows between different regions.

    Returns
    -------
    Table
        Column identity exact; what rounding leaves in a row is in the residual.
    """
    stock = inventory_columns(prov.categories)
    inverse = np.divide(1.0, m.uses, out=np.zeros_like(m.uses), where=m.uses != 0)
    regions = np.arange(len(prov.regions))
    coefficient = trade * inverse.T[:, None, :]
    coefficient[:, regions, regions] = (m.own * inverse).T
    import_share = m.imports * inverse
    step = grid(m.output)

    by_origin = coefficient.transpose(1, 0, 2)[..., None]
    table_Z = _round(by_origin * Z.transpose(1, 0, 2)[None], step)
    split = _round(by_origin * final[..., ~stock].transpose(1, 0, 2)[None], step)
    table_Y = np.zeros((len(regions), *final.shape[1:2], len(regions), final.shape[2]))
    table_Y[..., ~stock] = split
    for r in regions:
        table_Y[r, :, r, :][:, stock] = final[r][:, stock]
    imports = _round((import_share[..., None] * Z).sum(1), step) + prov.foreign_inputs.values
    imports_final = (import_share[..., None] * final * ~stock).sum(1) + prov.foreign_final.values
    value_added = prov.value_added.values
    _close_columns(table_Z, m.output - imports - value_added.sum(0))
    residual = m.output - m.exports - table_Z.sum((2, 3)) - table_Y.sum((2, 3))
    return Table.from_arrays(
        table_Z, table_Y, exports=m.exports, value_added=value_added, imports=imports, imports_final=imports_final,
        residual=residual, output=m.output, imports_by_product=m.imports.T, regions=prov.regions,
        sectors=prov.sectors, categories=prov.categories, components=prov.components, year=prov.year, unit=prov.unit,
        scheme=prov.data.attrs.get("scheme", ""), attrs={"source": "estimated from provincial tables"},
    )  # fmt: skip


def _round(values: np.ndarray, step: float) -> np.ndarray:
    return np.round(values / step) * step


def _close_columns(Z: np.ndarray, inputs: np.ndarray) -> None:
    """Add to the largest cell of every column what rounding took from it (in place)."""
    regions, sectors = inputs.shape
    flat = Z.reshape(regions * sectors, regions * sectors)
    columns = np.arange(regions * sectors)
    largest = np.abs(flat).argmax(0)
    for _ in range(2):
        flat[largest, columns] += inputs.ravel() - flat.sum(0)
