"""What else is known of flows: an earlier table or a freight matrix as prior, single flows or their sums as facts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import xarray as xr

from mrio.errors import EstimationError, LabelError, did_you_mean
from mrio.estimation.margins import inventory_columns
from mrio.estimation.options import EstimatorOptions
from mrio.table.interregional import Table

#: Columns of a table of known flows; a weight is optional.
KNOWN_COLUMNS = ("sector", "region", "to_region", "value")


def prior_seed(prior: Table | xr.DataArray, regions: Sequence[str], sectors: Sequence[str]) -> np.ndarray:
    """Return prior flows (n, R, R), zero on the diagonal.

    Parameters
    ----------
    prior : Table or DataArray
        An interregional table of another year with the same regions and sectors, or a matrix (region, to_region),
        e.g. freight in tonnes, the same for every product, or (sector, region, to_region).  Only ratios matter.

    Raises
    ------
    LabelError
        If regions or sectors are missing.
    EstimationError
        If a flow is negative or not a number.
    """
    if isinstance(prior, Table):
        stock = inventory_columns(prior.categories)
        shipped = prior.Z.sum("to_sector") + prior.Y.isel(category=np.flatnonzero(~stock)).sum("category")
        prior = shipped.transpose("sector", "region", "to_region")
    wanted = {"region": list(regions), "to_region": list(regions), "sector": list(sectors)}
    for dim in prior.dims:
        missing = [label for label in wanted[dim] if label not in prior[dim].values]
        if missing:
            raise LabelError(f"the prior has no {dim} {missing[0]!r}{did_you_mean(missing[0], prior[dim].values)}.")
    prior = prior.sel({dim: wanted[dim] for dim in prior.dims})
    if "sector" not in prior.dims:
        prior = prior.expand_dims(sector=wanted["sector"])
    values = prior.transpose("sector", "region", "to_region").values * (1.0 - np.eye(len(regions)))
    bad = np.argwhere(~(values >= 0))
    if len(bad):
        i, r, s = bad[0]
        raise EstimationError(f"the prior flow of {sectors[i]} from {regions[r]} to {regions[s]} is {values[i, r, s]}.")
    return values


def mixed_seed(seed: np.ndarray, prior: np.ndarray, weight: float) -> np.ndarray:
    """Return `weight` of the prior and the rest of the seed, both of the size of the seed in every product.

    A product of which the prior knows nothing keeps its seed.
    """
    size, known = seed.sum((1, 2)), prior.sum((1, 2))
    share = np.where(known > 0, weight, 0.0)[:, None, None]
    of_size = prior * np.divide(size, known, out=np.zeros_like(known), where=known > 0)[:, None, None]
    return share * of_size + (1 - share) * seed


def known_blocks(known: pd.DataFrame, regions: Sequence[str], sectors: Sequence[str]) -> list[tuple]:
    """Return (mask of cells, value, weight, name) of every known flow or sum of flows.

    Parameters
    ----------
    known : DataFrame
        Columns ``sector``, ``region``, ``to_region``, ``value`` and optionally ``weight`` (default 1: the value holds
        exactly; less: so much of the way from the model to the value).  A cell of the first three may name one label,
        several joined by ``+`` or all (``*``): the value is the sum of the block.

    Raises
    ------
    LabelError
        A missing column or an unknown label.
    EstimationError
        A value that is not a number >= 0 or a weight outside 0..1.
    """
    missing = [column for column in KNOWN_COLUMNS if column not in known.columns]
    if missing:
        raise LabelError(f"known flows have no column {missing[0]!r}; expected {', '.join(KNOWN_COLUMNS)} [, weight].")
    blocks = []
    for row in known.to_dict("records"):
        name = f"{row['sector']} from {row['region']} to {row['to_region']}"
        value, weight = row["value"], row.get("weight", 1.0)
        if not (value >= 0 and value < np.inf and 0 <= weight <= 1):
            raise EstimationError(
                f"known flow of {name}: value {value}, weight {weight}; expected value >= 0, 0 <= weight <= 1."
            )
        i, r, s = (_members(row[column], labels, name) for column, labels in
                   (("sector", sectors), ("region", regions), ("to_region", regions)))  # fmt: skip
        mask = i[:, None, None] & r[None, :, None] & s[None, None, :]
        blocks.append((mask & ~np.eye(len(regions), dtype=bool), float(value), float(weight), name))
    return blocks


def _members(cell: str, labels: Sequence[str], name: str) -> np.ndarray:
    named = list(labels) if str(cell).strip() == "*" else [part.strip() for part in str(cell).split("+")]
    unknown = [label for label in named if label not in labels]
    if unknown:
        raise LabelError(f"known flow of {name}: {unknown[0]!r} is unknown{did_you_mean(unknown[0], labels)}.")
    return np.array([label in named for label in labels])


def with_known_blocks(
    flows: np.ndarray, blocks: list[tuple], outflow: np.ndarray, inflow: np.ndarray, options: EstimatorOptions
) -> np.ndarray:
    """Return flows (n, R, R) nearest to balanced `flows` in which blocks have their value (iterative scaling).

    Raises
    ------
    EstimationError
        If outflow, inflow and the values contradict each other; the block furthest off is named.
    """
    values = [weight * value + (1 - weight) * flows[mask].sum() for mask, value, weight, _ in blocks]
    rows, columns, total = outflow.T, inflow.T, max(outflow.sum(), np.finfo(float).tiny)
    for _ in range(options.max_iterations):
        for (mask, _, _, _), value in zip(blocks, values, strict=True):
            have = flows[mask].sum()
            flows = np.where(mask, flows * (value / have if have > 0 else 0.0), flows)
        flows = flows * _ratio(rows, flows.sum(2))[:, :, None]
        flows = flows * _ratio(columns, flows.sum(1))[:, None, :]
        off = np.abs([flows[mask].sum() - value for (mask, *_), value in zip(blocks, values, strict=True)])
        if max(off.max(), np.abs(flows.sum(2) - rows).max()) <= 10 * options.tolerance * total:
            return flows
    worst = int(off.argmax())
    raise EstimationError(
        f"known flow of {blocks[worst][3]}: {values[worst]:,.6g} contradicts outflow and inflow by {off[worst]:,.3g}; "
        "correct it or give it a weight below 1."
    )


def _ratio(target: np.ndarray, have: np.ndarray) -> np.ndarray:
    return np.divide(target, have, out=np.ones_like(target), where=have > 0)
