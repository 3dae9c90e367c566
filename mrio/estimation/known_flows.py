"""Known flows: single flows, or sums of them, that the estimate has to meet exactly or goes part of the way to.

Outflow and inflow of every product stay; within them flows are scaled to the known values (iterative proportional
fitting).  Exact values that contradict outflow, inflow or each other are refused by name; weighted ones are met as far
as the margins let them.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

import numpy as np
import pandas as pd

from mrio import labels
from mrio.errors import EstimationError, InputError, LabelError, did_you_mean
from mrio.frames import read_frame
from mrio.table.plausibility.judging import judge
from mrio.table.plausibility.registry import rule
from mrio.table.provincial import ProvincialTables

#: Columns of a table of known flows; a weight is optional.
COLUMNS = ("sector", "region", "to_region", "value")
#: Sweeps after which values that are not met are said to contradict the margins.
SWEEPS = 1500
#: Sweeps between looks at the largest miss, and the share of it that has to be left for the values to contradict.
PATIENCE, STALLED = 50, 0.95
#: Largest miss of a known value, and of a margin, as a share of all trade.
TOLERANCE = 1e-9
#: Largest change of a flow in a sweep, as a share of all trade, at which weighted values have settled.
SETTLED = 1e-10


@dataclass(frozen=True)
class Block:
    """A known sum of flows: positions of its cells in (n, R, R), value, weight and name."""

    cells: np.ndarray
    value: float
    weight: float
    name: str


def known_blocks(known: pd.DataFrame, regions: Sequence[str], sectors: Sequence[str]) -> list[Block]:
    """Return every known flow or sum of flows.

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
    missing = [column for column in COLUMNS if column not in known.columns]
    if missing:
        raise LabelError(f"known flows have no column {missing[0]!r}; expected {', '.join(COLUMNS)} [, weight].")
    off = ~np.eye(len(regions), dtype=bool)
    blocks = []
    for row in known.to_dict("records"):
        name = f"{row['sector']} from {row['region']} to {row['to_region']}"
        value, weight = row["value"], row.get("weight", 1.0)
        weight = 1.0 if weight != weight else weight  # an empty cell
        if not (value >= 0 and value < np.inf and 0 <= weight <= 1):
            raise EstimationError(
                f"known flow of {name}: value {value}, weight {weight}; expected value >= 0, 0 <= weight <= 1."
            )
        i, r, s = (_members(row[column], among, name) for column, among in
                   (("sector", sectors), ("region", regions), ("to_region", regions)))  # fmt: skip
        cells = np.flatnonzero(i[:, None, None] & (r[:, None] & s[None, :] & off)[None])
        if not cells.size:
            raise LabelError(f"known flow of {name}: no flow between two regions; take it out.")
        blocks.append(Block(cells, float(value), float(weight), name))
    _refuse_twice(blocks)
    return blocks


def _refuse_twice(blocks: Sequence[Block]) -> None:
    """Refuse the same flow, or sum of flows, with two values that shall hold exactly: only one of them can."""
    exact: dict[bytes, Block] = {}
    for one in (block for block in blocks if block.weight == 1):
        first = exact.setdefault(one.cells.tobytes(), one)
        if first.value != one.value:
            values, todo = f"{first.value:g} and {one.value:g}", "keep one, or give both a weight below 1"
            raise EstimationError(f"known flow of {one.name} is given twice, as {values}; {todo}.")


def _doubt_sizes(flows: np.ndarray, blocks: Sequence[Block]) -> None:
    """Warn of known flows that are of another size than the model's: a unit, perhaps."""
    names = [one.name for one in blocks]
    given = pd.Series([one.value for one in blocks], names, dtype=float)
    modelled = pd.Series([flows.ravel()[one.cells].sum() for one in blocks], names, dtype=float)
    check = judge(rule("known flow"), given[given > 0], modelled, "as given")
    if not check.passed:
        warnings.warn(f"{check.message}.", stacklevel=3)


def _members(cell: object, among: Sequence[str], name: str) -> np.ndarray:
    named = list(among) if str(cell).strip() == "*" else [part.strip() for part in str(cell).split("+")]
    unknown = [label for label in named if label not in among]
    if unknown:
        raise LabelError(f"known flow of {name}: {unknown[0]!r} is unknown{did_you_mean(unknown[0], among)}.")
    return np.array([label in named for label in among])


def read_known_flows(path: str | PathLike, prov: ProvincialTables) -> pd.DataFrame:
    """Return known flows of a CSV in the labels of the tables; provinces and sectors may be written in Chinese."""
    path = Path(path)
    names = {"sector": str, "region": str, "to_region": str}
    known = read_frame(path, "known flows", (*names, "value"), dtype=names)
    for column in (name for name in ("value", "weight") if name in known):
        numbers = pd.to_numeric(known[column], errors="coerce")
        wrong = known.index[numbers.isna() & known[column].notna()]
        if len(wrong):
            found, todo = f"the text {known[column][wrong[0]]!r}", "write digits and a point alone"
            raise InputError(found, "a number", todo, file=path, row=int(wrong[0]) + 2, column=column)
        known[column] = numbers
    for column in ("sector", "region", "to_region"):
        if column in known:
            known[column] = [
                _translated(cell, column, prov, f"{path}, row {k + 2}") for k, cell in enumerate(known[column])
            ]
    return known


def _translated(cell: str, column: str, prov: ProvincialTables, where: str) -> str:
    """Return a cell with every name in it as the label of the tables."""
    if str(cell).strip() == "*":
        return "*"
    parts = [part.strip() for part in str(cell).split("+")]
    if column != "sector":
        return "+".join(labels.province(part, where=where) for part in parts)
    scheme = labels.sectors(prov.data.attrs["scheme"])
    codes = {labels.normalise(row[name]): row["code"] for row in scheme.to_dict("records")
             for name in ("code", "name", "name_zh")}  # fmt: skip
    unknown = [part for part in parts if labels.normalise(part) not in codes]
    if unknown:
        raise LabelError(f"{where}: sector {unknown[0]!r} is unknown{did_you_mean(unknown[0], scheme['name_zh'])}.")
    return "+".join(codes[labels.normalise(part)] for part in parts)


def with_known_blocks(flows: np.ndarray, blocks: list[Block], outflow: np.ndarray, inflow: np.ndarray) -> np.ndarray:
    """Return flows (n, R, R) near balanced `flows` in which blocks have their value, outflow and inflow as given.

    Raises
    ------
    EstimationError
        If outflow, inflow and exact values contradict each other; the block furthest off is named.
    """
    _doubt_sizes(flows, blocks)
    target = np.array([one.weight * one.value + (1 - one.weight) * flows.ravel()[one.cells].sum() for one in blocks])
    weight = np.array([one.weight for one in blocks])
    layers = _layers(blocks, flows.size)
    rows, columns, total = outflow.T, inflow.T, max(outflow.sum(), np.finfo(float).tiny)
    best = np.inf
    for sweep in range(SWEEPS):
        before = flows
        for layer in layers:
            flows = _scaled(flows, layer, target, weight)
        flows = flows * _ratio(rows, flows.sum(2))[:, :, None]
        flows = flows * _ratio(columns, flows.sum(1))[:, None, :]
        off = np.where(weight == 1, np.abs(_sums(flows, layers, len(blocks)) - target), 0.0)
        missed = max(off.max(), np.abs(flows.sum(2) - rows).max())
        if missed <= TOLERANCE * total or (off.max() <= TOLERANCE * total and _settled(before, flows, total)):
            return flows
        if sweep % PATIENCE == PATIENCE - 1:
            if off.max() > STALLED * best:
                break  # further sweeps would not help
            best = off.max() if off.max() > 0 else best
    worst = int(off.argmax())
    raise EstimationError(
        f"known flow of {blocks[worst].name}: {target[worst]:,.6g} contradicts outflow, inflow or other known flows "
        f"by {off[worst]:,.3g}; correct it or give it a weight below 1."
    )


def _layers(blocks: list[Block], size: int) -> list[np.ndarray]:
    """Return, layer by layer, the block of every cell (-1: none), so that no two blocks of a layer share a cell."""
    layers: list[np.ndarray] = []
    for k, block in enumerate(blocks):
        free = next((layer for layer in layers if (layer[block.cells] < 0).all()), None)
        if free is None:
            free = np.full(size, -1)
            layers.append(free)
        free[block.cells] = k
    return layers


def _scaled(flows: np.ndarray, layer: np.ndarray, target: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Return flows with every block of a layer brought to its target, or `weight` of the way there."""
    have = np.bincount(layer + 1, flows.ravel(), minlength=len(target) + 1)[1:]
    factor = np.ones(len(target) + 1)
    factor[1:] = np.divide(target, have, out=np.ones_like(target), where=have > 0) ** weight
    return flows * factor[layer + 1].reshape(flows.shape)


def _sums(flows: np.ndarray, layers: list[np.ndarray], blocks: int) -> np.ndarray:
    found = np.zeros(blocks)
    for layer in layers:
        found += np.bincount(layer + 1, flows.ravel(), minlength=blocks + 1)[1:]
    return found


def _settled(before: np.ndarray, after: np.ndarray, total: float) -> bool:
    return bool(np.abs(after - before).max() <= SETTLED * total)


def _ratio(target: np.ndarray, have: np.ndarray) -> np.ndarray:
    return np.divide(target, have, out=np.ones_like(target), where=have > 0)
