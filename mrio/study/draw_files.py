"""Draws as files, one per job."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike

import numpy as np

from mrio.analysis.sources import ECONOMIC
from mrio.formats.inputs.uncertainty_file import read_uncertainty
from mrio.saving import whole_file


def write_draws(differences: np.ndarray, path: str | PathLike[str]) -> None:
    """Write the differences of draws as one array."""
    with whole_file(path) as beside, beside.open("wb") as stream:
        np.save(stream, differences, allow_pickle=False)


def read_draws(paths: Sequence[str | PathLike[str]]) -> np.ndarray:
    """Return the differences of the draws in some files, one under the other."""
    return np.concatenate([np.load(path, allow_pickle=False) for path in paths])


def drawn_alone(path: str | PathLike[str]) -> list[str]:
    """Return the sources of table and emissions in a table of sources; those of payments take no solving."""
    names = dict.fromkeys(one.source for one in read_uncertainty(path))
    return [name for name in names if name not in ECONOMIC]
