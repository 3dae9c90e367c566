"""Factor inputs of a folder in another size of money than its flows."""

from __future__ import annotations

import warnings

import numpy as np
from strategies import random_table

from mrio.formats.any_table import read_table
from mrio.formats.pymrio_folder import write_pymrio_folder


def test_inputs_in_thousands_are_a_thousandth_in_millions(tmp_path):
    table = random_table(4, 2, 3, region_labels=["Beijing", "Hebei"], sector_labels=["01", "02", "03"], unit="M EUR")
    folder = write_pymrio_folder(table, tmp_path / "out", {})
    before = read_table(folder, "pymrio")
    units = folder / "factor_inputs" / "unit.txt"
    units.write_text(units.read_text(encoding="utf-8").replace("M EUR", "k EUR"), encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the columns no longer add up
        after = read_table(folder, "pymrio")
    for name in ("value_added", "imports", "imports_final"):
        np.testing.assert_allclose(after.data[name], before.data[name] / 1000)
