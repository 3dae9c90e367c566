"""Sinks of single forest plots by the stock-difference method: what a lot is credited with, what an occupier owes.

    C   = A V D BEF (1 + R) CF 44/12            t CO2 of a plot at one date
    dC  = (C2 - C1) / (t2 - t1)                 t CO2 a year
    credit = (dC_project - dC_baseline - leakage) (1 - risk)         t CO2 a year
    loss = C + dC x horizon                     t CO2, of an occupied plot

A ha, V m3/ha, D t/m3 (dry matter), BEF, R, CF pure numbers; IPCC 2006 vol. 4 ch. 2 (stock-difference) with the
deductions of CCER-14-001-V01.  The loss horizon is not defined by the source: it is a parameter.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from mrio.errors import InputError, LabelError, UnitError, did_you_mean
from mrio.forests.stocks import CO2_PER_C
from mrio.units import conversion

#: Parameter -> lowest and highest credible value and unit; beyond them the unit is taken to be wrong.
CREDIBLE: Mapping[str, tuple[float, float, str]] = {
    "area": (0.0, 1e6, "ha"),
    "volume": (0.0, 1500.0, "m3/ha"),
    "density": (0.1, 1.3, "t/m3"),
    "bef": (1.0, 6.0, "-"),
    "root_ratio": (0.0, 3.0, "-"),
    "carbon_fraction": (0.3, 0.6, "t C/t"),
}
#: Column of a plot table -> the parameter it is and its size in the parameter's unit.
PLOT_UNITS: Mapping[str, tuple[str, float]] = {
    "area_ha": ("area", 1.0),
    "area_mu": ("area", conversion("mu", "ha")),
    "volume_m3_per_ha": ("volume", 1.0),
    "volume_m3_per_mu": ("volume", conversion("m3/mu", "m3/ha")),
    "density_t_per_m3": ("density", 1.0),
    "density_kg_per_m3": ("density", conversion("kg/m3", "t/m3")),
    "density_g_per_cm3": ("density", conversion("g/cm3", "t/m3")),
    "bef": ("bef", 1.0),
    "root_ratio": ("root_ratio", 1.0),
    "carbon_fraction": ("carbon_fraction", 1.0),
}
#: A number, or an array of them; what is computed has the same shape.
Amount = float | np.ndarray
CONFIDENCE = ("low", "medium", "high")


def plot_carbon(
    area: Amount, volume: Amount, density: Amount, bef: Amount, root_ratio: Amount, carbon_fraction: Amount
) -> Amount:
    """Return the CO2 held in the trees of a plot, t: A V D BEF (1 + R) CF 44/12.

    Parameters
    ----------
    area : float or array
        ha.
    volume : float or array
        Stem volume, m3/ha.
    density : float or array
        Basic wood density, t dry matter per m3.
    bef : float or array
        Biomass expansion factor, above-ground over stem.
    root_ratio : float or array
        Below-ground over above-ground biomass.
    carbon_fraction : float or array
        t C per t dry matter.

    Raises
    ------
    UnitError
        If a value is not finite or not credible in its unit (a density of 450 is kg/m3).
    """
    given = {"area": area, "volume": volume, "density": density, "bef": bef, "root_ratio": root_ratio,
             "carbon_fraction": carbon_fraction}  # fmt: skip
    for name, value in given.items():
        low, high, unit = CREDIBLE[name]
        values = np.atleast_1d(np.asarray(value, float))
        bad = ~((values >= low) & (values <= high))
        if bad.any():
            found = f"{values[bad][0]:g}"
            raise UnitError(f"{name} of a plot is {found}, expected {low:g} to {high:g} in {unit}; check its unit.")
    return area * volume * density * bef * (1.0 + root_ratio) * carbon_fraction * CO2_PER_C


def annual_change(first: Amount, second: Amount, years: Amount) -> Amount:
    """Return the yearly change between two stocks of a plot, t CO2 a year: (C2 - C1) / (t2 - t1)."""
    if not np.all(np.asarray(years, float) > 0):
        raise InputError(f"{years} years between two measurements", "more than 0", "a stock at one date is not a flow")
    return (second - first) / years


def plot_credit(project: Amount, baseline: Amount = 0.0, leakage: Amount = 0.0, risk: Amount = 0.10) -> Amount:
    """Return what a plot may be credited with, t CO2 a year: (project - baseline - leakage) (1 - risk).

    Parameters
    ----------
    project, baseline, leakage : float or array
        Yearly changes, t CO2 a year; leakage > 0 is emitted elsewhere.
    risk : float
        Deduction for reversal, a fraction [CCER-14-001-V01: 10%].

    Raises
    ------
    UnitError
        If the risk deduction is not a fraction.

    Notes
    -----
    Negative where the plot takes up less than its baseline: such a plot earns no credit, and the register refuses it.
    """
    if not np.all((np.asarray(risk, float) >= 0) & (np.asarray(risk, float) < 1)):
        raise UnitError(f"risk deduction is {risk}, expected a fraction from 0 to below 1 (0.10 for 10%).")
    return (project - baseline - leakage) * (1.0 - risk)


def occupancy_loss(stock: Amount, growth: Amount, horizon: Amount) -> Amount:
    """Return the loss of an occupied plot, t CO2: what stands there, and the growth forgone over a horizon of years.

    Parameters
    ----------
    stock : float or array
        C, t CO2.
    growth : float or array
        dC of the plot had it stayed, t CO2 a year.
    horizon : float
        Years of growth counted; 0 counts the stock only.  Not defined by the source.
    """
    if not np.all(np.asarray(horizon, float) >= 0):
        raise InputError(f"a loss horizon of {horizon} years", "0 or more")
    return stock + growth * horizon


def plot_parameters(
    species: pd.DataFrame, name: str, confidence: str = "high", given: Mapping[str, float] | None = None
) -> dict[str, float]:
    """Return density, BEF, root ratio and carbon fraction of a species: measured ones first, then sure defaults.

    Parameters
    ----------
    species : DataFrame
        Of :func:`mrio.formats.inputs.regional_files.read_species`.
    name : str
        Species, in Chinese or Latin.
    confidence : {"high", "medium", "low"}
        Least confidence a default must have; whoever uses less says so.
    given : mapping, optional
        Own values, which come before any default.

    Raises
    ------
    LabelError
        If the species is unknown.
    InputError
        If a parameter has no default of that confidence and is not given.
    """
    rows = species[(species["species"] == name) | (species["latin"] == name)]
    if rows.empty:
        known = [*species["species"].unique(), *species["latin"].unique()]
        raise LabelError(f"there are no parameters of species {name!r}{did_you_mean(name, known)}.")
    found = dict(given or {})
    for parameter in ("density", "bef", "root_ratio", "carbon_fraction"):
        if parameter in found:
            continue
        row = rows[rows["parameter"] == parameter]
        if row.empty or CONFIDENCE.index(row["confidence"].iloc[0]) < CONFIDENCE.index(confidence):
            has = "no default" if row.empty else f"a default of {row['confidence'].iloc[0]} confidence only"
            todo = "give the value you measured, or accept a lower confidence"
            raise InputError(f"{has} for {parameter} of {name}", f"one of {confidence} confidence", todo)
        found[parameter] = float(row["value"].iloc[0])
    return found


def plot_table(plots: pd.DataFrame) -> pd.DataFrame:
    """Return carbon, t CO2, of plots whose columns carry their units, one row per plot.

    Parameters
    ----------
    plots : DataFrame
        One column a parameter, named with its unit: those of :data:`PLOT_UNITS`; others are kept as they are.

    Returns
    -------
    DataFrame
        The same rows and a column ``carbon_t``.

    Raises
    ------
    UnitError
        If a parameter is missing, given twice in two units, or not credible in its unit.
    """
    values: dict[str, pd.Series] = {}
    for column, (parameter, size) in PLOT_UNITS.items():
        if column in plots:
            if parameter in values:
                raise UnitError(f"{parameter} of the plots is given twice, the second time as {column!r}; keep one.")
            values[parameter] = plots[column] * size
    for parameter in CREDIBLE:
        if parameter not in values:
            known = [column for column, (name, _) in PLOT_UNITS.items() if name == parameter]
            raise UnitError(f"{parameter} of the plots is missing; expected a column {' or '.join(known)}.")
    return plots.assign(carbon_t=plot_carbon(**values))
