"""Other ways to say who answers for an emission, beside sharing by value added (METHOD eq 6).

Every scheme gives each province an amount and names the accounts outside the provinces that take the rest; together
they are the production of all provinces, which is asserted.
"""

from __future__ import annotations

import numpy as np
import xarray as xr

from mrio.algebra.leontief.system import Leontief
from mrio.equations.conservation import TOLERANCE
from mrio.equations.definitions import System
from mrio.equations.flows import accounts, prepare
from mrio.errors import BalanceError
from mrio.table.interregional import Table
from mrio.table.traces import without_output

#: The account outside the provinces, of every scheme.
OUTSIDE = "outside"


def schemes(
    table: Table, F: xr.DataArray, result: xr.Dataset, shared: xr.Dataset, system: System | None = None
) -> xr.Dataset:
    """Return what each province answers for under every scheme.

    Parameters
    ----------
    table, F : Table, DataArray
    result : Dataset
        Accounts under ``eebt`` or ``mrio``: consumer, half and technology-adjusted follow that definition.
    shared : Dataset
        :func:`mrio.equations.sharing.responsibility` of the same accounts.

    Returns
    -------
    Dataset
        ``amount`` (scheme, region) and ``outside`` (scheme), in the unit of F: emissions for exports, excluded regions
        and the residual where the scheme does not leave them with their province.

    Raises
    ------
    BalanceError
        If a scheme misses production by more than 1e-9.
    """
    system = prepare(table, F) if system is None else system
    beyond = (result["exports"] + result["excluded"] + result["residual"]).values
    idle = result["zero_output"].values
    amounts: dict[str, tuple[np.ndarray, float]] = {
        "producer": (result["production"].values, 0.0),
        "consumer": (result["consumption"].values + idle, float(beyond.sum())),
        "half": ((result["production"] + 0.5 * (result["inflow"] - result["outflow"])).values, 0.0),
        "value_added": (shared["shared"].values, float(shared["rest_of_world"].sum())),
        "gallego_lenzen": gallego_lenzen(table, F),
        "income": income_based(table, F),
        "technology_adjusted": (technology_adjusted(table, F, result, system), 0.0),
    }
    unit = {"unit": F.attrs["unit"]}
    coords = {"scheme": list(amounts), "region": table.regions}
    data = xr.Dataset(
        {
            "amount": (("scheme", "region"), np.stack([a for a, _ in amounts.values()]), unit),
            OUTSIDE: (("scheme",), np.array([o for _, o in amounts.values()]), unit),
        },
        coords=coords,
        attrs=result.attrs,
    )
    _assert_additive(data, float(F.sum()))
    return data


def gallego_lenzen(table: Table, F: xr.DataArray) -> tuple[np.ndarray, float]:
    """Return the shares of Gallego & Lenzen (2005) and what leaves the provinces.

    Each industry keeps beta = v / (x - own use) of what reaches it and passes 1 - beta on to its buyers in proportion
    to sales (own use apart): u_j = F_j + sum_i (1 - beta_i) u_i Z_ij / (x_i - z_ii), j != i.  A province answers for
    beta u of its industries and for what its final demand receives; exports, excluded regions and the residual are
    outside.  Their alpha is 1 - beta.
    """
    x, Z = _flat(table)
    own_use = np.diag(Z)
    sold = x - own_use
    v = table.value_added.values.sum(0).reshape(-1)
    beta = np.divide(v, sold, out=np.ones_like(x), where=sold > 0)
    passing = Z * np.divide(1 - beta, sold, out=np.zeros_like(x), where=sold > 0)[:, None]
    np.fill_diagonal(passing, 0.0)
    reached = Leontief(passing.T, np.ones_like(x)).solve(F.values.reshape(-1))
    passed = reached * np.divide(1 - beta, sold, out=np.zeros_like(x), where=sold > 0)
    R, n = table.output.shape
    final = np.einsum("ri,ris->s", passed.reshape(R, n), table.Y.values.sum(3))
    outside = table.exports.values + table.excluded_out.values + table.residual.values
    return (beta * reached).reshape(R, n).sum(1) + final, float((passed.reshape(R, n) * outside).sum())


def income_based(table: Table, F: xr.DataArray) -> tuple[np.ndarray, float]:
    """Return downstream (income-based) responsibility: emissions enabled by a province's primary inputs.

    I^r = sum_i v_i^r [G f]_i, G = (I - x^-1 Z)^-1 the Ghosh inverse; foreign inputs and inputs from excluded regions
    are outside (Marques et al. 2012, Ecological Economics 84).
    """
    x, Z = _flat(table)
    R, n = table.output.shape
    f = np.divide(F.values.reshape(-1), x, out=np.zeros_like(x), where=(x > 0) & ~without_output(x))
    B = np.divide(Z, x[:, None], out=np.zeros_like(Z), where=x[:, None] > 0)
    downstream = Leontief(B.T, np.ones_like(x)).solve_transposed(f).reshape(R, n)
    idle = np.where(without_output(table.output.values), F.values, 0.0).sum(1)
    enabled = (table.value_added.values.sum(0) * downstream).sum(1) + idle
    # whatever a column does not show as value added or as a purchase came from outside
    from_outside = x.reshape(R, n) - Z.sum(0).reshape(R, n) - table.value_added.values.sum(0)
    return enabled, float((from_outside * downstream).sum())


def technology_adjusted(table: Table, F: xr.DataArray, result: xr.Dataset, system: System) -> np.ndarray:
    """Return technology-adjusted consumption (Kander et al. 2015): outflow is credited at the average intensity.

    T^r = P^r + inflow^r - sum_k fbar_k q_k^r, with q_k^r the output of sector k of r that outflow calls for and
    fbar_k = sum_r f_k^r q_k^r / sum_r q_k^r: a province gains by being cleaner than others, not by sending less.
    """
    ones = F.copy(data=np.where(table.output.values > 0, table.output.values, 0.0))
    unit_system = System(**{**vars(system), "f": (table.output.values > 0).astype(float)})
    q = accounts(table, ones, method=result.attrs["method"], system=unit_system)["D_exp"].values
    emitted = result["D_exp"].values
    average = np.divide(emitted.sum(0), q.sum(0), out=np.zeros(q.shape[1]), where=q.sum(0) > 0)
    return result["production"].values + result["inflow"].values - (average * q).sum(1)


def beneficiary(result: xr.Dataset, shared: xr.Dataset) -> xr.DataArray:
    """Return emissions embodied in outflow per local value added retained in it (tonnes per unit of money x 1e6)."""
    value = shared["outflow_value_added"].values
    ratio = np.divide(result["outflow"].values, value, out=np.zeros_like(value), where=value > 0)
    unit = f"{result.attrs['unit']} per {shared['outflow_value_added'].attrs['unit']}"
    return xr.DataArray(ratio, {"region": result["region"].values}, ("region",), attrs={"unit": unit})


def _flat(table: Table) -> tuple[np.ndarray, np.ndarray]:
    x = table.output.values.reshape(-1)
    return x, table.Z.values.reshape(len(x), len(x))


def _assert_additive(data: xr.Dataset, production: float) -> None:
    gap = abs(data["amount"].sum("region") + data[OUTSIDE] - production)
    if float(gap.max()) > TOLERANCE * max(production, 1e-300):
        name = str(data["scheme"].values[int(gap.values.argmax())])
        raise BalanceError(f"responsibility scheme {name!r} misses production by {float(gap.max()):.6g}.")
