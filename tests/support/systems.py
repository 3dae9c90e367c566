"""Random productive Leontief systems, and the seeds and sizes to draw them with."""

import numpy as np
from hypothesis import strategies as st


def random_system(seed: int, R: int, n: int, zero: bool = False):
    """Z (R, n, R, n), x (R, n) with strong domestic blocks, skewed cells and a spectral radius of about 0.7."""
    rng = np.random.default_rng(seed)
    N = R * n
    A = rng.lognormal(0, 2, (N, N)) * np.where(np.kron(np.eye(R), np.ones((n, n))) > 0, 1, 0.3 / R)
    A *= rng.uniform(0.4, 1.0, N) / A.sum(0)
    A *= 0.7 / max(abs(np.linalg.eigvals(A)))
    Y = rng.lognormal(0, 1.5, N)
    if zero:
        A[N - 1], A[:, N - 1], Y[N - 1] = 0, 0, 0
    x = np.linalg.solve(np.eye(N) - A, Y)
    return (A * x).reshape(R, n, R, n), x.reshape(R, n)


seeds = st.integers(0, 2**32 - 1)
sizes = st.tuples(st.integers(1, 5), st.integers(1, 6))
