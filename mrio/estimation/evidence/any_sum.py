"""Any other fact: a sum of cells of one account, its value and error.

Facts, one row per observation: ``account``, ``region`` and ``sector`` (one label, several joined by ``+``, or ``*``),
``value`` and ``error`` in ``unit``, ``source``.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp

from mrio.errors import LabelError, did_you_mean
from mrio.estimation.evidence.pieces import Kind, Piece, Setting
from mrio.estimation.observations import ALL, Observations, Witness, observe
from mrio.estimation.rows import ACCOUNTS


def sum_observations(piece: Piece, setting: Setting) -> list[Observations]:
    """Return one observation per fact."""
    layout = setting.layout
    found = []
    for fact in piece.facts.to_dict("records"):
        where = f"evidence {piece.name!r}, {fact['account']} of {fact['sector']} in {fact['region']}"
        if fact["account"] not in ACCOUNTS:
            raise LabelError(f"{where}: unknown account{did_you_mean(fact['account'], ACCOUNTS)}.")
        cells = np.outer(
            _named(fact["region"], layout.regions, where), _named(fact["sector"], layout.sectors, where)
        ).ravel()
        factor = setting.money(fact["unit"])
        value, error = np.array([fact["value"]]) * factor, np.array([fact["error"]]) * factor
        sums = sp.csr_array(cells[None].astype(float))
        witness = Witness(piece.name, str(fact.get("source") or piece.source))
        found.append(observe(layout, fact["account"], sums, value, error, witness))
    return found


def _named(cell: object, labels: Sequence[str], where: str) -> np.ndarray:
    named = list(labels) if str(cell).strip() == ALL else [part.strip() for part in str(cell).split("+")]
    unknown = [label for label in named if label not in labels]
    if unknown:
        raise LabelError(f"{where}: {unknown[0]!r} is unknown{did_you_mean(unknown[0], labels)}.")
    return np.array([label in named for label in labels])


KIND = Kind(sum_observations)
