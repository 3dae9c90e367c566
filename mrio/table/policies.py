"""Policies: what is done with the awkward parts of a table, chosen in the configuration and never silently.

Owns the choices a study has to make before any account is computed: the residual column, sectors that emit but have no
output, and regions outside the study.  Each leaves both identities of the table intact and a trace in its attributes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import xarray as xr

from mrio.errors import BalanceError, ConfigError, did_you_mean
from mrio.labels import INVENTORY
from mrio.table.interregional import Table
from mrio.table.labelled import cell_name
from mrio.table.traces import without_output
from mrio.table.validation.values import on_labels

RESIDUAL_POLICIES = ("keep", "spread", "refuse")
ZERO_OUTPUT_POLICIES = ("keep", "refuse")


def apply_policies(
    table: Table, F: xr.DataArray | None = None, *, residual: Mapping | None = None, zero_output: str = "keep",
    exclude: Sequence[str] = (),
) -> Table:  # fmt: skip
    """Return the table as the study wants it: regions excluded, residual treated, emissions without output judged.

    Parameters
    ----------
    table : Table
    F : DataArray (region, sector), optional
        Direct emissions of the remaining regions.
    residual : mapping, optional
        ``policy`` (keep, spread, refuse) and ``limit`` (share of output).  Default: keep.
    zero_output : str
        ``keep``: emissions of a sector without output are an account of their own; ``refuse``: they stop the run.
    exclude : sequence of str
        Regions whose flows move to the excluded accounts; names the table does not have are passed over.

    Raises
    ------
    ConfigError
        If a policy is unknown.
    BalanceError
        If a policy ``refuse`` is met.
    """
    chosen: dict[str, Any] = {"policy": "keep", "limit": 0.05} | dict(residual or {})
    _known("residual policy", chosen["policy"], RESIDUAL_POLICIES)
    _known("zero_output policy", zero_output, ZERO_OUTPUT_POLICIES)
    table = table.drop_regions([name for name in exclude if name in table.regions])
    if chosen["policy"] == "refuse":
        refuse_residual(table, chosen["limit"])
    if chosen["policy"] == "spread":
        table = spread_residual(table)
    if zero_output == "refuse" and F is not None:
        refuse_idle_emissions(table, F)
    return table


def spread_residual(table: Table) -> Table:
    """Return the table with the residual of each row spread over the row's final uses.

    Equation, for product i of province r with T = sum_sc Y+[r,i,s,c] + e[r,i] (inventory change left out)::

        Y'[r,i,s,c] = Y[r,i,s,c] (1 + eps[r,i] / T),   e' = e (1 + eps[r,i] / T),   eps' = 0

    Intermediate deliveries, and with them every column identity, are untouched.  Where T is zero, or the residual would
    turn a final use negative, or a final use is negative already, the residual stays what it is.

    Parameters
    ----------
    table : Table
        In any monetary unit; so is the result.
    """
    eps = table.residual.values
    used = [c != INVENTORY for c in table.categories]
    Y, e = table.Y.values.copy(), table.exports.values
    total = Y[..., used].sum((2, 3)) + e
    sound = (Y[..., used].min((2, 3), initial=0) >= 0) & (e >= 0) & (total > 0)
    factor = 1 + np.divide(eps, total, out=np.zeros_like(eps), where=sound)
    spread = sound & (factor >= 0)
    factor = np.where(spread, factor, 1.0)
    Y[..., used] *= factor[..., None, None]
    data = table.data.assign(
        Y=table.Y.copy(data=Y), exports=table.exports.copy(data=e * factor),
        residual=table.residual.copy(data=np.where(spread, 0.0, eps)),
    )  # fmt: skip
    left = f", {int((~spread & (eps != 0)).sum())} rows left" if (~spread & (eps != 0)).any() else ""
    return Table(data.assign_attrs(residual_policy=f"spread over final demand and exports{left}"))


def refuse_residual(table: Table, limit: float) -> None:
    """Raise BalanceError if sum |residual| is more than `limit` of output."""
    size, x = np.abs(table.residual.values), np.abs(table.output.values)
    share = float(size.sum() / max(x.sum(), np.finfo(float).tiny))
    if share > limit:
        at = int(np.argmax(size))
        raise BalanceError(
            f"the residual is {share:.2%} of output, more than the limit {limit:.2%} of policy 'refuse'; it is largest"
            f" at {cell_name(table.output, at)} ({size.ravel()[at]:,.6g} {table.unit}): raise the limit, or choose"
            " 'keep' or 'spread'."
        )


def refuse_idle_emissions(table: Table, F: xr.DataArray) -> None:
    """Raise BalanceError if a sector without output has emissions: f = F / x is not defined there."""
    F = on_labels(F, {"region": table.regions, "sector": table.sectors}, "emissions F")
    idle = np.where(without_output(table.output.values), np.abs(F.values), 0)
    if idle.any():
        at = int(np.argmax(idle))
        raise BalanceError(
            f"{int((idle > 0).sum())} sectors without output emit {idle.sum():.6g} Mt, most of it"
            f" {cell_name(table.output, at)} ({idle.max():.6g} Mt); policy zero_output 'refuse' stops here,"
            " 'keep' makes them an account of their own."
        )


def _known(what: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        raise ConfigError(f"{what} {value!r} is unknown{did_you_mean(value, known)}; known: {', '.join(known)}.")
