"""The gate: every identity of a table with pass or fail, its worst cell and its size.

Owns what a sound table is.  A check has a level: ``error`` stops the run, ``warning`` is carried into the report and
the notes of the final tables, ``info`` is a figure worth knowing.  Nothing is mended here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd
import xarray as xr

from . import labels
from .errors import BalanceError, LabelError, UnitError, did_you_mean
from .table import UNITS, Table

#: Largest relative gap of an identity that is still rounding.
TOLERANCE = 1e-6
#: A row or column is measured against its own output, but never against less than this part of the mean output.
SMALL = 1e-3
#: Mean gross output of a Chinese province, yuan: outside these bounds the unit is off by a power of ten.
PROVINCE_OUTPUT = (3e10, 5e14)
#: Value added over GDP by province: a table of the same year and unit lies inside.
GDP_RATIO = (0.75, 1.35)


@dataclass(frozen=True)
class Check:
    """One line of the report."""

    check: str
    level: str
    passed: bool
    value: float
    limit: float
    worst: str
    message: str


@dataclass(frozen=True)
class Report:
    """What :func:`validate` found.

    Attributes
    ----------
    checks : DataFrame
        Columns check, level (error, warning, info), passed, value, limit, worst, message; one row a check.
    """

    checks: pd.DataFrame

    @property
    def ok(self) -> bool:
        """Whether no check of level ``error`` failed."""
        return not len(self.failed("error"))

    def failed(self, level: str) -> pd.DataFrame:
        """Return the failed checks of a level."""
        return self.checks[(self.checks["level"] == level) & ~self.checks["passed"]]

    def raise_for_errors(self) -> Report:
        """Return the report itself if nothing of level ``error`` failed.

        Raises
        ------
        BalanceError
            One sentence: the first failed check, its worst cell, size and limit, and how many others failed.
        """
        failed = self.failed("error")
        if len(failed):
            more = f"; {len(failed) - 1} other checks failed too, see the validation report" if len(failed) > 1 else ""
            raise BalanceError(f"{failed.iloc[0]['message']}{more}.")
        return self


def validate(
    table: Table,
    F: xr.DataArray | None = None,
    gdp: xr.DataArray | None = None,
    *,
    tolerance: float = TOLERANCE,
    residual_limit: float = 0.05,
) -> Report:
    """Return the report of every check on a table.

    Row identity: x = Z 1 + Y 1 + exports + excluded_out + residual; column identity: x = 1' Z + imports +
    excluded_in + value added; A = Z x^-1 productive (spectral radius < 1); signs; finiteness; size of the residual.

    Parameters
    ----------
    table : Table
    F : DataArray (region, sector), optional
        Direct emissions; adds the check of emissions without output.
    gdp : DataArray (region), optional
        Regional GDP with a ``unit`` attribute of :data:`mrio.table.UNITS`; adds value added against GDP.
    tolerance : float
        Largest relative gap of the row and column identities.
    residual_limit : float
        Share of sum |residual| in output above which the report warns.

    Raises
    ------
    LabelError
        If F or gdp does not have the table's labels.
    UnitError
        If gdp has no known unit.
    """
    checks = [_finite(table)]
    if checks[0].passed:
        checks += [*_identities(table, tolerance), *_signs(table), *_coefficients(table), *_zero_output(table, F)]
        checks += [*_residual(table, residual_limit), *_magnitude(table)]
        if gdp is not None:
            checks += [_value_added_against_gdp(table, gdp)]
    return Report(pd.DataFrame([asdict(check) for check in checks]))


def _finite(table: Table) -> Check:
    count, first = 0, ""
    for name, variable in table.data.data_vars.items():
        bad = ~np.isfinite(variable.values)
        count += int(bad.sum())
        first = first or (f"{name} {_cell(variable, int(np.argmax(bad)))}" if bad.any() else "")
    message = f"{count} cells are no finite numbers, the first at {first}" if count else "every cell is a finite number"
    return Check("finite numbers", "error", count == 0, count, 0, first, message)


def row_gap(table: Table) -> np.ndarray:
    """Return x less everything the row delivers, (R, n), in the unit of the table (METHOD eq 1)."""
    d = table.data
    used = d["Z"].values.sum((2, 3)) + d["Y"].values.sum((2, 3)) + d["exports"].values + d["excluded_out"].values
    return d["output"].values - used - d["residual"].values


def column_gap(table: Table) -> np.ndarray:
    """Return x less everything the industry pays for, (R, n), in the unit of the table."""
    d = table.data
    paid = d["Z"].values.sum((0, 1)) + d["imports"].values + d["excluded_in"].values + d["value_added"].values.sum(0)
    return d["output"].values - paid


def _identities(table: Table, tolerance: float) -> Iterator[Check]:
    x = table.output.values
    scale = np.maximum(np.abs(x), max(SMALL * np.abs(x).mean(), np.finfo(float).tiny))
    for what, gap in (("row", row_gap(table)), ("column", column_gap(table))):
        size = np.abs(gap) / scale
        at = int(np.argmax(size))
        worst, value = _cell(table.output, at), float(size.ravel()[at])
        over = int((size > tolerance).sum())
        side = "more" if gap.ravel()[at] < 0 else "less"
        message = f"every {what} adds up to its output within {value:.2g} (limit {tolerance:.2g})"
        if value > tolerance:
            message = (
                f"{what} {worst} adds up to {abs(gap.ravel()[at]):,.6g} {table.unit} {side} than its output"
                f" {x.ravel()[at]:,.6g} (relative {value:.2g}, limit {tolerance:.2g}; {over} of {x.size} {what}s are"
                f" over it): the table is broken, or an account is missing from the {what}"
            )
        yield Check(f"{what} balance", "error", value <= tolerance, value, tolerance, worst, message)


def _signs(table: Table) -> Iterator[Check]:
    stock = table.data["Y"].sel(category=[c for c in table.categories if c == "inventory"])
    final = table.data["Y"].sel(category=[c for c in table.categories if c != "inventory"])
    added = table.data["value_added"].sum("component", keep_attrs=True)
    for name, variable, level in (
        ("output", table.output, "error"),
        ("intermediate flows", table.Z, "warning"),
        ("final demand", final, "warning"),
        ("exports", table.exports, "warning"),
        ("imports", table.imports, "warning"),
        ("value added", added, "warning"),
        ("inventory change", stock, "info"),
    ):
        yield _negative(name, variable, level, table.unit)


def _negative(name: str, variable: xr.DataArray, level: str, unit: str) -> Check:
    values = variable.values
    negative = values < 0
    if not negative.any():
        return Check(f"negative {name}", level, True, 0, 0, "", f"{name}: no negative cell")
    worst = _cell(variable, int(np.argmin(values)))
    share = -values[negative].sum() / max(np.abs(values).sum(), np.finfo(float).tiny)
    message = (
        f"{name}: {int(negative.sum())} negative cells, {share:.2g} of the account, the largest"
        f" {values.min():,.6g} {unit} at {worst}"
    )
    return Check(f"negative {name}", level, level == "info", float(negative.sum()), 0, worst, message)


def _coefficients(table: Table) -> Iterator[Check]:
    n = table.output.size
    x, Z = table.output.values.ravel(), table.Z.values.reshape(n, n)
    A = np.divide(Z, x, out=np.zeros_like(Z), where=x != 0)
    sums = A.sum(0)
    worst = _cell(table.output, int(np.argmax(sums)))
    over = int((sums > 1).sum())
    message = f"column sums of A: the largest is {sums.max():.6g} at {worst}, {over} are above 1"
    yield Check("column sums of A", "warning", over == 0, float(sums.max()), 1, worst, message)
    radius = spectral_radius(A)
    message = f"the spectral radius of A is {radius:.6g}: the table is not productive and has no Leontief inverse"
    if radius < 1:
        message = f"the spectral radius of A is {radius:.6g}, below 1"
    yield Check("spectral radius", "error", bool(radius < 1), radius, 1, "", message)


def spectral_radius(A: np.ndarray, steps: int = 1000, precision: float = 1e-9) -> float:
    """Return the spectral radius of abs(A) by power iteration on abs(A) + I (the I keeps cycles from oscillating).

    For A >= 0 it is that of A; with negative cells it is an upper bound.
    """
    absolute = np.abs(A)
    v, radius = np.full(len(A), 1 / len(A)), 0.0
    for _ in range(steps):
        w = absolute @ v + v
        previous, radius = radius, w.sum() - 1
        v = w / w.sum()
        if abs(radius - previous) <= precision * max(radius, precision):
            break
    return float(max(radius, 0))


def _zero_output(table: Table, F: xr.DataArray | None) -> Iterator[Check]:
    idle = table.output.values == 0
    inputs = table.Z.values.sum((0, 1)) + table.imports.values + table.excluded_in.values
    used = np.where(idle, np.abs(inputs) + np.abs(table.value_added.values).sum(0), 0)
    yield _idle("zero output with inputs", "error", used, table, table.unit)
    if F is not None:
        F = on_labels(F, {"region": table.regions, "sector": table.sectors}, "emissions F")
        yield _idle("zero output with emissions", "warning", np.where(idle, np.abs(F.values), 0), table, "Mt")
    message = f"{int(idle.sum())} of {idle.size} province-sectors have no output"
    yield Check("zero output", "info", True, float(idle.sum()), idle.size, "", message)


def _idle(name: str, level: str, amounts: np.ndarray, table: Table, unit: str) -> Check:
    at = int(np.argmax(amounts))
    worst = _cell(table.output, at) if amounts.any() else ""
    if not worst:
        return Check(name, level, True, 0, 0, "", f"{name}: none")
    message = f"{name}: {int((amounts > 0).sum())} province-sectors, {amounts.sum():,.6g} {unit} in all"
    message += f", the largest {amounts.max():,.6g} {unit} at {worst}"
    return Check(name, level, False, float(amounts.sum()), 0, worst, message)


def _residual(table: Table, limit: float) -> Iterator[Check]:
    size = np.abs(table.residual.values)
    share = float(size.sum() / max(np.abs(table.output.values).sum(), np.finfo(float).tiny))
    worst = _cell(table.output, int(np.argmax(size))) if size.any() else ""
    message = f"the residual is {share:.2%} of output (limit {limit:.2%})" + (f", largest at {worst}" if worst else "")
    yield Check("residual share", "warning", share <= limit, share, limit, worst, message)


def _magnitude(table: Table) -> Iterator[Check]:
    if not set(table.regions) <= set(labels.provinces().index):
        return
    mean = float(table.output.values.sum() / len(table.regions) * UNITS[table.unit])
    low, high = PROVINCE_OUTPUT
    message = (
        f"mean output of a province is {mean:.3g} yuan if the unit is {table.unit}, expected {low:.0e} to {high:.0e}"
    )
    passed = low <= mean <= high
    message += "" if passed else ": the unit is probably off by 10^4"
    yield Check("unit magnitude", "error", passed, mean, high if mean > high else low, "", message)


def _value_added_against_gdp(table: Table, gdp: xr.DataArray) -> Check:
    gdp = on_labels(gdp, {"region": table.regions}, "gdp")
    if gdp.attrs.get("unit") not in UNITS:
        raise UnitError(f"gdp has unit {gdp.attrs.get('unit')!r}; expected one of {', '.join(UNITS)}.")
    money = gdp.values * UNITS[gdp.attrs["unit"]] / UNITS[table.unit]
    ratio = table.value_added.values.sum((0, 2)) / money
    at = int(np.argmax(np.abs(np.log(np.maximum(ratio, 1e-12)))))
    low, high = GDP_RATIO
    worst = table.regions[at]
    message = f"value added over GDP runs from {ratio.min():.3g} to {ratio.max():.3g}, farthest from 1 in {worst}"
    off = not (np.median(ratio) > 1e-2 and np.median(ratio) < 1e2)
    message += ": the units differ by a power of ten" if off else f" (expected {low} to {high})"
    passed = bool(((ratio >= low) & (ratio <= high)).all())
    return Check("value added against GDP", "error" if off else "warning", passed, ratio[at], high, worst, message)


def on_labels(data: xr.DataArray, coords: dict[str, list], what: str) -> xr.DataArray:
    """Return the array in the order of the labels, refusing one that lacks a label or has one too many."""
    for dim, wanted in coords.items():
        if dim not in data.dims:
            raise LabelError(f"{what} has dimensions {data.dims}, expected {tuple(coords)}.")
        have = data[dim].values.tolist()
        for label in have:
            if label not in set(wanted):
                raise LabelError(
                    f"{what} names {dim} {label!r}, which the table does not have{did_you_mean(label, wanted)}."
                )
        lacking = [label for label in wanted if label not in set(have)]
        if lacking or len(have) != len(wanted):
            named = f"lacks {dim} {lacking[0]!r}" if lacking else f"gives a {dim} twice"
            raise LabelError(f"{what} {named}; it must hold each of the table's {len(wanted)} once.")
    return data.sel(coords).transpose(*coords)


def _cell(variable: xr.DataArray, flat: int) -> str:
    """Return the labels of a cell by its position in the flattened array: ``Hebei 05`` or ``Hebei 05 > Beijing 12``."""
    index = np.unravel_index(flat, variable.shape)
    names = {dim: str(variable[dim].values[k]) for dim, k in zip(variable.dims, index)}
    source = " ".join(names[dim] for dim in ("component", "region", "sector") if dim in names)
    target = " ".join(names[dim] for dim in ("to_region", "to_sector", "category") if dim in names)
    return " > ".join(filter(None, (source, target)))
