"""The Leontief system against numbers printed in Miller & Blair (2009) and against its own algebra."""

import numpy as np
import pytest

from mrio.errors import LeontiefError
from mrio.leontief import Leontief

# Miller & Blair (2009), Input-Output Analysis, 2nd ed., ch. 2, the two-sector example.
Z2 = np.array([[150.0, 500.0], [200.0, 100.0]])
X2 = np.array([1000.0, 2000.0])


def test_the_two_sector_example_of_miller_and_blair_chapter_2():
    system = Leontief(Z2, X2)
    np.testing.assert_allclose(system.inverse(), [[1.2541, 0.3300], [0.2640, 1.1221]], atol=5e-5)
    np.testing.assert_allclose(system.solve([600.0, 1500.0]), [1247.5, 1841.6], atol=0.05)


def test_zero_output_is_listed_and_contradictions_are_refused_by_name():
    Z = np.zeros((3, 3))
    Z[:2, :2] = Z2
    labels = {"regions": ["Hainan"], "sectors": ["agriculture", "industry", "mining"]}
    system = Leontief(Z, [1000.0, 2000.0, 0.0], **labels)
    assert system.zero_output == ["Hainan mining"]
    np.testing.assert_allclose(system.solve([600.0, 1500.0, 0.0]), [1247.5, 1841.6, 0.0], atol=0.05)
    Z[0, 2] = 1.0
    with pytest.raises(LeontiefError, match="Hainan mining has no output but buys"):
        Leontief(Z, [1000.0, 2000.0, 0.0], **labels)
