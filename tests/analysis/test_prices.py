"""Constant prices: deflated rows keep both identities, and a change of prices alone is no change of volume."""

import numpy as np
import pytest
import xarray as xr
from strategies import random_emissions, random_table

from mrio.analysis.decomposition import Observation, decompose
from mrio.analysis.prices import at_constant_prices
from mrio.errors import InputError, LabelError
from mrio.formats.inputs.deflators import read_deflators
from mrio.table.interregional import Table
from mrio.table.validation.gate import validate


def prices(table, seed=0):
    P = np.random.default_rng(seed).uniform(0.5, 2, table.output.shape)
    coords = {"region": table.regions, "sector": table.sectors}
    return xr.DataArray(P, coords, ("region", "sector"), attrs={"base_year": 2012})


def dearer(table, P):
    """Return the same economy at prices P: rows multiplied, value added what remains."""
    inverse = (1 / P).assign_attrs(P.attrs)
    return at_constant_prices(table, inverse)


def test_a_change_of_prices_alone_is_no_change_at_constant_prices():
    table = random_table(4)
    F, _ = random_emissions(table)
    P = prices(table)
    later = dearer(table, P)
    nominal = decompose(Observation(table, F), Observation(later, F))
    assert float(abs(nominal["terms"]).max()) > 0.1
    real = decompose(Observation(table, F), Observation(at_constant_prices(later, P), F))
    assert float(abs(real["terms"]).max()) < 1e-9


def test_both_identities_hold_after_deflating():
    table = random_table(2, zero_sectors=1)
    real = at_constant_prices(table, prices(table))
    assert validate(real).ok
    assert real.data.attrs["prices"] == "constant, of 2012"
    assert isinstance(real, Table) and real.year == table.year
    assert real.output.values == pytest.approx(table.output.values / prices(table).values)


def test_an_index_that_does_not_fit_is_refused():
    table = random_table(2)
    with pytest.raises(LabelError, match="no sector 's3'"):
        at_constant_prices(table, prices(table).isel(sector=slice(0, 3)))
    zero = prices(table)
    zero[1, 2] = 0
    with pytest.raises(LabelError, match="the price index of r1 s2 is 0, expected above 0"):
        at_constant_prices(table, zero)


def written(tmp_path, *rows):
    path = tmp_path / "deflators.csv"
    path.write_text("\n".join(["year,region,sector,index,base_year,source", *rows]) + "\n", encoding="utf-8")
    return path


def test_a_deflator_file_is_read_by_year(tmp_path):
    path = written(tmp_path, "2017,河北,1,1.2,2012,yearbook", "2017,Hebei,02,0.9,2012,yearbook",
                   "2012,Hebei,01,1,2012,base", "2012,Hebei,02,1,2012,base")  # fmt: skip
    index = read_deflators(path, 2017, ["Hebei"], ["01", "02"])
    assert index.values.tolist() == [[1.2, 0.9]]
    assert index.attrs == {"unit": "1", "base_year": 2012, "source": "yearbook"}


@pytest.mark.parametrize("rows, error, sentence", [
    (["2017,Hebei,01,1.2,2012,x"], LabelError, "no index of Hebei 02 in 2017"),
    (["2017,Hebei,01,1.2,2012,x", "2017,Hebei,01,1.3,2012,x"], LabelError, "row 3: Hebei 01 is given twice"),
    (["2017,Hebei,01,0,2012,x"], InputError, "row 2, column index: found 0, expected an index above 0"),
    (["2017,Hebei,99,1,2012,x"], LabelError, "sector '99' is not one of the table"),
    (["2017,Hebei,01,1,2012,x", "2017,Hebei,02,1,2010,x"], InputError, "found base years 2010, 2012"),
])  # fmt: skip
def test_a_wrong_deflator_file_is_refused_by_cell(tmp_path, rows, error, sentence):
    with pytest.raises(error, match=sentence):
        read_deflators(written(tmp_path, *rows), 2017, ["Hebei"], ["01", "02"])
