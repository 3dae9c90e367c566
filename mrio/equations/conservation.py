"""What must add up, of any accounts: every tonne of production stands in exactly one account (METHOD eqs 3-5)."""

from __future__ import annotations

import numpy as np
import xarray as xr

from mrio.equations.alignment import each_stressor
from mrio.errors import BalanceError

#: Largest relative error allowed in a sum that must be conserved.
TOLERANCE = 1e-9


def assert_conserved(result: xr.Dataset, tolerance: float = TOLERANCE) -> None:
    """Check that every province's accounts add up to its production, and all of them between the provinces.

    Consumption and what leaves the provinces is all production, and interprovincial nets sum to zero; of every
    stressor on its own.

    Raises
    ------
    BalanceError
        Naming the province and the tonnes that are missing.
    """
    for name, accounts in each_stressor(result):
        _assert_conserved(name, accounts, tolerance)


def _assert_conserved(name: str, result: xr.Dataset, tolerance: float) -> None:
    unit = result.attrs["unit"]
    outside = result["exports"] + result["excluded"] + result["residual"] + result["zero_output"]
    gap = (result["production"] - (result["flows"].sum("to_region") + outside - result["reshipped"])).values
    scale = float(abs(result["production"]).sum()) or 1.0
    worst = int(np.argmax(np.abs(gap)))
    if not np.all(np.isfinite(gap)) or abs(gap[worst]) > tolerance * scale:
        place = result["region"].values[worst]
        raise BalanceError(
            f"accounts ({name}): the flows of {place} miss its production by {gap[worst]:.6g} {unit}; expected at most "
            f"{tolerance:g} of the national total: the table does not balance (mrio.balanced moves what is rounding)."
        )
    missed = float((result["production"] - result["consumption"] - outside).sum())
    if abs(missed) > tolerance * scale:
        raise BalanceError(
            f"accounts ({name}): consumption and what leaves the provinces miss production by {missed:.6g} {unit}, "
            "expected 0."
        )
    net = float((result["inflow"] - result["outflow"]).sum())
    if abs(net) > tolerance * scale:
        raise BalanceError(f"interprovincial net transfers sum to {net:.6g} {unit}, expected 0.")
