"""Net transfers of the study's variants that take another table or other accounts: resolution, scope, and what the
residual, exports and inventories count as."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
import xarray as xr

from mrio import labels
from mrio.equations.flows import Method, accounts
from mrio.equations.scopes import Scope, net_transfer
from mrio.labels import INVENTORY
from mrio.study.grid import add_up, at_resolution
from mrio.table.interregional import Table
from mrio.table.policies import spread_residual

#: Sector schemes the table is added up to beside those of the study.
SCHEMES = ("30",)
Variant = tuple[str, str, xr.DataArray]


def variant_nets(
    table: Table, F: xr.DataArray, *, definition: Method, resolution: str, scope: Scope
) -> Iterator[Variant]:
    """Yield choice, alternative and net transfer (region) of every variant, all else as the study has it.

    Parameters
    ----------
    table, F : Table, DataArray
        At the table's own sectors.
    definition, resolution : str
        The study's.
    scope : str
        What its net transfer counts.
    """
    at, emitted = at_resolution(table, F, resolution)
    for scheme in SCHEMES:
        if table.scheme == scheme or not labels.adds_up(table.scheme, scheme):  # a scheme of the user's own need not
            continue
        other = table.aggregate(sectors=labels.concordance(table.scheme, scheme))
        added = add_up(F.to_dataset(name="F"), table.scheme, scheme)["F"].assign_attrs(scheme=scheme)
        yield "resolution", scheme, _net(other, added, definition, scope)
    # imports by domestic technology, to take the words of the study literally; not every table tells its imports
    literal: Scope = "exports-less-imports"
    if scope != literal and "imports_by_product" in table.data:
        made = accounts(at, emitted, method=definition, imports="national")
        yield "scope", literal, net_transfer(made, literal).assign_attrs(unit=F.attrs["unit"])
    yield "residual", "spread over the users of its row", _net(spread_residual(at), emitted, definition, scope)
    yield "exports", "demand of the exporting province", _net(_as_demand(at, "exports"), emitted, definition, scope)
    if INVENTORY in table.categories:
        yield "inventory", "left out of demand", _net(_without_inventory(at), emitted, definition, scope)


def _net(table: Table, F: xr.DataArray, definition: Method, scope: Scope) -> xr.DataArray:
    imports: Literal["national", "excluded"] = "national" if scope == "exports-less-imports" else "excluded"
    return accounts(table, F, method=definition, scope=scope, imports=imports)["net_transfer"]


def _as_demand(table: Table, account: str) -> Table:
    """Return the table with an account of the rows added to the final demand of the own province."""
    Y, moved = table.Y.values.copy(), table.data[account].values
    here = np.arange(len(moved))
    Y[here, :, here, 0] += moved
    emptied = table.data[account].copy(data=np.zeros_like(moved))
    return Table(table.data.assign({"Y": table.Y.copy(data=Y), account: emptied}))


def _without_inventory(table: Table) -> Table:
    """Return the table whose inventory changes are residual instead of demand."""
    Y, stock = table.Y.values.copy(), table.categories.index(INVENTORY)
    moved = Y[..., stock].sum(2)
    Y[..., stock] = 0.0
    residual = table.residual.copy(data=table.residual.values + moved)
    return Table(table.data.assign(Y=table.Y.copy(data=Y), residual=residual))
