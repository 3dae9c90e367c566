"""What must add up, of any accounts: every tonne of production stands in exactly one account (METHOD eqs 3-5)."""

from __future__ import annotations

import numpy as np
import xarray as xr

from mrio.equations.alignment import units_of
from mrio.errors import BalanceError

#: Largest relative error allowed in a sum that must be conserved.
TOLERANCE = 1e-9
_ACCOUNTS = (
    "production",
    "consumption",
    "outflow",
    "inflow",
    "exports",
    "excluded",
    "residual",
    "zero_output",
    "reshipped",
)


def assert_conserved(result: xr.Dataset, tolerance: float = TOLERANCE) -> None:
    """Check that every province's accounts add up to its production, and all of them between the provinces.

    Consumption and what leaves the provinces is all production, and interprovincial nets sum to zero; of every
    stressor on its own.

    Raises
    ------
    BalanceError
        Naming the province and the tonnes that are missing.
    """
    held = {name: _rows(result.variables[name]) for name in _ACCOUNTS}
    outside = held["exports"] + held["excluded"] + held["residual"] + held["zero_output"]
    flows = _rows(result.variables["flows"].sum("to_region"))
    gap = held["production"] - (flows + outside - held["reshipped"])
    missed = (held["production"] - held["consumption"] - outside).sum(1)
    net = (held["inflow"] - held["outflow"]).sum(1)
    allowed = tolerance * np.where(held["production"].any(1), np.abs(held["production"]).sum(1), 1.0)
    worst = np.abs(gap).max(1)
    for k in np.flatnonzero(~(worst <= allowed) | ~(np.abs(missed) <= allowed) | ~(np.abs(net) <= allowed)).tolist():
        name, unit = _called(result, k), units_of(result)[k]
        if not worst[k] <= allowed[k]:
            r = int(np.argmax(np.abs(gap[k])))
            raise BalanceError(
                f"accounts ({name}): the flows of {result['region'].values[r]} miss its production by {gap[k, r]:.6g} "
                f"{unit}; expected at most {tolerance:g} of the national total: the table does not balance "
                "(mrio.balanced moves what is rounding)."
            )
        if not abs(missed[k]) <= allowed[k]:
            raise BalanceError(
                f"accounts ({name}): consumption and what leaves the provinces miss production by {missed[k]:.6g} "
                f"{unit}, expected 0."
            )
        raise BalanceError(f"interprovincial net transfers sum to {net[k]:.6g} {unit}, expected 0.")


def _rows(account: xr.Variable) -> np.ndarray:
    """Return an account as (stressor, region); one row where there are no stressors."""
    return np.atleast_2d(account.transpose(..., "region").values)


def _called(result: xr.Dataset, k: int) -> str:
    """Return how a message calls the accounts of a stressor: the definition, and its name where there are several."""
    names = [result.attrs.get("method", ""), *(result["stressor"].values[[k]] if "stressor" in result.dims else [])]
    return ", ".join(map(str, names))
