"""Trade in value added beside carbon: what a province earns by what others use, and what is emitted for it."""

from __future__ import annotations

import numpy as np
import xarray as xr

from mrio.equations.flows import accounts
from mrio.table.interregional import Table


def value_added_accounts(table: Table) -> xr.Dataset:
    """Return the accounts of value added, as those of emissions under `mrio`: V[r,s] = sum_i v_i^r (L Y^s)_i^r.

    v is value added per unit of output, all components together; amounts in the table's unit.
    """
    v = table.value_added.sum("component").assign_attrs(unit=table.unit)
    return accounts(table, v, method="mrio")


def gains(value_added: xr.Dataset, emissions: xr.Dataset) -> xr.Dataset:
    """Return what each province gains by trade between provinces, in money and in carbon.

    Parameters
    ----------
    value_added, emissions : Dataset
        Accounts of one table under ``mrio``.

    Returns
    -------
    Dataset (region)
        ``value_added_out``, ``value_added_in`` and ``value_added_gain`` (out less in): earned by others' demand, paid
        for own.  ``carbon_out``, ``carbon_in`` and ``carbon_gain``: emitted for others less by others.
        ``carbon_per_value_added_out`` and ``_in``; 0 where nothing is earned.  By pair (region, to_region):
        ``value_added``, ``carbon`` and ``carbon_per_value_added``.

    Notes
    -----
    A province with a positive carbon and a negative value-added gain emits for others and loses income to them.
    Source: Johnson & Noguera (2012), Journal of International Economics 86(2), for value added.
    """
    money, mass = value_added.attrs["unit"], emissions.attrs["unit"]
    data: dict[str, xr.DataArray] = {}
    for name, of, unit in (("value_added", value_added, money), ("carbon", emissions, mass)):
        between = of["flows"] * (1.0 - np.eye(of.sizes["region"]))
        data |= {name: between, f"{name}_out": of["outflow"], f"{name}_in": of["inflow"],
                 f"{name}_gain": of["outflow"] - of["inflow"]}  # fmt: skip
        data |= {key: value.assign_attrs(unit=unit) for key, value in data.items() if key.startswith(name)}
    for part in ("", "_out", "_in"):
        data[f"carbon_per_value_added{part}"] = _ratio(data[f"carbon{part}"], data[f"value_added{part}"])
    kept = ("year", "scheme", "excluded_regions", "not_separable")
    return xr.Dataset(data, attrs={key: emissions.attrs[key] for key in kept if key in emissions.attrs})


def _ratio(part: xr.DataArray, whole: xr.DataArray) -> xr.DataArray:
    """Return part / whole, 0 where there is no whole: nothing earned has no carbon per unit."""
    values = np.divide(part.values, whole.values, out=np.zeros(part.shape), where=whole.values != 0)
    return part.copy(data=values).assign_attrs(unit=f"{part.attrs['unit']} per {whole.attrs['unit']}")
