"""Emissions embodied in foreign imports by the domestic technology assumption (METHOD eq 4, an option).

What an imported tonne of steel cost the atmosphere abroad is not known here; the assumption is that it was made as at
home.  So these are avoided domestic emissions, reported beside the accounts and never added to production.
"""

from __future__ import annotations

from typing import Literal, get_args

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
        By [stressor and] region, in the unit of F: ``imports_final``, ``imports_intermediate`` (by consumer), their sum
        ``imports``; ``imports_entered`` (by importer) and ``imports_outside``: what leaves again with exports, excluded
        regions and the residual.  sum imports + imports_outside = sum imports_entered.

    Raises
    ------
    ConfigError
        If the table has no imports by product.
    BalanceError
        If the accounts do not add up.
    """
    known = get_args(Technology)
    if technology not in known:
        hint = did_you_mean(technology, known)
        raise ConfigError(f"technology {technology!r} of imports is unknown{hint}; known: {', '.join(known)}.")
    if "imports_by_product" not in table.data:
        raise ConfigError("foreign imports need the table's imports by product (imports_by_product), which it lacks.")
    content = _content(table, system, technology)
    final, used = content * table.imports_final.values.sum(1), content[..., None] * table.imports.values
    # sectors without output import nothing: the identities of the table see to that
    travelled = system.solve_transposed(_ratio(used, table.output.values))
    intermediate = np.einsum("...ri,ris->...s", travelled, system.Y)
    outside = sum((travelled * demand).sum((-2, -1)) for demand in system.outside.values())
    by_region = {"imports_final": final, "imports_intermediate": intermediate, "imports": final + intermediate,
                 "imports_entered": final + used.sum(-1)}  # fmt: skip
    _assert_balanced(by_region, outside)
    lead = ("stressor",) * (content.ndim - 1)
    data = xr.Dataset({name: ((*lead, "region"), values) for name, values in by_region.items()},
                      coords={"region": table.regions}, attrs={"technology": technology})  # fmt: skip
    return data.assign(imports_outside=(lead, outside))


def _content(table: Table, system: System, technology: Technology) -> np.ndarray:
    """Return mu, the emissions in a unit of what each province imports, (..., R); 0 where it imports nothing."""
    x, product = table.output.values, table.imports_by_product.values.T
    m = system.solve_transposed(system.f)
    if technology == "national":
        m = np.broadcast_to(_ratio((m * x).sum(-2), x.sum(0))[..., None, :], m.shape)
    return _ratio((m * product).sum(-1), product.sum(1))


def _assert_balanced(by_region: dict[str, np.ndarray], outside: np.ndarray) -> None:
    entered = by_region["imports_entered"].sum(-1)
    gap = np.abs(by_region["imports"].sum(-1) + outside - entered)
    if (gap > 1e-9 * np.maximum(entered, 1e-300)).any():
        raise BalanceError(
            f"emissions embodied in imports miss what entered by {gap.max():.6g}: the table does not balance."
        )


def _ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.divide(part, whole, out=np.zeros(part.shape), where=whole > 0)
