"""Emissions embodied in foreign imports by the domestic technology assumption (METHOD eq 4, an option).

What an imported tonne of steel cost the atmosphere abroad is not known here; the assumption is that it was made as at
home.  So these are avoided domestic emissions, reported beside the accounts and never added to production.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import xarray as xr

from mrio.equations.definitions import System
from mrio.errors import BalanceError, ConfigError, did_you_mean
from mrio.table.interregional import Table

Technology = Literal["province", "national"]


def foreign_imports(table: Table, system: System, technology: Technology = "province") -> xr.Dataset:
    """Return the emissions embodied in each province's foreign imports, and who consumes them.

    mu^s = sum_i m_i^s IM_i^s / sum_i IM_i^s is the content of a unit of what s imports, m = f L the total intensity of
    the province (or the output-weighted national mean).  All users of a province import the same mix, because tables
    give imports by product and by user but not both.  Imports for final demand belong to the importer; imports used by
    industries travel with its products: f_imp = mu imports / x, then f_imp L Y^c to consumer c.

    Parameters
    ----------
    table, system : Table, System
        From :func:`mrio.equations.flows.prepare`.
    technology : {"province", "national"}
        Whose intensity an imported product is given.

    Returns
    -------
    Dataset
        By region, in the unit of F: ``imports_final``, ``imports_intermediate`` (by consumer), their sum ``imports``;
        ``imports_entered`` (by importer) and, as scalar, ``imports_outside``: what leaves again with exports, excluded
        regions and the residual.  sum imports + imports_outside = sum imports_entered.

    Raises
    ------
    ConfigError
        If the table has no imports by product.
    BalanceError
        If the accounts do not add up.
    """
    if technology not in ("province", "national"):
        hint = did_you_mean(technology, ("province", "national"))
        raise ConfigError(f"technology {technology!r} of imports is unknown{hint}; known: province, national.")
    if "imports_by_product" not in table.data:
        raise ConfigError("foreign imports need the table's imports by product (imports_by_product), which it lacks.")
    R, _ = system.shape
    x = table.output.values
    m = system.solve_transposed(system.f[None])[0]
    if technology == "national":
        weight = x.sum(0)
        m = np.broadcast_to(np.divide((m * x).sum(0), weight, out=np.zeros_like(weight), where=weight > 0), m.shape)
    product = table.imports_by_product.values.T
    value = product.sum(1)
    content = np.divide((m * product).sum(1), value, out=np.zeros(R), where=value > 0)
    final = content * table.imports_final.values.sum(1)
    used = content[:, None] * table.imports.values
    # sectors without output import nothing: the identities of the table see to that
    f_imported = np.divide(used, x, out=np.zeros_like(used), where=x > 0)
    travelled = system.solve_transposed(f_imported[None])[0]
    intermediate = np.einsum("ri,ris->s", travelled, system.Y)
    outside = float(sum((travelled * demand).sum() for demand in system.outside.values()))
    entered = final + used.sum(1)
    gap = abs(final.sum() + intermediate.sum() + outside - entered.sum())
    if gap > 1e-9 * max(entered.sum(), 1e-300):
        raise BalanceError(f"emissions embodied in imports miss what entered by {gap:.6g}: the table does not balance.")
    by_region = {"imports_final": final, "imports_intermediate": intermediate, "imports": final + intermediate,
                 "imports_entered": entered}  # fmt: skip
    data = xr.Dataset({name: (("region",), values) for name, values in by_region.items()},
                      coords={"region": table.regions}, attrs={"technology": technology})  # fmt: skip
    return data.assign(imports_outside=outside)
