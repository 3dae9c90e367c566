"""What known flows cost: processor seconds to meet a full matrix of 31 x 30 known totals, over one balancing of flows.

``python benchmarks/known_flows.py``; 42 products between 31 regions, made up; ratios, as seconds are the machine's.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from mrio.errors import EstimationError
from mrio.estimation.gravity import balanced_flows
from mrio.estimation.known_flows import known_blocks, with_known_blocks
from mrio.estimation.options import EstimatorOptions

REGIONS, PRODUCTS = [f"r{r}" for r in range(31)], [f"p{i}" for i in range(42)]
TURNS = 3


def cpu(work: Callable[[], object]) -> float:
    """Return the least processor seconds of several calls, whether they end in an estimate or in its refusal."""
    taken = []
    for _ in range(TURNS):
        start = time.process_time()
        try:
            work()
        except EstimationError:
            pass
        taken.append(time.process_time() - start)
    return min(taken)


def main() -> None:
    rng = np.random.default_rng(0)
    flows = rng.lognormal(0, 2, (42, 31, 31)) * (1 - np.eye(31))
    outflow, inflow = flows.sum(2).T, flows.sum(1).T
    nearness = np.ones_like(flows) * (1 - np.eye(31))

    def prior() -> np.ndarray:
        return balanced_flows(nearness, outflow, inflow, EstimatorOptions(), products=PRODUCTS, regions=REGIONS)

    def met(totals: np.ndarray, start: np.ndarray, weight: float = 1.0) -> Callable[[], object]:
        pairs = [(r, s) for r in range(31) for s in range(31) if r != s]
        known = pd.DataFrame({"sector": "*", "region": [REGIONS[r] for r, _ in pairs], "weight": weight,
                              "to_region": [REGIONS[s] for _, s in pairs],
                              "value": [totals[r, s] for r, s in pairs]})  # fmt: skip
        return lambda: with_known_blocks(start, known_blocks(known, REGIONS, PRODUCTS), outflow, inflow)

    one, totals = cpu(prior), flows.sum(0)
    wrong = totals * rng.lognormal(0, 0.5, (31, 31))
    print(f"one balancing: {one:.4f} s")
    for name, work in (("consistent", met(totals, prior())), ("contradicting, refused", met(wrong, flows)),
                       ("contradicting, half weight", met(wrong, flows, 0.5))):  # fmt: skip
        print(f"{name}: {cpu(work):.2f} s, {cpu(work) / one:.1f} of it")


if __name__ == "__main__":
    main()
