"""Checks of what the numbers are: signs, empty sectors, inventories, magnitude of the unit, value added against GDP."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import xarray as xr

from mrio import labels
from mrio.errors import LabelError, did_you_mean
from mrio.labels import INVENTORY
from mrio.table.interregional import Table
from mrio.table.labelled import Labelled, cell_name
from mrio.table.traces import without_output
from mrio.table.validation.report import Check, counted
from mrio.units import conversion, currency_of, known_money

#: Part of an output that may be rounding without a warning: a sector printed in few digits is known no better.
ROUNDED_OUTPUT = 0.05
#: What is below zero by less than this part of the largest cell is rounding.
ROUNDING = 1e-12
#: Mean gross output of a Chinese province, yuan: outside these bounds the unit is off by a power of ten.
PROVINCE_OUTPUT = (3e10, 5e14)
#: Value added over GDP by province: a table of the same year and unit lies inside.
GDP_RATIO = (0.75, 1.35)


def signs(table: Table) -> Iterator[Check]:
    """Yield the negative cells by kind; inventories and the residual may be negative, output may not."""
    final, stock = _without_inventory(table)
    added = table.data["value_added"].sum("component", keep_attrs=True)
    for name, variable, level in (
        ("output", table.output, "error"),
        ("intermediate flows", table.Z, "warning"),
        ("final demand", final, "warning"),
        ("exports", table.exports, "warning"),
        ("imports", table.imports, "warning"),
        ("imports of final demand", table.imports_final, "warning"),
        ("value added", added, "warning"),
        ("inventory change", stock, "info"),
        ("residual", table.residual, "info"),
    ):
        yield _negative(name, variable, level, table.unit)


def _without_inventory(table: Table) -> tuple[xr.DataArray, xr.DataArray]:
    stored = [c for c in table.categories if c == INVENTORY]
    others = [c for c in table.categories if c != INVENTORY]
    return table.data["Y"].sel(category=others), table.data["Y"].sel(category=stored)


def _negative(name: str, variable: xr.DataArray, level: str, unit: str) -> Check:
    values = variable.values
    negative = values < -ROUNDING * np.abs(values).max(initial=0)
    if not negative.any():
        return Check(f"negative {name}", level, True, 0, 0, "", f"{name}: no negative cell")
    worst = cell_name(variable, int(np.argmin(values)))
    share = -values[negative].sum() / max(np.abs(values).sum(), np.finfo(float).tiny)
    message = (
        f"{name}: {counted(int(negative.sum()), 'negative cell')}, {share:.2g} of the account, the largest"
        f" {values.min():,.6g} {unit} at {worst}"
    )
    return Check(f"negative {name}", level, level == "info", float(negative.sum()), 0, worst, message)


def negative_inventories(table: Table) -> Iterator[Check]:
    """Yield the share of inventory change drawn on another province (METHOD eq 1: on the own one, never split)."""
    _, stock = _without_inventory(table)
    if not stock.size:
        return
    values = np.abs(stock.values)
    own = sum(values[r, :, r].sum() for r in range(len(table.regions)))
    share = max(float(1 - own / values.sum()), 0.0) if values.sum() else 0.0
    message = f"{share:.2%} of inventory change is drawn on another province than the one that stores it"
    yield Check("inventories of others", "info", True, share, 0, "", message)


def zero_output(table: Table, F: xr.DataArray | None) -> Iterator[Check]:
    """Yield what sectors without output buy, and, given emissions, what they emit (an account of its own)."""
    idle = without_output(table.output.values)
    inputs = table.Z.values.sum((0, 1)) + table.imports.values + table.excluded_in.values
    used = np.where(table.output.values == 0, np.abs(inputs) + np.abs(table.value_added.values).sum(0), 0)
    yield _idle("zero output with inputs", "error", used, table, table.unit)
    if F is not None:
        F = on_labels(F, {"region": table.regions, "sector": table.sectors}, "emissions F")
        unit = str(F.attrs.get("unit", "Mt"))
        yield from _no_emissions(F)
        yield _idle(
            "zero output with emissions", "warning", np.where(idle, np.abs(np.nan_to_num(F.values)), 0), table, unit
        )
    message = f"{int(idle.sum())} of {idle.size} province-sectors have no output"
    yield Check("zero output", "info", True, float(idle.sum()), idle.size, "", message)


def _no_emissions(F: xr.DataArray) -> Iterator[Check]:
    """Yield a check where an emission is no number, or below zero."""
    wrong = ~(F.values >= 0) | ~np.isfinite(F.values)
    if wrong.any():
        at = int(np.argmax(wrong))
        worst, value = cell_name(F, at), F.values.ravel()[at]
        message = f"emissions: {int(wrong.sum())} cells are no number of at least 0, the first {value:g} at {worst}"
        yield Check("emissions", "error", False, float(wrong.sum()), 0, worst, message)


def _idle(name: str, level: str, amounts: np.ndarray, table: Table, unit: str) -> Check:
    at = int(np.argmax(amounts))
    worst = cell_name(table.output, at) if amounts.any() else ""
    if not worst:
        return Check(name, level, True, 0, 0, "", f"{name}: none")
    message = f"{name}: {int((amounts > 0).sum())} province-sectors, {amounts.sum():,.6g} {unit} in all"
    message += f", the largest {amounts.max():,.6g} {unit} at {worst}"
    return Check(name, level, False, float(amounts.sum()), 0, worst, message)


def magnitude(table: Labelled) -> Iterator[Check]:
    """Yield whether the mean output of a province is that of a Chinese one; nothing for other regions."""
    if not set(table.regions) <= set(labels.provinces().index):
        return
    if currency_of(table.unit) != "CNY":
        said = f"found unit {table.unit!r} for provinces of China, whose official figures are in CNY"
        message = f"{said}, expected a unit of yuan, e.g. 10k CNY; convert the table, or state its true unit"
        yield Check("unit magnitude", "error", False, 0, 0, "", message)
        return
    mean = float(table.output.values.sum() / len(table.regions) * conversion(table.unit, "CNY"))
    low, high = PROVINCE_OUTPUT
    message = (
        f"mean output of a province is {mean:.3g} yuan if the unit is {table.unit}, expected {low:.0e} to {high:.0e}"
    )
    passed = low <= mean <= high
    message += "" if passed else ": the unit is probably off by 10^4"
    yield Check("unit magnitude", "error", passed, mean, high if mean > high else low, "", message)


def value_added_against_gdp(table: Table, gdp: xr.DataArray) -> Check:
    """Return value added over GDP by province: far from 1 is a warning, off by a power of ten an error."""
    gdp = on_labels(gdp, {"region": table.regions}, "gdp")
    money = gdp.values * conversion(known_money(gdp.attrs.get("unit"), "gdp"), table.unit)
    ratio = table.value_added.values.sum((0, 2)) / money
    at = int(np.argmax(np.abs(np.log(np.maximum(ratio, 1e-12)))))
    low, high = GDP_RATIO
    worst = table.regions[at]
    message = f"value added over GDP runs from {ratio.min():.3g} to {ratio.max():.3g}, farthest from 1 in {worst}"
    off = not 1e-2 < np.median(ratio) < 1e2
    message += ": the units differ by a power of ten" if off else f" (expected {low} to {high})"
    passed = bool(((ratio >= low) & (ratio <= high)).all())
    level = "error" if off else "warning"
    return Check("value added against GDP", level, passed, float(ratio[at]), high, worst, message)


def remarks(table: Labelled) -> Iterator[Check]:
    """Yield what the reader remarked on, oddities of official tables, provinces whose trade is not separable."""
    notes = str(table.data.attrs.get("reader_notes", ""))
    if notes:
        yield Check("reader's remarks", "warning", False, float(notes.count(";") + 1), 0, "", notes)
    moved = str(table.data.attrs.get("rounding_note", ""))
    if moved:
        slight = float(table.data.attrs["rounding_largest"]) <= ROUNDED_OUTPUT
        count = float(table.data.attrs["rounding_gaps"])
        yield Check("rounding", "info" if slight else "warning", slight, count, 0, "", moved)
    odd = [sentence for sentence in str(table.data.attrs.get("official_oddities", "")).split("; ") if sentence]
    for sentence in odd:
        yield Check(
            "official tables", "warning", False, float(sentence.count(",") + 1), 0, "", f"official tables: {sentence}"
        )
    mixed = str(table.data.attrs.get("not_separable", ""))
    if mixed:
        message = f"foreign and interprovincial trade are not separable in {mixed}: their exports are not known"
        yield Check("foreign trade separable", "warning", False, float(mixed.count(",") + 1), 0, mixed, message)


def on_labels(data: xr.DataArray, coords: dict[str, list], what: str) -> xr.DataArray:
    """Return the array in the order of the labels, refusing one that lacks a label or has one too many."""
    if not isinstance(data, xr.DataArray):
        raise LabelError(f"{what} is a {type(data).__name__}, expected a DataArray {tuple(coords)}.")
    if set(data.dims) != set(coords):
        raise LabelError(f"{what} has dimensions {data.dims}, expected {tuple(coords)}.")
    for dim, wanted in coords.items():
        have = data[dim].values.tolist()
        for label in have:
            if label not in set(wanted):
                hint = did_you_mean(label, wanted)
                raise LabelError(f"{what} names {dim} {label!r}, which the table does not have{hint}.")
        lacking = [label for label in wanted if label not in set(have)]
        if lacking or len(have) != len(wanted):
            named = f"lacks {dim} {lacking[0]!r}" if lacking else f"gives a {dim} twice"
            raise LabelError(f"{what} {named}; it must hold each of the table's {len(wanted)} once.")
    return data.sel(coords).transpose(*coords)
