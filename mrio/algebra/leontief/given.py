"""What a system is made of and asked: tables, arrays, and labelled arrays, which must all be in the order of Z."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from mrio.algebra.leontief.panels import Sliceable, numbers
from mrio.errors import LeontiefError


def system_parts(
    Z: Any, x: ArrayLike | None, regions: Sequence[str] | None, sectors: Sequence[str] | None
) -> tuple[Sliceable, np.ndarray, Sequence[str] | None, Sequence[str] | None]:
    """Return Z, output and labels, from the table where one is given.

    Raises
    ------
    LeontiefError
        No output; rows, columns and output in different orders.
    """
    if x is None and not all(hasattr(Z, name) for name in ("Z", "output", "regions", "sectors")):
        raise LeontiefError(f"a system of a {type(Z).__name__} needs the output beside it, or give a table.")
    if x is None:
        return Z.Z.values, np.asarray(Z.output, dtype=float), list(Z.regions), list(Z.sectors)
    rows = names_along(Z, 0)
    same_order("columns of Z", names_along(Z, 1), rows)
    same_order("outputs", names_along(x, 0), rows)
    return Z if hasattr(Z, "shape") else numbers(Z, "Z"), numbers(x, "the output"), regions, sectors


def system_shape(Z: Sliceable, x: np.ndarray) -> tuple[int, int]:
    """Return (R, n) of the table: from x or Z where they are labelled so, else one region."""
    R, n = x.shape if x.ndim == 2 else Z.shape[:2] if len(Z.shape) == 4 else (1, x.size)
    if tuple(Z.shape) not in ((x.size, x.size), (R, n, R, n)) or R * n != x.size:
        raise LeontiefError(f"Z has shape {tuple(Z.shape)}, expected {x.size} x {x.size} from {x.size} outputs.")
    return R, n


def checked_output(x: np.ndarray, name: Callable[[int], str]) -> np.ndarray:
    """Return output with zeros replaced by one: their rows and columns of Z are zero, so nothing is changed by it."""
    for i in np.flatnonzero(~(np.isfinite(x) & (x >= 0)))[:1].tolist():
        raise LeontiefError(f"output of {name(i)} is {x[i]:g}, expected a finite number not below zero.")
    return np.where(x > 0, x, 1.0)


def names_along(given: Any, axis: int) -> list | None:
    """Return the labels of a pandas or xarray object along rows (0) or columns (1), None where it has none.

    Of an array by region and sector each label is a pair; numbers that only count the rows, in order, are no labels.
    """
    if hasattr(given, "iloc"):
        names = given.axes[axis].tolist()
        return None if names == list(range(len(names))) else names
    if not hasattr(given, "coords"):
        return None
    half = 2 if {"region", "sector"} <= set(given.dims) else 1
    dims = given.dims[axis * half : (axis + 1) * half]
    if not dims or not set(dims) <= set(given.coords):
        return None
    along = [given.coords[dim].values.tolist() for dim in dims]
    return along[0] if half == 1 else list(product(*along))


def same_order(what: str, found: list | None, expected: list | None) -> None:
    """Refuse labels that stand in another order than those of the rows of Z, or are others.

    Rows without labels are counted: numbers that count them in another order are refused, too.  Labels of another kind
    (names where the rows have pairs of region and sector) cannot be told from those of the rows.
    """
    counted = list(range(len(found or [])))
    if not expected and found and found != counted and set(found) == set(counted):
        expected = counted
    if not found or not expected or isinstance(found[0], tuple) != isinstance(expected[0], tuple):
        return
    if len(found) == len(expected) and found != expected:
        k = next(k for k, pair in enumerate(zip(found, expected, strict=True)) if pair[0] != pair[1])
        raise LeontiefError(
            f"{what} have {_called(found[k])} in place {k + 1} where the rows of Z have {_called(expected[k])}: "
            "put all in the order of the rows, with .loc[Z.index], say."
        )


def _called(label: object) -> str:
    return repr(" ".join(map(str, label)) if isinstance(label, tuple) else label)
