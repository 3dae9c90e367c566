"""The same known flow twice: one of two values can hold exactly, not both."""

import pandas as pd
import pytest

from mrio.errors import EstimationError
from mrio.estimation.known_flows import known_blocks

REGIONS, SECTORS = ["A", "B", "C"], ["x", "y"]


def flows(*rows):
    return pd.DataFrame(rows, columns=["sector", "region", "to_region", "value", "weight"])


@pytest.mark.parametrize(
    "rows",
    [
        (("x", "A", "B", 5.0, 1), ("x", "A", "B", 7.0, 1)),
        (("x", "A", "*", 5.0, 1), ("x", "A", "B+C", 7.0, 1)),
        (("x+y", "A", "B", 5.0, 1), ("y", "A", "C", 1.0, 1), ("y+x", "A", "B", 7.0, 1)),
    ],
)
def test_two_values_of_one_flow_are_refused(rows):
    with pytest.raises(EstimationError, match=r"is given twice, as 5 and 7; keep one, or give both a weight below 1"):
        known_blocks(flows(*rows), REGIONS, SECTORS)


@pytest.mark.parametrize(
    "rows",
    [
        (("x", "A", "B", 5.0, 1), ("x", "A", "B", 5.0, 1)),
        (("x", "A", "B", 5.0, 0.5), ("x", "A", "B", 7.0, 0.5)),
        (("x", "A", "B", 5.0, 1), ("x", "B", "A", 7.0, 1)),
        (("x", "A", "B", 5.0, 1), ("x", "A", "B+C", 7.0, 1)),
    ],
)
def test_other_flows_are_taken(rows):
    assert len(known_blocks(flows(*rows), REGIONS, SECTORS)) == len(rows)
