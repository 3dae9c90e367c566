"""Reading Z a few rows at a time, wherever it lies: memory, a memory map, or a file behind xarray."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike

from mrio.errors import LeontiefError


def numbers(given: ArrayLike, what: str) -> np.ndarray:
    """Return an array in double precision, or refuse what is no array of numbers.

    Raises
    ------
    LeontiefError
    """
    try:
        return np.asarray(given, dtype=float)
    except (TypeError, ValueError) as error:
        raise LeontiefError(f"{what} holds what is no number ({error}): give an array of numbers.") from None


class Sliceable(Protocol):
    """Anything that can be sliced along its first axes and turned into numpy."""

    @property
    def shape(self) -> tuple[int, ...]: ...

    def __getitem__(self, key: Any, /) -> Any: ...


@dataclass(frozen=True)
class Panels:
    """Intermediate deliveries as bands of rows; nothing larger than a band is ever copied.

    Parameters
    ----------
    Z : array-like (N, N) or (R, n, R, n)
        An ndarray, ``np.memmap``, DataArray, zarr or HDF5 array.
    shape : (R, n)
    edges : tuple of int
        Where the bands begin and end; they hold whole regions, or parts of one where regions are large.
    in_memory : bool
        Whether slices are views; if not, each band is read anew from its file.
    """

    Z: Sliceable
    shape: tuple[int, int]
    edges: tuple[int, ...]
    in_memory: bool

    @classmethod
    def of(cls, Z: Sliceable, shape: tuple[int, int], height: int) -> Panels:
        """Cut Z of a table with `shape` = (R, n) into bands of about `height` rows."""
        R, n = shape
        N = R * n
        if isinstance(Z, np.ndarray) and Z.flags.c_contiguous:
            Z = Z.reshape(N, N)
        step = max(height // n, 1) * n if n <= height else -(-n // -(-n // height))
        inner = [i for r in range(0, N, n) for i in range(r, r + n, step)] if n > height else range(0, N, step)
        first = np.asarray(Z[:1])
        return cls(Z, shape, (*inner, N), np.shares_memory(first, np.asarray(Z[:1])))

    @property
    def bands(self) -> list[tuple[int, int]]:
        """Return first row and end of every band."""
        return list(zip(self.edges, self.edges[1:], strict=False))

    @property
    def pieces(self) -> list[tuple[int, int]]:
        """Return first row and end of the largest parts that need no copy: all of Z where it lies in memory as one."""
        Z, N = self.Z, self.edges[-1]
        whole = isinstance(Z, np.ndarray) and Z.shape == (N, N) and Z.flags.c_contiguous and Z.dtype == float
        return [(0, N)] if whole else self.bands

    def rows(self, i: int, j: int) -> np.ndarray:
        """Return rows i to j of Z as an array (j - i, N) in double precision; a view where that is possible."""
        N = self.edges[-1]
        if len(self.Z.shape) == 2:
            part = self.Z[i:j]
        else:
            (r, a), n = divmod(i, self.shape[1]), self.shape[1]
            part = self.Z[r : j // n] if a == 0 and j % n == 0 else self.Z[r, a : a + j - i]
        return np.asarray(part, dtype=float).reshape(-1, N)

    def __iter__(self) -> Iterator[tuple[int, int, np.ndarray]]:
        for i, j in self.bands:
            yield i, j, self.rows(i, j)


@dataclass(frozen=True)
class Scan:
    """What one reading of Z tells: sums over rows, of Z and of its absolute values."""

    column_sums: np.ndarray
    absolute_sums: np.ndarray
    negative: int


def scan(panels: Panels, x: np.ndarray, name: Callable[[int], str]) -> Scan:
    """Sum the columns of Z and refuse what cannot be solved; `name` turns an index into a label.

    Raises
    ------
    LeontiefError
        A cell that is not finite, or a sector without output that delivers or buys.
    """
    N = len(x)
    total, absolute, negative = np.zeros(N), np.zeros(N), 0
    for i, j, Z in panels:
        sums = np.ones(j - i) @ Z
        if not np.isfinite(sums).all():
            r, c = map(int, np.argwhere(~np.isfinite(Z))[0])
            raise LeontiefError(
                f"Z holds {Z[r, c]} in row {name(i + r)}, column {name(c)}, where a finite number was expected."
            )
        if Z.min() < 0:
            negative += int((Z < 0).sum())
            absolute += np.abs(Z).sum(0)
        else:
            absolute += sums
        total += sums
        for r in np.flatnonzero(x[i:j] == 0).tolist():
            if Z[r].any():
                raise LeontiefError(_contradiction(name(i + r), f"delivers to {name(int(Z[r].argmax()))}"))
    for c in np.flatnonzero((x == 0) & (absolute > 0)).tolist():
        raise LeontiefError(_contradiction(name(c), f"buys inputs of {absolute[c]:g}"))
    return Scan(total, absolute, negative)


def _contradiction(label: str, deed: str) -> str:
    return f"{label} has no output but {deed} in Z: give its output, or set its row and column of Z to zero."
