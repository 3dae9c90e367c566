"""The IPCC sectoral approach: energy burnt -> CO2, with factor sets that state their units.

Equation (METHOD, Emissions)::

    E[r,c,g] = (AD[r,c,g] - NE[r,c,g]) NCV[g] C[g] O[g] 44/12            Mt
    E[r,c,process] = 0.2906 t CO2 / t cement

AD energy used by source c, NE its non-energy use, NCV net calorific value, C carbon content, O share oxidised.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from mrio.errors import InputError, LabelError, did_you_mean
from mrio.units import conversion, known_unit

#: Molar mass of CO2 over that of carbon.
CO2_PER_C = 44 / 12
#: t CO2 of the calcination of clinker per t cement (CEADs).
CEMENT = 0.2906


def emission_factors(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the factors of one set, by fuel, in t CO2 per unit of activity.

    Equation::

        factor = NCV [GJ/unit] C [tC/GJ] O 44/12

    Parameters
    ----------
    table : DataFrame
        As ``data/raw/emission_factors.csv``: one row per set and fuel, each quantity with its unit.
    name : str
        One of the column ``set``, e.g. ``"ndrc"``.

    Returns
    -------
    DataFrame indexed by fuel
        Columns ``factor, activity_unit, source, confidence``.

    Raises
    ------
    LabelError
        If the set is unknown.
    UnitError
        If a row states a unit that is unknown or does not fit its activity.
    """
    known = table["set"].unique()
    if name not in known:
        raise LabelError(f"factor set {name!r} is unknown{did_you_mean(name, known)}; known: {', '.join(known)}.")
    rows = table[table["set"] == name].set_index("fuel")
    heat = [
        _size(row.ncv_unit, f"GJ/{row.activity_unit}", f"calorific value of {fuel} per {row.activity_unit}")
        for fuel, row in zip(rows.index, rows.itertuples(), strict=True)
    ]
    carbon = [_size(unit, "tC/GJ", "carbon content") for unit in rows["carbon_unit"]]
    factor = rows["ncv"] * heat * rows["carbon"] * carbon * rows["oxidation"] * CO2_PER_C
    return rows[["activity_unit", "source", "confidence"]].assign(factor=factor)


def ipcc_emissions(energy: pd.DataFrame, factors: pd.DataFrame, cement: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the CO2 inventory of an energy balance, in the form of a read inventory.

    Parameters
    ----------
    energy : DataFrame
        Columns ``region, sector, fuel, amount, unit`` and, optionally, ``non_energy`` (in the same unit).
    factors : DataFrame
        As :func:`emission_factors`.
    cement : DataFrame, optional
        Columns ``region, sector, tonnes``: cement produced, t, and the sector that emits.

    Returns
    -------
    DataFrame
        Columns ``region, sector, fuel, emissions`` in Mt, every combination of the three once: a fuel the balance does
        not list for a source is not burnt there (0), but every province must list every source.

    Raises
    ------
    LabelError
        If a fuel has no factor, a row is given twice, or a province lacks a source that others have.
    UnitError
        If the unit does not fit the fuel.
    InputError
        If an amount is not a finite number, or non-energy use exceeds it.
    """
    energy = _checked(energy, factors)
    burnt = energy["amount"] - energy["non_energy"]
    units = [
        _size(unit, factors.at[fuel, "activity_unit"], f"use of {fuel}")
        for fuel, unit in zip(energy["fuel"], energy["unit"], strict=True)
    ]
    tonnes = burnt * units * factors.loc[energy["fuel"], "factor"].to_numpy()
    rows = energy[["region", "sector", "fuel"]].assign(emissions=tonnes / conversion("Mt", "t"))
    if cement is not None:
        process = cement.assign(fuel="process", emissions=cement["tonnes"] * CEMENT / conversion("Mt", "t"))
        rows = pd.concat([rows, process[rows.columns]], ignore_index=True)
    keys = ["region", "sector", "fuel"]
    every = pd.MultiIndex.from_product([rows[key].unique() for key in keys], names=keys)
    inventory = rows.set_index(keys)["emissions"].reindex(every, fill_value=0.0).reset_index()
    inventory.attrs = {"unit": "Mt", "year": energy.attrs.get("year"), "source": "IPCC sectoral approach"}
    return inventory


def effective_factor(
    emissions: ArrayLike, low: float, high: float, step: float = 1e-4, steps: int = 20001
) -> tuple[float, float]:
    """Return the factor an inventory was made with, found from the grid its energy data lie on.

    Energy statistics print 10^4 t or 10^8 m3 with two decimals, so that emissions are whole multiples of
    ``factor x step``.  The factor is where the cells agree best with such a grid::

        argmax_k  mean_c cos(2 pi E_c / (k step))

    Parameters
    ----------
    emissions : array
        Cells of one fuel, Mt; those above 20000 grid steps tell nothing and are left out.
    low, high : float
        Range searched, t CO2 per t (or per 10^4 m3).
    step : float
        Grid of the energy data in Mt of activity: 0.01 x 10^4 t = 1e-4 Mt (0.01 x 10^8 m3 = 1e-4 in the same terms).

    Returns
    -------
    factor, agreement : float
        Agreement is 1 where every cell lies on the grid, about 0 where none does.
    """
    cells = np.asarray(emissions, dtype=float)
    cells = cells[(cells > 0.5 * step * low) & (cells < 20000 * step * low)]
    if not len(cells):
        raise InputError("no cell above half a grid step", "emissions of one fuel in several sources")
    trial = np.geomspace(low, high, steps)
    agreement = np.zeros(steps)
    for cell in cells:
        agreement += np.cos(2 * np.pi * cell / (trial * step))
    best = int(agreement.argmax())
    return float(trial[best]), float(agreement[best] / len(cells))


def _checked(energy: pd.DataFrame, factors: pd.DataFrame) -> pd.DataFrame:
    """Return the energy rows with non-energy use filled in, after refusing what cannot be burnt."""
    missing = [column for column in ("region", "sector", "fuel", "amount", "unit") if column not in energy]
    if missing:
        raise InputError(f"no column {missing[0]!r}", "columns region, sector, fuel, amount, unit")
    energy = energy if "non_energy" in energy else energy.assign(non_energy=0.0)
    unknown = [fuel for fuel in energy["fuel"] if fuel not in factors.index]
    if unknown:
        raise LabelError(f"fuel {unknown[0]!r} has no factor{did_you_mean(unknown[0], factors.index)}.")
    twice = energy[energy.duplicated(["region", "sector", "fuel"])]
    if len(twice):
        raise LabelError(f"{', '.join(twice.iloc[0][['region', 'sector', 'fuel']])} is given twice; each appears once.")
    listed = set(zip(energy["region"], energy["sector"], strict=True))
    for region in energy["region"].unique():
        for sector in energy["sector"].unique():
            if (region, sector) not in listed:
                raise LabelError(f"the energy balance lists no fuel for {region}, {sector}; add a row, with 0 if none.")
    numbers = energy[["amount", "non_energy"]].to_numpy(float)
    bad = ~np.isfinite(numbers).all(1) | (numbers < 0).any(1) | (numbers[:, 1] > numbers[:, 0])
    if bad.any():
        row = energy[bad].iloc[0]
        raise InputError(
            f"{row['amount']} {row['unit']} of {row['fuel']}, {row['non_energy']} of it not burnt "
            f"({row['region']}, {row['sector']})",
            "an amount of at least its non-energy use, both at least 0",
        )
    return energy


def _size(unit: str, to: str, what: str) -> float:
    return conversion(known_unit(unit, to, what), to)
