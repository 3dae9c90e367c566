"""The leading eigenvalue of a matrix that is known by its products with vectors (Arnoldi, by ARPACK)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from scipy.sparse.linalg import ArpackError, LinearOperator, eigs

#: Up to this many rows all eigenvalues are computed: Arnoldi needs room for its basis.
DENSE_UP_TO = 20

Product = Callable[[np.ndarray], np.ndarray]


def leading(product: Product, N: int, which: Literal["LM", "LR"] = "LM") -> tuple[float, np.ndarray]:
    """Return the modulus of the leading eigenvalue, and the moduli of its vector.

    Arnoldi's iteration runs to machine precision from a fixed positive start, which no leading vector of a non-negative
    matrix is orthogonal to.  Where it does not converge, all eigenvalues are computed instead.

    Parameters
    ----------
    product : callable
        v -> A v for v of shape (N,).
    N : int
    which : {"LM", "LR"}
        Leading by modulus, or by real part: the same eigenvalue where A is non-negative (Perron-Frobenius), but there
        the second also tells it from the others of a cycle, which are as large.

    Returns
    -------
    float, ndarray (N,)
    """
    if N > DENSE_UP_TO:
        operator = LinearOperator((N, N), matvec=lambda v: product(v.ravel()), dtype=float)
        try:
            values, vectors = eigs(operator, k=1, which=which, v0=np.linspace(1.0, 2.0, N))
            return float(abs(values[0])), np.abs(vectors[:, 0])
        except ArpackError:  # no convergence, or a matrix of zeros
            pass
    values, vectors = np.linalg.eig(np.stack([product(e) for e in np.eye(N)], axis=1))
    first = int((np.abs(values) if which == "LM" else values.real).argmax())
    return float(abs(values[first])), np.abs(vectors[:, first])
