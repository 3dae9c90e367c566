"""Sectors without output: what is too small a part of the table to be an output at all."""

from __future__ import annotations

import numpy as np

#: An output below this part of the mean output is a trace of floating-point arithmetic, not production: emissions over
#: it would be an intensity of any size, and lose all digits in the accounts.
NOTHING = 1e-12


def without_output(x: np.ndarray) -> np.ndarray:
    """Return which sectors make nothing, of the shape of `x` (any unit of money).

    Examples
    --------
    >>> without_output(np.array([[1e7, 5e-9], [0.0, 2e7]]))
    array([[False,  True],
           [ True, False]])
    """
    size = np.abs(x)
    return size <= NOTHING * size.mean()
